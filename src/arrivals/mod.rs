//! Reads how an ordinary mail arrived: what its header proves about its way, and what filters said of it.
//!
//! Servers add their fields on top, so the first of a name is from the server nearest to the mailbox. Fields
//! below it may be from anybody: only that server's checks count.

mod authentication;
mod filter;
mod received;

use crate::address;
use crate::formats::mail::Mail;
use crate::model::Arrival;

/// The fields that name the mailbox, the most certain first.
const MAILBOX_FIELDS: [&str; 4] = ["Delivered-To", "X-Original-To", "Envelope-To", "To"];

/// Reads the header of a mail; `None` if no server left anything in it that can be read.
pub fn read(mail: &Mail<'_>) -> Option<Arrival> {
    let address = |field: &str| {
        let value = mail.header(field)?;
        address::single(value).map(str::to_owned)
    };
    let arrival = Arrival {
        from: address("From"),
        to: MAILBOX_FIELDS.into_iter().find_map(address),
        subject: mail.header("Subject").map(str::to_owned),
        sent: mail.date(),
        hops: received::hops(mail),
        checks: authentication::checks(mail),
        filter: filter::verdict(mail),
    };
    let is_proven =
        !arrival.hops.is_empty() || !arrival.checks.is_empty() || arrival.filter.is_some();
    is_proven.then_some(arrival)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::formats::charset::decode;
    use crate::formats::eml;

    #[test]
    fn a_mail_that_no_server_touched_proves_nothing() {
        let mail = eml::read(
            b"From: an@example.be\nTo: bo@example.be\nSubject: x\n\nDag\n",
            decode,
        );
        assert_eq!(mail.and_then(|mail| read(&mail)), None);
    }

    #[test]
    fn the_mailbox_is_the_one_that_the_last_server_names() {
        let text = "Delivered-To: bo@example.be\nReceived: by mx.example.be; Thu, 12 Mar 2026 08:00:12 +0100\n\
                    From: An <an@example.be>\nTo: Lijst <lijst@example.be>\nSubject: Dag\n\nDag\n";
        let arrival = eml::read(text.as_bytes(), decode).and_then(|mail| read(&mail));
        let arrival = arrival.expect("a server took it over");
        assert_eq!(arrival.from.as_deref(), Some("an@example.be"));
        assert_eq!(arrival.to.as_deref(), Some("bo@example.be"));
        assert_eq!(arrival.subject.as_deref(), Some("Dag"));
    }
}
