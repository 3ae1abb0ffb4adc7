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
