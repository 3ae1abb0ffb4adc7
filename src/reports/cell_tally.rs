//! Rows counted by what one of their cells holds, so that thousands of rows are one problem.

use crate::model::{LeftOut, ProblemDetail, Role};

/// How many different cells are listed; the rows with others are only counted.
const CELLS_LISTED: usize = 8;

/// How much of a cell is shown, in bytes.
const LONGEST_SHOWN: usize = 20;

/// Rows by the column and the cell because of which they are counted.
#[derive(Debug, Default)]
pub struct CellTally {
    rows: u32,
    cells: Vec<(Role, Box<str>, u32)>,
}

impl CellTally {
    /// Counts a row.
    pub fn add(&mut self, role: Role, cell: &str) {
        self.rows += 1;
        let cell = &cell[..cell.floor_char_boundary(LONGEST_SHOWN)];
        let same = |(known, text, _): &(Role, Box<str>, u32)| *known == role && **text == *cell;
        match self.cells.iter().position(same) {
            Some(place) => self.cells[place].2 += 1,
            None if self.cells.len() < CELLS_LISTED => self.cells.push((role, cell.into(), 1)),
            None => {}
        }
    }

    /// What was counted; `None` where nothing was.
    pub fn into_detail(self) -> Option<ProblemDetail> {
        let cells = self.cells.into_iter().map(|(role, cell, rows)| LeftOut {
            role,
            cell: cell.into(),
            rows,
        });
        (self.rows > 0).then(|| ProblemDetail::LeftOut(self.rows, cells.collect()))
    }
}
