//! How the columns of a report were read, for a person to see and to change.

use crate::codes::closed_set;
use serde::{Deserialize, Serialize};

closed_set! {
    /// What a column of a report contains.
    #[derive(Clone, Copy, Debug, Deserialize, Eq, Hash, PartialEq, Serialize)]
    pub enum Role {
        /// The e-mail address of the recipient.
        Address = "address",
        /// Whether it was delivered.
        Status = "status",
        /// Why not, in the words of a server or of the sending system.
        Message = "message",
        /// The date of the attempt, often with the time.
        Date = "date",
        /// The time of day, if it is in a separate column.
        Time = "time",
        /// The document (invoice, message) that was sent.
        Document = "document",
        /// The recipient's customer number in the sending system.
        Customer = "customer",
        /// The recipient's name, or the family name if another column contains the first names.
        Name = "name",
        /// The recipient's first name.
        FirstName = "first-name",
        /// The form in which the message was sent: by mail, on paper.
        Form = "form",
        /// The kind of message, in the code of the sending system.
        MessageType = "message-type",
        /// How many bounces the sending system has counted for the address.
        Bounces = "bounces",
    }
}

closed_set! {
    /// Which of two numbers in a date is the day if both could be.
    #[derive(Clone, Copy, Debug, Deserialize, Eq, Hash, PartialEq, Serialize)]
    pub enum DateOrder {
        /// 12/03 is the twelfth of March: how Belgium writes.
        DayFirst = "day-first",
        /// 12/03 is the third of December.
        MonthFirst = "month-first",
    }
}

/// How the columns of a report were read.
#[derive(Clone, Debug, Deserialize, Eq, PartialEq, Serialize)]
pub struct ColumnReading {
    /// The columns from left to right; unused ones far to the right are omitted.
    pub columns: Vec<Column>,
    /// The line of the first data row, from 1; the lines above it are titles and headers.
    pub first_line: u32,
    /// The order in which the dates were read; `None` if no date needs an order.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub date_order: Option<DateOrder>,
}

/// One column and its role.
#[derive(Clone, Debug, Deserialize, Eq, PartialEq, Serialize)]
pub struct Column {
    /// Its name in the header, cut off if long; empty without a name.
    pub header: String,
    /// Its first cell that is not empty, cut off if long.
    pub sample: String,
    /// What it was read as; `None` if it was not used.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub role: Option<Role>,
}

/// How to read the columns of a report; overrides detection.
#[derive(Clone, Debug, Default, Deserialize, Eq, PartialEq, Serialize)]
pub struct ColumnChoice {
    /// The role of each column, from left to right; `None` to ignore a column. If a role occurs twice,
    /// the first column counts.
    pub roles: Vec<Option<Role>>,
    /// The order of day and month in dates; `None` to detect it.
    pub date_order: Option<DateOrder>,
}

impl From<&ColumnReading> for ColumnChoice {
    /// The choice that reads the columns as they were read.
    fn from(reading: &ColumnReading) -> Self {
        Self {
            roles: reading.columns.iter().map(|column| column.role).collect(),
            date_order: reading.date_order,
        }
    }
}

impl ColumnChoice {
    /// Gives the column at `place` (from 0) a role, and takes it from any other column.
    pub fn set(&mut self, place: usize, role: Option<Role>) {
        for other in &mut self.roles {
            if *other == role {
                *other = None;
            }
        }
        if let Some(chosen) = self.roles.get_mut(place) {
            *chosen = role;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_chosen_role_is_taken_from_any_other_column() {
        let mut choice = ColumnChoice {
            roles: vec![Some(Role::Address), None, Some(Role::Status)],
            date_order: None,
        };
        choice.set(1, Some(Role::Address));
        assert_eq!(
            choice.roles,
            [None, Some(Role::Address), Some(Role::Status)]
        );
        choice.set(2, None);
        assert_eq!(choice.roles, [None, Some(Role::Address), None]);
    }
}
