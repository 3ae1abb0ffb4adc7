//! What holds other evidence: archives and workbooks.
//!
//! The libraries that open them are as large as all the rest of the analyser, and few people need them
//! for their first file. So the program brings its own, and in a browser they are a WASM module apart,
//! which the worker hands in once it has it.

use crate::model::{Format, ProblemCode};
use serde::{Deserialize, Serialize};
use std::borrow::Cow;
use std::sync::OnceLock;

/// What an unpacker gives: for each thing inside its beginning, its slices, its end.
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
    /// What comes next of it.
    Slice(#[serde(with = "serde_bytes")] Cow<'a, [u8]>),
    /// It ends, whole or with what is wrong with it; slices given before stay good.
    End(Option<ProblemCode>),
}

/// Unpacks an archive or a workbook that is wholly in memory; `archives` tells whether archives are
/// unpacked here, or only workbooks.
///
/// # Errors
/// What is wrong with the container as a whole; parts given before stay good.
pub type Unpacker =
    fn(bytes: &[u8], archives: bool, take: &mut dyn FnMut(Part<'_>)) -> Result<(), ProblemCode>;

static UNPACKER: OnceLock<Unpacker> = OnceLock::new();

/// Hands in an unpacker, before anything is read; the first one stays.
///
/// Needed in a browser only, where it is a module apart.
pub fn set_unpacker(unpacker: Unpacker) {
    UNPACKER.get_or_init(|| unpacker);
}

/// Unpacks with what was handed in, or else with what this program brings.
pub fn unpack(
    bytes: &[u8],
    archives: bool,
    take: &mut dyn FnMut(Part<'_>),
) -> Result<(), ProblemCode> {
    UNPACKER.get_or_init(|| own)(bytes, archives, take)
}

#[cfg(not(target_arch = "wasm32"))]
use super::unpack::unpack as own;

#[cfg(target_arch = "wasm32")]
fn own(_: &[u8], _: bool, _: &mut dyn FnMut(Part<'_>)) -> Result<(), ProblemCode> {
    Err(ProblemCode::UnpackerMissing)
}
