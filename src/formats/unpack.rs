//! Unpacks archives, workbooks, Outlook messages and texts that contain a table.
//!
//! The libraries for this are as large as the rest of the analyser, and few people need them for their
//! first file. So a program links them, and a browser loads them as a separate WASM module.

use super::archive::{self, Archive};
use super::part::ContainerPart;
use super::signature::{self, FileSignature};
use super::{msg, tables, workbook};
use crate::model::ProblemCode;
use cfb::CompoundFile;
use std::io::Cursor;

/// The start of the name of the first file in an Office document.
const FIRST_IN_DOCUMENT: &[&[u8]] = &[b"[Content_Types].xml", b"_rels/", b"docProps/", b"xl/"];

/// Unpacks an archive, a workbook, an Outlook message or a text in UTF-8 that contains a table: an
/// [`Unpacker`](super::part::Unpacker).
///
/// # Errors
/// The problem with the container itself; parts emitted before remain valid.
pub fn unpack(
    bytes: &[u8],
    archives: bool,
    take: &mut dyn FnMut(ContainerPart<'_>),
) -> Result<(), ProblemCode> {
    match signature::detect(bytes) {
        Some(FileSignature::CompoundFile) => return compound_file(bytes, take),
        Some(FileSignature::Zip) => {}
        _ => return tables::read(bytes, take),
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

/// Unpacks a message or a workbook that is a compound file.
fn compound_file(bytes: &[u8], take: &mut dyn FnMut(ContainerPart<'_>)) -> Result<(), ProblemCode> {
    let unsupported = |_| ProblemCode::UnsupportedFormat;
    let file = CompoundFile::open(Cursor::new(bytes)).map_err(unsupported)?;
    if msg::streams::is_message(&file) {
        msg::streams::read(file, bytes.len(), take)
    } else {
        workbook::read_compound(file, take)
    }
}

/// Whether an archive without a readable directory is an Office document, by the name of its first file
/// (APPNOTE 4.3.7).
fn begins_as_document(bytes: &[u8]) -> bool {
    let name = bytes.get(30..).unwrap_or_default();
    FIRST_IN_DOCUMENT
        .iter()
        .any(|first| name.starts_with(first))
        || name.starts_with(b"mimetypeapplication/vnd.oasis.opendocument")
}
