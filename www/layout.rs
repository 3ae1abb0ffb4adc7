//! Where the rows of a long list stand: only those in view exist, so that a million recipients
//! scroll as well as ten. Knows numbers only.

use bezorgd::job::Turn;

/// The height of a row in pixels; `style.css` has the same.
pub const ROW: f64 = 64.0;
/// The height of a heading over a group of rows; `style.css` has the same.
pub const HEADING: f64 = 44.0;
/// Browsers cannot show an element that is much higher than this many rows.
pub const MOST_ROWS: u32 = 200_000;

/// A list of rows, some of which begin a group with a heading.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Layout {
    /// First row of each group, what is to be done, and how many rows.
    groups: Vec<(u32, Turn, u32)>,
    rows: u32,
}

impl Layout {
    /// Rows without headings.
    pub fn flat(rows: u32) -> Self {
        Self {
            groups: Vec::new(),
            rows: rows.min(MOST_ROWS),
        }
    }

    /// Rows that are sorted by what is to be done, each sort under its heading.
    pub fn grouped(turns: &[(Turn, u32)]) -> Self {
        let mut rows = 0;
        let groups = turns
            .iter()
            .map(|&(turn, count)| {
                let first = rows;
                rows += count;
                (first, turn, count)
            })
            .collect();
        Self {
            groups,
            rows: rows.min(MOST_ROWS),
        }
    }

    /// The heading over this row, with the number of rows under it.
    pub fn heading(&self, row: u32) -> Option<(Turn, u32)> {
        let group = self.groups.iter().find(|(first, ..)| *first == row)?;
        Some((group.1, group.2))
    }

    /// Where this row, or the heading over it, begins.
    pub fn top(&self, row: u32) -> f64 {
        let headings = self
            .groups
            .iter()
            .filter(|(first, ..)| *first < row)
            .count();
        f64::from(row) * ROW + headings as f64 * HEADING
    }

    /// The height of everything.
    pub fn height(&self) -> f64 {
        self.top(self.rows)
    }

    /// The row at this height, the last one when it is below all.
    pub fn row_at(&self, y: f64) -> u32 {
        let (mut low, mut high) = (0, self.rows.saturating_sub(1));
        while low < high {
            let middle = low + (high - low).div_ceil(2);
            if self.top(middle) <= y {
                low = middle;
            } else {
                high = middle - 1;
            }
        }
        low
    }

    /// How many rows there is room for.
    pub fn rows(&self) -> u32 {
        self.rows
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headings_push_rows_down() {
        let layout = Layout::grouped(&[(Turn::CorrectAddress, 2), (Turn::Wait, 3)]);
        assert_eq!(layout.heading(0), Some((Turn::CorrectAddress, 2)));
        assert_eq!(layout.heading(1), None);
        assert_eq!(layout.heading(2), Some((Turn::Wait, 3)));
        assert_eq!(layout.top(0), 0.0);
        assert_eq!(layout.top(1), HEADING + ROW);
        assert_eq!(layout.top(2), HEADING + 2.0 * ROW);
        assert_eq!(layout.height(), 2.0 * HEADING + 5.0 * ROW);
    }

    #[test]
    fn the_row_in_view_is_found_back() {
        let layout = Layout::grouped(&[(Turn::CorrectAddress, 2), (Turn::Wait, 3)]);
        for row in 0..5 {
            assert_eq!(layout.row_at(layout.top(row)), row);
            assert_eq!(layout.row_at(layout.top(row) + 1.0), row);
        }
        assert_eq!(layout.row_at(-5.0), 0);
        assert_eq!(layout.row_at(1e9), 4);
        assert_eq!(Layout::flat(0).row_at(100.0), 0);
    }

    #[test]
    fn a_list_is_never_higher_than_browsers_can_show() {
        assert!(Layout::flat(u32::MAX).height() < 17_000_000.0);
    }
}
