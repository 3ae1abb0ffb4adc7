//! Rules that fit a text: the one that decides, and why the others do not.

use crate::cause::Cause;
use serde::{Deserialize, Serialize};
use std::borrow::Cow;

/// A rule whose conditions hold for a text.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
pub struct FittingRule {
    /// The rule, as `set/name`.
    pub rule: String,
    /// The cause that it proves.
    pub cause: Cause,
    /// Where its words are documented or were seen.
    pub source: String,
    /// The words it matched; empty when a code was enough.
    pub words: String,
    /// Why another rule decided; `None` for the one that did.
    pub lost: Option<Lost>,
}

/// Why a rule that matches did not decide.
#[derive(Clone, Debug, Deserialize, Eq, PartialEq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Lost {
    /// Other words in the text rule it out: the phrase as the rule writes it, folded.
    Unless(Cow<'static, str>),
    /// The winner rests on stronger evidence.
    Weaker,
    /// Its words are part of longer words of an equally strong rule.
    PartOfLonger,
    /// The winner names a more precise cause.
    LessPrecise,
    /// The winner matched more, or earlier, or stands first among the rules.
    Shorter,
}
