//! Compiles `src/rules/*.toml` into static tables, so that no binary parses TOML and a wrong rule
//! fails the build with the name of its file and of the rule.

#[path = "../src/rules/fold.rs"]
#[expect(dead_code, reason = "the build folds characters, not texts")]
mod fold;

use crate::cause::Cause;
use serde::Deserialize;
use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::Path;

/// Where the rules live, from the root of the package.
const FOLDER: &str = "src/rules";

/// How much evidence a rule rests on, weakest first; the names of `rules::Strength`.
const STRENGTHS: &[&str] = &["reply", "vague", "status", "hint", "phrase", "exact"];

/// One rule as it is written down.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Entry {
    cause: String,
    #[serde(default = "default_strength")]
    strength: String,
    #[serde(default)]
    any: Vec<String>,
    #[serde(default)]
    and: Vec<String>,
    #[serde(default)]
    unless: Vec<String>,
    #[serde(default)]
    status: Vec<String>,
    #[serde(default)]
    reply: Vec<String>,
    source: String,
    example: String,
}

fn default_strength() -> String {
    "phrase".to_owned()
}

/// Every distinct phrase, by number.
#[derive(Default)]
struct Tables {
    phrases: Vec<Phrase>,
}

struct Phrase {
    source: String,
    pieces: Vec<Piece>,
    rules: Vec<usize>,
}

#[derive(Clone, PartialEq)]
struct Piece {
    text: String,
    gap: &'static str,
}

/// Writes `rules.rs` into `out`.
///
/// # Errors
/// What is wrong, in which file and rule.
pub fn compile(out: &Path) -> Result<(), String> {
    println!("cargo::rerun-if-changed={FOLDER}");
    println!("cargo::rerun-if-changed=src/model/cause.rs");
    let mut tables = Tables::default();
    let mut rules = String::new();
    let mut examples = String::new();
    let mut by_code = Vec::new();
    let mut count = 0;
    for (set, text) in files()? {
        let entries: BTreeMap<String, Entry> =
            toml::from_str(&text).map_err(|error| format!("{FOLDER}/{set}.toml: {error}"))?;
        for (name, entry) in entries {
            let rule = tables
                .rule(count, &set, &name, &entry)
                .map_err(|error| format!("{FOLDER}/{set}.toml: rule [{name}]: {error}"))?;
            rules.push_str(&rule);
            if entry.any.is_empty() {
                by_code.push(count);
            }
            let _ = writeln!(examples, "    {:?},", entry.example);
            count += 1;
        }
    }
    let code = format!(
        "/// Every rule, by file and name.\npub static RULES: &[Rule] = &[\n{rules}];\n\n\
         /// The example that each rule must win, in the order of [`RULES`].\n\
         pub static EXAMPLES: &[&str] = &[\n{examples}];\n\n\
         /// The rules that only look at codes.\n\
         pub(super) static BY_CODE: &[usize] = &{by_code:?};\n\n{}",
        tables.code()
    );
    std::fs::write(out.join("rules.rs"), code).map_err(|error| error.to_string())
}

/// The name and contents of every file with rules, in order of name.
fn files() -> Result<BTreeMap<String, String>, String> {
    let failed = |error: std::io::Error| format!("{FOLDER}: {error}");
    let mut files = BTreeMap::new();
    for file in std::fs::read_dir(FOLDER).map_err(failed)? {
        let path = file.map_err(failed)?.path();
        if path
            .extension()
            .is_some_and(|extension| extension == "toml")
        {
            let name = path.file_stem().unwrap_or_default().to_string_lossy();
            files.insert(
                name.into_owned(),
                std::fs::read_to_string(&path).map_err(failed)?,
            );
        }
    }
    if files.is_empty() {
        return Err(format!("{FOLDER}: no rules"));
    }
    Ok(files)
}

impl Tables {
    /// The code of one rule, whose phrases are taken into the tables.
    fn rule(
        &mut self,
        index: usize,
        set: &str,
        name: &str,
        entry: &Entry,
    ) -> Result<String, String> {
        let cause = Cause::ALL
            .iter()
            .find(|cause| cause.code() == entry.cause)
            .ok_or_else(|| format!("no cause is called {:?}", entry.cause))?;
        if !STRENGTHS.contains(&entry.strength.as_str()) {
            return Err(format!("no strength is called {:?}", entry.strength));
        }
        for (field, text) in [("source", &entry.source), ("example", &entry.example)] {
            if text.trim().is_empty() {
                return Err(format!("{field} is empty"));
            }
        }
        if entry.any.is_empty() && entry.status.is_empty() && entry.reply.is_empty() {
            return Err("has no phrase and no code".to_owned());
        }
        let any = self.phrases(&entry.any)?;
        for &phrase in &any {
            self.phrases[phrase].rules.push(index);
        }
        let and = self.phrases(&entry.and)?;
        let unless = self.phrases(&entry.unless)?;
        let status = entry
            .status
            .iter()
            .map(|pattern| status(pattern))
            .collect::<Result<Vec<_>, _>>()?;
        let reply = entry
            .reply
            .iter()
            .map(|pattern| reply(pattern))
            .collect::<Result<Vec<_>, _>>()?;
        let mut strength = entry.strength.clone();
        strength[..1].make_ascii_uppercase();
        Ok(format!(
            "    Rule {{ id: \"{set}/{name}\", cause: Cause::{cause:?}, strength: Strength::{strength}, \
             any: &{any:?}, and: &{and:?}, unless: &{unless:?}, status: &[{}], reply: &[{}], \
             source: {:?} }},\n",
            status.join(", "),
            reply.join(", "),
            entry.source,
        ))
    }

    fn phrases(&mut self, sources: &[String]) -> Result<Vec<usize>, String> {
        let mut numbers = Vec::with_capacity(sources.len());
        for source in sources {
            let pieces = pieces(source)?;
            let known = self
                .phrases
                .iter()
                .position(|phrase| phrase.pieces == pieces);
            let number = known.unwrap_or_else(|| {
                self.phrases.push(Phrase {
                    source: source.clone(),
                    pieces,
                    rules: Vec::new(),
                });
                self.phrases.len() - 1
            });
            if numbers.contains(&number) {
                return Err(format!("phrase {source:?} stands there twice"));
            }
            numbers.push(number);
        }
        Ok(numbers)
    }

    fn code(&self) -> String {
        let mut phrases = String::new();
        for Phrase {
            source,
            pieces,
            rules,
        } in &self.phrases
        {
            let _ = write!(
                phrases,
                "    Phrase {{ source: {source:?}, rules: &{rules:?}, pieces: &["
            );
            for Piece { text, gap } in pieces {
                let _ = write!(phrases, "Piece {{ text: {text:?}, gap: Gap::{gap} }}, ");
            }
            phrases.push_str("] },\n");
        }
        let mut starts = String::new();
        for (text, phrases) in self.starts() {
            let _ = writeln!(starts, "    ({text:?}, &{phrases:?}),");
        }
        format!(
            "/// Every phrase of every rule.\npub(super) static PHRASES: &[Phrase] = &[\n{phrases}];\n\n\
             /// What phrases start with, and which do.\npub(super) static STARTS: &[(&str, &[usize])] = &[\n{starts}];\n"
        )
    }

    /// What tells phrases apart: for each the shortest text that it alone starts with, or else all of its
    /// first piece. More would only make the automaton over them larger.
    fn starts(&self) -> BTreeMap<&str, Vec<usize>> {
        let mut shared: BTreeMap<&str, usize> = BTreeMap::new();
        for phrase in &self.phrases {
            for start in phrase.starts() {
                *shared.entry(start).or_default() += 1;
            }
        }
        let mut starts: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
        for (number, phrase) in self.phrases.iter().enumerate() {
            let alone = phrase.starts().find(|start| shared[start] == 1);
            let start = alone.unwrap_or(&phrase.pieces[0].text);
            starts.entry(start).or_default().push(number);
        }
        starts
    }
}

impl Phrase {
    /// Everything that its first piece starts with, the shortest first.
    fn starts(&self) -> impl Iterator<Item = &str> {
        let first = &self.pieces[0].text;
        first
            .char_indices()
            .map(|(at, character)| &first[..at + character.len_utf8()])
    }
}

/// Splits a phrase at its gaps and folds what stands between them.
///
/// ` * ` is a gap of any text, `*` on a word stands for the rest of that word.
fn pieces(source: &str) -> Result<Vec<Piece>, String> {
    const ANY: char = '\u{1}';
    let mut folded = String::new();
    for character in source.chars() {
        fold::push_folded(&mut folded, character);
    }
    let folded = folded.replace(" * ", "\u{1}");
    let mut pieces: Vec<Piece> = Vec::new();
    let mut gap = "Boundary";
    for part in folded.split_inclusive(['*', ANY]) {
        let text = part.trim_end_matches(['*', ANY]);
        if !text.is_empty() {
            let text = text.to_owned();
            pieces.push(Piece { text, gap });
        } else {
            return Err(format!("phrase {source:?} has nothing before a gap"));
        }
        if part.ends_with('*') {
            gap = "Word";
        } else if part.ends_with(ANY) {
            gap = "Any";
        }
    }
    if folded.ends_with('*') {
        let text = String::new();
        pieces.push(Piece { text, gap });
    }
    match pieces.first() {
        Some(first) if first.text.trim().chars().count() >= 2 => Ok(pieces),
        _ => Err(format!(
            "phrase {source:?} starts with fewer than two letters"
        )),
    }
}

/// An enhanced status code in which `*` stands for any number, as code.
fn status(pattern: &str) -> Result<String, String> {
    let part = |part: &str| match part {
        "*" => Some("None".to_owned()),
        number => number
            .parse::<u16>()
            .ok()
            .map(|number| format!("Some({number})")),
    };
    let parts: Option<Vec<_>> = pattern.split('.').map(part).collect();
    match parts.as_deref() {
        Some([class, subject, detail]) => Ok(format!(
            "StatusPattern {{ class: {class}, subject: {subject}, detail: {detail} }}"
        )),
        _ => Err(format!(
            "{pattern:?} is no status code such as 5.1.1 or *.2.2"
        )),
    }
}

/// A reply code in which `*` stands for any digit, as a range.
fn reply(pattern: &str) -> Result<String, String> {
    let bound = |digit: &str| pattern.replace('*', digit).parse::<u16>().ok();
    match (pattern.len(), bound("0"), bound("9")) {
        (3, Some(low), Some(high)) => Ok(format!("{low}..={high}")),
        _ => Err(format!("{pattern:?} is no reply code such as 550 or 4**")),
    }
}
