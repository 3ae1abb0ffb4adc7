//! Determines the cause of a delivery attempt with rules that are data.
//!
//! A rule (`*.toml` in this folder, compiled in by `build/rules.rs`) is a cause with the words or codes
//! that prove it. Among the rules that match, these criteria select the winner, in this order:
//!
//! 1. the stronger evidence ([`Strength`]): words beat codes, a provider's own words beat common ones;
//! 2. words that contain the words of another (`sender address rejected: user unknown`);
//! 3. the more precise cause ([`PRECEDENCE`]);
//! 4. the longer match, then the earlier one, then the order of the rules.
//!
//! A rule needs one of its phrases (`any`), one of `and` if it has any, none of `unless`, and one of its
//! codes (`status`, `reply`, with `*` for any number or digit) if it has any. Phrases match complete
//! words, ignoring case and accents; ` * ` matches some text within a sentence, a `*` on a word the rest
//! of that word. Addresses, host names, URLs and file names are no words; the phrases of `names` are also
//! searched in them, except in addresses. Each rule has its `source`, and an `example` that it must win
//! (`tests/rules.rs`). `details.rs` reads what the words say beside the cause.

pub mod codes;
mod detail_phrases;
mod details;
mod matcher;
mod phrase;
mod rule;
pub(crate) mod scan;
mod tokens;

pub(crate) use crate::model::fold;
use crate::model::sorting::sort_by_key;
use crate::model::{Cause, Detail, EnhancedStatus, FittingRule, Lost, Sender};
use matcher::PhraseRole;
use rule::StatusPattern;
use std::borrow::Cow;
use std::cmp::Reverse;
use std::ops::{Range, RangeInclusive};
use std::sync::LazyLock;

pub use rule::{EXAMPLES, RULES, Rule, Strength};

/// The evidence of one attempt.
#[derive(Clone, Copy, Debug, Default)]
pub struct Evidence<'a> {
    /// The text of the server or report, with white space folded to single spaces.
    pub text: &'a str,
    /// Enhanced status code (RFC 3463) from a separate field; `None` uses the first one in the text.
    pub status: Option<EnhancedStatus>,
    /// SMTP reply code (RFC 5321), 200 to 599, from a separate field; `None` uses the one in the text.
    pub reply_code: Option<u16>,
}

/// The cause of an attempt, and the rule that decided it.
#[derive(Clone, Debug, Eq, PartialEq)]
#[non_exhaustive]
pub struct Verdict {
    /// Why delivery failed, or that it did not.
    pub cause: Cause,
    /// What the text says beside the cause; `None` if it says no more.
    pub detail: Option<Box<Detail>>,
    /// The winning rule, as `set/name`.
    pub rule: &'static str,
    /// The strength of its evidence.
    pub strength: Strength,
    /// The sending system that alone writes the words of the rule, if one does.
    pub sender: Option<Sender>,
    /// The bytes of [`Evidence::text`] that the rule matched; `None` if a code decided.
    pub matched: Option<Range<usize>>,
}

/// The value of [`Attempt::rule`](crate::model::Attempt::rule) if no rule matches.
pub const UNRECOGNISED: &str = "none";

/// Every cause, the most precise first: of two equally strong rules, the more precise one wins.
///
/// Servers wrap a reply in further words (`Unknown address error 550 'Mailbox full'`), and a
/// sender that gives up says so beside the reason.
pub const PRECEDENCE: &[Cause] = &[
    Cause::DocumentReused,
    Cause::Suppressed,
    Cause::Unsubscribed,
    Cause::MailboxFull,
    Cause::MailboxDisabled,
    Cause::AddressMoved,
    Cause::AuthenticationFailed,
    Cause::MessageTooLarge,
    Cause::RecipientRestricted,
    Cause::SenderBlocked,
    Cause::SpamRejected,
    Cause::ContentRejected,
    Cause::RelayDenied,
    Cause::DomainUnknown,
    Cause::AddressUnknown,
    Cause::ServerError,
    Cause::Unreachable,
    Cause::Refused,
    Cause::Temporary,
    Cause::Expired,
    Cause::AutoReply,
    Cause::Complaint,
    Cause::Delivered,
    Cause::NotAttempted,
    Cause::NotABounce,
    Cause::Unknown,
];

/// The rules that need no words.
static CODE_RULES: LazyLock<Vec<&Rule>> = LazyLock::new(|| {
    let rules = RULES.iter();
    rules
        .filter(|rule| rule.any.is_empty() && rule.names.is_empty())
        .collect()
});

/// The strongest of them: stronger words win over all.
static STRONGEST_CODE: LazyLock<Strength> = LazyLock::new(|| {
    let strengths = CODE_RULES.iter().map(|rule| rule.strength);
    strengths.max().unwrap_or(Strength::Reply)
});

/// A match of a rule, and why it lost if it did.
#[derive(Clone, Debug)]
pub(crate) struct Candidate {
    pub rule: &'static Rule,
    /// The bytes of [`Evidence::text`] that it matched; `None` if a code was enough.
    pub matched: Option<Range<usize>>,
    /// Why another rule won; `None` for the winner.
    pub lost: Option<Lost>,
}

/// Returns the cause, with the winning rule and what it matched; `None` if no rule matches.
pub fn diagnose(evidence: &Evidence<'_>) -> Option<Verdict> {
    let folded = fold::fold(evidence.text);
    let found = matcher::find(&folded);
    let candidates = candidates(&found, evidence, None);
    let winner = candidates.get(winner(&candidates)?)?;
    Some(Verdict {
        cause: winner.rule.cause,
        rule: winner.rule.id,
        detail: {
            let end = winner.matched.as_ref().map(|matched| matched.end);
            details::read(evidence.text, &folded, winner.rule.cause, end, &found)
        },
        strength: winner.rule.strength,
        sender: winner.rule.sender,
        matched: winner
            .matched
            .clone()
            .map(|range| fold::unfold(evidence.text, range)),
    })
}

/// Lists every matching rule, once: first the winner, then the others from strong to weak, each with the
/// reason why it lost. Empty if no rule matches.
pub fn explain(evidence: &Evidence<'_>) -> Vec<FittingRule> {
    let mut all: Vec<FittingRule> = Vec::new();
    for candidate in weigh(evidence) {
        if all.iter().any(|listed| listed.rule == candidate.rule.id) {
            continue;
        }
        let words = candidate.matched.and_then(|range| evidence.text.get(range));
        all.push(FittingRule {
            rule: candidate.rule.id.to_owned(),
            cause: candidate.rule.cause,
            source: candidate.rule.source.to_owned(),
            words: words.unwrap_or_default().to_owned(),
            lost: candidate.lost,
        });
    }
    all
}

/// Every match of every rule, the winner first.
pub(crate) fn weigh(evidence: &Evidence<'_>) -> Vec<Candidate> {
    let folded = fold::fold(evidence.text);
    let mut excluded = Vec::new();
    let found = matcher::find(&folded);
    let mut candidates = candidates(&found, evidence, Some(&mut excluded));
    if let Some(winner) = winner(&candidates) {
        let lost: Vec<_> = (0..candidates.len())
            .map(|loser| (loser != winner).then(|| why(&candidates, loser, winner)))
            .collect();
        for (candidate, lost) in candidates.iter_mut().zip(lost) {
            candidate.lost = lost;
        }
        candidates.swap(0, winner);
        sort_by_key(&mut candidates[1..], |candidate| Reverse(rank(candidate)));
    }
    candidates.append(&mut excluded);
    for candidate in &mut candidates {
        let matched = candidate.matched.take();
        candidate.matched = matched.map(|range| fold::unfold(evidence.text, range));
    }
    candidates
}

/// The rules whose conditions hold, with places in the folded text. Those that only an `unless` keeps out are added
/// to `excluded`, with the phrase that did it; without it, only rules that may win are considered.
fn candidates(
    found: &[matcher::PhraseMatch],
    evidence: &Evidence<'_>,
    mut excluded: Option<&mut Vec<Candidate>>,
) -> Vec<Candidate> {
    let only_winner = excluded.is_none();
    let status = evidence.status.or_else(|| codes::status(evidence.text));
    let reply = evidence.reply_code.or_else(|| codes::reply(evidence.text));
    let found_as = |rule: &Rule, role: PhraseRole| {
        (found.iter().map(|(known, _)| known))
            .find(|known| known.role == role && std::ptr::eq(known.rule, rule))
    };
    let is_met = |rule: &Rule| {
        let has_status = |pattern: &StatusPattern| status.is_some_and(|code| pattern.accepts(code));
        let has_reply =
            |codes: &RangeInclusive<u16>| reply.is_some_and(|code| codes.contains(&code));
        (rule.and.is_empty() || found_as(rule, PhraseRole::And).is_some())
            && (rule.status.is_empty() || rule.status.iter().any(has_status))
            && (rule.reply.is_empty() || rule.reply.iter().any(has_reply))
    };
    let mut consider = |rule: &'static Rule, matched: Option<Range<usize>>| {
        if !is_met(rule) {
            return None;
        }
        let unless = found_as(rule, PhraseRole::Unless);
        let candidate = Candidate {
            rule,
            matched: matched.filter(|_| unless.is_none()),
            lost: unless.map(|found| Lost::Unless(Cow::Borrowed(found.phrase))),
        };
        if candidate.lost.is_none() {
            return Some(candidate);
        }
        if let Some(excluded) = &mut excluded {
            excluded.push(candidate);
        }
        None
    };
    let phrases = found.iter().filter(|(phrase, _)| {
        let is_any = phrase.role == PhraseRole::Any;
        is_any && phrase.rule.detail.is_none()
    });
    let mut candidates: Vec<Candidate> = phrases
        .filter_map(|(phrase, place)| consider(phrase.rule, Some(place.clone())))
        .collect();
    let strongest = candidates.iter().map(|candidate| candidate.rule.strength);
    let words_win = only_winner && strongest.max() > Some(*STRONGEST_CODE);
    if !words_win && (status.is_some() || reply.is_some()) {
        candidates.extend(CODE_RULES.iter().filter_map(|rule| consider(rule, None)));
    }
    candidates
}

/// The index of the winning candidate.
fn winner(candidates: &[Candidate]) -> Option<usize> {
    (0..candidates.len())
        .filter(|&index| !is_part_of_longer(candidates, index))
        .max_by_key(|&index| rank(&candidates[index]))
}

type Rank = (
    Strength,
    Reverse<usize>,
    usize,
    Reverse<usize>,
    Reverse<&'static str>,
);

fn rank(candidate: &Candidate) -> Rank {
    let rule = candidate.rule;
    let precision = PRECEDENCE.iter().position(|cause| *cause == rule.cause);
    let matched = candidate.matched.clone().unwrap_or_default();
    (
        rule.strength,
        Reverse(precision.unwrap_or(PRECEDENCE.len())),
        matched.len(),
        Reverse(matched.start),
        Reverse(rule.id),
    )
}

/// Whether an equally strong rule matched these words together with words around them.
fn is_part_of_longer(candidates: &[Candidate], index: usize) -> bool {
    let Some(inner) = &candidates[index].matched else {
        return false;
    };
    candidates.iter().any(|other| {
        other.rule.strength == candidates[index].rule.strength
            && other.matched.as_ref().is_some_and(|outer| {
                outer.start <= inner.start && inner.end <= outer.end && inner.len() < outer.len()
            })
    })
}

fn why(candidates: &[Candidate], loser: usize, winner: usize) -> Lost {
    let (winning, losing) = (rank(&candidates[winner]), rank(&candidates[loser]));
    if losing.0 < winning.0 {
        Lost::Weaker
    } else if is_part_of_longer(candidates, loser) {
        Lost::PartOfLonger
    } else if losing.1 != winning.1 {
        Lost::LessPrecise
    } else {
        Lost::Shorter
    }
}
