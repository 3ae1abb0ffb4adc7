//! Reads the file of a language.

use serde::Deserialize;
use std::collections::BTreeMap;
use std::fs;

/// Ends each part of a text that has several, such as the steps of a guide (ISO 646: unit separator).
pub const PART_END: char = '\u{1F}';

/// The channels of a text to copy, in the order in which a person considers them.
pub const CHANNELS: [&str; 4] = ["letter", "sms", "phone", "mail"];

/// Texts by key, in the order of their keys.
pub type KeyedTexts = Vec<(String, String)>;

/// One language.
#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct LanguageFile {
    #[serde(skip)]
    pub code: String,
    pub language: LanguageName,
    numbers: NumberTexts,
    dates: DateTexts,
    pub ui: BTreeMap<String, String>,
    pub line: BTreeMap<String, String>,
    pub fill: BTreeMap<String, String>,
    pub count: BTreeMap<String, CountTexts>,
    next_step: BTreeMap<String, NextStepTexts>,
    state: BTreeMap<String, String>,
    action: BTreeMap<String, String>,
    change: BTreeMap<String, String>,
    role: BTreeMap<String, String>,
    date_order: BTreeMap<String, String>,
    sender_name: BTreeMap<String, String>,
    letter: BTreeMap<String, String>,
    permanence: BTreeMap<String, String>,
    kind: BTreeMap<String, CountTexts>,
    problem: BTreeMap<String, ProblemTexts>,
    pub cause: BTreeMap<String, CauseTexts>,
    detail: BTreeMap<String, DetailEntry>,
    pub sender: BTreeMap<String, BTreeMap<String, AdviceChange>>,
    pub guide: BTreeMap<String, GuideTexts>,
    pub sender_guides: BTreeMap<String, Vec<String>>,
    thing: BTreeMap<String, String>,
    channel: BTreeMap<String, String>,
    pub message: BTreeMap<String, BTreeMap<String, String>>,
}

/// The name of a language in the code.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LanguageName {
    /// The variant of `Language`.
    pub name: String,
    /// Its documentation, a sentence.
    pub about: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct NumberTexts {
    thousands: String,
    decimal: String,
    /// Whether zero takes the singular, as in French.
    singular_zero: bool,
    units: [String; 4],
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct DateTexts {
    months: [String; 12],
    short_months: [String; 12],
    day: String,
    moment: String,
    short: String,
    month: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CountTexts {
    pub one: String,
    pub other: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct NextStepTexts {
    title: String,
    short: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ProblemTexts {
    what: String,
    next: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CauseTexts {
    title: String,
    explain: String,
    steps: Vec<String>,
    #[serde(default)]
    guides: Vec<String>,
    #[serde(default)]
    when: BTreeMap<String, AdviceChange>,
}

/// The differences from the advice it refines; absent parts are inherited.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AdviceChange {
    explain: Option<String>,
    steps: Option<Vec<String>>,
    guides: Option<Vec<String>>,
    #[serde(default)]
    when: BTreeMap<String, AdviceChange>,
}

impl AdviceChange {
    /// Whether it changes anything in every state, not only in some.
    fn is_own(&self) -> bool {
        self.explain.is_some() || self.steps.is_some() || self.guides.is_some()
    }
}

/// What a detail means and what to do about it.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct DetailEntry {
    /// Without its name or amount.
    any: String,
    /// With it.
    given: Option<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct GuideTexts {
    pub title: String,
    steps: Vec<String>,
}

/// Advice including what it inherits, and the cause, sending system and state it is for.
pub struct FullAdvice<'a> {
    pub cause: &'a str,
    /// `None` for any sending system.
    pub sender: Option<&'a str>,
    /// `None` for any state.
    pub state: Option<&'a str>,
    pub explain: &'a str,
    pub steps: &'a [String],
    pub guides: &'a [String],
}

impl FullAdvice<'_> {
    /// The key of its text.
    pub fn key(&self) -> String {
        let any = |part: Option<&str>| part.unwrap_or("*").to_owned();
        format!(
            "advice.{}.{}.{}",
            self.cause,
            any(self.sender),
            any(self.state)
        )
    }
}

/// The codes of the languages: the names of the TOML files beside the manifest, without extension.
pub fn codes() -> Result<Vec<String>, String> {
    let mut codes = Vec::new();
    println!("cargo::rerun-if-changed=.");
    for entry in fs::read_dir(".").map_err(|error| error.to_string())? {
        let path = entry.map_err(|error| error.to_string())?.path();
        let name = path
            .file_name()
            .unwrap_or_default()
            .to_string_lossy()
            .into_owned();
        if let Some(code) = name.strip_suffix(".toml")
            && name != "Cargo.toml"
        {
            codes.push(code.to_owned());
        }
    }
    codes.sort();
    Ok(codes)
}

impl LanguageFile {
    /// Reads the file of a language.
    pub fn read(code: &str) -> Result<Self, String> {
        let file = format!("{code}.toml");
        println!("cargo::rerun-if-changed={file}");
        let text = fs::read_to_string(&file).map_err(|error| format!("{file}: {error}"))?;
        let mut language: Self =
            toml::from_str(&text).map_err(|error| format!("{file}: {error}"))?;
        code.clone_into(&mut language.code);
        Ok(language)
    }

    /// The name of its file, for error messages.
    pub fn file(&self) -> String {
        format!("{}.toml", self.code)
    }

    /// Every text, by key, in the same order for each language.
    pub fn texts(&self) -> KeyedTexts {
        let mut texts = KeyedTexts::new();
        let mut add =
            |key: String, text: &str| texts.push((key, text.trim_end_matches('\n').to_owned()));
        let NumberTexts {
            thousands,
            decimal,
            singular_zero,
            units,
        } = &self.numbers;
        add("numbers.thousands".into(), thousands);
        add("numbers.decimal".into(), decimal);
        add(
            "numbers.singular-zero".into(),
            if *singular_zero { "yes" } else { "no" },
        );
        for (place, unit) in units.iter().enumerate() {
            add(format!("numbers.unit.{place}"), unit);
        }
        let DateTexts {
            months,
            short_months,
            day,
            moment,
            short,
            month,
        } = &self.dates;
        for (place, name) in months.iter().enumerate() {
            add(format!("dates.months.{place:02}"), name);
        }
        for (place, name) in short_months.iter().enumerate() {
            add(format!("dates.short-months.{place:02}"), name);
        }
        for (name, text) in [
            ("day", day),
            ("moment", moment),
            ("short", short),
            ("month", month),
        ] {
            add(format!("dates.{name}"), text);
        }
        for (set, entries) in [
            ("ui", &self.ui),
            ("line", &self.line),
            ("fill", &self.fill),
            ("state", &self.state),
            ("action", &self.action),
            ("change", &self.change),
            ("role", &self.role),
            ("date-order", &self.date_order),
            ("sender-name", &self.sender_name),
            ("letter", &self.letter),
            ("permanence", &self.permanence),
            ("thing", &self.thing),
            ("channel", &self.channel),
        ] {
            for (name, text) in entries {
                add(format!("{set}.{name}"), text);
            }
        }
        for (set, entries) in [("count", &self.count), ("kind", &self.kind)] {
            for (name, CountTexts { one, other }) in entries {
                add(format!("{set}.{name}.one"), one);
                add(format!("{set}.{name}.other"), other);
            }
        }
        for (name, NextStepTexts { title, short }) in &self.next_step {
            add(format!("next-step.{name}.title"), title);
            add(format!("next-step.{name}.short"), short);
        }
        for (name, ProblemTexts { what, next }) in &self.problem {
            add(format!("problem.{name}.what"), what);
            add(format!("problem.{name}.next"), next);
        }
        for (name, cause) in &self.cause {
            add(format!("cause.{name}"), &cause.title);
        }
        for (name, DetailEntry { any, given }) in &self.detail {
            add(format!("detail.{name}"), &parts(any, given.as_slice()));
        }
        for advice in self.advice() {
            add(advice.key(), &parts(advice.explain, advice.steps));
        }
        for (name, guide) in &self.guide {
            add(format!("guide.{name}"), &parts(&guide.title, &guide.steps));
        }
        for (name, channels) in &self.message {
            for (channel, text) in channels {
                add(format!("message.{name}.{channel}"), text.trim());
            }
        }
        texts
    }

    /// All advice, from the most to the least precise for each cause.
    pub fn advice(&self) -> Vec<FullAdvice<'_>> {
        let mut all = Vec::new();
        for (code, cause) in &self.cause {
            let base = FullAdvice {
                cause: code,
                sender: None,
                state: None,
                explain: &cause.explain,
                steps: &cause.steps,
                guides: &cause.guides,
            };
            for (sender, changes) in &self.sender {
                let Some(change) = changes.get(code) else {
                    continue;
                };
                let own = FullAdvice {
                    sender: Some(sender),
                    ..base.changed(change)
                };
                for (state, when) in &change.when {
                    all.push(FullAdvice {
                        state: Some(state),
                        ..own.changed(when)
                    });
                }
                // A system that only differs in some states follows the general advice in the others.
                if change.is_own() {
                    all.push(own);
                }
            }
            for (state, when) in &cause.when {
                all.push(FullAdvice {
                    state: Some(state),
                    ..base.changed(when)
                });
            }
            all.push(base);
        }
        all
    }

    /// Errors in the structure: `when` in `when`, advice for a cause that does not exist, unknown guides and channels.
    pub fn check_structure(&self) -> Result<(), String> {
        let file = self.file();
        for (sender, changes) in &self.sender {
            for (code, change) in changes {
                if !self.cause.contains_key(code) {
                    return Err(format!("{file}: unknown cause `{code}` in sender.{sender}"));
                }
                if change.when.values().any(|when| !when.when.is_empty()) {
                    return Err(format!(
                        "{file}: `when` inside `when` at sender.{sender}.{code}"
                    ));
                }
            }
        }
        for (code, cause) in &self.cause {
            if cause.when.values().any(|when| !when.when.is_empty()) {
                return Err(format!("{file}: `when` inside `when` at cause.{code}"));
            }
        }
        let advised = self.advice();
        let named = advised.iter().flat_map(|advice| advice.guides);
        for name in named.chain(self.sender_guides.values().flatten()) {
            if !self.guide.contains_key(name) {
                return Err(format!("{file}: unknown guide `{name}`"));
            }
        }
        for channel in self.message.values().flat_map(BTreeMap::keys) {
            if !CHANNELS.contains(&channel.as_str()) {
                return Err(format!("{file}: unknown channel `{channel}`"));
            }
        }
        Ok(())
    }
}

impl<'a> FullAdvice<'a> {
    fn changed(&self, change: &'a AdviceChange) -> Self {
        Self {
            cause: self.cause,
            sender: self.sender,
            state: self.state,
            explain: change.explain.as_deref().unwrap_or(self.explain),
            steps: change.steps.as_deref().unwrap_or(self.steps),
            guides: change.guides.as_deref().unwrap_or(self.guides),
        }
    }
}

/// Joins a heading and the parts after it into one text.
fn parts(first: &str, rest: &[String]) -> String {
    let mut text = first.to_owned();
    for part in rest {
        text.push(PART_END);
        text.push_str(part);
    }
    text
}
