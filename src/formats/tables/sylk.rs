//! SYLK, the oldest form in which spreadsheets exchange cells: `C;X2;Y3;K"text"` is a cell.

use super::rows::Rows;
use crate::formats::PASSED_COLUMNS;

/// Cells further down or to the right are none of a report.
const MOST_ROWS: u32 = 1 << 20;

/// Reads the rows; the number of a line is that of the row of the sheet.
pub fn read(text: &str) -> Rows {
    let mut rows = Rows::out_of(text.len());
    let mut row: Vec<String> = Vec::new();
    let (mut x, mut y) = (0, 1);
    for line in text.lines() {
        let Some(fields) = line.strip_prefix("C;") else {
            continue;
        };
        let mut value = None;
        // A semicolon in a text is doubled.
        let fields = fields.replace(";;", "\0");
        for field in fields.split(';') {
            let (kind, rest) = field.split_at(field.chars().next().map_or(0, char::len_utf8));
            match (kind, rest.parse::<u32>()) {
                ("X", Ok(column)) => x = column as usize,
                ("Y", Ok(below)) if below != y => {
                    rows.push(y, row.drain(..));
                    y = below.clamp(y, MOST_ROWS);
                }
                ("K", _) => value = Some(rest.trim_matches('"').replace('\0', ";")),
                _ => {}
            }
        }
        let x = x.min(PASSED_COLUMNS);
        if let Some(value) = value.filter(|_| x > 0) {
            if row.len() < x {
                row.resize(x, String::new());
            }
            row[x - 1] = value;
        }
    }
    rows.push(y, row);
    rows
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cell_is_where_it_says() {
        let text = "ID;PWXL\nB;Y4;X3\nC;X1;Y1;K\"a\"\nC;X3;K\"b;;c\"\nC;Y4;X2;K12.5\nC;X0;K1\nE\n";
        assert_eq!(
            read(text).into_lines(),
            (1, "a\t\tb;c\n\n\n\t12.5\n".to_owned())
        );
    }

    #[test]
    fn a_cell_beyond_the_last_column_shows_that_there_are_more() {
        let cells = read("ID;PWXL\nC;X1;Y1;K\"a\"\nC;X999;K1\nE\n").into_cells();
        assert_eq!(cells[0].len(), PASSED_COLUMNS);
    }
}
