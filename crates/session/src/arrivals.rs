//! Keeps the mails that arrived, as the page shows them.

use super::Session;
use bezorgd_model::Arrival;
use bezorgd_protocol::ArrivedMail;

/// How many mails that arrived to show: a mailbox of ordinary mail must not bury what did not arrive.
pub const MOST_ARRIVED: usize = 5;

impl Session {
    /// Keeps a mail that arrived, if few were kept before.
    pub(super) fn keep_arrival(&mut self, file: &str, arrival: Arrival) {
        if self.findings.arrived.len() == MOST_ARRIVED {
            return;
        }
        let lines = self.words.arrival(&arrival);
        self.findings.arrived.push(ArrivedMail {
            file: file.to_owned(),
            lines,
            domain: arrival.domain().unwrap_or_default().to_owned(),
            mailbox: arrival.mailbox().unwrap_or_default().to_owned(),
            is_doubtful: arrival.is_doubtful(),
            subject: arrival.subject.unwrap_or_default(),
        });
    }
}
