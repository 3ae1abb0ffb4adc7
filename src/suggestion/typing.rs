//! How far what was typed is from what may be meant, as fingers and ears go wrong.
//!
//! Slips are counted as optimal string alignment counts them (a letter too few, too many, wrong, or
//! swapped with the next), in halves: the slips that happen most count for one half.

use strsim::osa_distance;

// What `build/suggestion.rs` made of typing.toml.
include!(concat!(env!("OUT_DIR"), "/typing.rs"));

/// One slip of a sort that happens often.
pub const LIKELY: usize = 1;

/// One slip of any sort.
pub const ONE: usize = 2;

/// Words that the build wrote in one string.
#[derive(Clone, Copy, Debug)]
pub struct List(pub &'static str);

impl List {
    /// Every word, in order.
    pub fn words(self) -> impl Iterator<Item = &'static str> {
        self.0.split_ascii_whitespace()
    }

    /// Whether this is one of the words.
    pub fn contains(self, word: &str) -> bool {
        self.words().any(|known| known == word)
    }
}

/// How many half slips lead from `meant` to `typed`.
pub fn half_slips(typed: &str, meant: &str) -> usize {
    if typed == meant {
        return 0;
    }
    if undoubled(typed) == undoubled(meant) {
        return LIKELY;
    }
    match osa_distance(typed, meant) {
        1 if swapped(typed, meant) || confused(typed, meant) => LIKELY,
        distance => distance * ONE,
    }
}

/// Whether just two letters that stand beside each other changed places.
pub fn swapped(typed: &str, meant: &str) -> bool {
    // A swap is one slip, and the only one that keeps every letter.
    let letters = |word: &str| word.bytes().map(u32::from).sum::<u32>();
    typed.len() == meant.len()
        && letters(typed) == letters(meant)
        && osa_distance(typed, meant) == 1
}

/// Whether an ending is a mistake for `meant`: one slip away from it, and not real.
pub fn is_wrong_ending(typed: &str, meant: &str) -> bool {
    // The list is long: what is nowhere near needs no look in it.
    osa_distance(typed, meant) == 1 && !REAL_ENDINGS.contains(typed)
}

/// Whether an ending is one of those that are common here.
pub fn is_common_ending(ending: &str) -> bool {
    COMMON_ENDINGS.contains(ending)
}

/// The common ending that a wrong one was meant to be, if only one is nearest.
pub fn right_ending(typed: &str) -> Option<&'static str> {
    let mut nearest = None;
    let mut least = usize::MAX;
    for meant in COMMON_ENDINGS.words() {
        if !is_wrong_ending(typed, meant) {
            continue;
        }
        let slips = half_slips(typed, meant);
        if slips < least {
            (nearest, least) = (Some(meant), slips);
        } else if slips == least {
            nearest = None;
        }
    }
    nearest
}

/// Whether just one letter differs, and the two are easily confused.
fn confused(typed: &str, meant: &str) -> bool {
    let mut differing = typed.bytes().zip(meant.bytes()).filter(|(a, b)| a != b);
    typed.len() == meant.len()
        && differing.next().is_some_and(|(a, b)| easily_confused(a, b))
        && differing.next().is_none()
}

/// Whether two letters lie side by side on a keyboard, sound alike, or look alike.
fn easily_confused(a: u8, b: u8) -> bool {
    ALIKE
        .words()
        .any(|group| place(group, a).is_some() && place(group, b).is_some())
        || KEYBOARDS.iter().any(|keyboard| touch(keyboard, a, b))
}

/// Whether two keys of a keyboard touch each other.
fn touch(keyboard: &[&str; 3], a: u8, b: u8) -> bool {
    keyboard.iter().any(|row| {
        let beside = |(a, b): (usize, usize)| a.abs_diff(b) == 1;
        place(row, a).zip(place(row, b)).is_some_and(beside)
    }) || keyboard.windows(2).any(|rows| {
        let under = |(upper, lower): (usize, usize)| lower == upper || lower + 1 == upper;
        place(rows[0], a).zip(place(rows[1], b)).is_some_and(under)
            || place(rows[0], b).zip(place(rows[1], a)).is_some_and(under)
    })
}

fn place(row: &str, key: u8) -> Option<usize> {
    row.bytes().position(|other| other == key)
}

/// The letters, each run of the same one once.
fn undoubled(word: &str) -> Vec<u8> {
    let mut letters = word.as_bytes().to_vec();
    letters.dedup();
    letters
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn slips_that_happen_often_count_for_half() {
        for (typed, meant) in [
            ("gmial", "gmail"),
            ("gmaill", "gmail"),
            ("gmaol", "gmail"),
            ("telenzt", "telenet"),
            ("jozef", "josef"),
            ("yaho", "yahoo"),
        ] {
            assert_eq!(half_slips(typed, meant), LIKELY, "{typed}");
        }
        assert_eq!(half_slips("gail", "gmail"), ONE);
        assert_eq!(half_slips("gbail", "gmail"), ONE);
        assert_eq!(half_slips("", "gmail"), 5 * ONE);
    }

    #[test]
    fn only_letters_side_by_side_are_swapped() {
        assert!(swapped("lvie", "live"));
        assert!(!swapped("eivl", "live"));
        assert!(!swapped("live", "live"));
        assert!(!swapped("éa", "aé1"));
    }

    #[test]
    fn keys_touch_on_either_keyboard() {
        assert!(easily_confused(b'm', b'l') && easily_confused(b'm', b'n'));
        assert!(easily_confused(b'a', b'q') && easily_confused(b'z', b's'));
        assert!(!easily_confused(b'a', b'p'));
    }

    #[test]
    fn real_endings_are_not_wrong() {
        for real in ["be", "bz", "cm", "co", "bet", "ne", "om", "nrw"] {
            assert_eq!(right_ending(real), None, "{real}");
        }
        assert_eq!(right_ending("bee"), Some("be"));
        assert_eq!(right_ending("kom"), Some("com"));
        assert_eq!(right_ending("museum"), None);
    }
}
