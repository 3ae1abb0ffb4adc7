//! The host in the options applies to readings with those options, and to no others in the process.

use crate::support::options;
use bezorgd::model::{Format, NoWorkbook, ProblemCode};
use bezorgd::spreadsheet::Sheet;
use bezorgd::{
    ContainerPart, Host, Options, Reading, analyse, customers, needs_unpacker, not_attempted,
    workbook_writer,
};
use std::borrow::Cow;
use std::collections::HashSet;

/// A report of which only the second line is not UTF-8.
const LATIN: &[u8] = b"E-mail;Status;Omschrijving\nan@example.be;Failed;Bo\xEEte pleine\n";

#[test]
fn the_decoder_of_the_options_is_used_and_not_remembered() {
    let text = |options: &Options| {
        let diagnoses = analyse("report.csv", LATIN, options);
        diagnoses[0].recipients[0].attempts[0].text.to_string()
    };
    let native = options();
    let host = Host {
        decode: |label, _| Some(format!("an@example.be;Failed;Mailbox full, says {label}\n")),
        ..native.host
    };
    let own = Options {
        host,
        ..native.clone()
    };
    assert_eq!(text(&native), "Boîte pleine");
    assert_eq!(text(&own), "Mailbox full, says windows-1252");
    assert_eq!(text(&native), "Boîte pleine");
}

#[test]
fn the_unpacker_of_the_options_is_used() {
    let archive = b"PK\x03\x04";
    let reason = |options: &Options| {
        let diagnoses = analyse("a.zip", archive, options);
        diagnoses[0].problems.first().map(|problem| problem.code)
    };
    let native = options();
    let refusing = Options {
        host: Host {
            unpack: |_, _, _| Err(ProblemCode::UnpackerMissing),
            ..native.host
        },
        ..native.clone()
    };
    let sheet = Options {
        host: Host {
            unpack: |_, _, take| {
                let (name, format) = ("Blad1".into(), Format::Xlsx);
                take(ContainerPart::Sheet {
                    name,
                    format,
                    first_line: 1,
                });
                take(ContainerPart::Slice(Cow::Borrowed(
                    b"E-mail\tStatus\nan@example.be\tFailed\n",
                )));
                take(ContainerPart::End(None));
                Ok(())
            },
            ..native.host
        },
        ..native.clone()
    };
    assert_eq!(reason(&native), Some(ProblemCode::DamagedArchive));
    assert_eq!(reason(&refusing), Some(ProblemCode::UnpackerMissing));
    let read = analyse("a.zip", archive, &sheet);
    assert_eq!(read[0].format, Some(Format::Xlsx));
    assert_eq!(&*read[0].recipients[0].address, "an@example.be");
}

#[test]
fn an_outlook_message_is_opened_by_the_unpacker() {
    let message = include_bytes!("fixtures/outlook/ndr.msg");
    assert!(needs_unpacker(&message[..8]));
    let native = options();
    let refusing = Options {
        host: Host {
            unpack: |_, _, _| Err(ProblemCode::UnpackerMissing),
            ..native.host
        },
        ..native.clone()
    };
    let codes = |options: &Options| -> Vec<_> {
        let diagnoses = analyse("ndr.msg", message, options);
        let problems = diagnoses.iter().flat_map(|one| &one.problems);
        problems.map(|problem| problem.code).collect()
    };
    assert_eq!(codes(&native), []);
    assert_eq!(codes(&refusing), [ProblemCode::UnpackerMissing]);
}

#[test]
fn an_outlook_message_is_no_list_of_customers() {
    let message = include_bytes!("fixtures/outlook/ndr.msg");
    let (customers, problems) = customers("ndr.msg", message, &options());
    assert_eq!(customers, []);
    assert_eq!(problems[0].code, ProblemCode::UnsupportedFormat);
    let compared = not_attempted("ndr.msg", message, &HashSet::new(), &options());
    assert_eq!(compared.problems[0].code, ProblemCode::UnsupportedFormat);
}

#[test]
fn the_writer_of_the_host_is_used() {
    let sheet = Sheet {
        name: "Blad1".into(),
        rows: 0,
        columns: Vec::new(),
    };
    let written = workbook_writer::write(
        |_, _, _| Err(NoWorkbook::NoWriter),
        &sheet,
        &mut || None,
        &mut |_| {},
    );
    assert_eq!(written, Err(NoWorkbook::NoWriter));
}

#[test]
fn a_reading_announces_that_it_will_unpack() {
    const ATTACHED: &[u8] = b"\nUEsDBBQAAAAIAA==\n";
    let reading = |bytes: &[u8]| {
        let mut reading = Reading::new("a.bin", &options());
        reading.feed(bytes, &mut |_| {});
        reading
    };
    let undecided = reading(b"From");
    assert_eq!(undecided.name(), "a.bin");
    assert!(undecided.unpacks_while_fed(ATTACHED) && !undecided.unpacks_while_fed(b"text"));
    assert!(!undecided.needs_unpacker());
    assert!(reading(b"PK\x03\x04").needs_unpacker());
    let mail = format!(
        "From an@example.be Thu Mar 12 08:00:00 2026\nSubject: x\n\n{}\n",
        "text\n".repeat(1_000)
    );
    let mailbox = reading(mail.as_bytes());
    assert!(mailbox.unpacks_while_fed(ATTACHED) && !mailbox.unpacks_while_fed(b"text"));
    // Of any other format, everything is read at the end.
    assert!(!reading(&[b'x'; 5_000]).unpacks_while_fed(ATTACHED));
    let refused = reading(&[&b"\x89PNG\r\n\x1A\n"[..], &[0; 5_000]].concat());
    assert!(refused.is_refused() && !refused.unpacks_while_fed(ATTACHED));
}
