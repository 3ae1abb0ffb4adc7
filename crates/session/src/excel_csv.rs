//! A table as a file that Excel opens in columns where the decimal sign is a comma, as in Belgium:
//! semicolons between the cells, and a byte order mark before UTF-8. For the rest it is RFC 4180.
//!
//! A cell that a spreadsheet would take for a formula gets an apostrophe, as OWASP advises against
//! CSV injection: what stands in a bounce was written by anybody.
//!
//! Not with the writer of `csv`: that can also tell numbers from text, and what it needs for that
//! weighs more in the page than all the rest of it.

use std::borrow::Cow;

const BYTE_ORDER_MARK: &[u8] = b"\xEF\xBB\xBF";

/// The beginning of the file: the titles of the columns.
pub fn header<'a>(titles: impl Iterator<Item = Cow<'a, str>>) -> Vec<u8> {
    write(BYTE_ORDER_MARK.to_vec(), std::iter::once(titles))
}

/// Some rows of the file.
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

/// The cell as a spreadsheet shows it, whatever it begins with.
fn harmless(cell: Cow<'_, str>) -> Cow<'_, str> {
    if cell.starts_with(['=', '+', '-', '@', '\t', '\r']) {
        Cow::Owned(format!("'{cell}"))
    } else {
        cell
    }
}

/// The cell between quotes where it holds what ends one.
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
        // The guard is in the file, and the reader takes it off again.
        assert!(String::from_utf8_lossy(&file).contains("'+bo@example.be;"));
        let read = bezorgd::cells(&file, bezorgd::Host::default().decode).expect("a table");
        assert_eq!(read[0], titles);
        assert_eq!(read[1], people[0]);
        assert_eq!(read[2], people[1]);
    }
}
