//! One recipient, from everything that was read.

use bezorgd::history;
use bezorgd::suggestion;
use bezorgd_model::{Attempt, Change, Moment, NextStep, Original, Recipient, Sender, State};
use bezorgd_protocol::AttemptSource;
use bezorgd_senders::Policy;
use std::rc::Rc;

/// One recipient, from everything that was read.
#[derive(Debug)]
pub struct Entry {
    pub recipient: Recipient,
    /// The sending system that the evidence names; `None` if it names none.
    pub named_sender: Option<Sender>,
    /// The sending system whose policy applies.
    pub sender: Sender,
    /// Where each attempt was read, in the order of the attempts.
    pub sources: Vec<SharedSource>,
    /// What the newest report changed.
    pub change: Option<Change>,
    /// Whether attempts were added since the state was last computed.
    pub unsettled: bool,
}

/// Where an attempt was read; the attempts of one message share it.
#[derive(Clone, Debug)]
pub struct SharedSource {
    /// The file or message.
    pub file: Rc<str>,
    /// The message that the attempt is about; `None` unless the evidence quotes it.
    pub original: Option<Rc<Original>>,
}

impl SharedSource {
    /// The same, as the page gets it.
    pub fn for_page(&self) -> AttemptSource {
        AttemptSource {
            file: self.file.to_string(),
            original: self.original.as_deref().cloned(),
        }
    }
}

impl Entry {
    /// The entry of a recipient, whose attempts were all read in one place.
    pub fn new(
        recipient: Recipient,
        source: &SharedSource,
        named_sender: Option<Sender>,
        sender: Sender,
    ) -> Self {
        Self {
            sources: vec![source.clone(); recipient.attempts.len()],
            recipient,
            named_sender,
            sender,
            change: None,
            unsettled: false,
        }
    }

    /// Adds the attempts of another report or message; call [`Self::settle`] afterwards.
    pub fn merge(&mut self, other: Self) {
        // A named sending system says more about what happens next than a bounce that names none.
        if self.named_sender.is_none_or(|named| named == Sender::Other) {
            self.named_sender = other.named_sender;
        }
        let (mine, other_one) = (&mut self.recipient, other.recipient);
        mine.attempts.extend(other_one.attempts);
        self.sources.extend(other.sources);
        mine.name = mine.name.take().or(other_one.name);
        mine.customer = mine.customer.take().or(other_one.customer);
        mine.suggestion = mine.suggestion.take().or(other_one.suggestion);
    }

    /// Recomputes the delivery state under this sender's policy; a message that is not about
    /// delivery has none.
    pub fn settle(&mut self, sender: Sender, now: Moment) {
        self.sender = sender;
        if self.recipient.state == State::None {
            return;
        }
        self.sort_attempts();
        // Most entries have so few attempts that spare capacity would be most of their memory.
        self.recipient.attempts.shrink_to_fit();
        self.sources.shrink_to_fit();
        let stated = self.recipient.retry_until;
        history::settle(&mut self.recipient, Policy::of(sender), now);
        if self.recipient.state == State::Retrying {
            // A delay warning may state the end of the retries, even if the sender's policy does not.
            self.recipient.retry_until = self.recipient.retry_until.or(stated);
        }
        let suggestion = self.recipient.suggestion.take();
        self.recipient.suggestion = suggestion.filter(|_| suggestion::is_wanted(&self.recipient));
    }

    /// Sorts the attempts by time, and their sources with them. A message that is in the evidence
    /// twice becomes one attempt.
    fn sort_attempts(&mut self) {
        let attempts = &self.recipient.attempts;
        let twice = |pair: &[Attempt]| pair[0] == pair[1] && pair[0].line.is_none();
        let in_order = attempts.is_sorted_by_key(|attempt| attempt.at);
        if in_order && !attempts.windows(2).any(twice) {
            return;
        }
        let attempts = std::mem::take(&mut self.recipient.attempts).into_iter();
        let mut both: Vec<(Attempt, SharedSource)> = attempts.zip(self.sources.drain(..)).collect();
        history::merge(
            &mut both,
            |(attempt, _)| attempt,
            |(_, one), (_, other)| one.original == other.original,
        );
        (self.recipient.attempts, self.sources) = both.into_iter().unzip();
    }

    /// What somebody has to do.
    pub fn next_step(&self) -> NextStep {
        NextStep::of(self.sender, self.recipient.cause, self.recipient.state)
    }

    /// When delivery was last attempted; `None` if no attempt has a date.
    pub fn last_tried(&self) -> Option<Moment> {
        let attempts = self.recipient.attempts.iter();
        attempts.filter_map(|attempt| attempt.at).max()
    }
}
