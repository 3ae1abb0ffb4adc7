//! The pieces in which an archive or a workbook is handed over.

use crate::model::{Format, ProblemCode};
use serde::{Deserialize, Serialize};
use std::borrow::Cow;

/// Unpacks an archive or a workbook from memory, part after part; with `archives` false, only a
/// workbook.
///
/// # Errors
/// What is wrong with the container itself; parts emitted before remain valid.
pub type Unpacker =
    fn(bytes: &[u8], archives: bool, take: &mut dyn FnMut(Part<'_>)) -> Result<(), ProblemCode>;

/// What an unpacker emits: for each file or sheet its start, its slices, its end.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
#[serde(bound(deserialize = "'de: 'a"))]
pub enum Part<'a> {
    /// A file begins.
    File {
        /// Its path in the archive.
        name: Cow<'a, str>,
    },
    /// A sheet begins. Its slices are a table in UTF-8, separated by tabs, where the number of a line
    /// is that of the row.
    Sheet {
        /// Its name in the workbook.
        name: Cow<'a, str>,
        /// That of the workbook.
        format: Format,
    },
    /// The next bytes of it.
    Slice(#[serde(with = "serde_bytes")] Cow<'a, [u8]>),
    /// It ends, with what is wrong with it if anything; slices emitted before remain valid.
    End(Option<ProblemCode>),
}
