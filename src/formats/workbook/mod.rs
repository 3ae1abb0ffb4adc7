//! Reads and writes workbooks: each sheet that is not empty, hidden or not, becomes a table in text, and
//! a table becomes a workbook.
//!
//! Excel's formats (Office Open XML, ECMA-376; the binary one before it, MS-XLS) are read by
//! `calamine`. Its input is measured first, because it keeps in memory whatever a workbook claims to
//! contain.

mod excel;
mod excel_xml;
mod open_document;
mod sheet;
pub mod write;

use super::archive::{Archive, workbook_problem};
use super::part::ContainerPart;
use crate::model::{Format, ProblemCode};
use cfb::CompoundFile;
use quick_xml::Reader;
use sheet::Sheets;
use std::io::{Cursor, Read};

/// The maximum size of all parts of a workbook together, unpacked, in bytes.
const MOST_BYTES: u64 = 512 << 20;

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
    let excel = archive.find("xl/workbook.xml").is_some();
    if !excel && !is_open_document_sheet(archive) {
        return Err(ProblemCode::UnsupportedFormat);
    }
    let size = measure(archive)?;
    if excel {
        let mut sheets = Sheets::new(Format::Xlsx, size, take);
        excel::read_xlsx(archive.bytes(), &mut sheets)?;
        sheets.finish()
    } else {
        let mut sheets = Sheets::new(Format::Ods, size, take);
        open_document::read(archive, &mut sheets)?;
        sheets.finish()
    }
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
    excel::read_xls(records, &mut sheets)?;
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
    let xml = Reader::from_reader(text.as_bytes());
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

/// The unpacked size in bytes of the parts that will be read.
fn measure(archive: &mut Archive<'_>) -> Result<u64, ProblemCode> {
    let mut unfolded = 0;
    for index in archive.entries(|name| name.ends_with(".xml") || name.ends_with(".rels")) {
        let read = archive.slices(index, |slice| unfolded += slice.len() as u64);
        read.map_err(workbook_problem)?;
        if unfolded > MOST_BYTES {
            return Err(ProblemCode::TooLarge);
        }
    }
    Ok(unfolded)
}

fn is_open_document_sheet(archive: &mut Archive<'_>) -> bool {
    let mut kind = Vec::new();
    archive.find("mimetype").is_some_and(|index| {
        let read = archive.slices(index, |slice| kind.extend_from_slice(slice));
        read.is_ok() && kind.starts_with(OPEN_DOCUMENT_SHEET)
    })
}
