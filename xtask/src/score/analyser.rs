//! The command line that is scored: of the working tree as it is, or of a commit.

use crate::{project, run};
use anyhow::{Context, Result};
use std::path::{Path, PathBuf};
use std::process::Command;

/// What decides what the analyser answers.
const SOURCES: [&str; 5] = ["src", "build", "build.rs", "Cargo.toml", "Cargo.lock"];

/// A built command line, so that its JSON is measured as others read it.
pub struct Analyser(PathBuf);

impl Analyser {
    /// The working tree, whatever is not committed included.
    pub fn of_working_tree() -> Result<Self> {
        Self::build(Path::new("Cargo.toml"), &project::target()?)
    }

    /// A commit, checked out in a working tree of its own below `folder`.
    pub fn of_commit(commit: &str, folder: &Path) -> Result<Self> {
        let tree = folder.join("tree");
        if tree.join(".git").exists() {
            let mut checkout = git(["checkout", "--quiet", "--force", "--detach", commit]);
            checkout.current_dir(&tree);
            run::run(checkout)?;
        } else {
            // Forced, because `cargo clean` removes it without telling git.
            let mut add = git(["worktree", "add", "--quiet", "--force", "--detach"]);
            add.arg(&tree).arg(commit);
            run::run(add)?;
        }
        // In one target folder Cargo would take the two packages for the same.
        Self::build(&tree.join("Cargo.toml"), &folder.join("build"))
    }

    /// Unoptimised: it answers the same, and is there in seconds after a change.
    fn build(manifest: &Path, target: &Path) -> Result<Self> {
        let mut build = run::cargo(["build", "--quiet", "--locked", "--bin=bezorgd"]);
        build
            .arg("--manifest-path")
            .arg(manifest)
            .arg("--target-dir")
            .arg(target);
        run::run(build)?;
        let name = format!("bezorgd{}", std::env::consts::EXE_SUFFIX);
        Ok(Self(target.join("debug").join(name)))
    }

    /// Its JSON about these paths, which start from `folder`.
    pub fn answer<P: AsRef<Path>>(&self, folder: &Path, paths: &[P]) -> Result<String> {
        let mut analyse = Command::new(&self.0);
        analyse.arg("--json").current_dir(folder);
        analyse.args(paths.iter().map(AsRef::as_ref));
        let output = analyse
            .output()
            .context("the analyser could not be started")?;
        // 1: that it could not read everything is an answer as well.
        if !matches!(output.status.code(), Some(0 | 1)) {
            anyhow::bail!(
                "the analyser ended with {} instead of an answer:\n{}",
                output.status,
                String::from_utf8_lossy(&output.stderr)
            );
        }
        String::from_utf8(output.stdout).context("the analyser did not write UTF-8")
    }
}

/// The full name of a commit.
pub fn commit(revision: &str) -> Result<String> {
    let hash = run::output(git([
        "rev-parse",
        "--verify",
        &format!("{revision}^{{commit}}"),
    ]))?;
    Ok(hash.trim().to_owned())
}

/// The last commit, if the analyser in the working tree is still the one in it.
pub fn unchanged_commit() -> Result<Option<String>> {
    let mut status = git(["status", "--porcelain", "--"]);
    status.args(SOURCES);
    let changes = run::output(status)?;
    changes.is_empty().then(|| commit("HEAD")).transpose()
}

fn git<'a>(arguments: impl IntoIterator<Item = &'a str>) -> Command {
    let mut git = Command::new("git");
    git.args(arguments);
    git
}
