//! Reads delivery status fields (RFC 3464, internationalised by RFC 6533).
//!
//! Also in the middle of a text, because a boundary was broken or a mail program
//! put them there.

use super::address_in_text as address;
use super::server_text::lines;
use crate::formats::mail::moment;
use crate::model::{Action, EnhancedStatus, Moment};
use std::borrow::Cow;

/// What a report says about one recipient.
#[derive(Clone, Debug, Default)]
pub struct Fields<'a> {
    /// The address that failed; `None` when the report names it in no known form.
    pub recipient: Option<Cow<'a, str>>,
    /// The address that the sender wrote, where it is another one.
    pub original: Option<Cow<'a, str>>,
    /// The recipient was written as a source route, to be resolved by another server.
    pub is_routed: bool,
    /// What was done.
    pub action: Option<Action>,
    /// Enhanced status code.
    pub status: Option<EnhancedStatus>,
    /// The words of the server, as folded in the field.
    pub diagnostic: Option<Cow<'a, str>>,
    /// The server that gave them.
    pub remote: Option<Cow<'a, str>>,
    /// When it was last tried.
    pub at: Option<Moment>,
    /// Until when it will be tried.
    pub retry_until: Option<Moment>,
}

/// The recipients in a delivery status part, or in a text that contains such fields.
pub fn read(text: &str) -> Vec<Fields<'_>> {
    let mut recipients: Vec<Fields> = Vec::new();
    let mut current = Fields::default();
    let mut arrival = None;
    // What a field other than the diagnostic says about the current recipient.
    let mut remark: Option<Cow<str>> = None;
    for (name, value) in fields(text) {
        let is = |known: &str| name.eq_ignore_ascii_case(known);
        let begins_another = (is("Final-Recipient") && current.action.is_some())
            || (is("Original-Recipient")
                && (current.original.is_some() || current.action.is_some()));
        if begins_another && current.recipient.is_some() {
            recipients.push(finished(&mut current, &mut remark));
        }
        if is("Final-Recipient") {
            current.is_routed = value
                .split(';')
                .next_back()
                .is_some_and(|address| address.trim().trim_start_matches('<').starts_with('@'));
            current.recipient = address::of_field(&value)
                .map(|address| Cow::Owned(address.into_owned()))
                .or_else(|| address::local_name(&value).map(|name| Cow::Owned(name.to_owned())))
                .or(current.recipient);
        } else if is("Original-Recipient") {
            current.original =
                address::of_field(&value).map(|address| Cow::Owned(address.into_owned()));
        } else if is("Action") {
            current.action = action(&value).or(current.action);
        } else if is("Status") {
            current.status = crate::rules::codes::status(&value).or(current.status);
            remark = remark.or_else(|| comment(&value));
        } else if is("X-Supplementary-Info") {
            remark = supplementary(&value).or(remark);
        } else if is("Diagnostic-Code") || is("X-Display-Diagnostic") {
            current
                .diagnostic
                .get_or_insert_with(|| without_type(value));
        } else if is("Remote-MTA") {
            current.remote =
                Some(without_comment(without_type(value))).filter(|host| !host.is_empty());
        } else if is("Last-Attempt-Date") {
            current.at = moment(&value).or(current.at);
        } else if is("Will-Retry-Until") {
            current.retry_until = moment(&value).or(current.retry_until);
        } else if is("Arrival-Date") {
            arrival = moment(&value).or(arrival);
        } else if name.is_empty() {
            // The end of a group.
            if current.recipient.is_some() || current.original.is_some() {
                recipients.push(finished(&mut current, &mut remark));
            }
        }
    }
    if current.recipient.is_some() || current.original.is_some() {
        recipients.push(finished(&mut current, &mut remark));
    }
    recipients.retain(|fields| {
        fields.action.is_some() || fields.status.is_some() || fields.diagnostic.is_some()
    });
    for fields in &mut recipients {
        fields.at = fields.at.or(arrival);
    }
    recipients
}

/// The recipient whose fields are complete. Where the server's words have no separate field, what
/// another field says takes their place; and a route gives way to the address that was written.
fn finished<'a>(current: &mut Fields<'a>, remark: &mut Option<Cow<'a, str>>) -> Fields<'a> {
    let mut fields = std::mem::take(current);
    let remark = remark.take();
    fields.diagnostic = fields.diagnostic.or(remark);
    if std::mem::take(&mut fields.is_routed) && fields.original.is_some() {
        fields.recipient = fields.original.take();
    }
    fields
}

/// The comment (RFC 5322, section 3.2.2) after a status code: `4.4.3 (host name lookup failure)`.
fn comment<'a>(value: &str) -> Option<Cow<'a, str>> {
    let (_, comment) = value.split_once('(')?;
    let comment = comment.strip_suffix(')').unwrap_or(comment).trim();
    comment
        .contains(' ')
        .then(|| Cow::Owned(comment.to_owned()))
}

/// The reply in `<mx.example.net #5.1.1 smtp; 550 5.1.1 no such user>`, as Apple's server writes it.
fn supplementary<'a>(value: &str) -> Option<Cow<'a, str>> {
    let (_, reply) = value.split_once(';').or_else(|| value.split_once('#'))?;
    Some(Cow::Owned(reply.trim().trim_end_matches('>').to_owned()))
}

/// Fields that name a recipient.
const STATUS_FIELDS: &[&str] = &["final-recipient", "original-recipient"];

/// Whether a text holds a field that names a recipient.
pub fn are_in(text: &str) -> bool {
    memchr::memchr_iter(b':', text.as_bytes()).any(|colon| {
        STATUS_FIELDS.iter().any(|name| {
            let start = colon.checked_sub(name.len());
            start
                .and_then(|start| text.get(start..colon))
                .is_some_and(|before| before.eq_ignore_ascii_case(name))
        })
    })
}

/// The fields of a text, unfolded; an empty name where a line is empty.
fn fields(text: &str) -> Vec<(&str, Cow<'_, str>)> {
    let mut fields: Vec<(&str, Cow<str>)> = Vec::new();
    for line in lines(text) {
        let mut unquoted = line;
        while let Some(rest) = unquoted.strip_prefix("> ") {
            unquoted = rest;
        }
        if unquoted.trim().is_empty() {
            fields.push(("", Cow::Borrowed("")));
        } else if let (true, Some((name, value))) =
            (unquoted.starts_with([' ', '\t']), fields.last_mut())
            && !name.is_empty()
        {
            let value = value.to_mut();
            value.push('\n');
            value.push_str(unquoted.trim());
        } else if let Some((name, value)) = unquoted.trim_start().split_once(':')
            && is_name(name)
        {
            fields.push((name, Cow::Borrowed(value.trim())));
        } else if let Some((name, value)) = fields.last_mut()
            && name.eq_ignore_ascii_case("Diagnostic-Code")
        {
            // Some servers break the words of another over lines without indenting them.
            let value = value.to_mut();
            value.push('\n');
            value.push_str(unquoted.trim());
        }
    }
    fields
}

fn is_name(name: &str) -> bool {
    !name.is_empty()
        && name
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_'))
}

fn action(value: &str) -> Option<Action> {
    let word: String = value
        .chars()
        .skip_while(|character| !character.is_ascii_alphabetic())
        .take_while(char::is_ascii_alphabetic)
        .collect();
    match word.to_ascii_lowercase().as_str() {
        "failed" | "failure" | "fail" => Some(Action::Failed),
        "delayed" => Some(Action::Delayed),
        "delivered" | "deliverable" => Some(Action::Delivered),
        "relayed" => Some(Action::Relayed),
        "expanded" => Some(Action::Expanded),
        _ => None,
    }
}

/// A value without its type: `smtp; 550 no` becomes `550 no`.
fn without_type(value: Cow<'_, str>) -> Cow<'_, str> {
    let after = value.find(';').filter(|&at| {
        at > 0
            && at <= 24
            && value[..at]
                .bytes()
                .all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b' ' | b'_'))
    });
    match after {
        Some(at) => Cow::Owned(value[at + 1..].trim().to_owned()),
        None => value,
    }
}

/// A host without the comment (RFC 5322, section 3.2.2) in which Gmail says whose server it is, and
/// without the dot that ends a full domain name.
fn without_comment(host: Cow<'_, str>) -> Cow<'_, str> {
    let bare = host.split('(').next().unwrap_or_default().trim_end();
    let bare = bare.trim_end_matches('.');
    if bare.len() == host.len() {
        host
    } else {
        Cow::Owned(bare.to_owned())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_recipient_has_fields_of_its_own() {
        let text = "Reporting-MTA: dns; mx.example.net\nArrival-Date: Thu, 12 Mar 2026 08:00:00 +0100\n\n\
            Original-Recipient: rfc822;info@example.be\nFinal-Recipient: rfc822; jan@example.be\n\
            Action: failed\nStatus: 5.1.1 (bad address)\nRemote-MTA: dns; mx.example.be. (192.0.2.1, the server for example.be.)\n\
            Diagnostic-Code: smtp; 550-5.1.1 no such\n    550 5.1.1 user\n\n\
            Final-Recipient: rfc822; an@example.be\nAction: delayed\nStatus: 4.4.1\n\
            Will-Retry-Until: Sat, 14 Mar 2026 08:00:00 +0100\n";
        let [jan, an] = &read(text)[..] else {
            panic!("two recipients");
        };
        assert_eq!(jan.recipient.as_deref(), Some("jan@example.be"));
        assert_eq!(jan.original.as_deref(), Some("info@example.be"));
        assert_eq!(jan.action, Some(Action::Failed));
        assert_eq!(jan.status.unwrap().to_string(), "5.1.1");
        assert_eq!(
            jan.diagnostic.as_deref(),
            Some("550-5.1.1 no such\n550 5.1.1 user")
        );
        assert_eq!(jan.remote.as_deref(), Some("mx.example.be"));
        assert_eq!(jan.at.unwrap().to_string(), "2026-03-12T08:00:00+01:00");
        assert_eq!(an.recipient.as_deref(), Some("an@example.be"));
        assert_eq!(an.action, Some(Action::Delayed));
        let until = an.retry_until.unwrap().to_string();
        assert_eq!(until, "2026-03-14T08:00:00+01:00");
    }

    #[test]
    fn groups_without_an_empty_line_between_them_are_separate() {
        let text = "Final-Recipient: rfc822; a@example.be\nAction: failed\nStatus: 5.1.1\n\
            Final-Recipient: rfc822; b@example.be\nAction: failed\nStatus: 5.1.1\n";
        assert_eq!(read(text).len(), 2);
    }

    #[test]
    fn words_of_a_server_are_found_in_other_fields() {
        for (field, diagnostic) in [
            (
                "Status: 4.4.3 (host name lookup failure)",
                "host name lookup failure",
            ),
            (
                "X-Supplementary-Info: <mx.example.be #5.0.0 smtp; 550 no such user>",
                "550 no such user",
            ),
        ] {
            let text = format!("Final-Recipient: rfc822; a@example.be\nAction: failed\n{field}\n");
            assert_eq!(read(&text)[0].diagnostic.as_deref(), Some(diagnostic));
        }
    }

    #[test]
    fn a_source_route_gives_way_to_the_address_that_was_written() {
        let text = "Final-Recipient: rfc822; @gate.example.be:jan@store\nOriginal-Recipient: rfc822; jan@example.be\nAction: failed\n";
        assert_eq!(read(text)[0].recipient.as_deref(), Some("jan@example.be"));
    }

    #[test]
    fn a_name_without_fields_about_delivery_is_no_report() {
        assert!(read("Final-Recipient: rfc822; a@example.be\nDisposition: displayed\n").is_empty());
        assert!(read("").is_empty());
    }
}
