//! Selects the text to copy for the recipient or a helpdesk.

use crate::cause::Cause;
use crate::codes::closed_set;
use crate::diagnosis::State;
use crate::next_step::NextStep;
use crate::sender::Sender;

closed_set! {
    /// A text to copy that helps with the next step.
    #[derive(Clone, Copy, Debug, Eq, PartialEq)]
    pub enum ReadyText {
        /// To the recipient: which address is right?
        WrongAddress,
        /// To the recipient: make room.
        MailboxFull,
        /// To the recipient: it will come in another way.
        Unsubscribed,
        /// To the recipient: is the address still used?
        NotArrived,
        /// To the recipient: it is there, look in the spam folder.
        LookInSpam,
        /// To the recipient: let the sender through.
        LetUsIn,
        /// To the helpdesk or administrator: what is wrong?
        Helpdesk,
    }
}

impl ReadyText {
    /// The text for a recipient with this cause and state; `None` if no text would help.
    pub fn of(sender: Sender, cause: Cause, state: State) -> Option<Self> {
        match (state, cause) {
            (State::Delivered, _) => Some(Self::LookInSpam),
            (State::None | State::NotAttempted, _) => None,
            (_, Cause::MailboxFull) => Some(Self::MailboxFull),
            // While the sending system retries, there is nothing to say.
            (State::Retrying, _) => None,
            (_, Cause::Unsubscribed) => Some(Self::Unsubscribed),
            (_, Cause::RecipientRestricted | Cause::SpamRejected) => Some(Self::LetUsIn),
            (_, Cause::MessageTooLarge | Cause::ContentRejected) => None,
            (_, Cause::MailboxDisabled) => Some(Self::WrongAddress),
            _ => match NextStep::after_failure(sender, cause) {
                NextStep::CorrectAddress => Some(Self::WrongAddress),
                NextStep::OtherChannel => Some(Self::NotArrived),
                NextStep::CallHelpdesk | NextStep::ReadEvidence => Some(Self::Helpdesk),
                NextStep::AskRecipient
                | NextStep::ChangeMessage
                | NextStep::LookInSpam
                | NextStep::Nothing
                | NextStep::TickOption
                | NextStep::Wait => None,
            },
        }
    }
}
