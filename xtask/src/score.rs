//! Scores the analyser on mails and replies that people labelled.
//!
//! They stand outside the repository, in ../shared: other people's mails, for measuring only. The
//! command line is what is scored, so that its JSON is measured as others read it.

use crate::{project, run};
use anyhow::{Context, Result, bail};
use serde::Deserialize;
use std::collections::BTreeMap;
use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

/// One line of replies.jsonl.
#[derive(Deserialize)]
struct Reply {
    text: String,
    lang: String,
    cause: String,
    also: Vec<String>,
}

/// What the score needs of a line of the analyser's JSON.
#[derive(Deserialize)]
struct Diagnosis {
    kind: String,
    recipients: Vec<Recipient>,
}

#[derive(Deserialize)]
struct Recipient {
    cause: String,
}

#[derive(Default)]
struct Tally {
    right: usize,
    all: usize,
}

/// Prints the score of the labelled mails and of the labelled replies, as far as they are there.
pub fn score(misses: bool) -> Result<()> {
    let shared = project::root().join("../shared");
    let corpus = shared.join("corpus");
    let replies = shared.join("replies.jsonl");
    if !corpus.is_dir() && !replies.is_file() {
        println!("Nothing to score: ../shared, with the labelled mails and replies, is not there.");
        return Ok(());
    }
    let bezorgd = analyser()?;
    if corpus.is_dir() {
        score_mails(&bezorgd, &corpus, misses)?;
    }
    if replies.is_file() {
        score_replies(&bezorgd, &replies, misses)?;
    }
    Ok(())
}

/// Builds the command line as people run it.
fn analyser() -> Result<PathBuf> {
    run::run(run::cargo([
        "build",
        "--quiet",
        "--release",
        "--bin=bezorgd",
    ]))?;
    let name = format!("bezorgd{}", std::env::consts::EXE_SUFFIX);
    Ok(project::target()?.join("release").join(name))
}

fn score_mails(bezorgd: &Path, corpus: &Path, misses: bool) -> Result<()> {
    let mut mails = Vec::new();
    for entry in fs::read_dir(corpus.join("mail")).context("the mails cannot be listed")? {
        mails.push(Path::new("mail").join(entry?.file_name()));
    }
    mails.sort();

    let mut analyse = Command::new(bezorgd);
    analyse.arg("--json").args(&mails).current_dir(corpus);
    let predictions = project::target()?.join("predictions.jsonl");
    fs::write(&predictions, answer(&mut analyse, "")?)?;

    let mut scorer = Command::new("python3");
    scorer
        .args(["score.py", "gold.jsonl", "--"])
        .arg(&predictions)
        .args(misses.then_some("--misses"))
        .current_dir(corpus);
    run::run(scorer)
}

fn score_replies(bezorgd: &Path, replies: &Path, misses: bool) -> Result<()> {
    let lines = fs::read_to_string(replies).context("the replies cannot be read")?;
    let mut total = Tally::default();
    let mut languages: BTreeMap<String, Tally> = BTreeMap::new();
    for line in lines.lines().filter(|line| !line.trim().is_empty()) {
        let reply: Reply = serde_json::from_str(line)
            .with_context(|| format!("{} has a line of another shape", replies.display()))?;
        let mut analyse = Command::new(bezorgd);
        analyse.args(["--json", "-"]);
        let given = cause(&answer(&mut analyse, &reply.text)?)?;
        let right = given == reply.cause || reply.also.contains(&given);
        if misses && !right {
            println!("   {} -> {given}: {}", reply.cause, reply.text);
        }
        total.count(right);
        languages.entry(reply.lang).or_default().count(right);
    }
    print!("replies {total}");
    for (language, tally) in &languages {
        print!("  {language} {tally}");
    }
    println!();
    Ok(())
}

/// The one cause that the analyser gives a pasted reply; where it names no recipient, its kind.
fn cause(json: &str) -> Result<String> {
    let Some(line) = json.lines().next() else {
        return Ok("no answer".to_owned());
    };
    let diagnosis: Diagnosis =
        serde_json::from_str(line).context("the command line gave JSON of another shape")?;
    let recipient = diagnosis.recipients.into_iter().next();
    Ok(recipient.map_or(diagnosis.kind, |recipient| recipient.cause))
}

/// What the analyser answers; that it could not read everything is an answer as well.
fn answer(analyse: &mut Command, input: &str) -> Result<String> {
    let mut child = analyse
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .context("the analyser could not be started")?;
    if let Some(mut stdin) = child.stdin.take() {
        // An analyser that reads only files closes its input: no error.
        let _ = stdin.write_all(input.as_bytes());
    }
    let output = child.wait_with_output()?;
    if !matches!(output.status.code(), Some(0 | 1)) {
        bail!(
            "the analyser ended with {} instead of an answer",
            output.status
        );
    }
    String::from_utf8(output.stdout).context("the analyser did not write UTF-8")
}

impl Tally {
    fn count(&mut self, right: bool) {
        self.right += usize::from(right);
        self.all += 1;
    }
}

impl std::fmt::Display for Tally {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let percent = 100.0 * self.right as f64 / self.all.max(1) as f64;
        write!(f, "{}/{} ({percent:.1}%)", self.right, self.all)
    }
}
