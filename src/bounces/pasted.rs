//! Whether a mail from a person has a report in its text that they pasted there.
//!
//! Mail that only talks about delivery has the words of reports too. A report also names a recipient in the
//! way reports do, and says what became of the mail to them.

use super::prose::{Place, Prose};
use super::server_text;
use super::vocabulary::Signs;
use crate::rules::{self, Evidence, Strength, codes};

/// Whether `prose`, which shows these `signs`, holds a report about somebody who is none of `others`.
pub fn holds_report(prose: &Prose<'_>, signs: Signs, others: &[&str]) -> bool {
    if !(signs.proof
        || signs.statement
        || signs.introduced
        || codes::reply(prose.report).is_some()
        || has_said(prose.report))
    {
        return false;
    }
    let mentions = prose.mentions(others);
    let is_other = |address: &str| {
        others
            .iter()
            .any(|other| other.eq_ignore_ascii_case(address))
    };
    let named = mentions.iter().any(|mention| !is_other(mention.address));
    if !named {
        // Some refusals name nobody but return the message.
        return signs.introduced
            && prose.returned.is_some()
            && cause(prose.report) >= Some(Strength::Phrase);
    }
    let is_listed = mentions.iter().any(|mention| mention.place >= Place::Label);
    let answered = mentions.iter().any(|mention| {
        let about = &prose.report[mention.about.clone()];
        let paragraph = about.split("\n\n").next().unwrap_or_default();
        mention.place == Place::Start && codes::reply(&server_text::fold(paragraph)).is_some()
    });
    answered
        || signs.proof && is_listed
        || signs.introduced
            && (signs.statement || codes::reply(&server_text::fold(prose.report)).is_some())
        || (signs.introduced || signs.statement)
            && is_listed
            && cause(prose.report) >= Some(Strength::Phrase)
        || signs.introduced && is_listed && cause(prose.report).is_some()
}

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
