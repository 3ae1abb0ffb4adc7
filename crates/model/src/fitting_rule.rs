//! Rules that match a text: the winner, and why the others lost.

use crate::cause::Cause;
use serde::{Deserialize, Serialize};
use std::borrow::Cow;

/// A rule that matches a text and its codes.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
pub struct FittingRule {
    /// The rule, as `set/name`.
    pub rule: String,
    /// The cause that it gives.
    pub cause: Cause,
    /// Where its phrases are documented or were seen.
    pub source: String,
    /// The words it matched; empty if a code was enough.
    pub words: String,
    /// Why it lost; `None` for the winner.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub lost: Option<Lost>,
}

/// Why a matching rule did not win.
#[derive(Clone, Debug, Deserialize, Eq, PartialEq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Lost {
    /// Other words in the text exclude it: the phrase as the rule writes it, folded.
    Unless(Cow<'static, str>),
    /// The winner has stronger evidence.
    Weaker,
    /// Its words are part of longer words of an equally strong rule.
    PartOfLonger,
    /// The winner names a more precise cause.
    LessPrecise,
    /// The winner matched more, or earlier, or comes first among the rules.
    Shorter,
}
