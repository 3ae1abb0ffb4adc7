//! Turns the cells of sheets into the lines of a table.

use crate::formats::PASSED_COLUMNS;
use crate::formats::part::ContainerPart;
use crate::model::{Format, ProblemCode};
use std::borrow::Cow;
use std::collections::{BTreeMap, HashMap};

/// The number of rows of the largest possible sheet.
pub const MOST_ROWS: u32 = 1 << 20;

/// How many columns to pass.
pub const MOST_COLUMNS: u32 = PASSED_COLUMNS as u32;

/// The maximum number of cells of all sheets together, including empty ones to the left of others.
pub const MOST_CELLS: u64 = 20_000_000;

/// The maximum number of merged cells that are announced before their texts come.
const MOST_MERGED: usize = 1 << 20;

/// The maximum size of the text of all sheets together, in bytes.
pub const MOST_BYTES: u64 = 256 << 20;

/// How many bytes of text there may be for each byte of the workbook, which stores a text of many cells
/// once.
const MOST_TEXT: u64 = 8;

/// A workbook of up to this many bytes is never too large.
const SMALL: u64 = 64 << 10;

/// How many bytes to pass at a time.
const SLICE: usize = 256 << 10;

/// The sheets of one workbook, one after the other.
pub struct Sheets<'t> {
    format: Format,
    take: &'t mut dyn FnMut(ContainerPart<'_>),
    name: String,
    /// Whether this sheet has had a cell.
    begun: bool,
    /// The row and column after the last cell.
    row: u32,
    column: u32,
    /// The last row of each merged cell that covers several rows, by its own row and column.
    merged: HashMap<(u32, u32), u32>,
    /// Whether there are more of them.
    more_merged: bool,
    /// The last of these so far, by its column.
    above: BTreeMap<u32, MergedCell>,
    lines: String,
    cells: u64,
    most_cells: u64,
    bytes: u64,
    most_bytes: u64,
    empty: bool,
}

/// A cell that was merged with those below it, which count as having its text.
struct MergedCell {
    last_row: u32,
    text: String,
}

impl<'t> Sheets<'t> {
    /// Passes the sheets of a workbook of this format and size in bytes to `take`.
    pub fn new(format: Format, size: u64, take: &'t mut dyn FnMut(ContainerPart<'_>)) -> Self {
        let size = size.max(SMALL);
        Self {
            format,
            take,
            name: String::new(),
            begun: false,
            row: 0,
            column: 0,
            merged: HashMap::new(),
            more_merged: false,
            above: BTreeMap::new(),
            lines: String::new(),
            cells: 0,
            most_cells: size.min(MOST_CELLS),
            bytes: 0,
            most_bytes: size.saturating_mul(MOST_TEXT).min(MOST_BYTES),
            empty: true,
        }
    }

    /// Starts a sheet; a sheet without a filled cell is not passed. One that did not end is damaged.
    pub fn begin(&mut self, name: &str) {
        if self.begun {
            // Passed with its problem, so that nothing is left to return.
            let _ = self.end(Err(ProblemCode::DamagedWorkbook));
        }
        name.clone_into(&mut self.name);
        self.begun = false;
        self.row = 0;
        self.column = 0;
        self.merged.clear();
        self.more_merged = false;
        self.above.clear();
    }

    /// Announces a cell of this sheet that covers the rows to `last_row`. If there are too many, the sheet
    /// ends with a problem.
    pub fn merge(&mut self, row: u32, column: u32, last_row: u32) {
        if last_row <= row || column >= MOST_COLUMNS {
        } else if self.merged.len() == MOST_MERGED {
            self.more_merged = true;
        } else {
            self.merged.insert((row, column), last_row);
        }
    }

    /// Adds a cell, by its row and column from 0. Cells come in the order of rows, then columns.
    ///
    /// # Errors
    /// If the cells are out of order, or over a limit.
    pub fn cell(&mut self, row: u32, column: u32, text: &str) -> Result<(), ProblemCode> {
        let text = text.trim();
        if text.is_empty() {
            return Ok(());
        }
        // One of those beyond the last column is enough to show that there are more.
        let column = column.min(MOST_COLUMNS - 1);
        if row == self.row && self.column == MOST_COLUMNS {
            return Ok(());
        }
        if row >= MOST_ROWS || (row, column) < (self.row, self.column) {
            return Err(ProblemCode::DamagedWorkbook);
        }
        if row > self.row {
            self.end_row()?;
            self.above.retain(|_, cell| cell.last_row >= row);
        }
        self.fill(row, column)?;
        self.put(row, column, text)?;
        if let Some(last_row) = self.merged.remove(&(row, column)) {
            let text = text.to_owned();
            self.above.insert(column, MergedCell { last_row, text });
        }
        Ok(())
    }

    /// Repeats the merged cells that cover a row, from the last cell to the column before `end`. A row without
    /// a cell of its own stays empty.
    fn fill(&mut self, row: u32, end: u32) -> Result<(), ProblemCode> {
        let above = std::mem::take(&mut self.above);
        let from = if row == self.row { self.column } else { 0 };
        let mut cells = above.range(from..end.max(from));
        let filled = cells.try_for_each(|(column, cell)| self.put(row, *column, &cell.text));
        self.above = above;
        filled
    }

    /// Repeats what covers the rest of the last row that has a cell.
    fn end_row(&mut self) -> Result<(), ProblemCode> {
        if self.column > 0 {
            self.fill(self.row, MOST_COLUMNS)?;
        }
        Ok(())
    }

    fn put(&mut self, row: u32, column: u32, text: &str) -> Result<(), ProblemCode> {
        if !self.begun {
            self.begun = true;
            self.empty = false;
            (self.take)(ContainerPart::Sheet {
                name: Cow::Borrowed(&self.name),
                format: self.format,
                first_line: 1,
            });
        }
        for _ in self.row..row {
            self.lines.push('\n');
            self.column = 0;
        }
        // After the first cell of a row, one of the tabs separates it from the cell before.
        let tabs = column - self.column.saturating_sub(1);
        self.cells += u64::from(tabs.max(1));
        let length = self.lines.len() + tabs as usize + text.len();
        if self.cells > self.most_cells || self.bytes + length as u64 > self.most_bytes {
            return Err(ProblemCode::TooLarge);
        }
        for _ in 0..tabs {
            self.lines.push('\t');
        }
        let one_line = |character: char| {
            let breaks = character.is_control() || matches!(character, '\u{2028}' | '\u{2029}');
            if breaks { ' ' } else { character }
        };
        self.lines.extend(text.chars().map(one_line));
        self.row = row;
        self.column = column + 1;
        if self.lines.len() >= SLICE {
            self.flush();
        }
        Ok(())
    }

    /// Ends the sheet, with its problem if it has one.
    pub fn end(&mut self, read: Result<(), ProblemCode>) -> Result<(), ProblemCode> {
        let merged = if self.more_merged {
            Err(ProblemCode::TooLarge)
        } else {
            Ok(())
        };
        let read = read.and_then(|()| self.end_row()).and(merged);
        if self.begun {
            self.lines.push('\n');
            self.flush();
            (self.take)(ContainerPart::End(read.err()));
            self.begun = false;
            Ok(())
        } else {
            read
        }
    }

    /// Ends the workbook.
    ///
    /// # Errors
    /// If it was empty.
    pub fn finish(self) -> Result<(), ProblemCode> {
        if self.empty {
            Err(ProblemCode::Empty)
        } else {
            Ok(())
        }
    }

    fn flush(&mut self) {
        self.bytes += self.lines.len() as u64;
        (self.take)(ContainerPart::Slice(Cow::Borrowed(self.lines.as_bytes())));
        self.lines.clear();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The parts that the sheets pass, and the result at the end.
    fn sheets(
        fill: impl FnOnce(&mut Sheets<'_>),
    ) -> (Vec<ContainerPart<'static>>, Result<(), ProblemCode>) {
        let mut parts = Vec::new();
        let mut take = |part: ContainerPart<'_>| {
            parts.push(match part {
                ContainerPart::Sheet { name, format, .. } => ContainerPart::Sheet {
                    name: Cow::Owned(name.into_owned()),
                    format,
                    first_line: 1,
                },
                ContainerPart::Slice(slice) => ContainerPart::Slice(Cow::Owned(slice.into_owned())),
                ContainerPart::End(problem) => ContainerPart::End(problem),
                ContainerPart::File { .. } | ContainerPart::Stream { .. } => {
                    panic!("a workbook contains sheets")
                }
            });
        };
        let mut sheets = Sheets::new(Format::Xlsx, 0, &mut take);
        fill(&mut sheets);
        let finished = sheets.finish();
        (parts, finished)
    }

    #[test]
    fn a_line_is_a_row() {
        let (parts, finished) = sheets(|sheets| {
            sheets.begin("Leeg");
            assert_eq!(sheets.cell(3, 1, " \n "), Ok(()));
            assert_eq!(sheets.end(Ok(())), Ok(()));
            sheets.begin("Blad");
            for (row, column, text) in [(2, 1, "a"), (2, 2, "b\tc\r\nd"), (2, 5, "e"), (4, 0, "f")]
            {
                assert_eq!(sheets.cell(row, column, text), Ok(()));
            }
            assert_eq!(sheets.end(Ok(())), Ok(()));
        });
        let name = Cow::Borrowed("Blad");
        let format = Format::Xlsx;
        let lines = b"\n\n\ta\tb c  d\t\t\te\n\nf\n";
        assert_eq!(
            parts,
            [
                ContainerPart::Sheet {
                    name,
                    format,
                    first_line: 1
                },
                ContainerPart::Slice(Cow::Borrowed(lines)),
                ContainerPart::End(None),
            ]
        );
        assert_eq!(finished, Ok(()));
    }

    #[test]
    fn a_merged_cell_counts_for_every_row_that_has_another() {
        let mut lines = Vec::new();
        let mut take = |part: ContainerPart<'_>| {
            if let ContainerPart::Slice(slice) = part {
                lines.extend_from_slice(&slice);
            }
        };
        let mut sheets = Sheets::new(Format::Xlsx, 0, &mut take);
        sheets.begin("Blad");
        for (row, column, last_row) in [(0, 0, 4), (1, 1, 2), (1, 3, 3), (3, 2, 3)] {
            sheets.merge(row, column, last_row);
        }
        for (row, column, text) in [
            (0, 0, "a"),
            (1, 1, "b"),
            (1, 3, "d"),
            (2, 2, "c"),
            (3, 1, "own"),
            (3, 2, "x"),
            (5, 1, "last"),
        ] {
            assert_eq!(sheets.cell(row, column, text), Ok(()));
        }
        assert_eq!(sheets.end(Ok(())), Ok(()));
        assert_eq!(
            String::from_utf8(lines).as_deref(),
            Ok("a\na\tb\t\td\na\tb\tc\td\na\town\tx\td\n\n\tlast\n")
        );
    }

    #[test]
    fn too_many_merged_cells_are_a_problem() {
        let (parts, finished) = sheets(|sheets| {
            sheets.begin("Blad");
            for row in 0..=MOST_MERGED as u32 {
                sheets.merge(row, 1, row + 1);
            }
            assert_eq!(sheets.cell(0, 0, "a"), Ok(()));
            assert_eq!(sheets.end(Ok(())), Ok(()));
            sheets.begin("Nog een");
            assert_eq!(sheets.cell(0, 0, "a"), Ok(()));
            assert_eq!(sheets.end(Ok(())), Ok(()));
        });
        let ends = parts.iter().filter_map(|part| match part {
            ContainerPart::End(problem) => Some(*problem),
            _ => None,
        });
        assert_eq!(
            ends.collect::<Vec<_>>(),
            [Some(ProblemCode::TooLarge), None]
        );
        assert_eq!(finished, Ok(()));
    }

    #[test]
    fn sheets_without_cells_are_not_passed() {
        let (parts, finished) = sheets(|sheets| {
            sheets.begin("Leeg");
            assert_eq!(sheets.end(Ok(())), Ok(()));
        });
        assert_eq!((parts, finished), (Vec::new(), Err(ProblemCode::Empty)));
    }

    #[test]
    fn a_sheet_in_another_ends_it_as_damaged() {
        let (parts, finished) = sheets(|sheets| {
            sheets.begin("Een");
            assert_eq!(sheets.cell(0, 0, "a"), Ok(()));
            sheets.begin("Twee");
            assert_eq!(sheets.cell(0, 0, "b"), Ok(()));
            assert_eq!(sheets.end(Ok(())), Ok(()));
        });
        assert_eq!(finished, Ok(()));
        let names_and_problems: Vec<_> = parts
            .iter()
            .filter_map(|part| match part {
                ContainerPart::Sheet { name, .. } => Some(name.to_string()),
                ContainerPart::Slice(slice) => Some(String::from_utf8_lossy(slice).into_owned()),
                ContainerPart::End(problem) => Some(format!("{problem:?}")),
                _ => None,
            })
            .collect();
        assert_eq!(
            names_and_problems,
            ["Een", "a\n", "Some(DamagedWorkbook)", "Twee", "b\n", "None"]
        );
    }

    #[test]
    fn cells_over_a_limit_are_refused() {
        let (_, finished) = sheets(|sheets| {
            sheets.begin("Blad");
            let damaged = Err(ProblemCode::DamagedWorkbook);
            assert_eq!(sheets.cell(MOST_ROWS, 0, "a"), damaged);
            assert_eq!(sheets.cell(5, 5, "a"), Ok(()));
            assert_eq!(sheets.cell(5, 5, "twice"), damaged);
            assert_eq!(sheets.cell(4, 9, "back"), damaged);
            let long = "a".repeat((SMALL * MOST_TEXT) as usize);
            assert_eq!(sheets.cell(6, 0, &long), Err(ProblemCode::TooLarge));
        });
        assert_eq!(finished, Ok(()), "parts passed before remain valid");
    }
}
