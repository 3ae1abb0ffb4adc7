//! Derives the content security policy of the page as one file from the one in index.html.
//!
//! Follows Content Security Policy Level 3: directives separated by `;`, each a name and its sources.

use crate::hash::integrity;

/// The inline scripts and style of a page.
pub struct Inline<'a> {
    pub scripts: &'a [&'a str],
    pub style: &'a str,
}

/// The policy for a page that is one file: `'self'` means nothing there, so scripts and style are
/// allowed by their hashes, and nothing else can be loaded from anywhere.
pub fn of_single_file(policy: &str, inline: &Inline<'_>) -> String {
    let hash = |text: &str| format!("'{}'", integrity(text.as_bytes()));
    let directives = policy.split(';').filter_map(|directive| {
        let mut words = directive.split_whitespace();
        let name = words.next()?;
        let mut any = false;
        let mut written = name.to_owned();
        for source in words {
            let source = match (source, name) {
                ("'self'", "script-src") => {
                    let hashes: Vec<_> = inline.scripts.iter().map(|text| hash(text)).collect();
                    hashes.join(" ")
                }
                ("'self'", "style-src") => hash(inline.style),
                ("'self'", _) => continue,
                _ => source.to_owned(),
            };
            any = true;
            written.push(' ');
            written.push_str(&source);
        }
        any.then_some(written)
    });
    directives.collect::<Vec<_>>().join("; ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_file_has_hashes_and_connects_to_nothing() {
        let site = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; \
                    connect-src 'self'; worker-src 'self' blob:; form-action 'none'";
        let inline = Inline {
            scripts: &["", ""],
            style: "",
        };
        let empty = "'sha256-47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU='";
        assert_eq!(
            of_single_file(site, &inline),
            format!(
                "default-src 'none'; script-src {empty} {empty} 'wasm-unsafe-eval'; \
                 style-src {empty}; worker-src blob:; form-action 'none'"
            )
        );
    }
}
