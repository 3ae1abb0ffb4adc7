//! Corrects the part before the @ with the name of the person.
//!
//! Only a slip in one word of the name is corrected, and never one that may be somebody else's name:
//! another first letter, or the last vowel that distinguishes Simon from Simone.

use super::typing::{ONE, half_slips};
use crate::model::fold;

/// How many letters a word must have before another one counts as a slip of it.
const LONG_ENOUGH: usize = 4;

/// The local part as the name spells it; `None` unless exactly one of its words is one slip away from the
/// name.
pub fn correct(local: &str, name: &str) -> Option<String> {
    let name = fold::fold(name).to_ascii_lowercase();
    let words = name.split(|letter: char| !letter.is_alphanumeric());
    let words: Vec<&str> = words.filter(|word| !word.is_empty()).collect();
    let spellings = spellings_of(&words);
    let local = local.to_ascii_lowercase();
    let mut corrected = String::new();
    let mut slips = 0;
    for piece in local.split_inclusive(|letter: char| !letter.is_alphabetic()) {
        let typed = piece.trim_end_matches(|letter: char| !letter.is_alphabetic());
        let word = if typed.len() < LONG_ENOUGH || spellings.iter().any(|word| word == typed) {
            typed
        } else {
            slips += 1;
            let mut near = spellings.iter().filter(|word| is_slip(typed, word));
            // Nothing if no spelling, or more than one, is near.
            let nearest = near.next()?;
            if near.any(|other| other != nearest) {
                return None;
            }
            nearest
        };
        corrected.push_str(word);
        corrected.push_str(&piece[typed.len()..]);
    }
    (slips == 1).then_some(corrected)
}

/// The forms of a name in addresses: each word, several in a row, and an initial with the rest.
fn spellings_of(words: &[&str]) -> Vec<String> {
    let mut found: Vec<String> = words.iter().map(|word| (*word).to_owned()).collect();
    for place in 1..words.len() {
        let (first, last) = words.split_at(place);
        let (first, last) = (first.concat(), last.concat());
        for (one, other) in [(&first, &last), (&last, &first)] {
            let initial: String = one.chars().take(1).collect();
            found.extend([one.clone(), one.clone() + other, initial + other]);
        }
    }
    found
}

fn is_slip(typed: &str, meant: &str) -> bool {
    const VOWELS: [char; 5] = ['a', 'e', 'i', 'o', 'u'];
    meant.len() >= LONG_ENOUGH
        && typed.chars().next() == meant.chars().next()
        && typed.trim_end_matches(VOWELS) != meant.trim_end_matches(VOWELS)
        && half_slips(typed, meant) <= ONE
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_slip_in_a_name_is_corrected() {
        for (local, name, right) in [
            ("mark.peeters", "Marc Peeters", "marc.peeters"),
            ("marc_peters7", "Marc Peeters", "marc_peeters7"),
            ("peters.marc", "PEETERS Marc", "peeters.marc"),
            ("markpeeters", "Peeters, Marc", "marcpeeters"),
            ("mpeters", "Marc Peeters", "mpeeters"),
            ("cedirc.maes", "Cédric Maes", "cedric.maes"),
            ("els.vandenberge", "Els Van den Berghe", "els.vandenberghe"),
            (
                "els.van.den.berge",
                "Els Van den Berghe",
                "els.van.den.berghe",
            ),
        ] {
            assert_eq!(correct(local, name).as_deref(), Some(right), "{local}");
        }
    }

    #[test]
    fn a_part_that_may_be_right_is_left_alone() {
        for (local, name) in [
            ("marc.peeters", "Marc Peeters"),
            ("marc.p", "Marc Peeters"),
            ("info", "Marc Peeters"),
            ("jpeeters", "Marc Peeters"),
            ("simone.maes", "Simon Maes"),
            ("maria.maes", "Marie Maes"),
            ("mark.peters", "Marc Peeters"),
            ("mark.schepens", "Marc Peeters"),
            ("", "Marc Peeters"),
            ("marc.peters", ""),
        ] {
            assert_eq!(correct(local, name), None, "{local}");
        }
    }
}
