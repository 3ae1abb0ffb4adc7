//! A web server that does what the simplest hosts do: static files, compressed in advance, with the
//! headers of `_headers`.

use crate::headers::Headers;
use anyhow::Result;
use axum::Router;
use axum::extract::{Request, State};
use axum::middleware::{self, Next};
use axum::response::{IntoResponse as _, Response};
use http::StatusCode;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use tower_http::services::ServeDir;

/// Answers requests with the files of a site, read again for each request.
pub fn router(folder: impl Into<PathBuf>) -> Router {
    let folder: Arc<Path> = folder.into().into();
    let files = ServeDir::new(&folder)
        .precompressed_br()
        .precompressed_gzip();
    Router::new()
        .fallback_service(files)
        .layer(middleware::from_fn_with_state(folder, add_headers))
}

/// Serves a site until the program ends.
///
/// # Errors
/// If the listener fails.
pub fn serve(folder: impl Into<PathBuf>, listener: std::net::TcpListener) -> Result<()> {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_io()
        .build()?;
    runtime.block_on(async {
        listener.set_nonblocking(true)?;
        let listener = tokio::net::TcpListener::from_std(listener)?;
        Ok(axum::serve(listener, router(folder)).await?)
    })
}

/// Adds the headers from the site's `_headers`.
async fn add_headers(State(folder): State<Arc<Path>>, request: Request, next: Next) -> Response {
    let file = tokio::fs::read_to_string(folder.join("_headers")).await;
    let headers = file
        .map_err(Into::into)
        .and_then(|file| Headers::parse(&file));
    let headers = match headers {
        Ok(headers) => headers,
        Err(error) => {
            return (StatusCode::INTERNAL_SERVER_ERROR, format!("{error:#}")).into_response();
        }
    };
    let path = request.uri().path().to_owned();
    let mut response = next.run(request).await;
    // A missing file must not be cached: it may exist tomorrow.
    if !response.status().is_client_error() {
        for (name, value) in headers.of(&path) {
            response.headers_mut().insert(name, value.clone());
        }
    }
    response
}
