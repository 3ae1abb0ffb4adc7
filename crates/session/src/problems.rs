//! Problems over all evidence, kept short: a folder of files that are no evidence must not bury the
//! few that matter.

use bezorgd_model::{Problem, ProblemCode, ProblemDetail};

/// The first problems of each kind, and how many more there are.
#[derive(Debug, Default)]
pub struct ProblemList {
    listed: Vec<Problem>,
    more: Vec<(ProblemCode, u32)>,
}

impl ProblemList {
    /// Lists a problem, or counts it if enough of its kind are listed.
    pub fn push(&mut self, problem: Problem) {
        let code = problem.code;
        let of_its_kind = |listed: &&Problem| listed.code == code;
        let count = match problem.detail {
            Some(ProblemDetail::MoreRows(rows)) => rows,
            _ => 1,
        };
        let more = self.more.iter_mut().find(|(known, _)| *known == code);
        if let Some((_, more)) = more {
            *more += count;
        } else if self.listed.iter().filter(of_its_kind).count() < code.most_listed() {
            self.listed.push(problem);
        } else {
            self.more.push((code, count));
        }
    }

    /// The problems that are listed, in the order in which they came up.
    pub fn listed(&self) -> &[Problem] {
        &self.listed
    }

    /// How many problems of a kind are not listed, without the zeros.
    pub fn more(&self) -> &[(ProblemCode, u32)] {
        &self.more
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_kind_of_problem_has_its_own_first_few() {
        const LISTED: usize = ProblemCode::Empty.most_listed();
        let mut problems = ProblemList::default();
        let file = |number: usize| format!("{number}.csv");
        for number in 0..LISTED + 2 {
            problems.push(Problem::in_file(ProblemCode::Empty, &file(number)));
        }
        problems.push(Problem::in_file(ProblemCode::Unreadable, "last.csv"));
        let files: Vec<&str> = problems.listed().iter().map(|it| &*it.file).collect();
        let first = (0..LISTED).map(file);
        let expected: Vec<String> = first.chain(["last.csv".to_owned()]).collect();
        assert_eq!(files, expected);
        assert_eq!(problems.more(), [(ProblemCode::Empty, 2)]);
    }

    #[test]
    fn rows_that_a_file_only_counts_are_counted_here_too() {
        let mut problems = ProblemList::default();
        let code = ProblemCode::UnreadableDate;
        for line in 0..code.most_listed() {
            problems.push(Problem::at_line(code, "a.csv", line as u32));
        }
        let others = ProblemDetail::MoreRows(40);
        problems.push(Problem::in_file(code, "a.csv").because(others));
        problems.push(Problem::at_line(code, "b.csv", 2));
        assert_eq!(problems.listed().len(), code.most_listed());
        assert_eq!(problems.more(), [(code, 41)]);
    }
}
