//! The same bounce in a different outward form gets the same answer.
//!
//! Bounces reach a helpdesk forwarded, quoted, wrapped, as a web page, or on one line. Each text fixture is
//! rewritten in each form, and must give the same recipients and causes.

use crate::support::{bytes, fixtures, options};
use bezorgd::analyse;
use bezorgd::model::{Cause, Kind};
use std::collections::BTreeMap;
use std::path::Path;

const DAEMON: &str = "Mail Delivery Subsystem <mailer-daemon@example.net>";

/// A form: its name, and how it rewrites a text.
type RewrittenForm = (&'static str, fn(&str) -> String);

/// A recipient's address and the cause.
type Answer = Vec<(String, Cause)>;

/// Forms in which mail programs and people change a text before it is pasted.
const PASTED: &[RewrittenForm] = &[
    ("quoted", |text| {
        each_line(text, |line| format!("> {line}\n"))
    }),
    ("quoted twice", |text| {
        each_line(text, |line| format!("> > {line}\n"))
    }),
    ("indented", |text| {
        each_line(text, |line| format!("    {line}\n"))
    }),
    ("double-spaced", |text| text.replace('\n', "\n\n")),
    ("timed", |text| {
        each_line(text, |line| format!("[2024-07-01 10:00] {line}\n"))
    }),
    ("wrapped at 60", |text| wrapped(text, 60)),
    ("wrapped at 72", |text| wrapped(text, 72)),
    ("on one line", |text| {
        let mut line = text.split_whitespace().collect::<Vec<_>>().join(" ");
        line.push('\n');
        line
    }),
    ("with entities", |text| {
        text.replace('&', "&amp;")
            .replace('<', "&lt;")
            .replace('>', "&gt;")
    }),
    ("with hard spaces", |text| text.replace(' ', "\u{a0}")),
    ("with typographic quotes", |text| {
        text.replace('\'', "’").replace('"', "”")
    }),
    ("with linked addresses", |text| {
        each_address(text, |address| format!("{address}<mailto:{address}>"))
    }),
    ("with Markdown links", |text| {
        each_address(text, |address| format!("[{address}](mailto:{address})"))
    }),
    ("with bold addresses", |text| {
        each_address(text, |address| format!("*{address}*"))
    }),
    ("forwarded and pasted", |text| {
        format!(
            "---------- Forwarded message ---------\nVan: {DAEMON}\nDate: ma 1 jul 2024 10:00\nSubject: Undeliverable\nTo: <els@example.org>\n\n{text}"
        )
    }),
];

/// Forms in which a mail contains a text.
const MAILED: &[RewrittenForm] = &[
    ("plain", |text| report("text/plain", text)),
    ("div per line", |text| page(text, "", "<div>", "</div>", "")),
    ("row per line", |text| {
        page(text, "<table>", "<tr><td>", "</td></tr>", "</table>")
    }),
    ("item per line", |text| {
        page(text, "<ul>", "<li>", "</li>", "</ul>")
    }),
    ("line breaks", |text| {
        page(text, "<div>", "", "<br>", "</div>")
    }),
    ("forwarded by Outlook in Dutch", |text| {
        forward(&format!(
            "Weten jullie waarom?\n\nVan: {DAEMON}\nVerzonden: maandag 1 juli 2024 10:00\nAan: Els <els@example.org>\nOnderwerp: Undeliverable\n\n{text}"
        ))
    }),
    ("forwarded by Outlook in French", |text| {
        forward(&format!(
            "Savez-vous pourquoi ?\n\nDe : {DAEMON}\nEnvoyé : lundi 1 juillet 2024 10:00\nÀ : Els <els@example.org>\nObjet : Undeliverable\n\n{text}"
        ))
    }),
    ("forwarded by Outlook in German", |text| {
        forward(&format!(
            "Wissen Sie warum?\n\nVon: {DAEMON}\nGesendet: Montag, 1. Juli 2024 10:00\nAn: Els <els@example.org>\nBetreff: Undeliverable\n\n{text}"
        ))
    }),
    ("forwarded by Outlook in English", |text| {
        forward(&format!(
            "Any idea why?\n\nFrom: {DAEMON}\nSent: Monday, July 1, 2024 10:00 AM\nTo: Els <els@example.org>\nSubject: Undeliverable\n\n{text}"
        ))
    }),
    ("below a separator", |text| {
        forward(&format!(
            "Weten jullie waarom?\n\n-----Oorspronkelijk bericht-----\nVan: {DAEMON}\nVerzonden: maandag 1 juli 2024 10:00\nAan: Els <els@example.org>\nOnderwerp: Undeliverable\n\n{text}"
        ))
    }),
    ("forwarded by Gmail", |text| {
        forward(&format!(
            "Weten jullie waarom?\n\n---------- Forwarded message ---------\nVan: {DAEMON}\nDate: ma 1 jul 2024 10:00\nSubject: Undeliverable\nTo: <els@example.org>\n\n\n{text}"
        ))
    }),
    ("forwarded by Thunderbird", |text| {
        forward(&format!(
            "Weten jullie waarom?\n\n-------- Doorgestuurd bericht --------\nOnderwerp: \tUndeliverable\nDatum: \tMon, 1 Jul 2024 10:00:00 +0200\nVan: \t{DAEMON}\nAan: \tels@example.org\n\n{text}"
        ))
    }),
    ("forwarded by Apple Mail", |text| {
        forward(&format!(
            "Weten jullie waarom?\n\nBegin doorgestuurd bericht:\n\n{}",
            each_line(
                &format!(
                    "Van: {DAEMON}\nOnderwerp: Undeliverable\nDatum: 1 juli 2024 om 10:00\nAan: els@example.org\n\n{text}"
                ),
                |line| format!("> {line}\n")
            )
        ))
    }),
    ("answered", |text| {
        forward(&format!(
            "Weten jullie waarom?\n\nOp ma 1 jul 2024 om 10:00 schreef {DAEMON}:\n{}",
            each_line(text, |line| format!("> {line}\n"))
        ))
    }),
    ("below a note", |text| {
        forward(&format!(
            "Hoi,\n\nAls ik een mail stuur krijg ik dit terug:\n\n{text}\n\nKunnen jullie helpen?\n\nGroet, Els\n"
        ))
    }),
    ("with a warning and a disclaimer", |text| {
        report(
            "text/plain",
            &format!(
                "LET OP: Deze e-mail komt van buiten de organisatie.\n\n{text}\n\nDit bericht is vertrouwelijk. Bent u niet de bedoelde ontvanger, verwijder dit bericht dan.\n"
            ),
        )
    }),
];

/// Names that consist of words from rules.
const NAMES: &[&str] = &[
    "dmarc", "spam", "quota", "blocked", "unknown", "mx", "noreply", "full", "vacation", "virus",
    "retour",
];

/// Checks that every answer was the same, and that more than `least` were compared.
fn assert_same(compared: usize, least: usize, wrong: &[String]) {
    assert!(compared > least, "only {compared} compared");
    let (count, list) = (wrong.len(), wrong.join("\n"));
    assert!(wrong.is_empty(), "{count} of {compared}:\n{list}");
}

#[test]
fn the_form_of_a_text_makes_no_difference() {
    let mut compared = 0;
    let mut wrong = Vec::new();
    for (fixture, text, expected) in texts() {
        for (form, rewrite) in PASTED.iter().chain(MAILED) {
            let rewritten = rewrite(&text);
            let answer = read(rewritten.as_bytes());
            compared += 1;
            if answer != expected {
                wrong.push(format!(
                    "{fixture} {form}: {answer:?} instead of {expected:?}"
                ));
            }
        }
    }
    assert_same(compared, 1000, &wrong);
}

#[test]
fn the_name_of_a_recipient_makes_no_difference() {
    let mut compared = 0;
    let mut wrong = Vec::new();
    for fixture in fixtures() {
        let (name, Ok(text)) = (name(&fixture), String::from_utf8(bytes(&fixture))) else {
            continue;
        };
        if !fixture.to_string_lossy().contains("/bounces/") {
            continue;
        }
        let expected = read(text.as_bytes());
        let [(address, cause)] = &expected[..] else {
            continue;
        };
        let Some((_, domain)) = address
            .split_once('@')
            .filter(|_| text.contains(address.as_str()) && !text.contains("RFC-822"))
        else {
            continue;
        };
        for new in NAMES {
            let new = format!("{new}@{domain}");
            let answer = read(text.replace(address.as_str(), &new).as_bytes());
            compared += 1;
            if answer != [(new, *cause)] {
                wrong.push(format!("{name}: {answer:?} instead of {cause:?}"));
            }
        }
    }
    assert_same(compared, 300, &wrong);
}

#[test]
fn a_forwarded_bounce_has_its_own_time_and_not_that_of_the_forward() {
    let text = "<jan@example.be>: host mx.example.be[192.0.2.1] said: 550 5.1.1 user unknown\n";
    for (form, rewrite) in MAILED
        .iter()
        .filter(|(form, _)| form.starts_with("forwarded"))
    {
        let diagnoses = analyse("x.eml", rewrite(text).as_bytes(), &options());
        assert_eq!(diagnoses[0].kind, Kind::Bounce, "{form}");
        let at = diagnoses[0].recipients[0].attempts[0]
            .at
            .map(|at| at.to_string());
        assert_eq!(at.as_deref(), Some("2024-07-01T10:00:00+02:00"), "{form}");
    }
}

/// The fixtures that are text, or mails with one plain part: name, text, answer.
fn texts() -> Vec<(String, String, Answer)> {
    let mut found = Vec::new();
    for fixture in fixtures() {
        if !fixture.to_string_lossy().contains("/bounces/") {
            continue;
        }
        let Ok(contents) = String::from_utf8(bytes(&fixture)) else {
            continue;
        };
        let contents = contents.replace("\r\n", "\n");
        let text = if fixture
            .extension()
            .is_some_and(|extension| extension == "txt")
        {
            contents.clone()
        } else {
            let Some((header, body)) = contents.split_once("\n\n") else {
                continue;
            };
            let lower = header.to_lowercase();
            if lower.contains("multipart")
                || lower.contains("html")
                || lower.contains("quoted-printable")
                || lower.contains("base64")
            {
                continue;
            }
            body.to_owned()
        };
        let pasted = analyse("x", text.as_bytes(), &options());
        let is_report = pasted
            .iter()
            .all(|one| matches!(one.kind, Kind::Bounce | Kind::Delay | Kind::Success));
        let answer = read(text.as_bytes());
        let named = !answer.is_empty() && answer.iter().all(|(address, _)| address.contains('@'));
        if is_report && named && answer == read(contents.as_bytes()) {
            found.push((name(&fixture), text, answer));
        }
    }
    found
}

fn name(fixture: &Path) -> String {
    fixture
        .file_name()
        .expect("a file")
        .to_string_lossy()
        .into_owned()
}

/// The recipients and causes in this evidence, each once.
fn read(evidence: &[u8]) -> Answer {
    let mut recipients = BTreeMap::new();
    for diagnosis in analyse("evidence", evidence, &options()) {
        recipients.extend(
            diagnosis
                .recipients
                .into_iter()
                .map(|one| (one.address, one.cause)),
        );
    }
    recipients.into_iter().collect()
}

fn each_line(text: &str, rewrite: impl Fn(&str) -> String) -> String {
    text.lines().map(rewrite).collect()
}

/// Rewrites each word with an `@` between brackets or spaces.
fn each_address(text: &str, rewrite: impl Fn(&str) -> String) -> String {
    let is_part = |character: char| character.is_alphanumeric() || ".@-_+=".contains(character);
    let mut rewritten = String::new();
    let mut rest = text;
    while let Some(at) = rest.find('@') {
        let start = rest[..at]
            .rfind(|character| !is_part(character))
            .map_or(0, |before| {
                before + rest[before..].chars().next().map_or(1, char::len_utf8)
            });
        let end = rest[at..]
            .find(|character| !is_part(character))
            .map_or(rest.len(), |end| at + end);
        let address = rest[start..end].trim_end_matches(['.', '-']);
        let bracketed =
            rest[..start].ends_with('<') && rest[start + address.len()..].starts_with('>');
        let before = rest[..start]
            .strip_suffix('<')
            .filter(|_| bracketed)
            .unwrap_or(&rest[..start]);
        rewritten.push_str(before);
        rewritten.push_str(&rewrite(address));
        rest = &rest[start + address.len() + usize::from(bracketed)..];
    }
    rewritten.push_str(rest);
    rewritten
}

fn wrapped(text: &str, width: usize) -> String {
    let mut wrapped = String::new();
    for line in text.lines() {
        let mut length = 0;
        for word in line.split_whitespace() {
            if length > 0 && length + 1 + word.len() > width {
                wrapped.push('\n');
                length = 0;
            } else if length > 0 {
                wrapped.push(' ');
                length += 1;
            } else {
                wrapped.push_str(&line[..line.len() - line.trim_start().len()]);
            }
            wrapped.push_str(word);
            length += word.len();
        }
        wrapped.push('\n');
    }
    wrapped
}

fn report(kind: &str, body: &str) -> String {
    format!(
        "From: {DAEMON}\nTo: els@example.org\nSubject: Undeliverable\nDate: Mon, 01 Jul 2024 11:00:00 +0200\nMIME-Version: 1.0\nContent-Type: {kind}; charset=utf-8\nContent-Transfer-Encoding: 8bit\n\n{body}"
    )
}

fn forward(body: &str) -> String {
    format!(
        "From: Els <els@example.org>\nTo: helpdesk@example.org\nSubject: FW: Undeliverable\nDate: Mon, 01 Jul 2024 11:00:00 +0200\nMIME-Version: 1.0\nContent-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: 8bit\n\n{body}"
    )
}

fn page(text: &str, open: &str, before: &str, after: &str, close: &str) -> String {
    let lines = each_line(text, |line| {
        let line = line
            .replace('&', "&amp;")
            .replace('<', "&lt;")
            .replace('>', "&gt;");
        format!("{before}{line}{after}")
    });
    report(
        "text/html",
        &format!("<html><body>{open}{lines}{close}</body></html>"),
    )
}
