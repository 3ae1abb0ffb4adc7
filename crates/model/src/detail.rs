//! What a server says beside the cause: which list, which limit, which address.

use crate::codes::closed_set;
use serde::{Deserialize, Serialize};

/// What the words of a server say beyond the cause.
#[derive(Clone, Debug, Deserialize, Eq, PartialEq, Serialize)]
pub struct Detail {
    /// What sort of detail it is.
    pub code: DetailCode,
    /// The name of the blocklist, or the new address; `None` for other details and where the words have none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<Box<str>>,
    /// After how many seconds to try again, or how many bytes a message may have; `None` for other details and where
    /// the words have none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub amount: Option<u32>,
}

closed_set! {
    /// A sort of [`Detail`].
    #[derive(Clone, Copy, Debug, Deserialize, Eq, Hash, PartialEq, Serialize)]
    pub enum DetailCode {
        /// The sender is on a blocklist; `name` is its name, or its host name.
        Blocklist = "blocklist",
        /// The IP address of the sending server has no name (PTR record), or not that of the server.
        ReverseDns = "reverse-dns",
        /// The domain of the sender does not exist or receives no mail.
        SenderDomain = "sender-domain",
        /// The sender sent too much in a short time; `amount` in seconds.
        RateLimit = "rate-limit",
        /// The server lets unknown senders wait; `amount` in seconds.
        Greylisting = "greylisting",
        /// The servers did not agree on an encrypted connection.
        Tls = "tls",
        /// A virus was found.
        Virus = "virus",
        /// The sort of attachment is not allowed.
        AttachmentType = "attachment-type",
        /// The disk of the server is full, not the mailbox.
        DiskFull = "disk-full",
        /// The message is over a limit; `amount` in bytes, where a server states one.
        SizeLimit = "size-limit",
        /// The recipient moved; `name` is the new address.
        Moved = "moved",
    }
}
