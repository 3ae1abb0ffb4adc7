//! The web server of the page: the built site under a sub-path, with the headers of its own header
//! file, as the simplest hosts do.

use anyhow::{Context, Result, ensure};
use axum::http::StatusCode;
use axum::http::header::CONTENT_TYPE;
use axum::response::IntoResponse as _;
use axum::{Router, extract::Request, middleware};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;
use tokio::net::TcpListener;
use tokio::sync::oneshot;
use tokio::task::JoinHandle;
use tower::ServiceExt as _;

/// The path of the page: nothing in it may assume that it is at the root.
const PATH: &str = "/sub/pad";

/// The service worker. It would also request the file that is late or missing, so on such a journey it
/// is replaced by an empty script.
const SERVICE_WORKER: &str = "sw.js";

/// What goes wrong with one of the files.
#[derive(Clone, Copy, Debug)]
pub struct Mishap {
    /// A part of its URL.
    pub file: &'static str,
    /// How late it comes; `None` if it does not come at all.
    pub late: Option<Duration>,
}

/// A running web server that records every request.
pub struct Site {
    address: String,
    requests: Arc<Mutex<Vec<String>>>,
    /// The site that it serves now.
    published: Arc<Mutex<Router>>,
    /// Every folder that was published.
    folders: Vec<PathBuf>,
    running: Option<(oneshot::Sender<()>, JoinHandle<std::io::Result<()>>)>,
}

impl Site {
    /// Serves the built page on a free port of this computer, for as long as the runtime lives.
    pub async fn open(mishap: Option<Mishap>) -> Result<Self> {
        let dist = crate::repository::root().join("dist");
        ensure!(
            dist.join("index.html").is_file(),
            "no built page in dist/; build it with: cargo xtask build"
        );
        let listener = TcpListener::bind("127.0.0.1:0")
            .await
            .context("no free port")?;
        let address = format!("http://{}{PATH}/", listener.local_addr()?);

        let requests = Arc::new(Mutex::new(Vec::new()));
        let record = {
            let requests = Arc::clone(&requests);
            move |request: Request, next: middleware::Next| {
                let line = format!("{} {}", request.method(), request.uri());
                lock(&requests).push(line);
                let path = request.uri().path();
                let nothing = mishap.is_some() && path.ends_with(SERVICE_WORKER);
                let mishap = mishap.filter(|mishap| path.contains(mishap.file));
                async move {
                    match mishap.map(|mishap| mishap.late) {
                        _ if nothing => {
                            return ([(CONTENT_TYPE, "text/javascript")], "").into_response();
                        }
                        None => {}
                        Some(Some(late)) => tokio::time::sleep(late).await,
                        Some(None) => return StatusCode::NOT_FOUND.into_response(),
                    }
                    next.run(request).await
                }
            }
        };
        let published = Arc::new(Mutex::new(at_path(&dist)));
        let answer = {
            let published = Arc::clone(&published);
            move |request: Request| {
                let published = lock(&published).clone();
                published.oneshot(request)
            }
        };
        let router = Router::new()
            .fallback(answer)
            .layer(middleware::from_fn(record));
        let (stop, stopped) = oneshot::channel();
        let serving = axum::serve(listener, router).with_graceful_shutdown(async {
            // A dropped sender means the same.
            let _ = stopped.await;
        });
        Ok(Self {
            address,
            requests,
            published,
            folders: vec![dist],
            running: Some((stop, tokio::spawn(async move { serving.await }))),
        })
    }

    /// The address of the page.
    pub fn address(&self) -> &str {
        &self.address
    }

    /// Every request so far, as `METHOD path`.
    pub fn requests(&self) -> Vec<String> {
        lock(&self.requests).clone()
    }

    /// Replaces the site by the one in this folder.
    pub fn publish(&mut self, folder: &Path) {
        *lock(&self.published) = at_path(folder);
        self.folders.push(folder.to_owned());
    }

    /// Whether the current or an earlier site has a file at this address.
    pub fn published(&self, address: &str) -> bool {
        let Some(path) = address.strip_prefix(&self.address) else {
            return false;
        };
        let path = if path.is_empty() { "index.html" } else { path };
        let mut folders = self.folders.iter();
        folders.any(|folder| folder.join(path).is_file())
    }

    /// Stops the server: nothing answers at the address any more.
    pub async fn stop(&mut self) -> Result<()> {
        if let Some((stop, serving)) = self.running.take() {
            // It may have stopped by itself.
            let _ = stop.send(());
            serving.await??;
        }
        Ok(())
    }
}

fn at_path(folder: &Path) -> Router {
    Router::new().nest_service(PATH, bezorgd_pack::router(folder))
}

fn lock<T>(shared: &Mutex<T>) -> std::sync::MutexGuard<'_, T> {
    shared.lock().unwrap_or_else(PoisonError::into_inner)
}
