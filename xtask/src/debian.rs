//! Installs what tests need from Debian's packages, if this user may do that.

use crate::run;
use anyhow::{Context, Result};
use std::io::{self, IsTerminal, Write};
use std::process::Command;

/// Installs these packages, after asking if somebody is there to answer; `false` if there is no `apt-get`, if this
/// user may not use it, or if the answer is no.
pub fn install(packages: &[&str]) -> Result<bool> {
    if run::find("apt-get").is_none() || !is_root()? || !is_agreed(packages)? {
        return Ok(false);
    }
    println!(
        "Installing {} (once; about a minute)",
        packages.join(" and ")
    );
    apt_get(&["update"])?;
    apt_get(&[&["install", "--yes", "--no-install-recommends"], packages].concat())?;
    Ok(true)
}

/// Whether to change this computer. Without a terminal, as in continuous integration, nobody could answer.
fn is_agreed(packages: &[&str]) -> Result<bool> {
    if !io::stdin().is_terminal() {
        return Ok(true);
    }
    print!(
        "Install {} on this computer with apt-get? [y/N] ",
        packages.join(" and ")
    );
    io::stdout().flush()?;
    let mut answer = String::new();
    io::stdin().read_line(&mut answer)?;
    Ok(is_yes(&answer))
}

fn is_yes(answer: &str) -> bool {
    matches!(answer.trim().to_lowercase().as_str(), "y" | "yes")
}

fn apt_get(arguments: &[&str]) -> Result<()> {
    let mut command = Command::new("apt-get");
    command.arg("-qq").args(arguments);
    command.env("DEBIAN_FRONTEND", "noninteractive");
    run::run(command).context("installing a Debian package failed")
}

fn is_root() -> Result<bool> {
    let mut id = Command::new("id");
    id.arg("-u");
    Ok(run::output(id)?.trim() == "0")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_an_explicit_yes_installs() {
        assert!(is_yes("y\n") && is_yes("Yes\n"));
        assert!(!is_yes("\n") && !is_yes("n\n") && !is_yes(""));
    }
}
