//! Reads OpenDocument spreadsheets (ODF 1.2, part 1, section 9), the format of LibreOffice.
//!
//! Read here, from the XML, because `calamine` expands repeated cells in memory, however many a workbook
//! claims, and does not terminate if the end of a table is missing.

use super::parts::Parts;
use super::sheet::{MOST_COLUMNS, Sheets};
use super::xml::{MOST_IN_EVENT, Xml, attribute, push_entity};
use crate::formats::part::ContainerPart;
use crate::model::{Format, ProblemCode};
use quick_xml::events::{BytesStart, Event};
use std::io::BufRead;
use std::ops::Range;

/// The part that contains the sheets.
const CONTENT: &str = "content.xml";

/// Reads the sheets of a workbook.
///
/// # Errors
/// If the workbook itself is locked, damaged or too large.
pub fn read(
    parts: &mut Parts<'_, '_>,
    take: &mut dyn FnMut(ContainerPart<'_>),
) -> Result<(), ProblemCode> {
    if is_locked(parts)? {
        return Err(ProblemCode::LockedWorkbook);
    }
    parts.measure(CONTENT)?;
    let mut sheets = Sheets::new(Format::Ods, parts.size(), take);
    let content = parts.open(CONTENT)?.ok_or(ProblemCode::DamagedWorkbook)?;
    read_content(Xml::new(content), &mut sheets)?;
    sheets.finish()
}

/// Reads the sheets of the XML that is the content of a workbook.
///
/// # Errors
/// If it is damaged.
pub fn read_content<B: BufRead>(
    mut xml: Xml<B>,
    sheets: &mut Sheets<'_>,
) -> Result<(), ProblemCode> {
    let mut buffer = Vec::new();
    loop {
        match xml.next(&mut buffer) {
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
            Err(code) => return Err(code),
        }
    }
}

fn is_locked(parts: &mut Parts<'_, '_>) -> Result<bool, ProblemCode> {
    let Some(manifest) = parts.open("META-INF/manifest.xml")? else {
        return Ok(false);
    };
    let (mut xml, mut buffer) = (Xml::expanded(manifest), Vec::new());
    loop {
        match xml.next(&mut buffer)? {
            Event::Start(tag) if tag.local_name().into_inner() == "encryption-data" => {
                return Ok(true);
            }
            Event::Eof => return Ok(false),
            _ => {}
        }
    }
}

/// Adjacent cells of one row with the same text.
struct Cells {
    columns: Range<u32>,
    /// How many rows each covers.
    rows: u32,
    text: String,
}

fn table<B: BufRead>(xml: &mut Xml<B>, sheets: &mut Sheets<'_>) -> Result<(), ProblemCode> {
    let mut buffer = Vec::new();
    let mut number = 0_u32;
    loop {
        match xml.next(&mut buffer) {
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
            Ok(Event::Eof) => return Err(ProblemCode::DamagedWorkbook),
            Err(code) => return Err(code),
            Ok(_) => {}
        }
    }
}

fn row<B: BufRead>(xml: &mut Xml<B>) -> Result<Vec<Cells>, ProblemCode> {
    let mut buffer = Vec::new();
    let mut cells = Vec::new();
    let mut column = 0_u32;
    loop {
        match xml.next(&mut buffer) {
            Ok(Event::Start(tag)) if is_cell(tag.name().0) => {
                let times = repeated(&tag, "table:number-columns-repeated");
                let rows = repeated(&tag, "table:number-rows-spanned");
                let value = value(&tag);
                let shown = shown(xml, tag.name().0)?;
                let text = value.unwrap_or(shown);
                let next = column.saturating_add(times);
                // One beyond the last column is enough to show that there are more.
                let is_full = |cells: &Cells| cells.columns.end == MOST_COLUMNS;
                if !text.trim().is_empty() && !cells.last().is_some_and(is_full) {
                    let columns = column.min(MOST_COLUMNS - 1)..next.min(MOST_COLUMNS);
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
            Ok(Event::Eof) => return Err(ProblemCode::DamagedWorkbook),
            Err(code) => return Err(code),
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
pub fn shown<B: BufRead>(xml: &mut Xml<B>, end: &str) -> Result<String, ProblemCode> {
    let mut buffer = Vec::new();
    let mut text = String::new();
    let mut notes = 0_u32;
    loop {
        match xml.next(&mut buffer) {
            Ok(Event::Start(tag)) if tag.name().0 == "office:annotation" => notes += 1,
            Ok(Event::End(tag)) if tag.name().0 == "office:annotation" => {
                notes = notes.saturating_sub(1);
            }
            Ok(Event::Text(words)) if notes == 0 => text.push_str(&words.xml10_content()),
            Ok(Event::GeneralRef(reference)) if notes == 0 => {
                push_entity(&mut text, &reference);
            }
            // Paragraphs, line breaks, tabs and runs of spaces.
            Ok(Event::Start(tag) | Event::Empty(tag)) if tag.name().0.starts_with("text:") => {
                if !matches!(tag.name().0, "text:span" | "text:a") {
                    text.push(' ');
                }
            }
            Ok(Event::End(tag)) if tag.name().0 == end => return Ok(text),
            Ok(Event::Eof) => return Err(ProblemCode::DamagedWorkbook),
            Err(code) => return Err(code),
            Ok(_) => {}
        }
        if text.len() > MOST_IN_EVENT {
            return Err(ProblemCode::TooLarge);
        }
    }
}

fn repeated(tag: &BytesStart<'_>, name: &str) -> u32 {
    let number = attribute(tag, name).and_then(|number| number.parse().ok());
    number.unwrap_or(1)
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
        let mut xml = Xml::new(cells.as_bytes());
        let begin = xml.next(&mut Vec::new()).is_ok();
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
    fn cells_to_the_right_of_all_columns_are_not_kept() {
        let cell = "<table:table-cell><text:p>a</text:p></table:table-cell>";
        let cells = cell.repeat(2 * MOST_COLUMNS as usize);
        let cells = format!("<table:table-row>{cells}</table:table-row>");
        let mut xml = Xml::new(cells.as_bytes());
        assert!(xml.next(&mut Vec::new()).is_ok(), "the row begins");
        let kept = row(&mut xml).map(|cells| cells.len());
        assert_eq!(kept, Ok(MOST_COLUMNS as usize));
    }

    #[test]
    fn a_row_without_an_end_is_damaged() {
        let mut xml = Xml::new(&b"<table:table-cell><text:p>An"[..]);
        assert_eq!(row(&mut xml).err(), Some(ProblemCode::DamagedWorkbook));
    }
}
