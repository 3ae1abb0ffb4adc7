//! Reads `_headers`, the file from which a host takes the HTTP headers of each path.
//!
//! The format of Netlify and Cloudflare Pages: a path at the start of a line, with `*` at its end for
//! any path with that prefix, and under it, indented, `Name: value`. `#` starts a comment.

use anyhow::{Context, Result, ensure};
use http::{HeaderName, HeaderValue};

/// The HTTP headers of a site: path pattern, name, value.
#[derive(Debug, Default)]
pub struct Headers(Vec<(String, HeaderName, HeaderValue)>);

impl Headers {
    /// Reads the file.
    ///
    /// # Errors
    /// If a line is neither a path nor a header; the error quotes the line.
    pub fn parse(file: &str) -> Result<Self> {
        let mut headers = Vec::new();
        let mut path = "";
        for (number, line) in (1..).zip(file.lines()) {
            let text = line.trim();
            if text.is_empty() || text.starts_with('#') {
                continue;
            }
            if !line.starts_with(char::is_whitespace) {
                path = text;
                continue;
            }
            let here = || format!("_headers, line {number}: {text}");
            let (name, value) = text.split_once(':').with_context(here)?;
            ensure!(path.starts_with('/'), "{}: no path above it", here());
            headers.push((
                path.to_owned(),
                name.parse().with_context(here)?,
                value.trim().parse().with_context(here)?,
            ));
        }
        Ok(Self(headers))
    }

    /// The headers for a path from the root of the site, such as `/sw.js`.
    pub fn of<'a>(
        &'a self,
        path: &'a str,
    ) -> impl Iterator<Item = (&'a HeaderName, &'a HeaderValue)> {
        let matches = move |pattern: &str| match pattern.strip_suffix('*') {
            Some(start) => path.starts_with(start),
            None => path == pattern,
        };
        let headers = self.0.iter().filter(move |(pattern, ..)| matches(pattern));
        headers.map(|(_, name, value)| (name, value))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cache<'a>(headers: &'a Headers, path: &'a str) -> Vec<&'a str> {
        let cache = |(name, _): &(&HeaderName, &HeaderValue)| *name == http::header::CACHE_CONTROL;
        let values = headers.of(path).filter(cache);
        values.map(|(_, value)| value.to_str().unwrap()).collect()
    }

    #[test]
    fn our_own_headers_can_be_read() {
        let headers = include_str!("../../../www/hosting/_headers");
        let headers = Headers::parse(headers).unwrap();
        assert!(cache(&headers, "/assets/a-0.js")[0].contains("immutable"));
        assert_eq!(cache(&headers, "/"), ["no-cache"]);
        assert!(cache(&headers, "/icon.svg").is_empty());
        for path in ["/", "/sw.js", "/assets/a-0.js"] {
            let sent = headers.of(path);
            assert!(
                sent.into_iter()
                    .any(|(name, _)| *name == http::header::CONTENT_SECURITY_POLICY)
            );
        }
    }

    #[test]
    fn a_line_that_cannot_be_read_is_quoted() {
        for file in ["/*\n  no colon", "  Name: value", "/*\n  No Name: value"] {
            let error = Headers::parse(file).unwrap_err().to_string();
            assert!(error.contains("_headers, line "), "{error}");
        }
    }
}
