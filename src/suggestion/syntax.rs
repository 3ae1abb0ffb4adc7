//! Replaces characters that cannot be in an address (RFC 5321, section 4.1.2) by those that were meant.

use super::domain;
use crate::address;
use std::borrow::Cow;

/// The letters on the key of the @ on Belgian and French azerty keyboards.
const KEYS_OF_AT: [char; 2] = ['é', 'à'];

/// The parts before the @, and after it in lower case, without characters that cannot be in them.
///
/// `None` if it is ambiguous to which of the two some text belongs.
pub fn parts(text: &str) -> Option<(String, String)> {
    let text = address::single(text).unwrap_or(text.trim());
    let (local, domain) = split(text)?;
    let local = local.trim();
    if local.contains(char::is_whitespace) {
        return None;
    }
    let local = with_dots_corrected(local);
    let local = local.strip_prefix("www.").unwrap_or(&local);
    let mut domain = address::lower_case(domain);
    if domain.contains(char::is_whitespace) {
        domain = domain.split_whitespace().collect();
    }
    let domain = with_dots_corrected(&domain).into_owned();
    Some((local.to_owned(), domain))
}

fn split(text: &str) -> Option<(&str, &str)> {
    match text.split_once('@') {
        Some((local, rest)) => {
            let domain = rest.trim_start_matches('@');
            (!domain.contains('@')).then_some((local, domain))
        }
        None => {
            let (local, domain) = text.split_at(domain::provider_at_end(text)?);
            Some((local.strip_suffix(KEYS_OF_AT).unwrap_or(local), domain))
        }
    }
}

/// Reduces dots to single ones between words; the keys beside the dot count as dots.
fn with_dots_corrected(part: &str) -> Cow<'_, str> {
    if !part.contains([',', ';', ':']) && !part.split('.').any(str::is_empty) {
        return Cow::Borrowed(part);
    }
    let mut corrected = String::with_capacity(part.len());
    for letter in part.chars() {
        match letter {
            '.' | ',' | ';' | ':' if corrected.is_empty() || corrected.ends_with('.') => {}
            '.' | ',' | ';' | ':' => corrected.push('.'),
            _ => corrected.push(letter),
        }
    }
    if corrected.ends_with('.') {
        corrected.pop();
    }
    Cow::Owned(corrected)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn impossible_characters_are_replaced() {
        for text in [
            "jan.maes@telenet.be",
            " jan.maes @ telenet . be ",
            "jan.maes@@telenet.be",
            "www.jan.maes@telenet.be",
            ".jan..maes.@.telenet,be.",
            "jan,maesételenet.be",
            "mailto:jan.maes@Telenet.be",
        ] {
            let (local, domain) = parts(text).unwrap();
            assert_eq!((&*local, &*domain), ("jan.maes", "telenet.be"), "{text}");
        }
    }

    #[test]
    fn ambiguous_texts_are_left_alone() {
        for text in [
            "",
            "jan",
            "jan maes@telenet.be",
            "jan@maes@telenet.be",
            "welcome.com",
            "mail.telenet.be",
        ] {
            assert_eq!(parts(text), None, "{text}");
        }
    }
}
