//! The description of a table to write as a workbook.

use serde::{Deserialize, Serialize};
use std::borrow::Cow;

/// Separates cells (ISO 646, unit separator). Workbooks allow neither it nor most other control
/// characters in a cell.
pub const CELL_END: char = '\u{1F}';
/// Ends a row (ISO 646, record separator).
pub const ROW_END: char = '\u{1E}';

/// A sheet, without its rows.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
pub struct Sheet {
    /// The text on its tab: at most 31 characters, none of them `[]:*?/\`.
    pub name: String,
    /// How many rows will follow, at most [`MOST_ROWS`](crate::model::MOST_ROWS).
    pub rows: u32,
    /// Its columns, from the left.
    pub columns: Vec<SheetColumn>,
}

/// A column of a sheet.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
pub struct SheetColumn {
    /// Its title, in the first row.
    pub title: String,
    /// Its width, in characters.
    pub width: u8,
    /// The type of its cells.
    pub holds: Holds,
}

/// The type of the cells of a column. A cell that cannot be read as that type is written as text.
#[derive(Clone, Copy, Debug, Deserialize, Eq, PartialEq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Holds {
    /// Text, even if it looks like a number or date.
    Text,
    /// Whole numbers.
    Numbers,
    /// Dates and times, in the form `12/03/2026 08:00`.
    Dates,
}

/// Joins rows in the form that a [`WorkbookWriter`](super::workbook_writer::WorkbookWriter) reads, in
/// UTF-8.
pub fn lines<'a, Row>(rows: impl Iterator<Item = Row>) -> Vec<u8>
where
    Row: Iterator<Item = Cow<'a, str>>,
{
    let mut lines = String::new();
    for row in rows {
        for (place, cell) in row.enumerate() {
            if place > 0 {
                lines.push(CELL_END);
            }
            lines.extend(cell.split([CELL_END, ROW_END]));
        }
        lines.push(ROW_END);
    }
    lines.into_bytes()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cell_stays_one_cell() {
        let row = ["a\u{1F}b".into(), "c\u{1E}\n\td".into()];
        assert_eq!(
            lines([row.into_iter()].into_iter()),
            b"ab\x1Fc\n\td\x1E".to_vec()
        );
    }
}
