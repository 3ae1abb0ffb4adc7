//! Reads feedback reports (RFC 5965, RFC 6591): whose complaint it is.

use super::address_in_text as address;
use crate::formats::mail::{Mail, Part};

/// The recipients who complained, or `None` when the mail is no feedback report.
pub fn read<'a>(mail: &'a Mail<'_>) -> Option<Vec<&'a str>> {
    let fields = mail.parts.iter().find_map(|part| match part {
        Part::Feedback(fields) => Some(fields.as_ref()),
        _ => None,
    });
    let returned = mail.enclosed();
    // Hotmail's programme for senders returns the message with an extra field, and no report.
    let marked = returned.and_then(|mail| mail.header("X-HmXmrOriginalRecipient"));
    if fields.is_none() && marked.is_none() {
        return None;
    }
    let mut recipients: Vec<&str> = Vec::new();
    for line in fields.unwrap_or_default().lines() {
        let Some((name, value)) = line.split_once(':') else {
            continue;
        };
        let names_recipient = [
            "Original-Rcpt-To",
            "Removal-Recipient",
            "X-Original-Rcpt-To",
        ]
        .iter()
        .any(|known| name.trim().eq_ignore_ascii_case(known));
        if let Some(address) = address::first(value).filter(|_| names_recipient)
            && !recipients.contains(&address)
        {
            recipients.push(address);
        }
    }
    if recipients.is_empty() {
        recipients.extend(marked.and_then(address::first));
    }
    if recipients.is_empty() {
        let to = returned.and_then(|mail| mail.header("To"));
        recipients.extend(to.and_then(address::first));
    }
    Some(recipients)
}
