//! The web server that the page is loaded from: the built site under a sub-path, with the headers that its own
//! header file asks for, like the cheapest hosting there is.

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

/// Where the page stands: nothing in it may assume that this is the root.
const PATH: &str = "/sub/pad";

/// What keeps the page for the next visit. It would ask for the file that comes to grief too, so where one does it
/// is a script that does nothing.
const SERVICE_WORKER: &str = "sw.js";

/// What befalls one of the files on its way.
#[derive(Clone, Copy, Debug)]
pub struct Mishap {
    /// What its address holds.
    pub file: &'static str,
    /// How late it comes; `None` when it does not come at all.
    pub late: Option<Duration>,
}

/// A running web server that remembers every request.
pub struct Site {
    address: String,
    requests: Arc<Mutex<Vec<String>>>,
    /// What it answers with now.
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
            .layer(middleware::from_fn(note));
        let (stop, stopped) = oneshot::channel();
        let serving = axum::serve(listener, router).with_graceful_shutdown(async {
            // A sender that is gone means the same.
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

    /// Goes on with the site in this folder; what only the earlier one has is gone.
    pub fn publish(&mut self, folder: &Path) {
        *lock(&self.published) = at_path(folder);
        self.folders.push(folder.to_owned());
    }

    /// Whether a file of the site is at this address, or was.
    pub fn published(&self, address: &str) -> bool {
        let Some(path) = address.strip_prefix(&self.address) else {
            return false;
        };
        let path = if path.is_empty() { "index.html" } else { path };
        let mut folders = self.folders.iter();
        folders.any(|folder| folder.join(path).is_file())
    }

    /// Stops, so that nobody answers at the address any more.
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
