//! Finds out why an e-mail was not delivered, from the evidence a person has.
//!
//! One entry: [`analyse`] for a file that is in memory, [`Reading`] for one that arrives in
//! slices. Both return the same [`Diagnosis`] values, whose JSON is the project's contract.
//!
//! Evidence passes through one layer after another: `formats` turns bytes into a mail or a table,
//! `bounces` and `reports` turn those into delivery attempts, `rules` names the cause of each, and
//! `senders` applies the policy of the sending system. Last, `suggestion` proposes an address where
//! one was refused. None of them knows a browser.

pub mod address;
mod bounces;
mod formats;
mod host;
mod options;
mod reading;
mod reports;
pub mod rules;
pub mod suggestion;

pub use bezorgd_model as model;
pub use bezorgd_senders as senders;
pub use formats::charset::Decoder;
pub use formats::csv::cells;
pub use formats::part::{Part, Unpacker};
pub use formats::unpack::unpack;
pub use formats::workbook::write::write as write_workbook;
pub use formats::{spreadsheet, workbook_writer};
pub use host::Host;
pub use model::Diagnosis;
pub use options::Options;
pub use reading::{Reading, analyse, customers, needs_unpacker, not_attempted};
pub use reports::history;
