//! The texts of a language by their place in the packed form; the generated code has the places.

use crate::places::{COUNT, FINGERPRINT};
use crate::rich::Line;
use bezorgd_model::shown::shown;

/// Ends each text in the packed form (ISO 646: record separator).
const TEXT_END: char = '\u{1E}';

/// Separates the parts of a text that has several, such as the steps of a guide (ISO 646: unit separator).
const PART_END: char = '\u{1F}';

/// The start of a packed language.
const MARK: &str = "bezorgd-words ";

/// The packed form is damaged, or from a different build.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct InvalidWords;

impl std::fmt::Display for InvalidWords {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("these are not the texts of this version")
    }
}

impl std::error::Error for InvalidWords {}

/// Every text of a language.
#[derive(Debug)]
pub struct Texts(Box<[&'static str]>);

impl Texts {
    /// Splits the packed form.
    pub fn parse(packed: &'static str) -> Result<Self, InvalidWords> {
        let rest = packed.strip_prefix(MARK).ok_or(InvalidWords)?;
        let rest = rest.strip_prefix(FINGERPRINT).ok_or(InvalidWords)?;
        let rest = rest.strip_prefix(TEXT_END).ok_or(InvalidWords)?;
        let texts: Box<[&str]> = rest.split_terminator(TEXT_END).collect();
        if texts.len() == COUNT {
            Ok(Self(texts))
        } else {
            Err(InvalidWords)
        }
    }

    /// The text at this place; empty if there is none.
    pub fn get(&self, place: usize) -> &'static str {
        self.0.get(place).copied().unwrap_or_default()
    }

    /// The sentence at this place, filled in.
    pub fn fill(&self, place: usize, values: &[(&str, &str)]) -> String {
        fill(self.get(place), values)
    }

    /// The text at this place: its heading, and the parts after it.
    pub fn parts(&self, place: usize) -> (&'static str, Vec<Line>) {
        let mut parts = self.get(place).split(PART_END);
        (parts.next().unwrap_or_default(), parts.map(Line).collect())
    }
}

/// Replaces each `{name}` by its value, on one line and safe to show: many are evidence. Unknown names stay as they
/// are.
pub fn fill(text: &str, values: &[(&str, &str)]) -> String {
    let mut filled = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('{') {
        filled.push_str(before);
        let found = after.split_once('}').and_then(|(name, after)| {
            let (_, value) = values.iter().find(|(listed, _)| *listed == name)?;
            Some((value, after))
        });
        match found {
            Some((value, after)) => {
                filled.push_str(&shown(value));
                rest = after;
            }
            None => {
                filled.push('{');
                rest = after;
            }
        }
    }
    filled + rest
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_value_is_not_filled_in_again() {
        let filled = fill("{a} of {b}", &[("a", "{b}"), ("b", "2")]);
        assert_eq!(filled, "{b} of 2");
        assert_eq!(fill("{not} {closed", &[("closed", "x")]), "{not} {closed");
    }

    #[test]
    fn a_value_is_safe_to_show() {
        let filled = fill("Beste {name},", &[("name", "An\u{1B}[2J\n\u{202E}nI")]);
        assert_eq!(filled, "Beste An⟨U+001B⟩[2J ⟨U+202E⟩nI,");
    }

    #[test]
    fn texts_of_another_build_are_refused() {
        for packed in [
            "",
            "bezorgd-words 0000000000000000\u{1E}",
            "<!doctype html>",
        ] {
            assert!(Texts::parse(packed).is_err(), "{packed:?}");
        }
    }
}
