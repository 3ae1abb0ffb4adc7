//! The syntax of phrases: words with gaps between them.

/// What may be between two pieces of a phrase.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Gap {
    /// `*`: the rest of a word.
    Word,
    /// ` * `: some text within a sentence.
    Any,
}

/// Splits a phrase at its first gap; nothing after a final `*` matches the rest of the last word.
pub fn split(phrase: &str) -> (&str, Option<(Gap, &str)>) {
    let Some((before, after)) = phrase.split_once('*') else {
        return (phrase, None);
    };
    match (before.strip_suffix(' '), after.strip_prefix(' ')) {
        (Some(before), Some(after)) => (before, Some((Gap::Any, after))),
        _ => (before, Some((Gap::Word, after))),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_star_between_spaces_matches_any_text_and_one_on_a_word_its_rest() {
        assert_eq!(split("mailbox full"), ("mailbox full", None));
        assert_eq!(split("user * full"), ("user", Some((Gap::Any, "full"))));
        assert_eq!(split("[bl0*]"), ("[bl0", Some((Gap::Word, "]"))));
        assert_eq!(split("rechazad*"), ("rechazad", Some((Gap::Word, ""))));
    }
}
