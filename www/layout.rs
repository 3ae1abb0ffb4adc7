//! Positions in a long list: only the rows in view exist, so that a million recipients scroll as well as
//! ten. Numbers only, no browser.
//!
//! A browser cannot show an element that is as high as a million rows. A list that is too high gets a
//! shorter track: scrolling from one end of the track to the other passes all rows.

use bezorgd_model::NextStep;

/// The height of a row in pixels; `style.css` has the same.
pub const ROW: f64 = 64.0;
/// The height of a heading over a group of rows; `style.css` has the same.
pub const HEADING: f64 = 44.0;
/// When the list and a recipient are side by side, as a media query; `style.css` has the same.
pub const WIDE: &str = "(min-width: 60rem)";
/// The longest track, in pixels: Firefox goes to 17.8 million, other browsers further.
const LONGEST: f64 = 12_000_000.0;

/// A list of rows, some of which begin a group with a heading.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ListLayout {
    /// For each group: its first row, its next step, and its number of rows.
    groups: Vec<(u32, NextStep, u32)>,
    rows: u32,
}

impl ListLayout {
    /// Rows without headings.
    pub fn flat(rows: u32) -> Self {
        Self {
            groups: Vec::new(),
            rows,
        }
    }

    /// Rows that are sorted by next step, each group under its heading.
    pub fn grouped(next_steps: &[(NextStep, u32)]) -> Self {
        let mut rows = 0;
        let groups = next_steps
            .iter()
            .map(|&(next_step, count)| {
                let first = rows;
                rows += count;
                (first, next_step, count)
            })
            .collect();
        Self { groups, rows }
    }

    /// The heading over this row, with the number of rows under it.
    pub fn heading(&self, row: u32) -> Option<(NextStep, u32)> {
        let group = self.groups.iter().find(|(first, ..)| *first == row)?;
        Some((group.1, group.2))
    }

    /// The top of this row, or of the heading over it, in pixels.
    pub fn top(&self, row: u32) -> f64 {
        let headings = self
            .groups
            .iter()
            .filter(|(first, ..)| *first < row)
            .count();
        f64::from(row) * ROW + headings as f64 * HEADING
    }

    /// The length of the track, in pixels.
    pub fn track(&self) -> f64 {
        self.top(self.rows).min(LONGEST)
    }

    /// How much faster the rows move than the track, seen through a view of this height; 1 where the
    /// track is as long as the list is high.
    pub fn speed(&self, view: f64) -> f64 {
        let scrolled = (self.track() - view).max(1.0);
        let passed = (self.top(self.rows) - view).max(1.0);
        (passed / scrolled).max(1.0)
    }

    /// The position in the list for a position on the track, both at the top of the view.
    pub fn height_at(&self, place: f64, view: f64) -> f64 {
        let lowest = (self.top(self.rows) - view).max(place);
        (place * self.speed(view)).min(lowest)
    }

    /// The row at this position; the last one when it is below all.
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

    /// How many rows there are.
    pub fn rows(&self) -> u32 {
        self.rows
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sizes_agree_with_the_style_sheet() {
        let style = include_str!("style.css");
        for rule in [
            format!("\n.row {{\n  height: {ROW}px;\n}}"),
            format!("\n.group {{\n  height: {HEADING}px;\n}}"),
            format!("\n@media {WIDE} {{\n  .panes {{\n    grid-template-columns:"),
        ] {
            assert!(style.contains(&rule), "{rule}");
        }
    }

    #[test]
    fn headings_push_rows_down() {
        let layout = ListLayout::grouped(&[(NextStep::CorrectAddress, 2), (NextStep::Wait, 3)]);
        assert_eq!(layout.heading(0), Some((NextStep::CorrectAddress, 2)));
        assert_eq!(layout.heading(1), None);
        assert_eq!(layout.heading(2), Some((NextStep::Wait, 3)));
        assert_eq!(layout.top(0), 0.0);
        assert_eq!(layout.top(1), HEADING + ROW);
        assert_eq!(layout.top(2), HEADING + 2.0 * ROW);
        assert_eq!(layout.track(), 2.0 * HEADING + 5.0 * ROW);
    }

    #[test]
    fn a_position_in_a_row_leads_to_that_row() {
        let layout = ListLayout::grouped(&[(NextStep::CorrectAddress, 2), (NextStep::Wait, 3)]);
        for row in 0..5 {
            assert_eq!(layout.row_at(layout.top(row)), row);
            assert_eq!(layout.row_at(layout.top(row) + 1.0), row);
        }
        assert_eq!(layout.row_at(-5.0), 0);
        assert_eq!(layout.row_at(1e9), 4);
        assert_eq!(ListLayout::flat(0).row_at(100.0), 0);
    }

    #[test]
    fn a_short_list_scrolls_as_any_page() {
        let layout = ListLayout::flat(1_000);
        for place in [0.0, 1.0, 5_000.0, layout.track() - 500.0] {
            assert_eq!(layout.height_at(place, 500.0), place);
        }
    }

    #[test]
    fn a_track_that_browsers_can_show_reaches_every_row() {
        let (layout, view) = (ListLayout::flat(4_000_000), 500.0);
        assert!(layout.track() < 17_000_000.0);
        assert_eq!(layout.height_at(0.0, view), 0.0);
        let end = layout.height_at(layout.track() - view, view);
        assert!((end + view - layout.top(4_000_000)).abs() < 0.01, "{end}");
        let middle = layout.row_at(layout.height_at((layout.track() - view) / 2.0, view));
        assert!((1_999_990..=2_000_000).contains(&middle), "{middle}");
    }
}
