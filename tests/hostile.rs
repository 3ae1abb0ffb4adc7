//! Evidence that is made to exhaust a reader gets an answer, in memory proportional to its size; `growth.rs`
//! measures the time.
//!
//! One test in a program by itself, so that nothing else allocates meanwhile.

mod excel;
mod support;

use bezorgd::model::{Cause, Kind, ProblemCode};
use bezorgd::{Reading, analyse};
use excel::excel;
use peak_alloc::PeakAlloc;
use std::time::Instant;
use support::{archive, bytes, fixtures, options};
use zip::CompressionMethod;

#[global_allocator]
static MEMORY: PeakAlloc = PeakAlloc;

/// How much memory reading may take beside the evidence: this many times its size, unpacked if it is an
/// archive, and this many bytes more. The worst are header fields of a few bytes, for each of which
/// `mail-parser` keeps a record.
const TIMES_ITS_SIZE: usize = 48;
const AND_BYTES: usize = 32 << 20;

#[test]
fn evidence_made_to_exhaust_the_reader_gets_an_answer() {
    let plain = hostile().map(|(what, evidence)| (what, evidence.len(), evidence));
    for (what, size, evidence) in plain.chain(workbooks()) {
        MEMORY.reset_peak_usage();
        let before = MEMORY.current_usage();
        let start = Instant::now();
        let diagnoses = analyse("vijandig", &evidence, &options());
        let took = start.elapsed();
        let used = MEMORY.peak_usage().saturating_sub(before);
        println!(
            "{what}: {} kB, {} kB of memory, {took:?}",
            evidence.len() >> 10,
            used >> 10
        );
        assert!(!diagnoses.is_empty(), "{what}: no answer");
        for diagnosis in diagnoses {
            let silent = diagnosis.kind == Kind::Unreadable && diagnosis.problems.is_empty();
            assert!(!silent, "{what}: unreadable, without a reason");
        }
        let most = size * TIMES_ITS_SIZE + AND_BYTES;
        assert!(used < most, "{what}: {used} bytes of memory, of {most}");
    }
    a_workbook_is_measured_whatever_its_parts_are_called();
    a_mail_with_a_huge_attachment_does_not_fill_memory();
    a_file_without_an_end_is_refused_within_a_gigabyte();
}

fn a_file_without_an_end_is_refused_within_a_gigabyte() {
    MEMORY.reset_peak_usage();
    let before = MEMORY.current_usage();
    // As a pipe gives them: what is reserved is no power of two.
    let slice = vec![b'x'; 57_344];
    let mut reading = Reading::new("-", &options());
    let slices = (1..20_000).find(|_| {
        reading.feed(&slice, &mut |_| {});
        reading.is_refused()
    });
    let used = MEMORY.peak_usage().saturating_sub(before);
    assert!(slices.is_some(), "never refused");
    assert!(used < 900 << 20, "{used} bytes of memory");
    assert_eq!(
        reading.finish_to_vec()[0].problems[0].code,
        ProblemCode::TooLarge
    );
}

/// How much memory a workbook may take that is refused for its size.
const REFUSED: usize = 16 << 20;

/// A part is what the workbook says it is, and not what its name ends in.
fn a_workbook_is_measured_whatever_its_parts_are_called() {
    let (spaces, text) = (" ".repeat(24 << 20), "a".repeat(24 << 20));
    for (from, to, rows, shared) in [
        (
            "worksheets/sheet1.xml",
            "worksheets/sheet1.dat",
            &*spaces,
            "",
        ),
        ("sharedStrings.xml", "sharedStrings.XML", "", &*text),
        ("sharedStrings.xml", "media/image1.png", "", &*text),
    ] {
        let files = excel(rows, shared).into_iter().map(|(name, bytes)| {
            let name = name.replace(from, to);
            if name.ends_with(".rels") {
                let text = String::from_utf8(bytes).expect("text");
                return (name, text.replace(from, to).into_bytes());
            }
            (name, bytes)
        });
        let workbook = archive(&files.collect::<Vec<_>>(), CompressionMethod::Deflated);
        MEMORY.reset_peak_usage();
        let before = MEMORY.current_usage();
        let diagnoses = analyse("vijandig.xlsx", &workbook, &options());
        let used = MEMORY.peak_usage().saturating_sub(before);
        let problems = diagnoses.iter().flat_map(|one| &one.problems);
        let codes: Vec<_> = problems.map(|problem| problem.code).collect();
        assert_eq!(codes, [ProblemCode::TooLarge], "{to}");
        assert!(used < REFUSED, "{to}: {used} bytes of memory, of {REFUSED}");
    }
}

/// How much memory reading a mailbox may take, whatever is in it.
const MAILBOX: usize = 100 << 20;

/// A mailbox is read message by message, and only the front of each is kept.
fn a_mail_with_a_huge_attachment_does_not_fill_memory() {
    const SIZE: usize = 200 << 20;
    let line = [b"QmV6b3JnZA==".repeat(6), b"\n".to_vec()]
        .concat()
        .repeat(1_000);
    let with_attachment = format!(
        "{HEAD}Content-Type: multipart/mixed; boundary=b\n\n--b\n\n<els@example.be>: 552 5.2.2 \
         mailbox full\n\n--b\nContent-Type: application/zip\nContent-Transfer-Encoding: base64\n\n"
    );
    let bounce = |name: &str| format!("{FROM}{HEAD}\n<{name}@example.be>: 550 5.1.1 unknown\n\n");

    MEMORY.reset_peak_usage();
    let (before, start) = (MEMORY.current_usage(), Instant::now());
    let mut reading = Reading::new("groot.mbox", &options());
    let mut found = Vec::new();
    let mut feed = |slice: &[u8]| reading.feed(slice, &mut |diagnosis| found.push(diagnosis));
    feed(bounce("jan").as_bytes());
    feed(format!("{FROM}{with_attachment}").as_bytes());
    (0..SIZE / line.len()).for_each(|_| feed(&line));
    feed(format!("--b--\n\n{}", bounce("piet")).as_bytes());
    reading.finish(&mut |diagnosis| found.push(diagnosis));
    let used = MEMORY.peak_usage().saturating_sub(before);
    println!(
        "an attachment of 200 MB: {} kB of memory, {:?}",
        used >> 10,
        start.elapsed()
    );

    let causes: Vec<Cause> = found.iter().map(|one| one.recipients[0].cause).collect();
    assert_eq!(
        causes,
        [
            Cause::AddressUnknown,
            Cause::MailboxFull,
            Cause::AddressUnknown
        ]
    );
    assert_eq!(found[1].problems[0].code, ProblemCode::Shortened);
    assert!(used < MAILBOX, "{used} bytes of memory, of {MAILBOX}");
}

const FROM: &str = "From MAILER-DAEMON Thu Mar 12 08:00:00 2026\n";

/// The evidence, each with a description.
fn hostile() -> impl Iterator<Item = (String, Vec<u8>)> {
    let mails = [
        ("a header field of 10 MB", long_field()),
        ("a folded header field of 10 MB", folded_field()),
        ("10 MB of header fields", many_fields()),
        ("60,000 recipients", many_recipients()),
        ("10,000 parts", many_parts()),
        ("1,000 multiparts in one another", nested_parts()),
        ("1,000 mails in one another", nested_mails()),
        (
            "10 MB of opening brackets",
            bounce_saying(&"<".repeat(10 << 20)),
        ),
        (
            "10 MB of addresses",
            bounce_saying(&"an@example.be ".repeat(750_000)),
        ),
        (
            "10 MB on one line",
            bounce_saying(&"550 ".repeat(2_600_000)),
        ),
        ("100,000 attempts at one address", one_address()),
    ];
    let mails = mails
        .into_iter()
        .map(|(what, mail)| (what.to_owned(), mail));
    mails.chain(looping_messages()).chain(wrong_charsets())
}

const HEAD: &str = "From: MAILER-DAEMON@example.be\r\nTo: an@example.be\r\n\
    Subject: Undelivered Mail Returned to Sender\r\nMIME-Version: 1.0\r\n";

fn long_field() -> Vec<u8> {
    format!(
        "{HEAD}X-Long: {}\r\n\r\n550 5.1.1 unknown\r\n",
        "x".repeat(10 << 20)
    )
    .into()
}

fn folded_field() -> Vec<u8> {
    format!(
        "{HEAD}Received: a{}\r\n\r\n550 5.1.1 unknown\r\n",
        "\r\n b".repeat(2_600_000)
    )
    .into()
}

fn many_fields() -> Vec<u8> {
    format!(
        "{HEAD}{}\r\n550 5.1.1 unknown\r\n",
        "X-A: bcd\r\n".repeat(1 << 20)
    )
    .into()
}

fn many_recipients() -> Vec<u8> {
    let mut mail = format!(
        "{HEAD}Content-Type: multipart/report; report-type=delivery-status; boundary=b\r\n\r\n\
         --b\r\nContent-Type: message/delivery-status\r\n\r\nReporting-MTA: dns; example.be\r\n\r\n"
    );
    for number in 0..60_000 {
        mail.push_str(&format!(
            "Final-Recipient: rfc822; n{number}@example.be\r\nAction: failed\r\nStatus: 5.1.1\r\n\r\n"
        ));
    }
    mail.push_str("--b--\r\n");
    mail.into()
}

fn many_parts() -> Vec<u8> {
    let parts = "--b\r\nContent-Type: text/plain\r\n\r\n550 5.1.1 unknown\r\n".repeat(10_000);
    format!("{HEAD}Content-Type: multipart/mixed; boundary=b\r\n\r\n{parts}--b--\r\n").into()
}

fn nested_parts() -> Vec<u8> {
    let mut mail = HEAD.to_owned();
    for level in 0..1_000 {
        mail.push_str(&format!(
            "Content-Type: multipart/mixed; boundary=b{level}\r\n\r\n--b{level}\r\n"
        ));
    }
    mail.push_str("\r\n550 5.1.1 unknown\r\n");
    mail.into()
}

fn nested_mails() -> Vec<u8> {
    format!("{HEAD}Content-Type: message/rfc822\r\n\r\n")
        .repeat(1_000)
        .into()
}

fn bounce_saying(words: &str) -> Vec<u8> {
    format!("{HEAD}\r\nYour message could not be delivered:\r\n\r\n{words}\r\n").into()
}

/// A report with one address and a different document in each row.
fn one_address() -> Vec<u8> {
    let mut report = String::from("Document;E-mailadres;Datum;Status;Omschrijving\n");
    for row in 0..100_000 {
        report.push_str(&format!(
            "F{row};an@example.be;12/03/2026 08:00:11;FAILED;The user’s mailbox is full.\n"
        ));
    }
    report.into()
}

/// An Outlook message in which, each time, another sector is followed by itself.
fn looping_messages() -> impl Iterator<Item = (String, Vec<u8>)> {
    let fixture = fixtures()
        .into_iter()
        .find(|fixture| fixture.ends_with("outlook/ndr.msg"))
        .expect("the fixture of an Outlook message");
    let message = bytes(&fixture);
    let number = |at: usize| {
        let bytes = message[at..at + 4].try_into().expect("four bytes");
        u32::from_le_bytes(bytes) as usize
    };
    // MS-CFB, section 2.2: the places of the first sectors of the chain of sector tables (DIFAT) and of
    // the table of small sectors.
    let tables = [number(0x4C), number(0x3C)];
    let entries: Vec<(usize, usize)> = tables
        .iter()
        .flat_map(|sector| (0..128).map(move |entry| (512 * (sector + 1) + 4 * entry, entry)))
        .filter(|(at, _)| number(*at) < message.len() / 64)
        .collect();
    assert!(entries.len() > 10, "the chains of sectors were not found");
    entries.into_iter().map(move |(at, entry)| {
        let mut looping = message.clone();
        looping[at..at + 4].copy_from_slice(&(entry as u32).to_le_bytes());
        (format!("a message that loops at {at:#x}"), looping)
    })
}

/// Workbooks that claim or unpack to far more than their size, each with its unpacked size.
fn workbooks() -> impl Iterator<Item = (String, usize, Vec<u8>)> {
    let cell = |place: &str| format!("<c r=\"{place}\" t=\"inlineStr\"><is><t>a@b.be</t></is></c>");
    let rows = |count: u32, column: &str| -> String {
        let row = |row| format!("<row r=\"{row}\">{}</row>", cell(&format!("{column}{row}")));
        (1..=count).map(row).collect()
    };
    let corners = format!(
        "<row r=\"1\">{}</row><row r=\"1048576\">{}</row>",
        cell("A1"),
        cell("XFD1048576")
    );
    let shared = "<row><c t=\"s\"><v>0</v></c></row>".repeat(30_000);
    let long = "x".repeat(500_000);
    let repeated = |columns: &str, rows: &str, text: &str| {
        format!(
            "<table:table-row table:number-rows-repeated=\"{rows}\"><table:table-cell \
             table:number-columns-repeated=\"{columns}\" office:value-type=\"string\">\
             <text:p>{text}</text:p></table:table-cell></table:table-row>"
        )
    };
    let packages = [
        ("a sheet with a cell in two corners", excel(&corners, "")),
        (
            "100,000 rows of a cell far to the right",
            excel(&rows(100_000, "IV"), ""),
        ),
        ("a text of 500 kB in 30,000 cells", excel(&shared, &long)),
        (
            "a row with a number that no sheet has",
            excel("<row r=\"4294967295\"><c t=\"s\"><v>0</v></c></row>", "a"),
        ),
        (
            "300 MB of spaces in a workbook",
            excel(&" ".repeat(300 << 20), ""),
        ),
        (
            "a cell repeated over an entire sheet",
            open_document(&repeated("16384", "1048576", "a")),
        ),
        (
            "a text of 500 kB repeated over a row",
            open_document(&repeated("16384", "1", &long)),
        ),
        (
            "rows repeated without end",
            open_document(&repeated("1", "4294967295", "a").repeat(2)),
        ),
    ];
    let packages = packages.into_iter().map(|(what, files)| {
        let size = files.iter().map(|(_, bytes)| bytes.len()).sum();
        (
            what.to_owned(),
            size,
            archive(&files, CompressionMethod::Deflated),
        )
    });
    packages.chain(stretched_workbook())
}

fn open_document(rows: &str) -> Vec<(String, Vec<u8>)> {
    let kind = "application/vnd.oasis.opendocument.spreadsheet";
    let content = format!(
        "<office:document-content><office:body><office:spreadsheet><table:table table:name=\"a\">\
         {rows}</table:table></office:spreadsheet></office:body></office:document-content>"
    );
    vec![
        ("mimetype".to_owned(), kind.as_bytes().to_vec()),
        ("content.xml".to_owned(), content.into_bytes()),
    ]
}

/// A binary workbook with a cell in the last possible row and column.
fn stretched_workbook() -> impl Iterator<Item = (String, usize, Vec<u8>)> {
    let fixture = fixtures()
        .into_iter()
        .find(|fixture| fixture.ends_with("workbooks/report.xls"))
        .expect("the fixture of a binary workbook");
    let mut workbook = bytes(&fixture);
    // The record of a text cell (LabelSst, MS-XLS 2.4.149), ten bytes long.
    let cell = workbook
        .windows(4)
        .position(|head| head == [0xFD, 0, 10, 0]);
    let cell = cell.expect("a cell with a text");
    workbook[cell + 4..cell + 8].fill(0xFF);
    let what = "a binary workbook with a cell in the last corner".to_owned();
    std::iter::once((what, workbook.len(), workbook))
}

/// Every byte, declared as charsets that do not have it or do not exist.
fn wrong_charsets() -> impl Iterator<Item = (String, Vec<u8>)> {
    const CHARSETS: [&str; 12] = [
        "utf-8",
        "utf-7",
        "utf-16",
        "utf-16be",
        "utf-32",
        "iso-2022-jp",
        "shift_jis",
        "gb18030",
        "big5",
        "windows-1252",
        "ansi_x3.4-1968",
        "geen-naam",
    ];
    let encodings = ["8bit", "base64", "quoted-printable", "x-geen"];
    CHARSETS.into_iter().flat_map(move |charset| {
        encodings.into_iter().map(move |encoding| {
            let head = format!(
                "{HEAD}Content-Type: text/plain; charset=\"{charset}\"\r\n\
                 Content-Transfer-Encoding: {encoding}\r\n\r\n550 5.1.1 <an@example.be> unknown\r\n"
            );
            let every_byte = (0..=u8::MAX).cycle().skip(7).take(5_000);
            let mail = head.into_bytes().into_iter().chain(every_byte).collect();
            (format!("{charset} in {encoding}"), mail)
        })
    })
}
