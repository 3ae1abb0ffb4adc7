//! Problems over all evidence, kept short: a folder of files that are no evidence must not bury the
//! few that matter.

use super::tally::count;
use bezorgd_model::{Problem, ProblemCode};

/// How many problems of one kind are listed; the others are only counted.
const PROBLEMS_LISTED: usize = 5;

/// The first problems of each kind, and how many more there are.
#[derive(Debug, Default)]
pub struct ProblemList {
    listed: Vec<Problem>,
    more: Vec<(ProblemCode, u32)>,
}

impl ProblemList {
    /// Lists a problem, or counts it if enough of its kind are listed.
    pub fn push(&mut self, problem: Problem) {
        let of_its_kind = |listed: &&Problem| listed.code == problem.code;
        if self.listed.iter().filter(of_its_kind).count() < PROBLEMS_LISTED {
            self.listed.push(problem);
        } else {
            count(&mut self.more, problem.code);
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
        let mut problems = ProblemList::default();
        let file = |number: usize| format!("{number}.csv");
        for number in 0..PROBLEMS_LISTED + 2 {
            problems.push(Problem::in_file(ProblemCode::Empty, &file(number)));
        }
        problems.push(Problem::in_file(ProblemCode::Unreadable, "last.csv"));
        let files: Vec<&str> = problems.listed().iter().map(|it| &*it.file).collect();
        let first = (0..PROBLEMS_LISTED).map(file);
        let expected: Vec<String> = first.chain(["last.csv".to_owned()]).collect();
        assert_eq!(files, expected);
        assert_eq!(problems.more(), [(ProblemCode::Empty, 2)]);
    }
}
