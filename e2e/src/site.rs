//! The web server that the page is loaded from: static files under a sub-path, like the cheapest
//! hosting there is.

use anyhow::{Context, Result, ensure};
use axum::http::StatusCode;
use axum::response::IntoResponse as _;
use axum::{Router, extract::Request, middleware};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;
use tokio::net::TcpListener;
use tower_http::services::ServeDir;

/// Where the page stands: nothing in it may assume that this is the root.
const PATH: &str = "/sub/pad";

/// What befalls one of the files on its way.
#[derive(Clone, Copy, Debug)]
pub struct Mishap {
    /// How its address ends.
    pub file: &'static str,
    /// How late it comes; `None` when it does not come at all.
    pub late: Option<Duration>,
}

/// A running web server that remembers every request.
pub struct Site {
    address: String,
    requests: Arc<Mutex<Vec<String>>>,
}

impl Site {
    /// Serves the built page on a free port of this computer, for as long as the runtime lives.
    pub async fn open(mishap: Option<Mishap>) -> Result<Self> {
        let dist = crate::root().join("dist");
        ensure!(
            dist.join("index.html").is_file(),
            "there is no built page in dist/; build it with: cargo xtask build"
        );
        let listener = TcpListener::bind("127.0.0.1:0")
            .await
            .context("no free port")?;
        let address = format!("http://{}{PATH}/", listener.local_addr()?);

        let requests = Arc::new(Mutex::new(Vec::new()));
        let note = {
            let requests = Arc::clone(&requests);
            move |request: Request, next: middleware::Next| {
                let line = format!("{} {}", request.method(), request.uri());
                lock(&requests).push(line);
                let mishap = mishap.filter(|mishap| request.uri().path().ends_with(mishap.file));
                async move {
                    match mishap.map(|mishap| mishap.late) {
                        None => {}
                        Some(Some(late)) => tokio::time::sleep(late).await,
                        Some(None) => return StatusCode::NOT_FOUND.into_response(),
                    }
                    next.run(request).await
                }
            }
        };
        let router = Router::new()
            .nest_service(PATH, ServeDir::new(dist))
            .layer(middleware::from_fn(note));
        tokio::spawn(async move { axum::serve(listener, router).await });
        Ok(Self { address, requests })
    }

    /// The address of the page.
    pub fn address(&self) -> &str {
        &self.address
    }

    /// Every request so far, as `METHOD path`.
    pub fn requests(&self) -> Vec<String> {
        lock(&self.requests).clone()
    }
}

fn lock(requests: &Mutex<Vec<String>>) -> std::sync::MutexGuard<'_, Vec<String>> {
    requests.lock().unwrap_or_else(PoisonError::into_inner)
}
