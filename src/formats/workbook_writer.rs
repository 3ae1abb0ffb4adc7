//! Writes a table as a workbook.
//!
//! As with the unpacker (`container.rs`), a program links the writer, and a browser loads it as a
//! separate module, which the worker registers here.

use super::spreadsheet::Sheet;
use crate::model::{MOST_ROWS, NoWorkbook};
use std::sync::OnceLock;

/// Writes a workbook of one sheet. `rows` returns the next rows, in the form of
/// [`lines`](super::spreadsheet::lines); `take` receives the file, piece after piece.
///
/// # Errors
/// When there is no workbook; pieces given before are of no use.
pub type WorkbookWriter = fn(
    sheet: &Sheet,
    rows: &mut dyn FnMut() -> Option<Vec<u8>>,
    take: &mut dyn FnMut(Vec<u8>),
) -> Result<(), NoWorkbook>;

static WRITER: OnceLock<WorkbookWriter> = OnceLock::new();

/// Registers a writer before anything is written; the first one wins.
///
/// Only needed in a browser, where it is a separate module.
pub fn set_workbook_writer(writer: WorkbookWriter) {
    WRITER.get_or_init(|| writer);
}

/// Writes with the registered writer, or else with the one that is linked in.
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
