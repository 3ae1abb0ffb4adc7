//! The next step for a recipient: what somebody has to do, and who.

use crate::cause::Cause;
use crate::codes::closed_set;
use crate::diagnosis::State;
use crate::sender::Sender;
use serde::{Deserialize, Serialize};

closed_set! {
    /// What has to be done about a recipient, and by whom; most urgent first.
    #[derive(Clone, Copy, Debug, Deserialize, Eq, Hash, Ord, PartialEq, PartialOrd, Serialize)]
    pub enum NextStep {
        /// The sender corrects or replaces the address.
        CorrectAddress = "correct-address",
        /// The sender contacts the recipient in another way.
        OtherChannel = "other-channel",
        /// The sender ticks an option so that it is sent at all.
        TickOption = "tick-option",
        /// The recipient does something: frees space, lets the sender through.
        AskRecipient = "ask-recipient",
        /// The sender changes the message.
        ChangeMessage = "change-message",
        /// A helpdesk or administrator investigates.
        CallHelpdesk = "call-helpdesk",
        /// A person reads the evidence.
        ReadEvidence = "read-evidence",
        /// Wait: the sending system still retries.
        Wait = "wait",
        /// It was delivered; the recipient looks in the spam folder.
        LookInSpam = "look-in-spam",
        /// Nobody has to do anything.
        Nothing = "nothing",
    }
}

impl NextStep {
    /// What has to be done about a recipient with this cause and state.
    pub fn of(sender: Sender, cause: Cause, state: State) -> Self {
        match state {
            State::Delivered => Self::LookInSpam,
            State::Retrying => Self::Wait,
            State::NotAttempted => Self::TickOption,
            // The evidence was not understood: a person has to read it.
            State::None if matches!(cause, Cause::Unknown) => Self::ReadEvidence,
            State::None => Self::Nothing,
            State::Failed | State::GaveUp => Self::after_failure(sender, cause),
        }
    }

    /// The step after a final failure.
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
            // POM's helpdesk can explain what its report does not; elsewhere there is only the text.
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
                NextStep::of(Sender::Pom, cause, State::Retrying),
                NextStep::Wait
            );
            assert_eq!(
                NextStep::of(Sender::Pom, cause, State::Delivered),
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
