//! Tells what sort of mail it is: a report of failed or late delivery, an automatic answer, or
//! neither.

use super::markers::{DAEMONS, GIVEN_UP, STATEMENTS, STILL_TRYING, SUBJECTS};
use super::{address, auto_reply, sender};
use crate::formats::mail::Mail;
use crate::model::Kind;
use crate::rules::fold::fold;

/// The kind of a mail whose own words are `report`.
pub fn of(mail: &Mail<'_>, report: &str, has_fields: bool) -> Kind {
    let subject = fold(mail.header("Subject").unwrap_or_default()).to_ascii_lowercase();
    let report = fold(report).to_ascii_lowercase();
    let says = |words: &[&str]| words.iter().any(|words| report.contains(words));
    if !has_fields && !is_report(mail, &subject, says(STATEMENTS)) {
        return if auto_reply::is(mail) {
            Kind::AutoReply
        } else {
            Kind::NotABounce
        };
    }
    let late = says(STILL_TRYING) || STILL_TRYING.iter().any(|words| subject.contains(words));
    if late && !says(GIVEN_UP) {
        Kind::Delay
    } else {
        Kind::Bounce
    }
}

/// Whether a mail without delivery status fields reports a failure all the same.
fn is_report(mail: &Mail<'_>, subject: &str, says_so: bool) -> bool {
    if mail.headers.is_empty() || mail.header("X-Failed-Recipients").is_some() {
        return true;
    }
    let answers = ["re:", "fwd:", "fw:", "aw:", "antw:", "sv:", "tr:", "wg:"]
        .iter()
        .any(|prefix| subject.starts_with(prefix));
    let named = !answers && SUBJECTS.iter().any(|words| subject.contains(words));
    let from = sender(mail).to_ascii_lowercase();
    let local = from.split('@').next().unwrap_or_default();
    let raw = mail.header("From").unwrap_or_default().to_ascii_lowercase();
    let daemon = DAEMONS.iter().any(|name| local.starts_with(name))
        || raw.contains("mailer-daemon")
        || raw.contains("mail delivery");
    let nobody = mail.header("Return-Path").is_some_and(|path| {
        address::first(path).is_none() || path.to_ascii_lowercase().contains("mailer-daemon")
    });
    let points =
        2 * u8::from(named) + 2 * u8::from(daemon) + u8::from(nobody) + 2 * u8::from(says_so);
    if auto_reply::is(mail) {
        points > 3 && (named || daemon)
    } else {
        points >= 3
    }
}
