//! Gathers what a mail says about each recipient.

use crate::model::fold::lowercase;
use crate::model::{Action, Attempt, Cause, Moment, Recipient, State};
use std::collections::HashMap;

/// Recipients in the order in which they were named first, each once.
#[derive(Debug, Default)]
pub struct Recipients {
    list: Vec<Recipient>,
    /// The place of each address, in lower case, in the list.
    places: HashMap<String, usize>,
}

impl Recipients {
    /// Adds an attempt to the recipient it belongs to; a failure decides over anything else. While
    /// delivery is tried, it is so until `retry_until`, if the report gives that.
    pub fn add(&mut self, address: &str, attempt: Attempt, retry_until: Option<Moment>) {
        let state = match (attempt.cause, attempt.action) {
            (Cause::AutoReply | Cause::Complaint | Cause::NotABounce, _) => State::None,
            (_, Action::Failed) => State::Failed,
            (_, Action::Delayed) => State::Retrying,
            _ => State::Delivered,
        };
        let retry_until = retry_until.filter(|_| state == State::Retrying);
        let end = self.list.len();
        let place = *self.places.entry(lowercase(address)).or_insert(end);
        match self.list.get_mut(place) {
            Some(known) => {
                if state == State::Failed || known.state != State::Failed {
                    known.cause = attempt.cause;
                    known.detail.clone_from(&attempt.detail);
                    known.permanence = attempt.cause.permanence();
                    known.state = state;
                    known.retry_until = retry_until;
                }
                known.attempts.push(attempt);
            }
            None => self.list.push(Recipient {
                address: address.to_owned(),
                name: None,
                customer: None,
                cause: attempt.cause,
                detail: attempt.detail.clone(),
                permanence: attempt.cause.permanence(),
                state,
                retry_until,
                suggestion: None,
                attempts: vec![attempt],
            }),
        }
    }

    /// What was gathered.
    pub fn into_list(self) -> Vec<Recipient> {
        self.list
    }
}
