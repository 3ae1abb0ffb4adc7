//! The part before the @: mended by the name of the person, when that is known.
//!
//! Only a slip in one word of the name is mended, and never one that may be somebody else's name:
//! another first letter, or the last vowel that tells Simon from Simone.

use super::typing::{ONE, half_slips};
use crate::model::fold;

/// How many letters a word has before another one is taken for a slip of it.
const LONG_ENOUGH: usize = 4;

/// The local part as the name spells it, if just one of its words is one slip away from the name.
pub fn mend(local: &str, name: &str) -> Option<String> {
    let name = fold::fold(name).to_ascii_lowercase();
    let words = name.split(|letter: char| !letter.is_alphanumeric());
    let words: Vec<&str> = words.filter(|word| !word.is_empty()).collect();
    let known = spellings(&words);
    let local = local.to_ascii_lowercase();
    let mut mended = String::new();
    let mut slips = 0;
    for piece in local.split_inclusive(|letter: char| !letter.is_alphabetic()) {
        let typed = piece.trim_end_matches(|letter: char| !letter.is_alphabetic());
        let word = if typed.len() < LONG_ENOUGH || known.iter().any(|word| word == typed) {
            typed
        } else {
            slips += 1;
            let mut near = known.iter().filter(|word| is_slip(typed, word));
            // Nothing if the name says nothing about it, or too much.
            let nearest = near.next()?;
            if near.any(|other| other != nearest) {
                return None;
            }
            nearest
        };
        mended.push_str(word);
        mended.push_str(&piece[typed.len()..]);
    }
    (slips == 1).then_some(mended)
}

/// What people make of their name: each word, several in a row, and an initial with the rest.
fn spellings(words: &[&str]) -> Vec<String> {
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
    fn one_slip_in_a_name_is_mended() {
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
            assert_eq!(mend(local, name).as_deref(), Some(right), "{local}");
        }
    }

    #[test]
    fn what_may_be_right_is_left() {
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
            assert_eq!(mend(local, name), None, "{local}");
        }
    }
}
