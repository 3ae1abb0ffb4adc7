//! One analyser against the labels: a summary, and every label that it missed.

use super::analyser::Analyser;
use crate::run;
use anyhow::{Context, Result};
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, HashMap};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

/// Scripts beside the labels that run the command line themselves: each prints what differs, a line per file or
/// form with indented details, and a summary as its last line.
const SCRIPTS: [&str; 3] = ["corpus/forms.py", "tables/score.py", "tables/forms.py"];

/// Where the labels are; each part may be absent.
pub struct Labels {
    /// The folder with mails, their labels in gold.jsonl and score.py, which compares.
    corpus: Option<PathBuf>,
    /// A file with one labelled server reply per line.
    replies: Option<PathBuf>,
    /// The [`SCRIPTS`] that are there.
    scripts: Vec<PathBuf>,
}

/// How well one analyser does.
#[derive(Default)]
pub struct Measure {
    /// A line about the mails, one about the replies, and one of each script.
    pub summary: Vec<String>,
    pub misses: Vec<Miss>,
}

/// A label, and what the analyser gave instead.
#[derive(Deserialize, Serialize)]
pub struct Miss {
    pub label: String,
    pub given: String,
}

/// One line of replies.jsonl.
#[derive(Deserialize)]
struct LabelledReply {
    text: String,
    lang: String,
    cause: String,
    also: Vec<String>,
}

/// The part of a line of the analyser's JSON that the score needs.
#[derive(Deserialize)]
struct ScoredDiagnosis {
    file: String,
    kind: String,
    recipients: Vec<ScoredRecipient>,
}

#[derive(Deserialize)]
struct ScoredRecipient {
    cause: String,
}

#[derive(Default)]
struct Score {
    right: usize,
    all: usize,
}

impl Labels {
    /// The labels in a folder, if there are any.
    pub fn find(shared: &Path) -> Option<Self> {
        let corpus = Some(shared.join("corpus")).filter(|corpus| corpus.is_dir());
        let replies = Some(shared.join("replies.jsonl")).filter(|replies| replies.is_file());
        let scripts = SCRIPTS.iter().map(|script| shared.join(script));
        let scripts: Vec<PathBuf> = scripts.filter(|script| script.is_file()).collect();
        let any = corpus.is_some() || replies.is_some() || !scripts.is_empty();
        any.then_some(Self {
            corpus,
            replies,
            scripts,
        })
    }

    /// The files that contain them.
    pub fn files(&self) -> impl Iterator<Item = PathBuf> {
        let gold = self.corpus.as_ref().map(|corpus| corpus.join("gold.jsonl"));
        let labels = gold.into_iter().chain(self.replies.clone());
        labels.chain(self.scripts.iter().cloned())
    }
}

impl Measure {
    /// Measures an analyser; `folder` is for intermediate files.
    pub fn of(analyser: &Analyser, labels: &Labels, folder: &Path) -> Result<Self> {
        let mut measure = Self::default();
        if let Some(corpus) = &labels.corpus {
            measure.add_mails(analyser, corpus, &folder.join("predictions.jsonl"))?;
        }
        if let Some(replies) = &labels.replies {
            measure.add_replies(analyser, replies, &folder.join("replies"))?;
        }
        for script in &labels.scripts {
            measure.add_script(analyser, script)?;
        }
        Ok(measure)
    }

    fn add_script(&mut self, analyser: &Analyser, script: &Path) -> Result<()> {
        println!("Running {} (takes minutes)", script.display());
        let mut command = Command::new("python3");
        command.arg(script).arg(analyser.program());
        let output = run::output(command)?;
        let mut lines: Vec<&str> = output.lines().collect();
        self.summary.extend(lines.pop().map(str::to_owned));
        let named = script.iter().rev().take(2).collect::<Vec<_>>();
        let name = named.iter().rev().map(|part| part.to_string_lossy());
        let name = name.collect::<Vec<_>>().join("/");
        // Details are indented; a form that keeps every answer is no miss.
        let misses = lines
            .into_iter()
            .filter(|line| !line.starts_with(' ') && !line.contains("100.0 %"));
        self.misses
            .extend(misses.map(|line| Miss::of_script(&name, line)));
        Ok(())
    }

    fn add_mails(&mut self, analyser: &Analyser, corpus: &Path, predictions: &Path) -> Result<()> {
        fs::write(predictions, analyser.answer(corpus, &["mail"])?)?;
        let mut scorer = Command::new("python3");
        scorer
            .args(["score.py", "gold.jsonl", "--"])
            .arg(predictions)
            .arg("--misses")
            .current_dir(corpus);
        let score = run::output(scorer)?;
        let mut lines = score.lines();
        self.summary.extend(lines.next().map(str::to_owned));
        // The score per cause is indented by two spaces, the misses after it by three.
        let misses = lines.filter_map(|line| line.strip_prefix("   "));
        self.misses.extend(misses.map(Miss::of_mail));
        Ok(())
    }

    fn add_replies(&mut self, analyser: &Analyser, replies: &Path, folder: &Path) -> Result<()> {
        let lines = fs::read_to_string(replies).context("the replies could not be read")?;
        let labelled: Vec<LabelledReply> = lines
            .lines()
            .filter(|line| !line.trim().is_empty())
            .map(serde_json::from_str)
            .collect::<Result<_, _>>()
            .with_context(|| format!("{} has a line of an unexpected shape", replies.display()))?;
        let names: Vec<String> = (0..labelled.len()).map(|n| format!("{n}.txt")).collect();
        fs::create_dir_all(folder)?;
        for (name, reply) in names.iter().zip(&labelled) {
            fs::write(folder.join(name), &reply.text)?;
        }
        let given = causes(&analyser.answer(folder, &names)?)?;

        let mut total = Score::default();
        let mut languages: BTreeMap<&str, Score> = BTreeMap::new();
        for (name, reply) in names.iter().zip(&labelled) {
            let given = given.get(name).map_or("no answer", String::as_str);
            let right = given == reply.cause || reply.also.iter().any(|cause| cause == given);
            total.count(right);
            languages.entry(&reply.lang).or_default().count(right);
            if !right {
                self.misses.push(Miss {
                    label: format!("“{}” {}", reply.text, reply.cause),
                    given: format!("-> {given}"),
                });
            }
        }
        let languages = languages.iter();
        let parts: String = languages
            .map(|(language, tally)| format!("  {language} {tally}"))
            .collect();
        self.summary.push(format!("replies {total}{parts}"));
        Ok(())
    }
}

impl Miss {
    /// Reads a line of a script: a file or form, and how it differs.
    fn of_script(script: &str, line: &str) -> Self {
        let ends = line.find(':').or_else(|| line.find(' '));
        let (label, given) = line.split_at(ends.unwrap_or(line.len()));
        Self {
            label: format!("{script} {label}"),
            given: given.trim_start_matches(':').trim().to_owned(),
        }
    }

    /// Reads a line of score.py: mail, address, cause, and what was given.
    fn of_mail(line: &str) -> Self {
        let ends = ["->", "NOT FOUND", "["]
            .iter()
            .filter_map(|end| line.find(end));
        let (label, given) = line.split_at(ends.min().unwrap_or(line.len()));
        Self {
            label: label.trim().to_owned(),
            given: given.to_owned(),
        }
    }
}

/// The cause the analyser gives each file, or the kind if it names no recipient.
fn causes(json: &str) -> Result<HashMap<String, String>> {
    let mut causes = HashMap::new();
    for line in json.lines() {
        let diagnosis: ScoredDiagnosis = serde_json::from_str(line)
            .context("the command line wrote JSON of an unexpected shape")?;
        let recipient = diagnosis.recipients.into_iter().next();
        let cause = recipient.map_or(diagnosis.kind, |recipient| recipient.cause);
        causes.entry(diagnosis.file).or_insert(cause);
    }
    Ok(causes)
}

impl Score {
    fn count(&mut self, right: bool) {
        self.right += usize::from(right);
        self.all += 1;
    }
}

impl std::fmt::Display for Score {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let percent = 100.0 * self.right as f64 / self.all.max(1) as f64;
        write!(f, "{}/{} ({percent:.1}%)", self.right, self.all)
    }
}
