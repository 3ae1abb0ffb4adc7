//! Reads an Internet message (RFC 5322 with MIME) with any line ending, complete or cut off.

use super::charset::Decoder;
use super::mail::{Mail, Part};
use mail_parser::decoders::base64::base64_decode;
use mail_parser::decoders::quoted_printable::quoted_printable_decode;
use mail_parser::{
    Encoding, Header, HeaderName, HeaderValue, Message, MessageParser, MessagePart, MimeHeaders,
    PartType,
};
use memchr::memmem;
use std::borrow::Cow;
use std::sync::LazyLock;

/// How much of a mail to read, in bytes: reports come first, and attachments of any size may follow.
pub const LONGEST: usize = 16 << 20;

/// The start of the sequences with which ISO-2022-JP switches between alphabets.
const ESCAPE: char = '\u{1b}';

/// How deep to follow mails inside mails; a bounce of a forwarded bounce needs three levels.
const DEEPEST: usize = 8;

/// Too few bytes to nest a dangerous number of mails.
const SHORT: usize = 16 * 1024;

/// How many mails a mail may contain: the parser needs stack for each level.
const MOST_NESTED: usize = 500;

/// How many parts of a mail to read; reports have three or four.
const MOST_PARTS: usize = 200;

/// The names of header fields of which every e-mail has at least one.
const COMMON_FIELDS: &[&str] = &[
    "received",
    "return-path",
    "from",
    "to",
    "subject",
    "date",
    "message-id",
    "mime-version",
    "content-type",
    "delivered-to",
    "x-failed-recipients",
    "envelope-to",
    "reply-to",
    "sender",
    "x-original-to",
    "auto-submitted",
    "authentication-results",
    "arc-seal",
    "dkim-signature",
];

/// Parses the fields that say how to decode a body, decodes the subject, and keeps other fields as they
/// are.
static PARSER: LazyLock<MessageParser> = LazyLock::new(|| {
    MessageParser::new()
        .header_content_type(HeaderName::ContentType)
        .header_text(HeaderName::ContentTransferEncoding)
        .header_text(HeaderName::Subject)
        .default_header_ignore()
});

/// Whether the bytes begin like an e-mail: with header fields, of which at least one is common.
pub fn looks_like(bytes: &[u8]) -> bool {
    let bytes = without_preamble(bytes);
    let head = &bytes[..bytes.len().min(4096)];
    let line_end = if head.contains(&b'\n') { b'\n' } else { b'\r' };
    let mut fields = 0;
    let mut common = false;
    for line in head.split(|byte| *byte == line_end) {
        if fields > 0 && line.starts_with(b" ") || line.starts_with(b"\t") {
            continue;
        }
        let Some(name) = field_name(line) else {
            break;
        };
        fields += 1;
        common |= COMMON_FIELDS
            .iter()
            .any(|common| name.eq_ignore_ascii_case(common.as_bytes()));
        if fields >= 2 && common {
            return true;
        }
    }
    false
}

/// The name of the header field on a line; `None` if it is none.
fn field_name(line: &[u8]) -> Option<&[u8]> {
    let name = &line[..line.iter().take(60).position(|byte| *byte == b':')?];
    (!name.is_empty() && name.iter().all(u8::is_ascii_graphic)).then_some(name)
}

/// Reads a mail; `None` if the bytes contain no header field.
pub fn read(bytes: &[u8], decoder: Decoder) -> Option<Mail<'_>> {
    let bytes = without_preamble(bytes);
    if bytes.contains(&b'\n') || !bytes.contains(&b'\r') {
        return parse(bytes).map(|message| mail(message, 0, decoder));
    }
    // Old Macintosh line endings.
    let bytes: Vec<u8> = bytes
        .iter()
        .map(|&byte| if byte == b'\r' { b'\n' } else { byte })
        .collect();
    parse(&bytes).map(|message| mail(message.into_owned(), 0, decoder))
}

/// Parses a mail, or only its header if mails are nested so deep that the stack might overflow.
fn parse(bytes: &[u8]) -> Option<Message<'_>> {
    if bytes.len() > SHORT && nested_mails(bytes) > MOST_NESTED {
        PARSER.parse_headers(bytes)
    } else {
        PARSER.parse(bytes)
    }
}

/// How many parts are declared as mails.
fn nested_mails(bytes: &[u8]) -> usize {
    let kinds: [&[u8]; 2] = [b"message/rfc822", b"message/global"];
    let is_kind = |start: &[u8]| {
        kinds.iter().any(|kind| {
            start
                .get(..kind.len())
                .is_some_and(|start| start.eq_ignore_ascii_case(kind))
        })
    };
    memchr::memchr_iter(b'/', bytes)
        .filter_map(|slash| bytes.get(slash.checked_sub("message".len())?..))
        .filter(|start| is_kind(start))
        .count()
}

/// Reads header fields only, for instance of a returned message quoted in a text.
pub fn read_headers(text: &str, decoder: Decoder) -> Option<Mail<'_>> {
    let message = PARSER.parse_headers(text);
    message.map(|message| mail(message, 0, decoder))
}

/// Skips a byte order mark, empty lines and the `From ` line of a mailbox.
fn without_preamble(bytes: &[u8]) -> &[u8] {
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    let bytes = bytes.trim_ascii_start();
    if bytes.starts_with(b"From ") || bytes.starts_with(b">From ") {
        let line = bytes.iter().position(|byte| matches!(byte, b'\n' | b'\r'));
        return bytes[line.unwrap_or(bytes.len())..].trim_ascii_start();
    }
    bytes
}

fn mail(message: Message<'_>, depth: usize, decoder: Decoder) -> Mail<'_> {
    let mut view = Mail {
        truncated: depth == 0 && is_truncated(&message),
        ..Mail::default()
    };
    let raw = message.raw_message;
    for (index, part) in message.parts.into_iter().take(MOST_PARTS).enumerate() {
        let content = part.content_type();
        let content = content.map(|content| (content.ctype(), content.subtype().unwrap_or("")));
        let kind = PartKind::of(content.unwrap_or(("text", "plain")));
        let decoded = redecoded(&part, &raw, decoder);
        if index == 0 {
            let fields = part.headers.into_iter();
            view.headers = fields
                .filter_map(|header| field(header, &raw, decoder))
                .collect();
        }
        let text = match part.body {
            PartType::Text(text) => decoded.unwrap_or(text),
            PartType::Binary(bytes) if kind != PartKind::Other => lossy(bytes, decoder),
            PartType::Html(text) => {
                view.parts.push(Part::Html(decoded.unwrap_or(text)));
                continue;
            }
            PartType::Message(message) if depth < DEEPEST => {
                view.parts
                    .push(Part::Mail(Box::new(mail(message, depth + 1, decoder))));
                continue;
            }
            _ => continue,
        };
        view.parts.push(match kind {
            PartKind::DeliveryStatus => Part::DeliveryStatus(text),
            PartKind::Feedback => Part::Feedback(text),
            PartKind::Header => match PARSER.parse_headers(text.as_bytes()) {
                Some(message) => Part::Mail(Box::new(mail(message.into_owned(), DEEPEST, decoder))),
                None => Part::Text(text),
            },
            PartKind::Readable | PartKind::Other => Part::Text(text),
        });
    }
    view
}

/// A field of a mail that was read from `raw`; `None` if its value is empty. Only the name is kept of the
/// fields with signatures, which are most of a header and of no use here.
fn field<'a>(
    header: Header<'a>,
    raw: &Cow<'a, [u8]>,
    decoder: Decoder,
) -> Option<(Cow<'a, str>, Cow<'a, str>)> {
    let name = match header.name {
        HeaderName::Other(name) => name,
        HeaderName::DkimSignature
        | HeaderName::ArcAuthenticationResults
        | HeaderName::ArcMessageSignature
        | HeaderName::ArcSeal => {
            return Some((
                Cow::Borrowed(header.name.as_static_str()),
                Cow::Borrowed(""),
            ));
        }
        standard => Cow::Borrowed(standard.as_static_str()),
    };
    let written = header.offset_start as usize..header.offset_end as usize;
    let value = match (header.value, raw) {
        (HeaderValue::Text(decoded), _) => japanese(decoded, decoder),
        (_, Cow::Borrowed(raw)) => lossy(Cow::Borrowed(raw.get(written)?.trim_ascii()), decoder),
        (_, Cow::Owned(raw)) => lossy(Cow::Owned(raw.get(written)?.trim_ascii().to_vec()), decoder),
    };
    (!value.is_empty()).then_some((name, value))
}

/// The use of a part that is neither multipart nor HTML.
#[derive(Clone, Copy, Eq, PartialEq)]
enum PartKind {
    DeliveryStatus,
    Feedback,
    /// The header of a mail, perhaps with its body, under a type that the parser does not open.
    Header,
    Readable,
    Other,
}

impl PartKind {
    fn of(content: (&str, &str)) -> Self {
        match content {
            ("message", "delivery-status" | "global-delivery-status") => Self::DeliveryStatus,
            ("message", "feedback-report") => Self::Feedback,
            ("text" | "message", "rfc822-headers" | "rfc822") | ("message", "global-headers") => {
                Self::Header
            }
            // A multipart without a boundary is text.
            ("text" | "message" | "multipart", _) => Self::Readable,
            _ => Self::Other,
        }
    }
}

/// Decodes a text part again if the parser has no table for its character set, which shows in the
/// text.
fn redecoded(part: &MessagePart<'_>, raw: &[u8], decoder: Decoder) -> Option<Cow<'static, str>> {
    let (PartType::Text(text) | PartType::Html(text)) = &part.body else {
        return None;
    };
    // Most texts contain neither, nor the first byte of the replacement character.
    memchr::memchr2(ESCAPE as u8, 0xEF, text.as_bytes())?;
    if !text.contains([char::REPLACEMENT_CHARACTER, ESCAPE]) {
        return None;
    }
    let label = part.content_type()?.attribute("charset")?;
    let body = raw.get(part.offset_body as usize..part.offset_end as usize)?;
    let text = match part.encoding {
        Encoding::None => decoder(label, body),
        Encoding::QuotedPrintable => decoder(label, &quoted_printable_decode(body)?),
        Encoding::Base64 => decoder(label, &base64_decode(body)?),
    };
    text.map(Cow::Owned)
}

/// Decodes fields, which are UTF-8 unless they switch to Japanese.
fn lossy(bytes: Cow<'_, [u8]>, decoder: Decoder) -> Cow<'_, str> {
    let text = match bytes {
        // This checks a machine word at a time, which the lossy conversion does not.
        Cow::Borrowed(bytes) => std::str::from_utf8(bytes)
            .map_or_else(|_| String::from_utf8_lossy(bytes), Cow::Borrowed),
        Cow::Owned(bytes) => Cow::Owned(
            String::from_utf8(bytes)
                .unwrap_or_else(|error| String::from_utf8_lossy(error.as_bytes()).into_owned()),
        ),
    };
    japanese(text, decoder)
}

/// Decodes ISO-2022-JP (RFC 1468), which is ASCII until an escape sequence says otherwise.
fn japanese(text: Cow<'_, str>, decoder: Decoder) -> Cow<'_, str> {
    if memchr::memchr(ESCAPE as u8, text.as_bytes()).is_none() {
        return text;
    }
    decoder("iso-2022-jp", text.as_bytes()).map_or(text, Cow::Owned)
}

/// Whether a multipart was opened and never closed.
fn is_truncated(message: &Message<'_>) -> bool {
    let content = message.parts.first().and_then(|root| root.content_type());
    let boundary = content.and_then(|content| content.attribute("boundary"));
    boundary.is_some_and(|boundary| {
        // From the end, where a closing boundary is.
        let contains = |line: &str| memmem::rfind(&message.raw_message, line.as_bytes()).is_some();
        !contains(&format!("--{boundary}--")) && contains(&format!("--{boundary}"))
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::formats::charset::decode;

    const MAIL: &str = "Return-Path: <>\nSubject: =?utf-8?q?Caf=C3=A9?=\n\nhallo\n";

    #[test]
    fn every_line_ending_and_a_mailbox_line_are_read() {
        for bytes in [
            MAIL.to_owned(),
            MAIL.replace('\n', "\r\n"),
            MAIL.replace('\n', "\r"),
            format!("From MAILER-DAEMON Thu Mar 12 08:00:00 2026\n{MAIL}"),
            format!("\u{feff}{MAIL}"),
        ] {
            assert!(looks_like(bytes.as_bytes()), "{bytes:?}");
            let mail = read(bytes.as_bytes(), decode).unwrap();
            assert_eq!(mail.header("subject"), Some("Café"), "{bytes:?}");
            assert!(matches!(&mail.parts[..], [Part::Text(text)] if text.trim() == "hallo"));
        }
    }

    #[test]
    fn text_and_tables_are_no_mail() {
        for text in [
            "",
            "550 5.1.1: no",
            "email;status\na@b.c;FAILED\n",
            "Let op: dit\n",
        ] {
            assert!(!looks_like(text.as_bytes()), "{text:?}");
        }
    }

    #[test]
    fn a_multipart_without_its_end_is_truncated() {
        let complete =
            "Subject: x\nContent-Type: multipart/mixed; boundary=b\n\n--b\n\nhoi\n--b--\n";
        assert!(!read(complete.as_bytes(), decode).unwrap().truncated);
        assert!(
            read(&complete.as_bytes()[..complete.len() - 6], decode)
                .unwrap()
                .truncated
        );
    }

    #[test]
    fn mails_nested_without_end_are_not_followed() {
        let nested = "Content-Type: message/rfc822\n\n".repeat(100_000);
        let bytes = format!("Subject: x\n{nested}");
        let mail = read(bytes.as_bytes(), decode).unwrap();
        assert_eq!(mail.header("Subject"), Some("x"));
    }
}
