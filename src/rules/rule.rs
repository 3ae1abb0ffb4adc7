//! The type of a rule, and the table of all rules.

use crate::model::{Cause, DetailCode, EnhancedStatus, Sender};
use std::ops::RangeInclusive;
use std::sync::LazyLock;

/// The tables that `build/rules.rs` generates from the rule files.
mod tables {
    include!(concat!(env!("OUT_DIR"), "/rules.rs"));
}

pub use tables::EXAMPLES;

/// Every rule, by file and name; unpacked when the first text arrives.
pub static RULES: LazyLock<Vec<Rule>> = LazyLock::new(|| {
    let rules = tables::PACKED.split_terminator('\u{1E}');
    rules.filter_map(Rule::unpack).collect()
});

/// The strength of the evidence of a rule, weakest first.
#[derive(Clone, Copy, Debug, Eq, Ord, PartialEq, PartialOrd)]
#[non_exhaustive]
pub enum Strength {
    /// An SMTP reply code, or only its class.
    Reply,
    /// Vague words: `message rejected`.
    Vague,
    /// An enhanced status code.
    Status,
    /// Words that suggest a cause, in the absence of better ones: `try again later`.
    Hint,
    /// Words that state the cause.
    Phrase,
    /// A provider's own words or code, whose meaning it documents.
    Exact,
}

impl Strength {
    const ALL: [Self; 6] = [
        Self::Reply,
        Self::Vague,
        Self::Status,
        Self::Hint,
        Self::Phrase,
        Self::Exact,
    ];
}

/// One rule of a rule file.
#[derive(Debug)]
#[non_exhaustive]
pub struct Rule {
    /// File and name, as `set/name`.
    pub id: &'static str,
    /// The cause that it gives.
    pub cause: Cause,
    /// The strength of its evidence.
    pub strength: Strength,
    /// The only sending system that writes these words: a table that contains them is its report. `None`
    /// for words of mail servers and of several systems.
    pub sender: Option<Sender>,
    /// The detail that its phrases say beside a cause; `None` for the rules that give a cause.
    pub(super) detail: Option<DetailCode>,
    /// Where its phrases are documented or were seen.
    pub source: &'static str,
    /// Phrases, folded, one per line, of which the text must contain one; none for a rule about
    /// codes.
    pub(super) any: &'static str,
    /// Phrases like those of `any` that are also searched in host names and URLs.
    pub(super) names: &'static str,
    /// Further phrases of which the text must contain one, when there are any.
    pub(super) and: &'static str,
    /// Phrases that the text must not contain.
    pub(super) unless: &'static str,
    /// Enhanced status codes of which one must be present; empty for no condition.
    pub(super) status: Vec<StatusPattern>,
    /// Reply codes of which one must be present; empty for no condition.
    pub(super) reply: Vec<RangeInclusive<u16>>,
}

impl Rule {
    /// Reads a rule in the form that the build gives it.
    pub(super) fn unpack(packed: &'static str) -> Option<Self> {
        let mut fields = packed.split('\u{1F}');
        let mut next = || fields.next();
        let id = next()?;
        // `A` is the first of a set, `@` none.
        let mut letters = next()?
            .bytes()
            .map(|letter| usize::from(letter).wrapping_sub(0x41));
        let mut place = || letters.next();
        Some(Self {
            id,
            cause: *Cause::ALL.get(place()?)?,
            strength: *Strength::ALL.get(place()?)?,
            sender: Sender::ALL.get(place()?).copied(),
            detail: place().and_then(|place| DetailCode::ALL.get(place).copied()),
            any: next()?,
            names: next()?,
            and: next()?,
            unless: next()?,
            status: next()?
                .split(' ')
                .filter_map(StatusPattern::parse)
                .collect(),
            reply: next()?.split(' ').filter_map(reply_codes).collect(),
            source: next()?,
        })
    }

    /// The phrases of which the text must contain one, folded.
    pub fn phrases(&self) -> impl Iterator<Item = &'static str> {
        self.any.lines().chain(self.names.lines())
    }

    /// The further phrases of which the text must contain one, folded.
    pub fn further_phrases(&self) -> impl Iterator<Item = &'static str> {
        self.and.lines()
    }

    /// The phrases that exclude the rule, folded.
    pub fn exclusions(&self) -> impl Iterator<Item = &'static str> {
        self.unless.lines()
    }

    /// The codes that meet its conditions: of each status pattern the least code, with the least of each range of reply
    /// codes; `None` where it needs none.
    pub fn codes(&self) -> impl Iterator<Item = (Option<EnhancedStatus>, Option<u16>)> {
        let statuses = or_none(self.status.iter().map(StatusPattern::least));
        let replies = or_none(self.reply.iter().map(|codes| *codes.start()));
        let with_replies = move |status| {
            replies
                .clone()
                .into_iter()
                .map(move |reply| (status, reply))
        };
        statuses.into_iter().flat_map(with_replies)
    }

    /// Whether phrases alone make the rule match.
    pub fn needs_no_code(&self) -> bool {
        self.status.is_empty() && self.reply.is_empty()
    }
}

/// Each of these, or `None` once if there are none.
fn or_none<T>(all: impl Iterator<Item = T>) -> Vec<Option<T>> {
    let all: Vec<_> = all.map(Some).collect();
    if all.is_empty() { vec![None] } else { all }
}

/// A pattern for enhanced status codes; a part that is `None` matches any number.
#[derive(Debug)]
pub(super) struct StatusPattern {
    class: Option<u16>,
    subject: Option<u16>,
    detail: Option<u16>,
}

impl StatusPattern {
    /// Reads `*.1.1`, where `*` leaves a part open.
    fn parse(text: &str) -> Option<Self> {
        let mut parts = text.split('.').map(|part| part.parse().ok());
        Some(Self {
            class: parts.next()?,
            subject: parts.next()?,
            detail: parts.next()?,
        })
    }

    /// The least code that the pattern accepts, of a permanent failure if it accepts any class.
    fn least(&self) -> EnhancedStatus {
        EnhancedStatus {
            class: self.class.map_or(5, |class| class as u8),
            subject: self.subject.unwrap_or_default(),
            detail: self.detail.unwrap_or_default(),
        }
    }

    pub(super) fn accepts(&self, status: EnhancedStatus) -> bool {
        let matches = |wanted: Option<u16>, given| wanted.is_none_or(|wanted| wanted == given);
        matches(self.class, u16::from(status.class))
            && matches(self.subject, status.subject)
            && matches(self.detail, status.detail)
    }
}

/// The reply codes of `55*`, where `*` is any digit.
fn reply_codes(text: &str) -> Option<RangeInclusive<u16>> {
    let bound = |digit| text.replace('*', digit).parse().ok();
    Some(bound("0")?..=bound("9")?)
}
