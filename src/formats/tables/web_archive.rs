//! A web page saved with its parts in one file (MHTML, RFC 2557), by a browser or by Excel.

use mail_parser::decoders::base64::base64_decode;
use mail_parser::decoders::quoted_printable::quoted_printable_decode;
use memchr::memmem;

/// Whether a text is one, rather than a mail or cards with the labels of a mail.
pub fn is_one(text: &str) -> bool {
    let starts = ["From: <Saved by", "From: \"Saved by", "MIME-Version: 1.0"];
    starts.iter().any(|start| text.starts_with(start))
}

/// The HTML of each page in it, in order.
pub fn pages(text: &str) -> Vec<String> {
    let (head, body) = split(text);
    let Some(boundary) = parameter(head, "boundary=") else {
        return Vec::new();
    };
    let delimiter = format!("--{boundary}");
    let parts = body.split(&delimiter).map(split);
    let pages = parts.filter(|(head, _)| head.to_ascii_lowercase().contains("text/html"));
    pages.map(|(head, body)| decoded(head, body)).collect()
}

/// The header fields, and what follows the empty line after them.
fn split(text: &str) -> (&str, &str) {
    let text = text.trim_start_matches(['\r', '\n']);
    let ends = ["\n\n", "\r\n\r\n"].map(|end| text.find(end).map(|at| (at, at + end.len())));
    let (end, start) = ends
        .into_iter()
        .flatten()
        .min()
        .unwrap_or((text.len(), text.len()));
    (&text[..end], &text[start..])
}

/// The value of a parameter of a header field.
fn parameter<'t>(head: &'t str, name: &str) -> Option<&'t str> {
    let start = memmem::find(head.to_ascii_lowercase().as_bytes(), name.as_bytes())? + name.len();
    let value = head.get(start..)?;
    match value.strip_prefix('"') {
        Some(quoted) => quoted.split('"').next(),
        None => value.split([';', '\r', '\n', ' ']).next(),
    }
}

fn decoded(head: &str, body: &str) -> String {
    let fields = head.to_ascii_lowercase();
    let bytes = if fields.contains("quoted-printable") {
        quoted_printable_decode(body.as_bytes())
    } else if fields.contains("base64") {
        base64_decode(body.as_bytes())
    } else {
        return body.to_owned();
    };
    String::from_utf8(bytes.unwrap_or_default())
        .unwrap_or_else(|error| windows_1252(error.as_bytes()))
}

/// Characters of the bytes from 0x80 to 0x9F in Windows-1252, in which Excel writes what is not UTF-8.
const WINDOWS_1252: &str = "€\u{81}‚ƒ„…†‡ˆ‰Š‹Œ\u{8D}Ž\u{8F}\u{90}‘’“”•–—˜™š›œ\u{9D}žŸ";

fn windows_1252(bytes: &[u8]) -> String {
    let high = |byte: u8| {
        WINDOWS_1252
            .chars()
            .nth(usize::from(byte.wrapping_sub(0x80)))
    };
    let character = |byte: &u8| match byte {
        0x80..=0x9F => high(*byte).unwrap_or(char::REPLACEMENT_CHARACTER),
        byte => char::from(*byte),
    };
    bytes.iter().map(character).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_page_is_decoded() {
        let text = "MIME-Version: 1.0\r\nContent-Type: multipart/related;\r\n\tBoundary=\"b\"\r\n\r\n--b\r\n\
            Content-Type: text/html; charset=\"windows-1252\"\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n\
            <p a=3D\"1\">=80 =\r\n=E9\r\n--b\r\nContent-Type: image/png\r\n\r\nx\r\n--b\r\n\
            Content-Type: text/HTML\r\nContent-Transfer-Encoding: base64\r\n\r\nPHA+w6k=\r\n--b--\r\n";
        let pages: Vec<_> = pages(text)
            .iter()
            .map(|page| page.trim().to_owned())
            .collect();
        assert_eq!(pages, ["<p a=\"1\">€ é", "<p>é"]);
        assert_eq!(super::pages("MIME-Version: 1.0\n\nx"), [""; 0]);
    }
}
