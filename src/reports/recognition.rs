//! Which sending system a report is from.
//!
//! What identifies each system is in its file (`crates/senders`) and in the rules that only it gives
//! cause for ([`Rule::sender`](crate::rules::Rule::sender)).

use super::message_list;
use crate::formats::csv::Record;
use crate::model::Sender;
use crate::rules::{self, Evidence};
use crate::senders::Policy;

/// The system whose report the first rows of a table are from: a cell that only one system writes comes
/// before the shape of the rows.
pub fn detect_sender(sample: &[Record]) -> Sender {
    let cells = || sample.iter().flat_map(|record| record.row().cells());
    let by_cell = cells().find_map(|cell| by_status(cell).or_else(|| by_message(cell)));
    let lists = |sender: &Sender| {
        let policy = Policy::of(*sender);
        policy.lists_messages() && message_list::is_by(policy, sample)
    };
    let by_shape = || Sender::ALL.iter().copied().find(lists);
    by_cell.or_else(by_shape).unwrap_or(Sender::Other)
}

/// The system that alone writes a status this way.
fn by_status(cell: &str) -> Option<Sender> {
    let mut senders = Sender::ALL.iter().copied();
    senders.find(|&sender| Policy::of(sender).is_own_status(cell))
}

/// The system that alone writes the words of a message.
fn by_message(cell: &str) -> Option<Sender> {
    // A single word is no message.
    if !cell.contains(' ') {
        return None;
    }
    let evidence = Evidence {
        text: cell,
        ..Evidence::default()
    };
    rules::diagnose(&evidence)?.sender
}
