//! One recipient, over everything that was read.

use crate::advice;
use crate::job::{Row, Turn};
use crate::model::{Attempt, Moment, Original, Recipient, Sender};
use crate::patterns::Change;
use crate::reports::history;
use crate::senders::Policy;
use crate::suggestion;
use std::rc::Rc;

/// One recipient, over everything that was read.
#[derive(Debug)]
pub struct Entry {
    pub recipient: Recipient,
    pub sender: Sender,
    /// The file that each attempt comes from, in the order of the attempts.
    pub files: Vec<Rc<str>>,
    pub original: Option<Original>,
    /// What the newest report changed.
    pub change: Option<Change>,
}

impl Entry {
    /// Adds the attempts that another report or message shows, each once, and settles the whole anew.
    pub fn merge(&mut self, mut other: Recipient, sender: Sender, file: &Rc<str>, now: Moment) {
        // Mailboxes hold the same message more than once.
        let known = |attempt: &Attempt| self.recipient.attempts.contains(attempt);
        other.attempts.retain(|attempt| !known(attempt));
        // A report of a system that we know says more about what follows than a single bounce.
        if self.sender == Sender::Other {
            self.sender = sender;
        }
        let mine = std::mem::take(&mut self.recipient.attempts)
            .into_iter()
            .zip(self.files.drain(..));
        let theirs = other
            .attempts
            .into_iter()
            .map(|attempt| (attempt, Rc::clone(file)));
        let mut all: Vec<(Attempt, Rc<str>)> = mine.chain(theirs).collect();
        history::in_time_order(&mut all, |(attempt, _)| attempt.at);
        (self.recipient.attempts, self.files) = all.into_iter().unzip();
        // Most have so few that the room kept for more would be most of what they take.
        self.recipient.attempts.shrink_to_fit();
        self.files.shrink_to_fit();
        self.recipient.name = self.recipient.name.take().or(other.name);
        self.recipient.customer = self.recipient.customer.take().or(other.customer);
        history::settle(&mut self.recipient, Policy::of(self.sender), now);
        let suggestion = self.recipient.suggestion.take().or(other.suggestion);
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

    /// Its line in the list.
    pub fn row(&self, id: u32) -> Row {
        Row {
            id,
            address: self.recipient.address.clone(),
            name: self.recipient.name.as_deref().map(str::to_owned),
            cause: self.recipient.cause,
            state: self.recipient.state,
            turn: self.turn(),
            at: self.last_tried(),
            retry_until: self.recipient.retry_until,
            suggestion: self.recipient.suggestion.clone(),
        }
    }
}
