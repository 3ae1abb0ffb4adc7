//! Compiles `src/rules/details.toml` into the form of the rules, for `src/rules/detail_phrases.rs`.

use crate::rules::{FOLDER, RULE_END, letter, packed, phrases};
use bezorgd_model::DetailCode;
use serde::Deserialize;
use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::Path;

/// The name of the file, which has no rules.
pub const SET: &str = "details";

#[derive(Deserialize)]
struct File {
    /// What is in host names and URLs of a blocklist, by its name.
    blocklists: BTreeMap<String, Vec<String>>,
    /// Words before the number of a detail, by its unit.
    before: BTreeMap<String, Vec<String>>,
    #[serde(flatten)]
    details: BTreeMap<String, DetailEntry>,
}

/// Phrases that say a detail.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct DetailEntry {
    detail: String,
    #[serde(default)]
    any: Vec<String>,
    #[serde(default)]
    names: Vec<String>,
    #[serde(default)]
    unless: Vec<String>,
    language: String,
    source: String,
    example: String,
    /// The name or amount that the example gives.
    gives: Option<String>,
}

/// Writes `details.rs` into `out`.
///
/// # Errors
/// What is wrong, and in which entry.
pub fn compile(out: &Path) -> Result<(), String> {
    let file = format!("{FOLDER}/{SET}.toml");
    let text = std::fs::read_to_string(&file).map_err(|error| format!("{file}: {error}"))?;
    let data: File = toml::from_str(&text).map_err(|error| format!("{file}: {error}"))?;
    let mut details = String::new();
    let mut examples = String::new();
    for (name, entry) in &data.details {
        let detail = detail(name, entry).map_err(|error| format!("{file}: [{name}]: {error}"))?;
        details.push_str(&detail);
        details.push(RULE_END);
        let _ = writeln!(
            examples,
            "    ({:?}, {:?}, {:?}),",
            entry.detail, entry.example, entry.gives
        );
    }
    let blocklists = data.blocklists.iter().flat_map(|(name, parts)| {
        let parts = parts.iter();
        parts.map(move |part| format!("{part}={name}"))
    });
    let blocklists: Vec<String> = blocklists.collect();
    let mut code = format!(
        "/// Every detail, in the form of a rule.\npub static PACKED: &str = {details:?};\n\n\
         /// Blocklists, one per line: what is in their host names, and what they are called.\n\
         pub static BLOCKLISTS: &str = {:?};\n\n\
         /// Of each entry: its code, its example, and the name or amount of that.\n#[cfg(test)]\n\
         pub static EXAMPLES: &[(&str, &str, Option<&str>)] = &[\n{examples}];\n",
        blocklists.join("\n")
    );
    for (unit, words) in &data.before {
        let name = unit.to_uppercase();
        let _ = writeln!(
            code,
            "\n/// The words before a number of {unit}, one per line.\npub static BEFORE_{name}: &str = {:?};",
            phrases(words)?
        );
    }
    std::fs::write(out.join("details.rs"), code).map_err(|error| error.to_string())
}

/// One entry in the form of a rule that gives no cause.
fn detail(name: &str, entry: &DetailEntry) -> Result<String, String> {
    let code = DetailCode::ALL
        .iter()
        .position(|code| code.code() == entry.detail)
        .ok_or_else(|| format!("unknown detail `{}`", entry.detail))?;
    for (field, text) in [("source", &entry.source), ("example", &entry.example)] {
        if text.trim().is_empty() {
            return Err(format!("empty {field}"));
        }
    }
    if entry.language.split(' ').any(|code| code.len() != 2) {
        return Err(format!(
            "`{}` are not ISO 639-1 codes, e.g. `nl fr`",
            entry.language
        ));
    }
    let first = Some(0);
    packed(&[
        format!("{SET}/{name}"),
        [first, first, None, Some(code)]
            .map(letter)
            .iter()
            .collect(),
        phrases(&entry.any)?,
        phrases(&entry.names)?,
        String::new(),
        phrases(&entry.unless)?,
        String::new(),
        String::new(),
        String::new(),
    ])
}
