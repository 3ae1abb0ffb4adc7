//! Reads reports that are only text, by what their dialects have in common.
//!
//! A report ends where the returned message begins. A recipient is at the start of a line,
//! perhaps after a reply code or a label; failing that, after a word such as `to`. What concerns a
//! recipient goes from its line to the line of the next one.

use super::address_in_text as address;
use super::layout;
use super::server_text::lines;
use super::vocabulary::{
    OTHER_FIELDS, RECIPIENT_CUES, RECIPIENT_LABELS, RECIPIENT_ORIGINS, Signs,
    may_be_returned_message, returned_message,
};
use crate::rules::fold::fold;
use std::borrow::Cow;
use std::cell::LazyCell;
use std::ops::Range;

/// A text without the message that it returns.
#[derive(Debug)]
pub struct Prose<'a> {
    /// What the report itself says.
    pub report: &'a str,
    /// The returned message, from its header fields on.
    pub returned: Option<&'a str>,
}

/// A recipient that the text names.
#[derive(Clone, Debug)]
pub struct Mention<'a> {
    /// The address as the text writes it.
    pub address: &'a str,
    /// Where in [`Prose::report`] it is spoken about: from the address on.
    pub about: Range<usize>,
    /// How it is named.
    pub place: Place,
}

/// Where in a line an address is, the least certain place first.
#[derive(Clone, Copy, Debug, Eq, Ord, PartialEq, PartialOrd)]
pub enum Place {
    /// After a word such as `to`, in a sentence.
    Sentence,
    /// After a label such as `Recipient:`.
    Label,
    /// At the start, as in a list of those that failed.
    Start,
}

impl<'a> Prose<'a> {
    /// Splits a text where the returned message begins.
    pub fn new(text: &'a str) -> Self {
        let text = &text[..text.floor_char_boundary(layout::LONGEST)];
        let mut at = 0;
        let mut said_something = false;
        let mut after_gap = false;
        for line in lines(text) {
            let end = at + line.len();
            let is_header = line.starts_with("Received:")
                || line.starts_with("Return-Path:")
                || after_gap
                    && opens_header(&text[at..])
                    && !is_described(&text[..at], &text[at..]);
            if said_something && (is_header || is_heading(line)) {
                return Self {
                    report: &text[..at],
                    returned: Some(text[if is_header { at } else { end }..].trim_start()),
                };
            }
            let bare = line.trim();
            said_something |= bare.len() > 8;
            after_gap = bare.is_empty() || bare.ends_with("--");
            at = end;
        }
        Self {
            report: text,
            returned: None,
        }
    }

    /// The recipients that the text names in their most certain places, in order, each once. Those of
    /// `others`, who sent the message or the report, count only when there is nobody else.
    pub fn mentions(&self, others: &[&str]) -> Vec<Mention<'a>> {
        let mut all: Vec<Mention> = Vec::new();
        let mut at = 0;
        let widest = LazyCell::new(|| lines(self.report).map(str::len).max().unwrap_or_default());
        let mut previous = "";
        // Inside the reply about the recipient that opened the paragraph.
        let mut in_reply = false;
        let mut undisclosed = false;
        for line in lines(self.report) {
            let before = std::mem::replace(&mut previous, line);
            let has_address = memchr::memchr(b'@', line.as_bytes()).is_some();
            let opens_reply = has_address && opens_reply(line);
            in_reply = (in_reply || opens_reply) && !line.trim().is_empty();
            if in_reply && !opens_reply {
                at += line.len();
                continue;
            }
            let was_undisclosed =
                std::mem::replace(&mut undisclosed, line.contains("undisclosed address"));
            if was_undisclosed && let Some(range) = address::find(line).next() {
                all.push(Mention {
                    address: &line[range.clone()],
                    about: at + range.end..self.report.len(),
                    place: Place::Start,
                });
            }
            if !has_address {
                at += line.len();
                continue;
            }
            let before = if is_wrapped(before, line, *widest) {
                before
            } else {
                ""
            };
            for (range, place) in recipients_in(line, before) {
                all.push(Mention {
                    address: &line[range.clone()],
                    about: at + range.end..self.report.len(),
                    place,
                });
            }
            at += line.len();
        }
        let is_other = |mention: &Mention| {
            others
                .iter()
                .any(|other| other.eq_ignore_ascii_case(mention.address))
                || is_staff(mention.address)
                    && (mention.place == Place::Sentence
                        || !self.report[mention.about.start..].starts_with(['>', ':']))
                || is_refused_sender(&self.report[mention.about.start..])
        };
        if !all.iter().all(is_other) {
            all.retain(|mention| !is_other(mention));
        }
        self.drop_second_spellings(&mut all);
        if let Some(best) = all.iter().map(|mention| mention.place).max() {
            all.retain(|mention| mention.place == best);
        }
        for index in (1..all.len()).rev() {
            let next = &all[index];
            let line = self.report[..next.about.start]
                .rfind('\n')
                .map_or(0, |at| at + 1);
            let same = next.address.eq_ignore_ascii_case(all[index - 1].address);
            let end = if same { next.about.end } else { line };
            let about = &mut all[index - 1].about;
            about.end = end.max(about.start);
        }
        let mut mentions: Vec<Mention> = Vec::new();
        for mention in all {
            let known = mentions
                .iter()
                .any(|known| known.address.eq_ignore_ascii_case(mention.address));
            if !known {
                mentions.push(mention);
            }
        }
        mentions
    }
}

impl<'a> Prose<'a> {
    /// Exchange names the recipient again below its heading for administrators, sometimes as another server
    /// wrote the address; that does not make two of one.
    fn drop_second_spellings(&self, all: &mut Vec<Mention<'a>>) {
        if all.len() < 2 {
            return;
        }
        let folded = fold(self.report);
        if folded.len() != self.report.len() {
            return;
        }
        let Some(heading) = heading_for_administrators(&folded) else {
            return;
        };
        let above = |mention: &Mention| mention.about.start < heading;
        let first = all
            .iter()
            .find(|mention| above(mention))
            .map(|mention| mention.address);
        let Some(first) = first else { return };
        let one_above = all
            .iter()
            .filter(|mention| above(mention))
            .all(|mention| mention.address.eq_ignore_ascii_case(first));
        let second = all
            .iter()
            .find(|mention| !above(mention))
            .map(|mention| mention.address);
        let one_below = second.is_some_and(|second| {
            all.iter()
                .filter(|mention| !above(mention))
                .all(|mention| mention.address.eq_ignore_ascii_case(second))
        });
        if one_above && one_below {
            all.retain(above);
        }
    }

    /// The name below a line that introduces recipients, where a provider leaves out its own domain:
    /// `Your mail to the following recipients could not be delivered:`, `jan`.
    pub fn listed_name(&self) -> Option<&'a str> {
        let mut introduced = false;
        lines(self.report).map(str::trim).find(|line| {
            let is_name = introduced
                && line.len() >= 3
                && line
                    .bytes()
                    .all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'_' | b'-'));
            introduced =
                line.ends_with(':') && fold(line).to_ascii_lowercase().contains("recipients");
            is_name
        })
    }

    /// Whether the text has more than one line that opens a reply about a recipient.
    pub fn lists_several(&self) -> bool {
        lines(self.report)
            .filter(|line| opens_reply(line))
            .nth(1)
            .is_some()
    }

    /// The one address that the report has, whatever is said around it, other than those of `others` and
    /// of help desks.
    pub fn only_address(&self, others: &[&str]) -> Option<&'a str> {
        let mut addresses = address::find(self.report)
            .map(|place| &self.report[place])
            .filter(|address| {
                !is_staff(address)
                    && !others
                        .iter()
                        .any(|other| other.eq_ignore_ascii_case(address))
            });
        let only = addresses.next()?;
        addresses
            .all(|address| address.eq_ignore_ascii_case(only))
            .then_some(only)
    }
}

/// Where the heading is below which Exchange addresses administrators.
fn heading_for_administrators(text: &str) -> Option<usize> {
    memchr::memmem::find_iter(text.as_bytes(), b"iagnosti")
        .filter_map(|at| at.checked_sub(1))
        .find(|&at| {
            [
                "diagnostic information for administrators",
                "diagnostische gegevens voor beheerders",
            ]
            .iter()
            .any(|heading| {
                let found = text.get(at..at + heading.len());
                found.is_some_and(|found| found.eq_ignore_ascii_case(heading))
            })
        })
}

/// Whether a line names a recipient and begins the reply about them: `<jan@example.be>: host mx said:`,
/// `<jan@example.be> (expanded from <info@example.be>): no`.
fn opens_reply(line: &str) -> bool {
    let Some(place) = address::find(line).next() else {
        return false;
    };
    let (before, after) = (&line[..place.start], &line[place.end..]);
    before == "<" && (after.starts_with(">:") || after.starts_with("> ("))
        || before.is_empty() && after.starts_with(": ")
}

/// Whether a line only begins where it does because the one before was full: the text was wrapped.
fn is_wrapped(previous: &str, line: &str, widest: usize) -> bool {
    let previous = previous.trim();
    if let Some(label) = previous.strip_suffix(':')
        && OTHER_FIELDS.contains(&fold(label).to_ascii_lowercase())
    {
        return true;
    }
    let word = line.split_whitespace().next().unwrap_or_default();
    let last = previous.rsplit(' ').next().unwrap_or_default();
    previous.split_whitespace().count() >= 3
        && last.starts_with(|first: char| {
            first.is_lowercase() || first.is_ascii_digit() || first == '('
        })
        && !previous.ends_with([':', '.', ';', '-', '='])
        && !word.ends_with(':')
        && previous.len() + 1 + word.len() > widest.max(NARROWEST)
}

/// No text is wrapped at fewer bytes.
const NARROWEST: usize = 50;

/// The addresses in a line that could be a recipient's, and where they are in it; `before` is the
/// line that it continues, if any.
fn recipients_in(line: &str, before: &str) -> Vec<(Range<usize>, Place)> {
    let mut found: Vec<(Range<usize>, Place)> = Vec::new();
    for range in address::find(line) {
        let written = &line[..range.start];
        if let Some((previous, _)) = found.last_mut()
            && matches!(
                line.get(previous.end..range.start),
                Some(" <" | "<" | "\" <")
            )
        {
            // The first one was the display name of this one.
            *previous = range;
            continue;
        }
        let written_before = match before {
            "" => Cow::Borrowed(written),
            before => Cow::Owned(format!("{} {written}", before.trim())),
        };
        let before = fold(&written_before).to_ascii_lowercase();
        let before = before.trim_end_matches(['<', '"', '\'', '[', '(', ' ', '\t', ':', '=', '：']);
        let label = without_codes(before.trim_start_matches(LEADERS));
        if RECIPIENT_ORIGINS
            .phrases()
            .iter()
            .any(|origin| label.ends_with(origin))
        {
            continue;
        }
        if label.is_empty() && found.is_empty() {
            found.push((range, Place::Start));
        } else if OTHER_FIELDS.contains(label) {
            break;
        } else if is_of_another(label, written) {
            continue;
        } else if RECIPIENT_LABELS.contains(label) && found.is_empty() {
            found.push((range, Place::Label));
        } else if is_cue(label)
            || written.trim_end_matches(['<', ' ', '"']).ends_with(':')
            || is_named(written, &line[range.end..])
        {
            found.push((range, Place::Sentence));
        }
    }
    found
}

/// The place of the first address in a line that could be a recipient's.
#[cfg(test)]
pub fn place_of_first(line: &str) -> Option<Place> {
    recipients_in(line, "").first().map(|(_, place)| *place)
}

/// Whether the last word before an address is a label of somebody else, in a line that has lost its breaks:
/// `Onderwerp: x Afzender: an@example.org`.
fn is_of_another(before: &str, written: &str) -> bool {
    let word = before.rsplit(' ').next().unwrap_or_default();
    written
        .trim_end_matches(['<', ' ', '"', '['])
        .ends_with(':')
        && OTHER_FIELDS.contains(word)
}

/// Whether what follows an address says that it is the sender's: `<an@example.org>: Sender address rejected`.
fn is_refused_sender(after: &str) -> bool {
    let after = after.trim_start_matches(['>', ':', '.', ' ']);
    let mut words = after.split_ascii_whitespace();
    ["sender", "address"].iter().all(|wanted| {
        let word = words.next();
        word.is_some_and(|word| word.eq_ignore_ascii_case(wanted))
    })
}

/// What may precede an address that opens a line.
const LEADERS: [char; 13] = [
    ' ', '\t', '*', '-', '•', '·', '>', '"', '\'', '<', '(', '|', '#',
];

/// Whether an address is in brackets behind a name, with nothing after it: `Jan (jan@example.be)`.
fn is_named(before: &str, after: &str) -> bool {
    let after = after.trim_start_matches([')', '>', ']']);
    before.ends_with(['(', '<', '['])
        && before.split_whitespace().count() <= 5
        && (after.trim().is_empty() || after.starts_with("<mailto:"))
}

/// Whether an address is where reports say that help can be had.
fn is_staff(address: &str) -> bool {
    let staff = [
        "postmaster@",
        "abuse@",
        "helpdesk@",
        "support@",
        "mailer-daemon@",
    ];
    let local = address.split('@').next().unwrap_or_default();
    let commands = ["-ctl", "-request", "-owner", "-help"];
    if commands.iter().any(|end| local.ends_with(end)) {
        return true;
    }
    staff.iter().any(|name| {
        address
            .get(..name.len())
            .is_some_and(|start| start.eq_ignore_ascii_case(name))
    })
}

/// Whether the last word before an address is one that leads to a recipient.
fn is_cue(before: &str) -> bool {
    let word = before
        .rsplit([' ', '\t', '<', '(', '\''])
        .next()
        .unwrap_or_default();
    RECIPIENT_CUES.contains(word)
}

/// Skips reply codes and enhanced status codes: `<<< 550 5.1.1`.
fn without_codes(text: &str) -> &str {
    text.trim_start_matches(|character: char| {
        character.is_ascii_digit() || matches!(character, '.' | '-' | ' ' | '<' | '\t')
    })
}

/// Whether a line is the heading of the returned message.
pub fn is_heading(line: &str) -> bool {
    let line = line.trim();
    let bare = line.trim_matches(['-', '=', '*', '_', '+', '#', '>', ' ', '|', '[', ']']);
    if bare.len() < 8 || bare.len() > 120 || !may_be_returned_message(bare) {
        return false;
    }
    let folded = fold(bare);
    returned_message(&folded).is_some_and(|marker| {
        // In a sentence the words mean nothing: a heading is alone, or between dashes.
        let dashed = ["--", "==", "**", "|-"]
            .iter()
            .any(|dashes| line.starts_with(dashes));
        let rest = folded[marker..].trim();
        let short = rest.len() <= 40 && !rest.contains(". ");
        dashed || short && (rest.is_empty() || line.ends_with([':', '.']))
    })
}

/// Whether the header of a message begins here: three fields, of which one never occurs in prose.
fn opens_header(text: &str) -> bool {
    let mut fields = 0;
    let mut technical = false;
    for line in lines(text).take(20) {
        if line.starts_with([' ', '\t']) && fields > 0 {
            continue;
        }
        let Some((name, _)) = line.split_once(':') else {
            break;
        };
        if name.is_empty()
            || !name
                .bytes()
                .all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
        {
            break;
        }
        fields += usize::from(!name.starts_with("Content-"));
        technical |= TECHNICAL_FIELDS.iter().any(|field| {
            name.get(..field.len())
                .is_some_and(|start| start.eq_ignore_ascii_case(field))
        });
    }
    fields >= 3 && technical
}

/// Whether the header that begins at `rest` only says which message a report is about, and the report
/// goes on below it: nobody was named so far, and a recipient is named then.
fn is_described(before: &str, rest: &str) -> bool {
    let after = rest.split_once("\n\n").map_or("", |(_, after)| after);
    address::first(before).is_none()
        && lines(after).take(20).any(|line| {
            let label = line.split_once(':').map_or("", |(label, _)| label.trim());
            label.eq_ignore_ascii_case("recipient address") || Signs::of(&fold(line)).statement
        })
}

/// How the names of fields begin that mails have and the words of a report never contain.
const TECHNICAL_FIELDS: &[&str] = &[
    "message-id",
    "mime-version",
    "received",
    "return-path",
    "dkim-",
    "x-mailer",
    "arc-",
    "x-originating",
    "references",
    "in-reply-to",
    "list-",
    "user-agent",
    "x-priority",
    "thread-",
];

#[cfg(test)]
mod tests {
    use super::*;

    fn named(text: &str, others: &[&str]) -> Vec<String> {
        let mentions = Prose::new(text).mentions(others);
        mentions
            .iter()
            .map(|mention| mention.address.to_owned())
            .collect()
    }

    #[test]
    fn an_article_may_be_tied_to_the_word_before_an_address() {
        for text in [
            "Votre message n'a pas été remis à l'adresse jan@example.be, car",
            "Je bericht kan niet worden bezorgd bij jan@example.be.",
        ] {
            assert_eq!(named(text, &[]), ["jan@example.be"], "{text}");
        }
    }

    #[test]
    fn the_returned_message_is_not_part_of_the_report() {
        for heading in [
            "--- Below this line is a copy of the message.",
            "Original message follows.",
            "Received: from mx.example.net",
            "Oorspronkelijke berichtkoppen:",
        ] {
            let text = format!("Niet bezorgd:\n<jan@example.be>: 550 no\n\n{heading}\nTo: x@y.z\n");
            let prose = Prose::new(&text);
            assert!(!prose.report.contains("x@y.z"), "{heading}");
            assert!(
                prose
                    .returned
                    .is_some_and(|text| text.contains("To: x@y.z"))
            );
        }
        let sentence = "The original message was received today.\n<jan@example.be>: 550 no\n";
        assert_eq!(Prose::new(sentence).returned, None);
    }

    #[test]
    fn recipients_are_at_the_start_of_a_line_or_after_a_word_that_leads_to_them() {
        for text in [
            "<jan@example.be>: unknown",
            "  jan@example.be\n",
            "550 5.1.1 <jan@example.be>... User unknown",
            "Recipient: <jan@example.be>",
            "Bericht aan jan@example.be is niet bezorgd. Hulp: postmaster@example.net",
            "jan@example.com <jan@example.be>: malformed",
            "Jan Jansen (jan@example.be)<mailto:jan@example.be>",
            ">>> RCPT To:<jan@example.be>\nFrom: <an@example.org>",
        ] {
            assert_eq!(named(text, &[]), ["jan@example.be"], "{text}");
        }
    }

    #[test]
    fn whoever_sent_the_message_is_a_recipient_only_when_nobody_else_is() {
        let text = "<an@example.org>: no\n<jan@example.be>: no\n";
        assert_eq!(named(text, &["an@example.org"]), ["jan@example.be"]);
        assert_eq!(
            named("<an@example.org>: no", &["an@example.org"]),
            ["an@example.org"]
        );
    }

    #[test]
    fn whoever_is_refused_as_a_sender_is_no_recipient() {
        let text = "<jan@example.be>: host mx.example.be said: 450 4.1.8\n<an@example.org>: Sender address\nrejected\n";
        assert_eq!(named(text, &[]), ["jan@example.be"]);
    }

    #[test]
    fn what_concerns_a_recipient_ends_where_the_next_one_begins() {
        let prose = Prose::new("<jan@example.be>:\nfull\n\n<an@example.be>:\nunknown\n");
        let about: Vec<_> = prose
            .mentions(&[])
            .iter()
            .map(|mention| prose.report[mention.about.clone()].to_owned())
            .collect();
        assert_eq!(about, [">:\nfull\n\n", ">:\nunknown\n"]);
    }
}
