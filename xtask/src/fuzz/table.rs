//! The table of runs in docs/fuzzing.md: the last run of each target.

use super::target::TARGETS;
use crate::project;
use anyhow::{Context, Result};
use std::fmt;
use std::fs;

/// The lines around the rows of the table.
const START: &str = "<!-- Written by `cargo xtask fuzz`. -->\n";
const END: &str = "<!-- End of the runs. -->\n";

const HEAD: &str = "\
| target | minutes | runs | coverage (edges) | inputs kept | findings | date | commit |
| --- | ---: | ---: | ---: | ---: | ---: | --- | --- |
";

/// What a fuzzer printed about its run.
#[derive(Default)]
pub struct Outcome {
    /// How long it ran, without building.
    pub seconds: u64,
    runs: u64,
    coverage: u64,
    corpus: u64,
    /// The files of what it found.
    pub findings: Vec<String>,
}

impl Outcome {
    /// Takes what a line of the fuzzer says.
    pub fn read(&mut self, line: &str) {
        if let Some((_, file)) = line.split_once("Test unit written to ") {
            self.findings.push(file.trim().to_owned());
        }
        if let Some(runs) = line.strip_prefix("stat::number_of_executed_units:") {
            self.runs = runs.trim().parse().unwrap_or(self.runs);
        }
        // Such as `#128 pulse  cov: 1521 ft: 3802 corp: 12/340b lim: 4 exec/s: 64 rss: 87Mb`.
        let Some((count, status)) = line
            .strip_prefix('#')
            .and_then(|line| line.split_once('\t'))
        else {
            return;
        };
        self.runs = count.trim().parse().unwrap_or(self.runs);
        let mut words = status.split_whitespace();
        while let Some(word) = words.next() {
            match word {
                "cov:" => self.coverage = number(words.next()).unwrap_or(self.coverage),
                "corp:" => self.corpus = number(words.next()).unwrap_or(self.corpus),
                _ => {}
            }
        }
    }
}

/// The digits that a word begins with.
fn number(word: Option<&str>) -> Option<u64> {
    let word = word?;
    let end = word.find(|next: char| !next.is_ascii_digit());
    word[..end.unwrap_or(word.len())].parse().ok()
}

/// A run of a target.
pub struct Run {
    pub target: &'static str,
    pub date: String,
    pub commit: String,
    pub outcome: Outcome,
}

impl fmt::Display for Run {
    /// The row of the table.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self {
            target,
            date,
            commit,
            outcome,
            ..
        } = self;
        let minutes = outcome.seconds as f64 / 60.0;
        let [runs, coverage, corpus] =
            [outcome.runs, outcome.coverage, outcome.corpus].map(with_commas);
        let findings = outcome.findings.len();
        write!(
            f,
            "| `{target}` | {minutes:.1} | {runs} | {coverage} | {corpus} | {findings} | {date} | {commit} |"
        )
    }
}

/// A number with a comma before each three digits.
fn with_commas(number: u64) -> String {
    let digits = number.to_string();
    let mut text = String::new();
    for (place, digit) in digits.chars().enumerate() {
        if place > 0 && (digits.len() - place).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

/// Puts a run into the table.
pub fn keep(run: &Run) -> Result<()> {
    let file = project::root().join("docs/fuzzing.md");
    let document = fs::read_to_string(&file)
        .with_context(|| format!("{} could not be read", file.display()))?;
    fs::write(&file, with_run(&document, run)?)?;
    Ok(())
}

/// The document with this run in place of the last one of its target.
fn with_run(document: &str, run: &Run) -> Result<String> {
    let (before, rest) = document
        .split_once(START)
        .context("docs/fuzzing.md has no start of its table")?;
    let (table, after) = rest
        .split_once(END)
        .context("docs/fuzzing.md has no end of its table")?;
    let mut rows = String::new();
    for target in TARGETS {
        let start = format!("| `{}` |", target.name);
        let kept = table.lines().find(|line| line.starts_with(&start));
        if target.name == run.target {
            rows += &format!("{run}\n");
        } else if let Some(kept) = kept {
            rows += &format!("{kept}\n");
        }
    }
    Ok(format!("{before}{START}\n{HEAD}{rows}\n{END}{after}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What libFuzzer prints, shortened.
    const PRINTED: &str = "\
INFO: Seed: 1
#2\tINITED cov: 900 ft: 1000 corp: 40/12Kb exec/s: 0 rss: 60Mb
#1048576\tpulse  cov: 1521 ft: 3802 corp: 812/340Kb lim: 4096 exec/s: 6400 rss: 187Mb
#1049000\tDONE   cov: 1523 ft: 3810 corp: 815/341Kb lim: 4096 exec/s: 6400 rss: 187Mb
stat::number_of_executed_units: 1049000
";

    fn run(printed: &str) -> Run {
        let mut outcome = Outcome {
            seconds: 121,
            ..Outcome::default()
        };
        printed.lines().for_each(|line| outcome.read(line));
        Run {
            target: "eml",
            date: "2026-03-12".to_owned(),
            commit: "1234567".to_owned(),
            outcome,
        }
    }

    #[test]
    fn a_row_has_what_the_fuzzer_printed() {
        assert_eq!(
            run(PRINTED).to_string(),
            "| `eml` | 2.0 | 1,049,000 | 1,523 | 815 | 0 | 2026-03-12 | 1234567 |"
        );
        let found = "#7\tNEW    cov: 9 ft: 9 corp: 2/3b\nSUMMARY: libFuzzer: deadly signal\n\
            artifact_prefix='fuzz/artifacts/eml/'; Test unit written to fuzz/artifacts/eml/crash-1\n\
            stat::number_of_executed_units: 12\n";
        let run = run(found);
        assert_eq!(run.outcome.findings, ["fuzz/artifacts/eml/crash-1"]);
        assert_eq!(
            run.to_string(),
            "| `eml` | 2.0 | 12 | 9 | 2 | 1 | 2026-03-12 | 1234567 |"
        );
    }

    #[test]
    fn a_run_replaces_the_last_one_of_its_target() {
        let row = "| `csv` | 1.0 | 2 | 3 | 4 | 0 | 2026-03-11 | 7654321 |\n";
        let old = "| `eml` | 9.0 | 9 | 9 | 9 | 9 | 2026-03-11 | 7654321 |\n";
        let document = format!("Before\n{START}\n{HEAD}{old}{row}\n{END}After\n");
        let written = with_run(&document, &run(PRINTED)).expect("a table");
        let new = run(PRINTED);
        let expected = format!("Before\n{START}\n{HEAD}{row}{new}\n\n{END}After\n");
        assert_eq!(written, expected);
        assert!(with_run("no table", &new).is_err());
    }
}
