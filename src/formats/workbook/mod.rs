//! Reads and writes workbooks: each sheet that is not empty, hidden or not, becomes a table in text, and
//! a table becomes a workbook.
//!
//! Workbooks in XML are read here, cell by cell. Excel's binary format (MS-XLS) is read by `calamine`; its
//! input is measured first, because it keeps in memory whatever a workbook claims to contain.

mod excel_binary;
mod excel_xml;
mod number_format;
mod office_open_xml;
mod open_document;
mod parts;
mod sheet;
pub mod write;
mod xml;

use super::archive::Archive;
use super::part::ContainerPart;
use crate::model::{Format, ProblemCode};
use cfb::CompoundFile;
use parts::{MOST_BYTES, Parts};
use sheet::Sheets;
use std::io::{Cursor, Read};
use xml::Xml;

/// How much of an XML file says what it is, in bytes.
const XML_HEAD: usize = 8 << 10;

/// The start of the file `mimetype` of an OpenDocument spreadsheet.
const OPEN_DOCUMENT_SHEET: &[u8] = b"application/vnd.oasis.opendocument.spreadsheet";

/// Reads a workbook that is an archive.
///
/// # Errors
/// If it is another kind of document, locked, damaged or too large.
pub fn read_package(
    archive: &mut Archive<'_>,
    take: &mut dyn FnMut(ContainerPart<'_>),
) -> Result<(), ProblemCode> {
    if let Some(path) = office_open_xml::find(archive) {
        return office_open_xml::read(archive, &path, take);
    }
    if !is_open_document_sheet(archive) {
        return Err(ProblemCode::UnsupportedFormat);
    }
    open_document::read(&mut Parts::of(archive), take)
}

/// Reads a workbook that is a compound file.
///
/// # Errors
/// If it is another kind of document, locked, damaged or too large.
pub fn read_compound(
    mut file: CompoundFile<Cursor<&[u8]>>,
    take: &mut dyn FnMut(ContainerPart<'_>),
) -> Result<(), ProblemCode> {
    // MS-OFFCRYPTO 2.3.4: the streams of a locked Office document.
    if file.is_stream("/EncryptedPackage") {
        return Err(ProblemCode::LockedWorkbook);
    }
    let name = ["/Workbook", "/Book"]
        .into_iter()
        .find(|name| file.is_stream(name))
        .ok_or(ProblemCode::UnsupportedFormat)?;
    let mut records = Vec::new();
    let stream = file
        .open_stream(name)
        .map_err(|_| ProblemCode::UnsupportedFormat)?;
    let read = stream.take(MOST_BYTES).read_to_end(&mut records);
    read.map_err(|_| ProblemCode::DamagedWorkbook)?;
    let mut sheets = Sheets::new(Format::Xls, records.len() as u64, take);
    excel_binary::read(records, &mut sheets)?;
    sheets.finish()
}

/// Reads a workbook that is one XML file: of Excel 2003, or of LibreOffice (`.fods`).
///
/// # Errors
/// [`UnknownFormat`](ProblemCode::UnknownFormat) for any other XML; else the problem with the workbook.
pub fn read_xml(text: &str, take: &mut dyn FnMut(ContainerPart<'_>)) -> Result<(), ProblemCode> {
    let (head, size) = (
        &text[..text.floor_char_boundary(XML_HEAD)],
        text.len() as u64,
    );
    let xml = Xml::new(text.as_bytes());
    if head.contains("urn:schemas-microsoft-com:office:spreadsheet") {
        let mut sheets = Sheets::new(Format::Xls, size, take);
        excel_xml::read(xml, &mut sheets)?;
        sheets.finish()
    } else if head.contains("<office:document ") {
        let mut sheets = Sheets::new(Format::Ods, size, take);
        open_document::read_content(xml, &mut sheets)?;
        sheets.finish()
    } else {
        Err(ProblemCode::UnknownFormat)
    }
}

fn is_open_document_sheet(archive: &mut Archive<'_>) -> bool {
    let mut kind = Vec::new();
    archive.find("mimetype").is_some_and(|index| {
        let read = archive.slices(index, |slice| kind.extend_from_slice(slice));
        read.is_ok() && kind.starts_with(OPEN_DOCUMENT_SHEET)
    })
}
