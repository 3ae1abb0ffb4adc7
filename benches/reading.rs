//! Times reading of evidence, beside the least that any reader has to do: parsing the mails with
//! `mail-parser` alone, and splitting the table with `csv` alone, in the same run.
//!
//! The bars are twice that time for mails and five times for a table; nothing fails on them here, because
//! the same code takes longer on a busy computer. Compare the column `fastest` first: a few of the many
//! samples find the computer idle.

use bezorgd::model::Moment;
use bezorgd::{Options, Reading, analyse, customers};
use divan::counter::{BytesCount, ItemsCount};
use divan::{Bencher, black_box};
use mail_parser::MessageParser;
use std::fmt::Write;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::LazyLock;

/// Labelled mails of other people, beside the repository; may be absent.
const CORPUS: &str = "../shared/corpus/mail";

/// How many rows the table has.
const ROWS: usize = 100_000;

/// How often to read all mails.
const SAMPLES: u32 = 300;

/// The size of the slices in which the page passes a mailbox, in bytes.
const SLICE: usize = 8 << 20;

static MAILS: LazyLock<Vec<Vec<u8>>> = LazyLock::new(|| {
    let entries = fs::read_dir(mails_folder()).expect("a readable folder");
    let mut files: Vec<PathBuf> = entries
        .map(|entry| entry.expect("a readable entry").path())
        .filter(|path| path.extension().is_some_and(|extension| extension == "eml"))
        .collect();
    files.sort();
    let mails = files
        .iter()
        .map(|file| fs::read(file).expect("a readable mail"));
    mails.collect()
});

static MAILBOX: LazyLock<Vec<u8>> = LazyLock::new(|| {
    let mut mailbox = Vec::new();
    for mail in MAILS.iter() {
        mailbox.extend_from_slice(b"From MAILER-DAEMON Thu Mar 12 08:00:00 2026\n");
        mailbox.extend_from_slice(mail);
        mailbox.extend_from_slice(b"\n\n");
    }
    mailbox
});

static TABLE: LazyLock<String> = LazyLock::new(|| {
    const ANSWERS: [(&str, &str); 6] = [
        ("DELIVERED", ""),
        (
            "FAILED",
            "The email was rejected by the recipient’s mail server. The user’s mailbox is full.",
        ),
        (
            "FAILED",
            "The email was rejected by the recipient’s mail server. Retrying might result in a \
             successful delivery.",
        ),
        ("DELIVERED", ""),
        (
            "FAILED",
            "The email was rejected by the recipient’s mail server. It will be blacklisted to \
             prevent further bounces.",
        ),
        ("FAILED", "EmailAddress of recipient is blacklisted."),
    ];
    let mut table = String::from("Batch;Document;E-mailadres;Datum;Status;Omschrijving\r\n");
    for row in 0..ROWS {
        let (status, words) = ANSWERS[row % ANSWERS.len()];
        let (school, day, minute) = (row % 97, row % 28 + 1, row % 60);
        // Writing to a string cannot fail.
        let _ = write!(
            table,
            "2026-03;F2026/{row:06};Ouder{row}@school{school}.example;{day:02}/02/2026 \
             08:{minute:02}:15;{status};{words}\r\n",
        );
    }
    table
});

/// The allocator of the command line, for the measured code and its baseline.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() {
    println!("{} mails of {}", MAILS.len(), mails_folder().display());
    divan::main();
}

/// Mails, one by one.
mod mails {
    use super::*;

    #[divan::bench(sample_count = SAMPLES)]
    fn bezorgd(bencher: Bencher) {
        mails(bencher, |mail| {
            black_box(analyse("mail.eml", mail, &options()));
        });
    }

    #[divan::bench(sample_count = SAMPLES)]
    fn mail_parser(bencher: Bencher) {
        mails(bencher, |mail| {
            black_box(MessageParser::default().parse(mail));
        });
    }

    fn mails(bencher: Bencher, read: impl Fn(&[u8]) + Sync) {
        let size: usize = MAILS.iter().map(Vec::len).sum();
        bencher
            .counter(ItemsCount::new(MAILS.len()))
            .counter(BytesCount::new(size))
            .bench(|| MAILS.iter().for_each(|mail| read(black_box(mail))));
    }
}

/// The same mails as one mailbox, in slices as from the page; compare with `mails::mail_parser`.
mod mailbox {
    use super::*;

    #[divan::bench]
    fn bezorgd(bencher: Bencher) {
        bencher
            .counter(ItemsCount::new(MAILS.len()))
            .counter(BytesCount::new(MAILBOX.len()))
            .bench(|| {
                let mut reading = Reading::new("bounces.mbox", &options());
                let mut found = |diagnosis| {
                    black_box(diagnosis);
                };
                for slice in MAILBOX.chunks(SLICE) {
                    reading.feed(slice, &mut found);
                }
                reading.finish(&mut found);
            });
    }
}

/// A POM report.
mod table {
    use super::*;

    #[divan::bench(sample_count = 20)]
    fn bezorgd(bencher: Bencher) {
        rows(bencher, |table| {
            black_box(analyse("rapport.csv", table.as_bytes(), &options()));
        });
    }

    #[divan::bench(sample_count = 20)]
    fn csv(bencher: Bencher) {
        rows(bencher, |table| {
            let mut reader = ::csv::ReaderBuilder::new()
                .delimiter(b';')
                .has_headers(false)
                .from_reader(table.as_bytes());
            for record in reader.records() {
                let _ = black_box(record);
            }
        });
    }

    fn rows(bencher: Bencher, read: impl Fn(&str) + Sync) {
        bencher
            .counter(ItemsCount::new(ROWS))
            .counter(BytesCount::new(TABLE.len()))
            .bench(|| read(&TABLE));
    }
}

/// The borrowers of all libraries in a region.
mod customers {
    use super::*;

    const BORROWERS: usize = 200_000;

    static LIST: LazyLock<String> = LazyLock::new(|| {
        let header = "Filiaal;Lener;Geboortedatum;E-mail;E-mail bcc;Bounces\r\n";
        let rows = (0..BORROWERS).map(|row| {
            let (day, year, library) = (row % 28 + 1, 1930 + row % 90, row % 97);
            let address = match row % 10 {
                0 => String::new(),
                1 => format!("an{row}@example.be; bo{row}@example.be"),
                _ => format!("an{row}@example.be"),
            };
            let bcc = if row % 7 == 0 { "Mia@example.be" } else { "" };
            let bounces = row % 6;
            format!(
                "BIB{library};{:08} Peeters, Marc;{day:02}/03/{year};{address};{bcc};{bounces}\r\n",
                row + 10_000_000,
            )
        });
        std::iter::once(header.to_owned()).chain(rows).collect()
    });

    #[divan::bench(sample_count = 20)]
    fn bezorgd(bencher: Bencher) {
        bencher
            .counter(ItemsCount::new(BORROWERS))
            .counter(BytesCount::new(LIST.len()))
            .bench(|| black_box(customers("leners.csv", LIST.as_bytes(), &options())));
    }
}

fn options() -> Options {
    let now = Moment::parse_rfc3339("2026-03-12T13:00:00+01:00").expect("a valid date");
    Options::new(now)
}

/// The labelled mails, or else the mails among the fixtures.
fn mails_folder() -> PathBuf {
    let project = Path::new(env!("CARGO_MANIFEST_DIR"));
    let corpus = project.join(CORPUS);
    if corpus.is_dir() {
        corpus
    } else {
        project.join("tests/fixtures/bounces")
    }
}
