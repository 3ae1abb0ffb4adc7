//! No bound is silent: docs/limits.md lists each, and what a bound leaves out is a problem.

use crate::support::{archive, options};
use bezorgd::analyse;
use bezorgd::model::ProblemCode;
use std::fs;
use std::path::{Path, PathBuf};
use zip::CompressionMethod;

/// Where the bounds are.
const SOURCES: [&str; 3] = ["src", "crates/session/src", "crates/cli/src"];

/// What the name of a bound begins with.
const NAMES: [&str; 6] = [
    "DEEPEST", "FURTHEST", "HIGHEST", "LARGEST", "LONGEST", "MOST",
];

#[test]
fn every_bound_is_listed() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let table = fs::read_to_string(root.join("docs/limits.md")).expect("the table of bounds");
    let rows: Vec<&str> = table
        .lines()
        .filter(|line| line.starts_with("| `"))
        .collect();
    let mut expected = Vec::new();
    for source in SOURCES {
        for file in sources(&root.join(source)) {
            let path = file
                .strip_prefix(root)
                .expect("below the root")
                .display()
                .to_string();
            let text = fs::read_to_string(&file).expect("source");
            let bounds = text.lines().filter_map(bound);
            expected
                .extend(bounds.map(|(name, value)| format!("| `{name}` in `{path}` | `{value}`")));
        }
    }
    let is_listed = |one: &&String| rows.iter().any(|row| row.starts_with(&***one));
    let missing: Vec<_> = expected.iter().filter(|one| !is_listed(one)).collect();
    assert!(missing.is_empty(), "not in docs/limits.md: {missing:#?}");
    let is_there = |row: &&&str| expected.iter().any(|one| row.starts_with(one));
    let gone: Vec<_> = rows.iter().filter(|row| !is_there(row)).collect();
    assert!(gone.is_empty(), "no longer in the source: {gone:#?}");
}

/// The name and value of a bound that a line of source declares.
fn bound(line: &str) -> Option<(&str, &str)> {
    let (_, rest) = line
        .split_once("const ")
        .filter(|(before, _)| matches!(*before, "" | "pub "))?;
    let (name, rest) = rest.split_once(": ")?;
    let (kind, value) = rest.strip_suffix(';')?.split_once(" = ")?;
    let is_number = matches!(kind, "usize" | "u64" | "u32" | "u16" | "u8");
    let is_bound = NAMES.iter().any(|start| name.starts_with(start));
    (is_number && is_bound).then_some((name, value))
}

/// The source files below a folder.
fn sources(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).expect("a folder") {
        let path = entry.expect("an entry").path();
        if path.is_dir() {
            found.extend(sources(&path));
        } else if path.extension().is_some_and(|ending| ending == "rs") {
            found.push(path);
        }
    }
    found.sort();
    found
}

#[test]
fn what_is_over_a_bound_is_a_problem() {
    const HEAD: &str = "From: MAILER-DAEMON@mail.example.com\nTo: els@example.com\nSubject: Undelivered Mail Returned to Sender\n";
    let bounce = format!("{HEAD}\n<an@example.be>: 550 5.1.1 User unknown\n");
    let long = format!(
        "{bounce}{}",
        "<bo@example.be>: 550 5.1.1 User unknown\n\n".repeat(3_000)
    );
    let html = long.replace('<', "&lt;").replace('\n', "<br>");
    let html = format!("{HEAD}Content-Type: text/html\n\n{html}");
    let row = |first: &str| format!("{first}{}\n", ";x".repeat(600));
    let wide = format!("{}{}", row("E-mail;Status"), row("an@example.be;FAILED"));
    let cells = |first: &str| format!("<tr>{first}{}</tr>", "<td>x</td>".repeat(600));
    let page = format!(
        "<table>{}{}</table>",
        cells("<td>E-mail</td><td>Status</td>"),
        cells("<td>an@example.be</td><td>FAILED</td>").repeat(3)
    );
    let zip = |name: &str, bytes: &[u8]| {
        archive(
            &[(name.to_owned(), bytes.to_vec())],
            CompressionMethod::Deflated,
        )
    };
    let deep = (0..4).fold(bounce.clone().into_bytes(), |bytes, _| zip("a.zip", &bytes));
    let bomb = zip("a.csv", &vec![b';'; 60 << 20]);
    for (what, evidence, code) in [
        ("a text", long.into_bytes(), ProblemCode::LongText),
        ("a text in HTML", html.into_bytes(), ProblemCode::LongText),
        ("a table", wide.into_bytes(), ProblemCode::TooManyColumns),
        ("a page", page.into_bytes(), ProblemCode::TooManyColumns),
        ("an archive", deep, ProblemCode::NestedTooDeep),
        ("an archive bomb", bomb, ProblemCode::TooLarge),
    ] {
        let found = analyse("bestand", &evidence, &options());
        let codes: Vec<_> = found
            .iter()
            .flat_map(|one| &one.problems)
            .map(|one| one.code)
            .collect();
        assert!(codes.contains(&code), "{what}: {codes:?}");
    }
}
