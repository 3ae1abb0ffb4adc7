//! All attempts to reach each address, and where they leave it.

use crate::address::lower_case;
use crate::model::{Attempt, Moment, Recipient, State};
use crate::senders::{Outcome, Policy};
use std::borrow::Cow;
use std::collections::HashMap;
use std::collections::hash_map::Entry;

/// Attempts by address, in the order in which the addresses first appear.
#[derive(Debug, Default)]
pub struct History<'a> {
    /// By address in lower case.
    places: HashMap<Cow<'a, str>, usize>,
    people: Vec<(&'a str, Vec<Attempt>)>,
}

impl<'a> History<'a> {
    /// Notes an attempt. Addresses that differ in case only are the same.
    pub fn add(&mut self, address: &'a str, attempt: Attempt) {
        match self.places.entry(lower_case(address)) {
            Entry::Occupied(place) => self.people[*place.get()].1.push(attempt),
            Entry::Vacant(place) => {
                place.insert(self.people.len());
                // Room for one, as most people get one attempt.
                self.people.push((address, vec![attempt]));
            }
        }
    }

    /// Settles every address.
    pub fn settle(self, policy: &Policy, now: Moment) -> Vec<Recipient> {
        let people = self.people.into_iter();
        people
            .map(|(address, attempts)| recipient(address.to_owned(), attempts, policy, now))
            .collect()
    }
}

/// Puts the attempts at one address in order and tells where they leave it.
///
/// Each document (invoice) has its own run of attempts; the one that is worst off decides.
pub fn recipient(
    address: String,
    mut attempts: Vec<Attempt>,
    policy: &Policy,
    now: Moment,
) -> Recipient {
    in_time_order(&mut attempts, |attempt| attempt.at);
    let outcome = outcome(&attempts, policy, now);
    Recipient {
        address,
        cause: outcome.cause,
        permanence: outcome.cause.permanence(),
        state: outcome.state,
        retry_until: outcome.retry_until,
        suggestion: None,
        attempts,
    }
}

/// Sorts by time; where a date is missing, the order of the report stands.
pub fn in_time_order<T>(attempts: &mut [T], at: impl Fn(&T) -> Option<Moment>) {
    if attempts.iter().all(|attempt| at(attempt).is_some()) {
        attempts.sort_by_key(at);
    }
}

fn outcome(attempts: &[Attempt], policy: &Policy, now: Moment) -> Outcome {
    if let [only] = attempts {
        return policy.settle(&[only], now);
    }
    let mut by_document: Vec<&Attempt> = attempts.iter().collect();
    // This keeps the order of the attempts at one document.
    by_document.sort_by(|a, b| a.document.cmp(&b.document));
    let outcomes = by_document
        .chunk_by(|a, b| a.document == b.document)
        .map(|about| {
            let latest = about.last().and_then(|attempt| attempt.at);
            (policy.settle(about, now), latest)
        });
    let worst = outcomes
        .min_by_key(|(outcome, latest)| (severity(outcome.state), std::cmp::Reverse(*latest)));
    worst.map_or_else(|| policy.settle(&[], now), |(outcome, _)| outcome)
}

/// Worst first.
fn severity(state: State) -> u8 {
    match state {
        State::Failed => 0,
        State::GaveUp => 1,
        State::NotAttempted => 2,
        State::Retrying => 3,
        State::Delivered => 4,
        State::None => 5,
    }
}
