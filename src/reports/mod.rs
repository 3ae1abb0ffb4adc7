//! Delivery reports: tables of attempts to reach an address.
//!
//! What a column holds is detected from its cells ([`columns`]); each row becomes an attempt whose cause
//! the rules name ([`attempt`]); all attempts at an address together give the state of delivery
//! ([`history`]).

mod attempt;
mod borrower;
mod cell_tally;
mod cells;
mod columns;
pub mod customers;
mod dates;
mod expected;
mod headers;
pub mod history;
mod message_list;
mod numeric_dates;
mod people;
mod recognition;
mod report;
mod row_problems;
mod worded_dates;

pub use expected::{identifier, not_attempted};
pub use report::read;
