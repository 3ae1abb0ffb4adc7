//! Makes sure that there is a browser that tests can drive.

use crate::run;
use anyhow::{Context, Result, bail};
use std::process::Command;

/// Debian's names for Chromium and its driver.
const PACKAGES: [&str; 2] = ["chromium", "chromium-driver"];

/// Installs Chromium and its driver where that can be done without asking; otherwise says how.
pub fn ensure() -> Result<()> {
    if run::find("chromedriver").is_some() {
        return Ok(());
    }
    if run::find("apt-get").is_none() || !is_root()? {
        bail!(
            "the browser tests need Chromium and its driver (chromedriver) on the PATH:\n  \
             Debian: sudo apt-get install {}\n  \
             macOS:  brew install --cask chromium chromedriver\n\
             Without a browser: cargo xtask test --quick",
            PACKAGES.join(" ")
        );
    }
    println!(
        "Installing {} (once; about a minute)",
        PACKAGES.join(" and ")
    );
    apt_get(&["update"])?;
    apt_get(&["install", "--yes", "--no-install-recommends"])
}

fn apt_get(arguments: &[&str]) -> Result<()> {
    let mut command = Command::new("apt-get");
    command.arg("-qq").args(arguments);
    if arguments.contains(&"install") {
        command.args(PACKAGES);
    }
    command.env("DEBIAN_FRONTEND", "noninteractive");
    run::run(command).context("Chromium could not be installed")
}

fn is_root() -> Result<bool> {
    let mut id = Command::new("id");
    id.arg("-u");
    Ok(run::output(id)?.trim() == "0")
}
