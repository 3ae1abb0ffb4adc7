//! An e-mail, whatever its format: decoded header fields and parts.

use crate::model::Moment;
use std::borrow::Cow;

/// An e-mail, or a quoted part of one.
#[derive(Clone, Debug, Default)]
pub struct Mail<'a> {
    /// Its header fields in order. Only the subject is decoded; the values of fields that servers add on
    /// the way may be omitted.
    pub headers: Vec<(Cow<'a, str>, Cow<'a, str>)>,
    /// Its parts in order, multiparts flattened.
    pub parts: Vec<Part<'a>>,
    /// Whether its end is missing.
    pub truncated: bool,
    /// Whether it has more parts, or more of them in one another, than are read.
    pub limited: bool,
}

/// One part of an e-mail.
#[derive(Clone, Debug)]
pub enum Part<'a> {
    /// Text to read, of any subtype but HTML.
    Text(Cow<'a, str>),
    /// Text to read, as HTML.
    Html(Cow<'a, str>),
    /// Fields about delivery (RFC 3464, RFC 6533).
    DeliveryStatus(Cow<'a, str>),
    /// Fields about a complaint (RFC 5965).
    Feedback(Cow<'a, str>),
    /// An e-mail within the e-mail, complete or its headers only.
    Mail(Box<Mail<'a>>),
    /// A file that is attached; a text also comes as a part to read.
    Attachment {
        /// Its name, if it has one.
        name: Option<Cow<'a, str>>,
        /// Its contents.
        bytes: Cow<'a, [u8]>,
    },
}

impl Mail<'_> {
    /// The value of the first field with this name, ignoring case, without surrounding space.
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers
            .iter()
            .find(|(field, _)| field.eq_ignore_ascii_case(name))
            .map(|(_, value)| value.trim())
    }

    /// The same mail, independent of the bytes it was read from.
    pub fn into_owned(self) -> Mail<'static> {
        let owned = |text: Cow<'_, str>| Cow::Owned(text.into_owned());
        Mail {
            headers: self
                .headers
                .into_iter()
                .map(|(name, value)| (owned(name), owned(value)))
                .collect(),
            parts: self.parts.into_iter().map(Part::into_owned).collect(),
            truncated: self.truncated,
            limited: self.limited,
        }
    }

    /// Its date; `None` if it has none that can be read.
    pub fn date(&self) -> Option<Moment> {
        self.header("Date").and_then(moment)
    }

    /// The files and mails that are attached, in order.
    pub fn attachments(&self) -> impl Iterator<Item = &Part<'_>> {
        let parts = self.parts.iter();
        parts.filter(|part| matches!(part, Part::Mail(_) | Part::Attachment { .. }))
    }

    /// Whether any file or mail is attached.
    pub fn has_attachments(&self) -> bool {
        self.attachments().next().is_some()
    }

    /// The first mail inside it: the message that a report returns.
    pub fn enclosed(&self) -> Option<&Self> {
        self.parts.iter().find_map(|part| match part {
            Part::Mail(mail) => Some(mail.as_ref()),
            _ => None,
        })
    }
}

impl Part<'_> {
    fn into_owned(self) -> Part<'static> {
        let owned = |text: Cow<'_, str>| Cow::Owned(text.into_owned());
        match self {
            Self::Text(text) => Part::Text(owned(text)),
            Self::Html(text) => Part::Html(owned(text)),
            Self::DeliveryStatus(text) => Part::DeliveryStatus(owned(text)),
            Self::Feedback(text) => Part::Feedback(owned(text)),
            Self::Mail(mail) => Part::Mail(Box::new(mail.into_owned())),
            Self::Attachment { name, bytes } => Part::Attachment {
                name: name.map(owned),
                bytes: Cow::Owned(bytes.into_owned()),
            },
        }
    }
}

/// Reads a date and time of an e-mail (RFC 5322).
pub fn moment(text: &str) -> Option<Moment> {
    let date = mail_parser::DateTime::parse_rfc822(text)?;
    if !date.is_valid() {
        return None;
    }
    let offset = i32::from(date.tz_hour) * 3600 + i32::from(date.tz_minute) * 60;
    let offset = if date.tz_before_gmt { -offset } else { offset };
    Moment::from_unix_with_offset(date.to_timestamp(), offset).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_owned_mail_is_the_same() {
        let text = |text| Cow::Borrowed(text);
        let inner = Mail {
            headers: vec![(text("Subject"), text("een"))],
            parts: vec![Part::Html(text("<p>twee"))],
            truncated: true,
            limited: true,
        };
        let attachment = Part::Attachment {
            name: Some(text("a.csv")),
            bytes: Cow::Borrowed(b"drie"),
        };
        let mail = Mail {
            parts: vec![
                Part::Text(text("vier")),
                Part::DeliveryStatus(text("Action: failed")),
                Part::Feedback(text("Feedback-Type: abuse")),
                Part::Mail(Box::new(inner)),
                attachment,
            ],
            ..Mail::default()
        };
        let owned: Mail<'static> = mail.clone().into_owned();
        assert_eq!(format!("{owned:?}"), format!("{mail:?}"));
    }
}
