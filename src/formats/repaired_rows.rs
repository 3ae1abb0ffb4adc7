//! Repairs rows whose line ends or quotation marks were damaged by a program on the way.

use ::csv::ReaderBuilder;
use std::borrow::Cow;

/// How much of a text to examine, in bytes.
const HEAD: usize = 16 << 10;

/// How many lines to examine.
const SAMPLE_LINES: usize = 50;

/// Rows with fewer tabs are not joined again when they are broken.
const FEWEST_TABS: usize = 2;

/// Repairs damage that all rows share: another line end, a `> ` before each line, each line in one pair of
/// quotation marks, or line breaks inside cells without such marks. Borrows if there is nothing to repair.
pub fn repair(text: Cow<'_, str>) -> Cow<'_, str> {
    let text = with_line_feeds(text);
    let text = without_mail_quotes(text);
    let text = with_rows_unquoted(text);
    with_broken_rows_joined(text)
}

/// Replaces lone carriage returns and Unicode line separators by line feeds.
fn with_line_feeds(text: Cow<'_, str>) -> Cow<'_, str> {
    let head = &text[..text.floor_char_boundary(HEAD)];
    if head.contains('\n') {
        return text;
    }
    let other = ['\r', '\u{2028}', '\u{2029}', '\u{85}'];
    if !head.contains(other) {
        return text;
    }
    Cow::Owned(text.replace(other, "\n"))
}

/// Removes the `> ` with which mail programs quote each line.
fn without_mail_quotes(text: Cow<'_, str>) -> Cow<'_, str> {
    let mut lines = text.lines().filter(|line| !line.trim().is_empty());
    let mut first = lines.by_ref().take(SAMPLE_LINES).peekable();
    if first.peek().is_none() || !first.all(|line| line.starts_with('>')) {
        return text;
    }
    let bare = |line: &str| {
        let line = line.trim_start_matches('>');
        line.strip_prefix(' ').unwrap_or(line).to_owned() + "\n"
    };
    Cow::Owned(text.lines().map(bare).collect())
}

/// Opens rows in one pair of quotation marks, `"a,""b"",c"`, with or without empty cells after them.
fn with_rows_unquoted(text: Cow<'_, str>) -> Cow<'_, str> {
    let lines = || text.lines().filter(|line| !line.trim().is_empty());
    let mut seen = lines().take(SAMPLE_LINES).peekable();
    let is_single =
        |line: &str| only_cell(line).is_some_and(|cell| cell.contains([',', ';', '\t', '|']));
    if seen.peek().is_none() || !text.starts_with('"') || !seen.all(is_single) {
        return text;
    }
    let opened = |line: &str| only_cell(line).unwrap_or_else(|| line.to_owned()) + "\n";
    Cow::Owned(text.lines().map(opened).collect())
}

/// The text of a line's one quoted cell, if all others are empty.
fn only_cell(line: &str) -> Option<String> {
    let line = line.trim();
    if !line.starts_with('"') {
        return None;
    }
    let (quoted, rest) = line.split_at(line.rfind('"')? + 1);
    if !rest.bytes().all(|byte| matches!(byte, b';' | b',' | b'\t')) {
        return None;
    }
    // A separator that occurs in no text, so that quotation marks alone decide.
    let mut reader = ReaderBuilder::new()
        .delimiter(0x1F)
        .has_headers(false)
        .from_reader(quoted.as_bytes());
    let record = reader.records().next()?.ok()?;
    // A lone mark opens a cell and does not close it.
    let inner = quoted.strip_prefix('"')?.strip_suffix('"')?;
    // A mark inside the cell that is not doubled ends it.
    let doubled = inner.replace("\"\"", "");
    (!doubled.contains('"')).then(|| record.get(0).map(str::to_owned))?
}

/// Encloses cells with line breaks in quotation marks, as copied from a page: a row goes on until it has as
/// many tabs as the first one.
fn with_broken_rows_joined(text: Cow<'_, str>) -> Cow<'_, str> {
    let tabs = |line: &str| memchr::memchr_iter(b'\t', line.as_bytes()).count();
    let words = text.lines().take_while(|line| tabs(line) == 0).count();
    let mut lines = text.lines().skip(words);
    let width = lines.next().map_or(0, tabs);
    // Most texts have as many tabs on every line.
    let is_short = |line: &&str| !line.is_empty() && tabs(line) < width;
    if width < FEWEST_TABS || lines.take(SAMPLE_LINES).filter(is_short).count() < 2 {
        return text;
    }
    // Right below the first row, such a line can only be the start of a cell.
    let is_blank = |line: &str| line.trim().is_empty();
    let below = text.lines().nth(words + 1);
    let opens_row = below.is_some_and(|line| tabs(line) == 0 && !is_blank(line));
    let mut rows: Vec<String> = text.lines().take(words).map(str::to_owned).collect();
    let (mut at, mut broken, mut is_closed) = (width, 0, true);
    for line in text.lines().skip(words) {
        let own = tabs(line);
        match rows.last_mut() {
            Some(row) if at < width || own == 0 && !opens_row && !is_closed && !is_blank(line) => {
                broken += usize::from(at < width && at + own == width);
                at += own;
                row.push('\n');
                row.push_str(line);
            }
            _ if own == 0 && (is_closed || is_blank(line)) => {
                is_closed = true;
                rows.push(line.to_owned());
            }
            _ => {
                (at, is_closed) = (own, false);
                rows.push(line.to_owned());
            }
        }
        if at > width {
            return text;
        }
    }
    // Some rows are short without being broken.
    let complete = rows.iter().filter(|row| tabs(row) == width).count();
    if at != width || broken * 2 < complete {
        return text;
    }
    let enclosed = |cell: &str| match cell.contains('\n') {
        true => format!("\"{}\"", cell.trim_end().replace('"', "\"\"")),
        false => cell.to_owned(),
    };
    let rows = rows.iter().map(|row| {
        let cells: Vec<_> = row.split('\t').map(enclosed).collect();
        cells.join("\t") + "\n"
    });
    Cow::Owned(rows.collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_lone_quotation_mark_is_left_alone() {
        for text in ["\"", "\"\n\"\n", "\";;\n"] {
            assert_eq!(repair(Cow::Borrowed(text)), text);
        }
    }

    #[test]
    fn rows_are_repaired_whatever_damaged_them() {
        let rows = "a,b\n1,\"x, y\"\n";
        for damaged in [
            "a,b\r1,\"x, y\"\r",
            "a,b\u{2028}1,\"x, y\"\u{2028}",
            "> a,b\n> 1,\"x, y\"\n",
            "\"a,b\"\r\n\"1,\"\"x, y\"\"\"\r\n",
            "\"a,b\";;;\n\"1,\"\"x, y\"\"\";;;\n",
        ] {
            assert_eq!(repair(Cow::Borrowed(damaged)), rows, "{damaged:?}");
        }
    }

    #[test]
    fn rows_that_were_broken_inside_cells_are_joined() {
        let broken = "a\tb\tc\n1\t12/03/2026\n08:00\tx\n2\t13/03/2026\n08:01\t\"y\"\nand more\n";
        let joined = "a\tb\tc\n1\t\"12/03/2026\n08:00\"\tx\n2\t\"13/03/2026\n08:01\"\t\"\"\"y\"\"\nand more\"\n";
        assert_eq!(repair(Cow::Borrowed(broken)), joined);
        for other in [
            "a\tb\tc\n1\t2\n3\t4\n5\t6\n",
            "a\tb\tc\n1\t2\t3\n4\t5\t6\nTotaal: 2\nEinde\n",
            "a\tb\tc\n1\n2\t3\t4\n",
        ] {
            assert!(
                matches!(repair(Cow::Borrowed(other)), Cow::Borrowed(_)),
                "{other}"
            );
        }
    }

    #[test]
    fn undamaged_rows_are_left_alone() {
        for sound in [
            "a,b\r\n1,2\r\n",
            "\"a\",\"b\"\n\"1\",\"2\"\n",
            "",
            "\"a\"\n\"b\"\n",
        ] {
            assert!(
                matches!(repair(Cow::Borrowed(sound)), Cow::Borrowed(_)),
                "{sound:?}"
            );
        }
    }
}
