//! Turns the TOML files beside it into Rust tables: a missing key, an unknown code or a wrong placeholder
//! fails the build, and no binary carries a TOML parser.

use bezorgd_model::codes::variant;
use serde::{Deserialize, de::DeserializeOwned};
use std::collections::BTreeMap;
use std::{fs, path::PathBuf};

const SOURCE: &str = "nl.toml";

/// The ways to bring a message.
const CHANNELS: [&str; 4] = ["letter", "sms", "phone", "mail"];

/// What a message may leave to be filled in (`src/text/messages.rs`).
const FILLED_IN: [&str; 11] = [
    "greeting",
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
];

/// One language.
#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct Language {
    dates: Dates,
    ui: BTreeMap<String, String>,
    line: BTreeMap<String, String>,
    fill: BTreeMap<String, String>,
    count: BTreeMap<String, Count>,
    next_step: BTreeMap<String, NextStep>,
    state: BTreeMap<String, String>,
    action: BTreeMap<String, String>,
    change: BTreeMap<String, String>,
    role: BTreeMap<String, String>,
    date_order: BTreeMap<String, String>,
    sender_name: BTreeMap<String, String>,
    letter: BTreeMap<String, String>,
    kind: BTreeMap<String, Count>,
    problem: BTreeMap<String, Problem>,
    cause: BTreeMap<String, Cause>,
    sender: BTreeMap<String, BTreeMap<String, Change>>,
    guide: BTreeMap<String, Guide>,
    sender_guides: BTreeMap<String, Vec<String>>,
    thing: BTreeMap<String, String>,
    channel: BTreeMap<String, String>,
    message: BTreeMap<String, BTreeMap<String, String>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct Dates {
    months: [String; 12],
    short_months: [String; 12],
    day: String,
    moment: String,
    short: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Count {
    one: String,
    other: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct NextStep {
    title: String,
    short: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Problem {
    what: String,
    next: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Cause {
    title: String,
    explain: String,
    steps: Vec<String>,
    #[serde(default)]
    guides: Vec<String>,
    #[serde(default)]
    when: BTreeMap<String, Change>,
}

/// What differs from the advice it refines; what it does not name stays.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Change {
    explain: Option<String>,
    steps: Option<Vec<String>>,
    guides: Option<Vec<String>>,
    #[serde(default)]
    when: BTreeMap<String, Change>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Guide {
    title: String,
    steps: Vec<String>,
}

/// Advice with everything it inherits filled in.
#[derive(Clone)]
struct Advice<'a> {
    explain: &'a str,
    steps: &'a [String],
    guides: &'a [String],
}

impl<'a> Advice<'a> {
    fn changed(&self, change: &'a Change) -> Self {
        Self {
            explain: change.explain.as_deref().unwrap_or(self.explain),
            steps: change.steps.as_deref().unwrap_or(self.steps),
            guides: change.guides.as_deref().unwrap_or(self.guides),
        }
    }
}

fn main() -> Result<(), String> {
    println!("cargo::rerun-if-changed=build.rs");
    let out = PathBuf::from(std::env::var_os("OUT_DIR").ok_or("cargo gave no OUT_DIR")?);
    let words = rust(&read(SOURCE)?);
    fs::write(out.join("words.rs"), words).map_err(|error| error.to_string())
}

fn read<T: DeserializeOwned>(source: &str) -> Result<T, String> {
    println!("cargo::rerun-if-changed={source}");
    let text = fs::read_to_string(source).map_err(|error| format!("{source}: {error}"))?;
    toml::from_str(&text).map_err(|error| format!("{source}: {error}"))
}

/// The closed set of guides, and the guide of each.
fn guide_keys(out: &mut String, language: &Language) {
    out.push_str("guide_of: |key| match key {");
    for key in language.guide.keys() {
        out.push_str(&format!(
            "GuideKey::{} => &NL.guide.{},",
            variant(key),
            field(key)
        ));
    }
    out.push_str("},\n");
}

fn guide_enum(language: &Language) -> String {
    let variants = || {
        language
            .guide
            .iter()
            .map(|(key, guide)| (variant(key), &guide.title))
    };
    let all: String = variants()
        .map(|(name, _)| format!("Self::{name},"))
        .collect();
    let variants: String = variants()
        .map(|(name, title)| format!("#[doc = {title:?}]\n{name},"))
        .collect();
    format!(
        "/// How to do something, by what it is about.\n#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]\n\
         pub enum GuideKey {{ {variants} }}\n\
         impl GuideKey {{\n/// Every guide.\npub const ALL: &[Self] = &[{all}];\n}}\n"
    )
}

fn rust(language: &Language) -> String {
    let mut out = guide_enum(language);
    fields(
        &mut out,
        "Ui",
        "Words that are shown as they are.",
        "&'static str",
        language.ui.iter(),
    );
    fields(
        &mut out,
        "Lines",
        "Sentences with marks in them.",
        "Line",
        language.line.iter(),
    );
    fields(
        &mut out,
        "Fill",
        "Sentences with something filled in.",
        "Template",
        language.fill.iter(),
    );
    fields(
        &mut out,
        "Counts",
        "Sentences with a number.",
        "Count",
        language
            .count
            .iter()
            .map(|(key, count)| (key, &count.other)),
    );
    fields(
        &mut out,
        "Guides",
        "How to do something, step by step.",
        "Guide",
        language
            .guide
            .iter()
            .map(|(key, guide)| (key, &guide.title)),
    );

    out.push_str("static NL: Words = Words {\n");
    let Dates {
        months,
        short_months,
        day,
        moment,
        short,
    } = &language.dates;
    let dates = format!(
        "dates: Dates {{ months: {months:?}, short_months: {short_months:?}, day: Template({day:?}), moment: Template({moment:?}), short: Template({short:?}) }},"
    );
    out.push_str(&dates);
    table(&mut out, "ui", "Ui", &language.ui, |text| {
        format!("{text:?}")
    });
    table(&mut out, "line", "Lines", &language.line, |text| line(text));
    table(&mut out, "fill", "Fill", &language.fill, |text| {
        format!("Template({text:?})")
    });
    table(&mut out, "count", "Counts", &language.count, number);
    table(&mut out, "guide", "Guides", &language.guide, guide);
    by_code(
        &mut out,
        "next_step",
        "NextStep",
        &language.next_step,
        |next_step| {
            format!(
                "&NextStepWords {{ title: {:?}, short: {:?} }}",
                next_step.title, next_step.short
            )
        },
    );
    by_code(&mut out, "state", "State", &language.state, |text| {
        format!("{text:?}")
    });
    by_code(&mut out, "action", "Action", &language.action, |text| {
        format!("{text:?}")
    });
    by_code(&mut out, "change", "Change", &language.change, |text| {
        format!("{text:?}")
    });
    by_code(&mut out, "role", "Role", &language.role, |text| {
        format!("{text:?}")
    });
    by_code(
        &mut out,
        "date_order",
        "DateOrder",
        &language.date_order,
        |text| format!("{text:?}"),
    );
    by_code(
        &mut out,
        "sender",
        "Sender",
        &language.sender_name,
        |text| format!("{text:?}"),
    );
    by_code(&mut out, "letter", "Letter", &language.letter, |text| {
        format!("{text:?}")
    });
    by_code(&mut out, "kind", "Kind", &language.kind, |count| {
        format!("&{}", number(count))
    });
    by_code(
        &mut out,
        "problem",
        "ProblemCode",
        &language.problem,
        |problem| {
            format!(
                "&ProblemWords {{ what: {}, next: {} }}",
                line(&problem.what),
                line(&problem.next)
            )
        },
    );
    by_code(&mut out, "cause", "Cause", &language.cause, |cause| {
        format!("{:?}", cause.title)
    });
    by_code(
        &mut out,
        "sender_guides",
        "Sender",
        &language.sender_guides,
        |names| format!("&[{}]", guides(language, names)),
    );
    by_code(&mut out, "thing", "Sender", &language.thing, |text| {
        format!("{text:?}")
    });
    by_code(&mut out, "channel", "Channel", &language.channel, |text| {
        format!("{text:?}")
    });
    by_code(&mut out, "message", "ReadyText", &language.message, message);
    advice(&mut out, language);
    guide_keys(&mut out, language);
    out.push_str("};\n");
    out
}

fn number(count: &Count) -> String {
    format!("Count {{ one: {:?}, other: {:?} }}", count.one, count.other)
}

/// A struct with one documented field per key.
fn fields<'a>(
    out: &mut String,
    name: &str,
    doc: &str,
    kind: &str,
    entries: impl Iterator<Item = (&'a String, &'a String)>,
) {
    out.push_str(&format!(
        "#[doc = {doc:?}]\n#[derive(Debug)]\npub struct {name} {{"
    ));
    for (key, example) in entries {
        out.push_str(&format!(
            "#[doc = {example:?}]\npub {}: {kind},",
            field(key)
        ));
    }
    out.push_str("}\n");
}

/// The value of such a struct.
fn table<T>(
    out: &mut String,
    name: &str,
    kind: &str,
    entries: &BTreeMap<String, T>,
    value: impl Fn(&T) -> String,
) {
    out.push_str(&format!("{name}: {kind} {{"));
    for (key, entry) in entries {
        out.push_str(&format!("{}: {},", field(key), value(entry)));
    }
    out.push_str("},\n");
}

/// A function from the variants of a closed set: the compiler asks for the ones that are missing.
fn by_code<T>(
    out: &mut String,
    name: &str,
    set: &str,
    entries: &BTreeMap<String, T>,
    value: impl Fn(&T) -> String,
) {
    out.push_str(&format!("{name}: |code| match code {{"));
    for (code, entry) in entries {
        out.push_str(&format!("{set}::{} => {},", variant(code), value(entry)));
    }
    out.push_str("},\n");
}

/// Advice per cause, sending system and state, from the most to the least precise.
fn advice(out: &mut String, language: &Language) {
    for code in language.sender.values().flat_map(BTreeMap::keys) {
        assert!(
            language.cause.contains_key(code),
            "{SOURCE}: there is no cause {code}"
        );
    }
    out.push_str("advice: |cause, sender, state| match (cause, sender, state) {\n");
    for (code, cause) in &language.cause {
        let base = Advice {
            explain: &cause.explain,
            steps: &cause.steps,
            guides: &cause.guides,
        };
        let mut arm = |sender: &str, state: &str, advice: &Advice| {
            let cause = variant(code);
            let advice = advice_value(language, advice);
            out.push_str(&format!("(Cause::{cause}, {sender}, {state}) => {advice},"));
        };
        for (sender, changes) in &language.sender {
            let Some(change) = changes.get(code) else {
                continue;
            };
            let sender = format!("Sender::{}", variant(sender));
            let own = base.changed(change);
            for (state, when) in &change.when {
                assert!(
                    when.when.is_empty(),
                    "{SOURCE}: `when` inside `when` at {code}"
                );
                arm(
                    &sender,
                    &format!("State::{}", variant(state)),
                    &own.changed(when),
                );
            }
            // A system that only differs in some states follows the general advice in the others.
            if change.explain.is_some() || change.steps.is_some() || change.guides.is_some() {
                arm(&sender, "_", &own);
            }
        }
        for (state, when) in &cause.when {
            assert!(
                when.when.is_empty(),
                "{SOURCE}: `when` inside `when` at {code}"
            );
            arm(
                "_",
                &format!("State::{}", variant(state)),
                &base.changed(when),
            );
        }
        arm("_", "_", &base);
    }
    out.push_str("},\n");
}

fn advice_value(language: &Language, advice: &Advice) -> String {
    format!(
        "&Advice {{ explain: {}, steps: {}, guides: &[{}] }}",
        line(advice.explain),
        lines(advice.steps),
        guides(language, advice.guides),
    )
}

/// The guides of these names.
fn guides(language: &Language, names: &[String]) -> String {
    let found = names.iter().map(|name| match language.guide.get(name) {
        Some(found) => format!("{}, ", guide(found)),
        None => panic!("{SOURCE}: there is no guide {name}"),
    });
    found.collect()
}

/// The texts of a message by the way they are brought, in the order in which a person thinks of them.
fn message(texts: &BTreeMap<String, String>) -> String {
    for (channel, text) in texts {
        assert!(
            CHANNELS.contains(&channel.as_str()),
            "{SOURCE}: there is no channel {channel}"
        );
        for (start, _) in text.match_indices('{') {
            let name = text[start + 1..].split('}').next().unwrap_or_default();
            assert!(
                FILLED_IN.contains(&name),
                "{SOURCE}: nothing fills in {{{name}}} in: {text}"
            );
        }
    }
    let texts: String = CHANNELS
        .iter()
        .filter_map(|&channel| Some((channel, texts.get(channel)?)))
        .map(|(channel, text)| {
            let text = text.trim();
            format!("(Channel::{}, Template({text:?})), ", variant(channel))
        })
        .collect();
    format!("&[{texts}]")
}

fn guide(guide: &Guide) -> String {
    format!(
        "Guide {{ title: {:?}, steps: {} }}",
        guide.title,
        lines(&guide.steps)
    )
}

fn lines(texts: &[String]) -> String {
    let lines: Vec<_> = texts.iter().map(|text| line(text)).collect();
    format!("&[{}]", lines.join(", "))
}

/// Splits the marks out of a text: `*menu*` and `_literal_`.
fn line(text: &str) -> String {
    let mut pieces = String::new();
    let mut rest = text;
    while let Some(start) = rest.find(['*', '_']) {
        let (before, marked) = rest.split_at(start);
        let mark = &marked[..1];
        let Some(length) = marked[1..].find(mark) else {
            panic!("{SOURCE}: {mark} is not closed in: {text}");
        };
        let kind = if mark == "*" { "Menu" } else { "Literal" };
        push_piece(&mut pieces, "Plain", before);
        push_piece(&mut pieces, kind, &marked[1..=length]);
        rest = &marked[length + 2..];
    }
    push_piece(&mut pieces, "Plain", rest);
    format!("Line(&[{pieces}])")
}

/// Adds a text that is not empty, the sender's domain in it as a piece of its own.
fn push_piece(pieces: &mut String, kind: &str, text: &str) {
    for (index, part) in text.split("{domain}").enumerate() {
        if index > 0 {
            pieces.push_str("Piece::Domain, ");
        }
        if !part.is_empty() {
            pieces.push_str(&format!("Piece::{kind}({part:?}), "));
        }
    }
}

/// `mailbox-full` as a field: `mailbox_full`.
fn field(key: &str) -> String {
    key.replace('-', "_")
}
