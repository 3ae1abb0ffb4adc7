//! Turns the words, the rules and the sending systems (TOML) into tables that are compiled in, so
//! that no binary carries a TOML parser and a wrong file fails the build.

#[path = "build/words.rs"]
mod words;

fn main() {
    println!("cargo::rerun-if-changed=build.rs");
    println!("cargo::rerun-if-changed=build");
    words::generate();
}
