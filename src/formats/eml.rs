//! Reads an Internet message (RFC 5322 with MIME) of any line ending, whole or cut off.

use super::mail::{Mail, Part};
use mail_parser::{HeaderName, Message, MessageParser, MimeHeaders, PartType};
use std::borrow::Cow;
use std::sync::LazyLock;

/// How deep mails inside mails are followed; a bounce of a forwarded bounce needs three.
const DEEPEST: usize = 8;

/// How many parts of a mail are looked at; reports have three or four.
const MOST_PARTS: usize = 200;

/// The names of fields of which at least one stands in every e-mail.
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

static PARSER: LazyLock<MessageParser> = LazyLock::new(|| {
    MessageParser::new()
        .with_mime_headers()
        .header_text(HeaderName::Subject)
        .default_header_raw()
});

/// Whether the bytes begin as an e-mail does: with header fields, of which at least one is common.
pub fn looks_like(bytes: &[u8]) -> bool {
    let bytes = without_preamble(bytes);
    let head = String::from_utf8_lossy(&bytes[..bytes.len().min(4096)]);
    let mut fields = 0;
    let mut common = 0;
    for line in head.split(['\n', '\r']).take(60) {
        if line.starts_with([' ', '\t']) && fields > 0 {
            continue;
        }
        let Some((name, _)) = line.split_once(':').filter(|(name, _)| is_field_name(name)) else {
            if line.is_empty() && fields == 1 && !head.contains('\n') {
                continue;
            }
            break;
        };
        fields += 1;
        common += usize::from(
            COMMON_FIELDS
                .iter()
                .any(|known| known.eq_ignore_ascii_case(name)),
        );
    }
    fields >= 2 && common >= 1
}

fn is_field_name(name: &str) -> bool {
    !name.is_empty() && name.len() <= 60 && name.bytes().all(|byte| byte.is_ascii_graphic())
}

/// Reads a mail; `None` when the bytes hold no header field at all.
pub fn read(bytes: &[u8]) -> Option<Mail<'_>> {
    let bytes = without_preamble(bytes);
    if bytes.contains(&b'\n') || !bytes.contains(&b'\r') {
        return PARSER.parse(bytes).map(|message| mail(message, 0));
    }
    // Old Macintosh line endings.
    let bytes: Vec<u8> = bytes
        .iter()
        .map(|&byte| if byte == b'\r' { b'\n' } else { byte })
        .collect();
    PARSER
        .parse(&bytes)
        .map(|message| mail(message.into_owned(), 0))
}

/// Reads header fields only, for instance of a returned message that is quoted in a text.
pub fn read_headers(text: &str) -> Option<Mail<'_>> {
    PARSER.parse_headers(text).map(|message| mail(message, 0))
}

/// Skips a byte order mark, empty lines and the line with which mailboxes begin a mail.
fn without_preamble(bytes: &[u8]) -> &[u8] {
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    let bytes = bytes.trim_ascii_start();
    if bytes.starts_with(b"From ") || bytes.starts_with(b">From ") {
        let line = bytes.iter().position(|byte| matches!(byte, b'\n' | b'\r'));
        return bytes[line.unwrap_or(bytes.len())..].trim_ascii_start();
    }
    bytes
}

fn mail(message: Message<'_>, depth: usize) -> Mail<'_> {
    let mut view = Mail {
        truncated: depth == 0 && is_truncated(&message),
        ..Mail::default()
    };
    for (index, part) in message.parts.into_iter().take(MOST_PARTS).enumerate() {
        let kind = part.content_type().map(|content| {
            let subtype = content.subtype().unwrap_or_default();
            format!("{}/{subtype}", content.ctype()).to_ascii_lowercase()
        });
        let kind = kind.as_deref().unwrap_or("text/plain");
        if index == 0 {
            view.headers = part
                .headers
                .into_iter()
                .filter_map(|header| {
                    let name = Cow::Owned(header.name.as_str().to_owned());
                    header.value.into_text().map(|value| (name, value))
                })
                .collect();
        }
        view.parts.push(match part.body {
            PartType::Html(text) => Part::Html(text),
            PartType::Message(message) if depth < DEEPEST => {
                Part::Mail(Box::new(mail(message, depth + 1)))
            }
            PartType::Text(text) => of_text(kind, text),
            PartType::Binary(bytes) if is_readable(kind) => of_text(kind, lossy(bytes)),
            _ => continue,
        });
    }
    view
}

/// Kinds of parts that a report is made of, although they are not `text/*`.
fn is_readable(kind: &str) -> bool {
    kind.starts_with("message/")
}

fn of_text<'a>(kind: &str, text: Cow<'a, str>) -> Part<'a> {
    match kind {
        "message/delivery-status" | "message/global-delivery-status" => Part::DeliveryStatus(text),
        "message/feedback-report" => Part::Feedback(text),
        "text/rfc822-headers"
        | "message/rfc822-headers"
        | "message/global-headers"
        | "text/rfc822"
        | "message/rfc822" => {
            let mail = PARSER.parse_headers(text.as_bytes());
            match mail {
                Some(message) => Part::Mail(Box::new(self::mail(message.into_owned(), DEEPEST))),
                None => Part::Text(text),
            }
        }
        _ => Part::Text(text),
    }
}

fn lossy(bytes: Cow<'_, [u8]>) -> Cow<'_, str> {
    match bytes {
        Cow::Borrowed(bytes) => String::from_utf8_lossy(bytes),
        Cow::Owned(bytes) => Cow::Owned(String::from_utf8_lossy(&bytes).into_owned()),
    }
}

/// Whether a multipart was opened and never closed.
fn is_truncated(message: &Message<'_>) -> bool {
    let content = message.parts.first().and_then(|root| root.content_type());
    let boundary = content.and_then(|content| content.attribute("boundary"));
    boundary.is_some_and(|boundary| {
        let (open, close) = (format!("--{boundary}"), format!("--{boundary}--"));
        contains(&message.raw_message, open.as_bytes())
            && !contains(&message.raw_message, close.as_bytes())
    })
}

/// Looks from the end, where a closing boundary stands.
fn contains(bytes: &[u8], wanted: &[u8]) -> bool {
    bytes
        .windows(wanted.len())
        .rev()
        .any(|window| window == wanted)
}
