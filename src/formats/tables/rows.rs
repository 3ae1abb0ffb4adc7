//! The rows of a table as its reader finds them, each with the line of the file that it begins on.

use crate::formats::PASSED_COLUMNS;

/// How many bytes of table a byte of text may give: a cell may be given to each of many rows.
const MOST_TIMES: usize = 8;

/// A table of this size is never too large, in bytes.
const SMALL: usize = 64 << 10;

/// A table in text, with a tab after each cell but the last of a row. The number of a line is that of the
/// line that the row begins on; titles that the file has nowhere are line 0.
#[derive(Debug)]
pub struct Rows {
    text: String,
    /// The number of the first line.
    first: u32,
    /// The number of the next line.
    next: u32,
    most: usize,
}

impl Rows {
    /// An empty table out of a text of this size in bytes.
    pub fn out_of(size: usize) -> Self {
        Self {
            text: String::new(),
            first: 1,
            next: 1,
            most: size.saturating_mul(MOST_TIMES).saturating_add(SMALL),
        }
    }

    /// Adds titles that the file has nowhere, above all rows.
    pub fn titles<S: AsRef<str>>(&mut self, cells: impl IntoIterator<Item = S>) {
        (self.first, self.next) = (0, 0);
        self.push(0, cells);
    }

    /// Adds a row that begins on this line, from 1. Where several begin on one line, each after the first
    /// gets a line of its own.
    pub fn push<S: AsRef<str>>(&mut self, line: u32, cells: impl IntoIterator<Item = S>) {
        if self.is_too_large() {
            return;
        }
        for _ in self.next..line {
            self.text.push('\n');
        }
        let mut empty = 0;
        for (place, cell) in cells.into_iter().take(PASSED_COLUMNS).enumerate() {
            let cell = cell.as_ref().trim();
            empty += usize::from(place > 0);
            if !cell.is_empty() {
                self.text.extend(std::iter::repeat_n('\t', empty));
                empty = 0;
                let one_line = |next: char| if next.is_control() { ' ' } else { next };
                self.text.extend(cell.chars().map(one_line));
            }
        }
        self.text.push('\n');
        self.next = self.next.max(line) + 1;
    }

    /// Whether more was added than is read; nothing more is.
    pub fn is_too_large(&self) -> bool {
        self.text.len() > self.most
    }

    /// The number of the first line.
    #[cfg(test)]
    pub fn first(&self) -> u32 {
        self.first
    }

    /// The cells of the rows.
    #[cfg(test)]
    pub fn into_cells(self) -> Vec<Vec<String>> {
        let cells = |line: &str| line.split('\t').map(str::to_owned).collect();
        let lines = self.text.lines().filter(|line| !line.is_empty());
        lines.map(cells).collect()
    }

    /// The number of the first line, and the lines.
    pub fn into_lines(self) -> (u32, String) {
        (self.first, self.text)
    }
}
