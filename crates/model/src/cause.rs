//! The closed set of causes a diagnosis can name.

use crate::codes::closed_set;
use serde::{Deserialize, Serialize};

/// Declares [`Cause`] once: its code and what the sender may expect of the address next time.
macro_rules! causes {
    ($($(#[$doc:meta])+ $name:ident = $code:literal, $permanence:ident;)+) => {
        closed_set! {
            /// Why one recipient of one message did (or did not) get it, in as much detail as a person
            /// needs in order to act.
            #[derive(Clone, Copy, Debug, Deserialize, Eq, Hash, Ord, PartialEq, PartialOrd, Serialize)]
            pub enum Cause {
                $($(#[$doc])+ $name = $code,)+
            }
        }

        impl Cause {
            /// What the sender may expect of the same address next time.
            pub const fn permanence(self) -> Permanence {
                match self { $(Cause::$name => Permanence::$permanence,)+ }
            }
        }
    };
}

causes! {
    /// The part before the @ does not exist at that domain.
    AddressUnknown = "address-unknown", Permanent;
    /// The part after the @ does not exist or accepts no mail.
    DomainUnknown = "domain-unknown", Permanent;
    /// The mailbox is over its quota.
    MailboxFull = "mailbox-full", Temporary;
    /// The account exists but is disabled, suspended, inactive, expired or locked.
    MailboxDisabled = "mailbox-disabled", Permanent;
    /// The recipient moved; the reply often names the new address.
    AddressMoved = "address-moved", Permanent;
    /// The receiving server deferred the message without a more precise cause.
    Temporary = "temporary", Temporary;
    /// No working connection to the receiving server.
    Unreachable = "unreachable", Temporary;
    /// The sending server gave up after retrying and names no more precise cause.
    Expired = "expired", Temporary;
    /// The content was judged spam.
    SpamRejected = "spam-rejected", Temporary;
    /// The sender's IP address, domain, name or reputation is refused.
    SenderBlocked = "sender-blocked", Temporary;
    /// SPF, DKIM, DMARC or SMTP login failed.
    AuthenticationFailed = "authentication-failed", Temporary;
    /// The message is over a size limit.
    MessageTooLarge = "message-too-large", PermanentForThisMessage;
    /// Refused for its form or contents, but not as spam.
    ContentRejected = "content-rejected", PermanentForThisMessage;
    /// The recipient exists but accepts mail from some senders only.
    RecipientRestricted = "recipient-restricted", Permanent;
    /// The server says that it is not responsible for the domain.
    RelayDenied = "relay-denied", Permanent;
    /// Misconfiguration or fault of a mail system.
    ServerError = "server-error", Temporary;
    /// The sending system never tried: the address is on its own suppression list.
    Suppressed = "suppressed", Permanent;
    /// The recipient asked the sending system to stop.
    Unsubscribed = "unsubscribed", Permanent;
    /// POM: refused for good without a stated reason.
    Refused = "refused", Permanent;
    /// POM: the document was sent before.
    DocumentReused = "document-reused", Permanent;
    /// Delivered, relayed or expanded.
    Delivered = "delivered", None;
    /// The report has no line for this address.
    NotAttempted = "not-attempted", None;
    /// A vacation notice or other automatic reply.
    AutoReply = "auto-reply", None;
    /// The recipient marked the message as spam.
    Complaint = "complaint", None;
    /// Ordinary mail.
    NotABounce = "not-a-bounce", None;
    /// A bounce without a reason that any rule matches.
    Unknown = "unknown", Unknown;
}

closed_set! {
    /// What the sender may expect of the same address next time.
    #[derive(Clone, Copy, Debug, Deserialize, Eq, Hash, PartialEq, Serialize)]
    pub enum Permanence {
        /// It will fail again until somebody changes something.
        Permanent = "permanent",
        /// It may succeed later.
        Temporary = "temporary",
        /// This message will always fail; another one to the same address may arrive.
        PermanentForThisMessage = "permanent-for-this-message",
        /// Nothing failed.
        None = "none",
        /// The evidence does not say.
        Unknown = "unknown",
    }
}
