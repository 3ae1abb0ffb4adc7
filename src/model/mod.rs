//! What the analyser speaks: causes, attempts, recipients, diagnoses and problems.
//!
//! Plain data that every layer shares and that serialises to the project's JSON. Knows nothing of
//! files, rules or words.

mod cause;
mod columns;
mod customer;
mod diagnosis;
mod moment;
mod problem;

pub use cause::{Cause, Permanence};
pub use columns::{Column, ColumnChoice, ColumnReading, DateOrder, Role};
pub use customer::Customer;
pub use diagnosis::{
    Action, Attempt, Diagnosis, EnhancedStatus, Format, Kind, Original, Recipient, Sender, Span,
    State,
};
pub use moment::{Day, InvalidMoment, Moment, civil};
pub use problem::{Problem, ProblemCode};
