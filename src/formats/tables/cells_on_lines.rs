//! Cells one below the other: a table that was copied cell by cell, as telephones do.
//!
//! Addresses or dates come back in each row. Where they do so after the same number of lines each time, that
//! is how many cells a row has. Where empty cells are missing, a row begins where the first did, and the
//! cells go to the columns that they look like.

use super::align::align;
use super::cell::{Shape, has_digit, is_status, is_title};
use super::rows::Rows;

/// Rows of more cells are none of a report.
const MOST_CELLS: usize = 40;

/// What part of the cells of a column may look different from the rest, one in this many.
const EXCEPTIONS: usize = 5;

/// Fewer rows have titles or a status.
const FEWEST_ROWS: usize = 3;

/// How many cells may be missing from each row.
const MOST_MISSING: usize = 2;

/// A line of the text with its number.
type Line<'t> = (u32, &'t str);

/// Reads the rows, if the lines are cells.
pub fn read(text: &str) -> Option<Rows> {
    let all = || (1..).zip(text.lines().map(str::trim));
    let is_filled = |(_, line): &Line<'_>| !line.is_empty();
    let mut lines: Vec<Line<'_>> = all().skip_while(|line| !is_filled(line)).collect();
    while lines.last().is_some_and(|line| !is_filled(line)) {
        lines.pop();
    }
    // Copied with a line between any two.
    if lines.iter().skip(1).step_by(2).all(|line| !is_filled(line)) {
        lines = lines.into_iter().step_by(2).collect();
    }
    let filled: Vec<Line<'_>> = lines.iter().copied().filter(is_filled).collect();
    let tables = [ragged(&filled), regular(&filled), regular(&lines)];
    let table = tables
        .into_iter()
        .flatten()
        .max_by_key(|table| table.rows.len());
    let table = table.or_else(|| single(&filled))?;
    let mut rows = Rows::out_of(text.len());
    if let Some(titles) = table.titles {
        rows.titles(titles);
    }
    for (line, cells) in table.rows {
        rows.push(line, cells);
    }
    Some(rows)
}

struct Table<'t> {
    titles: Option<Vec<&'t str>>,
    rows: Vec<(u32, Vec<&'t str>)>,
}

impl<'t> Table<'t> {
    /// Titles and rows of one cell a line.
    fn new(titles: &[Line<'t>], rows: impl Iterator<Item = &'t [Line<'t>]>) -> Self {
        let cells = |lines: &[Line<'t>]| lines.iter().map(|(_, line)| *line).collect::<Vec<_>>();
        Self {
            titles: (!titles.is_empty()).then(|| cells(titles)),
            rows: rows.map(|row| (row[0].0, cells(row))).collect(),
        }
    }
}

/// Rows of the same number of lines.
fn regular<'t>(lines: &'t [Line<'t>]) -> Option<Table<'t>> {
    let shapes: Vec<Shape> = lines.iter().map(|(_, line)| Shape::of(line)).collect();
    for width in 2..=MOST_CELLS.min(lines.len() / 2) {
        for first in [Shape::Address, Shape::Date]
            .into_iter()
            .filter_map(|shape| shapes.iter().position(|one| *one == shape))
        {
            if let Some(start) = start_of_rows(lines, &shapes, first, width) {
                let has_titles = start >= width && are_titles(&lines[start - width..start]);
                let titles = &lines[if has_titles { start - width } else { start }..start];
                // What comes after the last of them is no row.
                let count = (first..shapes.len())
                    .step_by(width)
                    .take_while(|at| shapes[*at] == shapes[first])
                    .count();
                let rows = lines[start..].chunks(width).take(count);
                let mut table = Table::new(titles, rows);
                table.use_labels(width);
                return Some(table);
            }
        }
    }
    None
}

/// Where rows of this width begin, if the line `first`, and the one in the same place of each row, holds
/// what few other lines do.
fn start_of_rows(
    lines: &[Line<'_>],
    shapes: &[Shape],
    first: usize,
    width: usize,
) -> Option<usize> {
    let telling = shapes[first];
    let count = (first..shapes.len())
        .step_by(width)
        .take_while(|at| shapes[*at] == telling)
        .count();
    let end = first + (count - 1) * width;
    // Where more come later, rows differ in length.
    if count < 2 || shapes[(end + width).min(shapes.len())..].contains(&telling) {
        return None;
    }
    let score = |start: usize| {
        let titled = start >= width && are_titles(&lines[start - width..start]);
        let coherent = is_coherent(lines, shapes, start, width, count, titled)?;
        let complete = (shapes.len() - start).is_multiple_of(width);
        // The same words begin each row, and what is above the first is something else.
        let begins = is_title(lines[start].1)
            && lines[start].1 == lines[start + width].1
            && (start == 0 || shapes[start - 1] != shapes[start - 1 + width]);
        // Above rows without titles is nothing else.
        Some(
            coherent
                + 4 * usize::from(titled)
                + 2 * usize::from(complete)
                + 3 * usize::from(start == 0 || begins),
        )
    };
    let starts = first.saturating_sub(width - 1)..=first;
    let best = starts
        .filter_map(|start| Some((score(start)?, start)))
        .max_by_key(|(score, _)| *score);
    best.map(|(_, start)| start)
}

/// Whether columns hold cells of a kind, and more than an address and words about it; the more the better.
fn is_coherent(
    lines: &[Line<'_>],
    shapes: &[Shape],
    start: usize,
    width: usize,
    count: usize,
    titled: bool,
) -> Option<usize> {
    let mut alike = 0;
    let (mut addresses, mut dates, mut statuses) = (false, false, false);
    for place in 0..width {
        let column = (start + place..shapes.len()).step_by(width).take(count);
        let share = |fits: &dyn Fn(usize) -> bool| column.clone().filter(|at| fits(*at)).count();
        let all = column
            .clone()
            .filter(|at| shapes[*at] != Shape::Empty)
            .count();
        let most = |fits: usize| all > 0 && fits * EXCEPTIONS >= all * (EXCEPTIONS - 1);
        let kinds = [Shape::Address, Shape::Date, Shape::Code];
        let kind = kinds
            .iter()
            .find(|kind| most(share(&|at| shapes[at] == **kind)));
        let words = share(&|at| matches!(shapes[at], Shape::Word | Shape::Text));
        if kind.is_none() && !most(words) && all > 0 {
            return None;
        }
        // Addresses may be broken. A date in the middle of other cells is that of the next row.
        let some_dates = share(&|at| shapes[at] == Shape::Date);
        if kind == Some(&Shape::Date) && some_dates < all {
            return None;
        }
        alike += usize::from(kind.is_some());
        addresses |= kind == Some(&Shape::Address);
        dates |= kind == Some(&Shape::Date);
        statuses |= most(share(&|at| is_status(lines[at].1)));
    }
    let others = dates && count >= FEWEST_ROWS || statuses;
    let is_about_somebody = addresses || is_about_messages(lines, start);
    // Most of the text is rows.
    let is_covered = count * width * 2 >= lines.len();
    (is_covered && is_about_somebody && (titled || others)).then_some(alike)
}

/// Whether lists without addresses still have a status and a number.
fn is_about_messages(lines: &[Line<'_>], start: usize) -> bool {
    let mut rest = lines[start..].iter().map(|(_, line)| *line);
    rest.clone().any(is_status)
        && rest.any(|line| has_digit(line) && Shape::of(line) == Shape::Code)
}

/// Rows of different length, each with one date or one address, below their titles or from the first line.
fn ragged<'t>(lines: &'t [Line<'t>]) -> Option<Table<'t>> {
    let shapes: Vec<Shape> = lines.iter().map(|(_, line)| Shape::of(line)).collect();
    let mut best: Option<(usize, Table<'t>)> = None;
    for telling in [Shape::Date, Shape::Address] {
        let places: Vec<usize> = (0..lines.len())
            .filter(|at| shapes[*at] == telling)
            .collect();
        let (Some(first), Some(last)) = (places.first(), places.last()) else {
            continue;
        };
        let gaps = || places.windows(2).map(|pair| pair[1] - pair[0]);
        let Some((longest, shortest)) = gaps().max().zip(gaps().min()) else {
            continue;
        };
        if shortest < 2 || longest > MOST_CELLS {
            continue;
        }
        for before in 0..=(*first).min(shortest - 1) {
            let start = first - before;
            let above = titles_above(&lines[..start]);
            if start > 0 && above < longest {
                continue;
            }
            // A row that has all its cells is as long as the titles; the last may be the only one.
            let tail = lines.len() - last + before;
            let all = if start > 0 { above } else { tail };
            let width = if all <= longest + MOST_MISSING {
                longest.max(all)
            } else {
                longest
            };
            let ends = places[1..]
                .iter()
                .map(|place| place - before)
                .chain([lines.len()]);
            let cuts = places.iter().map(|place| place - before).zip(ends);
            let rows = cuts.map(|(start, end)| &lines[start..end.min(start + width)]);
            let titles = &lines[if start == 0 { 0 } else { start - width }..start];
            let mut table = Table::new(titles, rows);
            let Some(score) = table.score(width) else {
                continue;
            };
            if best.as_ref().is_none_or(|(most, _)| score > *most) {
                let mut cells: Vec<Vec<&str>> =
                    table.rows.iter().map(|(_, row)| row.clone()).collect();
                align(&mut cells, width);
                for (row, cells) in table.rows.iter_mut().zip(cells) {
                    row.1 = cells;
                }
                best = Some((score, table));
            }
        }
    }
    best.map(|(_, table)| table)
}

impl<'t> Table<'t> {
    /// How many cells look as the first cells of most rows; `None` when too few rows are of a report.
    fn score(&self, width: usize) -> Option<usize> {
        let has = |row: &[&str], fits: fn(&str) -> bool| row.iter().any(|cell| fits(cell));
        let is = |shape: Shape| move |cell: &&str| Shape::of(cell) == shape;
        let has_rows = self.rows.len() >= FEWEST_ROWS;
        let is_row = |row: &Vec<&str>| {
            row.iter().any(is(Shape::Address))
                && (self.titles.is_some()
                    || has_rows && row.iter().any(is(Shape::Date))
                    || has(row, is_status))
        };
        let rows = || self.rows.iter().map(|(_, row)| row);
        if rows().filter(|row| is_row(row)).count() * EXCEPTIONS
            < self.rows.len() * (EXCEPTIONS - 1)
        {
            return None;
        }
        let complete = rows().filter(|row| row.len() == width).count();
        let mut shapes = [0; 6];
        for cell in rows().filter_map(|row| row.first()) {
            shapes[Shape::of(cell) as usize] += 1;
        }
        let alike = shapes.into_iter().max();
        Some(alike? + usize::from(complete > 0))
    }

    /// Where a row repeats the label of each cell in front of it, makes titles of them.
    fn use_labels(&mut self, width: usize) {
        if self.titles.is_some() {
            return;
        }
        let cell =
            |row: &(u32, Vec<&'t str>), place: usize| row.1.get(place).copied().unwrap_or_default();
        let first = self.rows[0].clone();
        let is_label = |place: &usize| {
            let label = cell(&first, *place);
            is_title(label)
                && !is_status(label)
                && self.rows.iter().all(|row| cell(row, *place) == label)
        };
        let labels: Vec<usize> = (0..width).filter(is_label).collect();
        let is_pair = |pair: &[usize]| pair[1] > pair[0] + 1;
        if labels.len() * 2 < width || labels.len() < 2 || !labels.windows(2).all(is_pair) {
            return;
        }
        let is_value = |place: &usize| !labels.contains(place);
        let values: Vec<usize> = (0..width).filter(is_value).collect();
        let title = |place: &usize| {
            place
                .checked_sub(1)
                .filter(|before| labels.contains(before))
                .map_or("", |before| cell(&first, before))
        };
        self.titles = Some(values.iter().map(title).collect());
        for row in &mut self.rows {
            row.1 = values.iter().map(|place| cell(row, *place)).collect();
        }
    }
}

/// One row below its titles.
fn single<'t>(lines: &'t [Line<'t>]) -> Option<Table<'t>> {
    let (titles, row) = lines.split_at(lines.len() / 2);
    let has = |fits: fn(&str) -> bool| row.iter().any(|(_, line)| fits(line));
    let is_row = has(|line| Shape::of(line) == Shape::Address)
        && has(|line| is_status(line) || Shape::of(line) == Shape::Date);
    (titles.len() == row.len() && titles.len() > 2 && are_titles(titles) && is_row)
        .then(|| Table::new(titles, std::iter::once(row)))
}

/// How many titles there are just above rows. What is further away from them is a title of the page.
fn titles_above(lines: &[Line<'_>]) -> usize {
    let mut above = lines
        .iter()
        .rev()
        .take_while(|(_, line)| is_title(line))
        .map(|(number, _)| *number);
    let Some(mut last) = above.next() else {
        return 0;
    };
    let mut usual = None;
    let near = above.take_while(|number| {
        let gap = last - number;
        last = *number;
        gap <= *usual.get_or_insert(gap)
    });
    1 + near.count()
}

fn are_titles(lines: &[Line<'_>]) -> bool {
    lines.iter().all(|(_, line)| is_title(line))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rows(text: &str) -> Option<(u32, Vec<Vec<String>>)> {
        let rows = read(text)?;
        Some((rows.first(), rows.into_cells()))
    }

    const TITLES: [&str; 5] = ["Datum", "Naam", "E-mail", "Status", "Reden"];
    const ROWS: [[&str; 5]; 3] = [
        [
            "12/03/2026 08:00",
            "Claes An",
            "an@example.be",
            "DELIVERED",
            "",
        ],
        [
            "12/03/2026 08:01",
            "Maes Bo",
            "bo@example.be",
            "FAILED",
            "The mailbox is full.",
        ],
        [
            "13/03/2026 08:02",
            "Mertens Els",
            "els@example.be",
            "DELIVERED",
            "",
        ],
    ];

    fn lines(cells: &[&[&str]]) -> String {
        cells.concat().join("\n")
    }

    #[test]
    fn a_row_is_as_many_lines_each_time() {
        let expected: Vec<Vec<String>> = std::iter::once(&TITLES)
            .chain(&ROWS)
            .map(|row| {
                row.join("\t")
                    .trim_end()
                    .split('\t')
                    .map(str::to_owned)
                    .collect()
            })
            .collect();
        let text = lines(&[&TITLES, &ROWS[0], &ROWS[1], &ROWS[2]]);
        for text in [
            text.clone(),
            text.replace('\n', "\n\n"),
            format!("Rapport\n13/03\n\n{text}\n\nGroeten\n"),
            // Without the empty cells.
            text.replace("\n\n", "\n"),
            format!("Rapport\n\n{}", text.replace("\n\n", "\n")),
        ] {
            assert_eq!(rows(&text), Some((0, expected.clone())), "{text}");
        }
        let without_titles = lines(&[&ROWS[0], &ROWS[1], &ROWS[2]]);
        assert_eq!(rows(&without_titles), Some((1, expected[1..].to_vec())));
        assert_eq!(
            rows(&lines(&[&TITLES, &ROWS[1]])).map(|(_, rows)| rows.len()),
            Some(2)
        );
    }

    #[test]
    fn a_row_is_on_the_line_of_its_first_cell() {
        let text = lines(&[&TITLES, &ROWS[0], &ROWS[1]]);
        let table = read(&text).expect("a table").into_lines().1;
        let line = |word: &str| table.lines().position(|line| line.contains(word));
        assert_eq!((line("an@"), line("bo@")), (Some(6), Some(11)));
    }

    #[test]
    fn labels_that_come_back_are_titles() {
        let text = "E-mail\nan@example.be\nStatus\nFAILED\nDatum\n12/03/2026\nE-mail\nbo@example.be\nStatus\nDELIVERED\nDatum\n13/03/2026\n";
        let expected = [
            ["E-mail", "Status", "Datum"],
            ["an@example.be", "FAILED", "12/03/2026"],
            ["bo@example.be", "DELIVERED", "13/03/2026"],
        ];
        assert_eq!(
            rows(text).map(|(_, rows)| rows),
            Some(expected.map(|row| row.map(str::to_owned).to_vec()).to_vec())
        );
    }

    #[test]
    fn addresses_with_words_about_them_are_no_table() {
        for text in [
            "  an@example.be\n    SMTP error from remote mail server: 550 no such user\n  bo@example.be\n    SMTP error: mailbox full\n",
            "an@example.be\nbo@example.be\nels@example.be\n",
            "Dag An,\n\nJe mail kwam niet aan bij\nbo@example.be\nGroeten,\nEls\nels@example.be\n",
            "",
        ] {
            assert!(read(text).is_none(), "{text}");
        }
    }
}
