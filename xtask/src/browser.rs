//! Makes sure that there is a browser that tests can drive.

use crate::{debian, run};
use anyhow::{Result, bail};

/// Debian's names for Chromium and its driver.
const PACKAGES: [&str; 2] = ["chromium", "chromium-driver"];

/// Installs Chromium and its driver where that can be done without asking; otherwise says how.
pub fn ensure() -> Result<()> {
    if run::find("chromedriver").is_some() || debian::install(&PACKAGES)? {
        return Ok(());
    }
    bail!(
        "the browser tests need Chromium and its driver (chromedriver) on the PATH:\n  \
         Debian: sudo apt-get install {}\n  \
         macOS:  brew install --cask chromium chromedriver\n\
         Without a browser: cargo xtask test --quick",
        PACKAGES.join(" ")
    );
}
