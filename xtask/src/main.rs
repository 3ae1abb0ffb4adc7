//! Everything there is to run in this repository: `cargo xtask COMMAND`.
//!
//! A newcomer has only Rust; whatever else a command needs, it installs inside the project's own target folder, or
//! prints one line on how to get it.

mod api;
mod browser;
mod coverage;
mod debian;
mod fuzz;
mod node;
mod page;
mod project;
mod run;
mod scale;
mod score;
mod serve;
mod sizes;
mod test;
mod tools;

use anyhow::Result;
use browser::TestBrowser;
use clap::Parser;
use std::process::ExitCode;

/// Everything there is to run in this repository.
#[derive(Parser)]
#[command(bin_name = "cargo xtask")]
enum Task {
    /// Build the page, serve it on this computer and open it in the browser.
    Serve(serve::ServeOptions),
    /// Build the site, the page as one file and the JavaScript module into dist/, and report how much a first visit
    /// downloads.
    #[command(visible_alias = "dist")]
    Build,
    /// Check and test everything.
    Test {
        /// Skip the page and the browser.
        #[arg(long, conflicts_with = "browsers")]
        quick: bool,
        /// The browsers to run the journeys in: one, several separated by commas, or all.
        #[arg(long, value_enum, value_delimiter = ',', default_value = "chromium")]
        browsers: Vec<browser::Choice>,
    },
    /// Score the analyser on the labelled mails and replies in ../shared.
    Score {
        /// The commit to compare with.
        #[arg(long, default_value = "HEAD", value_name = "COMMIT")]
        since: String,
    },
    /// Measure which lines of the analyser its tests run, and fail if a file has less than 90 %.
    Coverage,
    /// Feed the analyser and what is built on it broken evidence of every format, and keep the results in
    /// docs/fuzzing.md.
    Fuzz(fuzz::FuzzOptions),
    /// Measure the page with thousands of mails and a mailbox of one gigabyte, in a real browser.
    Scale(scale::ScaleOptions),
    /// Retake the pictures in docs/screenshots, and the icons in www/icons from www/icon.svg.
    Screenshots,
}

fn main() -> ExitCode {
    let task = Task::parse();
    match start(&task) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("\nerror: {error:#}");
            ExitCode::FAILURE
        }
    }
}

/// Builds everything that is published, and returns its files.
fn published() -> Result<Vec<bezorgd_pack::Packed>> {
    let mut site = page::build(page::BuildKind::Published)?;
    site.extend(api::build()?);
    Ok(site)
}

fn start(task: &Task) -> Result<()> {
    // Every path and command below is relative to the root of the project.
    std::env::set_current_dir(project::root())?;
    match task {
        Task::Serve(options) => serve::serve(options),
        Task::Build => published().and_then(|site| sizes::report(&site)),
        Task::Test { quick, browsers } => test::test(*quick, &browser::chosen(browsers)),
        Task::Score { since } => score::score(since),
        Task::Coverage => coverage::coverage(),
        Task::Fuzz(options) => fuzz::fuzz(options),
        Task::Scale(options) => scale::scale(options),
        Task::Screenshots => {
            TestBrowser::Chromium.ensure()?;
            page::build(page::BuildKind::Local)?;
            run::run(run::cargo([
                "run",
                "--package",
                "bezorgd-e2e",
                "--bin",
                "screenshots",
            ]))
        }
    }
}
