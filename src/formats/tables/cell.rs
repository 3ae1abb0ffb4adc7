//! What a piece of text looks like: as the cell of a report, or as a title above a column.

use crate::address;
use crate::model::Sender;
use crate::senders::{Policy, statuses};

/// Longer cells are no date and no title, in bytes.
const LONGEST: usize = 40;

/// The lengths of a date in digits, in bytes: `12/03/2026`, `1/3/26`, `1.3.2026`.
const LONGEST_DATE: usize = 10;
const SHORTEST_DATE: usize = 6;
const SHORTEST_WITH_DOTS: usize = 8;

/// A word in a time without digits, such as `CEST`, is no longer, in bytes.
const TIME_WORD: usize = 4;

/// A title has no more words than this.
const TITLE_WORDS: usize = 5;

/// What a cell looks like.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Shape {
    Empty,
    Address,
    Date,
    /// One word with digits in it, such as the number of a document.
    Code,
    Word,
    Text,
}

impl Shape {
    pub fn of(cell: &str) -> Self {
        if cell.is_empty() {
            Shape::Empty
        } else if is_address(cell) {
            Shape::Address
        } else if is_date(cell) {
            Shape::Date
        } else if cell.contains(char::is_whitespace) {
            Shape::Text
        } else if has_digit(cell) {
            Shape::Code
        } else {
            Shape::Word
        }
    }
}

/// Whether a cell holds an address, with or without a name; what a server says may hold one among words.
pub fn is_address(cell: &str) -> bool {
    address::is_address(cell)
        || address::single(cell).is_some()
            && (cell.ends_with(['>', ')', ';', ',']) || cell.starts_with("mailto:"))
            && !cell.starts_with(|next: char| next.is_ascii_digit())
}

/// Whether a cell holds a date, with or without a time.
pub fn is_date(cell: &str) -> bool {
    if cell.len() > LONGEST || !has_digit(cell) || cell.contains(['@', '\t', ';', '|']) {
        return false;
    }
    let mut words = cell
        .split([' ', ',', '\u{a0}'])
        .filter(|word| !word.is_empty())
        .peekable();
    let is_label = words.peek().is_some_and(|word| word.ends_with(':'));
    // In front of the date may be the day of the week, behind it the time: `om 8:00 u`.
    let has_date = words.by_ref().take(2).any(is_date_word);
    let is_of_time = |word: &str| has_digit(word) || word.len() <= TIME_WORD;
    !is_label && (has_date && words.all(is_of_time) || is_worded_date(cell))
}

/// Whether a date that names its month: a day and a year among a few other words.
pub fn is_worded_date(cell: &str) -> bool {
    let words = || {
        cell.split([' ', ',', '.', '\u{a0}'])
            .filter(|word| !word.is_empty())
    };
    let number = |word: &str| word.parse::<u16>().ok();
    let is_day = |word: &str| number(word).is_some_and(|day| (1..=31).contains(&day));
    let is_year = |word: &str| number(word).is_some_and(|year| (1990..2100).contains(&year));
    let is_month = |word: &str| word.len() > 2 && word.chars().all(char::is_alphabetic);
    words().count() <= 8
        && words().take(3).any(is_day)
        && words().take(4).any(is_year)
        && words().take(3).any(is_month)
}

/// Whether a word begins with a date in digits: `12/03/2026`, `2026-03-12T08:00:15`.
pub fn is_date_word(word: &str) -> bool {
    let word = word.trim_end_matches(',').as_bytes();
    let date = &word[..word.len().min(LONGEST_DATE)];
    let between = |byte: &&u8| !byte.is_ascii_digit();
    let mut marks = date.iter().filter(between);
    let (first, second) = (marks.next(), marks.next());
    let is_mark = match first {
        Some(b'/' | b'-') => true,
        // `5.7.25` is a status code.
        Some(b'.') => date.len() >= SHORTEST_WITH_DOTS,
        _ => false,
    };
    let starts = date.first().is_some_and(u8::is_ascii_digit);
    let ends = matches!(word.get(LONGEST_DATE), None | Some(b'T'));
    is_mark
        && starts
        && ends
        && first == second
        && marks.next().is_none()
        && date.len() >= SHORTEST_DATE
}

/// Whether a cell is the status of any sending system.
pub fn is_status(cell: &str) -> bool {
    let own = |sender: &Sender| Policy::of(*sender).own_action(cell).is_some();
    Sender::ALL.iter().any(own) || statuses::meaning(cell).is_some()
}

/// Whether a cell may be the title of a column.
pub fn is_title(cell: &str) -> bool {
    let letters = cell.chars().filter(|next| next.is_alphabetic()).count();
    let words = cell.split_whitespace().count();
    cell.len() <= LONGEST
        && letters * 2 > cell.chars().count()
        && !cell.contains('@')
        && !has_digit(cell)
        && words <= TITLE_WORDS
        && !cell.ends_with([',', '!', '?'])
        // `Klantnr.` is no sentence.
        && (words < 3 || !cell.ends_with('.'))
}

pub fn has_digit(text: &str) -> bool {
    text.bytes().any(|byte| byte.is_ascii_digit())
}
