//! A table to be written as a workbook, and the door behind which that happens.
//!
//! As with what opens workbooks (`container.rs`): the program brings its own writer, and in a browser
//! the worker hands one in once it has it.

use serde::{Deserialize, Serialize};
use std::borrow::Cow;
use std::sync::OnceLock;

/// How many rows fit in a sheet below the titles (Excel's own limit of 1,048,576, less one).
pub const MOST_ROWS: u32 = (1 << 20) - 1;

/// What stands between cells and after a row (ISO 646: unit and record separator). Neither they nor
/// most other control characters can stand in a workbook.
pub const CELL_END: char = '\u{1F}';
/// See [`CELL_END`].
pub const ROW_END: char = '\u{1E}';

/// A sheet, without its rows.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
pub struct Sheet {
    /// What stands on its tab: at most 31 characters, none of them `[]:*?/\`.
    pub name: String,
    /// How many rows will come.
    pub rows: u32,
    /// Its columns, from the left.
    pub columns: Vec<Column>,
}

/// A column of a sheet.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
pub struct Column {
    /// What stands above it.
    pub title: String,
    /// How many characters wide it is shown.
    pub width: u8,
    /// What its cells hold.
    pub holds: Holds,
}

/// What the cells of a column hold. A cell that does not is written as text.
#[derive(Clone, Copy, Debug, Deserialize, Eq, PartialEq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Holds {
    /// Text, whatever it looks like.
    Text,
    /// Whole numbers.
    Numbers,
    /// Dates and times, given as `12/03/2026 08:00`.
    Dates,
}

/// Why there is no workbook.
#[derive(Clone, Copy, Debug, Deserialize, Eq, PartialEq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum NoWorkbook {
    /// There are more than [`MOST_ROWS`] rows.
    TooManyRows,
    /// What writes it could not be loaded, or stopped.
    NoWriter,
}

/// Writes a workbook of one sheet. `rows` gives the rows, some at a time, as [`lines`] makes them;
/// `take` gets the file, piece after piece.
///
/// # Errors
/// When there is no workbook; pieces given before are of no use.
pub type WorkbookWriter = fn(
    sheet: &Sheet,
    rows: &mut dyn FnMut() -> Option<Vec<u8>>,
    take: &mut dyn FnMut(Vec<u8>),
) -> Result<(), NoWorkbook>;

static WRITER: OnceLock<WorkbookWriter> = OnceLock::new();

/// Hands in a writer, before anything is written; the first one stays.
///
/// Needed in a browser only, where it is in a module apart.
pub fn set_workbook_writer(writer: WorkbookWriter) {
    WRITER.get_or_init(|| writer);
}

/// Writes with what was handed in, or else with what this program brings.
///
/// # Errors
/// See [`WorkbookWriter`].
pub fn write(
    sheet: &Sheet,
    rows: &mut dyn FnMut() -> Option<Vec<u8>>,
    take: &mut dyn FnMut(Vec<u8>),
) -> Result<(), NoWorkbook> {
    if sheet.rows > MOST_ROWS {
        return Err(NoWorkbook::TooManyRows);
    }
    WRITER.get_or_init(|| own)(sheet, rows, take)
}

/// Rows on their way to a [`WorkbookWriter`], in UTF-8.
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

#[cfg(not(target_arch = "wasm32"))]
use super::workbook::write::write as own;

#[cfg(target_arch = "wasm32")]
fn own(
    _: &Sheet,
    _: &mut dyn FnMut() -> Option<Vec<u8>>,
    _: &mut dyn FnMut(Vec<u8>),
) -> Result<(), NoWorkbook> {
    Err(NoWorkbook::NoWriter)
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

    #[test]
    fn more_rows_than_excel_has_are_refused_before_anything_is_written() {
        let sheet = Sheet {
            name: String::new(),
            rows: MOST_ROWS + 1,
            columns: Vec::new(),
        };
        let written = write(&sheet, &mut || unreachable!(), &mut |_| unreachable!());
        assert_eq!(written, Err(NoWorkbook::TooManyRows));
    }
}
