//! Whom a sender knows, whether or not anything was sent: a library's borrower.

use serde::{Deserialize, Serialize};

/// One customer of a list, such as a borrower of a library.
#[derive(Clone, Debug, Default, Deserialize, Eq, PartialEq, Serialize)]
pub struct Customer {
    /// The number that the sender knows the customer by, as the list writes it.
    pub number: Option<Box<str>>,
    /// The name, as the list writes it.
    pub name: Option<Box<str>>,
    /// Every address, in the order of the list, none of them twice whatever its case. There may be none.
    pub addresses: Vec<Box<str>>,
    /// How many bounces the sending system has counted by now; `None` where the list does not tell.
    pub bounces: Option<u32>,
}
