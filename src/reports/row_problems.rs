//! Rows of which something could not be read, kept short: a broken column must not bury the results.

use crate::model::{Problem, ProblemCode, ProblemDetail};

/// How many rows of one problem are listed; the others are only counted.
const ROWS_LISTED: usize = 5;

/// The rows of each problem, in the order in which the problems first came up.
#[derive(Default)]
pub struct RowProblems(Vec<(ProblemCode, Vec<u32>)>);

impl RowProblems {
    /// Records a problem of a row.
    pub fn push(&mut self, code: ProblemCode, line: u32) {
        match self.0.iter_mut().find(|(known, _)| *known == code) {
            Some((_, lines)) => lines.push(line),
            None => self.0.push((code, vec![line])),
        }
    }

    /// One problem for each listed row, and one with the number of the others.
    pub fn into_problems(self, file: &str) -> Vec<Problem> {
        let mut problems = Vec::new();
        for (code, lines) in self.0 {
            let listed = lines.iter().take(ROWS_LISTED);
            problems.extend(listed.map(|line| Problem::at_line(code, file, *line)));
            let rest = lines.len().saturating_sub(ROWS_LISTED);
            if rest > 0 {
                let detail = ProblemDetail::MoreRows(rest as u32);
                problems.push(Problem::in_file(code, file).because(detail));
            }
        }
        problems
    }
}
