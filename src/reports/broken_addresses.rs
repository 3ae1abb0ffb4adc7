//! Rows whose address cannot be one. They are the commonest reason of all for a failure, so each is listed with
//! what is written there.

use crate::model::{Problem, ProblemCode, ProblemDetail, WrittenAddress};

/// How many rows are listed; the others are only counted.
const ROWS_LISTED: usize = 100;

/// How much of a cell is shown, in bytes; an address has at most 254 (RFC 5321, section 4.5.3.1).
const LONGEST_SHOWN: usize = 254;

/// The rows with such an address, in the order of the table.
#[derive(Default)]
pub struct BrokenAddresses {
    listed: Vec<(u32, Box<str>)>,
    others: u32,
}

impl BrokenAddresses {
    /// Records the cell of a row.
    pub fn push(&mut self, line: u32, cell: &str) {
        if self.listed.len() < ROWS_LISTED {
            let cell = &cell[..cell.floor_char_boundary(LONGEST_SHOWN)];
            self.listed.push((line, cell.into()));
        } else {
            self.others += 1;
        }
    }

    /// One problem for each listed row, and one with the number of the others.
    pub fn into_problems(self, file: &str) -> impl Iterator<Item = Problem> {
        const CODE: ProblemCode = ProblemCode::BrokenAddress;
        let others = ProblemDetail::MoreRows(self.others);
        let others = Problem::in_file(CODE, file).because(others);
        let listed = self.listed.into_iter().map(move |(line, cell)| {
            let written = WrittenAddress {
                written: cell.into(),
                likely: None,
            };
            Problem::at_line(CODE, file, line).because(ProblemDetail::Address(written))
        });
        listed.chain((self.others > 0).then_some(others))
    }
}
