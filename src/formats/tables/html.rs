//! A web page: saved with the name of a spreadsheet, as web programs do to make Excel open it, or copied.
//!
//! Reads the rows and cells of tables (HTML Standard, section 4.9, and the roles of WAI-ARIA for those made
//! of other elements) however carelessly they are closed. A tokenizer of the whole language brings a table of
//! entities that would be a tenth of what the page downloads; the one of `mail-parser` is there already.

use super::rows::Rows;
use crate::formats::PASSED_COLUMNS;
use mail_parser::decoders::html::html_to_text;

/// A table that is deeper inside others is read as if it followed them.
const DEEPEST: usize = 16;

/// Reads every table of a page as one, or nothing where there is none.
pub fn read(page: &str) -> Option<Rows> {
    let mut tables = Tables {
        page,
        open: Vec::new(),
        rows: Rows::out_of(page.len()),
        count: 0,
        wide: false,
        spare: page.len(),
    };
    let mut rest = 0;
    while let Some(tag) = Tag::find(page, rest) {
        rest = tag.end;
        tables.tag(&tag);
    }
    while !tables.open.is_empty() {
        tables.close_table(page.len(), page.len());
    }
    tables.wide.then_some(tables.rows)
}

/// The words of a page, with its line breaks.
pub fn words(page: &str) -> String {
    html_to_text(page)
}

struct Tables<'t> {
    page: &'t str,
    /// The tables that are open, each in a cell of the one before.
    open: Vec<Level<'t>>,
    /// The rows of those that are closed, and how many.
    rows: Rows,
    count: u32,
    /// Whether a row has two cells.
    wide: bool,
    /// How many bytes may still be repeated because a cell spans rows.
    spare: usize,
}

/// A table that is open.
struct Level<'t> {
    rows: Rows,
    count: u32,
    width: usize,
    row: Vec<String>,
    cell: Option<Cell<'t>>,
    /// For each column, in how many more rows there is what cell.
    spans: Vec<(u32, String)>,
}

/// A cell that is open.
struct Cell<'t> {
    /// Its words, up to `start`.
    words: String,
    start: usize,
    columns: usize,
    rows: u32,
    /// The element that it is, if not one of a table, and how many of that name are open in it.
    element: Option<(&'t str, u32)>,
}

impl<'t> Tables<'t> {
    fn tag(&mut self, tag: &Tag<'t>) {
        let is = |names: &[&str]| names.iter().any(|name| tag.name.eq_ignore_ascii_case(name));
        let role = tag.attribute("role").unwrap_or_default();
        if is(&["table"]) {
            if tag.closes {
                self.close_table(tag.start, tag.end);
            } else {
                self.open_table(tag);
            }
        } else if is(&["tr"]) || role == "row" {
            self.close_row(tag.start);
        } else if is(&["td", "th"]) {
            self.close_cell(tag.start);
            if !tag.closes {
                self.open_cell(tag, None);
            }
        } else if matches!(role, "cell" | "gridcell" | "columnheader" | "rowheader") {
            self.close_cell(tag.start);
            self.open_cell(tag, Some((tag.name, 1)));
        } else if let Some((name, depth)) = self.element()
            && tag.name == *name
        {
            *depth = if tag.closes { *depth - 1 } else { *depth + 1 };
            if *depth == 0 {
                self.close_cell(tag.start);
            }
        }
    }

    fn element(&mut self) -> Option<&mut (&'t str, u32)> {
        self.open.last_mut()?.cell.as_mut()?.element.as_mut()
    }

    fn open_table(&mut self, tag: &Tag<'t>) {
        let is_inside = self.open.last().is_none_or(|level| level.cell.is_some());
        if !is_inside || self.open.len() == DEEPEST {
            // The one before was not closed.
            return self.close_row(tag.start);
        }
        self.pause(tag.start);
        self.open.push(Level {
            rows: Rows::out_of(self.page.len()),
            count: 0,
            width: 0,
            row: Vec::new(),
            cell: None,
            spans: Vec::new(),
        });
    }

    /// Adds what the open cell has up to here to its words.
    fn pause(&mut self, end: usize) {
        if let Some(cell) = self.open.last_mut().and_then(|level| level.cell.as_mut()) {
            let html = self.page.get(cell.start..end).unwrap_or_default();
            for word in html_to_text(html).split_whitespace() {
                cell.words.push_str(word);
                cell.words.push(' ');
            }
            cell.start = end;
        }
    }

    fn open_cell(&mut self, tag: &Tag<'t>, element: Option<(&'t str, u32)>) {
        if self.open.is_empty() {
            self.open_table(tag);
        }
        let number = |name| {
            tag.attribute(name)
                .and_then(|number| number.parse::<u16>().ok())
        };
        if let Some(level) = self.open.last_mut() {
            level.cell = Some(Cell {
                words: String::new(),
                start: tag.end,
                columns: number("colspan").unwrap_or(1).into(),
                rows: number("rowspan").unwrap_or(1).into(),
                element,
            });
        }
    }

    fn close_cell(&mut self, end: usize) {
        self.pause(end);
        let Some(level) = self.open.last_mut() else {
            return;
        };
        let Some(cell) = level
            .cell
            .take()
            .filter(|_| level.row.len() < PASSED_COLUMNS)
        else {
            return;
        };
        level.continue_spans(&mut self.spare);
        for place in 0..cell.columns.clamp(1, PASSED_COLUMNS) {
            let words = if place == 0 { cell.words.as_str() } else { "" };
            if cell.rows > 1 {
                let column = level.row.len();
                if level.spans.len() <= column {
                    level.spans.resize(column + 1, (0, String::new()));
                }
                level.spans[column] = (cell.rows - 1, words.to_owned());
            }
            level.row.push(words.to_owned());
        }
    }

    fn close_row(&mut self, end: usize) {
        self.close_cell(end);
        let Some(level) = self.open.last_mut().filter(|level| !level.row.is_empty()) else {
            return;
        };
        level.continue_spans(&mut self.spare);
        level.width = level.width.max(level.row.len());
        level.count += 1;
        level.rows.push(level.count, level.row.drain(..));
    }

    /// A table in a cell of another is part of that cell's words, unless it has rows and columns itself.
    fn close_table(&mut self, start: usize, end: usize) {
        self.close_row(start);
        let Some(level) = self.open.pop() else {
            return;
        };
        let lines = level.rows.into_lines().1;
        if let Some(cell) = self.open.last_mut().and_then(|around| around.cell.as_mut()) {
            cell.start = end;
            if level.count < 2 || level.width < 2 {
                cell.words.push_str(&lines);
                return;
            }
        }
        self.wide |= level.width > 1;
        for line in lines.lines() {
            self.count += 1;
            self.rows.push(self.count, line.split('\t'));
        }
    }
}

impl Level<'_> {
    /// Adds the cells of rows above that reach into the next columns.
    fn continue_spans(&mut self, spare: &mut usize) {
        while let Some((rows, words)) = self.spans.get_mut(self.row.len())
            && *rows > 0
            && *spare >= words.len()
        {
            *rows -= 1;
            *spare -= words.len();
            self.row.push(words.clone());
        }
    }
}

/// `<name …>` or `</name>`.
struct Tag<'a> {
    name: &'a str,
    /// What follows the name.
    attributes: &'a str,
    closes: bool,
    start: usize,
    end: usize,
}

impl<'a> Tag<'a> {
    /// The first tag at or after a place in the text; comments are passed over.
    fn find(text: &'a str, mut from: usize) -> Option<Self> {
        loop {
            let start = from + text.get(from..)?.find('<')?;
            let inner = &text[start + 1..];
            if inner.starts_with("!--") {
                from = start + 1 + inner.find("-->")?;
                continue;
            }
            let closing = inner.strip_prefix('/');
            let name = closing.unwrap_or(inner);
            let end = name.find(|next: char| !next.is_ascii_alphanumeric());
            let (name, rest) = name.split_at(end.unwrap_or(name.len()));
            let length = length_of_attributes(rest);
            return Some(Self {
                name,
                attributes: &rest[..length],
                closes: closing.is_some(),
                start,
                end: text.len() - rest.len() + (length + 1).min(rest.len()),
            });
        }
    }

    /// The value of an attribute, with or without quotation marks.
    fn attribute(&self, name: &str) -> Option<&'a str> {
        let mut rest = self.attributes;
        loop {
            let (before, value) = rest.split_once('=')?;
            let is_named = before.trim_end().len() >= name.len()
                && before
                    .trim()
                    .rsplit(char::is_whitespace)
                    .next()?
                    .eq_ignore_ascii_case(name);
            let value = value.trim_start();
            let (value, after) = match value.chars().next()? {
                mark @ ('"' | '\'') => value[1..].split_once(mark)?,
                _ => value.split_once(char::is_whitespace).unwrap_or((value, "")),
            };
            if is_named {
                return Some(value);
            }
            rest = after;
        }
    }
}

/// Where a tag ends, from the end of its name: at the first `>` outside quotation marks, which count only where a value
/// begins (HTML Standard, 13.2.5).
fn length_of_attributes(rest: &str) -> usize {
    let mut from = 0;
    while let Some(found) = rest[from..].find(['>', '=']) {
        let at = from + found;
        if rest[at..].starts_with('>') {
            return at;
        }
        let value = rest[at + 1..].trim_start();
        from = rest.len() - value.len();
        if let Some(mark @ ('"' | '\'')) = value.chars().next()
            && let Some(length) = value[1..].find(mark)
        {
            from += length + 2;
        }
    }
    rest.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rows(html: &str) -> Vec<Vec<String>> {
        read(html).map(Rows::into_cells).unwrap_or_default()
    }

    #[test]
    fn rows_and_cells_are_found_however_they_are_closed() {
        let expected = [["E-mail", "Status"], ["an@example.be", "Één & al"]];
        for html in [
            "<html><body><table><tr><th>E-mail</th><th>Status</th></tr>\n<tr><td>an@example.be</td>\
             <td><b>&Eacute;&eacute;n</b> &amp;\n al</td></tr></table></body></html>",
            "<!-- <td>niet</td> --><TABLE><TR><TD class=x>E-mail<TD>Status<TR><TD>\
             <a href=\"mailto:an@example.be\">an@example.be</a><TD>&#201;&#xe9;n & al",
            "<div role=\"grid\"><div role='row'><div class=a role=columnheader>E-mail</div><div role=columnheader>\
             Status</div></div><div role=row><div role=cell><div>an@example.be</div></div><div role=cell>Één &amp; al\
             </div></div></div><div>Voettekst</div>",
        ] {
            assert_eq!(rows(html), expected, "{html}");
        }
    }

    #[test]
    fn a_tag_ends_outside_quotation_marks() {
        let expected = [["an@example.be", "FAILED"]];
        for cell in [
            "<td title=\"a > b\">",
            "<td title = '<an@example.be>' class=x>",
            "<td a=\"\" b='>'>",
            // None of a value, or not closed.
            "<td width=50\">",
            "<td 'a\">",
            "<td b=>",
        ] {
            let html = format!("<table><tr>{cell}an@example.be<td>FAILED</table>");
            assert_eq!(rows(&html), expected, "{html}");
        }
        assert_eq!(rows("<table><tr><td>an@example.be<td b='>FAILED"), expected);
    }

    #[test]
    fn a_table_in_another_has_its_own_rows_unless_it_is_one_cell() {
        let inner = "<table><tr><td>E-mail<td>Status<tr><td>an@example.be<td><table><tr><td>FAILED</table></table>";
        let page = format!("<table><tr><td>Menu<td>Start {inner} Einde<td>Rand</table>");
        assert_eq!(
            rows(&page),
            [
                vec!["E-mail", "Status"],
                vec!["an@example.be", "FAILED"],
                vec!["Menu", "Start Einde", "Rand"]
            ]
        );
    }

    #[test]
    fn a_cell_that_spans_rows_or_columns_counts_for_all_of_them() {
        let page = "<table><tr><td colspan=2>Rapport<td>x<tr><td rowspan=\"3\">an@example.be<td>1<td>a<tr><td>2<td rowspan=2>b<tr><td>3<tr><td>4</table>";
        assert_eq!(
            rows(page),
            [
                vec!["Rapport", "", "x"],
                vec!["an@example.be", "1", "a"],
                vec!["an@example.be", "2", "b"],
                vec!["an@example.be", "3", "b"],
                vec!["4"]
            ]
        );
    }

    #[test]
    fn what_is_no_table() {
        for html in [
            "",
            "<",
            "<p>geen tabel</p>",
            "<table><tr></table>",
            "<!-- <td>",
            "a <td>b",
            "</table><td",
        ] {
            assert!(read(html).is_none(), "{html}");
        }
    }
}
