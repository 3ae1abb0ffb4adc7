//! What words in the status column of a report mean, in four languages: compiled from `statuses/*.toml`.
//!
//! A file is a meaning: the action that was taken (RFC 3464), and the cause where the word itself says it.

use bezorgd_model::fold::letters;
use bezorgd_model::sorting::sort_by_key;
use bezorgd_model::{Action, Cause};
use std::sync::LazyLock;

include!(concat!(env!("OUT_DIR"), "/statuses.rs"));

/// What a status means.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct StatusMeaning {
    /// What became of the message.
    pub action: Action,
    /// Why, where the word itself says it.
    pub cause: Option<Cause>,
}

impl StatusMeaning {
    /// A meaning without a cause.
    pub const fn of(action: Action) -> Self {
        Self {
            action,
            cause: None,
        }
    }
}

/// Words of one meaning.
struct Meaning {
    /// As [`letters`] writes them, one per line.
    words: &'static str,
    meaning: StatusMeaning,
}

/// Longer cells are not a status, in bytes.
const LONGEST: usize = 100;

/// What a word means as a status of any system; `None` where it is not known. Case, accents, signs beside
/// the word, spaces and dashes do not matter.
pub fn meaning(status: &str) -> Option<StatusMeaning> {
    if status.len() > LONGEST {
        return None;
    }
    let word = letters(status);
    let found = WORDS.binary_search_by_key(&&*word, |(known, _)| *known);
    Some(WORDS[found.ok()?].1)
}

/// Every word, sorted, with what it means.
static WORDS: LazyLock<Vec<(&str, StatusMeaning)>> = LazyLock::new(|| {
    let of = |meaning: &'static Meaning| meaning.words.lines().map(|word| (word, meaning.meaning));
    let mut words: Vec<_> = MEANINGS.iter().flat_map(of).collect();
    sort_by_key(&mut words, |(word, _)| *word);
    words
});

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_example_has_the_meaning_of_its_file() {
        for (file, group, example) in EXAMPLES {
            let known = MEANINGS.iter().zip(FILES).find(|(_, name)| *name == file);
            let expected = known.map(|(known, _)| known.meaning);
            assert!(expected.is_some());
            assert_eq!(meaning(example), expected, "{file}.toml [{group}]");
        }
    }

    #[test]
    fn accidents_of_writing_do_not_matter() {
        let delivered = meaning("delivered");
        assert!(delivered.is_some());
        for text in [
            "DELIVERED",
            "✔ Delivered",
            "Delivered ✅",
            " delivered. ",
            "[Délivré]",
            "✔️",
        ] {
            assert_eq!(meaning(text), delivered, "{text}");
        }
        let bounced = meaning("hard bounce");
        for text in ["HardBounce", "hard_bounce", "Hard-Bounce", "HARD BOUNCE"] {
            assert_eq!(meaning(text), bounced, "{text}");
        }
    }

    #[test]
    fn what_is_not_in_the_vocabulary_has_no_meaning() {
        for text in ["", "-", "Betaald", "Niet geopend", "n/a", "✈", "R"] {
            assert_eq!(meaning(text), None, "{text}");
        }
    }
}
