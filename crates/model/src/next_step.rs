//! The next step for a recipient: what somebody has to do, and who.

use crate::cause::Cause;
use crate::diagnosis::State;
use crate::sender::Sender;
use serde::{Deserialize, Serialize};

/// What has to be done about a recipient, and by whom; most urgent first.
#[derive(Clone, Copy, Debug, Deserialize, Eq, Hash, Ord, PartialEq, PartialOrd, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum NextStep {
    /// The sender corrects or replaces the address.
    CorrectAddress,
    /// The sender reaches the recipient in another way.
    OtherChannel,
    /// The sender ticks an option so that it is sent at all.
    TickOption,
    /// The recipient does something: frees space, lets the sender through.
    AskRecipient,
    /// The sender changes the message.
    ChangeMessage,
    /// A helpdesk or administrator looks into it.
    CallHelpdesk,
    /// A person reads the evidence.
    ReadEvidence,
    /// Wait: it is still being tried.
    Wait,
    /// It was delivered; the recipient looks in the spam folder.
    LookInSpam,
    /// Nothing to be done.
    Nothing,
}

impl NextStep {
    /// Every step, most urgent first.
    pub const ALL: [Self; 10] = [
        Self::CorrectAddress,
        Self::OtherChannel,
        Self::TickOption,
        Self::AskRecipient,
        Self::ChangeMessage,
        Self::CallHelpdesk,
        Self::ReadEvidence,
        Self::Wait,
        Self::LookInSpam,
        Self::Nothing,
    ];

    /// The code of this step in messages and in the words.
    pub const fn code(self) -> &'static str {
        match self {
            Self::CorrectAddress => "correct-address",
            Self::OtherChannel => "other-channel",
            Self::TickOption => "tick-option",
            Self::AskRecipient => "ask-recipient",
            Self::ChangeMessage => "change-message",
            Self::CallHelpdesk => "call-helpdesk",
            Self::ReadEvidence => "read-evidence",
            Self::Wait => "wait",
            Self::LookInSpam => "look-in-spam",
            Self::Nothing => "nothing",
        }
    }

    /// What has to be done about a recipient with this cause and state.
    pub fn of(sender: Sender, cause: Cause, state: State) -> Self {
        match state {
            State::Delivered => Self::LookInSpam,
            State::Retrying => Self::Wait,
            State::NotAttempted => Self::TickOption,
            // What the evidence says was not understood: a person has to read it.
            State::None if matches!(cause, Cause::Unknown) => Self::ReadEvidence,
            State::None => Self::Nothing,
            State::Failed | State::GaveUp => Self::after_failure(sender, cause),
        }
    }

    /// The step after a failure that is final, or that nobody retries.
    pub(crate) fn after_failure(sender: Sender, cause: Cause) -> Self {
        match cause {
            Cause::AddressUnknown
            | Cause::DomainUnknown
            | Cause::AddressMoved
            | Cause::RelayDenied
            | Cause::Suppressed
            | Cause::Refused => Self::CorrectAddress,
            Cause::Unsubscribed
            | Cause::MailboxDisabled
            | Cause::Expired
            | Cause::Temporary
            | Cause::Unreachable => Self::OtherChannel,
            Cause::MailboxFull | Cause::RecipientRestricted => Self::AskRecipient,
            Cause::MessageTooLarge | Cause::ContentRejected | Cause::SpamRejected => {
                Self::ChangeMessage
            }
            Cause::SenderBlocked
            | Cause::AuthenticationFailed
            | Cause::ServerError
            | Cause::DocumentReused => Self::CallHelpdesk,
            // POM's helpdesk explains what its report does not; elsewhere the text itself is all there is.
            Cause::Unknown => match sender {
                Sender::Pom => Self::CallHelpdesk,
                Sender::Wise | Sender::Other => Self::ReadEvidence,
            },
            Cause::NotAttempted => Self::TickOption,
            Cause::Delivered => Self::LookInSpam,
            Cause::AutoReply | Cause::Complaint | Cause::NotABounce => Self::Nothing,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_state_that_is_not_a_failure_decides_alone() {
        for cause in Cause::ALL {
            assert_eq!(
                NextStep::of(Sender::Pom, *cause, State::Retrying),
                NextStep::Wait
            );
            assert_eq!(
                NextStep::of(Sender::Pom, *cause, State::Delivered),
                NextStep::LookInSpam
            );
        }
    }

    #[test]
    fn an_unknown_message_goes_to_the_helpdesk_only_where_there_is_one() {
        assert_eq!(
            NextStep::of(Sender::Pom, Cause::Unknown, State::Failed),
            NextStep::CallHelpdesk
        );
        assert_eq!(
            NextStep::of(Sender::Other, Cause::Unknown, State::Failed),
            NextStep::ReadEvidence
        );
    }
}
