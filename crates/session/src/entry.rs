//! One recipient, over everything that was read.

use bezorgd::history;
use bezorgd::suggestion;
use bezorgd_model::Change;
use bezorgd_model::NextStep;
use bezorgd_model::{Attempt, Moment, Original, Recipient, Sender, State};
use bezorgd_protocol::Source as ShownSource;
use bezorgd_senders::Policy;
use std::rc::Rc;

/// One recipient, over everything that was read.
#[derive(Debug)]
pub struct Entry {
    pub recipient: Recipient,
    /// The system that sent the messages, as far as the evidence tells.
    pub told: Option<Sender>,
    /// The system that they are taken to come from.
    pub sender: Sender,
    /// Where each attempt was read, in the order of the attempts.
    pub sources: Vec<Source>,
    /// What the newest report changed.
    pub change: Option<Change>,
    /// Whether attempts were added since it was settled last.
    pub unsettled: bool,
}

/// Where an attempt was read.
#[derive(Clone, Debug)]
pub struct Source {
    /// The file or message.
    pub file: Rc<str>,
    /// The message that it is about, where that is quoted.
    pub original: Option<Rc<Original>>,
}

impl Source {
    /// The same, for the page.
    pub fn told(&self) -> ShownSource {
        ShownSource {
            file: self.file.to_string(),
            original: self.original.as_deref().cloned(),
        }
    }
}

impl Entry {
    /// Adds the attempts that another report or message shows; they are to be settled yet.
    pub fn merge(&mut self, other: Self) {
        // A report of a system that we know says more about what follows than a single bounce.
        if self.told.is_none_or(|told| told == Sender::Other) {
            self.told = other.told;
        }
        let (mine, other_one) = (&mut self.recipient, other.recipient);
        mine.attempts.extend(other_one.attempts);
        self.sources.extend(other.sources);
        mine.name = mine.name.take().or(other_one.name);
        mine.customer = mine.customer.take().or(other_one.customer);
        mine.suggestion = mine.suggestion.take().or(other_one.suggestion);
    }

    /// Tells anew where delivery stands, with the policy of this system.
    pub fn settle(&mut self, sender: Sender, now: Moment) {
        self.sender = sender;
        self.put_in_order();
        // Most have so few that the room kept for more would be most of what they take.
        self.recipient.attempts.shrink_to_fit();
        self.sources.shrink_to_fit();
        let told = self.recipient.retry_until;
        history::settle(&mut self.recipient, Policy::of(sender), now);
        if self.recipient.state == State::Retrying {
            // A warning says itself until when, whatever is known of the system.
            self.recipient.retry_until = self.recipient.retry_until.or(told);
        }
        let suggestion = self.recipient.suggestion.take();
        self.recipient.suggestion = suggestion.filter(|_| suggestion::is_wanted(&self.recipient));
    }

    /// Puts the attempts in the order of time, and their sources with them. A message that stands in
    /// the evidence twice is one attempt.
    fn put_in_order(&mut self) {
        let attempts = &self.recipient.attempts;
        let twice = |pair: &[Attempt]| pair[0] == pair[1] && pair[0].line.is_none();
        let in_order = attempts.is_sorted_by_key(|attempt| attempt.at);
        if in_order && !attempts.windows(2).any(twice) {
            return;
        }
        let attempts = std::mem::take(&mut self.recipient.attempts).into_iter();
        let mut both: Vec<(Attempt, Source)> = attempts.zip(self.sources.drain(..)).collect();
        history::in_time_order(&mut both, |(attempt, _)| attempt.at);
        both.dedup_by(|(one, its), (other, of_other)| {
            one == other && one.line.is_none() && its.original == of_other.original
        });
        (self.recipient.attempts, self.sources) = both.into_iter().unzip();
    }

    /// What is to be done.
    pub fn next_step(&self) -> NextStep {
        NextStep::of(self.sender, self.recipient.cause, self.recipient.state)
    }

    /// When it was last tried.
    pub fn last_tried(&self) -> Option<Moment> {
        let attempts = self.recipient.attempts.iter();
        attempts.filter_map(|attempt| attempt.at).max()
    }
}
