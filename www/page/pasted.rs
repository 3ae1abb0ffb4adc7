//! What a paste gives: the clipboard holds the same in several forms.

use crate::files::{self, Input};
use crate::ids;
use bezorgd_protocol::Purpose;
use bezorgd_words::Words;
use wasm_bindgen::JsCast;
use web_sys::{ClipboardEvent, Element};

/// Fewer cells are a label and a value, or the layout of a mail.
const FEWEST_CELLS: usize = 3;

/// Fewer rows have no titles or nothing below them.
const FEWEST_ROWS: usize = 2;

/// The table, the files or the text of a paste; `None` if it is meant for a field of the page.
pub fn pasted(words: &'static Words, event: &ClipboardEvent) -> Option<Vec<Input>> {
    let data = event.clipboard_data()?;
    let is_for_field = is_for_field(event);
    let form = |media_type| data.get_data(media_type).unwrap_or_default();
    let html = form("text/html");
    // Before the files: a spreadsheet adds a picture of its cells.
    if !is_for_field && holds_table(&html) {
        return Some(as_file(words, &html));
    }
    let files = files::listed(data.files());
    if !files.is_empty() {
        return Some(files);
    }
    (!is_for_field).then(|| as_file(words, &form("text/plain")))
}

/// Whether the focus is in a field: the search, or the box of a list. The box for evidence gives what it gets.
fn is_for_field(event: &ClipboardEvent) -> bool {
    let target = event.target();
    let target = target
        .as_ref()
        .and_then(|target| target.dyn_ref::<Element>());
    target.is_some_and(|target| {
        matches!(&*target.tag_name(), "INPUT" | "TEXTAREA")
            && Some(&*target.id()) != ids::paste_box(Purpose::Evidence)
    })
}

fn as_file(words: &'static Words, text: &str) -> Vec<Input> {
    files::text(words.ui.pasted_name(), text)
        .into_iter()
        .collect()
}

/// Whether HTML holds a table that is not the layout of a mail: the text of a mail has addresses of which its
/// HTML shows only the names.
fn holds_table(html: &str) -> bool {
    let html = html.to_ascii_lowercase().replace("&nbsp;", " ");
    let html = html.replace("<th", "<td");
    let full = html.split("<tr").skip(1).filter(|row| {
        let cells = row.split("<td").skip(1);
        cells.filter(|cell| has_words(cell)).count() >= FEWEST_CELLS
    });
    full.count() >= FEWEST_ROWS
}

/// Whether HTML, from within a tag, shows any words.
fn has_words(html: &str) -> bool {
    html.split('<').any(|piece| {
        piece
            .split_once('>')
            .is_some_and(|(_, text)| !text.trim().is_empty())
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_table_has_rows_of_several_cells_with_words() {
        for html in [
            "<meta charset='utf-8'><table><thead><tr><th>E-mail</th><th>Datum</th><th>Status</th></tr></thead>\
             <tbody><tr><td>an@example.be</td><td><time>12/03/2026</time></td><td>DELIVERED</td></tr></tbody></table>",
            "<TABLE><TR><TD>an@example.be<TD><B>12/03/2026</B><TD>FAILED\n<TR><TD>bo@example.be<TD>12/03/2026<TD>x",
        ] {
            assert!(holds_table(html), "{html}");
        }
        for html in [
            "",
            "<p>an@example.be</p>",
            "an@example.be <td>12/03/2026<td>FAILED",
            "<table><tr><td>From<td>an@example.be<tr><td>To<td>bo@example.be<tr><td>Date<td>12/03/2026</table>",
            "<table><tr><td width=20>&nbsp;<td>an@example.be<td><img src=x><tr><td><td>FAILED<td></table>",
            "<table><tr><td>Home<td>Help<td>Contact</table><p>an@example.be</p>",
        ] {
            assert!(!holds_table(html), "{html}");
        }
    }
}
