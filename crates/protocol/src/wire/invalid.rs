//! What is wrong with bytes that are no message.

/// The bytes are no message, or the value can be none. It carries no reason: both sides are built together, so that
/// only a mistake in the code can cause it.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
#[non_exhaustive]
pub struct InvalidMessage;

impl std::fmt::Display for InvalidMessage {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("not a message of this version of the page")
    }
}

impl std::error::Error for InvalidMessage {}

impl serde::ser::Error for InvalidMessage {
    fn custom<T: std::fmt::Display>(_: T) -> Self {
        Self
    }
}

// The defaults of serde would format what they found, for which nobody would look here.
impl serde::de::Error for InvalidMessage {
    fn custom<T: std::fmt::Display>(_: T) -> Self {
        Self
    }

    fn invalid_type(_: serde::de::Unexpected<'_>, _: &dyn serde::de::Expected) -> Self {
        Self
    }

    fn invalid_value(_: serde::de::Unexpected<'_>, _: &dyn serde::de::Expected) -> Self {
        Self
    }

    fn invalid_length(_: usize, _: &dyn serde::de::Expected) -> Self {
        Self
    }

    fn unknown_variant(_: &str, _: &'static [&'static str]) -> Self {
        Self
    }

    fn unknown_field(_: &str, _: &'static [&'static str]) -> Self {
        Self
    }

    fn missing_field(_: &'static str) -> Self {
        Self
    }

    fn duplicate_field(_: &'static str) -> Self {
        Self
    }
}
