//! Turns the words, the rules and the sending systems (TOML) into tables that are compiled in, so
//! that no binary carries a TOML parser and a wrong file fails the build.

#[path = "src/model/cause.rs"]
#[expect(dead_code, reason = "the build needs the codes only")]
mod cause;
#[path = "build/rules.rs"]
mod rules;
#[path = "build/senders.rs"]
mod senders;
#[path = "build/words.rs"]
mod words;

use std::path::PathBuf;

fn main() -> Result<(), String> {
    println!("cargo::rerun-if-changed=build.rs");
    println!("cargo::rerun-if-changed=build");
    let out = PathBuf::from(std::env::var_os("OUT_DIR").ok_or("cargo gave no OUT_DIR")?);
    rules::compile(&out)?;
    senders::compile(&out)?;
    words::compile(&out)
}
