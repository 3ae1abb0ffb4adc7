//! Installs what tests need from Debian's packages, where that can be done without asking.

use crate::run;
use anyhow::{Context, Result};
use std::process::Command;

/// Installs these packages; `false` where there is no `apt-get`, or this user may not use it.
pub fn install(packages: &[&str]) -> Result<bool> {
    if run::find("apt-get").is_none() || !is_root()? {
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

fn apt_get(arguments: &[&str]) -> Result<()> {
    let mut command = Command::new("apt-get");
    command.arg("-qq").args(arguments);
    command.env("DEBIAN_FRONTEND", "noninteractive");
    run::run(command).context("a package of Debian could not be installed")
}

fn is_root() -> Result<bool> {
    let mut id = Command::new("id");
    id.arg("-u");
    Ok(run::output(id)?.trim() == "0")
}
