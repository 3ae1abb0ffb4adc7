//! Rows of which something could not be read, kept short: a broken column must not bury the results.

use crate::model::{Problem, ProblemCode, ProblemDetail, WrittenAddress};

/// How much of a cell is shown, in bytes; an address has at most 254 (RFC 5321, section 4.5.3.1).
const LONGEST_SHOWN: usize = 254;

/// The rows of each problem, in the order in which the problems first came up.
#[derive(Default)]
pub struct RowProblems(Vec<Rows>);

/// The rows with one problem.
struct Rows {
    code: ProblemCode,
    /// The first lines, as many as are listed, each with what is written there.
    listed: Vec<(u32, Option<Box<str>>)>,
    /// How many more there are.
    others: u32,
}

impl RowProblems {
    /// Records a problem of a row.
    pub fn push(&mut self, code: ProblemCode, line: u32) {
        self.add(code, line, None);
    }

    /// Records a problem of a row that is in this cell.
    pub fn push_cell(&mut self, code: ProblemCode, line: u32, cell: &str) {
        self.add(code, line, Some(cell));
    }

    fn add(&mut self, code: ProblemCode, line: u32, cell: Option<&str>) {
        let known = self.0.iter().position(|rows| rows.code == code);
        let place = known.unwrap_or_else(|| {
            self.0.push(Rows {
                code,
                listed: Vec::new(),
                others: 0,
            });
            self.0.len() - 1
        });
        let rows = &mut self.0[place];
        if rows.listed.len() < code.most_listed() {
            let shown = |cell: &str| cell[..cell.floor_char_boundary(LONGEST_SHOWN)].into();
            rows.listed.push((line, cell.map(shown)));
        } else {
            rows.others += 1;
        }
    }

    /// One problem for each listed row, and one with the number of the others.
    pub fn into_problems(self, file: &str) -> Vec<Problem> {
        let mut problems = Vec::new();
        for Rows {
            code,
            listed,
            others,
        } in self.0
        {
            problems.extend(listed.into_iter().map(|(line, cell)| Problem {
                detail: cell.map(|cell| detail(code, cell.into())),
                ..Problem::at_line(code, file, line)
            }));
            if others > 0 {
                let detail = ProblemDetail::MoreRows(others);
                problems.push(Problem::in_file(code, file).because(detail));
            }
        }
        problems
    }
}

fn detail(code: ProblemCode, cell: String) -> ProblemDetail {
    match code {
        ProblemCode::BrokenAddress => ProblemDetail::Address(WrittenAddress {
            written: cell,
            likely: None,
        }),
        _ => ProblemDetail::Cell(cell),
    }
}
