//! How the columns of a report were read, for a person to see and to change.

use serde::{Deserialize, Serialize};

/// What a column of a report holds.
#[derive(Clone, Copy, Debug, Deserialize, Eq, Hash, PartialEq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Role {
    /// The e-mail address of the recipient.
    Address,
    /// Whether it was delivered.
    Status,
    /// Why not, in the words of a server or of the sending system.
    Message,
    /// The date of the attempt, often with the time.
    Date,
    /// The time of day, where it stands apart from the date.
    Time,
    /// The document (invoice, message) that was sent.
    Document,
    /// The number that the sender knows the recipient by.
    Customer,
    /// The recipient's name, or family name where another column holds the first names.
    Name,
    /// The recipient's first name.
    FirstName,
}

impl Role {
    /// Every role, in the order in which they are documented.
    pub const ALL: [Self; 9] = [
        Self::Address,
        Self::Status,
        Self::Message,
        Self::Date,
        Self::Time,
        Self::Document,
        Self::Customer,
        Self::Name,
        Self::FirstName,
    ];
}

/// Which of two numbers is the day where both could be.
#[derive(Clone, Copy, Debug, Deserialize, Eq, Hash, PartialEq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum DateOrder {
    /// 12/03 is the twelfth of March: how Belgium writes.
    DayFirst,
    /// 12/03 is the third of December.
    MonthFirst,
}

/// How the columns of a report were read.
#[derive(Clone, Debug, Deserialize, Eq, PartialEq, Serialize)]
pub struct ColumnReading {
    /// The columns from left to right; those far to the right that hold nothing of use are left out.
    pub columns: Vec<Column>,
    /// The line of the first row that counts, from 1; what stands above it is a title or a header.
    pub first_line: u32,
    /// In which order the dates were read; `None` where there are none that need an order.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub date_order: Option<DateOrder>,
}

/// One column, as it was read.
#[derive(Clone, Debug, Deserialize, Eq, PartialEq, Serialize)]
pub struct Column {
    /// Its name in the header; empty where it has none. Cut off when long.
    pub header: String,
    /// The first of its cells that is not empty. Cut off when long.
    pub sample: String,
    /// What it was read as; `None` when it was not used.
    pub role: Option<Role>,
}

/// How a person wants the columns of a report to be read, instead of what was found.
#[derive(Clone, Debug, Default, Deserialize, Eq, PartialEq, Serialize)]
pub struct ColumnChoice {
    /// What each column holds, from left to right; `None` for what is of no use. Where a role stands
    /// twice, the first column counts.
    pub roles: Vec<Option<Role>>,
    /// In which order the dates stand; `None` to find out.
    pub date_order: Option<DateOrder>,
}
