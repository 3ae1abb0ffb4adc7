//! Writes a table as a workbook.
//!
//! As with unpacking (`unpack.rs`), a program links the writer, and a browser loads it as a separate
//! module.

use super::spreadsheet::Sheet;
use crate::model::{MOST_ROWS, NoWorkbook};

/// Writes a workbook of one sheet. `rows` returns the next rows, in the form of
/// [`lines`](super::spreadsheet::lines), and `None` after the last; `take` receives the file, piece by
/// piece.
///
/// # Errors
/// Why the workbook could not be written; discard pieces passed before.
pub type WorkbookWriter = fn(
    sheet: &Sheet,
    rows: &mut dyn FnMut() -> Option<Vec<u8>>,
    take: &mut dyn FnMut(Vec<u8>),
) -> Result<(), NoWorkbook>;

/// Writes with this writer, unless the sheet has more rows than fit in a workbook.
///
/// # Errors
/// [`NoWorkbook::TooManyRows`], before anything is written, or the error of the writer.
pub fn write(
    writer: WorkbookWriter,
    sheet: &Sheet,
    rows: &mut dyn FnMut() -> Option<Vec<u8>>,
    take: &mut dyn FnMut(Vec<u8>),
) -> Result<(), NoWorkbook> {
    if sheet.rows > MOST_ROWS {
        return Err(NoWorkbook::TooManyRows);
    }
    writer(sheet, rows, take)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn more_rows_than_excel_has_are_refused_before_anything_is_written() {
        let sheet = Sheet {
            name: String::new(),
            rows: MOST_ROWS + 1,
            columns: Vec::new(),
        };
        let written = write(
            |_, _, _| unreachable!(),
            &sheet,
            &mut || unreachable!(),
            &mut |_| unreachable!(),
        );
        assert_eq!(written, Err(NoWorkbook::TooManyRows));
    }
}
