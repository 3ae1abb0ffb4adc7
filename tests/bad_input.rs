//! Broken evidence gets an answer: a problem line or a partial reading, never a panic or silence.

mod support;

use bezorgd::model::{Cause, Kind, ProblemCode};
use bezorgd::{Options, analyse};
use std::fs;
use std::io::{Cursor, Read};
use std::path::Path;
use support::{bytes, fixtures, options, packed};

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

/// What a workbook is packed in guards it against damage, but not against those who pack damage.
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
                answered(&packed(&parts), &options(), &what);
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

/// The files in a workbook, by name.
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

/// Real mails have more kinds of trouble in them than anyone invents.
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
fn what_holds_no_evidence_says_so() {
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
    assert_eq!(
        unreadable(b"Naam;Klas\nAn;3A\nBo;3B\n"),
        ProblemCode::NoAddressColumn
    );
}

/// As much of a mail as is read of one in a mailbox; reports stand at the front.
#[test]
fn a_huge_mail_is_shortened_and_says_so() {
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
    assert_eq!(codes, [ProblemCode::Shortened]);
}

/// At least one diagnosis, and a reason wherever nothing could be read.
fn answered(bytes: &[u8], options: &Options, what: &str) {
    let diagnoses = analyse("stuk", bytes, options);
    assert!(!diagnoses.is_empty(), "{what}: no answer");
    for diagnosis in diagnoses {
        let silent = diagnosis.kind == Kind::Unreadable && diagnosis.problems.is_empty();
        assert!(!silent, "{what}: unreadable, without a reason");
    }
}
