//! Separated values, saved by a program or copied from the screen.
//!
//! RFC 4180 describes one dialect; what people have differs in separator, encoding, title and total
//! rows and a `sep=` line. The rows come out as they are; what they mean is for `reports`.

use super::encoding;
use crate::address;
use ::csv::{ReaderBuilder, StringRecord};

/// The separators that occur, the most telling first.
const SEPARATORS: [u8; 4] = [b'\t', b';', b'|', b','];

/// Rows that are looked at to choose the separator.
const SAMPLE_ROWS: usize = 200;

/// A quoted cell with more line breaks than this is a stray quotation mark, not an address block.
const LONGEST_QUOTED_LINES: u64 = 100;

/// The rows of a table that are not empty.
///
/// All its text stands in one piece: a large report has millions of cells, and an allocation for
/// each would take more time and memory than all the rest.
#[derive(Debug, Default)]
pub struct Table {
    /// The cells one after the other, with the white space around them removed.
    text: String,
    /// Where each cell ends in `text`.
    ends: Vec<usize>,
    rows: Vec<Place>,
}

#[derive(Clone, Copy, Debug)]
struct Place {
    line: u64,
    /// The number of its first cell.
    first_cell: usize,
}

impl Table {
    /// The rows in order.
    pub fn rows(&self) -> impl Iterator<Item = Row<'_>> {
        (0..self.rows.len()).map(|index| self.row(index))
    }

    fn row(&self, index: usize) -> Row<'_> {
        let Place { line, first_cell } = self.rows[index];
        let next = self.rows.get(index + 1);
        let end = next.map_or(self.ends.len(), |next| next.first_cell);
        let start = first_cell.checked_sub(1).map_or(0, |last| self.ends[last]);
        Row {
            line,
            text: &self.text,
            start,
            ends: &self.ends[first_cell..end],
        }
    }

    /// Adds a row, unless it is empty.
    fn push<'a>(&mut self, line: u64, cells: impl Iterator<Item = &'a str>) {
        let (first_cell, start) = (self.ends.len(), self.text.len());
        for cell in cells {
            self.text.push_str(cell.trim_matches(is_padding));
            self.ends.push(self.text.len());
        }
        if self.text.len() == start {
            self.ends.truncate(first_cell);
        } else {
            self.rows.push(Place { line, first_cell });
        }
    }
}

fn is_padding(character: char) -> bool {
    character.is_whitespace() || character == '\u{FEFF}'
}

/// One row of a table.
#[derive(Clone, Copy, Debug)]
pub struct Row<'a> {
    /// The line it starts at, counted from 1.
    pub line: u64,
    text: &'a str,
    /// Where its first cell starts in `text`.
    start: usize,
    /// Where each of its cells ends there.
    ends: &'a [usize],
}

impl<'a> Row<'a> {
    /// How many cells it has.
    pub fn width(self) -> usize {
        self.ends.len()
    }

    /// The cell at this place, counted from 0.
    pub fn cell(self, place: usize) -> Option<&'a str> {
        let end = *self.ends.get(place)?;
        let before = place.checked_sub(1).and_then(|last| self.ends.get(last));
        Some(&self.text[before.copied().unwrap_or(self.start)..end])
    }

    /// Its cells in order.
    pub fn cells(self) -> impl Iterator<Item = &'a str> {
        (0..self.width()).filter_map(move |place| self.cell(place))
    }
}

/// Reads the rows that are not empty, if this is a table at all.
///
/// A table is what splits into rows of two or more cells, most of them equally long; with an address
/// in a cell of its own, half of them are enough, so that titles and totals do not matter.
pub fn read(bytes: &[u8]) -> Option<Table> {
    let text = encoding::decode(bytes);
    let (text, announced, skipped) = separator_line(&text);
    let separator = announced.or_else(|| choose_separator(text))?;
    Some(table(text, separator, skipped, usize::MAX))
}

/// Reads the rows of a sheet: separated by tabs, and no cell holds a tab or a line break. Cells that
/// are all in the first column hold a table of their own, or a list.
pub fn read_sheet(bytes: &[u8]) -> Table {
    if !bytes.contains(&b'\t') {
        return read_list(bytes);
    }
    split(&encoding::decode(bytes), b'\t', 0, usize::MAX, false).unwrap_or_default()
}

/// Reads a table, or else a list with one value per line.
pub fn read_list(bytes: &[u8]) -> Table {
    read(bytes).unwrap_or_else(|| {
        let mut list = Table::default();
        for (line, cell) in (1..).zip(encoding::decode(bytes).lines()) {
            list.push(line, std::iter::once(cell));
        }
        list
    })
}

/// Excel's own way to announce the separator: a first line `sep=;`.
fn separator_line(text: &str) -> (&str, Option<u8>, u64) {
    let (first, rest) = text.split_once('\n').unwrap_or((text, ""));
    match first.trim_end().as_bytes() {
        [s, e, p, b'=', separator] if [s, e, p].map(u8::to_ascii_lowercase) == *b"sep" => {
            (rest, Some(*separator), 1)
        }
        _ => (text, None, 0),
    }
}

/// The separator under which most rows have the same number of cells, if any has two or more.
fn choose_separator(text: &str) -> Option<u8> {
    let mut best: Option<((bool, usize), u8)> = None;
    for separator in SEPARATORS {
        let sample = table(text, separator, 0, SAMPLE_ROWS);
        let regular = regular_rows(&sample);
        let addresses = sample.rows().any(names_an_address);
        // What leaves more rows ragged is punctuation, and so is what splits a single line of prose.
        let is_table = if addresses {
            regular * 2 >= sample.rows.len()
        } else {
            regular >= 2 && regular * 3 > sample.rows.len() * 2
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

/// How many rows have the most common number of cells of at least two.
fn regular_rows(sample: &Table) -> usize {
    let mut widths: Vec<usize> = sample
        .rows()
        .map(Row::width)
        .filter(|width| *width > 1)
        .collect();
    widths.sort_unstable();
    widths
        .chunk_by(|a, b| a == b)
        .map(<[usize]>::len)
        .max()
        .unwrap_or(0)
}

fn table(text: &str, separator: u8, skipped: u64, most_rows: usize) -> Table {
    split(text, separator, skipped, most_rows, true)
        .or_else(|| split(text, separator, skipped, most_rows, false))
        .unwrap_or_default()
}

/// Splits into rows; `None` when quotation marks swallow what cannot be one cell.
fn split(
    text: &str,
    separator: u8,
    skipped: u64,
    most_rows: usize,
    quoting: bool,
) -> Option<Table> {
    let mut reader = ReaderBuilder::new()
        .delimiter(separator)
        .flexible(true)
        .has_headers(false)
        .quoting(quoting)
        .from_reader(text.as_bytes());
    let mut record = StringRecord::new();
    let mut lines = LineCounter {
        text: text.as_bytes(),
        at: 0,
        line: 1 + skipped,
    };
    let mut table = Table::default();
    // Reading text from memory, without headers and with rows of any length, cannot fail.
    while table.rows.len() < most_rows && reader.read_record(&mut record).unwrap_or(false) {
        let start = record
            .position()
            .map_or(0, |position| position.byte() as usize);
        let line = lines.line_of(start);
        if quoting && lines.line_of(reader.position().byte() as usize) - line > LONGEST_QUOTED_LINES
        {
            return None;
        }
        table.push(line, record.iter());
    }
    Some(table)
}

/// Counts lines where the reader's own count is one behind after CRLF and blank lines.
struct LineCounter<'a> {
    text: &'a [u8],
    at: usize,
    line: u64,
}

impl LineCounter<'_> {
    /// The line of what comes at or after `byte`, which never lies before the one asked for last.
    fn line_of(&mut self, byte: usize) -> u64 {
        let rest = self.text.get(byte..).unwrap_or_default();
        let breaks = rest
            .iter()
            .take_while(|byte| matches!(byte, b'\r' | b'\n'))
            .count();
        let start = (byte + breaks).min(self.text.len());
        let passed = self.text.get(self.at..start).unwrap_or_default();
        self.line += memchr::memchr_iter(b'\n', passed).count() as u64;
        self.at = self.at.max(start);
        self.line
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cells(text: &str) -> Vec<Vec<String>> {
        let table = read(text.as_bytes()).unwrap_or_default();
        let rows = table.rows();
        rows.map(|row| row.cells().map(str::to_owned).collect())
            .collect()
    }

    #[test]
    fn every_separator_is_found() {
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
    fn the_announced_separator_counts_and_lines_stay_true() {
        let table = read(b"sep=;\r\na;b\r\n1;\"twee\r\nlijnen\"\r\n3;4\r\n").unwrap();
        let lines: Vec<_> = table.rows().map(|row| row.line).collect();
        assert_eq!(lines, [2, 3, 5]);
        assert_eq!(table.row(1).cell(1), Some("twee\r\nlijnen"));
        assert_eq!(table.row(1).cell(2), None);
    }

    #[test]
    fn a_stray_quotation_mark_does_not_swallow_the_rest() {
        let mut text = String::from("naam;adres\n\"Jan;jan@example.com\n");
        text.push_str(&"Els;els@example.com\n".repeat(200));
        assert_eq!(cells(&text).len(), 202);
    }

    #[test]
    fn prose_is_no_table() {
        let prose = "Beste,\n\nje bericht kwam niet aan, helaas.\nProbeer het later, of bel ons, of kom langs.\n";
        assert!(read(prose.as_bytes()).is_none());
    }
}
