//! The closed set of sending systems.

use crate::codes::closed_set;
use serde::{Deserialize, Serialize};

closed_set! {
    /// A sending system whose policies and words are in `crates/senders`, or any other.
    #[derive(Clone, Copy, Debug, Deserialize, Eq, Hash, PartialEq, Serialize)]
    pub enum Sender {
        /// POM, through LinkManage / Count-e.
        Pom = "pom",
        /// OCLC Wise.
        Wise = "wise",
        /// Any other.
        Other = "other",
    }
}

impl std::str::FromStr for Sender {
    type Err = UnknownSender;

    /// Reads a code such as `pom`.
    fn from_str(code: &str) -> Result<Self, UnknownSender> {
        let mut senders = Self::ALL.into_iter();
        senders
            .find(|sender| sender.code() == code)
            .ok_or(UnknownSender)
    }
}

/// The text is not the code of a sending system.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct UnknownSender;

impl std::fmt::Display for UnknownSender {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let codes: Vec<_> = Sender::ALL.iter().map(|sender| sender.code()).collect();
        write!(f, "not a sending system; expected {}", codes.join(", "))
    }
}

impl std::error::Error for UnknownSender {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_sender_is_found_by_its_code() {
        for sender in Sender::ALL {
            assert_eq!(sender.code().parse(), Ok(sender));
        }
        assert_eq!("POM".parse::<Sender>(), Err(UnknownSender));
    }
}
