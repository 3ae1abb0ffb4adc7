//! Who should have received something, and is in no report.

use super::borrower::Borrower;
use super::columns::{self, SAMPLE_ROWS};
use super::people::person_name;
use crate::address;
use crate::formats::csv::Table;
use crate::model::fold::lowercase;
use crate::model::{
    Cause, Diagnosis, Format, Kind, Problem, ProblemCode, Recipient, Role, Sender, State,
    without_zeros,
};
use crate::senders::Policy;
use std::collections::HashSet;

/// What identifies a recipient, as the `seen` of [`not_attempted`](crate::not_attempted) holds it: the address, or without one, the
/// number of a customer without zeros in front, which spreadsheets drop. In lower case.
pub fn identifier(recipient: &Recipient) -> Option<String> {
    let address = Some(&*recipient.address).filter(|address| !address.is_empty());
    let identifier = address.or_else(|| recipient.customer.as_deref().map(without_zeros));
    identifier.map(|identifier| address::lower_case(identifier).into_owned())
}

/// Lists the addresses of a table or list whose [`identifier`] is not among those that were seen.
pub fn not_attempted(
    file: &str,
    table: &Table<'_>,
    seen: &HashSet<String>,
    sender: Option<Sender>,
) -> Diagnosis {
    let sample = table.rows().sample(SAMPLE_ROWS);
    let policy = Policy::of(sender.unwrap_or(Sender::Other));
    let found = columns::find(&sample, policy, None);
    let mut diagnosis = Diagnosis {
        file: file.to_owned(),
        kind: Kind::Unreadable,
        format: Some(Format::Csv),
        sender,
        recipients: Vec::new(),
        original: None,
        arrival: None,
        columns: None,
        problems: Vec::new(),
    };
    diagnosis.problems.extend(found.left_out(file));
    let columns = found.columns;
    let mut listed = HashSet::new();
    let mut rows = table.rows();
    while let Some(row) = rows.next_row() {
        let customer = columns.cell(row, Role::Customer);
        let number = customer.and_then(|cell| Borrower::in_cell(cell).number);
        let is_seen = |number: &str| seen.contains(&lowercase(without_zeros(number)));
        if number.is_some_and(is_seen) {
            diagnosis.kind = Kind::Report;
            continue;
        }
        let mut expect = |name: Option<&str>, address: &str| {
            diagnosis.kind = Kind::Report;
            let key = lowercase(address);
            if seen.contains(&key) || !listed.insert(key) {
                return;
            }
            diagnosis.recipients.push(Recipient {
                address: address.to_owned(),
                name: person_name(row, &columns, name),
                customer: columns.cell(row, Role::Customer).map(Box::from),
                cause: Cause::NotAttempted,
                detail: None,
                permanence: Cause::NotAttempted.permanence(),
                state: State::NotAttempted,
                retry_until: None,
                suggestion: None,
                attempts: Vec::new(),
            });
        };
        row.cells()
            .for_each(|cell| address::each(cell, &mut expect));
    }
    if diagnosis.kind == Kind::Unreadable {
        diagnosis
            .problems
            .push(Problem::in_file(ProblemCode::NoAddressColumn, file));
    }
    diagnosis
}
