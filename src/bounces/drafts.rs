//! Finds whom a report is about, and which of its words belong to each of them.

use super::address_in_text as address;
use super::attempt::Draft;
use super::delivery_status::Fields;
use super::prose::{Mention, Place, Prose};
use crate::formats::mail::Mail;
use std::borrow::Cow;

/// The recipients of delivery status fields.
pub fn of_fields<'a>(
    fields: Vec<Fields<'a>>,
    mail: &'a Mail<'_>,
    prose: &Prose<'a>,
    returned: Option<&'a Mail<'_>>,
) -> Vec<Draft<'a>> {
    let alone = fields.len() == 1;
    let is_named = |fields: &Fields| {
        let recipient = fields.recipient.as_ref();
        recipient.is_some_and(|address| address.contains('@'))
    };
    // A recipient alone has the entire report; only several, or a nameless one, are looked for in it.
    let mut mentions = if alone && fields.iter().all(is_named) && !prose.lists_several() {
        Vec::new()
    } else {
        prose.mentions(&senders(mail, returned))
    };
    let further = further(&fields, &mentions, prose.report);
    let alone = alone && further.is_empty();
    if alone && fields.iter().all(is_named) {
        mentions.clear();
    }
    fields
        .into_iter()
        .map(|fields| {
            let mut address = fields.recipient.or(fields.original).unwrap_or_default();
            if alone && !address.contains('@') {
                // A local name or a file: the report may name the address elsewhere.
                match (failed_recipients(mail).as_slice(), mentions.as_slice()) {
                    ([only], _) => address = Cow::Borrowed(only),
                    (_, [only]) => address = Cow::Borrowed(only.address),
                    _ => {}
                }
            }
            let about: Vec<&str> = mentions
                .iter()
                .filter(|mention| is_same(mention.address, &address))
                .filter_map(|mention| prose.report.get(mention.about.clone()))
                .collect();
            Draft {
                address,
                action: fields.action,
                status: fields.status,
                remote: fields.remote,
                at: fields.at,
                retry_until: fields.retry_until,
                alone: alone
                    || about.is_empty() && fields.status.is_none() && fields.diagnostic.is_none(),
                diagnostic: fields.diagnostic.unwrap_or_default(),
                about,
            }
        })
        .chain(further)
        .collect()
}

/// The recipients that the text lists beside those of the fields, each with an answer:
/// some servers report one and list them all.
fn further<'a>(fields: &[Fields<'a>], mentions: &[Mention<'a>], report: &'a str) -> Vec<Draft<'a>> {
    let reported = |address: &str| {
        fields.iter().any(|fields| {
            let named = [&fields.recipient, &fields.original];
            named
                .into_iter()
                .flatten()
                .any(|known| is_same(known, address))
        })
    };
    let answered = |mention: &&Mention| {
        let rest = report[mention.about.clone()].strip_prefix(">:");
        mention.place == Place::Start
            && rest.is_some_and(|rest| {
                rest.lines()
                    .next()
                    .is_some_and(|line| !line.trim().is_empty())
            })
    };
    if !mentions
        .iter()
        .filter(answered)
        .any(|mention| reported(mention.address))
    {
        return Vec::new();
    }
    mentions
        .iter()
        .filter(answered)
        .filter(|mention| !reported(mention.address))
        .map(|mention| Draft {
            address: Cow::Borrowed(mention.address),
            about: about(mentions, mention.address, report),
            ..Draft::default()
        })
        .collect()
}

/// The recipients that a report names in its header or its text; when it names none, whom the
/// returned message was for; when that is not there either, a recipient without an address.
pub fn of_prose<'a>(
    mail: &'a Mail<'_>,
    prose: &Prose<'a>,
    returned: Option<&'a Mail<'_>>,
) -> Vec<Draft<'a>> {
    let others = senders(mail, returned);
    let mut mentions = prose.mentions(&others);
    let only_others = mentions
        .iter()
        .all(|mention| others.contains(&mention.address));
    let lists = mentions.iter().any(|mention| mention.place == Place::Start);
    if only_others && !lists {
        mentions.clear();
    }
    let failed = failed_recipients(mail);
    let agree = failed.iter().any(|failed| {
        mentions
            .iter()
            .any(|mention| is_same(mention.address, failed))
    });
    let addresses: Vec<&str> = if !failed.is_empty() && (agree || only_others || !lists) {
        failed
    } else if mentions.is_empty() {
        let to = returned.and_then(|mail| mail.header("To"));
        let to = to.and_then(address::first);
        let found = to
            .or_else(|| prose.only_address(&others))
            .or_else(|| prose.listed_name());
        vec![found.unwrap_or_default()]
    } else {
        mentions.iter().map(|mention| mention.address).collect()
    };
    let alone = addresses.len() == 1;
    addresses
        .into_iter()
        .map(|address| {
            let about = if alone {
                Vec::new()
            } else {
                about(&mentions, address, prose.report)
            };
            Draft {
                address: Cow::Borrowed(address),
                alone: about.is_empty(),
                about,
                ..Draft::default()
            }
        })
        .collect()
}

/// What the report says about one of several recipients: in its line, after it, and before it.
fn about<'a>(mentions: &[Mention<'a>], address: &str, report: &'a str) -> Vec<&'a str> {
    let index = mentions
        .iter()
        .position(|mention| is_same(mention.address, address));
    let Some(index) = index else {
        return Vec::new();
    };
    let after = mentions[index].about.clone();
    let previous = index
        .checked_sub(1)
        .map_or(0, |previous| mentions[previous].about.end);
    let line_end = report[after.clone()]
        .find('\n')
        .map_or(after.end, |length| after.start + length);
    [after.start..line_end, after.clone(), previous..after.start]
        .into_iter()
        .filter_map(|range| report.get(range))
        .collect()
}

/// Whom the report goes to and comes from: they sent the message, and are seldom its recipients.
pub fn senders<'a>(mail: &'a Mail<'_>, returned: Option<&'a Mail<'_>>) -> Vec<&'a str> {
    let of_report = ["To", "From"].map(|field| mail.header(field));
    let of_message = ["From", "Return-Path"].map(|field| returned?.header(field));
    of_report
        .into_iter()
        .chain(of_message)
        .flatten()
        .filter_map(address::first)
        .collect()
}

/// The recipients that Exim and Gmail name in the header of the report.
fn failed_recipients<'a>(mail: &'a Mail<'_>) -> Vec<&'a str> {
    let field = mail.header("X-Failed-Recipients").unwrap_or_default();
    field.split(',').filter_map(address::first).collect()
}

fn is_same(one: &str, other: &str) -> bool {
    one.eq_ignore_ascii_case(other)
}
