//! Compiles the texts of every language (`*.toml`) into one list of strings per language, and the types through which
//! they are read. A text that one language lacks, an unknown code or a placeholder that nothing fills in fails the
//! build. No binary carries a TOML parser.

#[path = "build/check.rs"]
mod check;
#[path = "build/code.rs"]
mod code;
#[path = "build/source.rs"]
mod source;

use source::LanguageFile;
use std::path::PathBuf;
use std::{env, fs};

/// The language that decides which texts there are and what they leave to be filled in.
const REFERENCE: &str = "nl";

/// Ends each text in the packed form of a language (ISO 646: record separator).
const TEXT_END: char = '\u{1E}';

fn main() -> Result<(), String> {
    println!("cargo::rerun-if-changed=build.rs");
    println!("cargo::rerun-if-changed=build");
    let out = PathBuf::from(env::var_os("OUT_DIR").ok_or("cargo gave no OUT_DIR")?);

    let reference = LanguageFile::read(REFERENCE)?;
    let keys = reference.texts();
    check::texts(&reference, &keys)?;
    let fingerprint = check::fingerprint(&keys);
    let mut languages = Vec::new();
    for code in source::codes()? {
        let language = LanguageFile::read(&code)?;
        check::same_keys(&reference, &language)?;
        let texts = language.texts();
        check::texts(&language, &texts)?;
        check::same_placeholders(&keys, &texts, &language.file())?;
        let mut packed = format!("bezorgd-words {fingerprint:016x}{TEXT_END}");
        for (_, text) in &texts {
            packed.push_str(text);
            packed.push(TEXT_END);
        }
        write(&out, &format!("{code}.words"), &packed)?;
        languages.push(language);
    }
    write(
        &out,
        "languages.rs",
        &code::languages(&languages, REFERENCE),
    )?;
    let places = code::places(&reference, &keys, fingerprint);
    write(&out, "places.rs", &places)?;
    write(&out, "sentences.rs", &code::sentences(&reference, &keys))
}

fn write(out: &std::path::Path, name: &str, text: &str) -> Result<(), String> {
    fs::write(out.join(name), text).map_err(|error| format!("{name}: {error}"))
}
