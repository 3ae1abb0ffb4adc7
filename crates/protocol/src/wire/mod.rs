//! The bytes of a message on its way between the page, its worker and the module for containers, which are built
//! together.
//!
//! Values follow one another without names or types, because reading them by name is a tenth of the page's code.
//! Integers are in base 128 (LEB128), signed ones with the sign in the lowest bit; texts, bytes, lists and maps
//! begin with their length; a variant is its number. Before each field of a struct is a byte: 0 if serde skips
//! the field, which then has its default.

mod invalid;
mod read;
mod write;

use bezorgd_model::shown::shown;
pub use invalid::InvalidMessage;
use serde::{Deserialize, Serialize};

/// The bytes of a value.
///
/// # Errors
/// If the value has a list of unknown length, which no message has.
pub fn to_bytes<T: Serialize + ?Sized>(value: &T) -> Result<Vec<u8>, InvalidMessage> {
    let mut writer = write::Writer::default();
    value.serialize(&mut writer)?;
    Ok(writer.bytes)
}

/// The bytes of a value for the page, every text in it safe to show and on one line: the page shows and copies
/// nothing of the evidence but what comes through here.
///
/// # Errors
/// As [`to_bytes`].
pub fn to_page<T: Serialize + ?Sized>(value: &T) -> Result<Vec<u8>, InvalidMessage> {
    let mut writer = write::Writer {
        text: Some(shown),
        ..Default::default()
    };
    value.serialize(&mut writer)?;
    Ok(writer.bytes)
}

/// The value with these bytes.
///
/// # Errors
/// If the bytes are of another type, or incomplete.
pub fn from_bytes<'a, T: Deserialize<'a>>(bytes: &'a [u8]) -> Result<T, InvalidMessage> {
    let mut reader = read::Reader { rest: bytes };
    let value = T::deserialize(&mut reader)?;
    if reader.rest.is_empty() {
        Ok(value)
    } else {
        Err(InvalidMessage)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde::de::DeserializeOwned;
    use std::collections::BTreeMap;
    use std::fmt::Debug;

    #[derive(Clone, Debug, Default, Deserialize, PartialEq, Serialize)]
    struct Sample {
        #[serde(default, skip_serializing_if = "Option::is_none")]
        first: Option<String>,
        second: Vec<(u8, i64)>,
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        third: Vec<Choice>,
        fourth: Option<Box<Sample>>,
    }

    #[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
    #[serde(rename_all = "kebab-case")]
    enum Choice {
        None,
        One(f64),
        Two(char, bool),
        Named {
            #[serde(default, skip_serializing_if = "Option::is_none")]
            left: Option<u32>,
            right: BTreeMap<String, u16>,
        },
    }

    fn returns<T: Serialize + DeserializeOwned + Debug + PartialEq>(value: &T) {
        let bytes = to_bytes(value).expect("a plain value");
        assert_eq!(from_bytes::<T>(&bytes).as_ref(), Ok(value), "{bytes:?}");
        // Whatever is cut off or added makes it another value, or none.
        for length in 0..bytes.len() {
            assert_ne!(from_bytes::<T>(&bytes[..length]).as_ref(), Ok(value));
        }
        assert!(from_bytes::<T>(&[&bytes[..], &[0]].concat()).is_err());
    }

    #[test]
    fn every_value_comes_back() {
        for number in [0, 1, 127, 128, 300, u64::MAX] {
            returns(&number);
        }
        for number in [0, -1, 63, -64, 64, i64::MIN, i64::MAX] {
            returns(&number);
        }
        returns(&-1.5_f64);
        returns(&"é€😀".to_owned());
        let leaf = Sample {
            third: vec![
                Choice::None,
                Choice::One(0.1),
                Choice::Two('é', true),
                Choice::Named {
                    left: None,
                    right: BTreeMap::from([("a".to_owned(), 1), (String::new(), 65_535)]),
                },
                Choice::Named {
                    left: Some(7),
                    right: BTreeMap::new(),
                },
            ],
            ..Sample::default()
        };
        returns(&leaf);
        returns(&Sample {
            first: Some(String::new()),
            second: vec![(255, -3), (0, 9)],
            third: Vec::new(),
            fourth: Some(Box::new(leaf)),
        });
    }

    #[test]
    fn every_text_for_the_page_is_safe() {
        let texts = |text: &str| {
            let map = BTreeMap::from([(text.to_owned(), text.to_owned())]);
            (Some(text.to_owned()), vec![Box::<str>::from(text)], map)
        };
        let evil = texts("an\u{1B}[2J\n\u{202E}é");
        let sent: (Option<String>, Vec<Box<str>>, BTreeMap<String, String>) =
            from_bytes(&to_page(&evil).expect("plain")).expect("the same type");
        assert_eq!(sent, texts("an⟨U+001B⟩[2J ⟨U+202E⟩é"));
    }

    #[test]
    fn bytes_that_are_no_message_are_refused() {
        for bytes in [
            &[][..],
            &[9],
            &[1, 0xFF],
            &[0xFF; 12],
            &[1, 1, 0xFF, 0xFF, 0xFF, 0xFF, 0x0F],
        ] {
            assert_eq!(
                from_bytes::<Sample>(bytes),
                Err(InvalidMessage),
                "{bytes:?}"
            );
        }
    }
}
