//! The options of every function that reads evidence.

use crate::host::Host;
use crate::model::{ColumnChoice, Moment, Sender};
use crate::senders::Policy;
use crate::senders::message_types::MessageTypes;
use std::sync::{Arc, LazyLock};

/// The message types that are compiled in. Whoever reads many small files makes options for each of them.
static KNOWN_TYPES: LazyLock<Arc<MessageTypes>> =
    LazyLock::new(|| Arc::new(MessageTypes::new(Policy::message_types_or_known(None))));

/// Settings for reading evidence. Fill in what matters and end with `..Options::new(now)`: fields may be
/// added.
#[derive(Clone, Debug)]
pub struct Options {
    /// The sending system; `None` detects it.
    pub sender: Option<Sender>,
    /// The present. It determines whether retries are over, and which order of day and month is
    /// possible.
    pub now: Moment,
    /// The role of each column of a report; `None` detects them.
    pub columns: Option<ColumnChoice>,
    /// The message types that are recognised in returned mails.
    pub message_types: Arc<MessageTypes>,
    /// What the program around the analyser provides.
    pub host: Host,
}

impl Options {
    /// Options that detect everything from the evidence, except the present, with Wise's message types.
    pub fn new(now: Moment) -> Self {
        Self {
            sender: None,
            now,
            columns: None,
            message_types: KNOWN_TYPES.clone(),
            host: Host::default(),
        }
    }
}
