//! The files, links and tests that the documents name exist.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

/// What documents are about, besides the files of the root.
const FOLDERS: [&str; 10] = [
    "benches", "build", "crates", "docs", "examples", "fuzz", "src", "tests", "www", "xtask",
];

/// What the name of a file in a document ends with.
const ENDINGS: [&str; 9] = [
    ".css",
    ".html",
    ".js",
    ".mjs",
    ".rs",
    ".toml",
    ".ts",
    ".txt",
    ".webmanifest",
];

/// What the names of files that a build makes begin with.
const BUILT: &str = "bezorgd.";

/// Tests are named in sentences; shorter names are of something else.
const LEAST_UNDERSCORES: usize = 3;

/// Each document with the names and links in it that lead nowhere.
#[test]
fn what_the_documents_name_exists() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut files = BTreeSet::new();
    list(root, false, root, &mut files);
    for folder in FOLDERS {
        list(&root.join(folder), true, root, &mut files);
    }
    let source: String = files
        .iter()
        .filter(|file| file.ends_with(".rs"))
        .map(|file| fs::read_to_string(root.join(file)).expect("text"))
        .collect();
    let is_test = |name: &str| source.contains(&format!("fn {name}"));
    let is_file = |name: &str| {
        let below = format!("/{name}");
        files
            .iter()
            .any(|file| file == name || file.ends_with(&below))
    };
    let mut named = 0;
    let mut missing = Vec::new();
    for document in files.iter().filter(|file| file.ends_with(".md")) {
        let text = fs::read_to_string(root.join(document)).expect("text");
        for span in text.split('`').skip(1).step_by(2) {
            let exists = match Name::of(span) {
                Name::File(file) => is_file(file),
                // The style guide makes one up.
                Name::Test(test) => is_test(test) || document == "docs/style.md",
                Name::Other => continue,
            };
            named += 1;
            if !exists {
                missing.push(format!("{document}: `{span}`"));
            }
        }
        let folder = root.join(document);
        let folder = folder.parent().expect("a folder");
        for link in text.split("](").skip(1) {
            let link = link.split([')', '#']).next().unwrap_or_default();
            if !link.contains("://") && !folder.join(link).exists() {
                missing.push(format!("{document}: ({link})"));
            }
        }
    }
    assert!(named > 100, "only {named} names were found");
    assert!(missing.is_empty(), "not there:\n{}", missing.join("\n"));
}

/// Adds the files of a folder, by their paths from `root`.
fn list(folder: &Path, deep: bool, root: &Path, files: &mut BTreeSet<String>) {
    for entry in fs::read_dir(folder).expect("a readable folder") {
        let path = entry.expect("a readable entry").path();
        if path.is_file() {
            let below = path.strip_prefix(root).expect("a path below the root");
            files.insert(below.to_string_lossy().replace('\\', "/"));
        } else if deep && !path.ends_with("target") {
            list(&path, deep, root, files);
        }
    }
}

/// What stands between two backquotes.
enum Name<'a> {
    File(&'a str),
    /// The beginning of its name, where that ends in an ellipsis.
    Test(&'a str),
    Other,
}

impl<'a> Name<'a> {
    fn of(span: &'a str) -> Self {
        let is_name = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_';
        let test = span.trim_end_matches('…');
        if test.chars().all(is_name) && test.matches('_').count() >= LEAST_UNDERSCORES {
            return Self::Test(test);
        }
        let is_path = |c: char| is_name(c) || "/.-".contains(c);
        let has_ending = ENDINGS.into_iter().any(|ending| span.ends_with(ending));
        let is_built = span
            .rsplit('/')
            .next()
            .is_some_and(|name| name.starts_with(BUILT));
        // `NAME.toml` stands for any name, `*.toml` for several files.
        if has_ending && span.chars().all(is_path) && !is_built {
            return Self::File(span);
        }
        Self::Other
    }
}
