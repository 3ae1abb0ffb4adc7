//! What the analyser speaks: causes, attempts, recipients, diagnoses and problems.
//!
//! Plain data that every layer shares and that serialises to the project's JSON. Knows nothing of
//! files, rules or words.

mod cause;
pub mod codes;
mod columns;
mod customer;
mod diagnosis;
mod fitting_rule;
pub mod fold;
mod moment;
mod next_step;
pub mod patterns;
mod problem;
mod ready_text;
mod sender;
mod workbook;

pub use cause::{Cause, Permanence};
pub use columns::{Column, ColumnChoice, ColumnReading, DateOrder, Role};
pub use customer::Customer;
pub use diagnosis::{
    Action, Attempt, Diagnosis, EnhancedStatus, Format, InvalidStatus, Kind, Original, Recipient,
    Span, State,
};
pub use fitting_rule::{FittingRule, Lost};
pub use moment::{Day, InvalidMoment, Moment, civil};
pub use next_step::NextStep;
pub use patterns::{Change, Provider};
pub use problem::{ColumnName, LeftOut, Problem, ProblemCode, ProblemDetail};
pub use ready_text::ReadyText;
pub use sender::{Sender, UnknownSender};
pub use workbook::{MOST_ROWS, NoWorkbook};
