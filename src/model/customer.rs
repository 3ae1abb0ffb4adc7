//! Somebody the sender knows, as a list of theirs tells: a customer, a borrower, a parent.

use serde::{Deserialize, Serialize};

/// One customer of a list.
#[derive(Clone, Debug, Default, Deserialize, Eq, PartialEq, Serialize)]
pub struct Customer {
    /// The number that the sender knows the customer by.
    pub number: Option<Box<str>>,
    /// The name.
    pub name: Option<Box<str>>,
    /// Every address, as the list writes them.
    pub addresses: Vec<Box<str>>,
    /// How many bounces the sending system has counted, where the list tells.
    pub bounces: Option<u32>,
}
