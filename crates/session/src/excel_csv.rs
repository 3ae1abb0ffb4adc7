//! Writes a table as CSV that Excel opens in columns where the decimal sign is a comma, as in Belgium:
//! semicolons between the cells, and UTF-8 with a byte order mark. Otherwise it is RFC 4180.
//!
//! A cell that a spreadsheet would read as a formula gets an apostrophe, as OWASP advises against CSV
//! injection: anybody can write anything in a bounce. So does a part of a cell behind a separator: a program that
//! expects another one splits there, and knows no quotation marks within a cell.
//!
//! Not with the writer of `csv`: that can quote all but numbers, and its code for numbers weighs more
//! in the download than the rest of the writer.

use bezorgd::spreadsheet::starts_formula;
use bezorgd_model::shown::shown;
use std::borrow::Cow;

/// What programs split at. A tab is none of them: a cell is on one line, and tabs have become spaces.
const SEPARATORS: [char; 2] = [';', ','];

const BYTE_ORDER_MARK: &[u8] = b"\xEF\xBB\xBF";

/// The start of the file: byte order mark and column titles.
pub fn header<'a>(titles: impl Iterator<Item = Cow<'a, str>>) -> Vec<u8> {
    write(BYTE_ORDER_MARK.to_vec(), std::iter::once(titles))
}

/// Further rows of the file.
pub fn rows<'a, Row>(rows: impl Iterator<Item = Row>) -> Vec<u8>
where
    Row: Iterator<Item = Cow<'a, str>>,
{
    write(Vec::new(), rows)
}

fn write<'a, Row>(mut file: Vec<u8>, rows: impl Iterator<Item = Row>) -> Vec<u8>
where
    Row: Iterator<Item = Cow<'a, str>>,
{
    for row in rows {
        for (column, cell) in row.enumerate() {
            if column > 0 {
                file.push(b';');
            }
            push(&mut file, &cell);
        }
        file.extend_from_slice(b"\r\n");
    }
    file
}

/// Appends a cell, safe to show, with an apostrophe before each part that a spreadsheet might read as a formula; in
/// quotes if it contains our separator or a quote. It is on one line.
fn push(file: &mut Vec<u8>, cell: &str) {
    let cell = shown(cell);
    let is_quoted = cell.contains([';', '"']);
    if is_quoted {
        file.push(b'"');
    }
    for part in cell.split_inclusive(SEPARATORS) {
        if starts_formula(part) {
            file.push(b'\'');
        }
        for &byte in part.as_bytes() {
            if byte == b'"' {
                file.push(b'"');
            }
            file.push(byte);
        }
    }
    if is_quoted {
        file.push(b'"');
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cells<'a>(cells: &[&'a str]) -> impl Iterator<Item = Cow<'a, str>> {
        let cells: Vec<_> = cells.iter().map(|&cell| Cow::Borrowed(cell)).collect();
        cells.into_iter()
    }

    /// A cell as it is written, without the quotes around it.
    fn harmless(cell: &str) -> String {
        let mut file = Vec::new();
        push(&mut file, cell);
        let text = String::from_utf8(file).expect("text");
        text.trim_matches('"').to_owned()
    }

    #[test]
    fn the_file_begins_with_a_mark_and_ends_its_lines_as_windows_does() {
        let mut file = header(cells(&["E-mailadres", "Reden"]));
        file.extend(rows(
            [cells(&["an@example.be", "vol; of \"te groot\""])].into_iter(),
        ));
        assert_eq!(
            String::from_utf8(file).unwrap(),
            "\u{FEFF}E-mailadres;Reden\r\nan@example.be;\"vol; of \"\"te groot\"\"\"\r\n"
        );
    }

    #[test]
    fn no_cell_is_taken_for_a_formula() {
        for cell in ["=1+1", "+32", "-1", "@SUM(A1)", "＝1", " =1", "\u{A0}+1"] {
            assert_eq!(harmless(cell), format!("'{cell}"));
        }
        for cell in ["", "an@example.be", "1-2", "'=1", "vol; of “te” groot"] {
            assert_eq!(harmless(cell), cell);
        }
        assert_eq!(harmless("vol;=1, -2"), "vol;'=1,' -2");
    }

    /// Whatever separator a program expects, and whether it reads quotation marks or not.
    #[test]
    fn no_part_of_a_cell_begins_with_a_sign() {
        let signs = ['=', '+', '-', '@', '＝', '＋', '－', '＠'];
        let separators = ["", ";", ",", "\t", "\n", "\r\n"];
        let leading = [
            "", " ", "  ", "\t", "\r", "\n", "\0", "\u{7F}", "\u{85}", "\u{A0}", "\u{AD}",
            "\u{200B}", "\u{2028}", "\u{202E}", "\u{3000}", "\u{FEFF}", "\"", "\"\"", "' ",
        ];
        let skipped = |next: char| next.is_whitespace() || next.is_control() || next == '"';
        let mut checked = 0;
        for sign in signs {
            for separator in separators {
                for before in leading {
                    for text in ["", "550 vol"] {
                        let cell =
                            format!("{text}{separator}{before}{sign}1{separator}{before}{sign}2");
                        if separator.is_empty() && !text.is_empty() {
                            continue;
                        }
                        let file = rows([cells(&["a", &cell, "b"])].into_iter());
                        let file = String::from_utf8(file).expect("text");
                        for part in file.split([';', ',', '\t', '\n', '\r']) {
                            let part = part.trim_start_matches(skipped);
                            assert!(!part.starts_with(signs), "{cell:?} is written as {file:?}");
                            checked += 1;
                        }
                    }
                }
            }
        }
        assert!(checked > 1000);
    }

    #[test]
    fn a_cell_has_no_hidden_character() {
        assert_eq!(
            harmless("a\u{1B}[2J\tb\r\nc\u{202E}"),
            "a⟨U+001B⟩[2J b c⟨U+202E⟩"
        );
    }

    #[test]
    fn our_own_reader_reads_it_back() {
        let titles = ["E-mailadres", "Melding", "Bestand"];
        let people = [
            [
                "an@example.be",
                "mailbox; full\r\nsecond line",
                "a \"b\".csv",
            ],
            ["+bo@example.be", "é ’ 🙂", ""],
        ];
        let mut file = header(cells(&titles));
        file.extend(rows(people.iter().map(|row| cells(row))));
        // The guard is in the file, and the reader removes it.
        assert!(String::from_utf8_lossy(&file).contains("'+bo@example.be;"));
        let read = bezorgd::cells(&file, bezorgd::Host::default().decode).expect("a table");
        assert_eq!(read[0], titles);
        // A cell is on one line.
        assert_eq!(read[1][1], people[0][1].replace("\r\n", " "));
        assert_eq!((&*read[1][0], &*read[1][2]), (people[0][0], people[0][2]));
        assert_eq!(read[2], people[1]);
    }
}
