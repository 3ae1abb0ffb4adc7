//! What one column looks like: its header, and how many of its cells are what.

use crate::address;
use crate::formats::csv::Row;
use crate::model::ColumnName;
use crate::model::sorting::sort_by_key;
use crate::reports::{borrower, cells, headers, numeric_dates};
use crate::rules::{self, Evidence};
use crate::senders::Policy;

/// The longest header or cell that is shown to a person, in characters.
const LONGEST_SHOWN: usize = 40;

/// One column of the sample. The numbers are shares of the cells that are not empty, 0 to 1.
#[derive(Debug, Default)]
pub struct Profile<'a> {
    /// The place in a row, from 0.
    pub place: usize,
    /// The cell above it in the header; empty without one.
    pub title: &'a str,
    /// The same as [`headers::fold`] writes it.
    pub header: String,
    /// Its first cell that is not empty.
    pub first: &'a str,
    /// Cells with an address. In a list of messages, with nothing else.
    pub addresses: f32,
    /// Cells with an address among other words; only counted in lists of messages.
    pub embedded_addresses: f32,
    /// Cells with recipients and their statuses ([`cells::each_traced`]).
    pub traced: f32,
    /// Numbers that could be SMTP reply codes.
    pub reply_codes: f32,
    /// Words that mean something as a status.
    pub statuses: f32,
    /// Dates, with a time or without.
    pub dates: f32,
    /// Dates with a time.
    pub timed: f32,
    /// Times without a date.
    pub times: f32,
    /// Numbers that count days or seconds, which are dates if the header says so.
    pub counts: f32,
    /// Messages whose cause the rules name.
    pub known_messages: f32,
    /// What could be a name or a part of one.
    pub names: f32,
    /// What reads like the full name of a person.
    pub full_names: f32,
    /// Amounts of money.
    pub amounts: f32,
    /// Numbers of documents or customers.
    pub numbers: f32,
    /// Numbers with letters or slashes in them.
    pub composed: f32,
    /// Whether this is a column of a list of messages. Only there the next three are counted.
    pub is_in_list: bool,
    /// Cells with the number and the name of a borrower.
    pub borrowers: f32,
    /// Cells that say that the message was a mail.
    pub forms: f32,
    /// Cells with a type of message.
    pub types: f32,
    /// Cells that are not empty, as a share of all rows.
    pub filled: f32,
    /// How many cells are not empty.
    pub cells: usize,
    /// How many of them differ.
    pub different: usize,
    /// Their mean length, in bytes.
    pub length: f32,
}

impl<'a> Profile<'a> {
    /// Profiles the column at `place` of the rows of data.
    pub fn of(place: usize, header: Option<Row<'a>>, data: &[Row<'a>], policy: &Policy) -> Self {
        let cells = data.iter().filter_map(|row| row.cell(place));
        let mut cells: Vec<&str> = cells.filter(|cell| !cell.is_empty()).collect();
        let title = header.and_then(|row| row.cell(place)).unwrap_or_default();
        let mut profile = Self {
            place,
            title,
            header: if title.is_empty() {
                String::new()
            } else {
                headers::fold(title)
            },
            first: cells.first().copied().unwrap_or_default(),
            cells: cells.len(),
            is_in_list: policy.lists_messages(),
            filled: cells.len() as f32 / data.len().max(1) as f32,
            ..Self::default()
        };
        sort_by_key(&mut cells, |cell| *cell);
        for same in cells.chunk_by(|a, b| a == b) {
            profile.add(same[0], same.len() as f32 / cells.len() as f32, policy);
        }
        profile
    }

    /// Counts a cell that makes up this share of the column.
    fn add(&mut self, text: &str, share: f32, policy: &Policy) {
        let share_if = |fits: bool| if fits { share } else { 0.0 };
        let date = cells::is_date(text);
        let time = !date && numeric_dates::is_time(text);
        let number = !date && !time && cells::is_number(text);
        self.different += 1;
        self.length += share * text.len() as f32;
        let traced = cells::each_traced(text).next().is_some();
        let address = address::holds(text) || traced;
        if self.is_in_list {
            let word = |word: &str| word.contains('@') || !word.contains(char::is_alphanumeric);
            let bare = address && text.split_whitespace().all(word);
            self.addresses += share_if(bare);
            self.embedded_addresses += share_if(!bare && address::within(text).next().is_some());
            self.borrowers += share_if(borrower::is_number_with_name(text));
            self.forms += share_if(policy.is_mail_form(text));
            self.types += share_if(policy.has_type(text));
        } else {
            self.addresses += share_if(address);
        }
        self.traced += share_if(traced);
        self.reply_codes += share_if(cells::reply_code(text).is_some());
        self.statuses += share_if(policy.status(text).is_some());
        self.dates += share_if(date);
        self.timed += share_if(date && numeric_dates::has_time(text));
        self.times += share_if(time);
        self.counts += share_if(cells::is_count(text));
        self.names += share_if(cells::is_name(text));
        self.full_names += share_if(cells::is_full_name(text));
        self.amounts += share_if(!date && cells::is_amount(text));
        self.numbers += share_if(number);
        self.composed += share_if(number && cells::is_composed(text));
        // A list of messages has a single word for some causes.
        let words = text.contains(' ') || self.is_in_list && policy.has_own_words(text);
        self.known_messages += share_if(!date && words && is_known_message(text));
    }

    /// Whether the header contains one of these names, as [`headers`] holds them.
    pub fn is_called(&self, names: &[&str]) -> bool {
        names.iter().any(|name| self.header.contains(name))
    }

    /// Whether the cells differ, unlike the address of a sender.
    pub fn is_varied(&self) -> bool {
        self.different > 1 || self.cells == 1
    }

    /// The column in a problem.
    pub fn name(&self) -> ColumnName {
        ColumnName {
            number: self.place as u32 + 1,
            header: shown(self.title),
        }
    }
}

/// The beginning of a cell, short enough to show.
pub fn shown(text: &str) -> String {
    let text = text.trim();
    match text.char_indices().nth(LONGEST_SHOWN) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text.to_owned(),
    }
}

fn is_known_message(text: &str) -> bool {
    let evidence = Evidence {
        text,
        ..Evidence::default()
    };
    rules::diagnose(&evidence).is_some()
}
