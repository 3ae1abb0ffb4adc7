//! Writes a table as CSV that Excel opens in columns where the decimal sign is a comma, as in Belgium:
//! semicolons between the cells, and UTF-8 with a byte order mark. Otherwise it is RFC 4180.
//!
//! A cell that a spreadsheet would read as a formula gets an apostrophe, as OWASP advises against CSV
//! injection: anybody can write anything in a bounce.
//!
//! Not with the writer of `csv`: that can quote all but numbers, and its code for numbers weighs more
//! in the download than the rest of the writer.

use std::borrow::Cow;

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
            file.extend_from_slice(quoted(harmless(cell)).as_bytes());
        }
        file.extend_from_slice(b"\r\n");
    }
    file
}

/// The cell with an apostrophe in front if a spreadsheet might read it as a formula.
fn harmless(cell: Cow<'_, str>) -> Cow<'_, str> {
    if cell.starts_with(['=', '+', '-', '@', '\t', '\r']) {
        Cow::Owned(format!("'{cell}"))
    } else {
        cell
    }
}

/// The cell in quotes if it contains a separator, a quote or a line end.
fn quoted(cell: Cow<'_, str>) -> Cow<'_, str> {
    if cell.contains([';', '"', '\r', '\n']) {
        Cow::Owned(format!("\"{}\"", cell.replace('"', "\"\"")))
    } else {
        cell
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cells<'a>(cells: &[&'a str]) -> impl Iterator<Item = Cow<'a, str>> {
        let cells: Vec<_> = cells.iter().map(|&cell| Cow::Borrowed(cell)).collect();
        cells.into_iter()
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
        for cell in ["=1+1", "+32", "-1", "@SUM(A1)", "\t=1", "\r=1"] {
            assert_eq!(harmless(cell.into()), format!("'{cell}"));
        }
        for cell in ["", "an@example.be", "1-2", "'=1"] {
            assert_eq!(harmless(cell.into()), cell);
        }
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
        assert_eq!(read[1], people[0]);
        assert_eq!(read[2], people[1]);
    }
}
