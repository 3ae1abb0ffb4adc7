//! What differs between the browsers that people have, as far as a driver is concerned.
//!
//! Chromium represents Chrome and Edge, WebKitGTK Safari: the engine is the same, what the browser around it
//! asks and shows is not. Everything else about a browser is W3C WebDriver and lives in `browser.rs`.

use anyhow::{Result, bail};
use fantoccini::wd::Capabilities;
use serde_json::{Value, json};
use std::fmt;
use std::path::{Path, PathBuf};
use std::process::Command;

/// The environment variable with the engine to test in.
const VARIABLE: &str = "BEZORGD_BROWSER";

/// Width and height of the window, in CSS pixels.
pub(crate) const WINDOW: (u32, u32) = (1366, 900);

/// Switches for a Chromium without a screen, as any user, in any container.
const CHROMIUM_SWITCHES: [&str; 3] = [
    "--headless=new",
    // Chromium refuses to run as root otherwise.
    "--no-sandbox",
    "--disable-dev-shm-usage",
];

/// The engine of a browser.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Engine {
    /// Headless; the only engine whose driver also supports the Chrome DevTools Protocol.
    Chromium,
    /// Headless.
    Firefox,
    /// `WebKitGTK`, which needs a screen, if only one in memory.
    WebKit,
}

impl fmt::Display for Engine {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(match self {
            Self::Chromium => "Chromium",
            Self::Firefox => "Firefox",
            Self::WebKit => "WebKitGTK",
        })
    }
}

impl Engine {
    /// The engine that `BEZORGD_BROWSER` names; Chromium if it is absent or empty.
    ///
    /// # Errors
    /// If the variable names no engine.
    pub fn chosen() -> Result<Self> {
        match std::env::var(VARIABLE).as_deref() {
            Err(_) | Ok("" | "chromium") => Ok(Self::Chromium),
            Ok("firefox") => Ok(Self::Firefox),
            Ok("webkit") => Ok(Self::WebKit),
            Ok(other) => bail!("{VARIABLE} must be chromium, firefox or webkit, not `{other}`"),
        }
    }

    /// Its driver, which listens on this port. What the browser saves goes to `folder`.
    pub(crate) fn driver(self, port: u16, folder: &Path) -> Command {
        let mut driver = Command::new(match self {
            Self::Chromium => "chromedriver",
            Self::Firefox => "geckodriver",
            Self::WebKit => "WebKitWebDriver",
        });
        driver.arg(format!("--port={port}"));
        match self {
            Self::Chromium => {}
            // A free port each: by default all use the same.
            Self::Firefox => _ = driver.arg("--websocket-port=0"),
            // It has no setting for the folder into which it saves.
            Self::WebKit => _ = driver.env("HOME", folder),
        }
        driver
    }

    /// Whether it only runs with a screen.
    pub(crate) fn needs_screen(self) -> bool {
        self == Self::WebKit
    }

    /// The capabilities to request from the driver: everything but this computer is reached through
    /// `proxy` (`host:port`), and files are saved in `folder` without a question.
    pub(crate) fn capabilities(self, proxy: &str, folder: &Path) -> Capabilities {
        let mut capabilities = match self {
            Self::Chromium => json!({
                "browserName": "chrome",
                "goog:chromeOptions": chromium(folder),
                "goog:loggingPrefs": {"browser": "ALL"},
            }),
            Self::Firefox => json!({
                "browserName": "firefox",
                "moz:firefoxOptions": {
                    "args": ["-headless"],
                    "prefs": {
                        "browser.download.folderList": 2,
                        "browser.download.dir": folder,
                        "browser.download.useDownloadDir": true,
                        // Its driver lets pages from a disk read each other, which people's Firefox does not.
                        "security.fileuri.strict_origin_policy": true,
                        // Its own search for a network that asks to log in first; no page causes it.
                        "network.captive-portal-service.enabled": false,
                        "network.connectivity-service.enabled": false,
                    },
                },
            }),
            Self::WebKit => json!({"browserName": "MiniBrowser"}),
        };
        capabilities["proxy"] =
            json!({"proxyType": "manual", "httpProxy": proxy, "sslProxy": proxy});
        match capabilities {
            Value::Object(map) => map,
            _ => Capabilities::new(),
        }
    }
}

fn chromium(folder: &Path) -> Value {
    let mut options = json!({
        "args": CHROMIUM_SWITCHES,
        "prefs": {"download.default_directory": folder},
    });
    // Debian's; elsewhere the driver finds its browser by itself.
    if let Some(binary) = find("chromium") {
        options["binary"] = json!(binary);
    }
    options
}

fn find(program: &str) -> Option<PathBuf> {
    std::env::split_paths(&std::env::var_os("PATH")?)
        .map(|folder| folder.join(program))
        .find(|file| file.is_file())
}
