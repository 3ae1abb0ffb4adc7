//! A browser without a screen, driven through its WebDriver.

use crate::engine::{Engine, WINDOW};
use crate::memory::Memory;
use crate::processes::{Folder, Process, Screen};
use anyhow::{Context, Result, ensure};
use fantoccini::wd::WebDriverCompatibleCommand;
use fantoccini::{Client, ClientBuilder};
use hyper_util::client::legacy::connect::HttpConnector;
use serde_json::{Value, json};
use std::net::TcpListener;
use std::path::Path;
use std::time::{Duration, Instant};
use tokio::net::TcpStream;

/// A script that collects errors and warnings of the page from then on: only Chromium's driver reports
/// them itself.
pub const LISTEN: &str = "window.complaints ??= (() => { \
      const complaints = []; \
      addEventListener('error', ({message}) => complaints.push(`error: ${message}`)); \
      addEventListener('unhandledrejection', ({reason}) => complaints.push(`rejected: ${reason}`)); \
      addEventListener('securitypolicyviolation', ({effectiveDirective, blockedURI}) => \
        complaints.push(`the policy forbids ${blockedURI} (${effectiveDirective})`)); \
      for (const level of ['error', 'warn']) { \
        const say = console[level]; \
        console[level] = (...what) => { \
          complaints.push(`${level}: ${what.join(' ')}`); \
          say.apply(console, what); \
        }; \
      } \
      return complaints; \
    })();";

/// A screen on which to show the page.
#[derive(Clone, Copy, Debug)]
pub struct EmulatedScreen {
    /// Width in CSS pixels.
    pub width: u32,
    /// Height in CSS pixels.
    pub height: u32,
    /// Whether the reader prefers a dark page.
    pub dark: bool,
    /// Whether it is a phone, whose scroll bars take no room.
    pub phone: bool,
}

/// A running browser, until [`Browser::close`].
pub struct Browser {
    engine: Engine,
    // Fields are dropped in order: the browser, its driver, and then what they need.
    client: Client,
    driver: Process,
    _screen: Option<Screen>,
    folder: Folder,
}

impl Browser {
    /// Starts the chosen browser, with everything but this computer behind `proxy` (`host:port`).
    ///
    /// # Errors
    /// If there is no driver on the PATH, or it cannot start a browser.
    pub async fn start(proxy: &str) -> Result<Self> {
        // A port that is free may be taken by another test before the driver takes it.
        const ATTEMPTS: usize = 3;
        let mut started = Self::try_start(proxy).await;
        for _ in 1..ATTEMPTS {
            if started.is_ok() {
                break;
            }
            started = Self::try_start(proxy).await;
        }
        started
    }

    async fn try_start(proxy: &str) -> Result<Self> {
        let engine = Engine::chosen()?;
        let folder = Folder::new()?;
        let port = free_port()?;
        let mut driver = engine.driver(port, folder.path());
        let screen = match engine.needs_screen() {
            true => Some(Screen::start(WINDOW)?),
            false => None,
        };
        if let Some(screen) = &screen {
            driver.env("DISPLAY", &screen.name);
        }
        let driver = Process::start(&mut driver)?;
        listening(port)
            .await
            .with_context(|| format!("the driver of {engine} does not listen"))?;
        let client = ClientBuilder::new(HttpConnector::new())
            .capabilities(engine.capabilities(proxy, folder.path()))
            .connect(&format!("http://127.0.0.1:{port}"))
            .await
            .with_context(|| format!("{engine} did not start"))?;
        client.set_window_size(WINDOW.0, WINDOW.1).await?;
        Ok(Self {
            engine,
            client,
            driver,
            _screen: screen,
            folder,
        })
    }

    /// The engine of this browser.
    pub fn engine(&self) -> Engine {
        self.engine
    }

    /// The folder into which it saves.
    pub(crate) fn folder(&self) -> &Path {
        self.folder.path()
    }

    /// The WebDriver client.
    pub fn client(&self) -> &Client {
        &self.client
    }

    /// Starts to collect complaints, on a page that has just loaded. Chromium also reports those from
    /// before.
    pub(crate) async fn listen(&self) -> Result<()> {
        if self.engine != Engine::Chromium {
            self.client.execute(LISTEN, vec![]).await?;
        }
        Ok(())
    }

    /// The complaints of the browser since the last call: errors, warnings, and violations of the
    /// page's content security policy.
    pub async fn complaints(&self) -> Result<Vec<String>> {
        const HEARD: &str = "return (window.complaints ?? []).splice(0)";
        if self.engine != Engine::Chromium {
            let heard = self.client.execute(HEARD, vec![]).await?;
            return Ok(serde_json::from_value(heard)?);
        }
        let entries = self.client.issue_cmd(BrowserLog).await?;
        let entries = entries.as_array().cloned().unwrap_or_default();
        Ok(entries
            .iter()
            .filter(|entry| entry["level"] != "INFO" && entry["level"] != "DEBUG")
            .map(|entry| format!("{} {}", entry["level"], entry["message"]))
            .collect())
    }

    /// Runs a command of the Chrome DevTools Protocol.
    ///
    /// # Errors
    /// In any other engine.
    pub async fn devtools(&self, command: &'static str, parameters: Value) -> Result<Value> {
        let engine = self.engine;
        ensure!(
            engine == Engine::Chromium,
            "{engine} has no {command}: only Chromium does"
        );
        let devtools = DevTools {
            command,
            parameters,
        };
        Ok(self.client.issue_cmd(devtools).await?)
    }

    /// Shows the page on another screen.
    ///
    /// # Errors
    /// In any engine but Chromium, if the window cannot be that small, or `dark` is set.
    pub async fn look(&self, look: EmulatedScreen) -> Result<()> {
        if self.engine != Engine::Chromium {
            ensure!(!look.dark, "{} cannot be made dark", self.engine);
            return self.resize(look.width, look.height).await;
        }
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

    /// Resizes the window so that the page in it has this size.
    async fn resize(&self, width: u32, height: u32) -> Result<()> {
        const AROUND: &str = "return [outerWidth - innerWidth, outerHeight - innerHeight]";
        const INSIDE: &str = "return innerWidth";
        let around: [u32; 2] = serde_json::from_value(self.client.execute(AROUND, vec![]).await?)?;
        self.client
            .set_window_size(width + around[0], height + around[1])
            .await?;
        let inside = self.client.execute(INSIDE, vec![]).await?;
        ensure!(
            inside == width,
            "{} is {inside} pixels wide, not {width}",
            self.engine
        );
        Ok(())
    }

    /// A screenshot, as PNG.
    pub async fn picture(&self) -> Result<Vec<u8>> {
        Ok(self.client.screenshot().await?)
    }

    /// The memory of the tab.
    ///
    /// # Errors
    /// On any system but Linux, in any engine but Chromium.
    pub fn memory(&self) -> Result<Memory> {
        Memory::of_tab(self.driver.id())
    }

    /// Ends the browser.
    pub async fn close(self) -> Result<()> {
        Ok(self.client.close().await?)
    }
}

fn free_port() -> Result<u16> {
    Ok(TcpListener::bind("127.0.0.1:0")?.local_addr()?.port())
}

/// Waits until the driver accepts connections.
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

/// Chromium's own command for the contents of the console.
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
