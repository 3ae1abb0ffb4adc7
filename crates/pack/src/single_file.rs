//! Makes the page as one file, which opens from a disk: style and scripts are inline, and the parts
//! that the start script loads (www/boot/single_file.js) are compressed text in it.

use crate::compress;
use crate::html::{self, is_policy, path};
use crate::policy::{Inline, of_single_file};
use anyhow::{Context, Result, ensure};
use base64::{Engine as _, engine::general_purpose::STANDARD};
use lol_html::html_content::{ContentType, Element};
use std::collections::BTreeMap;

/// The contents of files, by path.
pub type Files = BTreeMap<String, Vec<u8>>;

/// Makes the file from Trunk's `index.html`, the files beside it, and the start script for one file.
///
/// # Errors
/// If the page names a missing file, or a script or style would end its own element.
pub fn make(page: &str, files: &Files, boot: &str) -> Result<String> {
    let glue = text(files, "app.js")?;
    let style = text(files, "style.css")?;
    for script in [glue, boot] {
        ensure!(
            !script.contains("</script") && !script.contains("<!--"),
            "a script contains `</script` or `<!--`"
        );
    }
    ensure!(!style.contains("</style"), "the style contains `</style`");
    let inline = Inline {
        scripts: &[glue, boot],
        style,
    };
    html::rewrite(page, |element| {
        if is_policy(element) {
            let policy = element.get_attribute("content").unwrap_or_default();
            element.set_attribute("content", &of_single_file(&policy, &inline))?;
            return Ok(());
        }
        match (
            element.tag_name().as_str(),
            element.get_attribute("rel").as_deref(),
        ) {
            ("link", Some("stylesheet")) => {
                element.replace(&format!("<style>{style}</style>"), ContentType::Html);
            }
            ("link", Some("icon")) => {
                let icon = STANDARD.encode(file(files, "icon.svg")?);
                element.set_attribute("href", &format!("data:image/svg+xml;base64,{icon}"))?;
            }
            // A preload, which only a site has.
            ("link", _) => element.remove(),
            ("script", _) if element.get_attribute("type").as_deref() == Some("module") => {
                element.before(&parts(element, files)?, ContentType::Html);
                let boot = format!("<script type=\"module\">{boot}</script>");
                element.replace(&boot, ContentType::Html);
            }
            ("script", _) => {
                element.replace(&format!("<script>{glue}</script>"), ContentType::Html)
            }
            _ => {}
        }
        Ok(())
    })
}

/// The parts whose URLs are on the script tag of a site.
fn parts(boot: &Element<'_, '_>, files: &Files) -> Result<String> {
    let mut parts = String::new();
    for attribute in boot.attributes() {
        let name = attribute.name();
        let value = attribute.value();
        let Some((part, bytes)) = name.strip_prefix("data-").zip(files.get(path(&value))) else {
            continue;
        };
        let bytes = STANDARD.encode(compress::gzip(bytes)?);
        let part = camel_case(part);
        parts.push_str(&format!(
            "<script type=\"text/plain\" data-part=\"{part}\">{bytes}</script>\n  "
        ));
    }
    Ok(parts)
}

/// `worker-glue` as `workerGlue`, the name of `data-worker-glue` in a script's `dataset`.
fn camel_case(name: &str) -> String {
    let mut words = name.split('-');
    let first = words.next().unwrap_or_default().to_owned();
    words.fold(first, |name, word| {
        let (initial, rest) = word.split_at(word.len().min(1));
        name + &initial.to_uppercase() + rest
    })
}

fn file<'a>(files: &'a Files, name: &str) -> Result<&'a [u8]> {
    let file = files
        .get(name)
        .with_context(|| format!("missing file `{name}`"))?;
    Ok(file)
}

fn text<'a>(files: &'a Files, name: &str) -> Result<&'a str> {
    std::str::from_utf8(file(files, name)?).with_context(|| format!("`{name}` is not UTF-8"))
}
