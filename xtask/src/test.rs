//! Checks and tests everything, step by step; the first failure ends the run.

use crate::browser::TestBrowser;
use crate::{api, node, page, run, sizes};
use anyhow::{Context, Result, bail};
use std::process::Command;
use std::time::{Duration, Instant};

/// Crates that only work in a browser: the analyser must never depend on them.
const BROWSER_CRATES: [&str; 4] = ["js-sys", "wasm-bindgen", "web-sys", "yew"];

/// Runs every check, with the journeys in these browsers; `quick` skips the page and the browsers.
pub fn test(quick: bool, browsers: &[TestBrowser]) -> Result<()> {
    let mut steps = Steps::new();

    steps.command("formatting", run::cargo(["fmt", "--all", "--check"]))?;
    steps.command(
        "lints",
        cargo_clippy(["--workspace", "--all-targets", "--locked"]),
    )?;
    steps.command(
        "lints of the page and its worker",
        cargo_clippy([
            "--target=wasm32-unknown-unknown",
            "--package=bezorgd-www",
            "--package=bezorgd-worker",
        ]),
    )?;
    steps.command(
        "lints of the JavaScript module",
        cargo_clippy(["--target=wasm32-unknown-unknown", "--package=bezorgd-js"]),
    )?;
    steps.check("no browser in the command line", no_browser_crates)?;
    steps.command(
        "tests",
        run::cargo(["test", "--workspace", "--exclude=bezorgd-e2e"]),
    )?;

    steps.command("documentation", documentation())?;

    if !quick {
        let mut site = steps.check("the page", || page::build(page::BuildKind::Published))?;
        site.extend(steps.check("the JavaScript module", api::build)?);
        steps.check("Node", node::ensure)?;
        steps.command("the JavaScript module in Node", node::tests())?;
        for browser in browsers {
            steps.check(format!("{browser} and its driver"), || browser.ensure())?;
            steps.check(format!("journeys in {browser}"), || {
                run::run(browser.journeys()?)
            })?;
        }
        steps.check("size of a first visit", || sizes::report(&site))?;
    }

    steps.summary(quick);
    Ok(())
}

fn cargo_clippy<const N: usize>(arguments: [&str; N]) -> Command {
    let mut clippy = run::cargo(["clippy"]);
    clippy.args(arguments).args(["--", "--deny=warnings"]);
    clippy
}

/// Builds the documentation of every package; a broken link or a missing comment fails. Its examples are
/// compiled and run by `cargo test`.
fn documentation() -> Command {
    let mut doc = run::cargo(["doc", "--workspace", "--no-deps", "--locked"]);
    doc.env("RUSTDOCFLAGS", "--deny=warnings");
    doc
}

/// Built for this computer, the analyser has no browser crate, whatever its features.
fn no_browser_crates() -> Result<()> {
    let tree = run::cargo([
        "tree",
        "--package=bezorgd-cli",
        "--package=bezorgd-session",
        "--all-features",
        "--edges=normal,build",
        "--prefix=none",
        "--format={p}",
    ]);
    let crates = run::output(tree)?;
    for line in crates.lines() {
        let name = line.split(' ').next().unwrap_or(line);
        if BROWSER_CRATES.contains(&name) {
            bail!(
                "{name} is compiled into the command line: keep it under \
                 [target.'cfg(target_arch = \"wasm32\")'.dependencies] in Cargo.toml"
            );
        }
    }
    println!(
        "{} crates, none of them {}",
        crates.lines().count(),
        BROWSER_CRATES.join(", ")
    );
    Ok(())
}

/// The finished steps and how long they took.
struct Steps {
    start: Instant,
    done: Vec<(String, Duration)>,
}

impl Steps {
    fn new() -> Self {
        Self {
            start: Instant::now(),
            done: Vec::new(),
        }
    }

    /// A step that is one command; the error of a failure contains the command.
    fn command(&mut self, name: &'static str, command: Command) -> Result<()> {
        let line = run::shown(&command);
        self.check(name, || {
            println!("{line}");
            run::run(command)
        })
    }

    fn check<T>(&mut self, name: impl Into<String>, step: impl FnOnce() -> Result<T>) -> Result<T> {
        let name = name.into();
        println!("\n── {} ──", name);
        let start = Instant::now();
        let result = step().with_context(|| format!("step “{name}” failed"))?;
        self.done.push((name, start.elapsed()));
        Ok(result)
    }

    fn summary(&self, quick: bool) {
        println!();
        for (name, took) in &self.done {
            println!("{name:36} {:>6.1} s", took.as_secs_f32());
        }
        println!(
            "All {} steps passed in {:.0} s{}.",
            self.done.len(),
            self.start.elapsed().as_secs_f32(),
            if quick {
                ", without the page and the browser"
            } else {
                ""
            }
        );
    }
}
