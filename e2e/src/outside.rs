//! The rest of the internet, as far as the browser can tell: a proxy that only remembers who was
//! asked for.
//!
//! The browser reports requests of its pages, but not those of workers; whatever goes through here
//! is seen, wherever it comes from.

use anyhow::{Context, Result};
use std::sync::{Arc, Mutex, PoisonError};
use tokio::io::{AsyncBufReadExt, BufReader};
use tokio::net::{TcpListener, TcpStream};

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
        let noted = Arc::clone(&requests);
        tokio::spawn(async move {
            while let Ok((connection, _)) = listener.accept().await {
                tokio::spawn(note(connection, Arc::clone(&noted)));
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

/// Remembers the request line and hangs up.
async fn note(connection: TcpStream, requests: Arc<Mutex<Vec<String>>>) {
    let mut line = String::new();
    let read = BufReader::new(connection).read_line(&mut line).await;
    if read.is_ok() && !is_of_the_browser_itself(&line) {
        requests
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .push(line.trim_end().to_owned());
    }
}

/// Chromium asks its maker for the time, updates and the like, and cannot be made to stop.
fn is_of_the_browser_itself(request: &str) -> bool {
    let address = request.split(' ').nth(1).unwrap_or_default();
    let address = address.split_once("://").map_or(address, |(_, rest)| rest);
    let host = address.split([':', '/']).next().unwrap_or_default();
    [".google.com", ".googleapis.com", ".gvt1.com"]
        .iter()
        .any(|maker| host.ends_with(maker))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_maker_of_the_browser_is_let_off() {
        for own in [
            "CONNECT update.googleapis.com:443 HTTP/1.1",
            "GET http://clients2.google.com/time/1/current?key=1 HTTP/1.1",
        ] {
            assert!(is_of_the_browser_itself(own), "{own}");
        }
        for strange in [
            "CONNECT stranger.example:443 HTTP/1.1",
            "GET http://stranger.example/?.google.com HTTP/1.1",
            "GET http://google.com.stranger.example/ HTTP/1.1",
            "",
        ] {
            assert!(!is_of_the_browser_itself(strange), "{strange}");
        }
    }
}
