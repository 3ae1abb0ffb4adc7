//! DIF, in which spreadsheets exchange cells: two lines for each, after a header that ends in `DATA`.

use super::rows::Rows;

/// Reads the rows; the number of a line is that of the row of the sheet.
pub fn read(text: &str) -> Rows {
    let mut rows = Rows::out_of(text.len());
    let mut lines = text
        .lines()
        .skip_while(|line| line.trim() != "DATA")
        .skip(3);
    let (mut row, mut number): (Vec<&str>, u32) = (Vec::new(), 0);
    while let (Some(kind), Some(value)) = (lines.next(), lines.next()) {
        let number_cell = kind.trim().strip_prefix("0,");
        match (kind.trim(), value.trim()) {
            ("-1,0", "BOT" | "EOD") => {
                if number > 0 {
                    rows.push(number, row.drain(..));
                }
                number += 1;
            }
            (_, text) => row.push(number_cell.unwrap_or(text.trim_matches('"'))),
        }
    }
    rows
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_and_numbers_are_cells() {
        let text = "TABLE\n0,1\n\"x\"\nDATA\n0,0\n\"\"\n-1,0\nBOT\n1,0\n\"a\"\n0,12.5\nV\n-1,0\nBOT\n1,0\n\"\"\n1,0\n\"b\"\n-1,0\nEOD\n";
        assert_eq!(read(text).into_lines(), (1, "a\t12.5\n\tb\n".to_owned()));
    }
}
