//! One recipient, over everything that was read.

use crate::advice;
use crate::job::{self, Turn};
use crate::model::{Attempt, Moment, Original, Recipient, Sender, State};
use crate::patterns::Change;
use crate::reports::history;
use crate::senders::Policy;
use crate::suggestion;
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
    pub fn told(&self) -> job::Source {
        job::Source {
            file: self.file.to_string(),
            original: self.original.as_deref().cloned(),
        }
    }
}

impl Entry {
    /// Adds the attempts that another report or message shows.
    pub fn merge(&mut self, mut other: Self) {
        // A report of a system that we know says more about what follows than a single bounce.
        if self.told.is_none_or(|told| told == Sender::Other) {
            self.told = other.told;
        }
        let of_mine = std::mem::take(&mut self.recipient.attempts);
        let of_mine = of_mine.into_iter().zip(self.sources.drain(..));
        let of_other = std::mem::take(&mut other.recipient.attempts);
        let of_other = of_other.into_iter().zip(other.sources);
        let mut all: Vec<(Attempt, Source)> = of_mine.chain(of_other).collect();
        history::in_time_order(&mut all, |(attempt, _)| attempt.at);
        (self.recipient.attempts, self.sources) = all.into_iter().unzip();
        let (mine, other) = (&mut self.recipient, other.recipient);
        mine.name = mine.name.take().or(other.name);
        mine.customer = mine.customer.take().or(other.customer);
        mine.suggestion = mine.suggestion.take().or(other.suggestion);
    }

    /// Tells anew where delivery stands, with the policy of this system.
    pub fn settle(&mut self, sender: Sender, now: Moment) {
        self.sender = sender;
        let told = self.recipient.retry_until;
        history::settle(&mut self.recipient, Policy::of(sender), now);
        if self.recipient.state == State::Retrying {
            // A warning says itself until when, whatever is known of the system.
            self.recipient.retry_until = self.recipient.retry_until.or(told);
        }
        let suggestion = self.recipient.suggestion.take();
        self.recipient.suggestion = suggestion.filter(|_| suggestion::is_wanted(&self.recipient));
    }

    /// What is to be done.
    pub fn turn(&self) -> Turn {
        advice::turn(self.sender, self.recipient.cause, self.recipient.state)
    }

    /// When it was last tried.
    pub fn last_tried(&self) -> Option<Moment> {
        let attempts = self.recipient.attempts.iter();
        attempts.filter_map(|attempt| attempt.at).max()
    }
}
