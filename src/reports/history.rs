//! All attempts to reach each address, and where they leave it.

use crate::model::{Attempt, Moment, Recipient, State};
use crate::senders::{Outcome, Policy};
use std::collections::HashMap;

/// Attempts by address, in the order in which the addresses first appear.
#[derive(Debug, Default)]
pub struct History {
    places: HashMap<String, usize>,
    people: Vec<(String, Vec<Attempt>)>,
}

impl History {
    /// Notes an attempt. Addresses that differ in case only are the same.
    pub fn add(&mut self, address: &str, attempt: Attempt) {
        let place = *self
            .places
            .entry(address.to_lowercase())
            .or_insert_with(|| {
                self.people.push((address.to_owned(), Vec::new()));
                self.people.len() - 1
            });
        self.people[place].1.push(attempt);
    }

    /// Settles every address.
    pub fn settle(self, policy: &Policy, now: Moment) -> Vec<Recipient> {
        let people = self.people.into_iter();
        people
            .map(|(address, attempts)| recipient(address, attempts, policy, now))
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
    let mut documents: Vec<Option<&str>> = attempts
        .iter()
        .map(|attempt| attempt.document.as_deref())
        .collect();
    documents.sort_unstable();
    documents.dedup();
    let outcomes = documents.into_iter().map(|document| {
        let about: Vec<&Attempt> = attempts
            .iter()
            .filter(|attempt| attempt.document.as_deref() == document)
            .collect();
        let latest = about.last().and_then(|attempt| attempt.at);
        (policy.settle(&about, now), latest)
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
