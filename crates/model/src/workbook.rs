//! The limits of a workbook, and why one could not be written.

use serde::{Deserialize, Serialize};

/// How many rows fit in a sheet below the titles (Excel's own limit of 1,048,576, less one).
pub const MOST_ROWS: u32 = (1 << 20) - 1;

/// Why a workbook could not be written.
#[derive(Clone, Copy, Debug, Deserialize, Eq, PartialEq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum NoWorkbook {
    /// There are more than [`MOST_ROWS`] rows.
    TooManyRows,
    /// The module that writes workbooks could not be loaded, or crashed.
    NoWriter,
}
