//! Evidence that is attached to an ordinary mail is read as if it had been given by itself.

use crate::fixtures::without_names;
use crate::support::{bytes, fixtures, options};
use bezorgd::analyse;
use bezorgd::model::{Diagnosis, Kind, ProblemCode};

/// How a file travels in a mail.
#[derive(Clone, Copy, Debug)]
enum Transfer {
    Base64,
    /// As it is: only for text with line ends of a mail.
    Plain,
}

#[test]
fn every_fixture_reads_the_same_as_an_attachment() {
    let mut compared = 0;
    for fixture in fixtures() {
        let evidence = bytes(&fixture);
        // Nobody who attaches a document expects it to be read.
        let evidence_in = |name, bytes: &[u8]| {
            let mut found = analyse(name, bytes, &options());
            found.retain(|one| !is_no_evidence(one));
            without_names(found)
        };
        let given = evidence_in("bestand", &evidence);
        if given.is_empty() {
            continue;
        }
        for transfer in [Transfer::Base64, Transfer::Plain] {
            if matches!(transfer, Transfer::Plain) && !travels_as_it_is(&evidence) {
                continue;
            }
            let mail = mail_with(&[(&evidence, transfer)]);
            let attached = evidence_in("bericht.eml", &mail);
            assert_eq!(attached, given, "{}, {transfer:?}", fixture.display());
            compared += 1;
        }
    }
    assert!(compared > 100, "only {compared} fixtures were compared");
}

#[test]
fn many_attached_bounces_are_all_read() {
    for count in [2, 501, 2_000] {
        let bounces: Vec<Vec<u8>> = (0..count).map(bounce).collect();
        let parts: Vec<_> = bounces
            .iter()
            .map(|one| {
                format!(
                    "Content-Type: message/rfc822\n\n{}",
                    String::from_utf8_lossy(one)
                )
            })
            .collect();
        let mail = multipart(&parts);
        let found = analyse("bericht.eml", mail.as_bytes(), &options());
        let addresses: Vec<_> = found
            .iter()
            .flat_map(|one| &one.recipients)
            .map(|one| one.address.clone())
            .collect();
        let expected: Vec<_> = (0..count)
            .map(|number| format!("n{number}@example.be"))
            .collect();
        assert_eq!(addresses, expected, "of {count}");
        assert!(
            found.iter().all(|one| one.problems.is_empty()),
            "of {count}"
        );
    }
}

/// Some programs of people say that no program wrote their mail (RFC 3834).
#[test]
fn what_is_attached_beside_a_pasted_report_is_read() {
    for field in ["", "Auto-Submitted: no\n"] {
        let bounce = |number| String::from_utf8(bounce(number)).expect("text");
        let note = "Dag,\n\nDit kreeg ik terug:\n\n<n0@example.be>: host mx.example.be said: 550 5.1.1 User unknown\n";
        let mail = multipart(&[format!("Content-Type: message/rfc822\n\n{}", bounce(1))]);
        let mail = format!("{field}{}", mail.replace("Dag,\n\nZie bijlage.\n", note));
        let found = analyse("bericht.eml", mail.as_bytes(), &options());
        let recipients = found.iter().flat_map(|one| &one.recipients);
        let addresses: Vec<_> = recipients.map(|one| one.address.as_str()).collect();
        assert_eq!(addresses, ["n0@example.be", "n1@example.be"], "{field}");
    }
}

#[test]
fn more_parts_than_are_read_are_a_problem() {
    let wide = multipart(&vec![
        "Content-Type: application/pdf\n\n%PDF".to_owned();
        10_001
    ]);
    let deep = format!(
        "Subject: x\n{}Subject: y\n\nDag\n",
        "Content-Type: message/rfc822\n\nSubject: x\n".repeat(12)
    );
    for mail in [wide, deep] {
        let found = analyse("bericht.eml", mail.as_bytes(), &options());
        let mut codes = found
            .iter()
            .flat_map(|one| &one.problems)
            .map(|one| one.code);
        let says_so = |code| matches!(code, ProblemCode::TooManyParts | ProblemCode::NestedTooDeep);
        assert!(codes.any(says_so), "{found:?}");
    }
}

fn is_no_evidence(diagnosis: &Diagnosis) -> bool {
    matches!(
        diagnosis.kind,
        Kind::Unreadable | Kind::NotABounce | Kind::Arrived
    )
}

/// Whether no line of a text would end a part, and no program on the way would change it.
fn travels_as_it_is(evidence: &[u8]) -> bool {
    let is_plain = |byte: &u8| matches!(byte, b'\n' | b'\t' | 0x20..=0x7e);
    // Programs encode a `From ` line, where a mailbox would be split.
    let is_mailbox = String::from_utf8_lossy(evidence)
        .lines()
        .any(|line| line.starts_with("From "));
    evidence.iter().all(is_plain) && evidence.ends_with(b"\n") && !is_mailbox
}

/// An ordinary mail with these files.
fn mail_with(files: &[(&[u8], Transfer)]) -> Vec<u8> {
    let part = |(bytes, transfer): &(&[u8], Transfer)| match transfer {
        Transfer::Base64 => format!(
            "Content-Type: application/octet-stream; name=\"bestand\"\nContent-Transfer-Encoding: base64\n\n{}",
            base64(bytes)
        ),
        Transfer::Plain => format!(
            "Content-Type: application/octet-stream; name=\"bestand\"\n\n{}",
            String::from_utf8_lossy(bytes)
        ),
    };
    multipart(&files.iter().map(part).collect::<Vec<_>>()).into_bytes()
}

fn multipart(parts: &[String]) -> String {
    let parts = parts.iter().map(|part| format!("--bijlagen\n{part}\n"));
    format!(
        "From: Els Maes <els@example.com>\nTo: helpdesk@example.net\nSubject: Deze kwam terug\nContent-Type: \
         multipart/mixed; boundary=bijlagen\n\n--bijlagen\nContent-Type: text/plain\n\nDag,\n\nZie bijlage.\n\n{}--bijlagen--\n",
        parts.collect::<String>()
    )
}

fn bounce(number: usize) -> Vec<u8> {
    format!(
        "From: MAILER-DAEMON@mail.example.com\nTo: els@example.com\nSubject: Undelivered Mail Returned to Sender\n\n\
         <n{number}@example.be>: host mx.example.be said: 550 5.1.1 User unknown\n"
    )
    .into_bytes()
}

/// Base64 (RFC 4648) in lines of a mail.
fn base64(bytes: &[u8]) -> String {
    const LETTERS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut text = String::new();
    for (group, three) in bytes.chunks(3).enumerate() {
        let bits = three
            .iter()
            .fold(0, |bits, byte| bits << 8 | u32::from(*byte))
            << (8 * (3 - three.len()));
        for place in 0..4 {
            let letter = LETTERS[(bits >> (18 - 6 * place) & 63) as usize];
            text.push(if place <= three.len() {
                char::from(letter)
            } else {
                '='
            });
        }
        if group % 19 == 18 {
            text.push('\n');
        }
    }
    text
}
