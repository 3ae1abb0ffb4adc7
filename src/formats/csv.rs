//! Reads separated values, saved by a program or copied from the screen.
//!
//! RFC 4180 describes one dialect; real files differ in separator, encoding, title and total rows and a
//! `sep=` line. The rows are returned as they are; `reports` interprets them.

use super::charset::Decoder;
use super::{encoding, repaired_rows};
use crate::address;
use crate::model::sorting::sort_by_key;
use ::csv::{Reader, ReaderBuilder, StringRecord};
use std::borrow::Cow;

/// The possible separators, the least ambiguous first.
const SEPARATORS: [u8; 4] = [b'\t', b';', b'|', b','];

/// A character that occurs in no text (ASCII's unit separator), so that each line is one cell.
const NO_SEPARATOR: u8 = 0x1F;

/// How many rows to sample to detect the separator.
const SAMPLE_ROWS: usize = 200;

/// A line with more tabs than this is a row, even the only one.
const LONE_CELLS: usize = 3;

/// A table that is split into rows each time they are read: a large report has millions of cells, and
/// keeping them would take as much memory as everything else.
#[derive(Debug)]
pub struct Table<'a> {
    text: Cow<'a, str>,
    /// The start of the rows: after a line that announces the separator.
    start: usize,
    /// The number of the line where they start.
    first_line: u32,
    dialect: Dialect,
}

/// How rows are split into cells.
#[derive(Clone, Copy, Debug)]
struct Dialect {
    separator: u8,
    /// Whether quotation marks enclose cells.
    quoting: bool,
}

impl<'a> Table<'a> {
    fn new(text: Cow<'a, str>, start: usize, separator: u8) -> Self {
        let (text, quoting) = match quotation(&text[start..], separator) {
            Quotation::Encloses => (text, true),
            Quotation::Repaired(rows) => (Cow::Owned([&text[..start], &rows].concat()), true),
            Quotation::Means => (text, false),
        };
        let dialect = Dialect { separator, quoting };
        Self {
            text,
            start,
            first_line: 1 + u32::from(start > 0),
            dialect,
        }
    }

    /// A table from text that is split already, with a tab between cells. Its first line has this number.
    fn tabbed(text: Cow<'a, str>, first_line: u32) -> Self {
        let dialect = Dialect {
            separator: b'\t',
            quoting: false,
        };
        Self {
            text,
            start: 0,
            first_line,
            dialect,
        }
    }

    /// The rows in order, without the empty ones.
    pub fn rows(&self) -> Rows<'_> {
        Rows::of(&self.text[self.start..], self.dialect, self.first_line)
    }
}

/// Splits text into rows, one at a time.
#[derive(Debug)]
pub struct Rows<'t> {
    reader: Reader<&'t [u8]>,
    lines: LineCounter<'t>,
    record: Record,
}

impl<'t> Rows<'t> {
    fn of(text: &'t str, dialect: Dialect, first_line: u32) -> Self {
        let reader = ReaderBuilder::new()
            .delimiter(dialect.separator)
            .flexible(true)
            .has_headers(false)
            .quoting(dialect.quoting)
            .from_reader(text.as_bytes());
        Self {
            reader,
            lines: LineCounter {
                text: text.as_bytes(),
                at: 0,
                line: first_line,
            },
            record: Record {
                line: first_line,
                cells: StringRecord::new(),
            },
        }
    }

    /// The next row that is not empty. It is valid until the next call.
    pub fn next_row(&mut self) -> Option<Row<'_>> {
        let cells = &mut self.record.cells;
        // Reading text from memory, without headers and with rows of any length, cannot fail.
        while self.reader.read_record(cells).unwrap_or(false) {
            let start = cells.position().map_or(0, |position| position.byte());
            self.record.line = self.lines.line_of(start as usize);
            if cells.iter().any(|cell| !trim(cell).is_empty()) {
                return Some(self.record.row());
            }
        }
        None
    }

    /// The first rows, to read them more than once.
    pub fn sample(mut self, most: usize) -> Vec<Record> {
        let mut sample = Vec::new();
        while sample.len() < most && self.next_row().is_some() {
            sample.push(self.record.clone());
        }
        sample
    }
}

/// A row that owns its cells.
#[derive(Clone, Debug)]
pub struct Record {
    line: u32,
    cells: StringRecord,
}

impl Record {
    /// The row, borrowed.
    pub fn row(&self) -> Row<'_> {
        Row {
            line: self.line,
            cells: &self.cells,
        }
    }
}

/// One row of a table.
#[derive(Clone, Copy, Debug)]
pub struct Row<'a> {
    /// The line it starts at, counted from 1.
    pub line: u32,
    cells: &'a StringRecord,
}

impl<'a> Row<'a> {
    /// The number of its cells.
    pub fn width(self) -> usize {
        self.cells.len()
    }

    /// The cell at this place, from 0, trimmed; `None` beyond the last cell.
    pub fn cell(self, place: usize) -> Option<&'a str> {
        self.cells.get(place).map(trim)
    }

    /// Its cells in order.
    pub fn cells(self) -> impl Iterator<Item = &'a str> {
        self.cells.iter().map(trim)
    }
}

/// Removes white space, invisible characters, and quotation marks that enclose nothing.
fn trim(cell: &str) -> &str {
    match cell.as_bytes() {
        [] => cell,
        [first, .., last] if first.is_ascii_alphanumeric() && last.is_ascii_alphanumeric() => cell,
        _ => {
            let cell = unguarded(cell.trim_matches(is_padding));
            match cell.strip_prefix('"') {
                Some(inner) if !inner.trim_end_matches('"').contains('"') => {
                    inner.trim_end_matches('"').trim_matches(is_padding)
                }
                _ => cell,
            }
        }
    }
}

/// Removes the guards against a spreadsheet reading a cell as a number or a formula, and single quotation
/// marks: `="…"`, `'…`, `'…'`.
fn unguarded(cell: &str) -> &str {
    let formula = cell
        .strip_prefix("=\"")
        .and_then(|rest| rest.strip_suffix('"'));
    let is_name = ["'s-", "'s ", "'t ", "'n "]
        .iter()
        .any(|start| cell.starts_with(start));
    let text = cell.strip_prefix('\'').filter(|_| !is_name);
    let text = text.map(|rest| rest.strip_suffix('\'').unwrap_or(rest));
    formula.or(text).unwrap_or(cell).trim_matches(is_padding)
}

fn is_padding(character: char) -> bool {
    character.is_whitespace()
        || character.is_control()
        || matches!(character, '\u{200B}'..='\u{200F}' | '\u{FEFF}')
}

/// Reads a table; `None` if the bytes are none.
///
/// A table has rows of two or more cells, most of them equally long; if an address fills a cell, half of
/// them are enough, so that titles and totals do not matter.
pub fn read(bytes: &[u8], decoder: Decoder) -> Option<Table<'_>> {
    let text = repaired_rows::repair(encoding::decode(bytes, decoder));
    let (start, announced) = separator_line(&text);
    let separator = announced.or_else(|| choose_separator(&text[start..]))?;
    Some(Table::new(text, start, separator))
}

/// Reads all cells of a table of separated values, row by row, in any encoding and with any separator
/// that reports use; `None` if the bytes are no table. Rows may differ in length. `decoder` is the one
/// of the [`Host`](crate::Host).
pub fn cells(bytes: &[u8], decoder: Decoder) -> Option<Vec<Vec<String>>> {
    let table = read(bytes, decoder)?;
    let mut rows = table.rows();
    let mut cells = Vec::new();
    while let Some(row) = rows.next_row() {
        cells.push(row.cells().map(str::to_owned).collect());
    }
    Some(cells)
}

/// Reads the rows of a sheet: separated by tabs, and no cell contains a tab or a line break. If all cells
/// are in the first column, they contain a separate table, or a list. The first line has this number.
pub fn read_sheet(bytes: &[u8], first_line: u32, decoder: Decoder) -> Table<'_> {
    if bytes.contains(&b'\t') {
        Table::tabbed(encoding::decode(bytes, decoder), first_line)
    } else {
        read_list(bytes, decoder)
    }
}

/// Reads a table, or else a list with one value or a few addresses per line.
pub fn read_list(bytes: &[u8], decoder: Decoder) -> Table<'_> {
    // In `Claes, An <an@example.be>` a comma is part of the name.
    let is_list = |table: &Table<'_>| table.dialect.separator == b',' && table.text.contains('<');
    read(bytes, decoder)
        .filter(|table| !is_list(table))
        .unwrap_or_else(|| Table::new(encoding::decode(bytes, decoder), 0, NO_SEPARATOR))
}

/// Reads Excel's announcement of the separator, a first line `sep=;`. Returns where the rest begins, and
/// the separator if it is announced.
fn separator_line(text: &str) -> (usize, Option<u8>) {
    let end = text.find('\n').map_or(text.len(), |at| at + 1);
    let line = text[..end].trim_end_matches(['\r', '\n']).trim_matches('"');
    match line.as_bytes() {
        [s, e, p, b'=', separator] if [s, e, p].map(u8::to_ascii_lowercase) == *b"sep" => {
            (end, Some(*separator))
        }
        _ => (0, None),
    }
}

/// The separator with which most rows have the same number of cells, of at least two; `None` if there is
/// no such separator.
fn choose_separator(text: &str) -> Option<u8> {
    let mut best: Option<((bool, usize), u8)> = None;
    for separator in SEPARATORS {
        let dialect = Dialect {
            separator,
            quoting: true,
        };
        let sample = Rows::of(text, dialect, 1).sample(SAMPLE_ROWS);
        let rows = || sample.iter().map(Record::row);
        let regular = regular_rows(rows());
        let addresses = rows().any(names_an_address);
        // Lines above the table are a title, however many.
        let titles = rows().take_while(|row| row.width() == 1).count();
        // A separator that leaves more rows uneven is punctuation, and so is one that splits a single
        // line of prose.
        let is_table = if addresses {
            regular * 2 >= sample.len() || regular >= 2 && regular * 2 >= sample.len() - titles
        } else if separator == b',' {
            regular >= 2 && regular * 3 > sample.len() * 2
        } else {
            // These do not occur in most lines of prose; above a report are the criteria it was made with.
            let split = rows().filter(|row| row.width() > 1).count();
            let lone = separator == b'\t'
                && sample.len() == 1
                && rows().all(|row| row.width() > LONE_CELLS);
            lone || split >= 2 && split * 3 > (sample.len() - titles) * 2
        };
        let fit = (addresses, regular);
        if is_table && regular > 0 && best.is_none_or(|(most, _)| fit > most) {
            best = Some((fit, separator));
        }
    }
    best.map(|(_, separator)| separator)
}

fn names_an_address(row: Row<'_>) -> bool {
    row.width() > 1 && row.cells().any(|cell| address::single(cell).is_some())
}

/// How many rows have the most common number of cells, of at least two.
fn regular_rows<'a>(rows: impl Iterator<Item = Row<'a>>) -> usize {
    let mut widths: Vec<usize> = rows.map(Row::width).filter(|width| *width > 1).collect();
    sort_by_key(&mut widths, |width| *width);
    widths
        .chunk_by(|a, b| a == b)
        .map(<[usize]>::len)
        .max()
        .unwrap_or(0)
}

/// What quotation marks do in a table.
enum Quotation {
    /// They enclose cells.
    Encloses,
    /// They do once those that nothing closes are left out.
    Repaired(String),
    /// They are part of the text.
    Means,
}

/// Determines what quotation marks do. If one that is never closed swallows the rows after it, more rows
/// contain an address without it.
fn quotation(text: &str, separator: u8) -> Quotation {
    if memchr::memchr(b'"', text.as_bytes()).is_none() {
        return Quotation::Encloses;
    }
    let count = |text: &str, quoting| {
        let mut rows = Rows::of(text, Dialect { separator, quoting }, 1);
        let (mut named, mut swallows) = (0_usize, false);
        while let Some(row) = rows.next_row() {
            named += usize::from(names_an_address(row));
            // A cell of several lines, as of two addresses, has no separator in it.
            swallows |= row
                .cells()
                .any(|cell| cell.contains('\n') && cell.as_bytes().contains(&separator));
        }
        (named, swallows)
    };
    let (named, swallows) = count(text, true);
    if !swallows {
        return Quotation::Encloses;
    }
    let without = count(text, false).0;
    if without <= named {
        return Quotation::Encloses;
    }
    let repaired = without_lone_marks(text, separator);
    if count(&repaired, true).0 >= without {
        Quotation::Repaired(repaired)
    } else {
        Quotation::Means
    }
}

/// Leaves out the mark that opens a cell on a line that does not close it.
fn without_lone_marks(text: &str, separator: u8) -> String {
    let mut repaired = String::with_capacity(text.len());
    for line in text.split_inclusive('\n') {
        let bytes = line.as_bytes();
        let opens = |at: &usize| *at == 0 || bytes[at - 1] == separator;
        let mut marks = memchr::memchr_iter(b'"', bytes);
        let lone = (marks.clone().count() % 2 == 1)
            .then(|| marks.rfind(opens))
            .flatten();
        match lone {
            Some(at) => repaired.extend([&line[..at], &line[at + 1..]]),
            None => repaired.push_str(line),
        }
    }
    repaired
}

/// Counts lines, because the reader's own count is one too low after CRLF and blank lines.
#[derive(Debug)]
struct LineCounter<'a> {
    text: &'a [u8],
    at: usize,
    line: u32,
}

impl LineCounter<'_> {
    /// The line at `byte`, which must not be before that of the last call.
    fn line_of(&mut self, byte: usize) -> u32 {
        let rest = self.text.get(byte..).unwrap_or_default();
        let breaks = rest
            .iter()
            .take_while(|byte| matches!(byte, b'\r' | b'\n'))
            .count();
        let start = (byte + breaks).min(self.text.len());
        let passed = self.text.get(self.at..start).unwrap_or_default();
        self.line += memchr::memchr_iter(b'\n', passed).count() as u32;
        self.at = self.at.max(start);
        self.line
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::formats::charset::decode;

    fn cells(text: &str) -> Vec<Vec<String>> {
        let Some(table) = read(text.as_bytes(), decode) else {
            return Vec::new();
        };
        let rows = table.rows().sample(usize::MAX);
        let own = |record: &Record| record.row().cells().map(str::to_owned).collect();
        rows.iter().map(own).collect()
    }

    #[test]
    fn every_separator_is_detected() {
        for separator in [";", ",", "\t", "|"] {
            let text = format!("a{separator}b{separator}c\n1{separator}2, en meer{separator}3\n")
                .replace(
                    "2, en meer",
                    if separator == "," { "2" } else { "2, en meer" },
                );
            assert_eq!(cells(&text)[0], ["a", "b", "c"], "{separator:?}");
            assert_eq!(cells(&text)[1].len(), 3, "{separator:?}");
        }
    }

    #[test]
    fn an_announced_separator_is_used_and_lines_are_counted_from_the_first() {
        let table = read(b"sep=;\r\na;b\r\n1;\"twee\r\nlijnen\"\r\n3;4\r\n", decode).unwrap();
        let rows = table.rows().sample(usize::MAX);
        let lines: Vec<_> = rows.iter().map(|record| record.row().line).collect();
        assert_eq!(lines, [2, 3, 5]);
        assert_eq!(rows[1].row().cell(1), Some("twee\r\nlijnen"));
        assert_eq!(rows[1].row().cell(2), None);
        assert_eq!(cells("sep=\t\na\tb\n")[0], ["a", "b"]);
    }

    #[test]
    fn titles_above_a_short_table_do_not_hide_it() {
        let text = "Rapport\nSchool\nMaart\nBatch 3\n\nE-mail;Status\njan@example.com;FAILED\n";
        assert_eq!(cells(text).last().unwrap(), &["jan@example.com", "FAILED"]);
    }

    #[test]
    fn a_stray_quotation_mark_does_not_swallow_the_rest() {
        for rows in [3, 200] {
            let mut text = String::from("naam;adres\n\"Jan;jan@example.com\n");
            text.push_str(&"\"Els\";els@example.com\n".repeat(rows));
            assert_eq!(cells(&text).len(), rows + 2);
            assert_eq!(cells(&text)[2], ["Els", "els@example.com"]);
        }
    }

    #[test]
    fn a_mark_that_nothing_closes_spoils_no_other_cell() {
        let text = "naam;adres;reden\n\"Jan;jan@example.com;a\nEls;els@example.com;\"vol; later\"\n\
                    Bo;bo@example.com;\"c\nMia;mia@example.com;d\n";
        let expected = [
            ["Jan", "jan@example.com", "a"],
            ["Els", "els@example.com", "vol; later"],
            ["Bo", "bo@example.com", "c"],
            ["Mia", "mia@example.com", "d"],
        ];
        assert_eq!(cells(text)[1..], expected);
    }

    #[test]
    fn two_addresses_on_lines_of_a_cell_are_one_cell() {
        let text =
            "nr;adres;reden\n1;\"jan@example.com\nels@example.com\";vol\n2;bo@example.com;ok\n";
        assert_eq!(
            cells(text)[1],
            ["1", "jan@example.com\nels@example.com", "vol"]
        );
    }

    #[test]
    fn a_quoted_cell_may_contain_lines_that_look_like_cells() {
        let text = "adres;reden\njan@example.com;\"550 no;\nuser; really\"\nels@example.com;ok\n";
        assert_eq!(cells(text)[1][1], "550 no;\nuser; really");
        assert_eq!(cells(text).len(), 3);
    }

    #[test]
    fn invisible_characters_around_a_cell_are_removed() {
        let text = "\u{feff}a;b\n\u{a0}jan@example.com\0;\u{200b} FAILED \u{202f}\n";
        assert_eq!(cells(text)[1], ["jan@example.com", "FAILED"]);
    }

    #[test]
    fn prose_is_no_table() {
        let prose = "Beste,\n\nje bericht kwam niet aan, helaas.\nProbeer het later, of bel ons, of kom langs.\n";
        assert!(read(prose.as_bytes(), decode).is_none());
    }
}
