//! Finds SMTP reply codes (RFC 5321) and enhanced status codes (RFC 3463) in the text of a server.

use crate::model::EnhancedStatus;
use memchr::{memchr, memchr2_iter};

/// The first enhanced status code in `text`, for instance in `550-5.1.1 …`, `(#5.1.1)` or `<5.1.1>`;
/// `None` if there is none.
pub fn status(text: &str) -> Option<EnhancedStatus> {
    let bytes = text.as_bytes();
    let belongs = |byte: &u8| byte.is_ascii_digit() || *byte == b'.';
    let mut searched = 0;
    while let Some(dot) = memchr(b'.', bytes.get(searched..)?) {
        let dot = searched + dot;
        let before = bytes[..dot].iter().rposition(|byte| !belongs(byte));
        let after = bytes[dot..].iter().position(|byte| !belongs(byte));
        let end = after.map_or(bytes.len(), |after| dot + after);
        searched = end;
        let token = text[before.map_or(0, |before| before + 1)..end].trim_matches('.');
        let after_word =
            before.is_some_and(|at| bytes[at].is_ascii_alphabetic() || bytes[at] == b'_');
        let goes_on = bytes.get(end).is_some_and(u8::is_ascii_alphabetic);
        if !after_word
            && !goes_on
            && token.len() >= 5
            && let Ok(status) = token.parse()
        {
            return Some(status);
        }
    }
    None
}

/// The SMTP reply code (400 to 599) in `text`: at its start, or after a word with which servers quote
/// one another; `None` if there is none.
pub fn reply(text: &str) -> Option<u16> {
    reply_at(text).map(|(code, _)| code)
}

/// The SMTP reply code that [`reply`] finds, and where it is.
pub fn reply_at(text: &str) -> Option<(u16, usize)> {
    memchr2_iter(b'4', b'5', text.as_bytes()).find_map(|at| {
        let code = text.get(at..at + 3).and_then(code)?;
        let ends = text.as_bytes().get(at + 3).is_none_or(|byte| {
            byte.is_ascii_whitespace()
                || matches!(byte, b'-' | b':' | b',' | b'\'' | b'"' | b')' | b'#')
        });
        let start =
            text[..at].trim_end_matches(['\'', '"', '‘', '’', '“', '”', '(', '[', '<', '#']);
        let before = match start
            .len()
            .checked_sub(5)
            .and_then(|kind| start.get(kind..))
        {
            Some(kind) if kind.eq_ignore_ascii_case("smtp;") => &start[..start.len() - 5],
            _ => start,
        };
        let begins_word = !before.ends_with(|last: char| !last.is_ascii_whitespace());
        // What follows walks back through the text.
        if !ends || !begins_word {
            return None;
        }
        let mut words_before = before.split_ascii_whitespace();
        let is_quoted = words_before.next_back().is_none_or(|previous| {
            previous.ends_with(':')
                || QUOTING
                    .iter()
                    .any(|word| previous.eq_ignore_ascii_case(word))
        });
        (is_quoted && words_before.take(FURTHEST).count() < FURTHEST).then_some((code, start.len()))
    })
}

/// After how many words to stop the search for a reply code.
const FURTHEST: usize = 200;

/// Words after which servers quote the reply of another.
const QUOTING: &[&str] = &[
    "said", "says", "returned", "error", "code", "was", "reply", "response", "status", "smtp;",
    ">>>", "<<<", "failed", "with", "err=",
];

fn code(digits: &str) -> Option<u16> {
    digits
        .bytes()
        .all(|byte| byte.is_ascii_digit())
        .then(|| digits.parse().ok())
        .flatten()
        .filter(|code| (400..600).contains(code))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_are_found_where_servers_write_them() {
        for (text, expected_reply, expected_status) in [
            ("550 5.1.1 unknown", Some(550), Some("5.1.1")),
            ("550-5.1.1 unknown", Some(550), Some("5.1.1")),
            (
                "host mx.example.com[192.0.2.1] said: 452 4.2.2 full",
                Some(452),
                Some("4.2.2"),
            ),
            ("sorry, no mailbox here (#5.1.1)", None, Some("5.1.1")),
            ("Remote host said: 554 no", Some(554), None),
            ("server returned ‘550 5.1.1 no’", Some(550), Some("5.1.1")),
            ("smtp;450 aborted", Some(450), None),
            ("smtp; 450 aborted", Some(450), None),
            ("192.0.2.1 is listed", None, None),
            ("no more than 550 recipients", None, None),
            ("OFR_416 [416]", None, None),
        ] {
            assert_eq!(reply(text), expected_reply, "{text}");
            let found = status(text).map(|status| status.to_string());
            assert_eq!(found.as_deref(), expected_status, "{text}");
        }
    }
}
