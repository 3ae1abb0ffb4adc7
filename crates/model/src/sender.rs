//! The closed set of sending systems.

use serde::{Deserialize, Serialize};

/// Declares [`Sender`] once, with its codes.
macro_rules! senders {
    ($($(#[doc = $doc:literal])+ $name:ident = $code:literal;)+) => {
        /// A sending system whose policies and words are in `crates/senders`, or any other.
        #[derive(Clone, Copy, Debug, Deserialize, Eq, Hash, PartialEq, Serialize)]
        pub enum Sender {
            $($(#[doc = $doc])+ #[serde(rename = $code)] $name,)+
        }

        impl Sender {
            /// Every sending system, in the order in which they are documented.
            pub const ALL: &[Sender] = &[$(Sender::$name),+];

            /// The code of this system in JSON, on the command line and as the name of its TOML file.
            pub const fn code(self) -> &'static str {
                match self { $(Sender::$name => $code,)+ }
            }
        }
    };
}

senders! {
    /// POM, through LinkManage / Count-e.
    Pom = "pom";
    /// OCLC Wise.
    Wise = "wise";
    /// Any other.
    Other = "other";
}

impl std::str::FromStr for Sender {
    type Err = UnknownSender;

    /// Reads a code such as `pom`.
    fn from_str(code: &str) -> Result<Self, UnknownSender> {
        let mut senders = Self::ALL.iter().copied();
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
    use crate::codes::variant;

    #[test]
    fn every_sender_is_found_by_the_code_it_serialises_as() {
        for &sender in Sender::ALL {
            assert_eq!(serde_json::to_value(sender).unwrap(), sender.code());
            assert_eq!(sender.code().parse(), Ok(sender));
            assert_eq!(variant(sender.code()), format!("{sender:?}"));
        }
        assert_eq!("POM".parse::<Sender>(), Err(UnknownSender));
    }
}
