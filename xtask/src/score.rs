//! Scores the analyser on labelled mails and replies, and reports what a change turned right or wrong.
//!
//! The labels are outside the repository, in ../shared: other people's mails, for measuring only. What a commit missed
//! is kept in target/score/COMMIT.jsonl, so that only the first comparison with a commit has to build it.

mod analyser;
mod measure;

use crate::project;
use analyser::Analyser;
use anyhow::{Context, Result};
use measure::{Labels, Measure, Miss};
use std::collections::HashSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::time::SystemTime;

/// Prints the score, what flipped since a commit, and what was missed.
pub fn score(since: &str) -> Result<()> {
    let Some(labels) = Labels::find(&project::root().join("../shared")) else {
        println!("Nothing to score: there is no ../shared with labelled mails and replies.");
        return Ok(());
    };
    let base = analyser::commit(since)?;
    let current = analyser::unchanged_commit()?;
    let folder = project::target()?.join("score");
    fs::create_dir_all(&folder)?;

    let before = if current.as_ref() == Some(&base) {
        None
    } else {
        Some(misses_of(&base, &labels, &folder)?)
    };
    let now = Measure::of(&Analyser::of_working_tree()?, &labels, &folder)?;
    if let Some(commit) = current {
        keep(&now.misses, &kept(&folder, &commit))?;
    }

    for line in &now.summary {
        println!("{line}");
    }
    let name: String = base.chars().take(9).collect();
    match before {
        Some(before) => print_flips(&name, &before, &now.misses),
        None => println!("\nNothing that is scored has changed since {name}."),
    }
    println!("\n{} missed", now.misses.len());
    for Miss { label, given } in &now.misses {
        println!("    {label} {given}");
    }
    Ok(())
}

/// What a commit missed: from the kept file, or else measured now.
fn misses_of(commit: &str, labels: &Labels, folder: &Path) -> Result<Vec<Miss>> {
    let kept = kept(folder, commit);
    let written = |file: &Path| -> Option<SystemTime> { file.metadata().ok()?.modified().ok() };
    if written(&kept).is_some_and(|at| labels.files().all(|label| written(&label) < Some(at))) {
        let lines = fs::read_to_string(&kept)?;
        return lines
            .lines()
            .map(serde_json::from_str)
            .collect::<Result<_, _>>()
            .with_context(|| format!("{} could not be read: remove it", kept.display()));
    }
    println!("Building {commit} for comparison (once)");
    let measure = Measure::of(&Analyser::of_commit(commit, folder)?, labels, folder)?;
    keep(&measure.misses, &kept)?;
    Ok(measure.misses)
}

fn kept(folder: &Path, commit: &str) -> PathBuf {
    folder.join(commit).with_extension("jsonl")
}

fn keep(misses: &[Miss], file: &Path) -> Result<()> {
    let mut lines = String::new();
    for miss in misses {
        lines.push_str(&serde_json::to_string(miss)?);
        lines.push('\n');
    }
    fs::write(file, lines).with_context(|| format!("cannot write `{}`", file.display()))
}

fn print_flips(since: &str, before: &[Miss], now: &[Miss]) {
    let labels = |misses: &[Miss]| -> HashSet<String> {
        misses.iter().map(|miss| miss.label.clone()).collect()
    };
    let (missed_before, missed_now) = (labels(before), labels(now));
    let wrong = now
        .iter()
        .filter(|miss| !missed_before.contains(&miss.label));
    let right = before
        .iter()
        .filter(|miss| !missed_now.contains(&miss.label));
    let (wrong, right): (Vec<_>, Vec<_>) = (wrong.collect(), right.collect());
    println!(
        "\nSince {since}: {} became right, {} became wrong",
        right.len(),
        wrong.len()
    );
    for Miss { label, given } in right {
        println!("  + {label} (was {given})");
    }
    for Miss { label, given } in wrong {
        println!("  - {label} {given}");
    }
}
