//! Text without mail headers: a bounce copied from webmail, or a single SMTP reply line.

use super::mail::{Mail, Part};
use std::borrow::Cow;

/// Whether the bytes are text that a person can read: UTF-8 without control characters.
pub fn looks_like(bytes: &[u8]) -> bool {
    let head = &bytes[..bytes.len().min(4096)];
    let readable = |text: &str| {
        !text.trim().is_empty()
            && !text
                .chars()
                .any(|character| character.is_control() && !character.is_whitespace())
    };
    match std::str::from_utf8(head) {
        Ok(text) => readable(text),
        // A character that is cut in two at the end of the head.
        Err(error) if error.error_len().is_none() => {
            std::str::from_utf8(&head[..error.valid_up_to()]).is_ok_and(readable)
        }
        Err(_) => false,
    }
}

/// Whether the text begins with an SMTP reply, `550 …` or `550-…`: a sentence, whatever commas or
/// semicolons it holds.
pub fn is_reply(bytes: &[u8]) -> bool {
    matches!(
        bytes.trim_ascii_start(),
        [b'4' | b'5', b'0'..=b'9', b'0'..=b'9', b' ' | b'-', ..]
    )
}

/// Reads text as a mail without headers.
pub fn read(bytes: &[u8]) -> Mail<'_> {
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    let mut text = String::from_utf8_lossy(bytes);
    if text.contains('\r') && !text.contains('\n') {
        text = Cow::Owned(text.replace('\r', "\n"));
    }
    Mail {
        parts: vec![Part::Text(text)],
        ..Mail::default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_reply_begins_with_its_code() {
        assert!(is_reply(b"550 5.1.1 no such user; sorry"));
        assert!(is_reply(b" 452-4.2.2 full"));
        assert!(!is_reply(b"2026-03-12;jan@example.be;FAILED"));
        assert!(!is_reply(b"5501;jan@example.be"));
    }

    #[test]
    fn only_readable_text_is_text() {
        assert!(looks_like("Bo\u{ee}te pleine".as_bytes()));
        assert!(!looks_like(b"\x00\x01"));
        assert!(!looks_like(b"  \n"));
    }
}
