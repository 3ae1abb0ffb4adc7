//! Headless Chromium, driven through its WebDriver.

use crate::memory::Memory;
use anyhow::{Context, Result};
use fantoccini::wd::{Capabilities, WebDriverCompatibleCommand};
use fantoccini::{Client, ClientBuilder};
use hyper_util::client::legacy::connect::HttpConnector;
use serde_json::{Value, json};
use std::net::TcpListener;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};
use tokio::net::TcpStream;

/// Switches for a browser without a screen, as any user, in any container.
const SWITCHES: [&str; 4] = [
    "--headless=new",
    "--window-size=1366,900",
    // Chromium refuses to run as root otherwise.
    "--no-sandbox",
    "--disable-dev-shm-usage",
];

/// A screen to look at the page with.
#[derive(Clone, Copy, Debug)]
pub struct Look {
    /// In CSS pixels.
    pub width: u32,
    /// In CSS pixels.
    pub height: u32,
    /// Whether the reader prefers a dark page.
    pub dark: bool,
    /// Whether it is a phone, whose scroll bars take no room.
    pub phone: bool,
}

/// A browser of our own, until [`Browser::close`].
pub struct Browser {
    // Before the driver: fields are dropped in order.
    client: Client,
    driver: Driver,
}

impl Browser {
    /// Starts the browser, with everything but this computer behind `proxy` (`host:port`).
    ///
    /// # Errors
    /// When there is no `chromedriver` on the PATH or it cannot start a browser.
    pub async fn start(proxy: &str) -> Result<Self> {
        let port = free_port()?;
        let driver = Driver(
            Command::new("chromedriver")
                .arg(format!("--port={port}"))
                .stdin(Stdio::null())
                .stdout(Stdio::null())
                .stderr(Stdio::null())
                .spawn()
                .context(
                    "chromedriver cannot be started; `cargo xtask test` tells how to get it",
                )?,
        );
        listening(port)
            .await
            .context("chromedriver does not listen")?;
        let client = ClientBuilder::new(HttpConnector::new())
            .capabilities(capabilities(proxy))
            .connect(&format!("http://127.0.0.1:{port}"))
            .await
            .context("the browser did not start")?;
        Ok(Self { client, driver })
    }

    /// What the WebDriver can do.
    pub fn client(&self) -> &Client {
        &self.client
    }

    /// What the browser had to complain about since this was last asked: errors, warnings, and
    /// violations of the page's content security policy.
    pub async fn complaints(&self) -> Result<Vec<String>> {
        let entries = self.client.issue_cmd(BrowserLog).await?;
        let entries = entries.as_array().cloned().unwrap_or_default();
        Ok(entries
            .iter()
            .filter(|entry| entry["level"] != "INFO" && entry["level"] != "DEBUG")
            .map(|entry| format!("{} {}", entry["level"], entry["message"]))
            .collect())
    }

    /// Runs a command of the Chrome DevTools Protocol.
    pub async fn devtools(&self, command: &'static str, parameters: Value) -> Result<Value> {
        let devtools = DevTools {
            command,
            parameters,
        };
        Ok(self.client.issue_cmd(devtools).await?)
    }

    /// Shows the page on another screen.
    pub async fn look(&self, look: Look) -> Result<()> {
        let scheme = if look.dark { "dark" } else { "light" };
        self.devtools(
            "Emulation.setEmulatedMedia",
            json!({"features": [{"name": "prefers-color-scheme", "value": scheme}]}),
        )
        .await?;
        self.devtools(
            "Emulation.setDeviceMetricsOverride",
            json!({
                "width": look.width,
                "height": look.height,
                "deviceScaleFactor": 1,
                "mobile": look.phone,
            }),
        )
        .await?;
        Ok(())
    }

    /// What is on the screen, as PNG.
    pub async fn picture(&self) -> Result<Vec<u8>> {
        Ok(self.client.screenshot().await?)
    }

    /// The memory of the tab.
    ///
    /// # Errors
    /// On any system but Linux.
    pub fn memory(&self) -> Result<Memory> {
        Memory::of_tab(self.driver.0.id())
    }

    /// Ends the browser.
    pub async fn close(self) -> Result<()> {
        Ok(self.client.close().await?)
    }
}

fn capabilities(proxy: &str) -> Capabilities {
    let mut chrome = json!({"args": SWITCHES});
    if let Some(binary) = chromium() {
        chrome["binary"] = json!(binary);
    }
    let capabilities = json!({
        "browserName": "chrome",
        "goog:chromeOptions": chrome,
        "goog:loggingPrefs": {"browser": "ALL"},
        "proxy": {"proxyType": "manual", "httpProxy": proxy, "sslProxy": proxy},
    });
    match capabilities {
        Value::Object(map) => map,
        _ => Capabilities::new(),
    }
}

/// Debian's Chromium; elsewhere the driver finds its browser by itself.
fn chromium() -> Option<std::path::PathBuf> {
    std::env::split_paths(&std::env::var_os("PATH")?)
        .map(|folder| folder.join("chromium"))
        .find(|file| file.is_file())
}

fn free_port() -> Result<u16> {
    Ok(TcpListener::bind("127.0.0.1:0")?.local_addr()?.port())
}

/// Waits until the driver can be spoken to.
async fn listening(port: u16) -> Result<()> {
    let start = Instant::now();
    loop {
        match TcpStream::connect(("127.0.0.1", port)).await {
            Ok(_) => return Ok(()),
            Err(error) if start.elapsed() > Duration::from_secs(15) => return Err(error.into()),
            Err(_) => tokio::time::sleep(Duration::from_millis(50)).await,
        }
    }
}

/// The driver's process; it must not outlive the test.
struct Driver(Child);

impl Drop for Driver {
    fn drop(&mut self) {
        // Both only fail when it has already ended.
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

/// Chromium's own command for what stands in the console.
#[derive(Debug)]
struct BrowserLog;

impl WebDriverCompatibleCommand for BrowserLog {
    fn endpoint(
        &self,
        base: &url::Url,
        session: Option<&str>,
    ) -> Result<url::Url, url::ParseError> {
        of_session(base, session, "se/log")
    }

    fn method_and_body(&self, _: &url::Url) -> (http::Method, Option<String>) {
        (
            http::Method::POST,
            Some(json!({"type": "browser"}).to_string()),
        )
    }
}

/// Chromium's own command for the DevTools Protocol.
#[derive(Debug)]
struct DevTools {
    command: &'static str,
    parameters: Value,
}

impl WebDriverCompatibleCommand for DevTools {
    fn endpoint(
        &self,
        base: &url::Url,
        session: Option<&str>,
    ) -> Result<url::Url, url::ParseError> {
        of_session(base, session, "goog/cdp/execute")
    }

    fn method_and_body(&self, _: &url::Url) -> (http::Method, Option<String>) {
        let body = json!({"cmd": self.command, "params": self.parameters});
        (http::Method::POST, Some(body.to_string()))
    }
}

fn of_session(
    base: &url::Url,
    session: Option<&str>,
    command: &str,
) -> Result<url::Url, url::ParseError> {
    base.join(&format!(
        "session/{}/{command}",
        session.unwrap_or_default()
    ))
}
