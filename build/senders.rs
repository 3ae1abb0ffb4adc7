//! Compiles `src/senders/*.toml` into one `Policy` per sending system.

use serde::Deserialize;
use std::{fmt::Write, fs, path::Path};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Sender {
    delivered: Vec<String>,
    failed: Vec<String>,
    delayed: Vec<String>,
    retry_hours: Option<u32>,
    retried: Vec<String>,
}

/// The sending systems; `senders::Policy::of` says which `model::Sender` has which.
const SENDERS: [&str; 2] = ["pom", "other"];

pub fn compile(out_dir: &Path) {
    println!("cargo::rerun-if-changed=src/senders");
    let mut code = String::new();
    for file in SENDERS {
        let path = format!("src/senders/{file}.toml");
        let text = fs::read_to_string(&path).unwrap_or_else(|error| panic!("{path}: {error}"));
        let sender: Sender =
            toml::from_str(&text).unwrap_or_else(|error| panic!("{path}: {error}"));
        let retried: Vec<String> = sender
            .retried
            .iter()
            .map(|cause| format!("Cause::{}", pascal_case(cause)))
            .collect();
        writeln!(
            code,
            "/// `{path}`\npub static {}: Policy = Policy {{ delivered: &{:?}, \
             failed: &{:?}, delayed: &{:?}, retry_hours: {:?}, retried: &[{}] }};",
            file.to_uppercase(),
            sender.delivered,
            sender.failed,
            sender.delayed,
            sender.retry_hours,
            retried.join(", "),
        )
        .expect("writing to a string cannot fail");
    }
    let path = out_dir.join("senders.rs");
    fs::write(&path, code).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
}

/// `mailbox-full` to `MailboxFull`; a code that is no cause then fails to compile.
fn pascal_case(code: &str) -> String {
    let words = code
        .split('-')
        .map(|word| word[..1].to_uppercase() + &word[1..]);
    words.collect()
}
