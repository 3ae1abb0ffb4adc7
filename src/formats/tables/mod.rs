//! Text that is a table to a person, in another notation than separated values. Each reader turns it into
//! rows of cells with the line that each is on; what they mean is for `reports`.
//!
//! The page loads these readers apart, with those of archives and workbooks: `likely` alone is for everybody.

mod align;
mod cards;
mod cell;
mod cells_on_lines;
mod dif;
mod html;
mod json;
mod likely;
mod log;
mod rows;
mod spaced;
mod sylk;
mod transposed;
mod web_archive;

use super::part::ContainerPart;
use super::workbook;
use crate::address;
use crate::model::{Format, ProblemCode};
use rows::Rows;
use std::borrow::Cow;

/// The largest text whose lines are read in any notation, in bytes: each is looked at many times.
const LARGEST_LINES: usize = 32 << 20;

/// Fewer lines with an address and a date are sentences.
const FEWEST_ROWS: usize = 3;

pub use likely::{Likely, is_notation, likely};

/// Passes on the tables of a text in UTF-8, each as a sheet.
///
/// # Errors
/// [`UnknownFormat`](ProblemCode::UnknownFormat) when it holds none; else what is wrong with it.
pub fn read(bytes: &[u8], take: &mut dyn FnMut(ContainerPart<'_>)) -> Result<(), ProblemCode> {
    let all = String::from_utf8_lossy(bytes);
    let text = all.trim_start_matches(|next: char| next.is_whitespace() || next == '\u{FEFF}');
    let is_xml = ["<?xml", "<office:document ", "<Workbook"]
        .iter()
        .any(|start| text.starts_with(start));
    if is_xml {
        let read = workbook::read_xml(text, take);
        if read != Err(ProblemCode::UnknownFormat) {
            return read;
        }
    }
    if let Some((rows, complete)) = json::read(&all) {
        let problem = (!complete).then_some(ProblemCode::DamagedWorkbook);
        pass(rows, Format::Json, problem, take);
    } else if text.starts_with("ID;P") {
        pass(sylk::read(text), Format::Csv, None, take);
    } else if text.starts_with("TABLE") && text.contains("\nDATA") {
        pass(dif::read(text), Format::Csv, None, take);
    } else if web_archive::is_one(text) {
        let pages = web_archive::pages(text);
        let tables: Vec<Rows> = pages.iter().filter_map(|page| of_page(page)).collect();
        if tables.is_empty() {
            return Err(ProblemCode::UnknownFormat);
        }
        for rows in tables {
            pass(rows, Format::Html, None, take);
        }
    } else if text.starts_with('<') {
        let rows = of_page(text).ok_or(ProblemCode::UnknownFormat)?;
        pass(rows, Format::Html, None, take);
    } else {
        if all.len() > LARGEST_LINES {
            return Err(ProblemCode::TooLarge);
        }
        let rows = of_lines(&all).ok_or(ProblemCode::UnknownFormat)?;
        pass(rows, Format::Csv, None, take);
    }
    Ok(())
}

/// The tables of a web page, or what its lines hold.
fn of_page(page: &str) -> Option<Rows> {
    let Some(rows) = html::read(page) else {
        let words = html::words(page);
        return Some(words)
            .filter(|words| words.len() <= LARGEST_LINES)
            .and_then(|words| of_lines(&words));
    };
    let (_, lines) = rows.into_lines();
    // A label without a value is a label all the same.
    let with_tab = |line: &str| {
        if line.contains('\t') {
            format!("{line}\n")
        } else {
            format!("{line}\t\n")
        }
    };
    let labelled: String = lines.lines().map(with_tab).collect();
    let read = transposed::read(&lines).or_else(|| cards::read(&labelled));
    read.or_else(|| {
        let mut rows = Rows::out_of(lines.len());
        for (number, line) in (1..).zip(lines.lines()) {
            rows.push(number, line.split('\t'));
        }
        Some(rows)
    })
}

/// The table that lines hold.
fn of_lines(text: &str) -> Option<Rows> {
    let readers = [
        log::read,
        transposed::read,
        cards::read,
        cells_on_lines::read,
        spaced::read,
    ];
    let rows = readers.iter().find_map(|read| read(text));
    rows.or_else(|| unsplit(text))
}

/// Lines that are rows, each as one cell, if most are: nothing separates their cells, so that a person has
/// to be shown what was seen.
fn unsplit(text: &str) -> Option<Rows> {
    let mut addresses: Vec<&str> = Vec::new();
    let (mut filled, mut found) = (0, 0);
    let mut rows = Rows::out_of(text.len());
    for (number, line) in (1..).zip(text.lines()) {
        filled += usize::from(!line.trim().is_empty());
        let has_date = line.split_whitespace().any(cell::is_date_word);
        let address = address::within(line).next().filter(|_| has_date);
        if let Some(address) = address {
            rows.push(number, [line]);
            found += 1;
            if addresses.len() < FEWEST_ROWS && !addresses.contains(&address) {
                addresses.push(address);
            }
        }
    }
    (addresses.len() == FEWEST_ROWS && found * 2 >= filled).then_some(rows)
}

/// Passes on one table.
fn pass(
    rows: Rows,
    format: Format,
    problem: Option<ProblemCode>,
    take: &mut dyn FnMut(ContainerPart<'_>),
) {
    let problem = if rows.is_too_large() {
        Some(ProblemCode::TooLarge)
    } else {
        problem
    };
    let (first_line, lines) = rows.into_lines();
    take(ContainerPart::Sheet {
        name: Cow::Borrowed(""),
        format,
        first_line,
    });
    take(ContainerPart::Slice(Cow::Borrowed(lines.as_bytes())));
    take(ContainerPart::End(problem));
}
