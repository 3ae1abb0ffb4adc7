//! Generates the Rust code that reads the texts: the languages (`src/language.rs`), the place of each text,
//! with a function per closed set (`src/places.rs`), and a method per text, with its arguments
//! (`src/sentences.rs`).

use super::check::placeholders;
use super::source::{CHANNELS, KeyedTexts, LanguageFile};
use bezorgd_model::codes::variant;
use std::collections::BTreeMap;
use std::fmt::Write as _;

/// A closed set: its texts, the function that finds one, and the type of its codes.
const SETS: [(&str, &str, &str); 14] = [
    ("state", "state", "State"),
    ("action", "action", "Action"),
    ("change", "change", "Change"),
    ("role", "role", "Role"),
    ("date-order", "date_order", "DateOrder"),
    ("sender-name", "sender", "Sender"),
    ("letter", "letter", "Letter"),
    ("permanence", "permanence", "Permanence"),
    ("thing", "thing", "Sender"),
    ("channel", "channel", "Channel"),
    ("cause", "cause", "Cause"),
    ("detail", "detail", "DetailCode"),
    ("kind", "kind", "Kind"),
    ("next-step", "next_step", "NextStep"),
];

/// The type with a variant for each language file.
pub fn languages(languages: &[LanguageFile], default: &str) -> String {
    let mut variants = String::new();
    let (mut all, mut codes, mut packed) = (String::new(), String::new(), String::new());
    for language in languages {
        let (name, code) = (&language.language.name, &language.code);
        let is_default = if code == default { "#[default]" } else { "" };
        let about = &language.language.about;
        let _ = write!(variants, "#[doc = {about:?}]\n{is_default} {name},");
        let _ = write!(all, "Self::{name},");
        let _ = write!(codes, "Self::{name} => {code:?},");
        let file = format!("/{code}.words");
        let _ = write!(
            packed,
            "Self::{name} => include_str!(concat!(env!(\"OUT_DIR\"), {file:?})),"
        );
    }
    format!(
        "/// A language that people can read.\n\
         #[derive(Clone, Copy, Debug, Default, Eq, Hash, PartialEq)]\npub enum Language {{ {variants} }}\n\
         impl Language {{\n\
         /// Every language, by code.\npub const ALL: [Self; {}] = [{all}];\n\
         /// Its code in addresses, file names and the `lang` attribute (BCP 47).\n\
         pub const fn code(self) -> &'static str {{ match self {{ {codes} }} }}\n\
         /// Its texts in the form that [`Words::load`](crate::Words::load) reads.\n#[cfg(feature = \"compiled\")]\n\
         pub const fn packed(self) -> &'static str {{ match self {{ {packed} }} }} }}",
        languages.len()
    )
}

/// Where each text of the reference language is.
pub fn places(language: &LanguageFile, texts: &KeyedTexts, fingerprint: u64) -> String {
    let places = index(texts);
    let place = |key: &str| places.get(key).copied().unwrap_or_default();
    let mut out = String::new();
    let mut line = |text: String| {
        let _ = writeln!(out, "{text}");
    };
    line(format!(
        "pub const FINGERPRINT: &str = \"{fingerprint:016x}\";\npub const COUNT: usize = {};",
        texts.len()
    ));
    for (name, key) in [
        ("THOUSANDS", "numbers.thousands"),
        ("DECIMAL", "numbers.decimal"),
        ("SINGULAR_ZERO", "numbers.singular-zero"),
        ("UNITS", "numbers.unit.0"),
        ("MONTHS", "dates.months.00"),
        ("SHORT_MONTHS", "dates.short-months.00"),
        ("DATE_DAY", "dates.day"),
        ("DATE_MOMENT", "dates.moment"),
        ("DATE_SHORT", "dates.short"),
        ("DATE_MONTH", "dates.month"),
    ] {
        line(format!("pub const {name}: usize = {};", place(key)));
    }

    for (set, name, codes) in SETS {
        let prefix = format!("{set}.");
        let mut arms: Vec<(String, usize)> = Vec::new();
        for (at, (key, _)) in texts.iter().enumerate() {
            if let Some(code) = key.strip_prefix(&prefix) {
                let code = code.split('.').next().unwrap_or_default();
                if arms.iter().all(|(listed, _)| listed != code) {
                    arms.push((code.to_owned(), at));
                }
            }
        }
        line(function(name, codes, &arms));
    }
    let problems: Vec<(String, usize)> = texts
        .iter()
        .enumerate()
        .filter_map(|(at, (key, _))| {
            Some((
                key.strip_prefix("problem.")?
                    .strip_suffix(".what")?
                    .to_owned(),
                at,
            ))
        })
        .collect();
    line(function("problem", "ProblemCode", &problems));

    line(guide_keys(language, &place));
    line(advice(language, &place));
    line(sender_guides(language));
    line(messages(language, &place));
    out
}

/// A method for each text of the reference language that has no code.
pub fn sentences(language: &LanguageFile, texts: &KeyedTexts) -> String {
    let places = index(texts);
    let place = |key: &str| places.get(key).copied().unwrap_or_default();
    let mut out = String::new();
    let mut line = |text: String| {
        let _ = writeln!(out, "{text}");
    };
    line("impl Ui {".into());
    for (key, text) in &language.ui {
        line(method(
            text,
            key,
            "",
            "&'static str",
            &format!("self.0.get({})", place(&format!("ui.{key}"))),
        ));
    }
    line("}\nimpl Lines {".into());
    for (key, text) in &language.line {
        line(method(
            text,
            key,
            "",
            "Line",
            &format!("Line(self.0.get({}))", place(&format!("line.{key}"))),
        ));
    }
    line("}\nimpl Fill {".into());
    for (key, text) in &language.fill {
        let (arguments, values) = arguments(text, &[]);
        let body = format!(
            "self.0.fill({}, &[{values}])",
            place(&format!("fill.{key}"))
        );
        line(method(text, key, &arguments, "String", &body));
    }
    line("}\nimpl Counts {".into());
    for (key, count) in &language.count {
        let (arguments, values) = arguments(&count.other, &["n"]);
        let body = format!(
            "self.0.sentence({}, n, &[{values}])",
            place(&format!("count.{key}.one"))
        );
        line(method(
            &count.other,
            key,
            &format!(", n: u32{arguments}"),
            "String",
            &body,
        ));
    }
    line("}\nimpl Guides {".into());
    for (key, guide) in &language.guide {
        line(method(
            &guide.title,
            key,
            "",
            "Guide",
            &format!("Guide::of(self.0, GuideKey::{})", variant(key)),
        ));
    }
    line("}".into());
    out
}

/// The place of each text by its key.
fn index(texts: &KeyedTexts) -> BTreeMap<&str, usize> {
    let keys = texts.iter().map(|(key, _)| key.as_str());
    keys.zip(0..).collect()
}

/// A documented method of a set of texts.
fn method(doc: &str, key: &str, arguments: &str, result: &str, body: &str) -> String {
    format!(
        "#[doc = {doc:?}]\npub fn {}(self{arguments}) -> {result} {{ {body} }}",
        field(key)
    )
}

/// The arguments of a sentence, and the pairs that fill it in; `known` are filled in otherwise.
fn arguments(text: &str, known: &[&str]) -> (String, String) {
    let names = placeholders(text)
        .into_iter()
        .filter(|name| !known.contains(name));
    let names: Vec<&str> = names.collect();
    let arguments = names
        .iter()
        .map(|name| format!(", {}: &str", argument(name)));
    let values = names
        .iter()
        .map(|name| format!("({name:?}, {})", argument(name)));
    (arguments.collect(), values.collect::<Vec<_>>().join(", "))
}

/// The name of a placeholder as an argument; `type` is a word of Rust.
fn argument(name: &str) -> String {
    if name == "type" {
        "kind".to_owned()
    } else {
        field(name)
    }
}

/// A function from a closed set to the place of a text: the compiler asks for the codes that are missing.
fn function(name: &str, codes: &str, arms: &[(String, usize)]) -> String {
    let arms: String = arms
        .iter()
        .map(|(code, at)| format!("{codes}::{} => {at},", variant(code)))
        .collect();
    format!("pub fn {name}_place(code: {codes}) -> usize {{ match code {{ {arms} }} }}")
}

fn guide_keys(language: &LanguageFile, place: &impl Fn(&str) -> usize) -> String {
    let mut variants = String::new();
    let mut all = String::new();
    let mut arms: Vec<(String, usize)> = Vec::new();
    for (key, guide) in &language.guide {
        let name = variant(key);
        let _ = write!(variants, "#[doc = {:?}]\n{name},", guide.title);
        let _ = write!(all, "Self::{name},");
        arms.push((key.clone(), place(&format!("guide.{key}"))));
    }
    format!(
        "/// A guide, by what it is about.\n#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]\npub enum GuideKey {{ {variants} }}\n\
         impl GuideKey {{\n/// Every guide.\npub const ALL: &[Self] = &[{all}]; }}\n{}",
        function("guide", "GuideKey", &arms)
    )
}

/// Advice per cause, sending system and state, from the most to the least precise.
fn advice(language: &LanguageFile, place: &impl Fn(&str) -> usize) -> String {
    let mut arms = String::new();
    for advice in language.advice() {
        let cause = variant(advice.cause);
        let any = |set: &str, code: Option<&str>| {
            code.map_or_else(
                || "_".to_owned(),
                |code| format!("{set}::{}", variant(code)),
            )
        };
        let (sender, state) = (any("Sender", advice.sender), any("State", advice.state));
        let guides = keys(advice.guides);
        let _ = writeln!(
            arms,
            "(Cause::{cause}, {sender}, {state}) => ({}, &[{guides}]),",
            place(&advice.key())
        );
    }
    format!(
        "pub fn advice_place(cause: Cause, sender: Sender, state: State) -> (usize, &'static [GuideKey]) {{\n\
         match (cause, sender, state) {{\n{arms} }} }}"
    )
}

fn sender_guides(language: &LanguageFile) -> String {
    let arms = language.sender_guides.iter();
    let arms: String = arms
        .map(|(sender, names)| format!("Sender::{} => &[{}],", variant(sender), keys(names)))
        .collect();
    format!(
        "pub fn sender_guides(sender: Sender) -> &'static [GuideKey] {{ match sender {{ {arms} }} }}"
    )
}

fn messages(language: &LanguageFile, place: &impl Fn(&str) -> usize) -> String {
    let mut arms = String::new();
    for (name, channels) in &language.message {
        let texts = CHANNELS
            .iter()
            .filter(|channel| channels.contains_key(**channel));
        let texts = texts.map(|channel| {
            format!(
                "(Channel::{}, {})",
                variant(channel),
                place(&format!("message.{name}.{channel}"))
            )
        });
        let _ = write!(
            arms,
            "ReadyText::{} => &[{}],",
            variant(name),
            texts.collect::<Vec<_>>().join(", ")
        );
    }
    format!(
        "pub fn message_places(text: ReadyText) -> &'static [(Channel, usize)] {{ match text {{ {arms} }} }}"
    )
}

fn keys(names: &[String]) -> String {
    names
        .iter()
        .map(|name| format!("GuideKey::{},", variant(name)))
        .collect()
}

/// `mailbox-full` as a name in Rust: `mailbox_full`.
fn field(key: &str) -> String {
    key.replace('-', "_")
}
