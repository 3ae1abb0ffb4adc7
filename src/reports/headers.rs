//! What columns are called, compiled from `headers/*.toml`.
//!
//! A file holds the names for one role, or for columns that have no role. They are parts of headers as
//! [`fold`] writes them: lower case, without accents, with one space for anything that is neither letter
//! nor digit. A space at an end of a name is the end of a word; two are the end of the header.

use crate::model::Role;
use crate::rules::fold;

include!(concat!(env!("OUT_DIR"), "/headers.rs"));

/// A group of names, and a header that must be detected by them.
#[cfg(test)]
pub struct Example {
    /// The name of its file.
    list: &'static str,
    group: &'static str,
    text: &'static str,
    /// A header in which each name, in the place of `{}`, must be detected.
    frame: &'static str,
    phrases: &'static [&'static str],
}

/// What a column of each role may be called.
pub fn names(role: Role) -> &'static [&'static str] {
    match role {
        Role::Address => ADDRESS,
        Role::Status => STATUS,
        Role::Message => MESSAGE,
        Role::Date => DATE,
        Role::Time => TIME,
        Role::Document => DOCUMENT,
        Role::Customer => CUSTOMER,
        Role::Name => NAME,
        Role::FirstName => FIRST_NAME,
        Role::Form => FORM,
        Role::MessageType => MESSAGE_TYPE,
        Role::Bounces => BOUNCES,
    }
}

/// Longer cells are not names of columns, in bytes.
const LONGEST: usize = 40;

/// Whether a cell is what a column of this role may be called.
pub fn is_called(cell: &str, role: Role) -> bool {
    let folded = (cell.len() <= LONGEST).then(|| fold(cell));
    folded.is_some_and(|folded| names(role).iter().any(|name| folded.contains(name)))
}

/// Whether a cell is what a column of any role may be called.
pub fn is_known(cell: &str) -> bool {
    let called = |role| is_called(cell, role);
    Role::ALL.into_iter().any(called)
        || cell.len() <= LONGEST && PLAIN_NUMBER.contains(&fold(cell).trim())
}

/// Writes a header the way names are written, with two spaces at either end.
pub fn fold(header: &str) -> String {
    let header = fold::fold(header);
    let words = header.split(|character: char| !character.is_alphanumeric());
    let mut folded = String::from(" ");
    for word in words.filter(|word| !word.is_empty()) {
        folded.push(' ');
        folded.push_str(word);
    }
    folded.make_ascii_lowercase();
    folded.push_str("  ");
    folded
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_group_of_names_is_detected_in_its_example() {
        for example in EXAMPLES {
            let names = example.phrases;
            let header = fold(example.text);
            let found = names.iter().any(|name| header.contains(name));
            assert!(found, "{}.toml [{}]", example.list, example.group);
        }
    }

    #[test]
    fn every_name_is_written_as_headers_are_folded() {
        for example in EXAMPLES {
            for name in example.phrases {
                let header = fold(&example.frame.replace("{}", name.trim()));
                assert!(header.contains(name), "{}.toml: {name:?}", example.list);
            }
        }
    }
}
