//! E-mail addresses as people and programs write them (RFC 5321, section 4.1.2, leniently).

use crate::model::fold::lowercase;
use std::borrow::Cow;

/// The separators between addresses in a list.
const BETWEEN: [char; 4] = [';', ',', '|', '/'];

/// The longest part before the @, in bytes (RFC 5321, section 4.5.3.1.1).
const LONGEST_LOCAL_PART: usize = 64;

/// The longest domain and label of one, in bytes (RFC 1035, section 2.3.4, without the length bytes).
const LONGEST_DOMAIN: usize = 253;
const LONGEST_LABEL: usize = 63;

/// Finds the address in a cell or header field; `None` unless the text is one address, in any of the
/// forms below.
///
/// Reads `a@b.example`, `<a@b.example>`, `Name <a@b.example>`, `a@b.example (Name)` and
/// `mailto:a@b.example`. The case is kept; spaces, quotation marks and a final full stop are not.
pub fn single(text: &str) -> Option<&str> {
    // Most cells of a table contain none.
    memchr::memchr(b'@', text.as_bytes())?;
    Some(named(text)?.1)
}

/// The same as [`single`], with the name beside the address if there is one.
pub fn named(text: &str) -> Option<(Option<&str>, &str)> {
    if is_bare(text) {
        return Some((None, text));
    }
    let text = text.trim();
    let last = |wanted: u8| text.bytes().rposition(|byte| byte == wanted);
    let (name, text) = match (last(b'<'), last(b'>')) {
        (Some(start), Some(end)) if start < end => (&text[..start], &text[start + 1..end]),
        _ => match text.split_once(" (") {
            Some((address, name)) => (name.trim_end_matches(')'), address),
            None => ("", text),
        },
    };
    let text = text.trim();
    let scheme = text
        .get(..7)
        .filter(|start| start.eq_ignore_ascii_case("mailto:"));
    let text = &text[scheme.map_or(0, str::len)..];
    let text = text.trim_matches(is_quotation_or_stop);
    let name = name.trim_matches(|character: char| {
        character.is_whitespace() || is_quotation_or_stop(character)
    });
    // Mail programs repeat the address if they have no name.
    let name = Some(name).filter(|name| name.contains(char::is_alphabetic) && !name.contains('@'));
    is_address(text).then_some((name, text))
}

/// Passes every address in a cell or line to `found`, after the name beside it if there is one.
pub fn each<'a>(text: &'a str, mut found: impl FnMut(Option<&'a str>, &'a str)) {
    // With several, the last would be read as the only one, and the others as its name.
    let pieces = match memchr::memchr_iter(b'@', text.as_bytes()).take(2).count() {
        0 => return,
        1 => {
            return named(text)
                .into_iter()
                .for_each(|(name, address)| found(name, address));
        }
        _ => pieces(text),
    };
    for (name, address) in pieces.into_iter().filter_map(named) {
        found(name, address);
    }
}

/// Every address among other words, as in `Unknown user (an@b.example)`.
pub fn within(text: &str) -> impl Iterator<Item = &str> {
    let ends =
        |next: char| next.is_whitespace() || BETWEEN.contains(&next) || "<>()[]:=\"".contains(next);
    let words = text.split(ends);
    words
        .map(|word| word.trim_matches(is_quotation_or_stop))
        .filter(|word| is_address(word))
}

/// Whether a cell contains an address, whatever else it contains.
pub fn holds(text: &str) -> bool {
    let mut holds = false;
    each(text, |_, _| holds = true);
    holds
}

/// Splits a list into parts of one address each. A comma before the address is part of the name, as in
/// `Peeters, An <an@b.example>`; without angle brackets, white space separates as a comma does.
fn pieces(text: &str) -> Vec<&str> {
    let between = |next: char| next.is_whitespace() || BETWEEN.contains(&next);
    let ends = |next: char| between(next) || matches!(next, '<' | '>');
    let mut pieces = Vec::new();
    let mut rest = text;
    while let Some(at) = rest.find('@') {
        let (before, after) = rest.split_at(at);
        let bracket = after.find('>').filter(|end| {
            let another = after[1..*end].contains('@');
            before.contains('<') && !another
        });
        let (start, length) = match bracket {
            Some(end) => (0, end + 1),
            None => (
                before.trim_end_matches(|next| !ends(next)).len(),
                after.find(ends).unwrap_or(after.len()),
            ),
        };
        pieces.push(rest[start..at + length].trim_start_matches(between));
        rest = &after[length..];
    }
    pieces
}

fn is_quotation_or_stop(character: char) -> bool {
    matches!(
        character,
        '\'' | '"' | '‘' | '’' | '“' | '”' | ';' | ',' | '.'
    )
}

/// Whether the text is only an address, as in most cells of a report.
fn is_bare(text: &str) -> bool {
    matches!(text.as_bytes(), [first, .., last]
        if first.is_ascii_alphanumeric() && last.is_ascii_alphanumeric())
        && is_address(text)
}

/// Whether the text is exactly one address, with a domain of two labels or more that could exist.
pub fn is_address(text: &str) -> bool {
    let Some(at) = memchr::memrchr(b'@', text.as_bytes()) else {
        return false;
    };
    let (local, domain) = (&text[..at], &text[at + 1..]);
    is_local_part(local)
        && domain.len() <= LONGEST_DOMAIN
        && domain.contains('.')
        && are_labels(domain)
}

/// Unquoted local parts, and the letters beyond ASCII of RFC 6531.
fn is_local_part(text: &str) -> bool {
    let fits = |byte: u8| {
        matches!(byte, b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | 0x80..)
            || b"!#$%&'*+-/=?^_`{|}~.".contains(&byte)
    };
    (1..=LONGEST_LOCAL_PART).contains(&text.len())
        && text.bytes().all(fits)
        && is_ascii_or(text, |next| next == '’' || next.is_alphanumeric())
}

/// Whether a domain is made of labels: letters, digits and, between these, dashes.
fn are_labels(domain: &str) -> bool {
    let (mut length, mut last) = (0, b'.');
    for byte in domain.bytes() {
        let fits = match byte {
            b'.' => length > 0 && last != b'-',
            b'-' => length > 0,
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'_' | 0x80.. => true,
            _ => false,
        };
        length = if byte == b'.' { 0 } else { length + 1 };
        if !fits || length > LONGEST_LABEL {
            return false;
        }
        last = byte;
    }
    length > 0 && last != b'-' && is_ascii_or(domain, char::is_alphanumeric)
}

/// Whether every character beyond ASCII fits.
fn is_ascii_or(text: &str, fits: impl Fn(char) -> bool) -> bool {
    text.is_ascii() || text.chars().all(|next| next.is_ascii() || fits(next))
}

/// An address in lower case: to every known mail system, addresses that differ in case only are equal.
pub fn lower_case(address: &str) -> Cow<'_, str> {
    let is_lower = |byte: u8| byte.is_ascii() && !byte.is_ascii_uppercase();
    if address.bytes().all(is_lower) {
        Cow::Borrowed(address)
    } else {
        Cow::Owned(lowercase(address))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_address_is_read_in_any_form() {
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
    fn the_name_beside_an_address_is_read() {
        for text in [
            "Mia Peeters <mia@example.be>",
            "\"Mia Peeters\" <MAILTO:mia@example.be>",
            "“Mia Peeters” <mia@example.be>;",
            "mia@example.be (Mia Peeters)",
        ] {
            assert_eq!(
                named(text),
                Some((Some("Mia Peeters"), "mia@example.be")),
                "{text}"
            );
        }
        for text in ["mia@example.be", "'mia@example.be' <mia@example.be>"] {
            assert_eq!(named(text), Some((None, "mia@example.be")), "{text}");
        }
    }

    fn all(text: &str) -> Vec<(Option<&str>, &str)> {
        let mut all = Vec::new();
        each(text, |name, address| all.push((name, address)));
        all
    }

    #[test]
    fn a_cell_may_hold_several() {
        let plain = [(None, "an@example.be"), (None, "bo@example.be")];
        for text in [
            "an@example.be; bo@example.be",
            "an@example.be,bo@example.be",
            "an@example.be / bo@example.be",
            "an@example.be\nbo@example.be",
            "<an@example.be> <bo@example.be>",
            "<an@example.be, bo@example.be>",
            "an@example.be\u{a0}bo@example.be",
            "mama: an@example.be papa: bo@example.be",
        ] {
            assert_eq!(all(text), plain, "{text}");
        }
        assert_eq!(
            all("Claes, An <an@example.be>, \"Bo\" <bo@example.be>"),
            [
                (Some("Claes, An"), "an@example.be"),
                (Some("Bo"), "bo@example.be")
            ]
        );
        assert_eq!(all("geen @ adres"), []);
    }

    #[test]
    fn an_address_among_other_words_is_found() {
        for text in [
            "Unknown user (an@example.be)",
            "12345678 Claes, An <an@example.be>",
            "Domain Error: mailto:an@example.be.",
            "[an@example.be] 'bo@' @",
        ] {
            let all: Vec<_> = within(text).collect();
            assert_eq!(all, ["an@example.be"], "{text}");
        }
    }

    #[test]
    fn other_texts_are_no_address() {
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
