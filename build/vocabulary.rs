//! Compiles the phrases of bounces (`src/bounces/vocabulary/*.toml`) and the names of columns
//! (`src/reports/headers/*.toml`) into static lists, so that no binary parses TOML and a duplicate or badly
//! written phrase fails the build with the name of its file.

use bezorgd_model::fold::push_folded;
use serde::Deserialize;
use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::Path;

/// Where the lists live, from the root of the package, the file that they are compiled into, and how.
const FOLDERS: [(&str, &str, Form); 2] = [
    ("src/bounces/vocabulary", "vocabulary.rs", Form::Text),
    ("src/reports/headers", "headers.rs", Form::Slice),
];

/// How a list is compiled.
#[derive(Clone, Copy)]
enum Form {
    /// As one text with a phrase per line, because pointers to hundreds of phrases weigh half as much as they do.
    Text,
    /// As a slice.
    Slice,
}

/// The placeholder for the phrase in a frame.
const PLACE: &str = "{}";

/// One file: phrases with the same meaning, by their origin.
#[derive(Deserialize)]
struct PhraseList {
    /// A line in which each phrase, in place of `{}`, must be recognised.
    #[serde(default = "phrase_alone")]
    frame: String,
    #[serde(flatten)]
    groups: BTreeMap<String, PhraseGroup>,
}

fn phrase_alone() -> String {
    PLACE.to_owned()
}

/// The phrases of one system, or of several in one language.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct PhraseGroup {
    language: String,
    source: String,
    phrases: Vec<String>,
    example: String,
}

/// Writes the lists into `out`, one file per folder.
///
/// # Errors
/// What is wrong, in which file and group.
pub fn compile(out: &Path) -> Result<(), String> {
    FOLDERS
        .iter()
        .try_for_each(|(folder, file, form)| compile_folder(folder, &out.join(file), *form))
}

fn compile_folder(folder: &str, file: &Path, form: Form) -> Result<(), String> {
    println!("cargo::rerun-if-changed={folder}");
    let mut lists = String::new();
    let mut examples = String::new();
    for (name, text) in crate::toml_files(folder)? {
        let failed = |error: String| format!("{folder}/{name}.toml: {error}");
        let list: PhraseList = toml::from_str(&text).map_err(|error| failed(error.to_string()))?;
        let phrases = phrases(&list).map_err(failed)?;
        let constant = name.replace('-', "_").to_uppercase();
        let value = match form {
            Form::Text => format!("List = List::new({:?})", phrases.join("\n")),
            Form::Slice => format!("&[&str] = &{phrases:?}"),
        };
        let _ = writeln!(
            lists,
            "/// `{folder}/{name}.toml`\npub static {constant}: {value};"
        );
        for (group, entry) in &list.groups {
            let _ = writeln!(
                examples,
                "    Example {{ list: {name:?}, group: {group:?}, text: {:?}, frame: {:?}, phrases: &{:?} }},",
                entry.example, list.frame, entry.phrases
            );
        }
    }
    let code = format!(
        "{lists}\n/// Every group of phrases with what must be recognised.\n#[cfg(test)]\n\
         pub static EXAMPLES: &[Example] = &[\n{examples}];\n"
    );
    std::fs::write(file, code).map_err(|error| error.to_string())
}

/// The phrases of all groups, each once.
fn phrases(list: &PhraseList) -> Result<Vec<&str>, String> {
    if !list.frame.contains(PLACE) {
        return Err(format!("frame {:?} has no {PLACE}", list.frame));
    }
    let mut phrases: Vec<&str> = Vec::new();
    for (name, group) in &list.groups {
        let failed = |error: String| format!("[{name}]: {error}");
        for (field, text) in [("source", &group.source), ("example", &group.example)] {
            if text.trim().is_empty() {
                return Err(failed(format!("empty {field}")));
            }
        }
        if group.language.len() != 2 {
            return Err(failed(format!(
                "{:?} is not an ISO 639-1 code",
                group.language
            )));
        }
        for phrase in &group.phrases {
            let mut folded = String::new();
            let characters = phrase.chars();
            characters.for_each(|character| push_folded(&mut folded, character));
            if *phrase != folded || phrase.trim().is_empty() {
                return Err(failed(format!("write phrase {phrase:?} as {folded:?}")));
            }
            if phrases.contains(&phrase.as_str()) {
                return Err(failed(format!("duplicate phrase {phrase:?}")));
            }
            phrases.push(phrase);
        }
    }
    phrases.sort_unstable();
    Ok(phrases)
}
