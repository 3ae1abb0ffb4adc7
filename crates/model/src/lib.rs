//! The result of the analyser: causes, attempts, recipients, diagnoses and problems.
//!
//! Plain data that every package shares and that serialises to the project's JSON, with what follows from
//! it alone: the next step ([`NextStep::of`]), and patterns over many recipients ([`patterns`]). It depends
//! on no format, rule or language.
//!
//! ```
//! use bezorgd_model::{Cause, NextStep, Permanence, Sender, State};
//!
//! // Every closed set is listed, has a code, and is the same in JSON.
//! assert_eq!(Cause::MailboxFull.code(), "mailbox-full");
//! assert_eq!(Cause::MailboxFull.permanence(), Permanence::Temporary);
//! assert!(Cause::ALL.contains(&Cause::MailboxFull));
//! let step = NextStep::of(Sender::Other, Cause::MailboxFull, State::Retrying);
//! assert!(NextStep::ALL.contains(&step));
//! ```
//!
//! Enums that programs translate or act on are exhaustive on purpose, so that a new value fails to compile
//! wherever it has no text yet. Types that are only returned and may grow are `#[non_exhaustive]`.

mod address;
mod arrival;
mod cause;
pub mod codes;
mod columns;
mod customer;
mod detail;
mod diagnosis;
mod fitting_rule;
pub mod fold;
pub mod look_alike;
mod moment;
mod next_step;
pub mod patterns;
mod problem;
mod ready_text;
mod sender;
pub mod shown;
pub mod sorting;
mod workbook;

pub use address::domain_of;
pub use arrival::{
    Arrival, Check, CheckMethod, CheckResult, Filter, FilterReason, FilterVerdict, Hop,
};
pub use cause::{Cause, Permanence};
pub use columns::{Column, ColumnChoice, ColumnReading, DateOrder, Role};
pub use customer::{Customer, without_zeros};
pub use detail::{Detail, DetailCode};
pub use diagnosis::{
    Action, Attempt, Diagnosis, EnhancedStatus, Format, InvalidStatus, Kind, Original, Recipient,
    Span, State,
};
pub use fitting_rule::{FittingRule, Lost};
pub use moment::{Day, InvalidMoment, Moment, civil};
pub use next_step::NextStep;
pub use patterns::{Change, FailingProvider, TypingMistake};
pub use problem::{ColumnName, LeftOut, Problem, ProblemCode, ProblemDetail, WrittenAddress};
pub use ready_text::ReadyText;
pub use sender::{Sender, UnknownSender};
pub use workbook::{MOST_ROWS, NoWorkbook};
