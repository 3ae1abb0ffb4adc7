//! Fills in the service worker: which files it keeps, and which version they are.

use crate::hash::{integrity, short};
use anyhow::{Context, Result};
use serde_json::{Map, Value};

/// The service worker for these files; the page itself is the file `./`.
///
/// # Errors
/// When the template does not say where the files belong.
pub fn fill_in(template: &str, files: &[(&str, &[u8])]) -> Result<String> {
    let kept: Map<String, Value> = files
        .iter()
        .map(|(path, bytes)| ((*path).to_owned(), integrity(bytes).into()))
        .collect();
    let kept = Value::Object(kept).to_string();
    let (before, after) = template
        .split_once("{files}")
        .context("sw.js has no {files}")?;
    // The version changes with any file, and with what is done with them.
    let version = short(format!("{kept}{template}").as_bytes());
    let filled = format!("{before}{kept}{after}");
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
    fn any_change_of_any_file_is_another_version() {
        let one = version(&[("./", b"a"), ("b", b"b")]);
        assert_eq!(one.len(), 16);
        assert_eq!(one, version(&[("./", b"a"), ("b", b"b")]));
        assert_ne!(one, version(&[("./", b"a"), ("b", b"c")]));
        assert_ne!(one, version(&[("./", b"a"), ("c", b"b")]));
    }
}
