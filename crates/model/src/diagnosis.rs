//! The result: one [`Diagnosis`] per message or report, with its recipients and their attempts.

use crate::arrival::Arrival;
use crate::cause::{Cause, Permanence};
use crate::codes::closed_set;
use crate::columns::ColumnReading;
use crate::detail::Detail;
use crate::moment::Moment;
use crate::problem::Problem;
use crate::sender::Sender;
use crate::shown::shown_part;
use serde::{Deserialize, Deserializer, Serialize, Serializer, de::Error as _};
use std::borrow::Cow;
use std::sync::Arc;

/// What one message or report says about delivery: one line of JSON.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
pub struct Diagnosis {
    /// Its origin: the name of the file, `name#2` for the second message of a mailbox, `name.zip!inner` for
    /// a file in an archive or a sheet of a workbook.
    pub file: String,
    /// The kind of message or report.
    pub kind: Kind,
    /// The format of the evidence; `None` if nothing could be read.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub format: Option<Format>,
    /// The sending system; `None` if neither the evidence nor the options name it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sender: Option<Sender>,
    /// The recipients it reports on, in the order of the evidence. Each address appears once.
    pub recipients: Vec<Recipient>,
    /// The message that could not be delivered, as far as the report returns or quotes it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub original: Option<Original>,
    /// What the header of a mail that arrived proves; `None` for anything else.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub arrival: Option<Box<Arrival>>,
    /// How the columns of a report were read; `None` for anything but a table.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub columns: Option<ColumnReading>,
    /// What could not be read, and notices about how the rest was read.
    pub problems: Vec<Problem>,
}

impl Diagnosis {
    /// A diagnosis of evidence that could not be read at all.
    pub fn unreadable(file: &str, problem: Problem) -> Self {
        Self {
            file: file.to_owned(),
            kind: Kind::Unreadable,
            format: None,
            sender: None,
            recipients: Vec::new(),
            original: None,
            arrival: None,
            columns: None,
            problems: vec![problem],
        }
    }

    /// Gives the evidence another name, in its problems too.
    pub fn rename(&mut self, file: &str) {
        for problem in &mut self.problems {
            if problem.file == self.file {
                file.clone_into(&mut problem.file);
            }
        }
        file.clone_into(&mut self.file);
    }
}

closed_set! {
    /// The kind of message or report.
    #[derive(Clone, Copy, Debug, Deserialize, Eq, Hash, PartialEq, Serialize)]
    pub enum Kind {
        /// Delivery failed for good.
        Bounce = "bounce",
        /// Delivery is late and still being tried.
        Delay = "delay",
        /// Delivery succeeded.
        Success = "success",
        /// A vacation notice or other automatic reply (RFC 3834).
        AutoReply = "auto-reply",
        /// A feedback report: marked as spam (RFC 5965).
        Complaint = "complaint",
        /// Ordinary mail whose header shows how it arrived.
        Arrived = "arrived",
        /// Ordinary mail.
        NotABounce = "not-a-bounce",
        /// A table of delivery attempts.
        Report = "report",
        /// Nothing that can be read.
        Unreadable = "unreadable",
    }
}

closed_set! {
    /// The format of the evidence.
    #[derive(Clone, Copy, Debug, Deserialize, Eq, Hash, PartialEq, Serialize)]
    #[non_exhaustive]
    pub enum Format {
        /// Separated values, from a file or pasted from the screen.
        Csv = "csv",
        /// A table in a web page, saved as a spreadsheet.
        Html = "html",
        /// Objects in JSON (RFC 8259), of which each is a row.
        Json = "json",
        /// An Internet message (RFC 5322).
        Eml = "eml",
        /// An Outlook message (MS-OXMSG).
        Msg = "msg",
        /// Plain text: a bounce copied from webmail, or a single SMTP reply.
        Text = "text",
        /// A sheet of an Excel workbook (ECMA-376).
        Xlsx = "xlsx",
        /// A sheet of an Excel workbook from before 2007 (MS-XLS).
        Xls = "xls",
        /// A sheet of an OpenDocument spreadsheet (ODF 1.2).
        Ods = "ods",
    }
}

/// One recipient, with all attempts that the evidence shows.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
pub struct Recipient {
    /// The address as the evidence writes it; empty if it has none: then `customer`, or else `name`,
    /// identifies the recipient.
    pub address: String,
    /// The name; `None` if the evidence gives none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<Box<str>>,
    /// The customer number; `None` if the report has no column for it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub customer: Option<Box<str>>,
    /// The cause of the attempt that decides the state.
    pub cause: Cause,
    /// What the words say beside the cause; `None` where they say no more.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub detail: Option<Box<Detail>>,
    /// What may be expected of this address next time.
    pub permanence: Permanence,
    /// The state of delivery over all attempts.
    pub state: State,
    /// Until when the sending system retries, by the report or else by its policy; `None` if that is
    /// unknown or it no longer retries.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub retry_until: Option<Moment>,
    /// The address that was probably meant; `None` if there is no good reason to propose one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub suggestion: Option<String>,
    /// Every attempt, oldest first; in the order of the evidence if a date is missing.
    pub attempts: Vec<Attempt>,
}

impl Recipient {
    /// The attempt that decided the cause, and its place among the attempts: the latest with that
    /// cause. It need not be the last attempt: one document may have arrived and another not.
    pub fn deciding(&self) -> Option<(usize, &Attempt)> {
        let mut latest_first = self.attempts.iter().enumerate().rev();
        latest_first.find(|(_, attempt)| attempt.cause == self.cause)
    }

    /// The refusal for which the sending system put the address on its suppression list, and its place
    /// among the attempts; `None` if the cause is not that list, or the refusal is not in the evidence.
    pub fn refused_by(&self) -> Option<(usize, &Attempt)> {
        let refused = |attempt: &Attempt| {
            let lists = matches!(attempt.cause, Cause::Suppressed | Cause::Unsubscribed);
            attempt.action == Action::Failed
                && attempt.cause.permanence() == Permanence::Permanent
                && !lists
        };
        let mut latest_first = self.attempts.iter().enumerate().rev();
        latest_first.find(|(_, attempt)| self.cause == Cause::Suppressed && refused(attempt))
    }
}

closed_set! {
    /// The state of delivery to one recipient over all attempts.
    #[derive(Clone, Copy, Debug, Deserialize, Eq, Hash, PartialEq, Serialize)]
    pub enum State {
        /// It arrived.
        Delivered = "delivered",
        /// It is still being tried.
        Retrying = "retrying",
        /// The sending system retried until its limit.
        GaveUp = "gave-up",
        /// It failed for good.
        Failed = "failed",
        /// The report has no line for it.
        NotAttempted = "not-attempted",
        /// Nothing was to be delivered; with the cause [`Cause::Unknown`], the outcome is unknown.
        None = "none",
    }
}

/// One delivery attempt, or one statement about a recipient.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
pub struct Attempt {
    /// When the attempt was made, or else reported; `None` if the evidence gives no date.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub at: Option<Moment>,
    /// What was done with the message, as the report states it (RFC 3464, section 2.3.3).
    pub action: Action,
    /// Why it was not delivered, or that it was.
    pub cause: Cause,
    /// What the words say beside the cause; `None` where they say no more.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub detail: Option<Box<Detail>>,
    /// The words of the server or report, with white space folded. Shared, because a report repeats a
    /// few texts many times.
    pub text: Arc<str>,
    /// The rule that decided the cause, as `set/name`; `none` if no rule applies, `structure/…` if the form
    /// of the mail decided.
    pub rule: Cow<'static, str>,
    /// The part of `text` that the rule matched; `None` if a code or something else decided.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub matched: Option<Span>,
    /// The line in a table, from 1; `None` for a mail.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub line: Option<u32>,
    /// The document (invoice, message) that was sent; `None` if the report has no column for it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub document: Option<Box<str>>,
    /// The message type, in the code of the sending system (Wise: `HR1`); `None` unless a column of the
    /// report or the returned message gives it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub message_type: Option<Box<str>>,
    /// SMTP reply code (RFC 5321), 200 to 599; `None` if the evidence gives none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reply_code: Option<u16>,
    /// Enhanced status code (RFC 3463); `None` if the evidence gives none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub status: Option<EnhancedStatus>,
    /// The host that replied, or to which the message was offered; `None` if unknown.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub remote: Option<String>,
}

closed_set! {
    /// What was done with the message for one recipient (RFC 3464, section 2.3.3).
    #[derive(Clone, Copy, Debug, Deserialize, Eq, Hash, PartialEq, Serialize)]
    pub enum Action {
        /// Delivery failed.
        Failed = "failed",
        /// Delivery is late and still being tried.
        Delayed = "delayed",
        /// Delivered.
        Delivered = "delivered",
        /// Handed to a system that does not report.
        Relayed = "relayed",
        /// Delivered to an alias or list, and forwarded.
        Expanded = "expanded",
        /// The evidence does not state an outcome that is understood.
        Unknown = "unknown",
    }
}

impl Action {
    /// Whether the message was not delivered, or not yet.
    pub const fn is_failure(self) -> bool {
        matches!(self, Self::Failed | Self::Delayed)
    }
}

/// The message that could not be delivered, as far as a report returns or quotes it.
#[derive(Clone, Debug, Default, Deserialize, PartialEq, Serialize)]
pub struct Original {
    /// Its `Message-ID`, without angle brackets.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub message_id: Option<String>,
    /// Its subject, decoded.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub subject: Option<String>,
    /// Its date.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub date: Option<Moment>,
}

/// A half-open range of characters (Unicode scalar values) in [`Attempt::text`]; JSON `[start, end]`.
#[derive(Clone, Copy, Debug, Deserialize, Eq, Hash, PartialEq, Serialize)]
pub struct Span(u32, u32);

impl Span {
    /// Converts a byte range of `text`. A range that is not on character boundaries becomes empty.
    pub fn of_bytes(text: &str, bytes: std::ops::Range<usize>) -> Self {
        let count = |part: Option<&str>| part.map_or(0, |part| part.chars().count() as u32);
        let start = count(text.get(..bytes.start));
        Self(start, start + count(text.get(bytes)))
    }

    /// Splits `text` into the parts before, inside and after the range; what is beyond its end is empty.
    pub fn split(self, text: &str) -> (&str, &str, &str) {
        let at = |position: u32| {
            text.char_indices()
                .nth(position as usize)
                .map_or(text.len(), |(index, _)| index)
        };
        let (start, end) = (at(self.0), at(self.1.max(self.0)));
        (&text[..start], &text[start..end], &text[end..])
    }

    /// The same part of `text` once that is safe to show ([`shown`](crate::shown::shown)).
    #[must_use]
    pub fn in_shown(self, text: &str) -> Self {
        let (before, inside, _) = self.split(text);
        let count = |part| shown_part(part, text).chars().count() as u32;
        let start = count(before);
        Self(start, start + count(inside))
    }
}

/// An enhanced status code `class.subject.detail` (RFC 3463), class 2, 4 or 5.
#[derive(Clone, Copy, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
pub struct EnhancedStatus {
    /// 2 success, 4 temporary failure, 5 permanent failure (RFC 3463, section 2).
    pub class: u8,
    /// The subject, for instance 1 for addressing; 0 to 999.
    pub subject: u16,
    /// The detail within the subject; 0 to 999.
    pub detail: u16,
}

impl std::fmt::Display for EnhancedStatus {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}.{}.{}", self.class, self.subject, self.detail)
    }
}

impl std::str::FromStr for EnhancedStatus {
    type Err = InvalidStatus;

    fn from_str(text: &str) -> Result<Self, InvalidStatus> {
        let mut parts = text.split('.');
        let mut next = |longest: usize| {
            let part = parts.next().ok_or(InvalidStatus)?;
            let digits = part.bytes().all(|byte| byte.is_ascii_digit());
            if digits && part.len() <= longest {
                part.parse().map_err(|_| InvalidStatus)
            } else {
                Err(InvalidStatus)
            }
        };
        let (class, subject, detail) = (next(1)?, next(3)?, next(3)?);
        match (class, parts.next()) {
            (2 | 4 | 5, None) => Ok(Self {
                class: class as u8,
                subject,
                detail,
            }),
            _ => Err(InvalidStatus),
        }
    }
}

/// The text is not an enhanced status code.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
#[non_exhaustive]
pub struct InvalidStatus;

impl std::fmt::Display for InvalidStatus {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("not an enhanced status code such as 5.1.1")
    }
}

impl std::error::Error for InvalidStatus {}

impl Serialize for EnhancedStatus {
    /// As text, or as three numbers where nobody reads along.
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        if serializer.is_human_readable() {
            serializer.collect_str(self)
        } else {
            (self.class, self.subject, self.detail).serialize(serializer)
        }
    }
}

impl<'de> Deserialize<'de> for EnhancedStatus {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        if deserializer.is_human_readable() {
            let text = String::deserialize(deserializer)?;
            return text.parse().map_err(D::Error::custom);
        }
        let (class, subject, detail) = Deserialize::deserialize(deserializer)?;
        Ok(Self {
            class,
            subject,
            detail,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_span_counts_characters_and_splits_at_them() {
        let text = "The recipient’s mailbox is full.";
        let start = text.find("mailbox").unwrap();
        let span = Span::of_bytes(text, start..text.len() - 1);
        assert_eq!(serde_json::to_string(&span).unwrap(), "[16,31]");
        assert_eq!(
            span.split(text),
            ("The recipient’s ", "mailbox is full", ".")
        );
    }

    #[test]
    fn a_span_marks_the_same_words_once_the_text_is_safe() {
        let text = "550 \u{1B}[2J<an@example.be> mailbox\u{202E} is full\u{7}.";
        let start = text.find("mailbox").unwrap();
        let span = Span::of_bytes(text, start..text.len() - 2);
        let shown = crate::shown::shown(text);
        assert_eq!(
            span.in_shown(text).split(&shown),
            (
                "550 ⟨U+001B⟩[2J<an@example.be> ",
                "mailbox⟨U+202E⟩ is full",
                "⟨U+0007⟩."
            )
        );
    }

    #[test]
    fn a_span_beyond_the_text_does_not_panic() {
        let span: Span = serde_json::from_str("[40,50]").unwrap();
        assert_eq!(span.split("kort"), ("kort", "", ""));
    }

    #[test]
    fn enhanced_status_codes_are_read_strictly() {
        assert_eq!(
            "5.1.1".parse::<EnhancedStatus>().unwrap().to_string(),
            "5.1.1"
        );
        for wrong in [
            "5.1", "3.1.1", "5.1.1.1", "5.1.1000", "a.b.c", "", "5..1", "5.+1.1",
        ] {
            assert!(wrong.parse::<EnhancedStatus>().is_err(), "{wrong}");
        }
    }
}
