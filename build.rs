//! Compiles the rules, the details, the phrases of bounces and the mail providers (TOML) into tables, so that no binary
//! contains a TOML parser, and a mistake in a file fails the build.

#[path = "build/details.rs"]
mod details;
#[path = "build/rules.rs"]
mod rules;
#[path = "build/suggestion.rs"]
mod suggestion;
#[path = "build/vocabulary.rs"]
mod vocabulary;

use std::collections::BTreeMap;
use std::path::PathBuf;

fn main() -> Result<(), String> {
    println!("cargo::rerun-if-changed=build.rs");
    println!("cargo::rerun-if-changed=build");
    let out = PathBuf::from(std::env::var_os("OUT_DIR").ok_or("cargo has set no OUT_DIR")?);
    details::compile(&out)?;
    rules::compile(&out)?;
    suggestion::compile(&out)?;
    vocabulary::compile(&out)
}

/// The name, without its extension, and the contents of every TOML file in a folder, in order of name.
fn toml_files(folder: &str) -> Result<BTreeMap<String, String>, String> {
    let failed = |error: std::io::Error| format!("{folder}: {error}");
    let mut files = BTreeMap::new();
    for file in std::fs::read_dir(folder).map_err(failed)? {
        let path = file.map_err(failed)?.path();
        if path
            .extension()
            .is_some_and(|extension| extension == "toml")
        {
            let name = path.file_stem().unwrap_or_default().to_string_lossy();
            files.insert(
                name.into_owned(),
                std::fs::read_to_string(&path).map_err(failed)?,
            );
        }
    }
    if files.is_empty() {
        return Err(format!("{folder}: no TOML files"));
    }
    Ok(files)
}
