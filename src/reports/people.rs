//! Who a row of a report is about.

use super::borrower::Borrower;
use super::cells;
use super::columns::Columns;
use super::history::Who;
use crate::address;
use crate::formats::csv::Row;
use crate::model::Role;
use crate::model::sorting::sort_by_key;

/// Someone whom a row names.
#[derive(Clone, Copy, Debug)]
pub struct Named<'a> {
    pub who: Who<'a>,
    /// The name beside the address, in the same cell.
    pub beside: Option<&'a str>,
    /// The status beside the address, where it is not in a column of its own.
    pub status: Option<&'a str>,
}

impl<'a> From<Who<'a>> for Named<'a> {
    fn from(who: Who<'a>) -> Self {
        Self {
            who,
            beside: None,
            status: None,
        }
    }
}

/// Finds everyone that a row names: by address, else, in a list of messages, by an address among other
/// words, by number or by name.
pub fn each_recipient(
    row: Row<'_>,
    columns: &Columns,
    borrower: Option<&Borrower<'_>>,
    found: &mut dyn FnMut(Named<'_>),
) {
    let cell = |role| columns.cell(row, role).unwrap_or_default();
    let mut is_addressed = false;
    for (address, status) in cells::each_traced(cell(Role::Address)) {
        is_addressed = true;
        found(Named {
            status: Some(status),
            ..Who::Address(address).into()
        });
    }
    if is_addressed {
        return;
    }
    address::each(cell(Role::Address), |beside, address| {
        is_addressed = true;
        found(Named {
            beside,
            ..Who::Address(address).into()
        });
    });
    let Some(borrower) = borrower.filter(|_| !is_addressed) else {
        return;
    };
    let beside = [Role::Customer, Role::Name].map(cell);
    // The words of a server may name other addresses further on.
    let in_message = address::within(cell(Role::Message)).take(1);
    let mut addresses: Vec<&str> = beside
        .into_iter()
        .flat_map(address::within)
        .chain(in_message)
        .collect();
    sort_by_key(&mut addresses, |address| *address);
    addresses.dedup();
    for address in &addresses {
        found(Who::Address(address).into());
    }
    if let (true, Some(number)) = (addresses.is_empty(), borrower.number) {
        found(Who::Customer(number).into());
    } else if let (true, Some(name)) = (addresses.is_empty(), borrower.full_name()) {
        found(Who::Name(&name).into());
    }
}

/// The name in the columns for it, or else the one beside the address.
pub fn person_name(row: Row<'_>, columns: &Columns, beside: Option<&str>) -> Option<Box<str>> {
    let cell = |role| columns.cell(row, role);
    match (cell(Role::FirstName), cell(Role::Name)) {
        (Some(first), Some(last)) => Some(format!("{first} {last}").into()),
        (first, last) => first.or(last).or(beside).map(Box::from),
    }
}
