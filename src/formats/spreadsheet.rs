//! The description of a table to write as a workbook.

use crate::model::shown::shown;
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

/// Whether a spreadsheet may read a text as a formula: one that starts with a sign of calculation, ordinary or of full
/// width (as in Japanese), also behind white space and quotation marks, which programs skip.
pub fn starts_formula(text: &str) -> bool {
    let text = text.trim_start_matches(|next: char| next.is_whitespace() || next == '"');
    text.starts_with(['=', '+', '-', '@', '＝', '＋', '－', '＠'])
}

/// Joins rows in the form that a [`WorkbookWriter`](super::workbook_writer::WorkbookWriter) reads, in
/// UTF-8. The text of a cell becomes safe to show, on one line.
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
            // Neither end is left in it: both are control characters.
            lines.push_str(&shown(&cell));
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
            "a⟨U+001F⟩b\x1Fc⟨U+001E⟩  d\x1E".as_bytes()
        );
    }

    #[test]
    fn a_formula_is_found_behind_what_a_spreadsheet_skips() {
        for sign in ['=', '+', '-', '@', '＝', '＋', '－', '＠'] {
            for before in ["", " ", "\u{A0}", "\u{3000}", "\t", "\r\n", "\"", " \" "] {
                assert!(starts_formula(&format!("{before}{sign}1")));
            }
            assert!(!starts_formula(&format!("1{sign}1")));
        }
        assert!(!starts_formula(""));
    }
}
