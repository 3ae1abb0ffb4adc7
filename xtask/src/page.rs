//! Builds the page that people get.

use crate::{run, tools};
use anyhow::Result;

/// Builds dist/ anew, optimised.
pub fn build() -> Result<()> {
    let mut trunk = tools::trunk("build")?;
    trunk.arg("--release");
    run::run(trunk)
}
