//! Compiles the rules and the mail providers (TOML) into tables, so that no binary carries a TOML parser and a wrong
//! file fails the build.

#[path = "build/rules.rs"]
mod rules;
#[path = "build/suggestion.rs"]
mod suggestion;

use std::path::PathBuf;

fn main() -> Result<(), String> {
    println!("cargo::rerun-if-changed=build.rs");
    println!("cargo::rerun-if-changed=build");
    let out = PathBuf::from(std::env::var_os("OUT_DIR").ok_or("cargo gave no OUT_DIR")?);
    rules::compile(&out)?;
    suggestion::compile(&out)
}
