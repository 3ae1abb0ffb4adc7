//! The file `_headers`, which tells a host what to send along with which file.
//!
//! The form that Netlify and Cloudflare Pages read: a path at the start of a line, `*` at its end for all
//! that begin so, and under it, indented, `Name: value`. `#` starts a comment.

use anyhow::{Context, Result, ensure};
use http::{HeaderName, HeaderValue};

/// What a host sends along.
#[derive(Debug, Default)]
pub struct Headers(Vec<(String, HeaderName, HeaderValue)>);

impl Headers {
    /// Reads the file.
    ///
    /// # Errors
    /// When a line is neither a path nor a header; says which.
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

    /// What goes along with the file at this path, which counts from the root of the site: `/sw.js`.
    pub fn of<'a>(
        &'a self,
        path: &'a str,
    ) -> impl Iterator<Item = (&'a HeaderName, &'a HeaderValue)> {
        let fits = move |pattern: &str| match pattern.strip_suffix('*') {
            Some(start) => path.starts_with(start),
            None => path == pattern,
        };
        let headers = self.0.iter().filter(move |(pattern, ..)| fits(pattern));
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
    fn what_we_send_is_a_file_that_can_be_read() {
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
    fn a_line_that_cannot_be_read_is_named() {
        for file in ["/*\n  no colon", "  Name: value", "/*\n  No Name: value"] {
            let error = Headers::parse(file).unwrap_err().to_string();
            assert!(error.contains("_headers, line "), "{error}");
        }
    }
}
