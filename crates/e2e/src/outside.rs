//! The rest of the internet as the browser sees it: a proxy that only records requests.
//!
//! The browser reports requests of its pages, but not those of workers; this proxy sees both.
//! `WebKitGTK` also sends requests for this computer through it, which it forwards: with exceptions
//! (capability `noProxy`), that browser sometimes crashes (2.50).

use anyhow::{Context, Result};
use std::sync::{Arc, Mutex, PoisonError};
use tokio::io::{AsyncBufReadExt as _, AsyncWriteExt as _, BufReader, copy_bidirectional};
use tokio::net::{TcpListener, TcpStream};
use url::{Host, Position, Url};

/// A running proxy.
pub struct Outside {
    address: String,
    requests: Arc<Mutex<Vec<String>>>,
}

impl Outside {
    /// Starts it on a free port of this computer, for as long as the runtime lives.
    pub async fn open() -> Result<Self> {
        let listener = TcpListener::bind("127.0.0.1:0")
            .await
            .context("no free port")?;
        let address = listener.local_addr()?.to_string();
        let requests = Arc::new(Mutex::new(Vec::new()));
        let recorded = Arc::clone(&requests);
        tokio::spawn(async move {
            while let Ok((connection, _)) = listener.accept().await {
                // An error only means that the browser hung up.
                tokio::spawn(answer(connection, Arc::clone(&recorded)));
            }
        });
        Ok(Self { address, requests })
    }

    /// `host:port`, for the browser's settings.
    pub fn address(&self) -> &str {
        &self.address
    }

    /// The first line of every request so far, such as `CONNECT example.org:443 HTTP/1.1`.
    pub fn requests(&self) -> Vec<String> {
        self.requests
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .clone()
    }
}

/// Records the request line and hangs up, unless the request is for this computer.
async fn answer(connection: TcpStream, requests: Arc<Mutex<Vec<String>>>) -> Result<()> {
    let mut browser = BufReader::new(connection);
    let mut line = String::new();
    if browser.read_line(&mut line).await? == 0 {
        // Chromium sometimes opens a connection to its proxy for itself, and closes it without a word.
        return Ok(());
    }
    if let Some(address) = on_this_computer(&line) {
        return forward(browser, &line, &address).await;
    }
    if !is_of_the_browser_itself(&line) {
        requests
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .push(line.trim_end().to_owned());
    }
    Ok(())
}

/// The requested address, if it is on this computer.
fn on_this_computer(line: &str) -> Option<Url> {
    let address: Url = line.split(' ').nth(1)?.parse().ok()?;
    match address.host()? {
        Host::Ipv4(ip) if ip.is_loopback() => Some(address),
        _ => None,
    }
}

/// Forwards one request and its response. A second request on the same connection would not be
/// recorded, so the connection is closed after the first.
async fn forward(mut browser: BufReader<TcpStream>, line: &str, address: &Url) -> Result<()> {
    let absolute = &address[..Position::BeforePath];
    let mut head = line.replacen(absolute, "", 1);
    head.push_str("Connection: close\r\n");
    loop {
        let mut field = String::new();
        browser.read_line(&mut field).await?;
        let name = field.split(':').next().unwrap_or_default();
        if !name.to_lowercase().ends_with("connection") {
            head.push_str(&field);
        }
        if field.trim_end().is_empty() {
            break;
        }
    }
    let mut server = TcpStream::connect(&*address.socket_addrs(|| None)?).await?;
    server.write_all(head.as_bytes()).await?;
    copy_bidirectional(&mut browser, &mut server).await?;
    Ok(())
}

/// The hosts that browsers contact by themselves: for the time, updates, settings and the like. This
/// cannot be switched off. WebKitGTK does not do it.
const MAKERS: [&str; 5] = [
    ".google.com",
    ".googleapis.com",
    ".gvt1.com",
    ".mozilla.com",
    ".mozilla.org",
];

fn is_of_the_browser_itself(request: &str) -> bool {
    let address = request.split(' ').nth(1).unwrap_or_default();
    let address = address.split_once("://").map_or(address, |(_, rest)| rest);
    let host = address.split([':', '/']).next().unwrap_or_default();
    MAKERS.iter().any(|maker| host.ends_with(maker))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_maker_of_the_browser_is_exempt() {
        for own in [
            "CONNECT update.googleapis.com:443 HTTP/1.1",
            "GET http://clients2.google.com/time/1/current?key=1 HTTP/1.1",
            "CONNECT firefox.settings.services.mozilla.com:443 HTTP/1.1",
        ] {
            assert!(is_of_the_browser_itself(own), "{own}");
        }
        for other in [
            "CONNECT otherr.example:443 HTTP/1.1",
            "GET http://otherr.example/?.google.com HTTP/1.1",
            "GET http://google.com.otherr.example/ HTTP/1.1",
            "",
        ] {
            assert!(!is_of_the_browser_itself(other), "{other}");
        }
    }

    #[test]
    fn only_requests_for_this_computer_are_forwarded() {
        let own = on_this_computer("GET http://127.0.0.1:8080/sub/pad/ HTTP/1.1");
        assert_eq!(own.as_ref().map(Url::path), Some("/sub/pad/"));
        for other in [
            "GET http://otherr.example/127.0.0.1 HTTP/1.1",
            "GET http://127.0.0.1.otherr.example/ HTTP/1.1",
            "CONNECT otherr.example:443 HTTP/1.1",
        ] {
            assert_eq!(on_this_computer(other), None, "{other}");
        }
    }
}
