//! Declares closed sets, and converts their codes.

/// Declares a closed set once, so that no list can miss a variant: `ALL` has every variant in this order. If each
/// variant has a code, `code` returns it, and JSON contains it.
///
/// ```
/// bezorgd_model::codes::closed_set! {
///     /// What is sent.
///     #[derive(Clone, Copy, Debug, PartialEq, serde::Serialize)]
///     pub enum Thing {
///         /// A document.
///         Invoice = "invoice",
///         /// Ahead of a due date.
///         Reminder = "first-reminder",
///     }
/// }
///
/// assert_eq!(Thing::ALL, [Thing::Invoice, Thing::Reminder]);
/// assert_eq!(Thing::Reminder.code(), "first-reminder");
/// ```
#[macro_export]
macro_rules! closed_set {
    ($(#[$set:meta])* $visible:vis enum $name:ident { $($(#[$of:meta])* $variant:ident = $code:literal,)+ }) => {
        $(#[$set])*
        $visible enum $name {
            $($(#[$of])* #[serde(rename = $code)] $variant,)+
        }

        impl $name {
            /// Every variant, in the order of their declaration.
            $visible const ALL: [Self; [$($code),+].len()] = [$(Self::$variant),+];

            /// Its code in JSON, data files and links.
            $visible const fn code(self) -> &'static str {
                match self { $(Self::$variant => $code,)+ }
            }
        }
    };
    ($(#[$set:meta])* $visible:vis enum $name:ident { $($(#[$of:meta])* $variant:ident,)+ }) => {
        $(#[$set])*
        $visible enum $name {
            $($(#[$of])* $variant,)+
        }

        impl $name {
            /// Every variant, in the order of their declaration.
            $visible const ALL: [Self; [$(stringify!($variant)),+].len()] = [$(Self::$variant),+];
        }
    };
}

pub use closed_set;

/// The Rust variant of a code: `MailboxFull` for `mailbox-full`. For build scripts, whose output the
/// compiler then checks.
pub fn variant(code: &str) -> String {
    code.split('-')
        .map(|word| {
            let (first, rest) = word.split_at(word.chars().next().map_or(0, char::len_utf8));
            first.to_uppercase() + rest
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        Action, Cause, Change, DateOrder, DetailCode, Format, Kind, NextStep, Permanence,
        ProblemCode, Role, Sender, State,
    };
    use serde::Serialize;
    use std::fmt::Debug;

    /// Checks that codes are unique, and are what JSON contains.
    fn check<T: Copy + Debug + Serialize>(set: &[T], code: impl Fn(T) -> &'static str) {
        let mut codes: Vec<_> = set.iter().map(|&one| code(one)).collect();
        for (one, code) in set.iter().zip(&codes) {
            assert_eq!(serde_json::to_value(one).unwrap(), *code);
        }
        codes.sort_unstable();
        codes.dedup();
        assert_eq!(codes.len(), set.len(), "two of {set:?} have the same code");
    }

    /// The same for a set that build scripts write Rust for.
    fn check_named<T: Copy + Debug + Serialize>(set: &[T], code: impl Fn(T) -> &'static str) {
        check(set, &code);
        for &one in set {
            assert_eq!(variant(code(one)), format!("{one:?}"));
        }
    }

    #[test]
    fn every_code_is_unique_and_serialises_as_itself() {
        check_named(&Permanence::ALL, Permanence::code);
        check(&Format::ALL, Format::code);
        check_named(&Action::ALL, Action::code);
        check_named(&Cause::ALL, Cause::code);
        check_named(&Change::ALL, Change::code);
        check_named(&DateOrder::ALL, DateOrder::code);
        check_named(&DetailCode::ALL, DetailCode::code);
        check_named(&Kind::ALL, Kind::code);
        check_named(&NextStep::ALL, NextStep::code);
        check_named(&ProblemCode::ALL, ProblemCode::code);
        check_named(&Role::ALL, Role::code);
        check_named(&Sender::ALL, Sender::code);
        check_named(&State::ALL, State::code);
    }
}
