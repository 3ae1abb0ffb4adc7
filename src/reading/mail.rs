//! Reads mails, and what people attached to them.

use super::EvidenceFile;
use crate::formats::mail::{Mail, Part};
use crate::formats::{eml, mbox, text};
use crate::model::{Diagnosis, Format, Kind, Problem, ProblemCode, Recipient, domain_of};
use crate::senders::{Policy, sender_by_message_type};
use crate::suggestion::propose;
use crate::{address, arrivals, bounces};

/// How deep mails may be attached to one another: what is attached to the last one is not read.
const DEEPEST: u8 = 8;

impl EvidenceFile {
    /// Reads one message of this mailbox.
    pub fn mailbox_message(
        &self,
        message: &mbox::MailboxMessage<'_>,
        found: &mut dyn FnMut(Diagnosis),
    ) {
        // Some programs save a single e-mail as a mailbox: it gets the name of the file.
        let named_as_mail = self.name.to_ascii_lowercase().ends_with(".eml");
        let name = match message.place {
            mbox::MailboxPlace::Only => self.name.clone(),
            mbox::MailboxPlace::Number(1) if named_as_mail => self.name.clone(),
            mbox::MailboxPlace::Number(number) => format!("{}#{number}", self.name),
        };
        let file = self.named(name);
        if message.headless && !eml::looks_like(&message.bytes) {
            return found(propose(file.rest_of_mail(&message.bytes)));
        }
        match eml::read(&message.bytes, self.options.host.decode) {
            Some(mail) => {
                let diagnosis = file.front_of_mail(&mail, message.cut);
                file.with_attachments(diagnosis, &mail, found);
            }
            None => found(file.unreadable(ProblemCode::UnknownFormat)),
        }
    }

    /// Reads the rest of a mail whose front is missing. The kind of mail is unknown, so only codes beside an
    /// address count.
    fn rest_of_mail(&self, bytes: &[u8]) -> Diagnosis {
        let mut diagnosis = self.diagnose(&text::read(bytes), &self.name, Format::Text);
        let has_code = |recipient: &Recipient| {
            let mut attempts = recipient.attempts.iter();
            let coded =
                attempts.any(|attempt| attempt.status.is_some() || attempt.reply_code.is_some());
            coded && !recipient.address.is_empty()
        };
        if !diagnosis.recipients.iter().any(has_code) {
            return self.unreadable(ProblemCode::Truncated);
        }
        diagnosis.problems = vec![Problem::in_file(ProblemCode::Truncated, &self.name)];
        diagnosis
    }

    /// Reads a mail, or the front of one that was `cut`.
    pub fn front_of_mail(&self, mail: &Mail<'_>, cut: bool) -> Diagnosis {
        let mut diagnosis = self.diagnosis(mail, Format::Eml);
        if cut {
            // The closing boundary is missing because the end was cut off here.
            let problems = &mut diagnosis.problems;
            problems.retain(|problem| problem.code != ProblemCode::Truncated);
            problems.push(Problem::in_file(ProblemCode::Shortened, &self.name));
        }
        diagnosis
    }

    /// Reads a mail, and how it arrived if it is about no other.
    pub fn diagnosis(&self, mail: &Mail<'_>, format: Format) -> Diagnosis {
        let mut diagnosis = self.diagnose(mail, &self.name, format);
        if diagnosis.kind == Kind::NotABounce {
            diagnosis.arrival = arrivals::read(mail).map(Box::new);
            if diagnosis.arrival.is_some() {
                diagnosis.kind = Kind::Arrived;
            }
        }
        diagnosis
    }

    /// Diagnoses a mail, and detects the sending system of the message that it is about.
    pub fn diagnose(&self, mail: &Mail<'_>, name: &str, format: Format) -> Diagnosis {
        let options = &self.options;
        let mut diagnosis = bounces::diagnose(
            mail,
            name,
            format,
            &options.message_types,
            options.host.decode,
        );
        let attempts = diagnosis.recipients.iter_mut();
        let types = attempts.flat_map(|one| &mut one.attempts);
        let mut types: Vec<_> = types.map(|attempt| &mut attempt.message_type).collect();
        let code = types.iter().find_map(|code| code.as_deref());
        let by_type = code.and_then(sender_by_message_type);
        diagnosis.sender = options.sender.or(by_type);
        let has_types = |sender| Policy::of(sender).has_message_types();
        if !diagnosis.sender.is_some_and(has_types) {
            // Another system uses such codes for something else.
            types.iter_mut().for_each(|code| **code = None);
        }
        diagnosis
    }

    /// Passes the diagnosis of a mail to `found`, and those of the evidence that a person attached to it, as from an
    /// archive. They come in the place of an ordinary mail.
    pub fn with_attachments(
        &self,
        mut diagnosis: Diagnosis,
        mail: &Mail<'_>,
        found: &mut dyn FnMut(Diagnosis),
    ) {
        let is_note = is_ordinary(&diagnosis);
        if !mail.has_attachments() || !is_note && bounces::is_by_machine(mail) {
            return found(propose(diagnosis));
        }
        if self.mails == DEEPEST {
            let problem = Problem::in_file(ProblemCode::NestedTooDeep, &self.name);
            diagnosis.problems.push(problem);
            return found(propose(diagnosis));
        }
        let format = diagnosis.format.unwrap_or(Format::Eml);
        if is_note {
            self.in_place_of(diagnosis, mail, format, found);
        } else {
            found(propose(diagnosis));
            self.attachments(mail, format, false, &mut |one| {
                if !is_ordinary(&one) && !is_something_else(&one) {
                    found(one);
                }
            });
        }
    }

    /// Passes the evidence attached to an ordinary mail to `found`, or the mail itself if none is.
    fn in_place_of(
        &self,
        note: Diagnosis,
        mail: &Mail<'_>,
        format: Format,
        found: &mut dyn FnMut(Diagnosis),
    ) {
        let (mut is_evidence, mut ordinary) = (false, Vec::new());
        self.attachments(mail, format, true, &mut |one| {
            if is_ordinary(&one) {
                ordinary.push(one);
            } else if !is_something_else(&one) {
                is_evidence |= one.kind != Kind::Unreadable;
                found(one);
            }
        });
        if !is_evidence {
            // Somebody asks about a mail that arrived in their mailbox.
            let from = mail.header("From").and_then(address::single);
            let forwarder = from.and_then(domain_of);
            ordinary.retain(|one| {
                let mailbox = one.arrival.as_ref().and_then(|arrival| arrival.mailbox());
                let both = mailbox.zip(forwarder);
                both.is_some_and(|(mailbox, forwarder)| mailbox.eq_ignore_ascii_case(forwarder))
            });
        }
        let is_replaced = is_evidence || !ordinary.is_empty();
        if !is_replaced || !note.problems.is_empty() {
            found(note);
        }
        ordinary.into_iter().for_each(found);
    }

    /// Passes the diagnoses of what is attached to a mail of this format to `found`. The only mail attached to a note
    /// has the name of that.
    fn attachments(
        &self,
        mail: &Mail<'_>,
        format: Format,
        is_note: bool,
        found: &mut dyn FnMut(Diagnosis),
    ) {
        let is_only = is_note && mail.attachments().count() == 1;
        for (number, part) in (1..).zip(mail.attachments()) {
            let attached = |name| Self {
                mails: self.mails + 1,
                ..self.named(name)
            };
            let numbered = || self.inner_name(&format!("{number}"));
            match part {
                Part::Attachment { name, bytes } => {
                    let name = name.as_deref();
                    let name = name.map_or_else(numbered, |name| self.inner_name(name));
                    attached(name).read(bytes, found);
                }
                Part::Mail(mail) => {
                    let name = if is_only {
                        self.name.clone()
                    } else {
                        numbered()
                    };
                    let file = attached(name);
                    let diagnosis = file.diagnosis(mail, format);
                    file.with_attachments(diagnosis, mail, found);
                }
                _ => {}
            }
        }
    }
}

/// Whether a mail is about no other one.
pub fn is_ordinary(diagnosis: &Diagnosis) -> bool {
    matches!(diagnosis.kind, Kind::NotABounce | Kind::Arrived)
}

/// Whether an attachment is a document or a picture, as people send each other, rather than evidence that could
/// not be read.
fn is_something_else(diagnosis: &Diagnosis) -> bool {
    let codes = || diagnosis.problems.iter().map(|problem| problem.code);
    let is_of_documents = |code| {
        matches!(
            code,
            ProblemCode::Empty
                | ProblemCode::UnknownFormat
                | ProblemCode::UnsupportedFormat
                | ProblemCode::NoAddressColumn
                | ProblemCode::NoStatusColumn
                | ProblemCode::NoEvidence
        )
    };
    diagnosis.kind == Kind::Unreadable && codes().all(is_of_documents)
}
