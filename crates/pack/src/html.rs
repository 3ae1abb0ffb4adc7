//! Reads and rewrites index.html with an HTML parser.

use anyhow::{Context, Result, anyhow};
use lol_html::html_content::Element;
use lol_html::{RewriteStrSettings, element, rewrite_str};

/// The page with every element passed through `change`.
///
/// # Errors
/// Those of `change`, and if this is no HTML.
pub fn rewrite(
    html: &str,
    mut change: impl FnMut(&mut Element<'_, '_>) -> Result<()>,
) -> Result<String> {
    let every = element!("*", |element| change(element)
        .map_err(|error| { format!("<{}>: {error:#}", element.tag_name()).into() }));
    let settings = RewriteStrSettings::new().append_element_content_handler(every);
    rewrite_str(html, settings).map_err(|error| anyhow!("index.html: {error}"))
}

/// The content security policy in the page.
///
/// # Errors
/// If it has none.
pub fn policy(html: &str) -> Result<String> {
    let mut policy = None;
    rewrite(html, |element| {
        if is_policy(element) {
            policy = element.get_attribute("content");
        }
        Ok(())
    })?;
    policy.context("index.html has no content security policy")
}

/// Whether this element contains the content security policy.
pub fn is_policy(element: &Element<'_, '_>) -> bool {
    element.get_attribute("http-equiv").as_deref() == Some("Content-Security-Policy")
}

/// The path in an attribute, without the `./` before files beside the page.
pub fn path(value: &str) -> &str {
    value.strip_prefix("./").unwrap_or(value)
}
