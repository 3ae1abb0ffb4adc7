//! Bezorgd tells why an e-mail did not arrive, from the evidence a person has.
//!
//! One entry: [`analyse`] for a file that is wholly in memory, [`Reading`] for one that arrives in
//! slices. Both give the same [`Diagnosis`] values, whose JSON is the project's contract.
//!
//! Evidence goes through one door after the other: `formats` turns bytes into a mail or a table,
//! `bounces` and `reports` turn those into delivery attempts, `rules` names the cause of each, and
//! `senders` knows what the sending system does about it. Last, `suggestion` proposes an address where
//! one was refused. None of them knows a browser.

pub mod address;
pub mod advice;
mod bounces;
mod formats;
pub mod job;
pub mod model;
mod options;
pub mod patterns;
mod reading;
mod reports;
pub mod rules;
pub mod senders;
pub mod session;
pub mod suggestion;
pub mod text;

pub use formats::charset::{Decoder, set_decoder};
pub use formats::container::{Unpacker, set_unpacker};
pub use formats::part::Part;
pub use formats::spreadsheet::{MOST_ROWS, NoWorkbook, Sheet};
pub use formats::unpack::unpack;
pub use formats::workbook::write::write as write_workbook;
pub use formats::workbook_writer::{WorkbookWriter, set_workbook_writer};
pub use model::Diagnosis;
pub use options::Options;
pub use reading::{Reading, analyse, customers, not_attempted};
