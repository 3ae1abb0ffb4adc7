//! Opens what holds other evidence: archives and workbooks.
//!
//! The libraries for that are as large as the rest of the analyser, and few people need them for their
//! first file. So a program links them, and a browser loads them as a separate WASM module, which the
//! worker registers here.

use super::part::Part;
use crate::model::ProblemCode;
use std::sync::OnceLock;

/// Unpacks an archive or a workbook from memory; with `archives` false, only a workbook.
///
/// # Errors
/// What is wrong with the container as a whole; parts given before stay good.
pub type Unpacker =
    fn(bytes: &[u8], archives: bool, take: &mut dyn FnMut(Part<'_>)) -> Result<(), ProblemCode>;

static UNPACKER: OnceLock<Unpacker> = OnceLock::new();

/// Registers an unpacker before anything is read; the first one wins.
///
/// Only needed in a browser, where it is a separate module.
pub fn set_unpacker(unpacker: Unpacker) {
    UNPACKER.get_or_init(|| unpacker);
}

/// Unpacks with the registered unpacker, or else with the one that is linked in.
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
