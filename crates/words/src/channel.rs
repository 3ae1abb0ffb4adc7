//! The ways in which a text reaches somebody.

/// How a text is brought.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Channel {
    /// On paper.
    Letter,
    /// A text message.
    Sms,
    /// What to say.
    Phone,
    /// A mail, to a helpdesk.
    Mail,
}
