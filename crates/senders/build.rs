//! Compiles the TOML files beside it into one `Policy` per sending system.

use bezorgd_model::fold::letters;
use bezorgd_model::{Action, Cause, Sender, codes::variant};
use serde::Deserialize;
use std::collections::BTreeMap;
use std::{fmt::Write, fs, path::PathBuf};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct PolicyFile {
    delivered: Vec<String>,
    failed: Vec<String>,
    delayed: Vec<String>,
    #[serde(default)]
    domain: String,
    #[serde(default)]
    lists_everyone: bool,
    #[serde(default)]
    claims_bounces: bool,
    retry_hours: Option<u32>,
    retried: Vec<String>,
    #[serde(default)]
    mail_forms: Vec<String>,
    #[serde(default)]
    recognition: Recognition,
    #[serde(default)]
    reasons: BTreeMap<String, Vec<String>>,
    counter: Option<Counter>,
    #[serde(default)]
    message_types: BTreeMap<String, MessageType>,
}

/// Words that mean the same as a status.
#[derive(Deserialize)]
struct StatusFile {
    action: Action,
    cause: Option<String>,
    #[serde(flatten)]
    groups: BTreeMap<String, StatusGroup>,
}

/// The words of one system, or of several in one language.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct StatusGroup {
    language: String,
    source: String,
    words: Vec<String>,
    example: String,
}

/// Where the words for a status are, by meaning.
const STATUSES: &str = "statuses";

/// How its reports are recognised.
#[derive(Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
struct Recognition {
    statuses: Vec<String>,
    words: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Counter {
    notice: u32,
    inbox: u32,
    removed: u32,
    before: Option<Before>,
    counted: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Before {
    /// As `2023-05-15`.
    day: String,
    removed: u32,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct MessageType {
    name: String,
    subject: Vec<String>,
    letter: String,
    /// For the readers of the file.
    #[expect(dead_code, reason = "the build only requires that it is there")]
    source: String,
}

/// Writes `senders.rs` for `src/lib.rs` to include: one policy per [`Sender`], from the file named after its code.
fn main() -> Result<(), String> {
    let out = PathBuf::from(std::env::var_os("OUT_DIR").ok_or("OUT_DIR is not set")?);
    println!("cargo::rerun-if-changed=build.rs");
    every_file_is_a_sender()?;
    let (mut code, mut arms) = (String::new(), String::new());
    for sender in Sender::ALL {
        let file = sender.code();
        let path = format!("{file}.toml");
        let name = file.to_uppercase().replace('-', "_");
        writeln!(arms, "Sender::{sender:?} => &{name},").map_err(|error| error.to_string())?;
        println!("cargo::rerun-if-changed={path}");
        let text = fs::read_to_string(&path).map_err(|error| format!("{path}: {error}"))?;
        let policy: PolicyFile =
            toml::from_str(&text).map_err(|error| format!("{path}: {error}"))?;
        let retried = policy.retried.iter().map(|code| cause(code));
        let retried: Vec<String> = retried
            .collect::<Result<_, _>>()
            .map_err(|error| format!("{path}: {error}"))?;
        writeln!(
            code,
            "/// `{path}`\npub static {}: Policy = Policy {{ delivered: &{:?}, \
             failed: &{:?}, delayed: &{:?}, domain: {:?}, lists_everyone: {}, claims_bounces: {}, retry_hours: {:?}, retried: &[{}], \
             mail_forms: &{:?}, own_statuses: &{:?}, own_words: &{:?}, reasons: &[{}], counter: {}, message_types: &[{}] }};",
            name,
            policy.delivered,
            policy.failed,
            policy.delayed,
            policy.domain,
            policy.lists_everyone,
            policy.claims_bounces,
            policy.retry_hours,
            retried.join(", "),
            policy.mail_forms,
            policy.recognition.statuses,
            policy.recognition.words,
            reasons(&policy.reasons).map_err(|error| format!("{path}: {error}"))?,
            counter(policy.counter.as_ref()).map_err(|error| format!("{path}: {error}"))?,
            message_types(&policy.message_types),
        )
        .map_err(|error| error.to_string())?;
    }
    writeln!(
        code,
        "/// The policy of each sending system.\nconst fn policy_of(sender: Sender) -> &'static Policy {{\n\
         match sender {{\n{arms}}}\n}}"
    )
    .map_err(|error| error.to_string())?;
    fs::write(out.join("senders.rs"), code).map_err(|error| format!("senders.rs: {error}"))?;
    fs::write(out.join("statuses.rs"), statuses()?).map_err(|error| format!("statuses.rs: {error}"))
}

/// Writes one `Meaning` per file of status words, in order of name.
fn statuses() -> Result<String, String> {
    println!("cargo::rerun-if-changed={STATUSES}");
    let failed = |error: std::io::Error| format!("{STATUSES}: {error}");
    let mut paths: Vec<PathBuf> = fs::read_dir(STATUSES)
        .map_err(failed)?
        .map(|file| file.map(|file| file.path()))
        .collect::<Result<_, _>>()
        .map_err(failed)?;
    paths.sort();
    let mut meanings: BTreeMap<String, String> = BTreeMap::new();
    let (mut code, mut names, mut examples) = (String::new(), String::new(), String::new());
    for path in paths {
        let failed = |error: String| format!("{}: {error}", path.display());
        let name = path.file_stem().unwrap_or_default().to_string_lossy();
        let text = fs::read_to_string(&path).map_err(|error| failed(error.to_string()))?;
        let file: StatusFile = toml::from_str(&text).map_err(|error| failed(error.to_string()))?;
        let cause = match &file.cause {
            Some(code) => format!("Some({})", cause(code).map_err(failed)?),
            None => "None".to_owned(),
        };
        let mut words = Vec::new();
        for (group, entry) in &file.groups {
            for (field, text) in [("source", &entry.source), ("example", &entry.example)] {
                if text.trim().is_empty() {
                    return Err(failed(format!("[{group}]: {field} is empty")));
                }
            }
            if entry.language.len() != 2 {
                let language = &entry.language;
                return Err(failed(format!(
                    "[{group}]: {language:?} is not an ISO 639-1 code"
                )));
            }
            for word in &entry.words {
                let letters = letters(word);
                match meanings.insert(letters.clone(), name.to_string()) {
                    // Two languages may share a word.
                    Some(other) if other == name => {}
                    Some(other) => {
                        let error = format!("[{group}]: {word:?} is in {other}.toml too");
                        return Err(failed(error));
                    }
                    None => words.push(letters),
                }
            }
            let _ = writeln!(examples, "({name:?}, {group:?}, {:?}),", entry.example);
        }
        let _ = writeln!(names, "{name:?},");
        let _ = writeln!(
            code,
            "Meaning {{ words: {:?}, meaning: StatusMeaning {{ action: Action::{:?}, cause: {cause} }} }},",
            words.join("\n"),
            file.action,
        );
    }
    Ok(format!(
        "static MEANINGS: &[Meaning] = &[\n{code}];\n\
         #[cfg(test)]\nconst FILES: &[&str] = &[{names}];\n\
         #[cfg(test)]\nconst EXAMPLES: &[(&str, &str, &str)] = &[{examples}];\n"
    ))
}

/// Fails where a file beside this one is of no [`Sender`].
fn every_file_is_a_sender() -> Result<(), String> {
    println!("cargo::rerun-if-changed=.");
    for entry in fs::read_dir(".").map_err(|error| error.to_string())? {
        let path = entry.map_err(|error| error.to_string())?.path();
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        let code = name.strip_suffix(".toml").filter(|_| name != "Cargo.toml");
        if let Some(code) = code
            && code.parse::<Sender>().is_err()
        {
            return Err(format!("{name}: unknown sending system `{code}`"));
        }
    }
    Ok(())
}

/// The Rust path of the cause with this code.
fn cause(code: &str) -> Result<String, String> {
    let known = Cause::ALL.iter().find(|cause| cause.code() == code);
    known
        .map(|cause| format!("Cause::{cause:?}"))
        .ok_or_else(|| format!("unknown cause `{code}`"))
}

fn reasons(reasons: &BTreeMap<String, Vec<String>>) -> Result<String, String> {
    let pairs = reasons
        .iter()
        .map(|(code, words)| Ok(format!("({}, &{words:?} as &[&str])", cause(code)?)));
    Ok(pairs.collect::<Result<Vec<_>, String>>()?.join(", "))
}

fn counter(counter: Option<&Counter>) -> Result<String, String> {
    let Some(counter) = counter else {
        return Ok("None".to_owned());
    };
    let before = match &counter.before {
        Some(before) => {
            let numbers = before.day.split('-').map(str::parse::<u32>);
            let numbers: Result<Vec<u32>, _> = numbers.collect();
            let Ok([year, month, day]) = numbers.as_deref() else {
                return Err(format!("not a day such as 2023-05-15: `{}`", before.day));
            };
            format!(
                "Some(Before {{ until: Day {{ year: {year}, month: {month}, day: {day} }}, removed: {} }})",
                before.removed
            )
        }
        None => "None".to_owned(),
    };
    Ok(format!(
        "Some(Thresholds {{ notice: {}, inbox: {}, removed: {}, before: {before}, counted: Counted::{} }})",
        counter.notice,
        counter.inbox,
        counter.removed,
        variant(&counter.counted),
    ))
}

fn message_types(types: &BTreeMap<String, MessageType>) -> String {
    let known = types.iter().map(|(code, known)| {
        format!(
            "Known {{ code: {code:?}, name: {:?}, subject: &{:?}, letter: Letter::{} }}",
            known.name,
            known.subject,
            variant(&known.letter),
        )
    });
    known.collect::<Vec<_>>().join(", ")
}
