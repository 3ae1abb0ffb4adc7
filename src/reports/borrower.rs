//! The number and the name of a library's borrower, as lists write them: in one cell or in several.

use super::cells;
use crate::model::Role;

/// A number has at least as many digits; a house number or a year of school has fewer.
pub const FEWEST_DIGITS: usize = 4;

/// Who a row is about.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub struct Borrower<'a> {
    /// The number of the borrower at the library.
    pub number: Option<&'a str>,
    /// The name as it is written; the family name where another cell holds the first name.
    pub name: Option<&'a str>,
    /// The first name, where it has a cell of its own.
    pub first_name: Option<&'a str>,
}

impl<'a> Borrower<'a> {
    /// Reads who a row is about, from its cell of each role.
    pub fn of(cell: impl Fn(Role) -> Option<&'a str>) -> Self {
        let person = |role| cell(role).map(Self::in_cell).unwrap_or_default();
        let (customer, name) = (person(Role::Customer), person(Role::Name));
        Self {
            number: customer.number.or(name.number),
            name: name.name.or(customer.name),
            first_name: cell(Role::FirstName),
        }
    }

    /// Reads one cell: `12345678 Peeters, Marc`, `Peeters Marc (12345678)`, the number or the name alone,
    /// with or without an address.
    pub fn in_cell(cell: &'a str) -> Self {
        let cell = without_address(cell);
        let is_single = !cell.contains(char::is_whitespace);
        if is_single && cells::is_number(cell) {
            return Self::numbered(cell, "");
        }
        let (first, after) = cell.split_once(char::is_whitespace).unwrap_or((cell, ""));
        if let Some(number) = number(first) {
            return Self::numbered(number, after);
        }
        let (before, last) = cell.rsplit_once(char::is_whitespace).unwrap_or(("", cell));
        match number(last) {
            Some(number) => Self::numbered(number, before),
            None => Self::named(cell),
        }
    }

    fn numbered(number: &'a str, name: &'a str) -> Self {
        Self {
            number: Some(number),
            ..Self::named(name)
        }
    }

    fn named(name: &'a str) -> Self {
        let name = name.trim_matches(is_between);
        Self {
            name: Some(name).filter(|name| name.contains(char::is_alphabetic)),
            ..Self::default()
        }
    }

    /// The first and the family name, as far as they are known.
    pub fn full_name(&self) -> Option<Box<str>> {
        match (self.first_name, self.name) {
            (Some(first), Some(last)) => Some(format!("{first} {last}").into()),
            (first, last) => first.or(last).map(Box::from),
        }
    }
}

/// Whether a cell holds both a number and a name.
pub fn is_number_with_name(cell: &str) -> bool {
    let borrower = Borrower::in_cell(cell);
    borrower.number.is_some() && borrower.name.is_some_and(cells::is_name)
}

/// Omits the word that holds an address, and what comes after it.
fn without_address(cell: &str) -> &str {
    let Some(at) = cell.find('@') else {
        return cell;
    };
    let start = cell[..at].rfind(char::is_whitespace).unwrap_or(0);
    match cell[..start].trim() {
        "" => cell[at..]
            .split_once(char::is_whitespace)
            .map_or("", |(_, after)| after.trim()),
        before => before,
    }
}

/// The number that a word is, without the brackets or dashes around it.
fn number(word: &str) -> Option<&str> {
    let number = word.trim_matches(is_between);
    let digits = number.bytes().filter(u8::is_ascii_digit).count();
    let fits = number.bytes().all(|byte| byte.is_ascii_alphanumeric());
    (fits && digits >= FEWEST_DIGITS).then_some(number)
}

/// What separates a number from a name.
fn is_between(character: char) -> bool {
    character.is_whitespace() || "()[]<>-–—,;:/".contains(character)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(cell: &str) -> (Option<&str>, Option<&str>) {
        let borrower = Borrower::in_cell(cell);
        (borrower.number, borrower.name)
    }

    #[test]
    fn a_number_and_a_name_in_one_cell() {
        for cell in [
            "12345678 Peeters, Marc",
            "12345678 - Peeters, Marc",
            "12345678: Peeters, Marc",
            "[12345678] Peeters, Marc",
            "Peeters, Marc (12345678)",
            "Peeters, Marc - 12345678",
            "Peeters, Marc 12345678",
            "12345678 Peeters, Marc <marc@example.be>",
            "Peeters, Marc (12345678) marc@example.be",
            "marc@example.be 12345678 Peeters, Marc",
        ] {
            assert_eq!(
                read(cell),
                (Some("12345678"), Some("Peeters, Marc")),
                "{cell}"
            );
            assert!(is_number_with_name(cell), "{cell}");
        }
    }

    #[test]
    fn either_of_them_alone() {
        assert_eq!(read("B-12/34"), (Some("B-12/34"), None));
        assert_eq!(read("7"), (Some("7"), None));
        assert_eq!(read("(12345678)"), (Some("12345678"), None));
        assert_eq!(
            read("Van den Broeck-Maes, Zoë"),
            (None, Some("Van den Broeck-Maes, Zoë"))
        );
        assert_eq!(read("Bib 3"), (None, Some("Bib 3")));
        for cell in ["", "-", "marc@example.be", "()"] {
            assert_eq!(read(cell), (None, None), "{cell}");
        }
        for cell in ["Peeters, Marc", "12345678", "550 5.1.1 unknown"] {
            assert!(!is_number_with_name(cell), "{cell}");
        }
    }
}
