//! Reads Outlook messages (.msg, MS-OXMSG) from the streams that an unpacker emits.
//!
//! An ordinary bounce has its Internet header and body in two properties. A non-delivery report by
//! Exchange has neither: its recipients, codes and the server's words are in a table of recipients,
//! which becomes a delivery status (RFC 3464) here, so that it is read like any other.

mod property;
mod storage;
pub mod streams;

use super::charset::Decoder;
use super::mail::{Mail, Part};
use super::{eml, encoding};
use property::PropertyType;
use std::borrow::Cow;
use std::fmt::Write;
pub use storage::Storage;

/// Reads the message in a storage; `None` if it holds none.
pub fn read(storage: &Storage, decoder: Decoder) -> Option<Mail<'static>> {
    Properties { storage, decoder }.mail()
}

/// The properties of a message, a recipient or an attachment.
#[derive(Clone, Copy)]
struct Properties<'a> {
    storage: &'a Storage,
    decoder: Decoder,
}

impl<'a> Properties<'a> {
    fn mail(self) -> Option<Mail<'static>> {
        let class = self.text(property::MESSAGE_CLASS)?;
        let mut mail = Mail {
            headers: self.headers(),
            ..Mail::default()
        };
        if let Some(body) = self
            .text(property::BODY)
            .or_else(|| self.text(property::REPORT_TEXT))
        {
            mail.parts.push(Part::Text(Cow::Owned(body)));
        } else if let Some(html) = self.bytes(property::HTML, PropertyType::Binary) {
            mail.parts.push(Part::Html(Cow::Owned(self.decode(html))));
        } else if let Some(html) = self.text(property::HTML) {
            mail.parts.push(Part::Html(Cow::Owned(html)));
        }
        if let Some(action) = reported_action(&class) {
            let status = self.delivery_status(action);
            if !status.is_empty() {
                mail.parts.push(Part::DeliveryStatus(Cow::Owned(status)));
            }
        }
        let attachments = self.children(property::ATTACHMENT);
        mail.parts.extend(attachments.filter_map(Self::attachment));
        Some(mail)
    }

    /// The Internet header, or else the header fields that follow from other properties.
    fn headers(self) -> Vec<(Cow<'static, str>, Cow<'static, str>)> {
        let transported = self.text(property::TRANSPORT_HEADERS);
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
                    .find_map(|identifier| self.text(*identifier));
                headers.extend(value.map(|value| (Cow::Borrowed(name), Cow::Owned(value))));
            }
        }
        headers
    }

    /// The table of recipients as the fields of a delivery status notification.
    fn delivery_status(self, action: &str) -> String {
        let mut fields = String::new();
        for recipient in self.children(property::RECIPIENT) {
            let address = [
                property::SMTP_ADDRESS,
                property::EMAIL_ADDRESS,
                property::DISPLAY_NAME,
            ]
            .iter()
            .find_map(|identifier| {
                recipient
                    .text(*identifier)
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
            if let Some(host) = recipient.text(property::REMOTE_MTA) {
                field("Remote-MTA", &format!("dns; {host}"));
            }
            match recipient
                .text(property::SUPPLEMENTARY_INFO)
                .filter(|words| !words.trim().is_empty())
            {
                Some(words) => field("Diagnostic-Code", &format!("smtp; {words}")),
                None => {
                    if let Some(status) = recipient
                        .number(property::NDR_STATUS_CODE)
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

    /// What is attached: a message, in Outlook's format or as an Internet message, or a file.
    fn attachment(self) -> Option<Part<'static>> {
        let embedded = property::name(property::ATTACHED, PropertyType::Object);
        if let Some(embedded) = self.children(&embedded).next() {
            return embedded.mail().map(|mail| Part::Mail(Box::new(mail)));
        }
        let bytes = self.bytes(property::ATTACHED, PropertyType::Binary)?;
        let kind = self.text(property::ATTACHED_TYPE).unwrap_or_default();
        if kind.eq_ignore_ascii_case("message/delivery-status") {
            return Some(Part::DeliveryStatus(Cow::Owned(self.decode(bytes))));
        }
        let mail = eml::looks_like(bytes).then(|| eml::read(bytes, self.decoder));
        Some(match mail.flatten() {
            Some(mail) => Part::Mail(Box::new(mail.into_owned())),
            None => Part::Attachment {
                name: self.file_name().map(Cow::Owned),
                bytes: Cow::Owned(bytes.to_vec()),
            },
        })
    }

    /// The name of an attached file.
    fn file_name(self) -> Option<String> {
        let names = [property::ATTACHED_LONG_NAME, property::ATTACHED_NAME];
        names.into_iter().find_map(|name| self.text(name))
    }

    /// The properties in the storages whose names begin like this, in order.
    fn children(self, start: &str) -> impl Iterator<Item = Self> {
        let storages = self.storage.storages(start);
        storages.map(move |storage| Self { storage, ..self })
    }

    /// A text property, in Unicode or in the code page of the computer that saved it.
    fn text(self, identifier: u16) -> Option<String> {
        if let Some(bytes) = self.bytes(identifier, PropertyType::Unicode) {
            let units = bytes
                .chunks_exact(2)
                .map(|pair| u16::from_le_bytes([pair[0], pair[1]]));
            let text =
                char::decode_utf16(units).map(|unit| unit.unwrap_or(char::REPLACEMENT_CHARACTER));
            return Some(text.filter(|character| *character != '\0').collect());
        }
        let bytes = self.bytes(identifier, PropertyType::String8)?;
        Some(self.decode(bytes).trim_end_matches('\0').to_owned())
    }

    fn decode(self, bytes: &[u8]) -> String {
        encoding::decode(bytes, self.decoder).into_owned()
    }

    fn bytes(self, identifier: u16, kind: PropertyType) -> Option<&'a [u8]> {
        self.storage.stream(&property::name(identifier, kind))
    }

    /// A 32-bit property. Those of recipients start 8 bytes into their stream, in records of 16 bytes:
    /// type, identifier, flags, value.
    fn number(self, identifier: u16) -> Option<u32> {
        let numbers = self.storage.stream(property::NUMBERS)?;
        let mut records = numbers.get(8..)?.chunks_exact(16);
        let record = records
            .find(|record| record[0..4] == [[0x03, 0x00], identifier.to_le_bytes()].concat())?;
        Some(u32::from_le_bytes([
            record[8], record[9], record[10], record[11],
        ]))
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
