//! Fills in the service worker: which files it caches, and their version.

use crate::hash::{integrity, short};
use anyhow::{Context, Result};
use serde_json::{Map, Value};

/// The service worker for these files; the page itself is the file `./`.
///
/// # Errors
/// If the template has no `{files}`.
pub fn fill_in(template: &str, files: &[(&str, &[u8])]) -> Result<String> {
    let cached: Map<String, Value> = files
        .iter()
        .map(|(path, bytes)| ((*path).to_owned(), integrity(bytes).into()))
        .collect();
    let cached = Value::Object(cached).to_string();
    let (before, after) = template
        .split_once("{files}")
        .context("sw.js has no {files}")?;
    // The version changes with any file, and with the service worker itself.
    let version = short(format!("{cached}{template}").as_bytes());
    let filled = format!("{before}{cached}{after}");
    Ok(filled.replace("{version}", &version))
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEMPLATE: &str = include_str!("../../../www/sw.js");

    fn version(files: &[(&str, &[u8])]) -> String {
        let filled = fill_in(TEMPLATE, files).unwrap();
        let (_, version) = filled.split_once("VERSION = \"").unwrap();
        version.split('"').next().unwrap().to_owned()
    }

    #[test]
    fn any_change_of_any_file_changes_the_version() {
        let one = version(&[("./", b"a"), ("b", b"b")]);
        assert_eq!(one.len(), 16);
        assert_eq!(one, version(&[("./", b"a"), ("b", b"b")]));
        assert_ne!(one, version(&[("./", b"a"), ("b", b"c")]));
        assert_ne!(one, version(&[("./", b"a"), ("c", b"b")]));
    }
}
