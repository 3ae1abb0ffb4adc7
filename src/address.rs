//! E-mail addresses as people and programs write them (RFC 5321, section 4.1.2, leniently).

use std::borrow::Cow;

/// Finds the address that a cell or header field is about, if it holds just one.
///
/// Reads `a@b.example`, `<a@b.example>`, `Name <a@b.example>`, `a@b.example (Name)` and
/// `mailto:a@b.example`. The case is kept; spaces, quotation marks and a final full stop are not.
pub fn single(text: &str) -> Option<&str> {
    let text = text.trim();
    let last = |wanted: u8| text.bytes().rposition(|byte| byte == wanted);
    let text = match (last(b'<'), last(b'>')) {
        (Some(start), Some(end)) if start < end => &text[start + 1..end],
        _ => {
            let mut pairs = text.as_bytes().windows(2);
            let comment = pairs.position(|pair| pair == b" (");
            &text[..comment.unwrap_or(text.len())]
        }
    };
    let text = text.trim();
    let text = text.strip_prefix("mailto:").unwrap_or(text);
    let text = text
        .trim_matches(|character: char| matches!(character, '\'' | '"' | '’' | ';' | ',' | '.'));
    is_address(text).then_some(text)
}

/// Whether the whole text is one address with a domain that could exist.
pub fn is_address(text: &str) -> bool {
    let Some((local, domain)) = text.rsplit_once('@') else {
        return false;
    };
    let local_fits =
        !local.is_empty() && local.len() <= 64 && local.chars().all(allowed_in_local_part);
    let domain_fits =
        domain.len() <= 253 && domain.contains('.') && domain.split('.').all(is_label);
    local_fits && domain_fits
}

/// Unquoted local parts, and the letters beyond ASCII of RFC 6531.
fn allowed_in_local_part(character: char) -> bool {
    match character {
        '!' | '#' | '$' | '%' | '&' | '\'' | '*' | '+' | '-' | '/' | '=' | '?' | '^' | '_'
        | '`' | '{' | '|' | '}' | '~' | '.' | '’' => true,
        other => other.is_alphanumeric(),
    }
}

fn is_label(label: &str) -> bool {
    !label.is_empty()
        && label.len() <= 63
        && !label.starts_with('-')
        && !label.ends_with('-')
        && label
            .chars()
            .all(|character| character.is_alphanumeric() || matches!(character, '-' | '_'))
}

/// An address in lower case: two that differ in case only are the same to every known mail system.
pub fn lower_case(address: &str) -> Cow<'_, str> {
    let is_lower = |byte: u8| byte.is_ascii() && !byte.is_ascii_uppercase();
    if address.bytes().all(is_lower) {
        Cow::Borrowed(address)
    } else {
        Cow::Owned(address.to_lowercase())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_address_in_any_dress() {
        for text in [
            "mia@example.be",
            "  Mia@Example.be ",
            "Mia Peeters <mia@example.be>",
            "\"Peeters, Mia\" <mia@example.be>",
            "mia@example.be (Mia Peeters)",
            "mailto:mia@example.be",
            "<mia@example.be>;",
        ] {
            let found = single(text).map(str::to_lowercase);
            assert_eq!(found.as_deref(), Some("mia@example.be"), "{text}");
        }
        assert_eq!(single("o’neill@example.be"), Some("o’neill@example.be"));
    }

    #[test]
    fn what_is_no_address() {
        for text in [
            "",
            "@",
            "mia@",
            "@example.be",
            "mia@example",
            "mia @example.be",
            "a@b..c",
            "12/03/2026",
        ] {
            assert_eq!(single(text), None, "{text}");
        }
    }
}
