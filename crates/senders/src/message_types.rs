//! The types of message that a sending system distinguishes, and whether each has a letter version.
//!
//! Every library words its own subjects, so the table that is compiled in (`wise.toml`) is only a
//! beginning: a person may change it (`session/message_table.rs`).

use bezorgd_model::codes::closed_set;
use bezorgd_model::fold::fold;
use bezorgd_model::fold::lowercase;
use bezorgd_model::sorting::sort_by_key;
use bezorgd_model::{Attempt, Original};
use serde::{Deserialize, Serialize};

/// How much of a message is searched for the code of its type, in bytes: it is near the top.
const SEARCHED: usize = 4 << 10;

/// One kind of message.
#[derive(Clone, Debug, Deserialize, Eq, PartialEq, Serialize)]
pub struct MessageType {
    /// What the sending system calls it, such as `HR1`.
    pub code: String,
    /// What people call it.
    pub name: String,
    /// Parts of a subject that identify it, in any case.
    pub subject: Vec<String>,
    /// Whether a letter can take its place.
    pub letter: Letter,
}

impl MessageType {
    /// The parts of [`subject`](Self::subject) as one line that a person can edit.
    pub fn subject_line(&self) -> String {
        self.subject.join(" | ")
    }

    /// The parts in such a line; empty ones are left out.
    pub fn subject_parts(line: &str) -> Vec<String> {
        let parts = line.split('|').map(str::trim);
        let parts = parts.filter(|part| !part.is_empty());
        parts.map(str::to_owned).collect()
    }
}

closed_set! {
    /// Whether a letter can take the place of a message.
    #[derive(Clone, Copy, Debug, Default, Deserialize, Eq, PartialEq, Serialize)]
    pub enum Letter {
        /// The sending system makes one by itself.
        Yes = "yes",
        /// Only when somebody asks for it.
        OnRequest = "on-request",
        /// There is none.
        No = "no",
        /// Not known.
        #[default]
        Unknown = "unknown",
    }
}

/// A kind of message, as it is compiled in.
#[derive(Debug)]
pub struct Known {
    pub(super) code: &'static str,
    pub(super) name: &'static str,
    pub(super) subject: &'static [&'static str],
    pub(super) letter: Letter,
}

impl From<&Known> for MessageType {
    fn from(known: &Known) -> Self {
        Self {
            code: known.code.to_owned(),
            name: known.name.to_owned(),
            subject: known.subject.iter().map(|part| (*part).into()).collect(),
            letter: known.letter,
        }
    }
}

/// The kinds of message by which a message is recognised.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub struct MessageTypes {
    types: Vec<MessageType>,
    /// The parts of subjects as they are compared, the longest first, and whose they are.
    subjects: Vec<(String, usize)>,
}

impl MessageTypes {
    /// Makes these kinds ready to be recognised.
    pub fn new(types: Vec<MessageType>) -> Self {
        let mut subjects: Vec<(String, usize)> = Vec::new();
        for (place, known) in types.iter().enumerate() {
            let parts = known.subject.iter().map(|part| part.trim());
            let parts = parts.filter(|part| !part.is_empty());
            subjects.extend(parts.map(|part| (plain(part), place)));
        }
        sort_by_key(&mut subjects, |(part, _)| std::cmp::Reverse(part.len()));
        Self { types, subjects }
    }

    /// The kind with this code, in any case.
    pub fn get(&self, code: &str) -> Option<&MessageType> {
        self.types
            .iter()
            .find(|known| known.code.eq_ignore_ascii_case(code))
    }

    /// The type of the message that an attempt is about, by its code or else by its subject.
    pub fn of(&self, attempt: &Attempt, original: Option<&Original>) -> Option<&MessageType> {
        match attempt.message_type.as_deref() {
            Some(code) => self.get(code),
            None => self.by_subject(original?.subject.as_deref()?),
        }
    }

    /// The type that a subject identifies, by its code or else by its words.
    pub fn by_subject(&self, subject: &str) -> Option<&MessageType> {
        let by_words = || {
            let subject = plain(subject);
            let found = |(part, _): &&(String, usize)| subject.contains(part.as_str());
            let (_, place) = self.subjects.iter().find(found)?;
            self.types.get(*place)
        };
        self.by_code(subject).or_else(by_words)
    }

    /// The first kind whose code is a word near the beginning of the text, written as it is.
    pub fn by_code(&self, text: &str) -> Option<&MessageType> {
        let text = &text[..text.floor_char_boundary(SEARCHED)];
        let mut words = text.split(|letter: char| !letter.is_ascii_alphanumeric());
        words.find_map(|word| {
            let mut types = self.types.iter();
            types.find(|known| !word.is_empty() && known.code == word)
        })
    }
}

/// Whether a code cannot be an ordinary word, so that it identifies the sending system too: it begins
/// with a letter and has a digit in it.
pub fn is_distinctive(code: &str) -> bool {
    code.bytes().any(|byte| byte.is_ascii_digit()) && code.starts_with(char::is_alphabetic)
}

fn plain(text: &str) -> String {
    lowercase(&fold(text))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Policy;
    use bezorgd_model::Sender;

    fn types() -> MessageTypes {
        MessageTypes::new(Policy::of(Sender::Wise).message_types())
    }

    fn by_subject(subject: &str) -> Option<String> {
        types().by_subject(subject).map(|found| found.code.clone())
    }

    #[test]
    fn a_code_or_a_subject_identifies_the_type() {
        assert_eq!(by_subject("Bib: HR2 voor jou").as_deref(), Some("HR2"));
        assert_eq!(
            by_subject("Je RESERVATIE staat klaar").as_deref(),
            Some("RSO")
        );
        // The subject was written for people, the code for the library.
        assert_eq!(
            by_subject("Eerste herinnering (HR3)").as_deref(),
            Some("HR3")
        );
        let types = types();
        let found = types.by_code("Beste,\nBerichttype: IV1.\n");
        assert_eq!(found.map(|found| &*found.code), Some("IV1"));
    }

    #[test]
    fn what_only_looks_like_a_code_identifies_nothing() {
        for subject in ["hr1", "CHR1", "Attentie", "HR 1", ""] {
            assert_eq!(by_subject(subject), None, "{subject}");
        }
        let far = " ".repeat(SEARCHED) + "HR1";
        assert_eq!(types().by_code(&far), None);
    }

    #[test]
    fn a_code_with_a_digit_identifies_the_system() {
        for (code, sender) in [
            ("HR1", Some(Sender::Wise)),
            // A type that a person added.
            ("QX7", Some(Sender::Wise)),
            ("ATT", None),
            ("1", None),
        ] {
            assert_eq!(crate::sender_by_message_type(code), sender, "{code}");
        }
    }
}
