//! The sending systems: what their reports call things, how they are recognised, and what they do after a failure.
//!
//! Each is a TOML file beside this one.

pub mod bounces;
pub mod counter;
pub mod message_types;
pub mod statuses;

use bezorgd_model::fold::lowercase;
use bezorgd_model::{Action, Attempt, Cause, Day, Moment, Sender, State};
use counter::{Before, Counted, Thresholds};
use message_types::{Known, Letter, MessageType};
use statuses::StatusMeaning;

/// What is known of one sending system.
#[derive(Debug)]
pub struct Policy {
    /// Status words that mean delivered.
    pub delivered: &'static [&'static str],
    /// Status words that mean failed.
    pub failed: &'static [&'static str],
    /// Status words that mean that it is still being tried.
    pub delayed: &'static [&'static str],
    /// The domain that its mails come from; empty when that differs from case to case.
    pub domain: &'static str,
    /// Whether its report has a line for everyone it tried to reach, so that whoever is absent was never attempted.
    pub lists_everyone: bool,
    /// Whether its users also receive its bounces: one that names no system is then taken to be this one's.
    pub claims_bounces: bool,
    /// For how many hours after the first attempt it retries by itself; `None` when unknown.
    pub retry_hours: Option<u32>,
    /// After which causes it does so.
    pub retried: &'static [Cause],
    /// How the form of a message that is a mail is written, in a report about other forms too.
    mail_forms: &'static [&'static str],
    /// Status words that no other system writes this way, capitals included.
    own_statuses: &'static [&'static str],
    /// What no other system writes at the start of a cell, capitals included.
    own_words: &'static [&'static str],
    /// Its own words for some causes.
    reasons: &'static [(Cause, &'static [&'static str])],
    /// How it counts the bounces of an address, if it does.
    pub counter: Option<Thresholds>,
    /// The types of message that it distinguishes.
    message_types: &'static [Known],
}

/// Longer cells hold no status and no code, with or without its meaning; in bytes.
const LONGEST_WORD: usize = 100;

const DASHES: [char; 3] = ['-', '–', '—'];

include!(concat!(env!("OUT_DIR"), "/senders.rs"));

impl Policy {
    /// The policy of a sending system.
    pub fn of(sender: Sender) -> &'static Self {
        policy_of(sender)
    }

    /// Its own words for a cause, as its users read them.
    pub fn reasons(&self, cause: Cause) -> &'static [&'static str] {
        let known = self.reasons.iter().find(|(known, _)| *known == cause);
        known.map_or(&[], |(_, words)| words)
    }

    /// How it counts bounces: as set by a person, or else as it is known to; `None` if it does not count.
    pub fn thresholds(&self, set: Option<Thresholds>) -> Option<Thresholds> {
        self.counter.map(|known| set.unwrap_or(known))
    }

    /// The word for a failure in its own reports; empty where none is known.
    pub fn failed_code(&self) -> &'static str {
        self.failed.first().copied().unwrap_or_default()
    }

    /// The word for a mail in its own reports; empty where they list no other forms.
    pub fn mail_form(&self) -> &'static str {
        self.mail_forms.first().copied().unwrap_or_default()
    }

    /// The types of message it distinguishes.
    pub fn message_types(&self) -> Vec<MessageType> {
        self.message_types.iter().map(MessageType::from).collect()
    }

    /// The message types as set by a person, or else those of every system that has them.
    pub fn message_types_or_known(set: Option<&[MessageType]>) -> Vec<MessageType> {
        let known = || {
            Sender::ALL
                .iter()
                .flat_map(|&sender| Self::of(sender).message_types())
        };
        set.map_or_else(|| known().collect(), <[_]>::to_vec)
    }

    /// What a word in the status column means: a word of the system itself, in any case, or else one of
    /// the [`statuses`] of all systems. `None` where it is not known.
    pub fn status(&self, status: &str) -> Option<StatusMeaning> {
        let own = self.own_action(status).map(StatusMeaning::of);
        own.or_else(|| statuses::meaning(status))
    }

    /// What a word in the status column means to the system itself.
    pub fn own_action(&self, status: &str) -> Option<Action> {
        if status.len() > LONGEST_WORD {
            return None;
        }
        let among = |words: &[&str]| words.iter().any(|word| self.is_code(word, status));
        if among(self.delivered) {
            Some(Action::Delivered)
        } else if among(self.failed) {
            Some(Action::Failed)
        } else if among(self.delayed) {
            Some(Action::Delayed)
        } else {
            None
        }
    }

    /// Whether its report is a list of messages in every form and status, that names the recipient and
    /// not always the address.
    pub fn lists_messages(&self) -> bool {
        !self.mail_forms.is_empty()
    }

    /// Whether a cell of such a list says that the message was a mail.
    pub fn is_mail_form(&self, cell: &str) -> bool {
        self.mail_forms.iter().any(|form| self.is_code(form, cell))
    }

    /// Whether it distinguishes types of message.
    pub fn has_message_types(&self) -> bool {
        !self.message_types.is_empty()
    }

    /// Whether the type of message in a cell is one that it distinguishes.
    pub fn has_type(&self, cell: &str) -> bool {
        let mut types = self.message_types.iter();
        types.any(|known| known.code == self.code(cell))
    }

    /// Whether a cell is a status that no other system writes this way.
    pub fn is_own_status(&self, cell: &str) -> bool {
        self.own_statuses.contains(&cell)
    }

    /// Whether a cell begins with words that no other system writes.
    pub fn has_own_words(&self, cell: &str) -> bool {
        let meaning = cell[self.code(cell).len()..].trim_start();
        let meaning = meaning.trim_start_matches(is_between).trim_start();
        let begins = |text: &str| self.own_words.iter().any(|word| text.starts_with(word));
        begins(cell) || begins(meaning)
    }

    /// The policy of the system whose reports list messages by recipient instead of by address, such as
    /// a library's; that of any other system where there is none.
    pub fn of_message_lists() -> &'static Self {
        let mut policies = Sender::ALL.iter().map(|&sender| Self::of(sender));
        policies
            .find(|policy| policy.lists_messages())
            .unwrap_or(&OTHER)
    }

    /// The code in a cell of a list of messages, which may be followed by its meaning: `R` of
    /// `R - onherstelbaar`. The entire cell where there is none, and in other reports.
    pub fn code<'a>(&self, cell: &'a str) -> &'a str {
        if !self.lists_messages() || cell.len() > LONGEST_WORD {
            return cell;
        }
        let letters = |letter: char| letter.is_alphanumeric();
        let rest = cell.trim_start_matches(letters);
        let code = &cell[..cell.len() - rest.len()];
        // Not `e-mail`.
        let is_one_word = rest.starts_with(DASHES);
        let is_explained = !is_one_word && rest.trim_start().starts_with(is_between);
        if is_explained && !code.is_empty() {
            code
        } else {
            cell
        }
    }

    fn is_code(&self, code: &str, cell: &str) -> bool {
        let own = self.code(cell);
        same_word(code, cell) || own.len() < cell.len() && same_word(code, own)
    }

    /// The state of delivery after the given attempts at one document, oldest first.
    ///
    /// Attempts that lie within the retry time of the first of them are one run; only the last run
    /// counts. Without attempts, nothing was attempted.
    pub fn settle(&self, attempts: &[&Attempt], now: Moment) -> DeliveryOutcome {
        let without_reason = |state, cause| DeliveryOutcome {
            state,
            cause,
            retry_until: None,
        };
        if attempts.is_empty() {
            return without_reason(State::NotAttempted, Cause::NotAttempted);
        }
        // An attempt whose outcome is not known decides nothing as long as there is another.
        let mut decided = attempts.iter().rev();
        let Some(last) = decided.find(|attempt| attempt.action != Action::Unknown) else {
            return without_reason(State::None, Cause::Unknown);
        };
        if matches!(last.cause, Cause::AutoReply | Cause::Complaint) {
            // The message arrived, and this is what came back.
            return without_reason(State::None, last.cause);
        }
        let outcome = |state, retry_until| DeliveryOutcome {
            state,
            cause: last.cause,
            retry_until,
        };
        match last.action {
            Action::Delivered | Action::Relayed | Action::Expanded => {
                outcome(State::Delivered, None)
            }
            Action::Unknown => outcome(State::None, None),
            Action::Delayed => outcome(State::Retrying, None),
            Action::Failed => match self.retry_hours {
                Some(hours) if self.retried.contains(&last.cause) => {
                    match first_of_run(attempts, hours) {
                        Some(first) => {
                            let end = first.plus_hours(hours);
                            outcome(
                                if now < end {
                                    State::Retrying
                                } else {
                                    State::GaveUp
                                },
                                Some(end),
                            )
                        }
                        // A report without dates does not show whether the time is over.
                        None => outcome(State::Retrying, None),
                    }
                }
                _ => outcome(State::Failed, None),
            },
        }
    }
}

/// The state of delivery, and why.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct DeliveryOutcome {
    /// The state of delivery.
    pub state: State,
    /// The cause of the attempt that decides.
    pub cause: Cause,
    /// Until when it is retried, or was.
    pub retry_until: Option<Moment>,
}

/// When the run of attempts began that the last one belongs to.
fn first_of_run(attempts: &[&Attempt], hours: u32) -> Option<Moment> {
    attempts
        .iter()
        .fold(None, |first: Option<Moment>, attempt| {
            match (first, attempt.at) {
                _ if attempt.action == Action::Delivered => None,
                (Some(first), Some(at)) if at > first.plus_hours(hours) => Some(at),
                (None, at) => at,
                (first, _) => first,
            }
        })
}

/// The sending system of a message with this code of a message type; `None` where the code says nothing
/// about it.
///
/// A system that has the type comes before one that distinguishes types at all: a person may have
/// added the type.
pub fn sender_by_message_type(code: &str) -> Option<Sender> {
    if !message_types::is_distinctive(code) {
        return None;
    }
    let first = |fits: fn(&Policy, &str) -> bool| {
        let mut senders = Sender::ALL.iter().copied();
        senders.find(|&sender| fits(Policy::of(sender), code))
    };
    first(Policy::has_type).or_else(|| first(|policy, _| policy.has_message_types()))
}

/// The system to assume for a message that names none: the only system that the evidence names, if bounces
/// that name none are its own; `assumed` as long as the evidence names no system.
pub fn sender_of_unnamed(named: impl Iterator<Item = Sender>, assumed: Option<Sender>) -> Sender {
    let mut systems = named.filter(|&sender| sender != Sender::Other);
    match (systems.next(), systems.next()) {
        (None, _) => assumed.unwrap_or(Sender::Other),
        (Some(sender), None) if Policy::of(sender).claims_bounces => sender,
        _ => Sender::Other,
    }
}

/// Separates a code from its meaning, apart from white space.
fn is_between(character: char) -> bool {
    DASHES.contains(&character) || matches!(character, ':' | '=' | '(')
}

fn same_word(word: &str, status: &str) -> bool {
    word.eq_ignore_ascii_case(status)
        || (!status.is_ascii() && lowercase(word) == lowercase(status))
}
