//! Where the project's folders are.

use crate::run;
use anyhow::{Context, Result};
use serde::Deserialize;
use std::path::{Path, PathBuf};

/// The published site.
pub const DIST: &str = "dist";

/// The root of the repository.
pub fn root() -> &'static Path {
    let xtask = Path::new(env!("CARGO_MANIFEST_DIR"));
    xtask.parent().unwrap_or(xtask)
}

/// Cargo's target folder: only Cargo knows how its variables and settings combine.
pub fn target() -> Result<PathBuf> {
    #[derive(Deserialize)]
    struct Metadata {
        target_directory: PathBuf,
    }
    let json = run::output(run::cargo([
        "metadata",
        "--no-deps",
        "--format-version",
        "1",
    ]))?;
    let metadata: Metadata =
        serde_json::from_str(&json).context("`cargo metadata` did not return its target folder")?;
    Ok(metadata.target_directory)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::fs;

    /// Files that Cargo compiles by themselves, in these folders below `crates`.
    const ROOTS: [&str; 3] = ["bin", "tests", "benches"];

    /// Packages that list such files in their manifest.
    const LISTING: [&str; 3] = ["", "www", "www/worker"];

    fn sources(folder: &Path, found: &mut Vec<PathBuf>) {
        for entry in fs::read_dir(folder).expect("a readable folder") {
            let path = entry.expect("a readable entry").path();
            if path.is_dir() {
                sources(&path, found);
            } else if path.extension().is_some_and(|extension| extension == "rs") {
                found.push(path);
            }
        }
    }

    /// Rust ignores a file that no `mod` names, with the tests in it.
    #[test]
    fn every_source_file_is_part_of_a_module() {
        let mut files = Vec::new();
        for folder in ["src", "tests", "crates", "www", "xtask/src"] {
            sources(&root().join(folder), &mut files);
        }
        assert!(files.len() > 100);
        let texts: Vec<String> = files
            .iter()
            .map(|file| fs::read_to_string(file).expect("readable source"))
            .collect();
        let listed = LISTING.map(|package| {
            let manifest = root().join(package).join("Cargo.toml");
            let text = fs::read_to_string(manifest).expect("a readable manifest");
            let paths = text.lines().filter_map(|line| line.strip_prefix("path = "));
            let files = paths.map(|path| root().join(package).join(path.trim_matches('"')));
            files.collect::<Vec<_>>()
        });
        let listed = listed.concat();
        let mut forgotten = Vec::new();
        for file in &files {
            let stem = file.file_stem().expect("a file").to_string_lossy();
            let folder = file.parent().expect("a folder");
            let in_root = |name: &str| folder.file_name().is_some_and(|folder| folder == name);
            let is_root = matches!(&*stem, "lib" | "main" | "build")
                || file.starts_with(root().join("crates")) && ROOTS.into_iter().any(in_root)
                || listed.contains(file);
            let (name, folder) = match &*stem {
                "mod" => (
                    folder.file_name().expect("a name").to_string_lossy(),
                    folder.parent(),
                ),
                _ => (stem, Some(folder)),
            };
            let declares = |(other, text): (&PathBuf, &String)| {
                let near = other.parent() == folder
                    || folder.is_some_and(|folder| other.with_extension("") == folder);
                near && text.lines().any(|line| {
                    let line = line.trim().strip_suffix(';').unwrap_or_default();
                    line.split_once("mod ")
                        .is_some_and(|(_, declared)| declared == name)
                })
            };
            if !is_root && !files.iter().zip(&texts).any(declares) {
                forgotten.push(file.display().to_string());
            }
        }
        assert!(
            forgotten.is_empty(),
            "no `mod` names {}",
            forgotten.join(", ")
        );
    }
}
