//! Checks the texts of each language, and compares languages.

use super::TEXT_END;
use super::source::{KeyedTexts, LanguageFile, PART_END};
use std::collections::BTreeSet;

/// The placeholders of texts to copy (`src/messages.rs`).
const OF_MESSAGES: [&str; 12] = [
    "thing",
    "address",
    "suggestion",
    "domain",
    "document",
    "moment",
    "text",
    "server",
    "file",
    "line",
    "signature",
    "contact",
];

/// The placeholders of dates (`src/dates.rs`).
const OF_DATES: [&str; 5] = ["day", "month", "short-month", "year", "time"];

/// The sets of texts in which some words are marked as menus or literal phrases.
const MARKED: [&str; 4] = ["line.", "problem.", "advice.", "guide."];

/// When a step applies (`src/advice.rs`).
const CONDITIONS: [&str; 4] = ["counted", "uncounted", "kept", "removed"];

/// Checks the structure of a language, its marks and its placeholders.
pub fn texts(language: &LanguageFile, texts: &KeyedTexts) -> Result<(), String> {
    language.check_structure()?;
    let file = language.file();
    for (key, text) in texts {
        if text.contains(TEXT_END)
            || (text.contains(PART_END)
                && !key.starts_with("advice.")
                && !key.starts_with("detail.")
                && !key.starts_with("guide."))
        {
            return Err(format!("{file}: control character in {key}"));
        }
        let allowed: &[&str] = match key.split('.').next().unwrap_or_default() {
            "message" => &OF_MESSAGES,
            "dates" => &OF_DATES,
            "kind" => &["n"],
            "detail" => &["value"],
            // They name their own arguments; `same_placeholders` compares them between languages.
            "fill" | "count" => continue,
            _ => &["domain"],
        };
        for name in placeholders(text) {
            if !allowed.contains(&name) {
                return Err(format!(
                    "{file}: unknown placeholder `{{{name}}}` in {key}: {text}"
                ));
            }
        }
        if MARKED.iter().any(|set| key.starts_with(set)) {
            for part in text.split(PART_END) {
                if let Some((condition, _)) =
                    part.strip_prefix('[').and_then(|it| it.split_once("] "))
                    && !CONDITIONS.contains(&condition)
                {
                    return Err(format!(
                        "{file}: unknown condition `[{condition}]` in {key}"
                    ));
                }
                marks(part)
                    .map_err(|mark| format!("{file}: {mark} is not closed in {key}: {part}"))?;
            }
        }
    }
    Ok(())
}

/// Fails if a `*menu*` or `_literal_` is not closed. They do not nest.
fn marks(text: &str) -> Result<(), char> {
    let mut rest = text;
    while let Some(start) = rest.find(['*', '_']) {
        let mark = rest[start..].chars().next().unwrap_or_default();
        let inside = &rest[start + 1..];
        let end = inside.find(mark).ok_or(mark)?;
        rest = &inside[end + 1..];
    }
    Ok(())
}

/// Fails if a language lacks a text, has one too many, or names different guides.
pub fn same_keys(reference: &LanguageFile, language: &LanguageFile) -> Result<(), String> {
    let keys = |language: &LanguageFile| -> BTreeSet<String> {
        language.texts().into_iter().map(|(key, _)| key).collect()
    };
    let (wanted, found) = (keys(reference), keys(language));
    if let Some(key) = wanted.difference(&found).next() {
        return Err(format!("{}: {key} is missing", language.file()));
    }
    if let Some(key) = found.difference(&wanted).next() {
        return Err(format!(
            "{}: {key} is not in {}",
            language.file(),
            reference.file()
        ));
    }
    for (advice, other) in reference.advice().iter().zip(language.advice()) {
        if advice.guides != other.guides {
            return Err(format!(
                "{}: different guides than in {} at {}",
                language.file(),
                reference.file(),
                advice.key()
            ));
        }
    }
    if reference.sender_guides != language.sender_guides {
        return Err(format!(
            "{}: different sender-guides than in {}",
            language.file(),
            reference.file()
        ));
    }
    Ok(())
}

/// Fails if a sentence has different placeholders than in the reference.
pub fn same_placeholders(
    reference: &KeyedTexts,
    texts: &KeyedTexts,
    file: &str,
) -> Result<(), String> {
    for ((key, wanted), (_, text)) in reference.iter().zip(texts) {
        // A text to copy may omit a line, and "one" need not contain the number.
        let is_compared =
            key.starts_with("fill.") || (key.starts_with("count.") && key.ends_with(".other"));
        if !is_compared {
            continue;
        }
        let set = |text| placeholders(text).into_iter().collect::<BTreeSet<_>>();
        if set(wanted) != set(text) {
            return Err(format!(
                "{file}: {key} must have the placeholders {:?}: {text}",
                set(wanted)
            ));
        }
    }
    Ok(())
}

/// The names in `{…}`, in order, each once; `{…|…}` is a choice of words.
pub fn placeholders(text: &str) -> Vec<&str> {
    let mut names = Vec::new();
    for (start, _) in text.match_indices('{') {
        let name = text[start + 1..].split('}').next().unwrap_or_default();
        if !name.contains('|') && !names.contains(&name) {
            names.push(name);
        }
    }
    names
}

/// A number that changes with the keys (FNV-1a), so that texts and code from two builds are not mixed.
pub fn fingerprint(texts: &KeyedTexts) -> u64 {
    let bytes = texts.iter().flat_map(|(key, _)| key.bytes().chain([0]));
    bytes.fold(0xcbf2_9ce4_8422_2325, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x100_0000_01b3)
    })
}
