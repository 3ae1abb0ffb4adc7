//! Finds e-mail addresses (RFC 5321, RFC 6531) in the fields and sentences of reports.

use std::borrow::Cow;
use std::ops::Range;

/// The places of everything in `text` that has the form of an address.
pub fn find(text: &str) -> impl Iterator<Item = Range<usize>> {
    let mut from = 0;
    std::iter::from_fn(move || {
        while let Some(at) = memchr::memchr(b'@', text.get(from..)?.as_bytes()).map(|at| at + from)
        {
            let start = start_of_local_part(text, from, at);
            let end = end_of_domain(text, at + 1);
            from = end.max(at + 1);
            if start < at && end > at + 1 {
                return Some(start..end);
            }
        }
        None
    })
}

/// The first address in `text`.
pub fn first(text: &str) -> Option<&str> {
    find(text).next().and_then(|place| text.get(place))
}

/// The address that a field of a report holds, without its type, brackets and source route; for
/// example `rfc822; <@relay.example:a@example.com>`. `None` when it holds no address.
pub fn of_field(value: &str) -> Option<Cow<'_, str>> {
    let (kind, address) = value.split_once(';').unwrap_or(("rfc822", value));
    let address = address.trim();
    if let Some(address) = of_x400(address) {
        return Some(Cow::Owned(address));
    }
    let address = match address.rfind(':') {
        // A source route: @relay.example,@other.example:a@example.com
        Some(colon) if address.trim_start_matches('<').starts_with('@') => &address[colon + 1..],
        _ => address,
    };
    if kind.trim().eq_ignore_ascii_case("utf-8") && address.contains("\\x{") {
        return Some(Cow::Owned(unescape(address)));
    }
    first(address).map(Cow::Borrowed)
}

/// The name that a field holds where there is no address: `LOCAL; <user>`.
pub fn local_name(value: &str) -> Option<&str> {
    let (_, name) = value.split_once(';').unwrap_or(("", value));
    let name = name.trim().trim_matches(['<', '>', '"', ' ']);
    let is_name = !name.is_empty()
        && name.len() <= 64
        && !name
            .contains(|character: char| character.is_whitespace() || "/|=;:,@".contains(character));
    is_name.then_some(name)
}

/// The RFC 822 address inside an X.400 address, as gateways write it: `RFC-822=a(a)example.com`.
fn of_x400(address: &str) -> Option<String> {
    // Most addresses contain no sign of equality.
    memchr::memchr(b'=', address.as_bytes())?;
    let lower = address.to_ascii_lowercase();
    let start = ["rfc-822=", "rfc822="]
        .iter()
        .find_map(|key| lower.find(key).map(|at| at + key.len()))?;
    let value = address.get(start..)?;
    let value = value.split([';', '/', ' ']).next()?;
    let value = value
        .replace("(a)", "@")
        .replace("(b)", "%")
        .replace("(u)", "_");
    value.contains('@').then_some(value)
}

/// Undoes the `\x{...}` with which RFC 6533 writes what is not ASCII.
fn unescape(address: &str) -> String {
    let mut plain = String::with_capacity(address.len());
    let mut rest = address;
    while let Some((before, after)) = rest.split_once("\\x{") {
        plain.push_str(before);
        let Some((digits, after)) = after.split_once('}') else {
            rest = after;
            break;
        };
        plain.extend(
            u32::from_str_radix(digits, 16)
                .ok()
                .and_then(char::from_u32),
        );
        rest = after;
    }
    plain.push_str(rest);
    plain
}

fn start_of_local_part(text: &str, from: usize, at: usize) -> usize {
    let before = &text[from..at];
    if let Some(quoted) = before.strip_suffix('"') {
        return match quoted.rfind('"') {
            Some(quote) if at - from - quote <= 70 => from + quote,
            _ => at,
        };
    }
    let mut start = at;
    for (index, character) in before.char_indices().rev() {
        if !is_local(character) {
            break;
        }
        start = from + index;
    }
    // Punctuation before an address is not part of it.
    let local = &text[start..at];
    if local.starts_with("=?") {
        // An encoded word, which no address should hold but some do.
        return start;
    }
    // `SMTP=jan@example.be`, as Exchange and logs write it.
    if let Some((kind, rest)) = local.split_once('=')
        && KINDS.iter().any(|known| kind.eq_ignore_ascii_case(known))
        && !rest.is_empty()
    {
        return at - rest.len();
    }
    let skipped = local.len()
        - local
            .trim_start_matches(['\'', '.', '=', '*', '-', '`', '|', '{', '/', '#', '?', '!'])
            .len();
    start + skipped
}

/// What an address is said to be right before it, without a space.
const KINDS: &[&str] = &[
    "smtp",
    "mailto",
    "to",
    "from",
    "rcpt",
    "orcpt",
    "recipient",
    "email",
];

fn end_of_domain(text: &str, from: usize) -> usize {
    let domain = &text[from..];
    if domain.starts_with('[') {
        return domain.find(']').map_or(from, |end| from + end + 1);
    }
    // An address that was written wrongly is the one that failed: jan@#example.be.
    let from = from + usize::from(domain.starts_with('#'));
    let domain = &text[from..];
    let length = domain
        .char_indices()
        .find(|(_, character)| !is_domain(*character))
        .map_or(domain.len(), |(index, _)| index);
    from + domain[..length].trim_end_matches(['.', '-', '_']).len()
}

fn is_local(character: char) -> bool {
    match character {
        'a'..='z' | 'A'..='Z' | '0'..='9' => true,
        '.' | '_' | '-' | '+' | '=' | '%' | '&' | '*' | '!' | '#' | '$' | '/' | '?' | '^' | '`'
        | '{' | '|' | '}' | '~' | '\'' => true,
        _ => !character.is_ascii() && character.is_alphanumeric() && !is_ideographic(character),
    }
}

fn is_domain(character: char) -> bool {
    character.is_ascii_alphanumeric()
        || matches!(character, '.' | '-' | '_')
        || (!character.is_ascii() && character.is_alphanumeric() && !is_ideographic(character))
}

/// Scripts that put no space between an address and the sentence around it.
fn is_ideographic(character: char) -> bool {
    matches!(character, '\u{2e80}'..='\u{d7ff}' | '\u{f900}'..='\u{faff}' | '\u{ff00}'..='\u{ffef}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_found_in_sentences() {
        for (text, expected) in [
            ("<a.b+c@example.com>: no", Some("a.b+c@example.com")),
            ("aan 'jan@example.be'.", Some("jan@example.be")),
            (
                "\"jan jansen\"@example.be...",
                Some("\"jan jansen\"@example.be"),
            ),
            ("to a@[192.0.2.1] now", Some("a@[192.0.2.1]")),
            ("次のアドレスa@example.jpへ", Some("a@example.jp")),
            ("dda:SMTP=a@example.com; on", Some("a@example.com")),
            ("@example.com", None),
            ("a@ b", None),
        ] {
            assert_eq!(first(text), expected, "{text}");
        }
    }

    #[test]
    fn fields_lose_their_wrapping() {
        for (field, expected) in [
            ("rfc822; a@example.com", "a@example.com"),
            ("RFC822;<a@example.com>", "a@example.com"),
            (
                "rfc822; <@r.example,@s.example:a@example.com>",
                "a@example.com",
            ),
            ("x400; /C=be/RFC-822=a(a)example.com/", "a@example.com"),
            ("utf-8; jos\\x{E9}@example.com", "josé@example.com"),
        ] {
            assert_eq!(of_field(field).as_deref(), Some(expected), "{field}");
        }
        assert_eq!(of_field("rfc822; /var/mail/jan"), None);
        assert_eq!(local_name("LOCAL; <jan>"), Some("jan"));
        assert_eq!(local_name("rfc822; /var/mail/jan"), None);
    }
}
