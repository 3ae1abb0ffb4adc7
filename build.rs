//! Turns the words, the rules and the sending systems (TOML) into tables that are compiled in, so
//! that no binary carries a TOML parser and a wrong file fails the build.

#[path = "build/senders.rs"]
mod senders;

use std::{env, path::PathBuf};

fn main() {
    println!("cargo::rerun-if-changed=build.rs");
    println!("cargo::rerun-if-changed=build");
    let out_dir = PathBuf::from(env::var_os("OUT_DIR").expect("cargo sets OUT_DIR"));
    senders::compile(&out_dir);
}
