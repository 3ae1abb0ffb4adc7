//! The bounces of each recipient over all evidence, for a sending system that counts them.

use bezorgd::model::{Action, Diagnosis, Moment, Recipient, Sender};
use bezorgd::senders::bounces::{self, AttemptedMessage, last_bounced, removal};
use bezorgd::senders::counter::{Step, Tally, Thresholds};
use bezorgd::senders::message_types::MessageType;
use bezorgd::senders::{Policy, sender_of_unnamed};
use bezorgd::{Options, history};
use std::borrow::Cow;
use std::collections::HashMap;

/// The bounces of a recipient.
#[derive(Clone, Debug)]
pub struct CountedBounces {
    /// What they add up to, over all evidence.
    pub tally: Tally,
    /// The thresholds that were used.
    pub thresholds: Thresholds,
    /// When the sending system removed the address; `None` if it did not, or the evidence gives no date.
    pub removed_at: Option<Moment>,
    /// The type of the last message that bounced, over all evidence; `None` if unknown.
    pub message_type: Option<MessageType>,
    /// What each attempt in this message or report counted for; `None` for one that did not fail.
    pub steps: Vec<Option<Step>>,
}

/// A recipient in a message or report: the place of the diagnosis, and of the recipient in it.
type Place = (usize, usize);

/// An attempt by its place: its recipient, and its place among the attempts there.
type Attempted = (Place, usize);

/// Diagnoses, and the bounces of their recipients.
#[derive(Debug)]
pub struct CountedDiagnoses {
    /// In the order in which they were read.
    pub diagnoses: Vec<Diagnosis>,
    /// The system to assume for a message that names none.
    unnamed: Sender,
    bounces: HashMap<Place, CountedBounces>,
}

/// Whether a sending system counts bounces.
pub fn counts(sender: Sender) -> bool {
    Policy::of(sender).counter.is_some()
}

fn named_sender(diagnosis: &Diagnosis) -> Option<Sender> {
    diagnosis.sender.filter(|named| *named != Sender::Other)
}

impl CountedDiagnoses {
    /// Counts the bounces in all diagnoses together. `named` are the systems that all evidence names.
    pub fn of(
        diagnoses: Vec<Diagnosis>,
        named: impl Iterator<Item = Sender>,
        options: &Options,
    ) -> Self {
        let mut counted = Self {
            diagnoses,
            unnamed: sender_of_unnamed(named, options.sender),
            bounces: HashMap::new(),
        };
        let mut senders = counted.diagnoses.iter().map(|one| counted.sender(one));
        if !senders.any(counts) {
            return counted;
        }
        let places = counted.places();
        let counts = places
            .values()
            .flat_map(|places| counted.count(places, options));
        counted.bounces = counts.collect();
        counted
    }

    /// The sending system of a message or report.
    pub fn sender(&self, diagnosis: &Diagnosis) -> Sender {
        named_sender(diagnosis).unwrap_or(self.unnamed)
    }

    /// The bounces of a recipient; `None` if nothing failed, or the sending system counts none.
    pub fn bounces(&self, diagnosis: usize, recipient: usize) -> Option<&CountedBounces> {
        self.bounces.get(&(diagnosis, recipient))
    }

    /// The thresholds by which the first bounce was counted; `None` if none was.
    pub fn thresholds(&self) -> Option<Thresholds> {
        let first = self.bounces.iter().min_by_key(|(place, _)| **place);
        first.map(|(_, bounces)| bounces.thresholds)
    }

    /// Where each recipient is.
    fn places(&self) -> HashMap<Cow<'_, str>, Vec<Place>> {
        let mut places: HashMap<_, Vec<Place>> = HashMap::new();
        for (place, diagnosis) in self.diagnoses.iter().enumerate() {
            for (at, recipient) in diagnosis.recipients.iter().enumerate() {
                if let Some(key) = history::recipient_key(recipient) {
                    places.entry(key).or_default().push((place, at));
                }
            }
        }
        places
    }

    /// The sending system of a recipient: the first that a message or report names.
    fn sender_at(&self, places: &[Place]) -> Sender {
        let diagnoses = places
            .iter()
            .filter_map(|place| self.diagnoses.get(place.0));
        let mut named = diagnoses.filter_map(named_sender);
        named.next().unwrap_or(self.unnamed)
    }

    fn count(&self, places: &[Place], options: &Options) -> Vec<(Place, CountedBounces)> {
        let policy = Policy::of(self.sender_at(places));
        let Some(thresholds) = policy.thresholds(None) else {
            return Vec::new();
        };
        let mut attempts: Vec<(Attempted, AttemptedMessage<'_>)> = places
            .iter()
            .flat_map(|&place| self.attempts(place))
            .collect();
        history::merge(
            &mut attempts,
            |(_, message)| message.attempt,
            |(_, one), (_, other)| one.original == other.original,
        );
        let messages: Vec<AttemptedMessage<'_>> =
            attempts.iter().map(|(_, message)| *message).collect();
        let (counter, steps) = bounces::count(&messages, &thresholds, options.now);
        let types: Vec<Option<MessageType>> = messages
            .iter()
            .map(|message| {
                let types = &options.message_types;
                types.of(message.attempt, message.original).cloned()
            })
            .collect();
        let Some(message_type) = last_bounced(&steps, &types) else {
            return Vec::new();
        };
        let removal = removal(&steps).and_then(|place| messages.get(place));
        let places_of_steps = attempts.iter().map(|(attempted, _)| *attempted);
        let steps: HashMap<Attempted, Option<Step>> = places_of_steps.zip(steps).collect();
        let of_place = |&place: &Place| {
            let bounces = CountedBounces {
                tally: counter.tally(None),
                thresholds,
                removed_at: removal.and_then(|message| message.attempt.at),
                message_type: message_type.cloned(),
                steps: self.steps(place, &steps),
            };
            (place, bounces)
        };
        places.iter().map(of_place).collect()
    }

    fn recipient(&self, (diagnosis, recipient): Place) -> Option<&Recipient> {
        self.diagnoses.get(diagnosis)?.recipients.get(recipient)
    }

    fn attempts(&self, place: Place) -> impl Iterator<Item = (Attempted, AttemptedMessage<'_>)> {
        let diagnosis = self.diagnoses.get(place.0);
        let attempts = self.recipient(place).map(|recipient| &recipient.attempts);
        let attempts = attempts.into_iter().flatten().enumerate();
        attempts.filter_map(move |(at, attempt)| {
            let diagnosis = diagnosis?;
            let message = AttemptedMessage {
                attempt,
                original: diagnosis.original.as_ref(),
                file: &diagnosis.file,
            };
            Some(((place, at), message))
        })
    }

    /// What the attempts in one message or report counted for. One that was merged with another repeats it.
    fn steps(&self, place: Place, counted: &HashMap<Attempted, Option<Step>>) -> Vec<Option<Step>> {
        let attempts = self.recipient(place).map(|recipient| &recipient.attempts);
        let attempts = attempts.into_iter().flatten().enumerate();
        let steps = attempts.map(|(at, attempt)| match counted.get(&(place, at)) {
            Some(step) => *step,
            None => (attempt.action == Action::Failed).then_some(Step::Repeated),
        });
        steps.collect()
    }
}
