//! The settings that every reader of evidence takes.

use crate::host::Host;
use crate::model::{ColumnChoice, Moment, Sender};
use crate::senders::Policy;
use crate::senders::message_types::MessageTypes;
use std::sync::Arc;

/// Settings for reading evidence.
#[derive(Clone, Debug)]
pub struct Options {
    /// The sending system; `None` detects it.
    pub sender: Option<Sender>,
    /// The present, on which it depends whether retries are over.
    pub now: Moment,
    /// Which column of a report holds what; `None` detects it.
    pub columns: Option<ColumnChoice>,
    /// The message types that returned mails are compared with.
    pub message_types: Arc<MessageTypes>,
    /// What the program around the analyser provides.
    pub host: Host,
}

impl Options {
    /// Detects everything from the evidence, except the present.
    pub fn new(now: Moment) -> Self {
        Self {
            sender: None,
            now,
            columns: None,
            message_types: Arc::new(MessageTypes::new(Policy::message_types_or_known(None))),
            host: Host::default(),
        }
    }
}
