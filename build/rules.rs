//! Compiles `src/rules/*.toml` into static tables, so that no binary parses TOML and a wrong rule
//! fails the build with the name of its file and of the rule.

#[path = "../src/rules/phrase.rs"]
mod phrase;

use bezorgd_model::{Cause, Sender, fold};
use serde::Deserialize;
use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::Path;

/// The folder of the rules, from the root of the package.
const FOLDER: &str = "src/rules";

/// The strengths of evidence, weakest first; the names of `rules::Strength`.
const STRENGTHS: &[&str] = &["reply", "vague", "status", "hint", "phrase", "exact"];

/// One rule of a file.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RuleEntry {
    cause: String,
    #[serde(default = "default_strength")]
    strength: String,
    #[serde(default)]
    any: Vec<String>,
    #[serde(default)]
    names: Vec<String>,
    #[serde(default)]
    and: Vec<String>,
    #[serde(default)]
    unless: Vec<String>,
    #[serde(default)]
    status: Vec<String>,
    #[serde(default)]
    reply: Vec<String>,
    /// The code of the sending system that alone writes these words.
    sender: Option<String>,
    source: String,
    example: String,
}

fn default_strength() -> String {
    "phrase".to_owned()
}

/// Writes `rules.rs` into `out`.
///
/// # Errors
/// What is wrong, in which file and rule.
pub fn compile(out: &Path) -> Result<(), String> {
    println!("cargo::rerun-if-changed={FOLDER}");
    let mut rules = String::new();
    let mut examples = String::new();
    for (set, text) in crate::toml_files(FOLDER)? {
        let entries: BTreeMap<String, RuleEntry> =
            toml::from_str(&text).map_err(|error| format!("{FOLDER}/{set}.toml: {error}"))?;
        for (name, entry) in entries {
            let rule = rule(&set, &name, &entry)
                .map_err(|error| format!("{FOLDER}/{set}.toml: rule [{name}]: {error}"))?;
            rules.push_str(&rule);
            let _ = writeln!(examples, "    {:?},", entry.example);
        }
    }
    let code = format!(
        "/// Every rule, by file and name.\npub static RULES: &[Rule] = &[\n{rules}];\n\n\
         /// The example that each rule must win, in the order of [`RULES`].\n\
         pub static EXAMPLES: &[&str] = &[\n{examples}];\n"
    );
    std::fs::write(out.join("rules.rs"), code).map_err(|error| error.to_string())
}

/// The code of one rule.
fn rule(set: &str, name: &str, entry: &RuleEntry) -> Result<String, String> {
    let cause = Cause::ALL
        .iter()
        .find(|cause| cause.code() == entry.cause)
        .ok_or_else(|| format!("unknown cause `{}`", entry.cause))?;
    if !STRENGTHS.contains(&entry.strength.as_str()) {
        return Err(format!(
            "unknown strength `{}`, expected one of {STRENGTHS:?}",
            entry.strength
        ));
    }
    for (field, text) in [("source", &entry.source), ("example", &entry.example)] {
        if text.trim().is_empty() {
            return Err(format!("empty {field}"));
        }
    }
    if entry.any.is_empty()
        && entry.names.is_empty()
        && entry.status.is_empty()
        && entry.reply.is_empty()
    {
        return Err("neither a phrase nor a code".to_owned());
    }
    let any = phrases(&entry.any)?;
    let names = phrases(&entry.names)?;
    let and = phrases(&entry.and)?;
    let unless = phrases(&entry.unless)?;
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
    let sender = match &entry.sender {
        Some(code) => {
            let sender: Sender = code.parse().map_err(|error| format!("{code:?}: {error}"))?;
            format!("Some(Sender::{sender:?})")
        }
        None => "None".to_owned(),
    };
    let mut strength = entry.strength.clone();
    strength[..1].make_ascii_uppercase();
    Ok(format!(
        "    Rule {{ id: \"{set}/{name}\", cause: Cause::{cause:?}, strength: Strength::{strength}, \
         any: {any:?}, names: {names:?}, and: {and:?}, unless: {unless:?}, status: &[{}], reply: &[{}], \
         sender: {sender}, source: {:?} }},\n",
        status.join(", "),
        reply.join(", "),
        entry.source,
    ))
}

/// Phrases, folded, one per line: one text, because pointers to phrases would be larger than the phrases.
fn phrases(sources: &[String]) -> Result<String, String> {
    let mut phrases: Vec<String> = Vec::with_capacity(sources.len());
    for source in sources {
        let phrase = folded(source)?;
        if phrases.contains(&phrase) {
            return Err(format!("duplicate phrase {source:?}"));
        }
        phrases.push(phrase);
    }
    // Neighbours that start alike compress better.
    phrases.sort();
    Ok(phrases.join("\n"))
}

/// The phrase as the matcher compares it.
fn folded(source: &str) -> Result<String, String> {
    let mut folded = String::new();
    for character in source.chars() {
        fold::push_folded(&mut folded, character);
    }
    if folded.contains(['\n', '\r']) {
        return Err(format!("phrase {source:?} has more than one line"));
    }
    let (first, mut rest) = phrase::split(&folded);
    if first.trim().chars().count() < 2 {
        return Err(format!(
            "phrase {source:?} starts with fewer than two letters"
        ));
    }
    while let Some((gap, after)) = rest {
        let (piece, next) = phrase::split(after);
        let open_end = gap == phrase::Gap::Word && next.is_none();
        if piece.is_empty() && !open_end {
            return Err(format!("phrase {source:?} has two gaps in a row"));
        }
        rest = next;
    }
    Ok(folded)
}

/// The Rust code of an enhanced status code in which `*` matches any number.
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
            "`{pattern}` is not a status code, e.g. `5.1.1` or `*.2.2`"
        )),
    }
}

/// The range of a reply code in which `*` matches any digit.
fn reply(pattern: &str) -> Result<String, String> {
    let bound = |digit: &str| pattern.replace('*', digit).parse::<u16>().ok();
    match (pattern.len(), bound("0"), bound("9")) {
        (3, Some(low), Some(high)) => Ok(format!("{low}..={high}")),
        _ => Err(format!(
            "`{pattern}` is not a reply code, e.g. `550` or `4**`"
        )),
    }
}
