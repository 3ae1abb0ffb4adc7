//! How the columns of a report were read, for a person to see and to change.

use crate::codes::closed_set;
use serde::{Deserialize, Serialize};

closed_set! {
    /// What a column of a report holds.
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
        /// The time of day, where it stands apart from the date.
        Time = "time",
        /// The document (invoice, message) that was sent.
        Document = "document",
        /// The number that the sender knows the recipient by.
        Customer = "customer",
        /// The recipient's name, or family name where another column holds the first names.
        Name = "name",
        /// The recipient's first name.
        FirstName = "first-name",
        /// In which form the message was sent: by mail, on paper.
        Form = "form",
        /// The kind of message, in the code of the sending system.
        MessageType = "message-type",
        /// How many bounces the sending system has counted for the address.
        Bounces = "bounces",
    }
}

closed_set! {
    /// Which of two numbers is the day where both could be.
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
    #[serde(default, skip_serializing_if = "Option::is_none")]
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

impl From<&ColumnReading> for ColumnChoice {
    /// The choice for what was found.
    fn from(reading: &ColumnReading) -> Self {
        Self {
            roles: reading.columns.iter().map(|column| column.role).collect(),
            date_order: reading.date_order,
        }
    }
}

impl ColumnChoice {
    /// Gives a column a role; no other column keeps it.
    pub fn set(&mut self, place: usize, role: Option<Role>) {
        for known in &mut self.roles {
            if *known == role {
                *known = None;
            }
        }
        if let Some(known) = self.roles.get_mut(place) {
            *known = role;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_role_that_is_given_is_taken_from_the_column_that_had_it() {
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
