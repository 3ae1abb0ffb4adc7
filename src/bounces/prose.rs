//! Reads reports that are only text, by what their dialects have in common.
//!
//! A report ends where the returned message begins. A recipient stands at the start of a line,
//! perhaps after a reply code or a label; failing that, after a word such as `to`. What concerns a
//! recipient stands from its line to the line of the next one.

use super::address;
use super::markers::{OTHER_FIELDS, RECIPIENT_CUES, RECIPIENT_LABELS, RETURNED_MESSAGE};
use crate::rules::fold::fold;
use std::ops::Range;

/// How much of a text is looked at; longer ones quote the message without saying so.
const LONGEST: usize = 64 * 1024;

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
    /// Whether the address opens a line, as in a list of those that failed.
    pub leads: bool,
}

impl<'a> Prose<'a> {
    /// Splits a text where the returned message begins.
    pub fn new(text: &'a str) -> Self {
        let text = &text[..floor(text, LONGEST)];
        let mut at = 0;
        let mut said_something = false;
        for line in text.split_inclusive('\n') {
            let end = at + line.len();
            if said_something && begins_returned_message(line) {
                let is_header = is_header_of_message(line);
                return Self {
                    report: &text[..at],
                    returned: Some(text[if is_header { at } else { end }..].trim_start()),
                };
            }
            said_something |= line.len() > 8 && !line.trim().is_empty();
            at = end;
        }
        Self {
            report: text,
            returned: None,
        }
    }

    /// The recipients that the text names, in order, each once.
    pub fn mentions(&self) -> Vec<Mention<'a>> {
        let mut all: Vec<Mention> = Vec::new();
        let mut at = 0;
        for line in self.report.split_inclusive('\n') {
            for (place, leads) in recipients_in(line) {
                let address = &line[place.clone()];
                all.push(Mention {
                    address,
                    about: at + place.end..self.report.len(),
                    leads,
                });
            }
            at += line.len();
        }
        if all.iter().any(|mention| mention.leads) {
            all.retain(|mention| mention.leads);
        }
        for index in (1..all.len()).rev() {
            let (before, after) = all.split_at_mut(index);
            if let (Some(previous), Some(next)) = (before.last_mut(), after.first()) {
                let line = self.report[..next.about.start]
                    .rfind('\n')
                    .map_or(0, |at| at + 1);
                if !previous.address.eq_ignore_ascii_case(next.address) {
                    previous.about.end = line.max(previous.about.start);
                } else {
                    previous.about.end = next.about.end;
                }
            }
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

/// The addresses in a line that could be a recipient's, and whether they open the line.
fn recipients_in(line: &str) -> Vec<(Range<usize>, bool)> {
    let mut found = Vec::new();
    for place in address::find(line) {
        let before = fold(&line[..place.start]).to_ascii_lowercase();
        let before = before.trim_end_matches(['<', '"', '\'', '[', '(', ' ', '\t', ':', '=']);
        let label = before.trim_start_matches([
            ' ', '\t', '*', '-', '•', '·', '>', '"', '\'', '<', '(', '|', '#',
        ]);
        let label = without_codes(label);
        if label.is_empty() && found.is_empty() {
            found.push((place, true));
        } else if OTHER_FIELDS.contains(&label) {
            break;
        } else if RECIPIENT_LABELS.contains(&label) && found.is_empty() {
            found.push((place, true));
        } else if is_cue(label) {
            found.push((place, false));
        }
    }
    found
}

/// Whether the last word before an address is one that leads to a recipient.
fn is_cue(before: &str) -> bool {
    let word = before
        .rsplit([' ', '\t', '<', '('])
        .next()
        .unwrap_or_default();
    RECIPIENT_CUES.contains(&word)
}

/// Skips reply codes and enhanced status codes: `<<< 550 5.1.1`.
fn without_codes(text: &str) -> &str {
    text.trim_start_matches(|character: char| {
        character.is_ascii_digit() || matches!(character, '.' | '-' | ' ' | '<' | '\t')
    })
}

fn begins_returned_message(line: &str) -> bool {
    if is_header_of_message(line) {
        return true;
    }
    let bare = line
        .trim()
        .trim_matches(['-', '=', '*', '_', '+', '#', '>', ' ', '|', '[', ']']);
    if bare.len() < 8 || bare.len() > 120 {
        return false;
    }
    let folded = fold(bare).to_ascii_lowercase();
    let Some(marker) = RETURNED_MESSAGE
        .iter()
        .find(|marker| folded.starts_with(**marker))
    else {
        return false;
    };
    // In a sentence the words mean nothing; as a heading they stand alone, or between dashes.
    let dashed = line.trim().starts_with("--")
        || line.trim().starts_with("==")
        || line.trim().starts_with("**");
    let rest = folded[marker.len()..].trim();
    dashed
        || rest.len() <= 40
            && !rest.contains(". ")
            && (rest.is_empty() || line.trim().ends_with([':', '.']))
}

/// Whether a line is a header field that opens a message.
fn is_header_of_message(line: &str) -> bool {
    [
        "Received: ",
        "Return-Path: ",
        "Return-path: ",
        "X-Message-Delivery: ",
    ]
    .iter()
    .any(|start| line.starts_with(start))
}

/// The last character boundary of `text` at or before `at`.
fn floor(text: &str, at: usize) -> usize {
    text.floor_char_boundary(at)
}
