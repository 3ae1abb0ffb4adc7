//! The words by which the structure of a report shows: data for the readers beside this file.
//!
//! All in lower case without accents, as [`crate::rules::fold`] writes text.

use crate::rules::scan::each_match;
use aho_corasick::nfa::contiguous::NFA;
use aho_corasick::{AhoCorasick, Anchored, Input, MatchKind, StartKind};
use std::sync::LazyLock;

/// What the words of a mail tell about its kind.
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq)]
pub struct Signs {
    /// One of [`PROOFS`] stands in it.
    pub proof: bool,
    /// One of [`STATEMENTS`].
    pub statement: bool,
    /// One of [`STILL_TRYING`].
    pub still_trying: bool,
    /// One of [`GIVEN_UP`].
    pub given_up: bool,
    /// One of [`ARRIVED`].
    pub arrived: bool,
    /// One of [`SUBJECTS`], which means something in a subject only.
    pub subject: bool,
}

impl Signs {
    /// Reads `text`, which must be folded; ASCII case does not matter.
    pub fn of(text: &str) -> Self {
        let mut signs = Self::default();
        if let Some(automaton) = AUTOMATON.as_ref() {
            each_match(automaton, text, |word, _| signs.set(word));
        }
        signs
    }

    /// Sets the sign that a word of [`LISTS`] stands for, by its number.
    fn set(&mut self, mut word: usize) {
        for (list, sign) in LISTS {
            if word < list.len() {
                *sign(self) = true;
                return;
            }
            word -= list.len();
        }
    }
}

/// How many bytes of a folded text are one of [`RETURNED_MESSAGE`], when it begins with one.
pub fn returned_message(text: &str) -> Option<usize> {
    static HEADINGS: LazyLock<Option<AhoCorasick>> = LazyLock::new(|| {
        AhoCorasick::builder()
            .ascii_case_insensitive(true)
            .match_kind(MatchKind::LeftmostLongest)
            .start_kind(StartKind::Anchored)
            .build(RETURNED_MESSAGE)
            .ok()
    });
    let input = Input::new(text).anchored(Anchored::Yes);
    let found = HEADINGS.as_ref()?.find(input)?;
    Some(found.len())
}

/// Gives the sign that a list of words stands for.
type Sign = fn(&mut Signs) -> &mut bool;

const LISTS: [(&[&str], Sign); 6] = [
    (PROOFS, |signs| &mut signs.proof),
    (STATEMENTS, |signs| &mut signs.statement),
    (STILL_TRYING, |signs| &mut signs.still_trying),
    (GIVEN_UP, |signs| &mut signs.given_up),
    (ARRIVED, |signs| &mut signs.arrived),
    (SUBJECTS, |signs| &mut signs.subject),
];

static AUTOMATON: LazyLock<Option<NFA>> = LazyLock::new(|| {
    NFA::builder()
        .ascii_case_insensitive(true)
        .build(LISTS.iter().flat_map(|(list, _)| list.iter()))
        .ok()
});

/// What the line says after which the returned message begins, without the dashes around it.
pub const RETURNED_MESSAGE: &[&str] = &[
    "below this line is a copy of the message",
    "below the next line is a copy of the message",
    "this is a copy of the message",
    "this is a copy of your message",
    "the body of the message is",
    "a copy of the message",
    "copy of the message",
    "original message follows",
    "original message headers",
    "original message header",
    "original message",
    "original headers",
    "original mail",
    "original e-mail",
    "original email",
    "originally sent message",
    "original text follows",
    "your original message",
    "here is your original message",
    "the original message follows",
    "the original message",
    "headers of the original message",
    "the following is the header",
    "the header of the original message",
    "header of the original",
    "message header",
    "returned message",
    "returned mail follows",
    "the returned message",
    "returned text follows",
    "unsent message",
    "unsent message below",
    "message text follows",
    "undelivered message",
    "the undelivered message",
    "returned mail",
    "rejected message",
    "start of returned message",
    "begin message",
    "message headers follow",
    "failed message",
    "your message header",
    "a copy of your message",
    "the first ",
    "forwarded message",
    "received headers follow",
    "content of the original",
    "below is a copy of your",
    "included is a copy of the message header",
    "attached is a copy of the message",
    "the following is a copy of the message",
    "the text of your message",
    "oorspronkelijk bericht",
    "oorspronkelijke berichtkoppen",
    "en-tetes de message d'origine",
    "message d'origine",
    "ursprungliche nachricht",
    "ursprungliche nachrichtenkopf",
    "originalnachricht",
    "der header der e-mail",
    "the header of the e-mail follows",
    "message original",
    "mensaje original",
    "messaggio originale",
    "origineel bericht",
    "dit is een kopie van het bericht",
    "ceci est une copie du message",
    "dies ist eine kopie der nachricht",
    "full message headers",
    "mail header",
    "the attachment contains the original",
    "the message headers follow",
];

/// Labels that stand before the address of a recipient, at the start of a line.
pub const RECIPIENT_LABELS: &[&str] = &[
    "recipient",
    "recipients",
    "recipient address",
    "failed recipient",
    "failed recipients",
    "final-recipient",
    "original-recipient",
    "rcpt to",
    ">>> rcpt to",
    "recipient(s)",
    "address",
    "failed address",
    "intended recipient",
    "e-mail address",
    "email",
    "mail to",
    "user",
    "sent to",
    "to",
    "the following recipient",
    "could not deliver to",
    "unable to deliver to",
    "ontvanger",
    "geadresseerde",
    "aan",
    "destinataire",
    "destinataires",
    "empfanger",
    "an",
    "a",
    "para",
    "destinatario",
    "mailbox",
    "delivery to",
    "undeliverable to",
    "rcpt",
    "error sending to",
    "failed to deliver to",
    "message to",
    "unable to send to",
];

/// Fields whose address is not a recipient's.
pub const OTHER_FIELDS: &[&str] = &[
    "from",
    "sender",
    "reply-to",
    "return-path",
    "message-id",
    "in-reply-to",
    "references",
    "received",
    "subject",
    "date",
    "content-id",
    "id",
    "van",
    "von",
    "de",
    "cc",
    "bcc",
    "mail from",
    ">>> mail from",
    "errors-to",
    "x-sender",
    "envelope-from",
    "list-id",
    "resent-from",
    "message id",
    "contact",
    "help",
    "x-original-to",
    "delivered-to",
    "reporting-mta",
];

/// Words right before an address, anywhere in a line, by which it is the recipient's.
pub const RECIPIENT_CUES: &[&str] = &[
    "to",
    "to:",
    "recipient",
    "recipient:",
    "recipients",
    "address",
    "address:",
    "for",
    "user",
    "user:",
    "mailbox",
    "mailbox:",
    "rcpt to:",
    "to user",
    "account",
    "addresses",
    "following",
    "aan",
    "naar",
    "voor",
    "adres",
    "an",
    "fur",
    "adresse",
    "a",
    "pour",
    "destinataire",
    "al",
    "для",
    "by",
    "group",
    "адрес",
    "recipient(s)",
    "recipients:",
    "deliver",
    "emailaddress",
    "recipients\":",
    "list",
    "smtp",
];

/// Parts of the subject by which a mail is a report of failed or late delivery.
pub const SUBJECTS: &[&str] = &[
    "undeliver",
    "undelivered",
    "delivery status notification",
    "delivery status",
    "delivery failure",
    "delivery failed",
    "failure notice",
    "returned mail",
    "mail delivery fail",
    "mail delivery system",
    "mail failure",
    "delivery error",
    "delivery problem",
    "non-delivery",
    "nondeliverable",
    "not delivered",
    "could not be delivered",
    "could not send message",
    "couldn't be delivered",
    "message could not",
    "delivery notification",
    "delivery report",
    "delivery delayed",
    "delayed mail",
    "message delayed",
    "mail system error",
    "returned to sender",
    "return to sender",
    "returned email",
    "returned message",
    "mail error",
    "message rejected",
    "mail rejected",
    "rejected mail",
    "bounced",
    "bounce",
    "delivery incomplete",
    "unable to deliver",
    "failed mail",
    "failed delivery",
    "failed to deliver",
    "error sending",
    "delivery has failed",
    "undelivered mail",
    "mail not delivered",
    "nondelivery",
    "unzustellbar",
    "onbestelbaar",
    "non remis",
    "echec",
    "fehler",
    "nicht zugestellt",
    "niet bezorgd",
    "niet afgeleverd",
    "non distribue",
    "mislukt",
    "zustellung",
    "retour",
    "postmaster notify",
    "warning: could not",
    "message status",
    "permanent error",
    "transport error",
    "mail could not",
    "e-mail could not",
    "cannot be delivered",
    "quota",
    "недостав",
    "не доставлен",
    "[blocked]",
    "notification of failure",
    "mdaemon notification",
    "delivery not",
    "message not sent",
    "mail transaction failed",
    "mail delivery problem",
    "returned:",
    "mail delivery error",
    "宛先",
    "配信",
    "送信",
    "エラー",
    "no entregado",
    "mancata consegna",
    "退信",
    "系统退信",
    "devolvido",
    "returning to sender",
    "returned to you",
    "mail failed",
];

/// Local parts of the addresses that send reports.
pub const DAEMONS: &[&str] = &[
    "mailer-daemon",
    "postmaster",
    "mailerdaemon",
    "mail-daemon",
    "mailer",
    "mdaemon",
    "maildelivery",
    "mail.delivery",
    "microsoftexchange",
    "double-bounce",
    "bounce",
    "bounces",
    "daemon",
    "mail-delivery",
    "delivery",
    "mailadmin",
    "mail-admin",
    "post_master",
    "post.master",
];

/// Words by which a body says that delivery failed or is late.
pub const STATEMENTS: &[&str] = &[
    "could not be delivered",
    "couldn't be delivered",
    "unable to deliver",
    "was not delivered",
    "wasn't delivered",
    "not able to deliver",
    "undeliverable",
    "delivery failed",
    "delivery has failed",
    "delivery to the following",
    "did not reach",
    "failed to deliver",
    "cannot be delivered",
    "can not be delivered",
    "could not deliver",
    "permanent error",
    "permanent fatal errors",
    "transient non-fatal errors",
    "returned to you",
    "being returned",
    "transcript of session",
    "delivery attempts",
    "undelivered",
    "has been rejected",
    "was rejected",
    "couldn't deliver",
    "kan niet worden bezorgd",
    "niet worden bezorgd",
    "niet bezorgd",
    "n'a pas pu etre",
    "echec de la remise",
    "echec de remise",
    "konnte nicht zugestellt",
    "nicht zugestellt",
    "could not be sent",
    "failure reasons",
    "failed permanently",
    "did not succeed",
    "has not been delivered",
    "not been able to deliver",
    "delivery failure",
    "message undelivered",
    "error was encountered",
    "could not send message",
    "\"notificationtype\":\"bounce\"",
    "\"notificationtype\":\"delivery\"",
    "you are not a member",
    "message details",
    "no valid recipients",
];

/// Words by which a body says that delivery is late and still being tried.
pub const STILL_TRYING: &[&str] = &[
    "will retry",
    "will keep trying",
    "will continue to",
    "continue trying",
    "no action is required",
    "not yet been delivered",
    "has been delayed",
    "is delayed",
    "delivery is delayed",
    "warning message only",
    "you do not need to resend",
    "do not need to resend",
    "still trying",
    "will be retried",
    "this is a warning",
    "this is just a warning",
    "transient non-fatal errors",
    "temporary problem delivering",
    "attempts to deliver the message will continue",
    "has not yet been",
    "could not send message for past",
    "blijven proberen",
    "nog niet geleverd",
    "nog niet bezorgd",
    "weitere zustellversuche",
    "nouvelle tentative",
    "nouvelles tentatives",
    "wird weiterhin versucht",
    "delivery delayed",
    "does not require any action",
    "message delayed",
    "will try again",
    "could not send mail for past",
    "could not send mail for",
    "hasn't been delivered",
    "message will be retried",
    "delivery is late",
];

/// Words that take back what [`STILL_TRYING`] says: it was tried and is over.
pub const GIVEN_UP: &[&str] = &[
    "given up",
    "giving up",
    "has been removed from the queue",
    "permanent error",
    "permanent fatal errors",
    "retry timeout exceeded",
    "failed permanently",
    "stopped trying",
    "too long",
];

/// Parts of the subject, at its start, by which a mail is an automatic answer.
pub const AUTO_REPLY_SUBJECTS: &[&str] = &[
    "automatic reply",
    "auto-reply",
    "auto reply",
    "autoreply",
    "auto:",
    "out of office",
    "out of the office",
    "out-of-office",
    "vacation",
    "on vacation",
    "automatisch antwoord",
    "automatische antwoord",
    "afwezig",
    "buiten kantoor",
    "niet aanwezig",
    "reponse automatique",
    "absence du bureau",
    "absent du bureau",
    "message d'absence",
    "absence",
    "automatische antwort",
    "abwesenheit",
    "abwesend",
    "autoresponder",
    "auto response",
    "autoresponse",
    "automated reply",
    "away from",
    "i am out",
    "respuesta automatica",
    "risposta automatica",
    "automatisk svar",
    "autosvar",
    "autoantwort",
    "afwezigheid",
    "respuesta de ausencia",
    "resposta automatica",
];

/// Words that only reports contain; one of them is proof enough.
pub const PROOFS: &[&str] = &[
    "\"notificationtype\":\"",
    "\"eventtype\":\"bounce\"",
    "transcript of session follows",
    "this message was created automatically by mail delivery software",
    "this is the mail system at host",
    "i'm afraid i wasn't able to deliver your message",
    "i'm sorry to have to inform you that your message could not",
    "the following address(es) failed",
    "did not reach the following recipient",
    "generating server:",
    "diagnostic information for administrators",
    "error message below:",
    "message details: ",
    "the following addresses had permanent",
    "the following addresses had transient",
    "technical details of permanent failure",
    "was not delivered to:",
    "delivery to the following recipient failed",
    "delivery to the following recipients failed",
    "reason for non-delivery",
    "reporting-mta:",
    "you are not a member of this mailing list",
    "diagnostische gegevens voor beheerders",
    "informations de diagnostic pour les administrateurs",
    "diagnoseinformationen fur administratoren",
    "x-failed-recipients:",
];

/// Words by which a report says that the message arrived.
pub const ARRIVED: &[&str] = &[
    "\"notificationtype\":\"delivery\"",
    "was successfully delivered",
    "has been successfully delivered",
    "successfully relayed",
    "your message has been delivered",
    "successful mail delivery report",
    "delivery to these recipients or groups is complete",
    "successfully sent to the following",
    "has been delivered to the following",
    "is voltooid",
    "delivery has been completed",
];

/// Fields of a delivery status (RFC 3464), as they stand in a text that lost its structure.
pub const STATUS_FIELDS: &[&str] = &["final-recipient", "original-recipient"];
