//! Determines what sort of mail it is: a report of failed or late delivery, an automatic answer, or
//! neither.

use super::vocabulary::{DAEMONS, Signs};
use super::{address_in_text as address, auto_reply};
use crate::formats::mail::Mail;
use crate::model::Kind;
use crate::rules::fold::fold;

/// The kind of a mail whose own words show these `signs`. One with delivery status fields is a
/// report, and so is text that somebody `pasted`. Senders other than mail servers also write that something
/// could not be delivered; theirs is a report when it is `about_a_message`.
pub fn of(
    mail: &Mail<'_>,
    signs: Signs,
    has_fields: bool,
    pasted: bool,
    about_a_message: impl Fn() -> bool,
) -> Kind {
    let subject = fold(mail.header("Subject").unwrap_or_default()).to_ascii_lowercase();
    let titled = Signs::of(&subject);
    let is_certain =
        has_fields || pasted || signs.proof && (is_from_daemon(mail) || about_a_message());
    let is_report = || {
        is_report(
            mail,
            &subject,
            titled.subject,
            signs.statement,
            about_a_message,
        )
    };
    if !is_certain && !is_report() {
        if auto_reply::is(mail, &subject) {
            Kind::AutoReply
        } else {
            Kind::NotABounce
        }
    } else if !has_fields && signs.arrived {
        Kind::Success
    } else if (signs.still_trying || titled.still_trying) && !signs.given_up {
        Kind::Delay
    } else {
        Kind::Bounce
    }
}

/// Whether a mail without delivery status fields reports a failure all the same: `titled` as reports
/// are, or because its text `says_so`, when the sender fits.
fn is_report(
    mail: &Mail<'_>,
    subject: &str,
    titled: bool,
    says_so: bool,
    about_a_message: impl FnOnce() -> bool,
) -> bool {
    if mail.header("X-Failed-Recipients").is_some() {
        return true;
    }
    let answers = ["re:", "fwd:", "fw:", "aw:", "antw:", "sv:", "tr:", "wg:"]
        .iter()
        .any(|prefix| subject.starts_with(prefix));
    let named = titled && !answers;
    let machine = mail
        .header("From")
        .is_some_and(|from| from.to_ascii_lowercase().contains("mailer-daemon"));
    let daemon = is_from_daemon(mail);
    let nobody = mail.header("Return-Path").is_some_and(|path| {
        address::first(path).is_none() || path.to_ascii_lowercase().contains("mailer-daemon")
    });
    // A mail server that speaks under its own name seldom speaks of anything else.
    let points = 2 * u8::from(named)
        + 2 * u8::from(daemon)
        + u8::from(machine)
        + u8::from(nobody)
        + 2 * u8::from(says_so);
    if auto_reply::is(mail, subject) {
        points > 3 && (named || daemon)
    } else {
        points >= 3 && (machine || nobody || about_a_message())
    }
}

/// Whether the local part of an address, in lower case, is that of a program that sends reports.
pub fn is_daemon(address: &str) -> bool {
    let local = address.split('@').next().unwrap_or_default();
    DAEMONS.phrases().iter().any(|name| local.starts_with(name))
}

/// The address that the mail came from.
pub fn sender<'a>(mail: &'a Mail<'_>) -> &'a str {
    mail.header("From")
        .and_then(address::first)
        .unwrap_or_default()
}

/// Whether a mail comes from a program that sends reports.
pub fn is_from_daemon(mail: &Mail<'_>) -> bool {
    mail.header("From").is_some_and(is_machine) || is_daemon(&sender(mail).to_ascii_lowercase())
}

/// Whether the name of a program that sends reports is in a text.
pub fn is_machine(text: &str) -> bool {
    memchr::memchr2_iter(b'm', b'M', text.as_bytes()).any(|at| {
        ["mailer-daemon", "mail delivery"].iter().any(|name| {
            let start = text.get(at..at + name.len());
            start.is_some_and(|start| start.eq_ignore_ascii_case(name))
        })
    })
}
