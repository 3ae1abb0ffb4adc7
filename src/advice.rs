//! Whose turn it is: what has to be done about a recipient, and by whom.

use crate::job::Turn;
use crate::model::{Cause, Sender, State};

/// What has to be done about a recipient with this cause and state.
pub fn turn(sender: Sender, cause: Cause, state: State) -> Turn {
    match state {
        State::Delivered => Turn::LookInSpam,
        State::Retrying => Turn::Wait,
        State::NotAttempted => Turn::TickOption,
        State::None => Turn::Nothing,
        State::Failed | State::GaveUp => after_failure(sender, cause),
    }
}

fn after_failure(sender: Sender, cause: Cause) -> Turn {
    match cause {
        Cause::AddressUnknown
        | Cause::DomainUnknown
        | Cause::AddressMoved
        | Cause::RelayDenied
        | Cause::Suppressed
        | Cause::Refused => Turn::CorrectAddress,
        Cause::Unsubscribed
        | Cause::MailboxDisabled
        | Cause::Expired
        | Cause::Temporary
        | Cause::Unreachable => Turn::OtherChannel,
        Cause::MailboxFull | Cause::RecipientRestricted => Turn::AskRecipient,
        Cause::MessageTooLarge | Cause::ContentRejected | Cause::SpamRejected => {
            Turn::ChangeMessage
        }
        Cause::SenderBlocked
        | Cause::AuthenticationFailed
        | Cause::ServerError
        | Cause::DocumentReused => Turn::CallHelpdesk,
        // POM's helpdesk explains what its report does not; elsewhere the text itself is all there is.
        Cause::Unknown if sender == Sender::Pom => Turn::CallHelpdesk,
        Cause::Unknown => Turn::ReadEvidence,
        Cause::NotAttempted => Turn::TickOption,
        Cause::Delivered => Turn::LookInSpam,
        Cause::AutoReply | Cause::Complaint | Cause::NotABounce => Turn::Nothing,
    }
}

/// A text that helps to carry out the advice.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Message {
    /// To the recipient: which address is right?
    WrongAddress,
    /// To the recipient: make room.
    MailboxFull,
    /// To the recipient: it comes in another way from now on.
    Unsubscribed,
    /// To the recipient: is the address still used?
    NotArrived,
    /// To the recipient: it is there, look in the spam folder.
    LookInSpam,
    /// To the recipient: let the sender through.
    LetUsIn,
    /// To the helpdesk or administrator: what is the matter?
    Helpdesk,
}

impl Message {
    /// Every message.
    pub const ALL: &'static [Self] = &[
        Self::WrongAddress,
        Self::MailboxFull,
        Self::Unsubscribed,
        Self::NotArrived,
        Self::LookInSpam,
        Self::LetUsIn,
        Self::Helpdesk,
    ];
}

/// The text that fits a recipient with this cause and state, if any does.
pub fn message(sender: Sender, cause: Cause, state: State) -> Option<Message> {
    match (state, cause) {
        (State::Delivered, _) => Some(Message::LookInSpam),
        (State::None | State::NotAttempted, _) => None,
        (_, Cause::MailboxFull) => Some(Message::MailboxFull),
        // Until it is given up, there is nothing to tell.
        (State::Retrying, _) => None,
        (_, Cause::Unsubscribed) => Some(Message::Unsubscribed),
        (_, Cause::RecipientRestricted | Cause::SpamRejected) => Some(Message::LetUsIn),
        (_, Cause::MessageTooLarge | Cause::ContentRejected) => None,
        (_, Cause::MailboxDisabled) => Some(Message::WrongAddress),
        _ => match after_failure(sender, cause) {
            Turn::CorrectAddress => Some(Message::WrongAddress),
            Turn::OtherChannel => Some(Message::NotArrived),
            Turn::CallHelpdesk | Turn::ReadEvidence => Some(Message::Helpdesk),
            _ => None,
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_state_that_is_not_a_failure_decides_alone() {
        for cause in Cause::ALL {
            assert_eq!(turn(Sender::Pom, *cause, State::Retrying), Turn::Wait);
            assert_eq!(
                turn(Sender::Pom, *cause, State::Delivered),
                Turn::LookInSpam
            );
        }
    }

    #[test]
    fn an_unknown_message_goes_to_the_helpdesk_only_where_there_is_one() {
        assert_eq!(
            turn(Sender::Pom, Cause::Unknown, State::Failed),
            Turn::CallHelpdesk
        );
        assert_eq!(
            turn(Sender::Other, Cause::Unknown, State::Failed),
            Turn::ReadEvidence
        );
    }
}
