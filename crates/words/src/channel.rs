//! The channels of texts to copy.

/// How a text reaches its reader.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Channel {
    /// On paper.
    Letter,
    /// A text message.
    Sms,
    /// A telephone call.
    Phone,
    /// A mail, to a helpdesk.
    Mail,
}
