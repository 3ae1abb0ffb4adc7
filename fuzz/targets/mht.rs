//! Web pages saved with their parts in one file: the same table as in the page itself, however it is encoded.

#![no_main]

use bezorgd::model::{Diagnosis, Format, Recipient};
use bezorgd_fuzz::tables::HTML_TITLES;
use libfuzzer_sys::fuzz_target;

const HEAD: &str = "From: <Saved by Bezorgd>\r\nMIME-Version: 1.0\r\n\
    Content-Type: multipart/related;\r\n\tboundary=\"----grens----\"\r\n\r\n------grens----\r\n";

const END: &str = "\r\n------grens------\r\n";

fuzz_target!(|text: &str| {
    bezorgd_fuzz::check(format!("MIME-Version: 1.0\r\n{text}").as_bytes());
    // ASCII, because the page itself may name another character set.
    let is_plain = |next: &char| next.is_ascii_graphic() || matches!(next, ' ' | '\n');
    let rows: String = text.chars().filter(is_plain).collect();
    if rows.to_ascii_lowercase().contains("charset") {
        return;
    }
    // Two rows, because a page with a single one may be the text of a bounce.
    let row = |address: &str| {
        format!("<tr><td>{address}</td><td>FAILED</td><td>Mailbox full</td></tr>\n")
    };
    let (first, second) = (row("an@example.be"), row("bo@example.be"));
    let page =
        format!("<html><body><table>{HTML_TITLES}{first}{second}{rows}</table></body></html>");
    let expected = bezorgd_fuzz::check(page.as_bytes());
    if expected.iter().any(|one| one.format != Some(Format::Html)) {
        return;
    }
    for (encoding, encoded) in [
        ("quoted-printable", quoted_printable(&page)),
        ("base64", base64(page.as_bytes())),
    ] {
        let saved = format!(
            "{HEAD}Content-Type: text/html\r\nContent-Transfer-Encoding: {encoding}\r\n\r\n{encoded}{END}"
        );
        let found = bezorgd_fuzz::check(saved.as_bytes());
        assert_eq!(
            recipients(&expected),
            recipients(&found),
            "read differently from {encoding}"
        );
    }
});

/// The recipients, without the lines on which they are.
fn recipients(diagnoses: &[Diagnosis]) -> Vec<Recipient> {
    let recipients = diagnoses.iter().flat_map(|one| &one.recipients);
    let mut recipients: Vec<Recipient> = recipients.cloned().collect();
    let attempts = recipients.iter_mut().flat_map(|one| &mut one.attempts);
    attempts.for_each(|attempt| attempt.line = None);
    recipients
}

/// RFC 2045, 6.7.
fn quoted_printable(text: &str) -> String {
    let mut encoded = String::new();
    let mut column = 0;
    for byte in text.bytes() {
        if column > 70 {
            encoded += "=\r\n";
            column = 0;
        }
        let before = encoded.len();
        if byte == b'=' || !byte.is_ascii_graphic() {
            encoded += &format!("={byte:02X}");
        } else {
            encoded.push(char::from(byte));
        }
        column += encoded.len() - before;
    }
    encoded
}

/// RFC 2045, 6.8.
fn base64(bytes: &[u8]) -> String {
    const DIGITS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut encoded = String::new();
    for (place, group) in bytes.chunks(3).enumerate() {
        if place > 0 && place % 19 == 0 {
            encoded += "\r\n";
        }
        let byte = |at: usize| u32::from(group.get(at).copied().unwrap_or_default());
        let bits = byte(0) << 16 | byte(1) << 8 | byte(2);
        for digit in 0..4 {
            if digit > group.len() {
                encoded.push('=');
            } else {
                let value = bits >> (18 - 6 * digit) & 63;
                encoded.push(char::from(DIGITS[value as usize]));
            }
        }
    }
    encoded
}
