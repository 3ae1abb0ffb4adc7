//! A customer of the sender, whether or not anything was sent to them: a library's borrower.

use serde::{Deserialize, Serialize};

/// One customer of a list, such as a borrower of a library.
#[derive(Clone, Debug, Default, Deserialize, Eq, PartialEq, Serialize)]
pub struct Customer {
    /// The customer number, as the list writes it; `None` if it gives none.
    pub number: Option<Box<str>>,
    /// The name, as the list writes it; `None` if it gives none.
    pub name: Option<Box<str>>,
    /// The addresses, in the order of the list, without duplicates that differ in case only; may be empty.
    pub addresses: Vec<Box<str>>,
    /// How many bounces the sending system has counted; `None` if the list does not say.
    pub bounces: Option<u32>,
}

/// A customer number without the zeros in front, which spreadsheets drop.
pub fn without_zeros(number: &str) -> &str {
    let short = number.trim_start_matches('0');
    if short.is_empty() { number } else { short }
}
