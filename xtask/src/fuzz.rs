//! Fuzzes the analyser, format by format.
//!
//! Inputs and findings stay in fuzz/corpus and fuzz/artifacts, so that the next run continues from there. A finding ends
//! the run: it becomes a fixture or a test, and is then fixed.

use crate::{project, run, tools};
use anyhow::{Context, Result};
use std::fs;
use std::path::{Path, PathBuf};

/// The targets of fuzz/Cargo.toml.
const TARGETS: [&str; 8] = ["csv", "eml", "mbox", "msg", "parts", "rules", "text", "zip"];

/// The options of `cargo xtask fuzz`.
#[derive(clap::Args)]
pub struct FuzzOptions {
    /// The format to fuzz, or the rules; all of them, one after the other, if absent.
    #[arg(value_parser = TARGETS)]
    target: Option<String>,
    /// How long to fuzz each, in minutes.
    #[arg(long, default_value_t = 10, value_parser = clap::value_parser!(u32).range(1..))]
    minutes: u32,
}

/// Fuzzes the chosen targets until the time is over or something is found.
pub fn fuzz(options: &FuzzOptions) -> Result<()> {
    let targets = TARGETS.into_iter().filter(|target| {
        let only = options.target.as_deref();
        only.is_none_or(|only| only == *target)
    });
    for target in targets {
        println!("\n── {target}, {} minutes ──", options.minutes);
        seed(target)?;
        let mut fuzz = tools::cargo_fuzz()?;
        fuzz.args([
            "run",
            target,
            "--release",
            "--sanitizer=none",
            "--target-dir",
        ])
        .arg(project::target()?.join("fuzz"))
        .arg("--")
        .arg(format!("-max_total_time={}", options.minutes * 60))
        // Longer than any report about one message; nothing of that length may take long.
        .args(["-max_len=65536", "-timeout=10", "-rss_limit_mb=1024"]);
        run::run(fuzz)?;
    }
    Ok(())
}

/// Seeds a target with the fixtures and the examples of the rules.
fn seed(target: &str) -> Result<()> {
    let corpus = project::root().join("fuzz/corpus").join(target);
    fs::create_dir_all(&corpus)?;
    let mut seeds = Vec::new();
    collect(&project::root().join("tests/fixtures"), &mut seeds)?;
    for seed in &seeds {
        let name = seed.file_name().context("a fixture has a name")?;
        fs::copy(seed, corpus.join(name))?;
    }
    let mut rules = Vec::new();
    collect(&project::root().join("src/rules"), &mut rules)?;
    let mut examples = 0;
    for file in rules
        .iter()
        .filter(|file| file.extension().is_some_and(|kind| kind == "toml"))
    {
        for line in fs::read_to_string(file)?.lines() {
            if let Some(example) = line.strip_prefix("example = ") {
                examples += 1;
                let seed = corpus.join(format!("example-{examples}"));
                fs::write(seed, example.trim_matches(['"', '\'']))?;
            }
        }
    }
    Ok(())
}

fn collect(folder: &Path, found: &mut Vec<PathBuf>) -> Result<()> {
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() {
            collect(&path, found)?;
        } else if !path.to_string_lossy().ends_with(".expected.json") {
            found.push(path);
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_target_is_in_the_manifest_and_in_the_folder() {
        let root = project::root().join("fuzz");
        let manifest = fs::read_to_string(root.join("Cargo.toml")).expect("a readable manifest");
        let listed = manifest.lines().filter_map(|line| {
            let file = line.strip_prefix("path = \"targets/")?;
            file.strip_suffix(".rs\"")
        });
        assert_eq!(listed.collect::<Vec<_>>(), TARGETS);
        let mut files: Vec<String> = Vec::new();
        for entry in fs::read_dir(root.join("targets")).expect("a readable folder") {
            let path = entry.expect("a readable entry").path();
            let stem = path.file_stem().expect("a file").to_string_lossy();
            files.push(stem.into_owned());
        }
        files.sort();
        assert_eq!(files, TARGETS);
    }
}
