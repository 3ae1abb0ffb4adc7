//! What many recipients have in common: a provider at which everything fails, and what a later
//! report changes about an earlier one. Knows recipients by their results alone.

use crate::cause::Permanence;
use crate::codes::closed_set;
use crate::diagnosis::{Attempt, Recipient, State};
use crate::moment::Moment;
use serde::{Deserialize, Serialize};
use std::borrow::Cow;
use std::collections::HashMap;

/// Fewer failures than this at one domain say nothing about its provider.
const LEAST_FAILED: u32 = 5;

/// In tenths: how many of the recipients at a domain must fail before it is the provider's.
const LEAST_TENTHS: u32 = 8;

/// Failures that lie within so many hours happened together.
const TOGETHER_HOURS: u32 = 6;

/// One domain at which as good as everything fails.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
#[non_exhaustive]
pub struct Provider {
    /// The domain, in lower case.
    pub domain: String,
    /// How many recipients it fails for.
    pub failed: u32,
    /// How many recipients were tried there.
    pub total: u32,
    /// Whether all failures are temporary.
    pub temporary: bool,
    /// Whether some are still being retried.
    pub waiting: bool,
    /// When the first and the last of them happened, if that was within hours.
    pub between: Option<(Moment, Moment)>,
}

#[derive(Default)]
struct Tally {
    failed: u32,
    total: u32,
    permanent: u32,
    waiting: u32,
    first: Option<Moment>,
    last: Option<Moment>,
}

/// The domains at which as good as everything fails, though elsewhere it does not; the largest first.
pub fn providers<'a>(recipients: impl Iterator<Item = &'a Recipient>) -> Vec<Provider> {
    let mut domains: HashMap<Cow<'_, str>, Tally> = HashMap::new();
    let (mut failed, mut total) = (0, 0);
    for recipient in recipients {
        let fails = match recipient.state {
            State::Failed | State::GaveUp | State::Retrying => true,
            State::Delivered => false,
            State::NotAttempted | State::None => continue,
        };
        let Some((_, domain)) = recipient.address.rsplit_once('@') else {
            continue;
        };
        let domain = if domain.bytes().any(|byte| byte.is_ascii_uppercase()) {
            Cow::Owned(domain.to_ascii_lowercase())
        } else {
            Cow::Borrowed(domain)
        };
        let tally = domains.entry(domain).or_default();
        tally.total += 1;
        total += 1;
        if fails {
            failed += 1;
            tally.failed += 1;
            tally.permanent += u32::from(recipient.permanence != Permanence::Temporary);
            tally.waiting += u32::from(recipient.state == State::Retrying);
            let at = recipient.deciding().and_then(|(_, attempt)| attempt.at);
            tally.first = tally.first.into_iter().chain(at).min();
            tally.last = tally.last.into_iter().chain(at).max();
        }
    }
    let mut providers: Vec<Provider> = domains
        .into_iter()
        .filter(|(_, tally)| {
            let elsewhere = (failed - tally.failed, total - tally.total);
            tally.failed >= LEAST_FAILED
                && tally.failed * 10 >= tally.total * LEAST_TENTHS
                // Where everything fails everywhere, it is not this provider.
                && elsewhere.0 * 2 < elsewhere.1
        })
        .map(|(domain, tally)| Provider {
            domain: domain.into_owned(),
            failed: tally.failed,
            total: tally.total,
            temporary: tally.permanent == 0,
            waiting: tally.waiting > 0,
            between: tally
                .first
                .zip(tally.last)
                .filter(|(first, last)| *last <= first.plus_hours(TOGETHER_HOURS)),
        })
        .collect();
    providers.sort_by(|a, b| b.failed.cmp(&a.failed).then(a.domain.cmp(&b.domain)));
    providers
}

closed_set! {
    /// What the newest report says of a recipient, beside the ones before.
    #[derive(Clone, Copy, Debug, Deserialize, Eq, Hash, PartialEq, Serialize)]
    pub enum Change {
        /// It fails for the first time.
        New = "new",
        /// It failed before and fails still.
        Stays = "stays",
        /// It failed before and arrives now.
        Mended = "mended",
    }
}

impl Change {
    /// Compares the attempts, oldest first, of which `is_new` tells those of the newest report.
    pub fn between<'a>(
        attempts: impl Iterator<Item = &'a Attempt> + Clone,
        is_new: impl Fn(usize) -> bool,
    ) -> Option<Self> {
        let last = |newest: bool| {
            let here = attempts.clone().enumerate();
            here.filter(|(index, _)| is_new(*index) == newest)
                .last()
                .map(|(_, attempt)| attempt.action.is_failure())
        };
        match (last(false), last(true)) {
            (Some(true), Some(true)) => Some(Self::Stays),
            (Some(true), Some(false)) => Some(Self::Mended),
            (_, Some(true)) => Some(Self::New),
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Cause;

    fn recipient(address: &str, state: State, cause: Cause) -> Recipient {
        Recipient {
            address: address.to_owned(),
            name: None,
            customer: None,
            cause,
            permanence: cause.permanence(),
            state,
            retry_until: None,
            suggestion: None,
            attempts: Vec::new(),
        }
    }

    fn at(domain: &str, count: usize, state: State, cause: Cause) -> Vec<Recipient> {
        (0..count)
            .map(|n| recipient(&format!("r{n}-{state:?}@{domain}"), state, cause))
            .collect()
    }

    #[test]
    fn a_provider_at_which_as_good_as_everything_fails_is_named() {
        let mut all = at("hotmail.example", 11, State::Retrying, Cause::Temporary);
        all.extend(at("hotmail.example", 1, State::Delivered, Cause::Delivered));
        all.extend(at("school.example", 40, State::Delivered, Cause::Delivered));
        all.extend(at("small.example", 3, State::Failed, Cause::AddressUnknown));
        let found = providers(all.iter());
        assert_eq!(found.len(), 1);
        assert_eq!(found[0].domain, "hotmail.example");
        assert_eq!((found[0].failed, found[0].total), (11, 12));
        assert!(found[0].temporary && found[0].waiting);
    }

    #[test]
    fn where_everything_fails_no_provider_is_to_blame() {
        let mut all = at("a.example", 8, State::Failed, Cause::SenderBlocked);
        all.extend(at("b.example", 8, State::Failed, Cause::SenderBlocked));
        assert!(providers(all.iter()).is_empty());
    }
}
