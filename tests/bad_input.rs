//! Broken evidence gets an answer: a problem or a partial reading, never a panic or silence.

use crate::support::{archive, bytes, fixtures, options};
use bezorgd::model::{Cause, Diagnosis, Kind, ProblemCode, Recipient};
use bezorgd::{Options, Reading, analyse};
use std::fs;
use std::io::{Cursor, Read};
use std::path::Path;
use zip::CompressionMethod;

/// Longer fixtures are cut at this many evenly spread lengths instead of at every one.
const CUTS: usize = 250;

#[test]
fn every_fixture_cut_at_every_length_is_answered() {
    for fixture in fixtures() {
        let bytes = bytes(&fixture);
        for length in (0..bytes.len()).step_by(bytes.len() / CUTS + 1) {
            answered(
                &bytes[..length],
                &options(),
                &format!("{} cut at {length}", fixture.display()),
            );
        }
    }
}

#[test]
fn every_fixture_with_bytes_flipped_is_answered() {
    for fixture in fixtures() {
        let good = bytes(&fixture);
        // A different part of the file each round, so that every byte is hit at least once.
        for offset in 0..16.min(good.len()) {
            for mask in [0x80, 0x20, 0xFF] {
                let mut bad = good.clone();
                bad.iter_mut()
                    .skip(offset)
                    .step_by(16)
                    .for_each(|byte| *byte ^= mask);
                answered(
                    &bad,
                    &options(),
                    &format!("{} with {mask:#x} at {offset}", fixture.display()),
                );
            }
        }
    }
}

/// The checksums of an archive reveal damage to a workbook, but not damage that was packed.
#[test]
fn workbooks_with_damage_packed_in_them_are_answered() {
    let workbooks = fixtures().into_iter().filter(|fixture| {
        fixture
            .extension()
            .is_some_and(|name| name == "xlsx" || name == "ods")
    });
    let mut damaged = 0;
    for fixture in workbooks {
        let Ok(parts) = parts(&bytes(&fixture)) else {
            continue; // Locked, or cut off.
        };
        for (place, (name, part)) in parts.iter().enumerate() {
            let mut with = |bytes: Vec<u8>, what: String| {
                let mut parts = parts.clone();
                parts[place].1 = bytes;
                let what = format!("{}: {name} {what}", fixture.display());
                answered(
                    &archive(&parts, CompressionMethod::Stored),
                    &options(),
                    &what,
                );
                damaged += 1;
            };
            for length in (0..part.len()).step_by(part.len() / 12 + 1) {
                with(part[..length].to_vec(), format!("cut at {length}"));
                for byte in *b"<>/\"&9\0" {
                    let mut bad = part.clone();
                    bad[length] = byte;
                    with(bad, format!("with {byte:#x} at {length}"));
                }
            }
        }
    }
    assert!(damaged > 0);
}

/// The names and contents of the files in a workbook.
fn parts(workbook: &[u8]) -> zip::result::ZipResult<Vec<(String, Vec<u8>)>> {
    let mut archive = zip::ZipArchive::new(Cursor::new(workbook))?;
    (0..archive.len())
        .map(|index| {
            let mut file = archive.by_index(index)?;
            let mut bytes = Vec::new();
            file.read_to_end(&mut bytes)?;
            Ok((file.name()?.into_owned(), bytes))
        })
        .collect()
}

/// Real mails have more kinds of trouble than anyone invents.
#[test]
fn labelled_mails_cut_or_with_bytes_flipped_are_answered() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/corpus/mail");
    let Ok(entries) = fs::read_dir(&folder) else {
        println!("skipped: ../shared/corpus, with the labelled mails, is not there");
        return;
    };
    for entry in entries {
        let path = entry.expect("a readable entry").path();
        let good = bytes(&path);
        for part in 1..8 {
            let length = good.len() * part / 8;
            let what = format!("{} cut at {length}", path.display());
            answered(&good[..length], &options(), &what);
        }
        for (offset, mask) in [(0, 0x80), (7, 0x20), (13, 0xFF)] {
            let mut bad = good.clone();
            let hit = bad.iter_mut().skip(offset).step_by(97);
            hit.for_each(|byte| *byte ^= mask);
            let what = format!("{} with {mask:#x} from {offset}", path.display());
            answered(&bad, &options(), &what);
        }
    }
}

#[test]
fn a_file_without_evidence_says_so() {
    let unreadable = |bytes: &[u8]| {
        let diagnoses = analyse("iets", bytes, &options());
        assert_eq!(diagnoses.len(), 1);
        assert_eq!(diagnoses[0].kind, Kind::Unreadable);
        diagnoses[0].problems[0].code
    };
    assert_eq!(unreadable(b""), ProblemCode::Empty);
    assert_eq!(unreadable(b"\xEF\xBB\xBF\r\n"), ProblemCode::Empty);
    assert_eq!(unreadable(b"\x89PNG\r\n\x1a\n"), ProblemCode::UnknownFormat);
    assert_eq!(unreadable(&[0; 10_000]), ProblemCode::UnknownFormat);
    assert_eq!(unreadable(b"!BDN\0"), ProblemCode::UnsupportedFormat);
    assert_eq!(
        unreadable(b"Naam;Klas\nAn;3A\nBo;3B\n"),
        ProblemCode::NoAddressColumn
    );
}

/// A mailbox of Outlook can be many gigabytes, none of which are read.
#[test]
fn a_file_that_can_hold_no_evidence_is_refused_after_its_first_bytes() {
    let mut reading = Reading::new("postvak.pst", &options());
    for slice in [&b"!BDN"[..], &[0; 5_000]]
        .into_iter()
        .chain([&b"550 5.1.1 <an@example.be>\n"[..]; 9])
    {
        assert!(reading.feed_to_vec(slice).is_empty());
    }
    assert!(!reading.needs_unpacker());
    let found = reading.finish_to_vec();
    assert_eq!(found.len(), 1);
    assert_eq!(found[0].problems[0].code, ProblemCode::UnsupportedFormat);
}

/// Wherever a mailbox is torn in two, only the torn message is read differently.
#[test]
fn both_halves_of_a_torn_mailbox_are_read() {
    let (mailbox, starts) = mailbox();
    let messages = analyse("heel.mbox", &mailbox, &options());
    assert_eq!(messages.len(), MESSAGES);
    for tear in (1..mailbox.len()).filter(|place| !starts.contains(place)) {
        let torn = starts.iter().rposition(|start| *start < tear).expect("one");
        let (first, second) = mailbox.split_at(tear);
        let (first, second) = (
            analyse("eerste.mbox", first, &options()),
            analyse("tweede.mbox", second, &options()),
        );
        let before = &messages[..torn];
        assert!(first.len() >= torn, "torn at {tear}: {first:#?}");
        assert_eq!(said(before), said(&first[..torn]), "torn at {tear}");
        let after = &messages[torn + 1..];
        let found = second.len().checked_sub(after.len());
        let found = found.unwrap_or_else(|| panic!("torn at {tear}: {second:#?}"));
        assert_eq!(said(after), said(&second[found..]), "torn at {tear}");
    }
}

/// Blocks of NUL bytes remain if a computer stops while it writes.
#[test]
fn messages_around_blocks_of_nul_bytes_are_read() {
    let (mailbox, starts) = mailbox();
    let messages = analyse("heel.mbox", &mailbox, &options());
    for start in (starts[1] - 200..starts[2] - 200).step_by(7) {
        let mut damaged = mailbox.clone();
        damaged[start..start + 150].fill(0);
        let found = said(&analyse("stuk.mbox", &damaged, &options()));
        let hit = |place: usize| start < starts[place + 1] && start + 150 > starts[place];
        for (place, message) in said(&messages).iter().enumerate() {
            assert!(
                hit(place) || found.contains(message),
                "message {place}, written over at {start}: {found:#?}"
            );
        }
    }
}

/// Without its header, a mail cannot be identified as a bounce.
#[test]
fn the_rest_of_an_ordinary_mail_is_no_bounce() {
    let (mailbox, _) = mailbox();
    let rest = b"de mailbox van Piet is vol, zei hij, en mijn bericht kon niet worden bezorgd.\n\n";
    let found = analyse("rest.mbox", &[rest, &mailbox[..]].concat(), &options());
    assert_eq!(found.len(), MESSAGES + 1);
    assert_eq!(found[0].kind, Kind::Unreadable);
    assert_eq!(found[0].problems[0].code, ProblemCode::Truncated);
}

/// How many messages are in the mailbox that the tests damage.
const MESSAGES: usize = 4;

/// A mailbox of bounces and ordinary mails, and the place where each message begins and the last ends.
fn mailbox() -> (Vec<u8>, [usize; MESSAGES + 1]) {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/bounces");
    let mut mailbox = Vec::new();
    let mut starts = [0; MESSAGES + 1];
    let names = [
        "two-recipients-exim",
        "status-without-diagnostic",
        "ordinary-mail-about-a-bounce",
        "gmail-permanent-failure",
    ];
    for (start, name) in starts.iter_mut().zip(names) {
        *start = mailbox.len();
        mailbox.extend_from_slice(b"From MAILER-DAEMON Thu Mar 12 08:00:00 2026\n");
        mailbox.extend_from_slice(&bytes(&folder.join(name).with_extension("eml")));
        mailbox.extend_from_slice(b"\n\n");
    }
    starts[MESSAGES] = mailbox.len();
    (mailbox, starts)
}

/// The kinds and recipients of messages, without their places.
fn said(diagnoses: &[Diagnosis]) -> Vec<(Kind, Vec<Recipient>)> {
    let diagnoses = diagnoses.iter();
    diagnoses
        .map(|diagnosis| (diagnosis.kind, diagnosis.recipients.clone()))
        .collect()
}

/// Only the front of a huge mail is read, because reports come first.
#[test]
fn a_huge_mail_is_shortened_with_a_problem() {
    let mut mail = b"From: MAILER-DAEMON@example.net\nSubject: Undelivered Mail\n\
        Content-Type: multipart/mixed; boundary=b\n\n--b\n\n\
        <jan@example.be>: 552 5.2.2 mailbox full\n\n--b\n\n"
        .to_vec();
    mail.resize(17 << 20, b'x');
    mail.extend_from_slice(b"\n--b--\n");
    let diagnoses = analyse("groot.eml", &mail, &options());
    let [diagnosis] = &diagnoses[..] else {
        panic!("one mail");
    };
    assert_eq!(diagnosis.recipients[0].cause, Cause::MailboxFull);
    let codes: Vec<_> = diagnosis
        .problems
        .iter()
        .map(|problem| problem.code)
        .collect();
    assert_eq!(codes, [ProblemCode::LongText, ProblemCode::Shortened]);
}

/// Checks that there is at least one diagnosis, and a problem wherever nothing could be read.
fn answered(bytes: &[u8], options: &Options, what: &str) {
    let diagnoses = analyse("stuk", bytes, options);
    assert!(!diagnoses.is_empty(), "{what}: no answer");
    for diagnosis in diagnoses {
        let silent = diagnosis.kind == Kind::Unreadable && diagnosis.problems.is_empty();
        assert!(!silent, "{what}: unreadable, without a reason");
    }
}
