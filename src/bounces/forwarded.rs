//! Finds the message inside a mail that a person forwards, answers or pastes.
//!
//! How a bounce reaches a helpdesk is: forwarded. Mail programs copy a few lines of its header above its
//! text, in the language of the person (`vocabulary/forward-*.toml`). Those lines are its header here, so
//! that it is read as the bounce it was, with its own sender and time.

use super::address_in_text as address;
use super::server_text::lines;
use super::vocabulary::{
    FORWARD_DATE, FORWARD_FROM, FORWARD_MARKERS, FORWARD_OTHER, FORWARD_SUBJECT, FORWARD_TO, List,
    REPLY_INTRODUCTIONS,
};
use crate::formats::mail::{Mail, Part};
use crate::model::Moment;
use crate::rules::fold::fold;
use std::borrow::Cow;

/// How many headers of forwarded messages are looked at in one text.
const MOST: usize = 6;

/// No label is longer than this many bytes.
const LONGEST_LABEL: usize = 40;

/// A message that another one contains as text.
#[derive(Debug)]
pub struct Forwarded<'a> {
    /// What the person wrote above it.
    pub note: &'a str,
    /// The message, with the header fields that were copied.
    pub mail: Mail<'a>,
    /// Its date, which is written for people.
    pub date: Option<Moment>,
}

/// What a line of such a header names.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Label {
    From,
    To,
    Date,
    Subject,
    Other,
}

/// The messages in a text, in order: each from its header to the end of the text.
pub fn find(text: &str) -> Vec<Forwarded<'_>> {
    let mut found = Vec::new();
    // A colon is in every header and in no more than every tenth line of prose.
    let all: Vec<(usize, &str)> = with_places(text).collect();
    let mut index = 0;
    while index < all.len() && found.len() < MOST {
        let (start, line) = all[index];
        if label(line).is_some_and(|(label, _)| label != Label::Other)
            && let Some((header, next)) = Header::read(&all, index)
        {
            found.push(header.into_message(
                text,
                start,
                all.get(next).map_or(text.len(), |(at, _)| *at),
            ));
            index = next;
            continue;
        }
        if let Some(sender) = introduced(&all, index) {
            let header = Header {
                from: Some(sender),
                date: Some(sender),
                ..Header::default()
            };
            let next = index + 1;
            found.push(header.into_message(
                text,
                start,
                all.get(next).map_or(text.len(), |(at, _)| *at),
            ));
        }
        index += 1;
    }
    found
}

/// The lines of a text and where they begin.
fn with_places(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let mut at = 0;
    lines(text).map(move |line| {
        at += line.len();
        (at - line.len(), line)
    })
}

/// The copied lines of a header.
#[derive(Default)]
struct Header<'a> {
    from: Option<&'a str>,
    to: Option<&'a str>,
    subject: Option<&'a str>,
    date: Option<&'a str>,
}

impl<'a> Header<'a> {
    /// Reads a header whose first line has this index; also gives the index of the line after it.
    fn read(all: &[(usize, &'a str)], first: usize) -> Option<(Self, usize)> {
        let mut header = Self::default();
        let mut index = first;
        while let Some((_, line)) = all.get(index) {
            let Some((label, value)) = label(line) else {
                // A value that was wrapped, when the header goes on below it.
                let goes_on = !line.trim().is_empty()
                    && index > first
                    && all
                        .get(index + 1)
                        .is_some_and(|(_, next)| self::label(next).is_some());
                if goes_on {
                    index += 1;
                    continue;
                }
                break;
            };
            let place = match label {
                Label::From => &mut header.from,
                Label::To => &mut header.to,
                Label::Date => &mut header.date,
                Label::Subject => &mut header.subject,
                Label::Other => {
                    index += 1;
                    continue;
                }
            };
            if place.is_some() && label != Label::To {
                // The header of the next message, without anything in between.
                break;
            }
            place.get_or_insert(value);
            index += 1;
        }
        let others = [header.to, header.subject, header.date];
        let named = others.iter().flatten().count();
        let marked = first.checked_sub(1).is_some_and(|before| {
            (0..=before)
                .rev()
                .take(3)
                .map(|at| all[at].1)
                .find(|line| !line.trim().is_empty())
                .is_some_and(is_marker)
        });
        (header.from.is_some() && (named >= 2 || named >= 1 && marked)).then_some((header, index))
    }

    fn into_message(self, text: &'a str, start: usize, body: usize) -> Forwarded<'a> {
        let fields = [
            ("From", self.from),
            ("To", self.to),
            ("Subject", self.subject),
        ];
        let headers = fields
            .into_iter()
            .filter_map(|(name, value)| Some((Cow::Borrowed(name), Cow::Borrowed(value?))))
            .collect();
        Forwarded {
            note: &text[..start],
            mail: Mail {
                headers,
                parts: vec![Part::Text(Cow::Borrowed(&text[body..]))],
                ..Mail::default()
            },
            date: self.date.and_then(super::written_date::parse),
        }
    }
}

/// The label with which a line begins, and what it labels.
pub fn label(line: &str) -> Option<(Label, &str)> {
    let colon = memchr::memchr2(b':', b'\n', line.as_bytes())?;
    let name = line[..colon].trim_matches([' ', '\t', '*', '_', '>', '\u{a0}']);
    if name.is_empty() || name.len() > LONGEST_LABEL || line.as_bytes()[colon] != b':' {
        return None;
    }
    let name = fold(name).to_ascii_lowercase();
    let lists: [(&List, Label); 5] = [
        (&FORWARD_FROM, Label::From),
        (&FORWARD_TO, Label::To),
        (&FORWARD_DATE, Label::Date),
        (&FORWARD_SUBJECT, Label::Subject),
        (&FORWARD_OTHER, Label::Other),
    ];
    let (_, label) = lists.into_iter().find(|(names, _)| names.contains(&name))?;
    Some((
        label,
        line[colon + 1..].trim_matches([' ', '\t', '\r', '\n', '*', '\u{a0}']),
    ))
}

/// Whether a line says that a forwarded message follows.
pub fn is_marker(line: &str) -> bool {
    let bare = line
        .trim()
        .trim_matches(['-', '=', '_', '*', ' ', ':', '>']);
    bare.len() <= 60 && FORWARD_MARKERS.contains(&fold(bare).to_ascii_lowercase())
}

/// Who is quoted below this line, or below it and the one before: `Op ma 1 jul schreef Jan <…>:`.
pub fn introduced<'a>(all: &[(usize, &'a str)], index: usize) -> Option<&'a str> {
    let line = all[index].1.trim();
    let said = line.strip_suffix(':')?;
    if said.len() > 300 {
        return None;
    }
    let folded = fold(said).to_ascii_lowercase();
    let words = || folded.split(|character: char| !character.is_alphanumeric());
    let is_cue = |cue: &&str| match cue.split_once(' ') {
        Some(_) => folded.contains(*cue),
        None => words().any(|word| word == *cue),
    };
    if !REPLY_INTRODUCTIONS.phrases().iter().any(is_cue) {
        return None;
    }
    if address::first(said).is_some() || super::kind::is_machine(said) {
        return Some(said);
    }
    let before = all.get(index.checked_sub(1)?)?.1.trim();
    (address::first(before).is_some() || super::kind::is_machine(before)).then_some(before)
}

#[cfg(test)]
mod tests {
    use super::*;

    const BODY: &str = "<jan@example.be>: no such user\n";

    #[test]
    fn the_header_of_every_mail_program_is_found() {
        let daemon = "Mail Delivery System <mailer-daemon@example.net>";
        for header in [
            format!(
                "Van: {daemon}\nVerzonden: maandag 1 juli 2024 10:00\nAan: Els <els@example.org>\nOnderwerp: Undeliverable\n\n"
            ),
            format!(
                "-----Oorspronkelijk bericht-----\nVan: {daemon}\nVerzonden: maandag 1 juli 2024 10:00\nAan: Els <els@example.org>\nOnderwerp: Undeliverable\n\n"
            ),
            format!(
                "De : {daemon}\nEnvoyé : lundi 1 juillet 2024 10:00\nÀ : Els <els@example.org>\nObjet : Undeliverable\n\n"
            ),
            format!(
                "Von: {daemon}\nGesendet: Montag, 1. Juli 2024 10:00\nAn: Els <els@example.org>\nBetreff: Undeliverable\n\n"
            ),
            format!(
                "*From:* {daemon}\n*Sent:* Monday, July 1, 2024 10:00 AM\n*To:* Els <els@example.org>\n*Subject:* Undeliverable\n\n"
            ),
            format!(
                "-------- Doorgestuurd bericht --------\nOnderwerp: \tUndeliverable\nDatum: \tMon, 1 Jul 2024 10:00:00 +0200\nVan: \t{daemon}\nAan: \tels@example.org\n\n"
            ),
            format!("Op ma 1 jul 2024 om 10:00 schreef {daemon}:\n"),
            format!("On Mon, Jul 1, 2024 at 10:00\u{202f}AM {daemon} wrote:\n"),
        ] {
            let text = format!("Weten jullie waarom?\n\n{header}{BODY}");
            let found = find(&text);
            assert_eq!(found.len(), 1, "{header}");
            assert!(
                found[0]
                    .mail
                    .header("From")
                    .is_some_and(|from| from.contains(daemon)),
                "{header}"
            );
            assert!(
                matches!(&found[0].mail.parts[..], [Part::Text(text)] if text.trim() == BODY.trim()),
                "{header}"
            );
            let date = found[0].date.map(|date| date.to_string());
            assert_eq!(
                date.as_deref(),
                Some("2024-07-01T10:00:00+02:00"),
                "{header}"
            );
            assert!(found[0].note.starts_with("Weten jullie waarom?"));
        }
    }

    #[test]
    fn ordinary_lines_are_no_header() {
        for text in [
            "Aan: iedereen\nDatum: vrijdag\nKom je ook?\n",
            "Van: Gent\nNaar: Brugge\n",
            "Jan schreef een boek:\nhet is dik\n",
            "",
        ] {
            assert!(find(text).is_empty(), "{text}");
        }
    }
}
