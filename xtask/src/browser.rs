//! The browsers to run the journeys in, and what each needs on the computer.

use crate::{debian, run, tools};
use anyhow::{Result, bail};
use clap::ValueEnum;
use std::fmt;
use std::process::Command;

/// One browser.
#[derive(Clone, Copy, Debug, Eq, PartialEq, ValueEnum)]
pub enum TestBrowser {
    Chromium,
    Firefox,
    WebKit,
}

/// What `--browsers` accepts.
#[derive(Clone, Copy, Debug, Eq, PartialEq, ValueEnum)]
pub enum Choice {
    /// For Chrome and Edge.
    Chromium,
    /// With the driver that is built in the target folder.
    Firefox,
    /// `WebKitGTK`, for Safari; only on Linux.
    #[value(name = "webkit")]
    WebKit,
    /// These three.
    All,
}

/// The chosen browsers, each once.
pub fn chosen(choices: &[Choice]) -> Vec<TestBrowser> {
    let is_chosen = |browser: &TestBrowser| {
        let own = match browser {
            TestBrowser::Chromium => Choice::Chromium,
            TestBrowser::Firefox => Choice::Firefox,
            TestBrowser::WebKit => Choice::WebKit,
        };
        choices.contains(&own) || choices.contains(&Choice::All)
    };
    let all = TestBrowser::value_variants().iter();
    all.copied().filter(is_chosen).collect()
}

impl fmt::Display for TestBrowser {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(match self {
            Self::Chromium => "Chromium",
            Self::Firefox => "Firefox",
            Self::WebKit => "WebKitGTK",
        })
    }
}

impl TestBrowser {
    /// Its name in `BEZORGD_BROWSER` (crates/e2e/src/engine.rs), and at the end of the names of tests for it alone.
    fn code(self) -> &'static str {
        match self {
            Self::Chromium => "chromium",
            Self::Firefox => "firefox",
            Self::WebKit => "webkit",
        }
    }

    /// The programs that have to be on the PATH, each with its possible names.
    fn programs(self) -> &'static [&'static [&'static str]] {
        match self {
            Self::Chromium => &[&["chromedriver"]],
            Self::Firefox => &[&["firefox-esr", "firefox"]],
            Self::WebKit => &[&["WebKitWebDriver"], &["Xvfb"]],
        }
    }

    /// The Debian packages that hold them.
    fn packages(self) -> &'static [&'static str] {
        match self {
            Self::Chromium => &["chromium", "chromium-driver"],
            Self::Firefox => &["firefox-esr"],
            Self::WebKit => &["webkit2gtk-driver", "xvfb"],
        }
    }

    /// What a Mac needs.
    fn on_a_mac(self) -> &'static str {
        match self {
            Self::Chromium => "brew install --cask chromium chromedriver",
            Self::Firefox => "brew install --cask firefox",
            Self::WebKit => "it does not exist there",
        }
    }

    /// Installs it if that is possible; otherwise fails with how to do that.
    pub fn ensure(self) -> Result<()> {
        let is_there = |names: &&[&str]| names.iter().any(|name| run::find(name).is_some());
        if self.programs().iter().all(is_there) {
            return Ok(());
        }
        if debian::install(self.packages())? {
            return Ok(());
        }
        bail!(
            "journeys in {self} need it and its driver on the PATH:\n  \
             Debian: sudo apt-get install {}\n  \
             macOS:  {}\n\
             Without a browser: cargo xtask test --quick",
            self.packages().join(" "),
            self.on_a_mac()
        );
    }

    /// The journeys in it: all except those for another browser alone.
    pub fn journeys(self) -> Result<Command> {
        let mut journeys = run::cargo(["test", "--package=bezorgd-e2e", "--"]);
        let all = Self::value_variants().iter();
        for other in all.filter(|other| **other != self) {
            journeys.arg(format!("--skip=_in_{}", other.code()));
        }
        journeys.env("BEZORGD_BROWSER", self.code());
        if self == Self::Firefox {
            journeys.env("PATH", tools::geckodriver()?);
        }
        Ok(journeys)
    }
}
