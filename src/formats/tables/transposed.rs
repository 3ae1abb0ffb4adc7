//! Records side by side: a label begins each line, and each further column is a record.

use super::cell::{is_address, is_title};
use super::rows::Rows;

/// The separators between the cells of a line.
const SEPARATORS: [char; 3] = ['\t', ';', '|'];

/// With fewer other lines, the records are below each other.
const FEWEST_OTHERS: usize = 2;

/// How many labels there may be; no report has this many columns.
const MOST_LABELS: usize = 100;

/// The lines of such a table, and the number of the one with the addresses.
struct Table<'a> {
    lines: Vec<Vec<&'a str>>,
    named_on: u32,
}

/// Reads each column after the labels as a row.
pub fn read(text: &str) -> Option<Rows> {
    let Table { lines, named_on } = table(text)?;
    let width = lines.iter().map(Vec::len).max()?;
    let mut rows = Rows::out_of(text.len());
    rows.titles(lines.iter().map(|cells| cells[0]));
    for record in 1..width {
        let value = |cells: &Vec<&str>| cells.get(record).copied().unwrap_or_default().to_owned();
        rows.push(named_on, lines.iter().map(value));
    }
    Some(rows)
}

/// Whether a text has its records side by side.
pub fn is_one(text: &str) -> bool {
    table(text).is_some()
}

/// The table, if only one line has addresses, one for each record, or two: those of the senders too.
fn table(text: &str) -> Option<Table<'_>> {
    let separator = |line: &str| SEPARATORS.into_iter().find(|next| line.contains(*next));
    let separator = text.lines().find_map(separator)?;
    // Words above and below it are in lines of their own.
    let numbered = (1..).zip(text.lines());
    let lines = numbered.filter(|(_, line)| line.contains(separator));
    let lines = lines.take(MOST_LABELS + 1);
    let (numbers, lines): (Vec<u32>, Vec<Vec<&str>>) = lines
        .map(|(number, line)| (number, cells(line, separator)))
        .unzip();
    let has_address = |cells: &Vec<&str>| cells.iter().any(|cell| is_address(cell));
    let named: Vec<usize> = (0..lines.len())
        .filter(|at| has_address(&lines[*at]))
        .collect();
    // Titles above columns, and two rows with the addresses of sender and recipient.
    let has_titles = || lines[0][1..].iter().all(|cell| is_title(cell));
    let fits = lines.len() <= MOST_LABELS
        && lines.len() >= named.len() + FEWEST_OTHERS
        && lines.iter().all(|cells| is_title(cells[0]))
        && named.iter().all(|at| is_line_of_addresses(&lines[*at]))
        && (named.len() == 1 || named.len() == 2 && !has_titles());
    fits.then(|| Table {
        named_on: numbers[named[0]],
        lines,
    })
}

fn is_line_of_addresses(cells: &[&str]) -> bool {
    let is_name = |cell: &&str| cell.is_empty() || is_address(cell);
    let addresses = cells.iter().skip(1).filter(|cell| is_address(cell));
    is_title(cells[0]) && cells.iter().skip(1).all(is_name) && addresses.count() > 1
}

fn cells(line: &str, separator: char) -> Vec<&str> {
    line.split(separator)
        .map(|cell| cell.trim().trim_matches('"'))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_column_after_the_labels_is_a_row() {
        let text =
            "Dag,\nE-mail;an@example.be;bo@example.be\n\nStatus;FAILED;DELIVERED\nReden;\"vol\"\n";
        let rows = read(text).map(Rows::into_lines);
        let lines =
            "E-mail\tStatus\tReden\n\nan@example.be\tFAILED\tvol\nbo@example.be\tDELIVERED\n";
        assert_eq!(rows, Some((0, lines.to_owned())));
        assert!(is_one(
            "Datum|1/3|2/3\nVan|a@example.be|a@example.be\nAan|b@example.be|c@example.be\nStatus|x|y"
        ));
    }

    #[test]
    fn other_tables_are_left_alone() {
        for text in [
            "Naam;Van;Naar\nJan;a@example.be;b@example.be\n",
            "Naam;Van;Naar\nJan;a@example.be;b@example.be\nEls;a@example.be;c@example.be\n",
            "Naam;E-mail;Status\nJan;a@example.be;FAILED\nEls;b@example.be;FAILED\n",
            "E-mail;a@example.be;b@example.be\nStatus;FAILED;FAILED\n",
            "E-mail\nStatus\nReden\n",
            "",
        ] {
            assert!(read(text).is_none(), "{text}");
        }
    }
}
