//! The words to put into inputs: the vocabulary of the analyser, and the syntax of formats.

use super::seeds::files_below;
use super::target::Target;
use crate::project;
use anyhow::{Context, Result};
use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::fs;
use std::path::PathBuf;

/// The longest word that libFuzzer accepts, in bytes.
const LONGEST: usize = 64;

/// Keys whose strings are about the words rather than words.
const ABOUT: [&str; 6] = ["cause", "detail", "example", "frame", "language", "source"];

/// Writes the dictionary of a target into the target folder, and returns its path; `None` if it has none, because
/// libFuzzer refuses an empty one.
pub fn write(target: &Target) -> Result<Option<PathBuf>> {
    let mut text = String::new();
    for name in target.dictionaries {
        let file = project::root().join(format!("fuzz/dictionaries/{name}.dict"));
        text += &fs::read_to_string(&file)
            .with_context(|| format!("{} could not be read", file.display()))?;
    }
    for word in vocabulary(target.vocabulary)? {
        // Writing to a string does not fail.
        let _ = writeln!(text, "{}", entry(&word));
    }
    if text.is_empty() {
        return Ok(None);
    }
    let folder = project::target()?.join("fuzz");
    fs::create_dir_all(&folder)?;
    let file = folder.join(format!("{}.dict", target.name));
    fs::write(&file, text)?;
    Ok(Some(file))
}

/// The words in the TOML files of these folders.
fn vocabulary(folders: &[&str]) -> Result<BTreeSet<String>> {
    let mut files = Vec::new();
    for folder in folders {
        files_below(&project::root().join(folder), &mut files)?;
    }
    let mut words = BTreeSet::new();
    for file in files {
        let is_vocabulary = file.extension().is_some_and(|ending| ending == "toml")
            && file.file_name().is_some_and(|name| name != "Cargo.toml");
        if is_vocabulary {
            let text = fs::read_to_string(&file)?;
            let table: toml::Table =
                toml::from_str(&text).with_context(|| format!("{} is no TOML", file.display()))?;
            add_words(&toml::Value::Table(table), &mut words);
        }
    }
    Ok(words)
}

fn add_words(value: &toml::Value, words: &mut BTreeSet<String>) {
    match value {
        // A phrase may have gaps.
        toml::Value::String(text) => words.extend(
            text.split('*')
                .map(str::trim)
                .filter(|word| !word.is_empty() && word.len() <= LONGEST)
                .map(str::to_owned),
        ),
        toml::Value::Array(values) => values.iter().for_each(|value| add_words(value, words)),
        toml::Value::Table(fields) => {
            for (_, value) in fields.iter().filter(|(key, _)| !ABOUT.contains(&&***key)) {
                add_words(value, words);
            }
        }
        _ => {}
    }
}

/// A word as libFuzzer reads it: in quotation marks, bytes other than printable ASCII by their numbers.
fn entry(word: &str) -> String {
    let mut entry = String::from("\"");
    for byte in word.bytes() {
        match byte {
            b'"' | b'\\' => entry.extend(['\\', char::from(byte)]),
            b' '..=b'~' => entry.push(char::from(byte)),
            // Writing to a string does not fail.
            _ => drop(write!(entry, "\\x{byte:02X}")),
        }
    }
    entry.push('"');
    entry
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fuzz::target::TARGETS;

    #[test]
    fn words_are_written_as_the_fuzzer_reads_them() {
        assert_eq!(entry("a \"é\\"), r#""a \"\xC3\xA9\\""#);
    }

    #[test]
    fn a_vocabulary_has_phrases_and_no_sources() {
        let words = vocabulary(&["src/rules", "src/reports/headers"]).expect("TOML");
        assert!(words.len() > 1_000, "{} words", words.len());
        // From `mailbox * full`, and from the names of columns.
        for word in ["mailbox", "quota exceed", "tijd"] {
            assert!(words.contains(word), "{word} is missing");
        }
        assert!(!words.iter().any(|word| word.starts_with("RFC 3463")));
    }

    #[test]
    fn every_dictionary_of_a_target_exists() {
        for name in TARGETS.iter().flat_map(|target| target.dictionaries) {
            let file = project::root().join(format!("fuzz/dictionaries/{name}.dict"));
            let text = fs::read_to_string(file).expect("a dictionary");
            let is_entry =
                |line: &str| line.len() > 2 && line.starts_with('"') && line.ends_with('"');
            let is_wrong =
                |line: &&str| !line.is_empty() && !line.starts_with('#') && !is_entry(line);
            let wrong: Vec<_> = text.lines().filter(is_wrong).collect();
            assert!(wrong.is_empty(), "{name}: {wrong:?}");
        }
    }
}
