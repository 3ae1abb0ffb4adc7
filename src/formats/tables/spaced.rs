//! Columns that became spaces: aligned, as a program prints them or a message shows them; a few spaces apart;
//! or one, where only what the cells look like separates them.

use super::align::align;
use super::cell::{
    Shape, has_digit, is_address, is_date, is_date_word, is_status, is_title, is_worded_date,
};
use super::rows::Rows;
use crate::model::sorting::sort_by_key;

/// Lines that are looked at to find the columns.
const SAMPLE: usize = 200;

/// One row in this many may look different from the rest.
const EXCEPTIONS: usize = 10;

/// The last cell of a row is on no more lines than this, beside the first.
const MOST_WRAPPED: usize = 2;

/// A cell of more words comes last.
const FEW_WORDS: usize = 6;

/// A status has no more words than this.
const STATUS_WORDS: usize = 3;

/// Reads the rows, if the lines are rows.
pub fn read(text: &str) -> Option<Rows> {
    let lines: Vec<Line<'_>> = (1..)
        .zip(text.lines())
        .map(|(number, text)| Line {
            number,
            text: text.trim_end(),
        })
        .collect();
    let by_gaps = [apart(&lines), aligned(&lines)].into_iter().flatten();
    let by_gaps = by_gaps.max_by_key(|table| (table.rows.len(), table.width()));
    let rows = by_gaps.as_ref().map_or(0, |table| table.rows.len());
    let by_cells = by_cells(&lines).filter(|table| table.rows.len() > rows);
    let table = by_cells.or(by_gaps)?;
    let mut rows = Rows::out_of(text.len());
    if let Some((number, titles)) = table.titles {
        rows.push(number, titles);
    }
    for (number, cells) in table.rows {
        rows.push(number, cells);
    }
    Some(rows)
}

#[derive(Clone, Copy)]
struct Line<'t> {
    number: u32,
    text: &'t str,
}

struct Table<'t> {
    titles: Option<(u32, Vec<&'t str>)>,
    rows: Vec<(u32, Vec<String>)>,
}

impl<'t> Line<'t> {
    /// Pieces that are two spaces or more apart, each with the column of characters that it begins at.
    fn pieces(self) -> Vec<(usize, &'t str)> {
        let mut pieces: Vec<(usize, &str)> = Vec::new();
        // Where a piece began in characters and bytes, and where its last word ended.
        let mut open: Option<(usize, usize, usize)> = None;
        let mut spaces = 2;
        for (column, (at, next)) in self.text.char_indices().enumerate() {
            if next.is_whitespace() {
                spaces += if next == '\t' { 2 } else { 1 };
                continue;
            }
            if spaces > 1 {
                pieces.extend(open.map(|(column, start, end)| (column, &self.text[start..end])));
                open = Some((column, at, at));
            }
            spaces = 0;
            if let Some((.., end)) = &mut open {
                *end = at + next.len_utf8();
            }
        }
        pieces.extend(open.map(|(column, start, end)| (column, &self.text[start..end])));
        pieces
    }

    /// Whether there are words in it: between titles and rows may be a line of dashes.
    fn is_filled(self) -> bool {
        self.text.contains(char::is_alphabetic)
    }

    /// The byte of a column of characters, at most the end.
    fn byte(self, column: usize) -> usize {
        if self.text.is_ascii() {
            return column.min(self.text.len());
        }
        self.text
            .char_indices()
            .nth(column)
            .map_or(self.text.len(), |(at, _)| at)
    }

    /// Cuts the line before these columns; `None` where a word is across one.
    fn cut(self, columns: &[usize]) -> Option<Vec<&'t str>> {
        let at: Vec<usize> = columns.iter().map(|column| self.byte(*column)).collect();
        let is_clean = |at: &usize| {
            *at == self.text.len()
                || self.text[..*at]
                    .chars()
                    .next_back()
                    .is_none_or(char::is_whitespace)
        };
        let ends = at[1..]
            .iter()
            .chain(std::iter::once(&self.text.len()))
            .copied()
            .collect::<Vec<_>>();
        at.iter().all(is_clean).then(|| {
            at.iter()
                .zip(ends)
                .map(|(start, end)| self.text[*start..end].trim())
                .collect()
        })
    }
}

/// Whether pieces are those of a row: an address or a date among others.
fn is_row(pieces: &[(usize, &str)]) -> bool {
    let has = |fits: fn(&str) -> bool| pieces.iter().any(|(_, piece)| fits(piece));
    pieces.len() > 1 && (has(is_address) || has(is_date) && has(is_status))
}

/// The titles above the first row, and the rows with what is between them.
fn around_rows<'l, 't>(
    lines: &'l [Line<'t>],
    is_row: impl Fn(Line<'t>) -> bool,
) -> Option<(Option<Line<'t>>, &'l [Line<'t>])> {
    let first = lines.iter().position(|line| is_row(*line))?;
    let last = lines.iter().rposition(|line| is_row(*line))?;
    let above = lines[..first]
        .iter()
        .rev()
        .find(|line| line.is_filled())
        .copied();
    Some((above, &lines[first..=last]))
}

/// Columns that begin at the same place in all rows.
fn aligned<'t>(lines: &[Line<'t>]) -> Option<Table<'t>> {
    let (above, inside) = around_rows(lines, |line| is_row(&line.pieces()))?;
    let filled = || inside.iter().filter(|line| !line.text.is_empty());
    let sample: Vec<Line<'_>> = filled().take(SAMPLE).copied().collect();
    let mut starts: Vec<usize> = sample
        .iter()
        .chain(&above)
        .flat_map(|line| line.pieces())
        .map(|(column, _)| column)
        .collect();
    sort_by_key(&mut starts, |start| *start);
    let is_clean = |column: &usize| {
        let clean = sample
            .iter()
            .filter(|line| line.cut(&[*column]).is_some())
            .count();
        clean * EXCEPTIONS >= sample.len() * (EXCEPTIONS - 1)
    };
    let often = starts.chunk_by(|a, b| a == b).filter(|same| same.len() > 1);
    let mut columns: Vec<usize> = often.map(|same| same[0]).filter(is_clean).collect();
    let first = sample
        .iter()
        .flat_map(|line| line.pieces())
        .map(|(column, _)| column)
        .min()?;
    columns.retain(|column| *column > first);
    columns.insert(0, 0);
    let has_rows = |line: &&Line<'_>| {
        line.cut(&columns)
            .is_some_and(|cells| is_row(&cells.iter().map(|cell| (0, *cell)).collect::<Vec<_>>()))
    };
    let fits = sample.iter().filter(has_rows).count();
    if columns.len() < 3 || sample.len() < 2 || fits * EXCEPTIONS < sample.len() * (EXCEPTIONS - 2)
    {
        return None;
    }
    let is_title_or_empty = |cell: &&str| cell.is_empty() || is_title(cell);
    let titles = above.and_then(|line| Some((line.number, line.cut(&columns)?)));
    let mut table = Table {
        titles: titles.filter(|(_, cells)| cells.iter().all(is_title_or_empty)),
        rows: Vec::new(),
    };
    for line in filled() {
        let cells = line.cut(&columns).unwrap_or_else(|| {
            // A cell was wider than its column.
            let pieces = line.pieces();
            let mut cells: Vec<&str> = pieces.iter().map(|(_, piece)| *piece).collect();
            cells.truncate(columns.len());
            cells
        });
        table.add(line.number, &cells);
    }
    Some(table)
}

impl Table<'_> {
    fn width(&self) -> usize {
        self.rows
            .iter()
            .map(|(_, row)| row.len())
            .max()
            .unwrap_or(0)
    }

    /// Adds a row, or what is left of the last one on a line of its own.
    fn add(&mut self, number: u32, cells: &[&str]) {
        let filled = || cells.iter().filter(|cell| !cell.is_empty());
        if let ([""], Some((_, last))) = (&cells[..1], self.rows.last_mut())
            && filled().count() == 1
        {
            for (cell, more) in last
                .iter_mut()
                .zip(cells)
                .filter(|(_, more)| !more.is_empty())
            {
                cell.push(' ');
                cell.push_str(more);
            }
        } else {
            self.rows.push((
                number,
                cells.iter().map(|cell| (*cell).to_owned()).collect(),
            ));
        }
    }
}

/// Columns that are a few spaces apart, wherever they begin.
fn apart<'t>(lines: &[Line<'t>]) -> Option<Table<'t>> {
    let (above, inside) = around_rows(lines, |line| is_row(&line.pieces()))?;
    let pieces = |line: &Line<'t>| {
        line.pieces()
            .into_iter()
            .map(|(_, piece)| piece)
            .collect::<Vec<_>>()
    };
    let titles = above
        .map(|line| (line.number, pieces(&line)))
        .filter(|(_, titles)| titles.len() > 1 && titles.iter().all(|title| is_title(title)));
    let filled = inside.iter().filter(|line| !line.text.is_empty());
    let (numbers, mut rows): (Vec<u32>, Vec<Vec<&str>>) =
        filled.map(|line| (line.number, pieces(line))).unzip();
    let longest = rows.iter().map(Vec::len).max()?;
    let width = titles.as_ref().map_or(longest, |(_, titles)| titles.len());
    let known = rows
        .iter()
        .filter(|row| is_row(&row.iter().map(|cell| (0, *cell)).collect::<Vec<_>>()))
        .count();
    let fitting = rows
        .iter()
        .filter(|row| (3..=width).contains(&row.len()))
        .count();
    let enough = |count: usize| count * EXCEPTIONS >= rows.len() * (EXCEPTIONS - 2);
    if !enough(known) || !enough(fitting) || rows.len() < 2 && titles.is_none() {
        return None;
    }
    align(&mut rows, width);
    let rows = numbers
        .into_iter()
        .zip(rows)
        .map(|(number, row)| (number, row.into_iter().map(str::to_owned).collect()));
    Some(Table {
        titles,
        rows: rows.collect(),
    })
}

/// What a part of a line is, where one space is between all words.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
enum Part<'t> {
    Address(&'t str),
    Date(&'t str),
    Status(&'t str),
    Words(&'t str),
}

/// The number of a line, its parts, and the lines after it that go on with the last.
type Row<'t> = (u32, Vec<Part<'t>>, String);

/// Columns one space apart: an address, a date and a status are known by what they look like, and what is
/// between them is a cell.
fn by_cells<'t>(lines: &[Line<'t>]) -> Option<Table<'t>> {
    let mut rows: Vec<Row<'_>> = Vec::new();
    let mut above = None;
    let (mut follows, mut others) = (false, 0);
    for line in lines {
        let parts = parts(line.text);
        if is_row_of(&parts) {
            rows.push((line.number, parts, String::new()));
            follows = true;
        } else if rows.is_empty() && line.is_filled() {
            above = Some(line);
        } else if !line.is_filled() {
            follows = false;
        } else if let Some((.., more)) = rows.last_mut().filter(|_| follows) {
            others += 1;
            more.push(' ');
            more.push_str(line.text.trim());
        }
    }
    if others > rows.len() * MOST_WRAPPED {
        return None;
    }
    // What all rows have in the same order, with words before, between and behind.
    let kinds = |rows: &[Row<'_>]| -> Vec<Vec<u8>> {
        let of = |(_, parts, _): &Row<'_>| parts.iter().filter_map(|part| part.kind()).collect();
        rows.iter().map(of).collect()
    };
    let before = kinds(&rows);
    let times = |one: &&Vec<u8>| {
        let same = before
            .iter()
            .take(SAMPLE)
            .filter(|other| other == one)
            .count();
        // Words for a status that no system is known to use are found by their place.
        same * if one.contains(&b'!') { 2 } else { 1 }
    };
    let usual = before
        .iter()
        .max_by_key(times)
        .filter(|kinds| kinds.contains(&b'!'))?;
    for (_, parts, _) in &mut rows {
        with_status(parts, usual);
    }
    let kinds = kinds(&rows);
    let same = kinds.iter().filter(|one| *one == usual).count();
    if same * EXCEPTIONS < rows.len() * (EXCEPTIONS - 2) {
        return None;
    }
    let mut cells: Vec<Vec<String>> = Vec::new();
    for ((_, parts, more), kinds) in rows.iter().zip(&kinds) {
        let mut row = vec![String::new(); usual.len() * 2 + 1];
        let mut place = 0;
        for part in parts {
            match part {
                Part::Words(words) if kinds == usual => row[place].push_str(words),
                // Where the order differs, words could be anything.
                Part::Words(words) => {
                    let last = &mut row[usual.len() * 2];
                    last.push(' ');
                    last.push_str(words);
                }
                Part::Address(text) | Part::Date(text) | Part::Status(text) => {
                    let next = usual
                        .iter()
                        .skip(place / 2)
                        .position(|kind| Some(*kind) == part.kind());
                    if let Some(next) = next {
                        place = (place / 2 + next) * 2 + 2;
                        row[place - 1].push_str(text);
                    }
                }
            }
        }
        row[usual.len() * 2].push_str(more);
        cells.push(row);
    }
    let titles: Vec<&str> = above.map_or(Vec::new(), |line| line.text.split_whitespace().collect());
    split_columns(&mut cells, titles.len());
    let width = cells.first().map_or(0, Vec::len);
    let titles = above
        .filter(|_| titles.len() == width && titles.iter().all(|title| is_title(title)))
        .map(|line| (line.number, titles));
    let rows = rows
        .iter()
        .zip(cells)
        .map(|((number, ..), cells)| (*number, cells));
    Some(Table {
        titles,
        rows: rows.collect(),
    })
}

impl Part<'_> {
    fn kind(self) -> Option<u8> {
        match self {
            Part::Address(_) => Some(b'@'),
            Part::Date(_) => Some(b'/'),
            Part::Status(_) => Some(b'!'),
            Part::Words(_) => None,
        }
    }
}

/// Whether a line is a row: a date and an address or a status among more cells, or else an address beside a
/// status. No sentence comes before the last of them.
fn is_row_of(parts: &[Part<'_>]) -> bool {
    let has = |kind: u8| parts.iter().any(|part| part.kind() == Some(kind));
    let last = parts
        .iter()
        .rposition(|part| part.kind().is_some())
        .unwrap_or(0);
    let is_short = |part: &Part<'_>| match part {
        Part::Words(words) => words.split_whitespace().count() <= FEW_WORDS,
        _ => true,
    };
    let is_pair = |pair: &[Part<'_>]| {
        let kinds = [pair[0].kind(), pair[1].kind()];
        kinds.contains(&Some(b'@')) && kinds.contains(&Some(b'!'))
    };
    let fits = if has(b'/') {
        has(b'@') || has(b'!') && parts.len() > 3
    } else {
        parts.windows(2).any(is_pair)
    };
    fits && parts[..last].iter().all(is_short)
}

/// Where all rows but a few have a status after what this one has last, takes its next word for one.
fn with_status<'t>(parts: &mut Vec<Part<'t>>, usual: &[u8]) {
    let kinds: Vec<u8> = parts.iter().filter_map(|part| part.kind()).collect();
    let place = usual.iter().position(|kind| *kind == b'!');
    let Some(place) =
        place.filter(|place| [&usual[..*place], &usual[place + 1..]].concat() == kinds)
    else {
        return;
    };
    let mut seen = 0;
    let after = parts.iter().position(|part| {
        let is_after = part.kind().is_none() && seen == place;
        seen += usize::from(part.kind().is_some());
        is_after
    });
    let Some(at) = after else {
        return;
    };
    if let Part::Words(words) = parts[at] {
        let (status, rest) = words.split_once(' ').unwrap_or((words, ""));
        let rest = (!rest.is_empty()).then_some(Part::Words(rest));
        parts.splice(at..=at, std::iter::once(Part::Status(status)).chain(rest));
    }
}

/// Splits a line into what it consists of; one without an address or a date is words. After an address and a status come words, whatever is in them.
fn parts(line: &str) -> Vec<Part<'_>> {
    let at = |word: &str| word.as_ptr() as usize - line.as_ptr() as usize;
    let words: Vec<&str> = line.split_whitespace().collect();
    if !line.contains('@') && !words.iter().any(|word| is_date_word(word)) {
        return vec![Part::Words(line)];
    }
    let ends: Vec<usize> = words.iter().map(|word| at(word) + word.len()).collect();
    let span = |from: usize, to: usize| &line[at(words[from])..ends[to - 1]];
    let is_address = |word: &str| is_address(word);
    let date = |from: usize| date_length(&words[from..]);
    let status = |from: usize| {
        let lengths = (1..=STATUS_WORDS.min(words.len() - from)).rev();
        lengths
            .into_iter()
            .find(|length| is_status(span(from, from + length)))
    };
    // A status is beside an address or a date, where there is such a one.
    let beside = |from: usize, length: usize| {
        let before = from.checked_sub(1).is_some_and(|before| {
            is_address(words[before])
                || (0..from)
                    .rev()
                    .take(3)
                    .any(|start| date(start).is_some_and(|length| start + length == from))
        });
        before
            || words
                .get(from + length)
                .is_some_and(|next| is_address(next) || is_date_word(next))
    };
    let statuses = || (0..words.len()).filter_map(|from| Some((from, status(from)?)));
    let chosen = statuses()
        .find(|(from, length)| beside(*from, *length))
        .or_else(|| statuses().next());
    let mut parts = Vec::new();
    let (mut from, mut open, mut has_address, mut has_status) = (0, 0, false, false);
    while from < words.len() {
        let is_tail = has_address && has_status;
        let hard = if let Some((_, length)) = chosen.filter(|(place, _)| *place == from) {
            has_status = true;
            Some((Part::Status(span(from, from + length)), length))
        } else if is_address(words[from]) && !is_tail {
            has_address = true;
            Some((Part::Address(words[from]), 1))
        } else {
            let length = date(from).filter(|length| !is_tail || from + length == words.len());
            length.map(|length| (Part::Date(span(from, from + length)), length))
        };
        if let Some((part, length)) = hard {
            if open < from {
                parts.push(Part::Words(span(open, from)));
            }
            parts.push(part);
            open = from + length;
            from = open;
        } else {
            from += 1;
        }
    }
    if open < words.len() {
        parts.push(Part::Words(span(open, words.len())));
    }
    parts
}

/// How many of the first words are a date, with its time.
fn date_length(words: &[&str]) -> Option<usize> {
    let is_time = |word: &&&str| {
        word.len() <= 12 && has_digit(word) && word.contains(':') || matches!(**word, "AM" | "PM")
    };
    let day = if words.first().is_some_and(|word| is_date_word(word)) {
        1
    } else if words.len() > 2 && is_worded_date(&words[..3].join(" ")) {
        3
    } else {
        return None;
    };
    Some(day + words[day..].iter().take(2).take_while(is_time).count())
}

/// Splits columns of words that hold more: codes one after the other, and the number of a document in front
/// or behind. Then leaves out the empty columns.
fn split_columns(rows: &mut [Vec<String>], titles: usize) {
    let is_code = |word: &str| Shape::of(word) == Shape::Code;
    let is_composed = |word: &str| {
        is_code(word) && word.contains(|next: char| next.is_alphabetic() || next == '/')
    };
    let is_short = |word: &str| {
        word.len() <= 4
            && word
                .chars()
                .all(|next| next.is_uppercase() || next.is_ascii_digit())
    };
    let mut place = rows.first().map_or(0, Vec::len);
    while place > 0 {
        place -= 1;
        let column = || rows.iter().map(|row| row[place].split_whitespace());
        let count = column().next().map_or(0, Iterator::count);
        if column().all(|words| words.clone().count() == count)
            && count > 1
            && column().flatten().all(is_short)
        {
            for row in rows.iter_mut() {
                let words: Vec<String> = row[place].split_whitespace().map(str::to_owned).collect();
                row.splice(place..=place, words);
            }
        } else if column().all(|mut words| words.next_back().is_some_and(is_composed))
            && column().any(|words| words.count() > 1)
        {
            split_each(rows, place, |cell| {
                cell.rfind(char::is_whitespace).unwrap_or(0)
            });
        }
    }
    let filled: Vec<bool> = (0..rows.first().map_or(0, Vec::len))
        .map(|place| rows.iter().any(|row| !row[place].trim().is_empty()))
        .collect();
    for row in rows.iter_mut() {
        let mut keeps = filled.iter();
        row.retain(|_| keeps.next().is_some_and(|keep| *keep));
    }
    // The titles tell whether a number in front is a column by itself.
    let mut place = 0;
    while rows
        .first()
        .is_some_and(|row| row.len() < titles && place < row.len())
    {
        let column = || rows.iter().map(|row| row[place].split_whitespace());
        if column().all(|mut words| {
            words.next().is_some_and(is_code) && words.next().is_some_and(|word| !is_code(word))
        }) {
            split_each(rows, place, |cell| {
                cell.trim_start()
                    .find(char::is_whitespace)
                    .unwrap_or(cell.len())
            });
        }
        place += 1;
    }
}

/// Makes two columns of one.
fn split_each(rows: &mut [Vec<String>], place: usize, at: fn(&str) -> usize) {
    for row in rows {
        let end = at(&row[place]);
        let rest = row[place].split_off(end);
        row.insert(place + 1, rest);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rows(text: &str) -> Vec<Vec<String>> {
        read(text).map(Rows::into_cells).unwrap_or_default()
    }

    const TABLE: [[&str; 5]; 4] = [
        ["Datum", "Naam", "E-mail", "Status", "Reden"],
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
            "De mailbox van bo@example.be is vol.",
        ],
        [
            "13/03/2026 08:02",
            "Mertens Zoë",
            "zoe@example.be",
            "DELIVERED",
            "",
        ],
    ];

    fn joined(gap: usize, is_aligned: bool) -> String {
        let width = |place: usize| {
            TABLE
                .iter()
                .map(|row| row[place].chars().count())
                .max()
                .unwrap_or(0)
        };
        let cell = |place: usize, cell: &str| {
            let width = if is_aligned { width(place) } else { 0 };
            format!("{cell:width$}{}", " ".repeat(gap))
        };
        let row = |row: &[&str; 5]| {
            (0..5)
                .map(|place| cell(place, row[place]))
                .collect::<String>()
                .trim_end()
                .to_owned()
        };
        TABLE.iter().map(row).collect::<Vec<_>>().join("\n")
    }

    #[test]
    fn columns_are_found_however_far_apart_they_are() {
        let expected = TABLE.map(|row| {
            row.join("\t")
                .trim_end()
                .split('\t')
                .map(str::to_owned)
                .collect::<Vec<_>>()
        });
        for (gap, is_aligned) in [(3, true), (2, true), (1, true), (4, false), (1, false)] {
            let text = joined(gap, is_aligned);
            assert_eq!(rows(&text), expected, "{text}");
            let among_others = format!(
                "Beste,\n\nZie hieronder.\n{}\n\nGroeten,\nEls",
                text.replacen('\n', "\n-----  ---\n", 1)
            );
            assert_eq!(rows(&among_others), expected, "{among_others}");
        }
    }

    #[test]
    fn what_goes_on_on_the_next_line_belongs_to_the_row() {
        let text = "F2026/1 12/03/2026 08:00 an@example.be FAILED De mailbox\nis vol.\nF2026/2 12/03/2026 08:00 bo@example.be DELIVERED\n";
        assert_eq!(
            rows(text),
            [
                vec![
                    "F2026/1",
                    "12/03/2026 08:00",
                    "an@example.be",
                    "FAILED",
                    "De mailbox is vol."
                ],
                vec!["F2026/2", "12/03/2026 08:00", "bo@example.be", "DELIVERED"]
            ]
        );
        let text = "Naam   E-mail           Status      Reden\nAn     an@example.be    FAILED      De mailbox\n                                    is vol.\nBo     bo@example.be    DELIVERED\n";
        assert_eq!(
            rows(text)[1],
            ["An", "an@example.be", "FAILED", "De mailbox is vol."]
        );
    }

    #[test]
    fn codes_in_a_row_are_cells() {
        let text = "Bib R M HR1 02/03/2026 21000101 Smet Ann Unknown user\nBib R M HR2 03/03/2026 21000102 Roux Camille Over_quota\n";
        assert_eq!(
            rows(text)[1],
            [
                "Bib",
                "R",
                "M",
                "HR2",
                "03/03/2026",
                "21000102 Roux Camille Over_quota"
            ]
        );
    }

    #[test]
    fn sentences_are_no_rows() {
        for text in [
            "Your message to an@example.be could not be delivered.\nIt failed on 12/03/2026.\nSorry.\n",
            "  an@example.be  \n    mailbox full\n\n  bo@example.be\n    mailbox full\n",
            "",
        ] {
            assert_eq!(rows(text), [[""; 0]; 0], "{text}");
        }
    }
}
