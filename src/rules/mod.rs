//! Names the cause of a delivery attempt, from rules that are kept as data.
//!
//! What the text says beats what a code says; the more precise of two texts beats the other.

use crate::model::{Cause, EnhancedStatus};
use std::ops::Range;

/// What one attempt offers as evidence.
#[derive(Clone, Copy, Debug, Default)]
pub struct Evidence<'a> {
    /// The words of the server or report, white space folded.
    pub text: &'a str,
    /// Enhanced status code (RFC 3463), where it stands apart from the text.
    pub status: Option<EnhancedStatus>,
    /// SMTP reply code (RFC 5321), where it stands apart from the text.
    pub reply_code: Option<u16>,
}

/// The cause of an attempt and what it rests on.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Verdict {
    /// Why.
    pub cause: Cause,
    /// The rule that decided, as `set/name`.
    pub rule: &'static str,
    /// The bytes of [`Evidence::text`] that the rule matched.
    pub matched: Option<Range<usize>>,
}

/// Stands in [`Attempt::rule`](crate::model::Attempt::rule) where no rule applies.
pub const UNRECOGNISED: &str = "none";

/// Names the cause, or nothing where no rule applies.
pub fn diagnose(_evidence: &Evidence<'_>) -> Option<Verdict> {
    None
}
