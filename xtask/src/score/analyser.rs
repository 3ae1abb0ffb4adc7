//! The command line to score: of the working tree, or of a commit.

use crate::{project, run};
use anyhow::{Context, Result};
use std::path::{Path, PathBuf};
use std::process::Command;

/// The sources of the analyser and its command line.
const SOURCES: [&str; 6] = [
    "src",
    "build",
    "build.rs",
    "crates",
    "Cargo.toml",
    "Cargo.lock",
];

/// A built command line, so that the JSON is measured that others read.
pub struct Analyser(PathBuf);

impl Analyser {
    /// The working tree, with uncommitted changes.
    pub fn of_working_tree() -> Result<Self> {
        Self::build(Path::new("Cargo.toml"), &project::target()?)
    }

    /// A commit, checked out in a separate working tree below `folder`.
    pub fn of_commit(commit: &str, folder: &Path) -> Result<Self> {
        let tree = folder.join("tree");
        if tree.join(".git").exists() {
            let mut checkout = git(["checkout", "--quiet", "--force", "--detach", commit]);
            checkout.current_dir(&tree);
            run::run(checkout)?;
        } else {
            // Forced, because git does not notice that `cargo clean` removes it.
            let mut add = git(["worktree", "add", "--quiet", "--force", "--detach"]);
            add.arg(&tree).arg(commit);
            run::run(add)?;
        }
        // In one target folder Cargo would confuse the two packages.
        Self::build(&tree.join("Cargo.toml"), &folder.join("build"))
    }

    /// Unoptimised: the results are the same, and it builds in seconds after a change. The absolute path is for
    /// scripts that run it elsewhere.
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

    /// The path of the program.
    pub fn program(&self) -> &Path {
        &self.0
    }

    /// Its JSON for these paths, relative to `folder`.
    pub fn answer<P: AsRef<Path>>(&self, folder: &Path, paths: &[P]) -> Result<String> {
        let mut analyse = Command::new(&self.0);
        analyse.arg("--json").current_dir(folder);
        analyse.args(paths.iter().map(AsRef::as_ref));
        let output = analyse
            .output()
            .context("the analyser could not be started")?;
        // 1: it could not read everything, which is a result too.
        if !matches!(output.status.code(), Some(0 | 1)) {
            anyhow::bail!(
                "the analyser exited with {}:\n{}",
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
