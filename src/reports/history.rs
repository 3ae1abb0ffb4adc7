//! All attempts to reach each address, and the state of delivery that follows.

use crate::address::lower_case;
use crate::model::fold::lowercase;
use crate::model::sorting::sort_by_key;
use crate::model::{Action, Attempt, Cause, Moment, Recipient, State};
use crate::senders::{DeliveryOutcome, Policy};
use std::borrow::Cow;
use std::collections::HashMap;
use std::collections::hash_map::{Entry, RandomState};
use std::hash::{BuildHasher, BuildHasherDefault, Hasher};

/// By what an attempt names its recipient.
#[derive(Clone, Copy, Debug)]
pub enum Who<'a> {
    /// The e-mail address.
    Address(&'a str),
    /// The customer number, where there is no address.
    Customer(&'a str),
    /// The name, where there is nothing else.
    Name(&'a str),
}

impl<'a> Who<'a> {
    fn text(self) -> &'a str {
        match self {
            Self::Address(text) | Self::Customer(text) | Self::Name(text) => text,
        }
    }

    /// How the same is written at a person, unless that person is known by something else.
    fn of(self, person: &Recipient) -> Option<&str> {
        match self {
            Self::Address(_) => Some(&person.address),
            _ if !person.address.is_empty() => None,
            Self::Customer(_) => person.customer.as_deref(),
            Self::Name(_) if person.customer.is_some() => None,
            Self::Name(_) => person.name.as_deref(),
        }
    }
}

/// Everyone that a report names, in the order in which they first appear.
#[derive(Debug, Default)]
pub struct History {
    /// By the hash of the address, number or name: copies of those would take more memory than all else.
    places: HashMap<u64, u32, BuildHasherDefault<AsItIs>>,
    hashes: RandomState,
    /// What is looked for, in lower case.
    key: String,
    people: Vec<Recipient>,
    /// How often an attempt comes after an older one in the report, minus how often after a newer one.
    rising: i64,
    last: Option<Moment>,
}

impl History {
    /// Adds an attempt. Addresses, numbers and names that differ only in case are the same.
    pub fn add(&mut self, who: Who<'_>, attempt: Attempt) -> &mut Recipient {
        if let Some(at) = attempt.at {
            self.rising += self.last.map_or(0, |last| at.cmp(&last) as i64);
            self.last = Some(at);
        }
        let place = self.place(who);
        let person = &mut self.people[place];
        person.attempts.push(attempt);
        person
    }

    /// The place of a person among the people; a new one is added.
    fn place(&mut self, who: Who<'_>) -> usize {
        let text = who.text();
        let key = &mut self.key;
        key.clear();
        key.push_str(text);
        if text.is_ascii() {
            key.make_ascii_lowercase();
        } else {
            *key = lowercase(text);
        }
        let mut hash = self.hashes.hash_one(&*key);
        loop {
            match self.places.entry(hash) {
                Entry::Occupied(place) => {
                    let place = *place.get() as usize;
                    let same =
                        |known: &str| known.eq_ignore_ascii_case(key) || lowercase(known) == *key;
                    if who.of(&self.people[place]).is_some_and(same) {
                        return place;
                    }
                    // Someone else with the same hash.
                    hash = hash.wrapping_add(1);
                }
                Entry::Vacant(free) => {
                    free.insert(self.people.len() as u32);
                    self.people.push(nothing_yet(who));
                    return self.people.len() - 1;
                }
            }
        }
    }

    /// Settles every address.
    pub fn settle(mut self, policy: &Policy, now: Moment) -> Vec<Recipient> {
        for person in &mut self.people {
            if self.rising < 0 {
                // So that attempts at the same moment, or without one, are in order too.
                person.attempts.reverse();
            }
            settle(person, policy, now);
        }
        self.people.shrink_to_fit();
        self.people
    }
}

/// A hash is its own hash.
#[derive(Debug, Default)]
struct AsItIs(u64);

impl Hasher for AsItIs {
    fn finish(&self) -> u64 {
        self.0
    }

    fn write(&mut self, bytes: &[u8]) {
        for byte in bytes {
            self.0 = self.0.rotate_left(8) ^ u64::from(*byte);
        }
    }

    fn write_u64(&mut self, hash: u64) {
        self.0 = hash;
    }
}

/// Room for one attempt, as most people get one.
fn nothing_yet(who: Who<'_>) -> Recipient {
    let (mut address, mut customer, mut name) = ("", None, None);
    match who {
        Who::Address(text) => address = text,
        Who::Customer(text) => customer = Some(text.into()),
        Who::Name(text) => name = Some(text.into()),
    }
    Recipient {
        address: address.to_owned(),
        name,
        customer,
        cause: Cause::NotAttempted,
        detail: None,
        permanence: Cause::NotAttempted.permanence(),
        state: State::NotAttempted,
        retry_until: None,
        suggestion: None,
        attempts: Vec::with_capacity(1),
    }
}

/// Orders the attempts at one address, and derives its state of delivery.
///
/// Each document (invoice) has its own run of attempts; the one that is worst off decides.
pub fn settle(person: &mut Recipient, policy: &Policy, now: Moment) {
    in_order_of_events(&mut person.attempts, |attempt| attempt);
    let outcome = outcome(&person.attempts, policy, now);
    person.cause = outcome.cause;
    person.detail = person
        .deciding()
        .and_then(|(_, attempt)| attempt.detail.clone());
    person.permanence = outcome.cause.permanence();
    person.state = outcome.state;
    person.retry_until = outcome.retry_until;
}

/// Sorts by time, and by meaning where that is the same: a message is passed on, delayed, then refused or
/// delivered. Where only some have a date, the order of the report remains; where none has, what was under
/// way comes before what was decided.
pub fn in_order_of_events<T>(attempts: &mut [T], attempt: impl Fn(&T) -> &Attempt) {
    if attempts.len() < 2 {
        return;
    }
    let dated = attempts.iter().filter(|one| attempt(one).at.is_some());
    match dated.count() {
        0 => sort_by_key(attempts, |one| stage(attempt(one)) >= DECIDED),
        count if count == attempts.len() => {
            sort_by_key(attempts, |one| (attempt(one).at, stage(attempt(one))));
        }
        _ => {}
    }
}

/// What a recipient is known by in several files and messages: the address, ignoring case, or else the number or the
/// name. Control characters before those distinguish them from addresses. `None` without any of the three.
pub fn recipient_key(recipient: &Recipient) -> Option<Cow<'_, str>> {
    let without = |sign: char, text: &str| Cow::Owned(format!("{sign}{}", lowercase(text)));
    match (&*recipient.address, &recipient.customer, &recipient.name) {
        ("", Some(number), _) => Some(without('\u{1}', number)),
        ("", None, Some(name)) => Some(without('\u{2}', name)),
        ("", None, None) => None,
        (address, ..) => Some(lower_case(address)),
    }
}

/// Sorts the attempts for a recipient from several files or messages as [`in_order_of_events`] does. A mail that was
/// given twice becomes one attempt; `is_same` compares what is known of it beside the attempt.
pub fn merge<T>(
    attempts: &mut Vec<T>,
    attempt: impl Fn(&T) -> &Attempt,
    is_same: impl Fn(&T, &T) -> bool,
) {
    in_order_of_events(attempts, &attempt);
    attempts.dedup_by(|one, other| {
        attempt(one) == attempt(other) && attempt(one).line.is_none() && is_same(one, other)
    });
}

/// From this stage on, the outcome is decided.
const DECIDED: u8 = 3;

/// How far a message got; what comes back after it arrived is last.
fn stage(attempt: &Attempt) -> u8 {
    match (attempt.action, attempt.cause) {
        (Action::Unknown, _) => 0,
        (Action::Relayed | Action::Expanded, _) => 1,
        (Action::Delayed, _) => 2,
        (Action::Failed, _) => DECIDED,
        (Action::Delivered, Cause::Delivered) => 4,
        (Action::Delivered, _) => 5,
    }
}

fn outcome(attempts: &[Attempt], policy: &Policy, now: Moment) -> DeliveryOutcome {
    if let [only] = attempts {
        return policy.settle(&[only], now);
    }
    let mut by_document: Vec<&Attempt> = attempts.iter().collect();
    // This keeps the order of the attempts at one document.
    sort_by_key(&mut by_document, |attempt| attempt.document.as_deref());
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
