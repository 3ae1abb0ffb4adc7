//! The readable summary as text: a few pieces of evidence, each with the summary in `summaries/`.
//!
//! `BLESS=1 cargo test -p bezorgd-cli --test summary` rewrites them; read the difference before you commit it. The
//! actual summary of a failing one is left in `target/tmp`.

use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};

/// What is summed up: the name of the summary, and the arguments.
const SUMMARIES: [(&str, &[&str]); 9] = [
    ("report", &["tests/fixtures/reports/pom.csv"]),
    ("workbook", &["tests/fixtures/workbooks/two-reports.xlsx"]),
    (
        "bounce-and-reply",
        &[
            "tests/fixtures/bounces/gmail-unknown-dutch.eml",
            "tests/fixtures/bounces/exchange-delay-dutch.eml",
            "tests/fixtures/bounces/automatic-answer-dutch.eml",
        ],
    ),
    ("mailbox", &["tests/fixtures/mailboxes/bounces.mbox"]),
    ("arrived", &["tests/fixtures/arrived/marked-as-spam.eml"]),
    (
        "wise",
        &[
            "tests/fixtures/reports/wise-overview.csv",
            "tests/fixtures/reports/wise-without-addresses.csv",
        ],
    ),
    (
        "problems",
        &[
            "tests/fixtures/reports/several-in-a-cell.csv",
            "tests/fixtures/reports/month-or-day-first.csv",
            "tests/fixtures/reports/hidden-characters.csv",
            "tests/fixtures/unreadable/damaged.xls",
            "tests/fixtures/unreadable/locked.xlsx",
            "tests/fixtures/unreadable/nothing.xlsx",
        ],
    ),
    (
        "expected",
        &[
            "--expected",
            "tests/fixtures/reports/pom-pasted.txt",
            "tests/fixtures/reports/dutch-status.csv",
        ],
    ),
    (
        "explanation",
        &["explain", "552 5.1.1 <jan@example.be>: Mailbox full"],
    ),
];

#[test]
fn every_summary_is_as_it_was() {
    let bless = std::env::var_os("BLESS").is_some();
    let mut failures = Vec::new();
    for (name, arguments) in SUMMARIES {
        let found = summary(arguments);
        let expected = Path::new(env!("CARGO_MANIFEST_DIR"))
            .join("tests/summaries")
            .join(name)
            .with_extension("txt");
        if bless {
            fs::write(&expected, &found).expect("a writable folder");
        } else if fs::read_to_string(&expected).ok().as_deref() != Some(&*found) {
            let instead = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("{name}.failed.txt"));
            fs::write(&instead, found).expect("a writable folder");
            failures.push(format!("diff {} {}", expected.display(), instead.display()));
        }
    }
    assert!(
        failures.is_empty(),
        "not as expected:\n{}",
        failures.join("\n")
    );
}

/// Whatever is read, no library writes to the terminal.
#[test]
fn nothing_but_the_summary_is_printed() {
    for form in [&[][..], &["--json"]] {
        assert!(!summary(&[form, &["tests/fixtures"]].concat()).is_empty());
    }
}

fn summary(arguments: &[&str]) -> String {
    let mut command = Command::new(env!("CARGO_BIN_EXE_bezorgd"));
    command
        .current_dir(concat!(env!("CARGO_MANIFEST_DIR"), "/../.."))
        .stdin(Stdio::null());
    if arguments[0] != "explain" {
        command.args(["--now", "2026-03-12T13:00:00+01:00"]);
    }
    let output = command.args(arguments).output().expect("the built program");
    assert_eq!(String::from_utf8_lossy(&output.stderr), "", "{arguments:?}");
    String::from_utf8(output.stdout).expect("UTF-8")
}
