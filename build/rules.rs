//! Compiles `src/rules/*.toml` into one text that `src/rules/rule.rs` splits, so that no binary parses TOML and a
//! wrong rule fails the build with the name of its file and of the rule.
//!
//! One text, because a table of rules has nine pointers for each, which compress badly.

#[path = "../src/rules/phrase.rs"]
mod phrase;

use bezorgd_model::{Cause, Sender, fold};
use serde::Deserialize;
use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::Path;

/// The folder of the rules, from the root of the package.
pub const FOLDER: &str = "src/rules";

/// The strengths of evidence, weakest first; the names of `rules::Strength`.
const STRENGTHS: &[&str] = &["reply", "vague", "status", "hint", "phrase", "exact"];

/// Ends each field of a rule (ISO 646: unit separator).
const FIELD_END: char = '\u{1F}';

/// Ends each rule (ISO 646: record separator).
pub const RULE_END: char = '\u{1E}';

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
        if set == crate::details::SET {
            continue;
        }
        let entries: BTreeMap<String, RuleEntry> =
            toml::from_str(&text).map_err(|error| format!("{FOLDER}/{set}.toml: {error}"))?;
        for (name, entry) in entries {
            let rule = rule(&set, &name, &entry)
                .map_err(|error| format!("{FOLDER}/{set}.toml: rule [{name}]: {error}"))?;
            rules.push_str(&rule);
            rules.push(RULE_END);
            let _ = writeln!(examples, "    {:?},", entry.example);
        }
    }
    let code = format!(
        "/// Every rule, by file and name.\npub static PACKED: &str = {rules:?};\n\n\
         /// The example that each rule must win, in the order of [`RULES`](super::RULES).\n\
         pub static EXAMPLES: &[&str] = &[\n{examples}];\n"
    );
    std::fs::write(out.join("rules.rs"), code).map_err(|error| error.to_string())
}

/// One rule, packed: its fields in the order in which `Rule::unpack` reads them. Codes of closed sets are letters, by
/// their places in the set.
fn rule(set: &str, name: &str, entry: &RuleEntry) -> Result<String, String> {
    let cause = Cause::ALL
        .iter()
        .position(|cause| cause.code() == entry.cause)
        .ok_or_else(|| format!("unknown cause `{}`", entry.cause))?;
    let strength = STRENGTHS
        .iter()
        .position(|strength| *strength == entry.strength)
        .ok_or_else(|| {
            format!(
                "unknown strength `{}`, expected one of {STRENGTHS:?}",
                entry.strength
            )
        })?;
    let sender = match &entry.sender {
        Some(code) => {
            let sender: Sender = code.parse().map_err(|error| format!("{code:?}: {error}"))?;
            Sender::ALL.iter().position(|known| *known == sender)
        }
        None => None,
    };
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
    for pattern in &entry.status {
        status(pattern)?;
    }
    for pattern in &entry.reply {
        reply(pattern)?;
    }
    let fields = [
        format!("{set}/{name}"),
        [Some(cause), Some(strength), sender]
            .map(letter)
            .iter()
            .collect(),
        phrases(&entry.any)?,
        phrases(&entry.names)?,
        phrases(&entry.and)?,
        phrases(&entry.unless)?,
        entry.status.join(" "),
        entry.reply.join(" "),
        entry.source.clone(),
    ];
    packed(&fields)
}

/// Puts the fields of a rule together.
pub fn packed(fields: &[String]) -> Result<String, String> {
    match fields
        .iter()
        .find(|field| field.contains([FIELD_END, RULE_END]))
    {
        Some(field) => Err(format!("{field:?} has a separator in it")),
        None => Ok(fields.join(&FIELD_END.to_string())),
    }
}

/// A place in a closed set as a letter; `@` for none.
pub fn letter(place: Option<usize>) -> char {
    let number = place.map_or(0, |place| place + 1);
    char::from(b'@' + number as u8)
}

/// Phrases, folded, one per line: one text, because pointers to phrases would be larger than the phrases.
pub fn phrases(sources: &[String]) -> Result<String, String> {
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

/// Checks an enhanced status code in which `*` matches any number.
fn status(pattern: &str) -> Result<(), String> {
    let is_part = |part: &str| part == "*" || part.parse::<u16>().is_ok();
    let parts: Vec<_> = pattern.split('.').collect();
    if parts.len() == 3 && parts.into_iter().all(is_part) {
        Ok(())
    } else {
        Err(format!(
            "`{pattern}` is not a status code, e.g. `5.1.1` or `*.2.2`"
        ))
    }
}

/// Checks a reply code in which `*` matches any digit.
fn reply(pattern: &str) -> Result<(), String> {
    let is_digit = |byte: u8| byte == b'*' || byte.is_ascii_digit();
    if pattern.len() == 3 && pattern.bytes().all(is_digit) {
        Ok(())
    } else {
        Err(format!(
            "`{pattern}` is not a reply code, e.g. `550` or `4**`"
        ))
    }
}
