//! Every fixture gives the JSON in the file beside it, under any name and with either line ending.
//!
//! `BLESS=1 cargo test --test main fixtures` rewrites the expected JSON; read the difference before
//! you commit it. The actual JSON of a failing fixture is left in `target/tmp`.

use crate::support::{EXPECTED, bytes, fixtures, options};
use bezorgd::analyse;
use bezorgd::model::{Diagnosis, Format};
use serde_json::Value;
use std::fs;
use std::path::{Path, PathBuf};

#[test]
fn every_fixture_gives_the_expected_json() {
    let bless = std::env::var_os("BLESS").is_some();
    let mut failures = Vec::new();
    for fixture in fixtures() {
        let found = pretty(&read(&fixture));
        if bless {
            fs::write(expectation(&fixture), &found).expect("a writable folder");
        } else if fs::read_to_string(expectation(&fixture)).ok().as_deref() != Some(&*found) {
            let name = fixture.file_name().expect("a file");
            let instead = Path::new(env!("CARGO_TARGET_TMPDIR"))
                .join(name)
                .with_extension("failed.json");
            fs::write(&instead, found).expect("a writable folder");
            failures.push(format!(
                "diff {} {}",
                expectation(&fixture).display(),
                instead.display()
            ));
        }
    }
    assert!(
        failures.is_empty(),
        "not as expected:\n{}",
        failures.join("\n")
    );
}

#[test]
fn absent_fields_are_omitted_from_the_json() {
    for fixture in fixtures() {
        let found = serde_json::to_value(read(&fixture)).expect("plain data");
        assert!(!contains_null(&found), "{}", fixture.display());
    }
}

fn contains_null(value: &Value) -> bool {
    match value {
        Value::Null => true,
        Value::Array(values) => values.iter().any(contains_null),
        Value::Object(fields) => fields.values().any(contains_null),
        Value::Bool(_) | Value::Number(_) | Value::String(_) => false,
    }
}

#[test]
fn a_name_is_only_a_hint() {
    for fixture in fixtures() {
        let named = read(&fixture);
        let nameless = analyse("onbekend", &bytes(&fixture), &options());
        assert_eq!(
            without_names(named),
            without_names(nameless),
            "{}",
            fixture.display()
        );
    }
}

#[test]
fn line_endings_do_not_matter() {
    let mut compared = 0;
    for fixture in fixtures() {
        // Binary formats and UTF-16 have no line endings of this kind.
        let Ok(text) = String::from_utf8(bytes(&fixture)) else {
            continue;
        };
        let unix = text.replace("\r\n", "\n");
        let windows = unix.replace('\n', "\r\n");
        let read = |text: &str| without_names(analyse("onbekend", text.as_bytes(), &options()));
        assert_eq!(read(&unix), read(&windows), "{}", fixture.display());
        compared += 1;
    }
    assert!(compared > 0);
}

/// In HTML the tags make the rows, and line breaks are white space.
#[test]
fn line_breaks_of_an_html_table_do_not_matter() {
    let mut compared = 0;
    for fixture in fixtures() {
        let found = without_names(read(&fixture));
        let is_html = |one: &Diagnosis| one.format == Some(Format::Html);
        // Of an archive of pages, line breaks separate the parts.
        let is_page = bytes(&fixture).starts_with(b"<");
        let Some(text) = String::from_utf8(bytes(&fixture)).ok() else {
            continue;
        };
        if !is_page || !found.iter().all(is_html) {
            continue;
        }
        let line = text.lines().collect::<Vec<_>>().join(" ");
        let joined = analyse("onbekend", line.as_bytes(), &options());
        assert_eq!(without_names(joined), found, "{}", fixture.display());
        compared += 1;
    }
    assert!(compared > 1);
}

/// The file with the expected JSON of a fixture.
fn expectation(fixture: &Path) -> PathBuf {
    let mut name = fixture.as_os_str().to_owned();
    name.push(EXPECTED);
    name.into()
}

/// Reads a fixture under its own name.
pub fn read(fixture: &Path) -> Vec<Diagnosis> {
    let name = fixture.file_name().expect("a file").to_string_lossy();
    analyse(&name, &bytes(fixture), &options())
}

fn pretty(diagnoses: &[Diagnosis]) -> String {
    let mut text = serde_json::to_string_pretty(diagnoses).expect("plain data");
    text.push('\n');
    text
}

pub fn without_names(mut diagnoses: Vec<Diagnosis>) -> Vec<Diagnosis> {
    for diagnosis in &mut diagnoses {
        for problem in &mut diagnosis.problems {
            problem.file = problem.file.replacen(&diagnosis.file, "", 1);
        }
        diagnosis.file.clear();
    }
    diagnoses
}
