//! The site as people get it: what Trunk built becomes files for any static host, and one file that holds
//! the whole page.
//!
//! [`pack`] is the only way there, so that what is tested and what is shown during development is what is
//! published; [`router`] serves it as a host does that follows the header file in it.

mod compress;
mod hash;
mod headers;
mod html;
mod pack;
mod policy;
mod serve;
mod service_worker;
mod single_file;

pub use compress::Compression;
pub use hash::hex;
pub use headers::Headers;
pub use pack::{Need, Packed, SINGLE_FILE, Source, add, pack};
pub use serve::{router, serve};
