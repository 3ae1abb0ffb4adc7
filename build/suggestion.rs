//! Compiles the providers, keyboards and endings of `src/suggestion/*.toml`.
//!
//! The list of public suffixes (publicsuffix.org) would be a third of the page's download. It answers only
//! one question: is this ending, one slip away from a common one, real? So the build answers it for all
//! such endings, and only the answers are compiled in.

use serde::{Deserialize, de::DeserializeOwned};
use std::collections::BTreeSet;
use std::{fmt::Write, fs, path::Path};

const FOLDER: &str = "src/suggestion";

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ProviderFile {
    lookalikes: Vec<String>,
    provider: Vec<ProviderEntry>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ProviderEntry {
    name: String,
    endings: Vec<String>,
    #[serde(default)]
    elsewhere: Vec<String>,
    #[serde(default)]
    kind: NameOwnerCode,
}

/// The variants of `domain::NameOwner`.
#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "lowercase")]
enum NameOwnerCode {
    #[default]
    Own,
    Shared,
    Word,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct TypingFile {
    keyboards: Vec<[String; 3]>,
    alike: Vec<String>,
    endings: Vec<String>,
}

/// Writes `providers.rs` and `typing.rs` for the modules of the same name to include.
///
/// # Errors
/// What is wrong, in which file and entry.
pub fn compile(out: &Path) -> Result<(), String> {
    println!("cargo::rerun-if-changed={FOLDER}");
    write(out, "providers", providers(&read("providers")?)?)?;
    write(out, "typing", typing(&read("typing")?)?)
}

fn read<T: DeserializeOwned>(file: &str) -> Result<T, String> {
    let path = format!("{FOLDER}/{file}.toml");
    let text = fs::read_to_string(&path).map_err(|error| format!("{path}: {error}"))?;
    toml::from_str(&text).map_err(|error| format!("{path}: {error}"))
}

fn write(out: &Path, file: &str, code: String) -> Result<(), String> {
    fs::write(out.join(file).with_extension("rs"), code)
        .map_err(|error| format!("{file}.rs: {error}"))
}

fn providers(data: &ProviderFile) -> Result<String, String> {
    let mut code = format!(
        "static LOOKALIKES: WordList = {};\nstatic PROVIDERS: &[Provider] = &[\n",
        list(&data.lookalikes)
    );
    for provider in &data.provider {
        let ProviderEntry {
            name,
            endings,
            elsewhere,
            kind,
        } = provider;
        if let Some(wrong) = endings.iter().chain(elsewhere).find(|ending| !real(ending)) {
            return Err(format!(
                "{FOLDER}/providers.toml: {name}: unknown ending `{wrong}`"
            ));
        }
        writeln!(
            code,
            "Provider {{ name: {name:?}, endings: {}, elsewhere: {}, kind: NameOwner::{kind:?} }},",
            list(endings),
            list(elsewhere),
        )
        .map_err(|error| error.to_string())?;
    }
    code.push_str("];\n");
    Ok(code)
}

fn typing(data: &TypingFile) -> Result<String, String> {
    if let Some(wrong) = data.endings.iter().find(|ending| !real(ending)) {
        return Err(format!("{FOLDER}/typing.toml: unknown ending `{wrong}`"));
    }
    let near: BTreeSet<String> = data
        .endings
        .iter()
        .flat_map(|ending| one_slip(ending))
        .collect();
    let near: Vec<String> = near.into_iter().filter(|ending| real(ending)).collect();
    Ok(format!(
        "static KEYBOARDS: &[[&str; 3]] = &{:?};\nstatic ALIKE: WordList = {};\n\
         static COMMON_ENDINGS: WordList = {};\nstatic REAL_ENDINGS: WordList = {};\n",
        data.keyboards,
        list(&data.alike),
        list(&data.endings),
        list(&near),
    ))
}

/// Words in one string, because pointers to words would be larger than the words.
fn list(words: &[String]) -> String {
    format!("WordList({:?})", words.join(" "))
}

/// Whether domains can be registered under this ending.
fn real(ending: &str) -> bool {
    let domain = format!("example.{ending}");
    psl::suffix(domain.as_bytes()).is_some_and(|suffix| suffix.is_known() && suffix == ending)
}

/// Every result of typing `word` with one letter too few, too many, wrong, or swapped.
fn one_slip(word: &str) -> Vec<String> {
    let mut found = Vec::new();
    for place in 0..=word.len() {
        let (before, after) = word.split_at(place);
        for letter in 'a'..='z' {
            found.push(format!("{before}{letter}{after}"));
            if let Some(rest) = after.get(1..) {
                found.push(format!("{before}{letter}{rest}"));
            }
        }
        if let Some(rest) = after.get(1..) {
            found.push(format!("{before}{rest}"));
        }
        if let (Some(first), Some(second), Some(rest)) =
            (after.get(..1), after.get(1..2), after.get(2..))
        {
            found.push(format!("{before}{second}{first}{rest}"));
        }
    }
    found
}
