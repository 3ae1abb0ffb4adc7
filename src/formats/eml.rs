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

/// How many continued parameters (`name*1=`, RFC 2231) to read of a mail: the parser copies all that came before for
/// each.
const MOST_CONTINUATIONS: usize = 1_000;

/// How many parts of a mail to read; reports have three or four, and a person may attach many of them.
const MOST_PARTS: usize = 10_000;

/// How archives and workbooks (`PK\x03\x04`), and Outlook messages and older workbooks, begin in base64.
const CONTAINERS: [&[u8]; 2] = [b"\nUEsDB", b"\n0M8R4K"];

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
        .header_content_type(HeaderName::ContentDisposition)
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
    if let Some(bytes) = with_few_continuations(bytes) {
        let mut mail = parse(&bytes, decoder)?.into_owned();
        mail.limited = true;
        return Some(mail);
    }
    if bytes.contains(&b'\n') || !bytes.contains(&b'\r') {
        return parse(bytes, decoder);
    }
    // Old Macintosh line endings.
    let bytes: Vec<u8> = bytes
        .iter()
        .map(|&byte| if byte == b'\r' { b'\n' } else { byte })
        .collect();
    parse(&bytes, decoder).map(Mail::into_owned)
}

fn parse(bytes: &[u8], decoder: Decoder) -> Option<Mail<'_>> {
    if may_overflow(bytes) {
        return parse_sections(bytes, decoder);
    }
    PARSER.parse(bytes).map(|message| mail(message, 0, decoder))
}

/// The same bytes with at most [`MOST_CONTINUATIONS`], if there are more: the others get ordinary names.
fn with_few_continuations(bytes: &[u8]) -> Option<Vec<u8>> {
    if bytes.len() <= SHORT {
        return None;
    }
    let is_one = |at: &usize| {
        let before = at.checked_sub(1).and_then(|before| bytes.get(before));
        before.is_some_and(u8::is_ascii_alphanumeric)
            && bytes.get(at + 1).is_some_and(u8::is_ascii_digit)
    };
    let all = memchr::memchr_iter(b'*', bytes).filter(is_one);
    let mut others = all.skip(MOST_CONTINUATIONS).peekable();
    others.peek()?;
    let mut renamed = bytes.to_vec();
    others.for_each(|at| renamed[at] = b'-');
    Some(renamed)
}

/// Whether mails might be nested so deep that the parser needs more stack than there is.
fn may_overflow(bytes: &[u8]) -> bool {
    bytes.len() > SHORT && nested_mails(bytes) > MOST_NESTED
}

/// Parses the parts of a multipart one by one: many mails beside one another are not nested. A part that might
/// overflow the stack is left out.
fn parse_sections(bytes: &[u8], decoder: Decoder) -> Option<Mail<'_>> {
    let root = PARSER.parse_headers(bytes)?;
    let boundary = boundary(&root).map(|boundary| format!("\n--{boundary}"));
    let mut whole = mail(root, 0, decoder);
    whole.parts.clear();
    let Some(boundary) = boundary else {
        whole.limited = true;
        return Some(whole);
    };
    // Another boundary may begin with this one.
    let is_whole = |end: &usize| {
        let rest = &bytes[*end..];
        rest.starts_with(b"--") || rest.first().is_none_or(u8::is_ascii_whitespace)
    };
    let starts = memmem::find_iter(bytes, &boundary).map(|at| at + boundary.len());
    let mut starts = starts.filter(is_whole);
    let mut start = starts.next();
    while let Some(from) = start {
        start = starts.next();
        let section = &bytes[from..start.map_or(bytes.len(), |next| next - boundary.len())];
        if section.starts_with(b"--") {
            break;
        }
        let section = section.trim_ascii_start();
        if whole.parts.len() >= MOST_PARTS || may_overflow(section) {
            whole.limited = true;
        } else if let Some(part) = PARSER.parse(section) {
            let mut part = mail(part, 1, decoder);
            whole.limited |= part.limited;
            if let [Part::Attachment { .. }, ..] = part.parts[..] {
                // Of a mail, the first part is text too.
                part.parts.truncate(1);
            }
            whole.parts.extend(part.parts);
        }
    }
    Some(whole)
}

/// What separates the parts of a multipart.
fn boundary<'a>(message: &'a Message<'_>) -> Option<&'a str> {
    let root = message.parts.first()?;
    root.content_type()?.attribute("boundary")
}

/// Whether these bytes of a mail or a mailbox attach an archive, a workbook or an Outlook message.
pub fn attaches_container(bytes: &[u8]) -> bool {
    let mut starts = CONTAINERS.iter();
    starts.any(|start| memmem::find(bytes, start).is_some())
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
    view.limited = message.parts.len() > MOST_PARTS;
    for (index, part) in message.parts.into_iter().take(MOST_PARTS).enumerate() {
        let content = part.content_type();
        let content = content.map(|content| (content.ctype(), content.subtype().unwrap_or("")));
        let kind = PartKind::of(content.unwrap_or(("text", "plain")));
        let decoded = redecoded(&part, &raw, decoder);
        let name = part.attachment_name().map(str::to_owned).map(Cow::Owned);
        if (kind == PartKind::Table || name.is_some() || is_attached(&part))
            && let Some(bytes) = text_file(&part, decoded.as_deref(), &raw)
        {
            view.parts.push(Part::Attachment {
                name: name.clone(),
                bytes: Cow::Owned(bytes),
            });
        }
        if index == 0 {
            let fields = part.headers.into_iter();
            view.headers = fields
                .filter_map(|header| field(header, &raw, decoder))
                .collect();
        }
        let text = match part.body {
            // A file whose encoding breaks off is no text.
            PartType::Text(_) if kind == PartKind::File && part.is_encoding_problem => continue,
            PartType::Text(text) => decoded.unwrap_or(text),
            PartType::Binary(bytes) | PartType::InlineBinary(bytes) if kind == PartKind::File => {
                view.parts.push(Part::Attachment { name, bytes });
                continue;
            }
            PartType::Binary(bytes) if kind != PartKind::Media => lossy(bytes, decoder),
            PartType::Html(text) => {
                view.parts.push(Part::Html(decoded.unwrap_or(text)));
                continue;
            }
            PartType::Message(message) if depth < DEEPEST => {
                let inner = mail(message, depth + 1, decoder);
                view.limited |= inner.limited;
                view.parts.push(Part::Mail(Box::new(inner)));
                continue;
            }
            PartType::Message(_) => {
                view.limited = true;
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
            // It is in an attachment.
            PartKind::Table if index > 0 => continue,
            PartKind::Readable | PartKind::Table | PartKind::File | PartKind::Media => {
                Part::Text(text)
            }
        });
    }
    view
}

/// Whether a part says that it is meant to be saved as a file.
fn is_attached(part: &MessagePart<'_>) -> bool {
    let disposition = part.content_disposition();
    disposition.is_some_and(|one| one.is_attachment())
}

/// The bytes of a text part as a file: in UTF-8 if the part says how it is encoded, else as they are.
fn text_file(part: &MessagePart<'_>, decoded: Option<&str>, raw: &[u8]) -> Option<Vec<u8>> {
    let (PartType::Text(text) | PartType::Html(text)) = &part.body else {
        return None;
    };
    let text = decoded.unwrap_or(text);
    if text.contains(char::REPLACEMENT_CHARACTER) {
        body(part, raw).map(Cow::into_owned)
    } else {
        Some(text.as_bytes().to_vec())
    }
}

/// The bytes of a part without their transfer encoding.
fn body<'a>(part: &MessagePart<'_>, raw: &'a [u8]) -> Option<Cow<'a, [u8]>> {
    let body = raw.get(part.offset_body as usize..part.offset_end as usize)?;
    match part.encoding {
        Encoding::None => Some(Cow::Borrowed(body)),
        Encoding::QuotedPrintable => quoted_printable_decode(body).map(Cow::Owned),
        Encoding::Base64 => base64_decode(body).map(Cow::Owned),
    }
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
    /// A table in separated values, under its own type.
    Table,
    /// Anything but text: perhaps evidence.
    File,
    /// A picture, a sound or a film.
    Media,
}

impl PartKind {
    fn of(content: (&str, &str)) -> Self {
        match content {
            ("message", "delivery-status" | "global-delivery-status") => Self::DeliveryStatus,
            ("message", "feedback-report") => Self::Feedback,
            ("text" | "message", "rfc822-headers" | "rfc822") | ("message", "global-headers") => {
                Self::Header
            }
            ("text", "csv" | "comma-separated-values" | "tab-separated-values") => Self::Table,
            // A multipart without a boundary is text.
            ("text" | "message" | "multipart", _) => Self::Readable,
            ("image" | "audio" | "video" | "font", _) => Self::Media,
            _ => Self::File,
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
    decoder(label, &body(part, raw)?).map(Cow::Owned)
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
    boundary(message).is_some_and(|boundary| {
        let bytes = &*message.raw_message;
        let contains = |line: &str| {
            // Most mails end in the closing boundary.
            bytes.trim_ascii_end().ends_with(line.as_bytes())
                || memmem::find(bytes, line.as_bytes()).is_some()
        };
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
    fn an_attached_archive_shows_in_its_base64() {
        let mail = |body: &str| format!("Subject: x\n\n{body}\n").into_bytes();
        assert!(attaches_container(&mail("UEsDBBQAAAAIAA==")));
        assert!(attaches_container(&mail("0M8R4KGxGuEAAA==")));
        assert!(!attaches_container(&mail("JVBERi0xLjQK")));
    }

    #[test]
    fn mails_nested_without_end_are_not_followed() {
        let nested = "Content-Type: message/rfc822\n\n".repeat(100_000);
        let bytes = format!("Subject: x\n{nested}");
        let mail = read(bytes.as_bytes(), decode).unwrap();
        assert_eq!(mail.header("Subject"), Some("x"));
    }
}
