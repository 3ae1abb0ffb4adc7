//! Lists of customers, such as the borrowers of a library: who is behind a number or an address.
//!
//! Each row is a customer with any number of addresses, in one cell or in several; rows with the same
//! number are one customer.

use super::borrower::Borrower;
use super::columns::{self, Columns, SAMPLE_ROWS};
use super::row_problems::RowProblems;
use super::{cells, headers};
use crate::address;
use crate::formats::csv::{Row, Table};
use crate::model::fold::lowercase;
use crate::model::{ColumnChoice, Customer, Problem, ProblemCode, Role};
use crate::senders::Policy;
use std::collections::{HashMap, HashSet};

/// A row with no more cells than these, and nobody in it, is a title or a total.
const CELLS_OF_A_TITLE: usize = 2;

/// Reads the customers of a table or list, in the order in which they first appear.
pub fn read(
    file: &str,
    table: &Table<'_>,
    choice: Option<&ColumnChoice>,
) -> (Vec<Customer>, Vec<Problem>) {
    let sample = table.rows().sample(SAMPLE_ROWS);
    // Such a list identifies people by number or name, as a list of messages does.
    let found = columns::find(&sample, Policy::of_message_lists(), choice);
    let of_others = found.reading.columns.iter().map(|column| {
        let header = headers::fold(&column.header);
        headers::SENDER.iter().any(|name| header.contains(name))
    });
    let of_others: Vec<bool> = of_others.collect();
    let mut list = CustomerList::default();
    let mut rows = table.rows();
    while let Some(row) = rows.next_row() {
        if found.columns.counts(row) {
            list.add(row, &found.columns, &of_others);
        }
    }
    list.customers.iter_mut().for_each(without_repetition);
    let mut problems = list.problems.into_problems(file);
    problems.extend(found.left_out(file));
    if list.customers.is_empty() {
        problems.insert(0, Problem::in_file(ProblemCode::NoCustomer, file));
    }
    (list.customers, problems)
}

/// Omits repeated addresses. A list in which everybody has the number of the library gives one customer
/// all of them, so they are not compared one by one.
fn without_repetition(customer: &mut Customer) {
    if customer.addresses.len() > 1 {
        let mut known = HashSet::new();
        customer
            .addresses
            .retain(|address| known.insert(address::lower_case(address).into_owned()));
    }
}

#[derive(Default)]
struct CustomerList {
    customers: Vec<Customer>,
    /// The index of the customer with a number; the number in lower case.
    places: HashMap<Box<str>, usize>,
    problems: RowProblems,
}

impl CustomerList {
    fn add(&mut self, row: Row<'_>, columns: &Columns, of_others: &[bool]) {
        let borrower = Borrower::of(|role| columns.cell(row, role));
        let is_own = |place: &usize| !of_others.get(*place).is_some_and(|of_others| *of_others);
        let own = (0..row.width()).filter(is_own);
        let own = own.filter_map(|place| row.cell(place));
        let mut addresses = Vec::new();
        for cell in own.filter(|cell| memchr::memchr(b'@', cell.as_bytes()).is_some()) {
            let known = addresses.len();
            addresses.extend(address::within(cell));
            if addresses.len() == known {
                self.problems.push(ProblemCode::UnreadableAddress, row.line);
            }
        }
        let is_person = borrower.name.is_some_and(cells::is_full_name);
        if borrower.number.is_none() && addresses.is_empty() && !is_person {
            let filled = row.cells().filter(|cell| !cell.is_empty()).count();
            if filled > CELLS_OF_A_TITLE {
                self.problems
                    .push(ProblemCode::RowWithoutCustomer, row.line);
            }
            return;
        }
        let place = self.place(borrower.number);
        let customer = &mut self.customers[place];
        customer
            .addresses
            .extend(addresses.into_iter().map(Box::from));
        if customer.name.is_none() {
            customer.name = borrower.full_name();
        }
        if let Some(cell) = columns.cell(row, Role::Bounces) {
            match cell.parse() {
                // The rows of one customer may each be about an address.
                Ok(count) => customer.bounces = customer.bounces.max(Some(count)),
                Err(_) => self.problems.push(ProblemCode::UnreadableCount, row.line),
            }
        }
    }

    /// The index of a customer; one who is new, or has no number, is added.
    fn place(&mut self, number: Option<&str>) -> usize {
        let new = self.customers.len();
        let place = match number {
            Some(number) => *self.places.entry(lowercase(number).into()).or_insert(new),
            None => new,
        };
        if place == new {
            self.customers.push(Customer {
                number: number.map(Box::from),
                ..Customer::default()
            });
        }
        place
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::formats::charset::decode;
    use crate::formats::csv;

    fn list(text: &str) -> (Vec<Customer>, Vec<ProblemCode>) {
        let (customers, problems) =
            read("leners.csv", &csv::read_list(text.as_bytes(), decode), None);
        let codes = problems.iter().map(|problem| problem.code);
        (customers, codes.collect())
    }

    fn customer(number: &str, name: &str, addresses: &[&str], bounces: Option<u32>) -> Customer {
        let given = |text: &str| Some(text).filter(|text| !text.is_empty()).map(Box::from);
        Customer {
            number: given(number),
            name: given(name),
            addresses: addresses.iter().map(|address| (*address).into()).collect(),
            bounces,
        }
    }

    #[test]
    fn each_row_is_a_borrower_with_any_number_of_addresses() {
        let text = "Leners van de bibliotheek\nFiliaal;Voorbeeldegem\n\n\
            Filiaal;Lenernummer;Naam;Voornaam;Geboortedatum;E-mail;E-mail 2;E-mail afzender;Bounce-counter\n\
            VBG;12345678;Peeters;Marc;12/03/1980;marc@example.be;\"bo@example.be; els@example.be\";bib@example.be;3\n\
            VBG;23456789;Claes;An;01/02/1990;;;bib@example.be;0\n\
            VBG;34567890;De Smet;Zoë;01/02/1990;zoe@example.be;;bib@example.be;\n\
            VBG;12345678;Peeters;Marc;12/03/1980;MARC@example.be;mia@example.be;bib@example.be;4\n\
            Totaal;4;;;;;;;\n";
        let (customers, problems) = list(text);
        let marc = [
            "marc@example.be",
            "bo@example.be",
            "els@example.be",
            "mia@example.be",
        ];
        assert_eq!(
            customers[..3],
            [
                customer("12345678", "Marc Peeters", &marc, Some(4)),
                customer("23456789", "An Claes", &[], Some(0)),
                customer("34567890", "Zoë De Smet", &["zoe@example.be"], None),
            ]
        );
        assert_eq!(problems, []);
    }

    #[test]
    fn the_columns_may_be_called_otherwise_or_not_at_all() {
        let marc = customer("12345678", "Peeters, Marc", &["marc@example.be"], None);
        let an = customer("23456789", "Claes, An", &[], None);
        for text in [
            "Nr;Lener;Mailadres\n12345678;Peeters, Marc;marc@example.be\n23456789;Claes, An;\n",
            "Lener;Mailadres\n12345678 Peeters, Marc;marc@example.be\n23456789 Claes, An;\n",
            "1;12345678;Peeters, Marc;marc@example.be\n2;23456789;Claes, An;\n",
            "Peeters, Marc\t12345678\tmarc@example.be\nClaes, An\t23456789\t\n",
            "12345678 Peeters, Marc <marc@example.be>\n23456789 Claes, An\n",
            "Klant;Barcode\nPeeters, Marc <marc@example.be>;12345678\nClaes, An;23456789\n",
        ] {
            assert_eq!(
                list(text),
                (vec![marc.clone(), an.clone()], vec![]),
                "{text}"
            );
        }
    }

    #[test]
    fn an_address_or_a_name_suffices() {
        let (customers, problems) = list("an@example.be\nbo@example.be\n");
        assert_eq!(customers[1], customer("", "", &["bo@example.be"], None));
        assert_eq!((customers.len(), problems), (2, vec![]));
        let (customers, problems) =
            list("Naam;E-mail;Teller\nClaes, An;;2\nClaes, An;;1\nTotaal;;2\n");
        let an = |bounces| customer("", "Claes, An", &[], Some(bounces));
        // Two people may have the same name.
        assert_eq!(customers, [an(2), an(1)]);
        assert_eq!(problems, []);
    }

    #[test]
    fn what_cannot_be_read_is_reported() {
        let (customers, problems) = list(
            "Lenernummer;Naam;E-mail;Bounces\n12345678;Claes, An;an@;veel\n;;geen;1\n\
             23456789;Maes, Bo;bo@example.be;1\n34567890;Peeters, Mia;mia@example.be;1\n\
             45678901;De Smet, Jef;jef@example.be;1\n",
        );
        assert_eq!(customers.len(), 4);
        assert_eq!(customers[0], customer("12345678", "Claes, An", &[], None));
        assert_eq!(
            problems,
            [ProblemCode::UnreadableAddress, ProblemCode::UnreadableCount]
        );
        let (customers, problems) = list("Rij;Soort;Kleur\na;b;rood\nc;d;groen\n");
        assert_eq!(customers, []);
        assert_eq!(problems[0], ProblemCode::NoCustomer);
        // The header too: none of its titles is known.
        assert_eq!(problems[1..], [ProblemCode::RowWithoutCustomer; 3]);
    }
}
