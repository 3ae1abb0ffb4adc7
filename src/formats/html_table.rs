//! Reads a web page saved as a spreadsheet, which web programs do so that Excel opens it.
//!
//! Reads the rows and cells of HTML tables (HTML Standard, section 4.9) however carelessly they are
//! closed. A complete tokenizer contains a table of entities that would be a tenth of the page's
//! download; that of `mail-parser` is linked in already.

use super::charset::Decoder;
use super::csv::Table;
use super::encoding;
use mail_parser::decoders::html::html_to_text;

/// Reads all tables of a page as one; `None` if there is none.
pub fn read(bytes: &[u8], decoder: Decoder) -> Option<Table<'static>> {
    let text = encoding::decode(bytes, decoder);
    let text = text
        .trim_start_matches(|character: char| character.is_whitespace() || character == '\u{FEFF}');
    if !text.starts_with('<') {
        return None;
    }
    let mut rows = String::new();
    // The start of the text of the open cell.
    let mut cell = None;
    let mut rest = 0;
    while let Some(tag) = Tag::find(text, rest) {
        rest = tag.end;
        let is = |names: &[&str]| names.iter().any(|name| tag.name.eq_ignore_ascii_case(name));
        let (ends_row, ends_cell) = (is(&["tr", "table"]), is(&["td", "th"]));
        if ends_row || ends_cell {
            if let Some(start) = cell.take() {
                push_cell(&mut rows, &text[start..tag.start]);
            }
            if ends_row && rows.ends_with('\t') {
                rows.pop();
                rows.push('\n');
            }
            if ends_cell && !tag.closes {
                cell = Some(tag.end);
            }
        }
    }
    if let Some(start) = cell {
        push_cell(&mut rows, &text[start..]);
    }
    rows.contains('\t').then(|| Table::tabbed(rows))
}

/// Adds the text of a cell, on one line.
fn push_cell(rows: &mut String, html: &str) {
    let text = html_to_text(html);
    let mut words = text.split_whitespace();
    rows.extend(words.next());
    for word in words {
        rows.push(' ');
        rows.push_str(word);
    }
    rows.push('\t');
}

/// `<name …>` or `</name>`.
struct Tag<'a> {
    name: &'a str,
    closes: bool,
    start: usize,
    end: usize,
}

impl<'a> Tag<'a> {
    /// The first tag at or after a place in the text; comments are skipped.
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
            return Some(Self {
                name: &name[..end.unwrap_or(name.len())],
                closes: closing.is_some(),
                start,
                end: inner.find('>').map_or(text.len(), |at| start + at + 2),
            });
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::formats::charset::decode;

    fn rows(html: &str) -> Vec<Vec<String>> {
        let Some(table) = read(html.as_bytes(), decode) else {
            return Vec::new();
        };
        let rows = table.rows().sample(usize::MAX);
        let cells = rows.iter().map(|record| record.row().cells());
        let filled = cells.map(|cells| cells.filter(|cell| !cell.is_empty()).map(str::to_owned));
        filled.map(Iterator::collect).collect()
    }

    #[test]
    fn rows_and_cells_are_found_however_they_are_closed() {
        let expected = [["E-mail", "Status"], ["an@example.be", "Één & al"]];
        for html in [
            "<html><body><table><tr><th>E-mail</th><th>Status</th></tr>\n<tr><td>an@example.be</td>\
             <td><b>&Eacute;&eacute;n</b> &amp;\n al</td></tr></table></body></html>",
            "<!-- <td>niet</td> --><TABLE><TR><TD class=x>E-mail<TD>Status<TR><TD>\
             <a href=\"mailto:an@example.be\">an@example.be</a><TD>&#201;&#xe9;n & al",
        ] {
            assert_eq!(rows(html), expected, "{html}");
        }
    }

    #[test]
    fn other_html_is_no_table() {
        for html in [
            "",
            "<",
            "<p>geen tabel</p>",
            "<table><tr></table>",
            "<!-- <td>",
            "a <td>b",
        ] {
            assert!(read(html.as_bytes(), decode).is_none(), "{html}");
        }
    }
}
