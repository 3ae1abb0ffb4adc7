//! Gives the page in a browser more than a person ever would, and measures what they would notice.

use crate::browser::TestBrowser;
use crate::{page, run};
use anyhow::Result;

/// The options of `cargo xtask scale`.
#[derive(clap::Args)]
pub struct ScaleOptions {
    /// How many small mails to choose and to drop; 0 for none.
    #[arg(long, default_value = "20000", value_name = "COUNT")]
    files: usize,
    /// The size of the mailbox, in gigabytes of 2^30 bytes; several sizes separated by commas.
    #[arg(long, default_value = "1", value_delimiter = ',', value_name = "SIZE")]
    gigabytes: Vec<f64>,
}

/// Builds the page and measures it with small mails, and with a mailbox of each size.
pub fn scale(options: &ScaleOptions) -> Result<()> {
    TestBrowser::Chromium.ensure()?;
    page::build(page::BuildKind::Local)?;
    let mut measure = run::cargo([
        "run",
        "--release",
        "--package=bezorgd-e2e",
        "--bin=scale",
        "--",
    ]);
    measure.arg(options.files.to_string());
    measure.args(options.gigabytes.iter().map(f64::to_string));
    run::run(measure)
}
