//! Unpacks archives and workbooks, whichever it is given.
//!
//! The libraries for this are as large as the rest of the analyser, and few people need them for their
//! first file. So a program links them, and a browser loads them as a separate WASM module.

use super::archive::{self, Archive};
use super::part::Part;
use super::signature::{self, Signature};
use super::workbook;
use crate::model::ProblemCode;

/// How the first file in an Office document is called.
const FIRST_IN_DOCUMENT: &[&[u8]] = &[b"[Content_Types].xml", b"_rels/", b"docProps/", b"xl/"];

/// Unpacks an archive or a workbook: an [`Unpacker`](super::part::Unpacker).
///
/// # Errors
/// What is wrong with the container itself; parts emitted before remain valid.
pub fn unpack(
    bytes: &[u8],
    archives: bool,
    take: &mut dyn FnMut(Part<'_>),
) -> Result<(), ProblemCode> {
    if signature::recognise(bytes) == Some(Signature::CompoundFile) {
        return workbook::read_compound(bytes, take);
    }
    let mut archive = match Archive::open(bytes) {
        Ok(archive) => archive,
        Err(_) if begins_as_document(bytes) => return Err(ProblemCode::DamagedWorkbook),
        Err(code) => return Err(code),
    };
    if archive.is_document() {
        workbook::read_package(&mut archive, take)
    } else if archives {
        archive::read(&mut archive, take)
    } else {
        Err(ProblemCode::NestedTooDeep)
    }
}

/// Whether an archive without a readable directory was an Office document: the name of its first
/// file tells (APPNOTE 4.3.7).
fn begins_as_document(bytes: &[u8]) -> bool {
    let name = bytes.get(30..).unwrap_or_default();
    FIRST_IN_DOCUMENT
        .iter()
        .any(|first| name.starts_with(first))
        || name.starts_with(b"mimetypeapplication/vnd.oasis.opendocument")
}
