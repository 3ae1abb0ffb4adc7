//! Fuzzes the analyser and what is built on it, target by target, and keeps the results in docs/fuzzing.md.
//!
//! Inputs and findings stay in fuzz/corpus and fuzz/artifacts, so that the next run continues from there. A finding ends
//! the run of its target: it becomes a fixture or a test, and is then fixed.

mod dictionary;
mod seeds;
mod table;
mod target;

use crate::{project, run, tools};
use anyhow::{Context, Result, bail};
use std::io::{BufRead as _, BufReader};
use std::process::{Command, Stdio};
use std::time::Instant;
use table::{Outcome, Run};
use target::{TARGETS, Target};

/// The options of `cargo xtask fuzz`.
#[derive(clap::Args)]
pub struct FuzzOptions {
    /// What to fuzz; everything, one after the other, if absent.
    #[arg(value_parser = TARGETS.map(|target| target.name))]
    target: Option<String>,
    /// How long to fuzz each, in minutes.
    #[arg(long, default_value_t = 10, value_parser = clap::value_parser!(u32).range(1..))]
    minutes: u32,
}

/// Fuzzes the chosen targets, each until the time is over or something is found, and rewrites the table of
/// docs/fuzzing.md.
pub fn fuzz(options: &FuzzOptions) -> Result<()> {
    let only = options.target.as_deref();
    let targets = TARGETS
        .iter()
        .filter(|target| only.is_none_or(|only| only == target.name));
    let commit = commit()?;
    let mut findings = Vec::new();
    for target in targets {
        println!("\n── {}, {} minutes ──", target.name, options.minutes);
        seeds::write(target)?;
        let outcome = fuzz_target(target, options.minutes)?;
        let run = Run {
            target: target.name,
            date: time::UtcDateTime::now().date().to_string(),
            commit: commit.clone(),
            outcome,
        };
        table::keep(&run)?;
        println!("{run}");
        findings.extend(run.outcome.findings);
    }
    if !findings.is_empty() {
        bail!(
            "found something; make a fixture or a test of each, and fix it (docs/fuzzing.md):\n  {}",
            findings.join("\n  ")
        );
    }
    Ok(())
}

/// What is built into the targets.
const SOURCES: [&str; 6] = ["Cargo.toml", "build", "build.rs", "crates", "fuzz", "src"];

/// The commit that is fuzzed, with a mark if something of it was changed since.
fn commit() -> Result<String> {
    let git = |arguments: &[&str]| {
        let mut git = Command::new("git");
        git.args(arguments);
        run::output(git)
    };
    let commit = git(&["rev-parse", "--short=7", "HEAD"])?;
    let status = ["status", "--porcelain", "--untracked-files=no", "--"];
    let changed = git(&[&status[..], &SOURCES].concat())?;
    let mark = if changed.is_empty() {
        ""
    } else {
        " and changes"
    };
    Ok(format!("{}{mark}", commit.trim()))
}

/// Runs one target with the address sanitizer, which is the default of cargo-fuzz, and passes on what the fuzzer prints.
fn fuzz_target(target: &Target, minutes: u32) -> Result<Outcome> {
    let mut fuzz = tools::cargo_fuzz()?;
    fuzz.args(["run", target.name, "--release"])
        // Comparisons are traced to guess the words that a program expects. The dictionaries have them, and without it
        // twice as many inputs are tried.
        .args(["--no-trace-compares", "--target-dir"])
        .arg(project::target()?.join("fuzz"))
        .arg("--")
        .arg(format!("-max_total_time={}", minutes * 60))
        // Longer than any report about one message; nothing of that length may take long. The sanitizer needs twice
        // the time and the memory.
        .args(["-max_len=65536", "-timeout=20", "-rss_limit_mb=2048"])
        .arg("-print_final_stats=1")
        .stderr(Stdio::piped());
    if let Some(dictionary) = dictionary::write(target)? {
        fuzz.arg(format!("-dict={}", dictionary.display()));
    }
    let mut child = fuzz.spawn().with_context(|| {
        format!(
            "this command could not be started:\n  {}",
            run::shown(&fuzz)
        )
    })?;
    let printed = child.stderr.take().context("the fuzzer prints")?;
    let mut outcome = Outcome::default();
    let mut start = Instant::now();
    for line in BufReader::new(printed).split(b'\n') {
        let line = line?;
        let line = String::from_utf8_lossy(&line);
        eprintln!("{line}");
        // Before it, the target is built.
        if line.starts_with("INFO: Seed:") {
            start = Instant::now();
        }
        outcome.read(&line);
    }
    outcome.seconds = start.elapsed().as_secs();
    let status = child.wait()?;
    if !status.success() && outcome.findings.is_empty() {
        bail!("this command failed ({status}):\n  {}", run::shown(&fuzz));
    }
    Ok(outcome)
}
