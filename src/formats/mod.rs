//! Turns bytes into a mail, a table or a text. The contents determine the format; a name is only a hint.

pub mod archive;
pub mod charset;
pub mod csv;
pub mod eml;
pub mod encoding;
pub mod html_text;
pub mod mail;
pub mod mbox;
pub mod msg;
pub mod panics;
pub mod part;
pub mod repaired_rows;
pub mod signature;
pub mod spreadsheet;
pub mod tables;
pub mod text;
pub mod unpack;
pub mod workbook;
pub mod workbook_writer;

/// How many columns of a table are read; a report has fewer than twenty.
pub const MOST_COLUMNS: usize = 512;

/// Readers pass one column more, so that whoever reads the table can report that there are more.
const PASSED_COLUMNS: usize = MOST_COLUMNS + 1;
