//! Patterns over many recipients: providers at which almost every delivery fails, and what a newer
//! report changes. Depends on the results alone.

use crate::address::domain_of;
use crate::cause::Permanence;
use crate::codes::closed_set;
use crate::diagnosis::{Attempt, Recipient, State};
use crate::moment::Moment;
use crate::sorting::sort_by;
use serde::{Deserialize, Serialize};
use std::borrow::Cow;
use std::collections::HashMap;

/// How many failures at a domain are needed to blame its provider.
const LEAST_FAILED: u32 = 5;

/// How many of ten recipients at a domain must fail to blame its provider.
const LEAST_TENTHS: u32 = 8;

/// Within how many hours failures count as one incident.
const TOGETHER_HOURS: u32 = 6;

/// A domain at which almost every delivery fails.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
#[non_exhaustive]
pub struct FailingProvider {
    /// The domain, in lower case.
    pub domain: String,
    /// For how many recipients delivery fails.
    pub failed: u32,
    /// How many recipients have an address there and were attempted.
    pub total: u32,
    /// Whether all failures are temporary.
    pub temporary: bool,
    /// Whether some are still being retried.
    pub waiting: bool,
    /// The first and the last of the failures; `None` if they are more than six hours apart, or have no
    /// dates.
    pub between: Option<(Moment, Moment)>,
}

/// Addresses that end in the same misspelled domain.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
#[non_exhaustive]
pub struct TypingMistake {
    /// The domain as it is written, in lower case.
    pub domain: String,
    /// The domain that was probably meant.
    pub likely: String,
    /// How many addresses end in it.
    pub count: u32,
    /// The addresses as they are written, each with the one that was probably meant; only the first ones.
    pub addresses: Vec<(String, String)>,
}

#[derive(Default)]
struct DomainCounts {
    failed: u32,
    total: u32,
    permanent: u32,
    waiting: u32,
    first: Option<Moment>,
    last: Option<Moment>,
}

/// The domains at which almost every delivery fails although most others succeed, the one with most
/// failures first.
pub fn failing_providers<'a>(
    recipients: impl Iterator<Item = &'a Recipient>,
) -> Vec<FailingProvider> {
    let mut domains: HashMap<Cow<'_, str>, DomainCounts> = HashMap::new();
    let (mut failed, mut total) = (0, 0);
    for recipient in recipients {
        let fails = match recipient.state {
            State::Failed | State::GaveUp | State::Retrying => true,
            State::Delivered => false,
            State::NotAttempted | State::None => continue,
        };
        let Some(domain) = domain_of(&recipient.address) else {
            continue;
        };
        // A provider is not to blame for addresses that are misspelled.
        if fails && misspelled_domain(recipient).is_some() {
            continue;
        }
        let domain = if domain.bytes().any(|byte| byte.is_ascii_uppercase()) {
            Cow::Owned(domain.to_ascii_lowercase())
        } else {
            Cow::Borrowed(domain)
        };
        let counts = domains.entry(domain).or_default();
        counts.total += 1;
        total += 1;
        if fails {
            failed += 1;
            counts.failed += 1;
            counts.permanent += u32::from(recipient.permanence != Permanence::Temporary);
            counts.waiting += u32::from(recipient.state == State::Retrying);
            let at = recipient.deciding().and_then(|(_, attempt)| attempt.at);
            counts.first = counts.first.into_iter().chain(at).min();
            counts.last = counts.last.into_iter().chain(at).max();
        }
    }
    let mut providers: Vec<FailingProvider> = domains
        .into_iter()
        .filter(|(_, counts)| {
            let elsewhere = (failed - counts.failed, total - counts.total);
            counts.failed >= LEAST_FAILED
                && counts.failed * 10 >= counts.total * LEAST_TENTHS
                // If most deliveries fail elsewhere too, this provider is not to blame.
                && elsewhere.0 * 2 < elsewhere.1
        })
        .map(|(domain, counts)| FailingProvider {
            domain: domain.into_owned(),
            failed: counts.failed,
            total: counts.total,
            temporary: counts.permanent == 0,
            waiting: counts.waiting > 0,
            between: counts
                .first
                .zip(counts.last)
                .filter(|(first, last)| *last <= first.plus_hours(TOGETHER_HOURS)),
        })
        .collect();
    sort_by(&mut providers, |a, b| {
        b.failed
            .cmp(&a.failed)
            .then_with(|| a.domain.cmp(&b.domain))
    });
    providers
}

/// How many addresses of one mistake are listed.
const ADDRESSES_LISTED: usize = 500;

/// From how many addresses on a mistake is a pattern.
const LEAST_MISSPELLED: u32 = 2;

/// The domains that are misspelled in several addresses, the one with most addresses first.
pub fn typing_mistakes<'a>(recipients: impl Iterator<Item = &'a Recipient>) -> Vec<TypingMistake> {
    let mut mistakes: Vec<TypingMistake> = Vec::new();
    let mut places: HashMap<(String, &str), usize> = HashMap::new();
    for recipient in recipients {
        let Some((domain, likely, suggestion)) = misspelled_domain(recipient) else {
            continue;
        };
        let place = *places
            .entry((domain, likely))
            .or_insert_with_key(|(domain, likely)| {
                mistakes.push(TypingMistake {
                    domain: domain.clone(),
                    likely: (*likely).to_owned(),
                    count: 0,
                    addresses: Vec::new(),
                });
                mistakes.len() - 1
            });
        let mistake = &mut mistakes[place];
        mistake.count += 1;
        if mistake.addresses.len() < ADDRESSES_LISTED {
            let written = recipient.address.clone();
            mistake.addresses.push((written, suggestion.to_owned()));
        }
    }
    mistakes.retain(|mistake| mistake.count >= LEAST_MISSPELLED);
    sort_by(&mut mistakes, |a, b| {
        b.count.cmp(&a.count).then_with(|| a.domain.cmp(&b.domain))
    });
    mistakes
}

/// The domain of an address in lower case, the one that was probably meant, and the suggestion for the
/// recipient, where they differ.
fn misspelled_domain(recipient: &Recipient) -> Option<(String, &str, &str)> {
    let suggestion = recipient.suggestion.as_deref()?;
    let likely = domain_of(suggestion)?;
    let domain = domain_of(&recipient.address)?.to_ascii_lowercase();
    (domain != likely).then_some((domain, likely, suggestion))
}

closed_set! {
    /// What the newest report says about a recipient, compared with earlier reports.
    #[derive(Clone, Copy, Debug, Deserialize, Eq, Hash, PartialEq, Serialize)]
    pub enum Change {
        /// It fails for the first time.
        New = "new",
        /// It failed before and still fails.
        Stays = "stays",
        /// It failed before and arrives now.
        Mended = "mended",
    }
}

impl Change {
    /// Compares the attempts of the newest report with the earlier ones. `attempts` are oldest first;
    /// `is_new` gets the place of an attempt, and returns whether it is in the newest report. `None` if
    /// nothing failed, or the newest report has no attempt.
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
            detail: None,
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
    fn a_provider_at_which_almost_everything_fails_is_named() {
        let mut all = at("hotmail.example", 11, State::Retrying, Cause::Temporary);
        all.extend(at("hotmail.example", 1, State::Delivered, Cause::Delivered));
        all.extend(at("school.example", 40, State::Delivered, Cause::Delivered));
        all.extend(at("small.example", 3, State::Failed, Cause::AddressUnknown));
        let found = failing_providers(all.iter());
        assert_eq!(found.len(), 1);
        assert_eq!(found[0].domain, "hotmail.example");
        assert_eq!((found[0].failed, found[0].total), (11, 12));
        assert!(found[0].temporary && found[0].waiting);
    }

    #[test]
    fn a_misspelled_domain_is_a_mistake_and_no_providers_fault() {
        let mut all = at("gmial.example", 6, State::Failed, Cause::DomainUnknown);
        for recipient in &mut all {
            let (local, _) = recipient.address.split_once('@').unwrap();
            recipient.suggestion = Some(format!("{local}@gmail.example"));
        }
        all.extend(at("school.example", 40, State::Delivered, Cause::Delivered));
        assert_eq!(failing_providers(all.iter()), []);
        let mistakes = typing_mistakes(all.iter());
        let [mistake] = &mistakes[..] else {
            panic!("one mistake: {mistakes:?}");
        };
        assert_eq!(
            (&*mistake.domain, &*mistake.likely),
            ("gmial.example", "gmail.example")
        );
        assert_eq!((mistake.count, mistake.addresses.len()), (6, 6));
        // One slip is no pattern, and a slip in the name is none of the domain.
        assert_eq!(typing_mistakes(all[..1].iter()), []);
        all[0].suggestion = Some("r@gmial.example".to_owned());
        assert_eq!(typing_mistakes(all.iter())[0].count, 5);
    }

    #[test]
    fn where_everything_fails_no_provider_is_to_blame() {
        let mut all = at("a.example", 8, State::Failed, Cause::SenderBlocked);
        all.extend(at("b.example", 8, State::Failed, Cause::SenderBlocked));
        assert!(failing_providers(all.iter()).is_empty());
    }
}
