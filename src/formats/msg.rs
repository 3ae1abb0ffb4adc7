//! Reads Outlook messages (.msg): properties in the streams of a compound file (MS-OXMSG, MS-CFB).
//!
//! An ordinary bounce has its Internet header and body in two properties. A non-delivery report by
//! Exchange has neither: its recipients, codes and the server's words are in a table of recipients,
//! which becomes a delivery status (RFC 3464) here, so that it is read like any other.

use super::charset::Decoder;
use super::mail::{Mail, Part};
use super::{eml, encoding};
use cfb::CompoundFile;
use std::borrow::Cow;
use std::fmt::Write;
use std::io::{Cursor, Read};
use std::path::{Path, PathBuf};

/// How deep to follow messages attached to messages.
const DEEPEST: usize = 4;

/// The maximum number of recipients, and of attachments, to read of a message.
const MOST_CHILDREN: usize = 500;

/// The maximum length of a property, in bytes; useful ones are shorter.
const LONGEST_PROPERTY: u64 = 16 << 20;

/// Property identifiers (MS-OXPROPS), only those that are read.
mod property {
    pub const MESSAGE_CLASS: u16 = 0x001A;
    pub const SUBJECT: u16 = 0x0037;
    pub const TRANSPORT_HEADERS: u16 = 0x007D;
    pub const SENDER_NAME: u16 = 0x0C1A;
    pub const SUPPLEMENTARY_INFO: u16 = 0x0C1B;
    pub const NDR_STATUS_CODE: u16 = 0x0C20;
    pub const REMOTE_MTA: u16 = 0x0C21;
    pub const DISPLAY_TO: u16 = 0x0E04;
    pub const BODY: u16 = 0x1000;
    pub const REPORT_TEXT: u16 = 0x1001;
    pub const HTML: u16 = 0x1013;
    pub const DISPLAY_NAME: u16 = 0x3001;
    pub const EMAIL_ADDRESS: u16 = 0x3003;
    pub const ATTACHED: u16 = 0x3701;
    pub const ATTACHED_TYPE: u16 = 0x370E;
    pub const SMTP_ADDRESS: u16 = 0x39FE;
    pub const SENDER_SMTP_ADDRESS: u16 = 0x5D01;
}

/// Reads a message; `None` if the file is damaged or another kind of compound file.
pub fn read(bytes: &[u8], decoder: Decoder) -> Option<Mail<'static>> {
    let file = CompoundFile::open(Cursor::new(bytes)).ok()?;
    let mut store = Store { file, decoder };
    store.message(Path::new("/"), 0)
}

struct Store<'a> {
    file: CompoundFile<Cursor<&'a [u8]>>,
    decoder: Decoder,
}

impl Store<'_> {
    fn message(&mut self, folder: &Path, depth: usize) -> Option<Mail<'static>> {
        let class = self.text(folder, property::MESSAGE_CLASS)?;
        let mut mail = Mail {
            headers: self.headers(folder),
            ..Mail::default()
        };
        if let Some(body) = self
            .text(folder, property::BODY)
            .or_else(|| self.text(folder, property::REPORT_TEXT))
        {
            mail.parts.push(Part::Text(Cow::Owned(body)));
        } else if let Some(html) = self.bytes(folder, property::HTML, "0102") {
            mail.parts.push(Part::Html(Cow::Owned(
                encoding::decode(&html, self.decoder).into_owned(),
            )));
        } else if let Some(html) = self.text(folder, property::HTML) {
            mail.parts.push(Part::Html(Cow::Owned(html)));
        }
        if let Some(action) = reported_action(&class) {
            let status = self.delivery_status(folder, action);
            if !status.is_empty() {
                mail.parts.push(Part::DeliveryStatus(Cow::Owned(status)));
            }
        }
        if depth < DEEPEST {
            for attachment in self.children(folder, "__attach_version1.0_") {
                mail.parts.extend(self.attachment(&attachment, depth));
            }
        }
        Some(mail)
    }

    /// The Internet header, or else the header fields that follow from other properties.
    fn headers(&mut self, folder: &Path) -> Vec<(Cow<'static, str>, Cow<'static, str>)> {
        let transported = self.text(folder, property::TRANSPORT_HEADERS);
        let mut headers: Vec<_> = transported
            .and_then(|text| eml::read_headers(&text, self.decoder).map(Mail::into_owned))
            .map(|mail| mail.headers)
            .unwrap_or_default();
        for (name, identifiers) in [
            ("Subject", &[property::SUBJECT][..]),
            (
                "From",
                &[property::SENDER_SMTP_ADDRESS, property::SENDER_NAME],
            ),
            ("To", &[property::DISPLAY_TO]),
        ] {
            if !headers
                .iter()
                .any(|(present, _)| present.eq_ignore_ascii_case(name))
            {
                let value = identifiers
                    .iter()
                    .find_map(|identifier| self.text(folder, *identifier));
                headers.extend(value.map(|value| (Cow::Borrowed(name), Cow::Owned(value))));
            }
        }
        headers
    }

    /// The table of recipients as the fields of a delivery status notification.
    fn delivery_status(&mut self, folder: &Path, action: &str) -> String {
        let mut fields = String::new();
        for recipient in self.children(folder, "__recip_version1.0_") {
            let address = [
                property::SMTP_ADDRESS,
                property::EMAIL_ADDRESS,
                property::DISPLAY_NAME,
            ]
            .iter()
            .find_map(|identifier| {
                self.text(&recipient, *identifier)
                    .filter(|text| text.contains('@'))
            });
            let Some(address) = address else { continue };
            let mut field = |name: &str, value: &str| {
                let value = value.split_whitespace().collect::<Vec<_>>().join(" ");
                // Writing to a string cannot fail.
                let _ = writeln!(fields, "{name}: {value}");
            };
            field("Final-Recipient", &format!("rfc822; {address}"));
            field("Action", action);
            if let Some(host) = self.text(&recipient, property::REMOTE_MTA) {
                field("Remote-MTA", &format!("dns; {host}"));
            }
            match self
                .text(&recipient, property::SUPPLEMENTARY_INFO)
                .filter(|words| !words.trim().is_empty())
            {
                Some(words) => field("Diagnostic-Code", &format!("smtp; {words}")),
                None => {
                    if let Some(status) = self
                        .number(&recipient, property::NDR_STATUS_CODE)
                        .and_then(enhanced_status)
                    {
                        field("Status", &status);
                    }
                }
            }
            fields.push('\n');
        }
        fields
    }

    /// An attached message, in Outlook's format or as an Internet message.
    fn attachment(&mut self, folder: &Path, depth: usize) -> Option<Part<'static>> {
        let embedded = folder.join(stream_name(property::ATTACHED, "000D"));
        if self.file.is_storage(&embedded) {
            return self
                .message(&embedded, depth + 1)
                .map(|mail| Part::Mail(Box::new(mail)));
        }
        let bytes = self.bytes(folder, property::ATTACHED, "0102")?;
        let kind = self
            .text(folder, property::ATTACHED_TYPE)
            .unwrap_or_default();
        if kind.eq_ignore_ascii_case("message/delivery-status") {
            return Some(Part::DeliveryStatus(Cow::Owned(
                encoding::decode(&bytes, self.decoder).into_owned(),
            )));
        }
        let mail = eml::looks_like(&bytes).then(|| eml::read(&bytes, self.decoder))??;
        Some(Part::Mail(Box::new(mail.into_owned())))
    }

    /// The storages in a folder whose names have this prefix, in order.
    fn children(&self, folder: &Path, prefix: &str) -> Vec<PathBuf> {
        let entries = self.file.read_storage(folder).into_iter().flatten();
        let named = entries.filter(|entry| entry.is_storage() && entry.name().starts_with(prefix));
        named
            .take(MOST_CHILDREN)
            .map(|entry| entry.path().to_owned())
            .collect()
    }

    /// A text property, in Unicode or in the code page of the computer that saved it.
    fn text(&mut self, folder: &Path, identifier: u16) -> Option<String> {
        if let Some(bytes) = self.bytes(folder, identifier, "001F") {
            let units = bytes
                .chunks_exact(2)
                .map(|pair| u16::from_le_bytes([pair[0], pair[1]]));
            let text =
                char::decode_utf16(units).map(|unit| unit.unwrap_or(char::REPLACEMENT_CHARACTER));
            return Some(text.filter(|character| *character != '\0').collect());
        }
        let bytes = self.bytes(folder, identifier, "001E")?;
        Some(
            encoding::decode(&bytes, self.decoder)
                .trim_end_matches('\0')
                .to_owned(),
        )
    }

    fn bytes(&mut self, folder: &Path, identifier: u16, kind: &str) -> Option<Vec<u8>> {
        let path = folder.join(stream_name(identifier, kind));
        if !self.file.is_stream(&path) {
            return None;
        }
        let mut bytes = Vec::new();
        let stream = self.file.open_stream(&path).ok()?;
        // A broken chain of sectors ends in an error; the bytes before it are kept.
        let _ = stream.take(LONGEST_PROPERTY).read_to_end(&mut bytes);
        Some(bytes)
    }

    /// A 32-bit property. Those of recipients start 8 bytes into their stream, in records of 16 bytes:
    /// type, identifier, flags, value.
    fn number(&mut self, folder: &Path, identifier: u16) -> Option<u32> {
        let path = folder.join("__properties_version1.0");
        let mut bytes = Vec::new();
        let stream = self.file.open_stream(&path).ok()?;
        stream.take(LONGEST_PROPERTY).read_to_end(&mut bytes).ok()?;
        let records = bytes.get(8..)?.chunks_exact(16);
        let mut wanted = records
            .filter(|record| record[0..4] == [[0x03, 0x00], identifier.to_le_bytes()].concat());
        wanted
            .next()
            .map(|record| u32::from_le_bytes([record[8], record[9], record[10], record[11]]))
    }
}

/// The action in a message class such as `REPORT.IPM.Note.NDR`.
fn reported_action(class: &str) -> Option<&'static str> {
    let class = class.to_ascii_uppercase();
    let kind = class.strip_prefix("REPORT.")?.rsplit('.').next()?;
    match kind {
        "NDR" => Some("failed"),
        "DELAYED" => Some("delayed"),
        "DR" => Some("delivered"),
        _ => None,
    }
}

/// The enhanced status code in Exchange's decimal form: 511 is `5.1.1`.
fn enhanced_status(number: u32) -> Option<String> {
    let (class, subject, detail) = (number / 100, number / 10 % 10, number % 10);
    matches!(class, 2 | 4 | 5).then(|| format!("{class}.{subject}.{detail}"))
}

fn stream_name(identifier: u16, kind: &str) -> String {
    format!("__substg1.0_{identifier:04X}{kind}")
}
