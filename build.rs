//! Turns the words, the rules, the sending systems and the mail providers (TOML) into tables that are
//! compiled in, so that no binary carries a TOML parser and a wrong file fails the build.

#[path = "src/model/cause.rs"]
#[expect(dead_code, reason = "the build needs the codes only")]
mod cause;
#[path = "build/rules.rs"]
mod rules;
#[path = "build/senders.rs"]
mod senders;
#[path = "build/suggestion.rs"]
mod suggestion;
#[path = "build/words.rs"]
mod words;

use std::path::PathBuf;

fn main() -> Result<(), String> {
    println!("cargo::rerun-if-changed=build.rs");
    println!("cargo::rerun-if-changed=build");
    let out = PathBuf::from(std::env::var_os("OUT_DIR").ok_or("cargo gave no OUT_DIR")?);
    rules::compile(&out)?;
    senders::compile(&out)?;
    suggestion::compile(&out)?;
    words::compile(&out)
}
