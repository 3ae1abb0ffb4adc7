//! What there is to fuzz.

/// A target of fuzz/Cargo.toml.
pub struct Target {
    pub name: &'static str,
    /// Endings of the fixtures to begin with; empty for all of them.
    pub seeds: &'static [&'static str],
    /// What the target expects before the evidence.
    pub prefix: &'static [u8],
    /// Folders of vocabulary in TOML, for the dictionary.
    pub vocabulary: &'static [&'static str],
    /// Further dictionaries, in fuzz/dictionaries.
    pub dictionaries: &'static [&'static str],
}

/// What servers, mail programs and people write.
const MAIL: &[&str] = &["src/rules", "src/bounces/vocabulary"];

/// What reports have in their columns.
const TABLE: &[&str] = &["src/reports/headers", "crates/senders"];

/// Evidence of any kind.
const ALL: &[&str] = &[
    "src/rules",
    "src/bounces/vocabulary",
    "src/reports/headers",
    "crates/senders",
];

/// All targets, by name.
pub const TARGETS: [Target; 14] = [
    Target {
        name: "csv",
        seeds: &["csv", "tsv", "txt", "json", "ndjson", "log"],
        prefix: b"",
        vocabulary: TABLE,
        dictionaries: &[],
    },
    Target {
        name: "eml",
        seeds: &["eml", "txt"],
        prefix: b"",
        vocabulary: MAIL,
        dictionaries: &["mail"],
    },
    Target {
        name: "exports",
        seeds: &["csv"],
        prefix: b"",
        vocabulary: TABLE,
        dictionaries: &["export"],
    },
    Target {
        name: "html",
        seeds: &["html", "xls", "mht", "fods", "xml"],
        prefix: b"",
        vocabulary: TABLE,
        dictionaries: &["html"],
    },
    Target {
        name: "json",
        seeds: &[],
        // The sizes of the slices.
        prefix: b"\x02\x09\x1E\xFF",
        vocabulary: ALL,
        dictionaries: &["mail"],
    },
    Target {
        name: "mbox",
        seeds: &["mbox", "eml"],
        // The size of the slices.
        prefix: b"\x10",
        vocabulary: MAIL,
        dictionaries: &["mail"],
    },
    Target {
        name: "mht",
        seeds: &["html", "mht"],
        prefix: b"",
        vocabulary: TABLE,
        dictionaries: &["html", "mail"],
    },
    Target {
        name: "msg",
        seeds: &["msg"],
        prefix: b"",
        vocabulary: MAIL,
        dictionaries: &[],
    },
    Target {
        name: "parts",
        seeds: &["eml"],
        prefix: b"",
        vocabulary: &[],
        dictionaries: &[],
    },
    Target {
        name: "rules",
        seeds: &["txt", "eml"],
        // Neither a status code nor a reply code.
        prefix: b"\0\0",
        vocabulary: MAIL,
        dictionaries: &[],
    },
    Target {
        name: "session",
        seeds: &[],
        prefix: b"",
        vocabulary: &[],
        dictionaries: &[],
    },
    Target {
        name: "text",
        seeds: &["txt", "eml"],
        prefix: b"",
        vocabulary: MAIL,
        dictionaries: &[],
    },
    Target {
        name: "workbook",
        seeds: &["xls", "xlsx", "xlsb", "ods", "fods", "xml"],
        prefix: b"",
        vocabulary: TABLE,
        dictionaries: &["workbook"],
    },
    Target {
        name: "zip",
        seeds: &["zip", "xlsx", "ods"],
        prefix: b"",
        vocabulary: ALL,
        dictionaries: &[],
    },
];

#[cfg(test)]
mod tests {
    use super::*;
    use crate::project;
    use std::fs;

    #[test]
    fn every_target_is_in_the_manifest_and_in_the_folder() {
        let root = project::root().join("fuzz");
        let manifest = fs::read_to_string(root.join("Cargo.toml")).expect("a readable manifest");
        let listed = manifest.lines().filter_map(|line| {
            let file = line.strip_prefix("path = \"targets/")?;
            file.strip_suffix(".rs\"")
        });
        let names = TARGETS.map(|target| target.name);
        assert_eq!(listed.collect::<Vec<_>>(), names);
        let mut files: Vec<String> = Vec::new();
        for entry in fs::read_dir(root.join("targets")).expect("a readable folder") {
            let path = entry.expect("a readable entry").path();
            let stem = path.file_stem().expect("a file").to_string_lossy();
            files.push(stem.into_owned());
        }
        files.sort();
        assert_eq!(files, names);
    }

    #[test]
    fn every_target_is_documented() {
        let document = project::root().join("docs/fuzzing.md");
        let document = fs::read_to_string(document).expect("a readable document");
        for target in TARGETS {
            let row = format!("| `{}` | ", target.name);
            assert!(document.contains(&row), "{row} is missing");
        }
    }
}
