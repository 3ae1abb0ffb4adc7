//! Whether a mail from a person has a report in its text that they pasted there.
//!
//! Mail that only talks about delivery has the words of reports too. A report also names a recipient in the
//! way reports do, and says what became of the mail to them.

use super::prose::{Place, Prose};
use super::server_text::{self, lines};
use super::vocabulary::{PASTE_INTRODUCTIONS, Signs};
use crate::rules::fold::fold;
use crate::rules::{self, Evidence, Strength, codes};

/// Whether `prose`, which shows these `signs`, holds a report about somebody who is none of `others`.
pub fn holds_report(prose: &Prose<'_>, signs: Signs, others: &[&str]) -> bool {
    let introduced = introduction_end(prose.report);
    if !(signs.proof || signs.statement || introduced.is_some() || has_said(prose.report)) {
        return false;
    }
    let mentions = prose.mentions(others);
    let is_other = |address: &str| {
        others
            .iter()
            .any(|other| other.eq_ignore_ascii_case(address))
    };
    let mut named = mentions.iter().filter(|mention| !is_other(mention.address));
    if let Some(end) = introduced {
        let pasted = &prose.report[end..];
        let strength = cause(pasted);
        return if named.any(|mention| mention.about.start > end) {
            let signs = Signs::of(&fold(pasted));
            strength.is_some() || signs.statement || signs.arrived
        } else {
            // Some refusals name nobody but return the message.
            prose.returned.is_some() && strength >= Some(Strength::Phrase)
        };
    }
    if named.next().is_none() {
        return false;
    }
    let is_listed = mentions.iter().any(|mention| mention.place >= Place::Label);
    let answered = mentions.iter().any(|mention| {
        let about = &prose.report[mention.about.clone()];
        let paragraph = about.split("\n\n").next().unwrap_or_default();
        mention.place == Place::Start && codes::reply(&server_text::fold(paragraph)).is_some()
    });
    answered
        || signs.proof && is_listed
        || signs.statement && is_listed && cause(prose.report) >= Some(Strength::Phrase)
}

/// Where the line ends with which a person introduces what they paste: `Ik krijg dit terug:`.
pub fn introduction_end(text: &str) -> Option<usize> {
    let mut at = 0;
    lines(text).find_map(|line| {
        at += line.len();
        let said = line.trim_end().strip_suffix(':')?;
        if said.len() > LONGEST_INTRODUCTION {
            return None;
        }
        let said = fold(said).to_ascii_lowercase();
        PASTE_INTRODUCTIONS
            .phrases()
            .iter()
            .any(|phrase| said.contains(phrase))
            .then_some(at)
    })
}

/// No line that introduces a paste is longer than this many bytes.
const LONGEST_INTRODUCTION: usize = 240;

/// Whether a server is quoted: `host mx.example.net said: 550`.
fn has_said(text: &str) -> bool {
    memchr::memmem::find(text.as_bytes(), b" said: ").is_some()
}

/// How well the text states a cause.
fn cause(text: &str) -> Option<Strength> {
    let text = server_text::paragraphs(text);
    let verdict = rules::diagnose(&Evidence {
        text: &text,
        ..Evidence::default()
    });
    verdict.map(|verdict| verdict.strength)
}
