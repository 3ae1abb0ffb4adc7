//! Rows of which the empty cells are missing: which of the cells that are left belongs in which column.

use super::cell::{Shape, is_status};

/// How many different values of a column are kept to compare with.
const VALUES: usize = 8;

/// What the cells of a column look like in the rows that have all of them.
#[derive(Default)]
struct Column<'t> {
    rows: u32,
    shapes: Vec<(Shape, u32)>,
    values: Vec<&'t str>,
    statuses: u32,
}

/// Moves the cells of short rows to the columns that they look like, with empty ones between.
pub fn align(rows: &mut [Vec<&str>], width: usize) {
    let mut columns: Vec<Column<'_>> = (0..width).map(|_| Column::default()).collect();
    for row in rows.iter().filter(|row| row.len() == width) {
        for (column, cell) in columns.iter_mut().zip(row) {
            column.add(cell);
        }
    }
    for row in rows.iter_mut().filter(|row| row.len() < width) {
        *row = placed(row, &columns);
    }
}

impl<'t> Column<'t> {
    fn add(&mut self, cell: &'t str) {
        self.rows += 1;
        let shape = Shape::of(cell);
        match self.shapes.iter_mut().find(|(known, _)| *known == shape) {
            Some((_, rows)) => *rows += 1,
            None => self.shapes.push((shape, 1)),
        }
        self.statuses += u32::from(is_status(cell));
        if self.values.len() < VALUES && !self.values.contains(&cell) {
            self.values.push(cell);
        }
    }

    /// How well a cell fits, in hundredths.
    fn fit(&self, cell: &str) -> u32 {
        let shape = Shape::of(cell);
        let rows = self.shapes.iter().find(|(known, _)| *known == shape);
        let share = |rows: u32| rows * 100 / self.rows.max(1);
        let is_value = self.values.len() < VALUES && self.values.contains(&cell);
        let as_status = if is_status(cell) { self.statuses } else { 0 };
        rows.map_or(0, |(_, rows)| share(*rows)) + u32::from(is_value) * 100 + share(as_status)
    }
}

/// Places cells in order where they fit best together; the first columns win where it makes no difference.
fn placed<'t>(cells: &[&'t str], columns: &[Column<'_>]) -> Vec<&'t str> {
    let spare = columns.len() - cells.len();
    // The best sum of the cells from here on, by the cell and by how many columns were passed over.
    let mut best = vec![vec![0_u32; spare + 1]; cells.len() + 1];
    for (place, cell) in cells.iter().enumerate().rev() {
        for passed in (0..=spare).rev() {
            let here = columns[place + passed].fit(cell) + best[place + 1][passed];
            let later = if passed < spare {
                best[place][passed + 1]
            } else {
                0
            };
            best[place][passed] = here.max(later);
        }
    }
    let mut row = Vec::with_capacity(columns.len());
    let mut passed = 0;
    for (place, cell) in cells.iter().enumerate() {
        let here = |passed: usize| columns[place + passed].fit(cell) + best[place + 1][passed];
        while passed < spare && here(passed) < best[place][passed] {
            row.push("");
            passed += 1;
        }
        row.push(cell);
    }
    row.resize(columns.len(), "");
    row
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cell_goes_where_others_like_it_are() {
        let mut rows = vec![
            vec![
                "12/03/2026",
                "Claes An",
                "an@example.be",
                "failed",
                "mailbox full",
                "F2026/1",
            ],
            vec!["12/03/2026", "bo@example.be", "delivered", "F2026/2"],
            vec![
                "12/03/2026",
                "Maes Ed",
                "ed@example.be",
                "failed",
                "no such user",
            ],
            vec!["an@example.be"],
        ];
        align(&mut rows, 6);
        assert_eq!(
            rows[1],
            [
                "12/03/2026",
                "",
                "bo@example.be",
                "delivered",
                "",
                "F2026/2"
            ]
        );
        assert_eq!(
            rows[2],
            [
                "12/03/2026",
                "Maes Ed",
                "ed@example.be",
                "failed",
                "no such user",
                ""
            ]
        );
        assert_eq!(rows[3], ["", "", "an@example.be", "", "", ""]);
    }

    #[test]
    fn without_a_complete_row_the_first_columns_are_filled() {
        let mut rows = vec![vec!["a", "b"]];
        align(&mut rows, 3);
        assert_eq!(rows, [["a", "b", ""]]);
    }
}
