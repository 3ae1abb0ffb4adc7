//! A rule as data, and all of them.

use crate::model::{Cause, EnhancedStatus, Sender};
use std::ops::RangeInclusive;

/// What `build/rules.rs` made of the rule files.
mod tables {
    use super::{Rule, StatusPattern, Strength};
    use crate::model::{Cause, Sender};
    include!(concat!(env!("OUT_DIR"), "/rules.rs"));
}

pub use tables::{EXAMPLES, RULES};

/// How good the evidence of a rule is, weakest first.
#[derive(Clone, Copy, Debug, Eq, Ord, PartialEq, PartialOrd)]
#[non_exhaustive]
pub enum Strength {
    /// An SMTP reply code, or only its class.
    Reply,
    /// Words that say little: `message rejected`.
    Vague,
    /// An enhanced status code.
    Status,
    /// Words that name a cause when nothing better is said: `try again later`.
    Hint,
    /// Words that state the cause.
    Phrase,
    /// A provider's own words or code, whose meaning it documents.
    Exact,
}

/// One rule, as its file states it.
#[derive(Debug)]
#[non_exhaustive]
pub struct Rule {
    /// File and name, as `set/name`.
    pub id: &'static str,
    /// The cause that it proves.
    pub cause: Cause,
    /// How good its evidence is.
    pub strength: Strength,
    /// The sending system that alone writes these words: a table that has them is its report. `None` for
    /// the words of mail servers and for words that several systems use.
    pub sender: Option<Sender>,
    /// Where the words are documented or were seen.
    pub source: &'static str,
    /// Phrases, folded, one per line, of which the text must contain one; none for a rule about
    /// codes.
    pub(super) any: &'static str,
    /// Phrases like those of `any` that are also looked for in host names and URLs.
    pub(super) names: &'static str,
    /// Further phrases of which the text must contain one, when there are any.
    pub(super) and: &'static str,
    /// Phrases that the text must not contain.
    pub(super) unless: &'static str,
    /// Enhanced status codes of which one must be given, when there are any.
    pub(super) status: &'static [StatusPattern],
    /// Reply codes of which one must be given, when there are any.
    pub(super) reply: &'static [RangeInclusive<u16>],
}

impl Rule {
    /// The phrases of which the text must contain one, folded.
    pub fn phrases(&self) -> impl Iterator<Item = &'static str> {
        self.any.lines().chain(self.names.lines())
    }

    /// The further phrases of which the text must contain one, folded.
    pub fn further_phrases(&self) -> impl Iterator<Item = &'static str> {
        self.and.lines()
    }

    /// Whether phrases alone make the rule match, whatever the codes.
    pub fn needs_no_code(&self) -> bool {
        self.status.is_empty() && self.reply.is_empty()
    }
}

/// An enhanced status code of which parts may be left open.
#[derive(Debug)]
pub(super) struct StatusPattern {
    class: Option<u16>,
    subject: Option<u16>,
    detail: Option<u16>,
}

impl StatusPattern {
    pub(super) fn accepts(&self, status: EnhancedStatus) -> bool {
        let fits = |wanted: Option<u16>, given| wanted.is_none_or(|wanted| wanted == given);
        fits(self.class, u16::from(status.class))
            && fits(self.subject, status.subject)
            && fits(self.detail, status.detail)
    }
}
