//! Where the header of a table is, and where its data begins.

use crate::address;
use crate::formats::csv::Row;
use crate::reports::{cells, headers};
use crate::senders::{Policy, statuses};

/// Cells that must be names of columns before a row is the header of a list of messages.
const FEWEST_NAMES: usize = 2;

/// The index of the header among `rows`, and of the first row with data, each `None` where there is none.
pub fn find(rows: &[Row<'_>], width: usize, policy: &Policy) -> (Option<usize>, usize) {
    if policy.lists_messages() {
        let header = named_header(rows, policy);
        return (header, header.map_or(0, |header| header + 1));
    }
    let mut first_data_row = first_data_row(rows, width);
    let mut header = header(rows, first_data_row);
    if let Some(real) = header.and_then(|header| header_above(&rows[..=header])) {
        (header, first_data_row) = (Some(real), Some(real + 1));
    }
    let after = header.map_or(0, |header| header + 1);
    (header, first_data_row.unwrap_or(after))
}

/// The first row with an address in a column where most rows have one: above it are titles, with at
/// most the address of a helpdesk, and the header.
fn first_data_row(rows: &[Row<'_>], width: usize) -> Option<usize> {
    let is_address = |row: &Row<'_>, place| row.cell(place).is_some_and(address::holds);
    let counts: Vec<usize> = (0..width)
        .map(|place| rows.iter().filter(|row| is_address(row, place)).count())
        .collect();
    let most = counts.iter().max().copied().filter(|most| *most > 0)?;
    let holds = |place: &usize| counts[*place] * 2 >= most;
    rows.iter()
        .position(|row| (0..width).filter(holds).any(|place| is_address(row, place)))
}

/// The last row of names above the data.
fn header(rows: &[Row<'_>], first_data_row: Option<usize>) -> Option<usize> {
    let mut above = rows[..first_data_row.unwrap_or(rows.len().min(1))].iter();
    let names = |row: &Row<'_>| row.width() > 1 && !row.cells().any(cells::is_date);
    above.rposition(names)
}

/// The header above rows whose addresses are no addresses: the last of these rows has a status, and one above it
/// has the names of columns.
fn header_above(rows: &[Row<'_>]) -> Option<usize> {
    let (last, above) = rows.split_last()?;
    let is_status = |cell: &str| statuses::meaning(cell).is_some();
    if !last.cells().any(is_status) {
        return None;
    }
    above.iter().rposition(|row| names(row) >= FEWEST_NAMES)
}

/// How many cells of a row are known as names of columns.
fn names(row: &Row<'_>) -> usize {
    row.cells().filter(|cell| headers::is_known(cell)).count()
}

/// The first row with the most names of columns: a list of messages need not hold addresses, and the
/// choices that made it are printed above its header.
fn named_header(rows: &[Row<'_>], policy: &Policy) -> Option<usize> {
    let is_data = |cell: &str| {
        let is_code = policy.own_action(cell).is_some() || policy.is_mail_form(cell);
        // `E-mail` may be a title too.
        is_code && policy.code(cell).len() == 1
            || cells::is_date(cell)
            || cells::is_number(cell)
            || cell.contains(['@', ':', '='])
    };
    let of_header = |row: &Row<'_>| {
        if row.cells().any(is_data) {
            0
        } else {
            names(row)
        }
    };
    let named = rows.iter().map(of_header).enumerate();
    let most = named.rev().max_by_key(|(_, names)| *names);
    most.filter(|(_, names)| *names >= FEWEST_NAMES)
        .map(|(place, _)| place)
}
