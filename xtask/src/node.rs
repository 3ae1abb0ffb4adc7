//! Runs the tests of the JavaScript module in Node.

use crate::{debian, run};
use anyhow::{Result, bail};
use std::process::Command;

/// Debian's name for Node.
const PACKAGE: &str = "nodejs";

/// Installs Node if that is possible; otherwise fails with how to do that.
pub fn ensure() -> Result<()> {
    if run::find("node").is_some() || debian::install(&[PACKAGE])? {
        return Ok(());
    }
    bail!(
        "the tests of the JavaScript module need Node on the PATH:\n  \
         Debian: sudo apt-get install {PACKAGE}\n  \
         macOS:  brew install node\n\
         Without it: cargo xtask test --quick"
    );
}

/// The tests of the module in dist/.
pub fn tests() -> Command {
    let mut node = Command::new("node");
    node.args(["--test", "crates/js/tests/module.mjs"]);
    node
}
