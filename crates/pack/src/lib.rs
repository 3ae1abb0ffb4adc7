//! Packs the site: Trunk's output becomes files for any static host, and one file that contains the
//! entire page.
//!
//! [`pack()`] is the only way to make the site, so that tests and development use what is published;
//! [`router`] serves it as a host does that obeys its header file.

mod compress;
mod hash;
mod headers;
mod html;
mod pack;
mod policy;
mod script;
mod serve;
mod service_worker;
mod single_file;
mod wasm;

pub use compress::Compression;
pub use hash::hex;
pub use headers::Headers;
pub use pack::{Need, Packed, SINGLE_FILE, SiteSource, add, pack};
pub use serve::{router, serve};
