//! Texts that a person copies: to the recipient as a letter, an SMS or the words for a telephone
//! call, to a helpdesk as a mail. Never by mail to the recipient: that address is what failed.

use crate::channel::Channel;
use crate::places::{channel_place, message_places};
use crate::texts::fill;
use crate::words::Words;
use bezorgd_model::ReadyText;
use bezorgd_model::{Attempt, Recipient, Sender};

/// The facts that a text may mention.
#[derive(Clone, Copy, Debug)]
pub struct About<'a> {
    /// The sending system.
    pub sender: Sender,
    /// Its recipient.
    pub recipient: &'a Recipient,
    /// The deciding attempt; `None` if there is none.
    pub attempt: Option<&'a Attempt>,
    /// The file of that attempt; `None` if there is none.
    pub file: Option<&'a str>,
    /// The domain from which the sending system sends; empty if unknown.
    pub domain: &'a str,
}

/// How a text addresses its reader, in a language that distinguishes.
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq)]
pub enum AddressForm {
    /// As one of your own: `je`.
    #[default]
    Familiar,
    /// As a stranger: `u`.
    Polite,
}

/// Who writes the texts. What is empty stays open in them, for the person to fill in.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub struct Writer {
    /// How they address the recipient.
    pub form: AddressForm,
    /// The name of their school, library or other organisation.
    pub name: String,
    /// Where they can be reached.
    pub contact: String,
}

impl Words {
    /// The texts of this writer for a purpose, one per channel, filled in.
    pub fn message(
        &self,
        message: ReadyText,
        about: &About<'_>,
        writer: &Writer,
    ) -> Vec<(Channel, String)> {
        let (recipient, attempt) = (about.recipient, about.attempt);
        let or_open = |text: &str, open: &'static str| match text.trim() {
            "" => open.to_owned(),
            text => text.to_owned(),
        };
        let signature = or_open(&writer.name, self.ui.say_name_open());
        let contact = or_open(&writer.contact, self.ui.say_contact_open());
        let moment = attempt.and_then(|attempt| attempt.at);
        let moment = moment.map(|at| self.dates.moment(at)).unwrap_or_default();
        let line = attempt.and_then(|attempt| attempt.line);
        let line = line.map(|line| line.to_string()).unwrap_or_default();
        let document = attempt.and_then(|attempt| attempt.document.as_deref());
        let server = attempt.and_then(|attempt| attempt.remote.as_deref());
        let values = [
            ("signature", signature.as_str()),
            ("contact", contact.as_str()),
            ("thing", self.thing(about.sender)),
            ("address", &recipient.address),
            (
                "suggestion",
                recipient.suggestion.as_deref().unwrap_or_default(),
            ),
            ("domain", about.domain),
            ("document", document.unwrap_or_default()),
            ("moment", &moment),
            ("text", attempt.map_or("", |attempt| &attempt.text)),
            ("server", server.unwrap_or_default()),
            ("file", about.file.unwrap_or_default()),
            ("line", &line),
        ];
        let places = message_places(message).iter();
        let texts = places.map(|&(channel, place)| {
            let text = addressed(self.texts.get(place), writer.form);
            (channel, complete_lines(&text, &values))
        });
        texts.collect()
    }

    /// The name of a channel.
    pub fn channel(&self, channel: Channel) -> &'static str {
        self.texts.get(channel_place(channel))
    }
}

/// A text with the words of this form of each `{familiar|polite}`.
fn addressed(text: &str, form: AddressForm) -> String {
    let mut chosen = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('{') {
        chosen.push_str(before);
        let (words, next) = after.split_once('}').unwrap_or((after, ""));
        match (words.split_once('|'), form) {
            (Some((words, _)), AddressForm::Familiar) | (Some((_, words)), AddressForm::Polite) => {
                chosen.push_str(words);
            }
            (None, _) => chosen.extend(["{", words, "}"]),
        }
        rest = next;
    }
    chosen.push_str(rest);
    chosen
}

/// The filled-in text without the lines whose placeholders have an empty value.
fn complete_lines(text: &str, values: &[(&str, &str)]) -> String {
    let is_complete = |line: &&str| {
        let mut empty = values.iter().filter(|(_, value)| value.is_empty());
        !empty.any(|(name, _)| line.contains(&format!("{{{name}}}")))
    };
    let mut lines: Vec<&str> = text.lines().filter(is_complete).collect();
    // An omitted line leaves no second blank line.
    lines.dedup_by(|next, line| next.is_empty() && line.is_empty());
    let lines = lines.into_iter().map(|line| fill(line, values));
    lines.collect::<Vec<_>>().join("\n")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Language;
    use bezorgd_model::{Cause, State};

    fn recipient(suggestion: Option<&str>) -> Recipient {
        Recipient {
            address: "mark@gmial.example".to_owned(),
            name: None,
            customer: None,
            cause: Cause::AddressUnknown,
            detail: None,
            permanence: Cause::AddressUnknown.permanence(),
            state: State::Failed,
            retry_until: None,
            suggestion: suggestion.map(str::to_owned),
            attempts: Vec::new(),
        }
    }

    fn text(message: ReadyText, channel: Channel, recipient: &Recipient) -> String {
        let about = About {
            sender: Sender::Pom,
            recipient,
            attempt: None,
            file: Some("rapport.csv"),
            domain: "pom.be",
        };
        let texts = Language::Dutch
            .words()
            .message(message, &about, &Writer::default());
        let found = texts.into_iter().find(|(of, _)| *of == channel);
        found.map(|(_, text)| text).unwrap_or_default()
    }

    #[test]
    fn lines_with_unknown_facts_are_omitted() {
        let with = recipient(Some("mark@gmail.example"));
        let letter = text(ReadyText::WrongAddress, Channel::Letter, &with);
        assert!(letter.contains("Is mark@gmail.example het juiste adres?"));

        let letter = text(ReadyText::WrongAddress, Channel::Letter, &recipient(None));
        assert!(!letter.contains("juiste adres") && !letter.contains("\n\n\n"));

        let mail = text(ReadyText::Helpdesk, Channel::Mail, &recipient(None));
        assert!(mail.contains("Rapport: rapport.csv") && !mail.contains("Document:"));
    }

    #[test]
    fn every_message_is_whole_in_every_channel() {
        for message in ReadyText::ALL {
            let recipient = recipient(None);
            let about = About {
                sender: Sender::Other,
                recipient: &recipient,
                attempt: None,
                file: None,
                domain: "",
            };
            let writer = |form| Writer {
                form,
                ..Writer::default()
            };
            let words = Language::Dutch.words();
            let texts = [AddressForm::Familiar, AddressForm::Polite]
                .map(|form| words.message(message, &about, &writer(form)));
            let [familiar, polite] = &texts;
            let to_helpdesk = message == ReadyText::Helpdesk;
            assert!(
                !familiar.is_empty() && (familiar == polite) == to_helpdesk,
                "{message:?}"
            );
            for (channel, text) in texts.into_iter().flatten() {
                assert!(
                    !text.contains(['{', '}']),
                    "{message:?} {channel:?}: {text}"
                );
                assert!(
                    text.contains("mark@gmial.example"),
                    "{message:?} {channel:?}"
                );
            }
        }
    }

    #[test]
    fn who_writes_is_in_the_text_or_left_open() {
        let recipient = recipient(None);
        let about = About {
            sender: Sender::Pom,
            recipient: &recipient,
            attempt: None,
            file: None,
            domain: "",
        };
        let writer = Writer {
            form: AddressForm::Polite,
            name: "Basisschool De Linde".to_owned(),
            contact: "09 000 00 00".to_owned(),
        };
        let words = Language::Dutch.words();
        let letter = |writer| {
            words.message(ReadyText::MailboxFull, &about, writer)[0]
                .1
                .clone()
        };
        assert!(letter(&writer).ends_with("Met vriendelijke groeten\nBasisschool De Linde"));
        assert!(letter(&writer).contains("uw mailbox zat vol"));
        assert!(letter(&writer).contains("U bereikt ons op 09 000 00 00."));
        let open = letter(&Writer::default());
        assert!(open.ends_with("[naam van de school of bibliotheek]"));
        assert!(open.contains("je mailbox zat vol"));
    }
}
