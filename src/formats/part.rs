//! The parts that an unpacker emits of an archive, a workbook, an Outlook message or a text that contains a
//! table.

use crate::model::{Format, ProblemCode};
use serde::{Deserialize, Serialize};
use std::borrow::Cow;

/// Unpacks an archive, a workbook, an Outlook message or a text in UTF-8 that contains a table, in memory,
/// part by part; with `archives` false, no archive.
///
/// # Errors
/// The problem with the container itself; parts emitted before remain valid.
pub type Unpacker = fn(
    bytes: &[u8],
    archives: bool,
    take: &mut dyn FnMut(ContainerPart<'_>),
) -> Result<(), ProblemCode>;

/// What an unpacker emits: for each file or sheet its start, its slices and its end, and each stream of a
/// message at once.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
#[serde(bound(deserialize = "'de: 'a"))]
pub enum ContainerPart<'a> {
    /// A file begins.
    File {
        /// Its path in the archive.
        name: Cow<'a, str>,
    },
    /// A sheet begins. Its slices are a table in UTF-8, separated by tabs, in which the number of a line
    /// is that of the row.
    Sheet {
        /// Its name in the workbook; empty for a table outside a workbook.
        name: Cow<'a, str>,
        /// The format of the workbook or table.
        format: Format,
        /// The number of its first line: 1, or 0 if that contains titles that the file has nowhere.
        first_line: u32,
    },
    /// The next bytes of the file or sheet.
    Slice(#[serde(with = "serde_bytes")] Cow<'a, [u8]>),
    /// The file or sheet ends, with its problem if it has one; slices emitted before remain valid.
    End(Option<ProblemCode>),
    /// A stream of an Outlook message (MS-OXMSG). Only those that are read are emitted, those of each storage
    /// one after another; a damaged one may lack its end.
    Stream {
        /// Its path in the compound file, such as `__recip_version1.0_#00000000/__substg1.0_39FE001F`.
        path: Cow<'a, str>,
        /// All of its bytes.
        #[serde(with = "serde_bytes")]
        bytes: Cow<'a, [u8]>,
    },
}
