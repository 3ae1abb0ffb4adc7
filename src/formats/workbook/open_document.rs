//! Reads OpenDocument spreadsheets (ODF 1.2, part 1, section 9), the format of LibreOffice.
//!
//! Read here, from the XML, because `calamine` expands repeated cells in memory, however many a workbook
//! claims, and does not terminate if the end of a table is missing.

use super::sheet::{MOST_COLUMNS, Sheets};
use crate::formats::archive::{Archive, workbook_problem};
use crate::model::ProblemCode;
use memchr::memmem;
use quick_xml::Reader;
use quick_xml::escape;
use quick_xml::events::{BytesStart, Event};
use std::io::{BufRead, BufReader};
use std::ops::Range;

/// Reads the sheets of a workbook.
///
/// # Errors
/// If the workbook itself is locked or damaged.
pub fn read(archive: &mut Archive<'_>, sheets: &mut Sheets<'_>) -> Result<(), ProblemCode> {
    if is_locked(archive)? {
        return Err(ProblemCode::LockedWorkbook);
    }
    let content = archive.find("content.xml");
    let content = content.ok_or(ProblemCode::DamagedWorkbook)?;
    let content = archive.reader(content).map_err(workbook_problem)?;
    read_content(Reader::from_reader(BufReader::new(content)), sheets)
}

/// Reads the sheets of the XML that is the content of a workbook.
///
/// # Errors
/// If it is damaged.
pub fn read_content<B: BufRead>(
    mut xml: Reader<B>,
    sheets: &mut Sheets<'_>,
) -> Result<(), ProblemCode> {
    let mut buffer = Vec::new();
    loop {
        buffer.clear();
        match xml.read_event_into(&mut buffer) {
            Ok(Event::Start(tag)) if tag.name().0 == "table:table" => {
                sheets.begin(&attribute(&tag, "table:name").unwrap_or_default());
                let read = table(&mut xml, sheets);
                let complete = read.is_ok();
                sheets.end(read)?;
                if !complete {
                    return Ok(());
                }
            }
            Ok(Event::Eof) => return Ok(()),
            Ok(_) => {}
            Err(_) => return Err(ProblemCode::DamagedWorkbook),
        }
    }
}

fn is_locked(archive: &mut Archive<'_>) -> Result<bool, ProblemCode> {
    let Some(manifest) = archive.find("META-INF/manifest.xml") else {
        return Ok(false);
    };
    let mut text = Vec::new();
    let read = archive.slices(manifest, |slice| text.extend_from_slice(slice));
    read.map_err(workbook_problem)?;
    Ok(memmem::find(&text, b"encryption-data").is_some())
}

/// Adjacent cells of one row with the same text.
struct Cells {
    columns: Range<u32>,
    /// How many rows each covers.
    rows: u32,
    text: String,
}

fn table<B: BufRead>(xml: &mut Reader<B>, sheets: &mut Sheets<'_>) -> Result<(), ProblemCode> {
    let mut buffer = Vec::new();
    let mut number = 0_u32;
    loop {
        buffer.clear();
        match xml.read_event_into(&mut buffer) {
            Ok(Event::Start(tag)) if tag.name().0 == "table:table-row" => {
                let repeated = repeated(&tag, "table:number-rows-repeated");
                let cells = row(xml)?;
                // Empty rows are skipped, however many.
                let times = if cells.is_empty() { 0 } else { repeated };
                for again in 0..times {
                    let row = number.saturating_add(again);
                    for cells in &cells {
                        for column in cells.columns.clone() {
                            let last_row = row.saturating_add(cells.rows.saturating_sub(1));
                            sheets.merge(row, column, last_row);
                            sheets.cell(row, column, &cells.text)?;
                        }
                    }
                }
                number = number.saturating_add(repeated);
            }
            Ok(Event::Empty(tag)) if tag.name().0 == "table:table-row" => {
                number = number.saturating_add(repeated(&tag, "table:number-rows-repeated"));
            }
            Ok(Event::End(tag)) if tag.name().0 == "table:table" => return Ok(()),
            Ok(Event::Eof) | Err(_) => return Err(ProblemCode::DamagedWorkbook),
            Ok(_) => {}
        }
    }
}

fn row<B: BufRead>(xml: &mut Reader<B>) -> Result<Vec<Cells>, ProblemCode> {
    let mut buffer = Vec::new();
    let mut cells = Vec::new();
    let mut column = 0_u32;
    loop {
        buffer.clear();
        match xml.read_event_into(&mut buffer) {
            Ok(Event::Start(tag)) if is_cell(tag.name().0) => {
                let times = repeated(&tag, "table:number-columns-repeated");
                let rows = repeated(&tag, "table:number-rows-spanned");
                let value = value(&tag);
                let shown = shown(xml, tag.name().0)?;
                let text = value.unwrap_or(shown);
                let next = column.saturating_add(times);
                if !text.trim().is_empty() {
                    let columns = column..next.min(MOST_COLUMNS);
                    cells.push(Cells {
                        columns,
                        rows,
                        text,
                    });
                }
                column = next;
            }
            Ok(Event::Empty(tag)) if is_cell(tag.name().0) => {
                let times = repeated(&tag, "table:number-columns-repeated");
                column = column.saturating_add(times);
            }
            Ok(Event::End(tag)) if tag.name().0 == "table:table-row" => return Ok(cells),
            Ok(Event::Eof) | Err(_) => return Err(ProblemCode::DamagedWorkbook),
            Ok(_) => {}
        }
    }
}

fn is_cell(name: &str) -> bool {
    matches!(name, "table:table-cell" | "table:covered-table-cell")
}

/// The value of a cell whose text depends on the language in which it was saved.
fn value(tag: &BytesStart<'_>) -> Option<String> {
    match &*attribute(tag, "office:value-type")? {
        "date" => attribute(tag, "office:date-value"),
        "float" => {
            let number: f64 = attribute(tag, "office:value")?.parse().ok()?;
            Some(number.to_string())
        }
        _ => None,
    }
}

/// The text that a cell shows, without its annotations.
pub fn shown<B: BufRead>(xml: &mut Reader<B>, end: &str) -> Result<String, ProblemCode> {
    let mut buffer = Vec::new();
    let mut text = String::new();
    let mut notes = 0_u32;
    loop {
        buffer.clear();
        match xml.read_event_into(&mut buffer) {
            Ok(Event::Start(tag)) if tag.name().0 == "office:annotation" => notes += 1,
            Ok(Event::End(tag)) if tag.name().0 == "office:annotation" => {
                notes = notes.saturating_sub(1);
            }
            Ok(Event::Text(words)) if notes == 0 => text.push_str(&words.xml10_content()),
            Ok(Event::GeneralRef(reference)) if notes == 0 => {
                let name = escape::resolve_predefined_entity(&reference);
                let number = reference.resolve_char_ref().ok().flatten();
                text.push_str(name.unwrap_or_default());
                text.extend(number);
            }
            // Paragraphs, line breaks, tabs and runs of spaces.
            Ok(Event::Start(tag) | Event::Empty(tag)) if tag.name().0.starts_with("text:") => {
                if !matches!(tag.name().0, "text:span" | "text:a") {
                    text.push(' ');
                }
            }
            Ok(Event::End(tag)) if tag.name().0 == end => return Ok(text),
            Ok(Event::Eof) | Err(_) => return Err(ProblemCode::DamagedWorkbook),
            Ok(_) => {}
        }
    }
}

fn repeated(tag: &BytesStart<'_>, name: &str) -> u32 {
    let number = attribute(tag, name).and_then(|number| number.parse().ok());
    number.unwrap_or(1)
}

/// The value of an attribute.
pub fn attribute(tag: &BytesStart<'_>, name: &str) -> Option<String> {
    let attribute = tag.try_get_attribute(name).ok()??;
    escape::unescape(&attribute.value)
        .ok()
        .map(std::borrow::Cow::into_owned)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cell_is_the_text_it_shows_except_for_dates_and_numbers() {
        let cells = r#"<table:table-row>
            <table:table-cell table:number-columns-repeated="2"/>
            <table:table-cell office:value-type="date" office:date-value="2026-03-12T08:00:11">
              <text:p>12/03/26</text:p></table:table-cell>
            <table:table-cell office:value-type="float" office:value="4.0"><text:p>4,00</text:p></table:table-cell>
            <table:table-cell office:value-type="string" table:number-rows-spanned="3" table:number-columns-repeated="2"><office:annotation><text:p>een notitie</text:p></office:annotation><text:p>An &amp; <text:span>B&#111;</text:span></text:p><text:p>thuis</text:p></table:table-cell>
            <table:covered-table-cell/></table:table-row>"#;
        let mut xml = Reader::from_reader(cells.as_bytes());
        let begin = xml.read_event_into(&mut Vec::new()).is_ok();
        assert!(begin, "the row begins");
        let cells = row(&mut xml).expect("a row");
        let cells: Vec<_> = cells
            .iter()
            .map(|cells| (cells.columns.clone(), cells.rows, cells.text.trim()))
            .collect();
        assert_eq!(
            cells,
            [
                (2..3, 1, "2026-03-12T08:00:11"),
                (3..4, 1, "4"),
                (4..6, 3, "An & Bo thuis"),
            ]
        );
    }

    #[test]
    fn a_row_without_an_end_is_damaged() {
        let mut xml = Reader::from_reader(&b"<table:table-cell><text:p>An"[..]);
        assert_eq!(row(&mut xml).err(), Some(ProblemCode::DamagedWorkbook));
    }
}
