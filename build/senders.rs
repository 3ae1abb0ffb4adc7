//! Compiles `src/senders/*.toml` into one `Policy` per sending system.

use crate::cause::Cause;
use serde::Deserialize;
use std::{fmt::Write, fs, path::Path};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Sender {
    delivered: Vec<String>,
    failed: Vec<String>,
    delayed: Vec<String>,
    #[serde(default)]
    domain: String,
    retry_hours: Option<u32>,
    retried: Vec<String>,
}

/// The sending systems; `senders::Policy::of` says which `model::Sender` has which.
const SENDERS: [&str; 2] = ["pom", "other"];

/// Writes `senders.rs` for `src/senders/mod.rs` to include.
pub fn compile(out: &Path) -> Result<(), String> {
    println!("cargo::rerun-if-changed=src/senders");
    let mut code = String::new();
    for file in SENDERS {
        let path = format!("src/senders/{file}.toml");
        let text = fs::read_to_string(&path).map_err(|error| format!("{path}: {error}"))?;
        let sender: Sender = toml::from_str(&text).map_err(|error| format!("{path}: {error}"))?;
        let retried = sender.retried.iter().map(|code| cause(code));
        let retried: Vec<String> = retried
            .collect::<Result<_, _>>()
            .map_err(|error| format!("{path}: {error}"))?;
        writeln!(
            code,
            "/// `{path}`\npub static {}: Policy = Policy {{ delivered: &{:?}, \
             failed: &{:?}, delayed: &{:?}, domain: {:?}, retry_hours: {:?}, retried: &[{}] }};",
            file.to_uppercase(),
            sender.delivered,
            sender.failed,
            sender.delayed,
            sender.domain,
            sender.retry_hours,
            retried.join(", "),
        )
        .map_err(|error| error.to_string())?;
    }
    fs::write(out.join("senders.rs"), code).map_err(|error| format!("senders.rs: {error}"))
}

/// The variant that a code of the taxonomy stands for, as Rust writes it.
fn cause(code: &str) -> Result<String, String> {
    let known = Cause::ALL.iter().find(|cause| cause.code() == code);
    known
        .map(|cause| format!("Cause::{cause:?}"))
        .ok_or_else(|| format!("{code} is no cause"))
}
