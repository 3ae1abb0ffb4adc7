//! Separated values, saved by a program or copied from the screen.
//!
//! RFC 4180 describes one dialect; what people have differs in separator, encoding, title and total
//! rows and a `sep=` line. The rows come out as they are; what they mean is for `reports`.

use super::encoding;
use crate::address;
use ::csv::{ByteRecord, ReaderBuilder};
use std::borrow::Cow;

/// The separators that occur, the most telling first.
const SEPARATORS: [u8; 4] = [b'\t', b';', b'|', b','];

/// Rows that are looked at to choose the separator.
const SAMPLE_ROWS: usize = 200;

/// A quoted cell with more line breaks than this is a stray quotation mark, not an address block.
const LONGEST_QUOTED_LINES: u64 = 100;

/// One row of a table.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Row {
    /// The line it starts at, counted from 1.
    pub line: u64,
    /// Its cells, with the white space around them removed.
    pub cells: Vec<String>,
}

/// Reads the rows that are not empty, if this is a table at all.
///
/// A table is what splits into rows of two or more cells, most of them equally long; with an address
/// in a cell of its own, half of them are enough, so that titles and totals do not matter.
pub fn read(bytes: &[u8]) -> Option<Vec<Row>> {
    let text = encoding::decode(bytes);
    let (text, announced, skipped) = separator_line(&text);
    let separator = announced.or_else(|| choose_separator(text))?;
    Some(rows(text, separator, skipped, usize::MAX))
}

/// Reads a table, or else a list with one value per line.
pub fn read_list(bytes: &[u8]) -> Vec<Row> {
    read(bytes).unwrap_or_else(|| {
        let text = encoding::decode(bytes);
        let lines = (1..)
            .zip(text.lines())
            .filter(|(_, line)| !line.trim().is_empty());
        lines
            .map(|(line, cell)| Row {
                line,
                cells: vec![cell.trim().to_owned()],
            })
            .collect()
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
        let sample = rows(text, separator, 0, SAMPLE_ROWS);
        let regular = regular_rows(&sample);
        let addresses = sample.iter().any(names_an_address);
        // What leaves more rows ragged is punctuation, and so is what splits a single line of prose.
        let is_table = if addresses {
            regular * 2 >= sample.len()
        } else {
            regular >= 2 && regular * 3 > sample.len() * 2
        };
        let fit = (addresses, regular);
        if is_table && regular > 0 && best.is_none_or(|(most, _)| fit > most) {
            best = Some((fit, separator));
        }
    }
    best.map(|(_, separator)| separator)
}

fn names_an_address(row: &Row) -> bool {
    row.cells.len() > 1 && row.cells.iter().any(|cell| address::single(cell).is_some())
}

/// How many rows have the most common number of cells of at least two.
fn regular_rows(sample: &[Row]) -> usize {
    let mut widths: Vec<usize> = sample
        .iter()
        .map(|row| row.cells.len())
        .filter(|width| *width > 1)
        .collect();
    widths.sort_unstable();
    widths
        .chunk_by(|a, b| a == b)
        .map(<[usize]>::len)
        .max()
        .unwrap_or(0)
}

fn rows(text: &str, separator: u8, skipped: u64, limit: usize) -> Vec<Row> {
    split(text, separator, skipped, limit, true)
        .or_else(|| split(text, separator, skipped, limit, false))
        .unwrap_or_default()
}

/// Splits into rows; `None` when quotation marks swallow what cannot be one cell.
fn split(text: &str, separator: u8, skipped: u64, limit: usize, quoting: bool) -> Option<Vec<Row>> {
    let mut reader = ReaderBuilder::new()
        .delimiter(separator)
        .flexible(true)
        .has_headers(false)
        .quoting(quoting)
        .from_reader(text.as_bytes());
    let mut record = ByteRecord::new();
    let mut lines = LineCounter {
        text: text.as_bytes(),
        at: 0,
        line: 1 + skipped,
    };
    let mut rows = Vec::new();
    // Reading from memory, without headers and with rows of any length, cannot fail.
    while rows.len() < limit && reader.read_byte_record(&mut record).unwrap_or(false) {
        let start = record
            .position()
            .map_or(0, |position| position.byte() as usize);
        let line = lines.line_of(start);
        if quoting && lines.line_of(reader.position().byte() as usize) - line > LONGEST_QUOTED_LINES
        {
            return None;
        }
        let cells: Vec<String> = record.iter().map(cell).collect();
        if cells.iter().any(|cell| !cell.is_empty()) {
            rows.push(Row { line, cells });
        }
    }
    Some(rows)
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
        self.line += passed.iter().filter(|byte| **byte == b'\n').count() as u64;
        self.at = self.at.max(start);
        self.line
    }
}

fn cell(bytes: &[u8]) -> String {
    let text: Cow<'_, str> = String::from_utf8_lossy(bytes);
    text.trim_matches(|character: char| character.is_whitespace() || character == '\u{FEFF}')
        .to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cells(text: &str) -> Vec<Vec<String>> {
        read(text.as_bytes())
            .unwrap_or_default()
            .into_iter()
            .map(|row| row.cells)
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
        let rows = read(b"sep=;\r\na;b\r\n1;\"twee\r\nlijnen\"\r\n3;4\r\n").unwrap();
        assert_eq!(
            rows.iter().map(|row| row.line).collect::<Vec<_>>(),
            [2, 3, 5]
        );
        assert_eq!(rows[1].cells[1], "twee\r\nlijnen");
    }

    #[test]
    fn a_stray_quotation_mark_does_not_swallow_the_rest() {
        let mut text = String::from("naam;adres\n\"Jan;jan@example.com\n");
        text.push_str(&"Els;els@example.com\n".repeat(200));
        assert_eq!(read(text.as_bytes()).unwrap().len(), 202);
    }

    #[test]
    fn prose_is_no_table() {
        let prose = "Beste,\n\nje bericht kwam niet aan, helaas.\nProbeer het later, of bel ons, of kom langs.\n";
        assert_eq!(read(prose.as_bytes()), None);
    }
}
