//! How well a column fits a role.
//!
//! A score has no unit: only the scores of one role are compared with each other, and 0 means that the
//! column cannot have the role. Most scores are the share of cells that look right, plus a bonus for
//! what makes a column likelier than another in which as many cells do.

use super::profile::Profile;
use crate::model::Role;
use crate::reports::{borrower, headers};

/// From this share of its cells on, a column is what they are.
const MOST: f32 = 0.5;

/// From this share on, the few other cells are slips: for what many things look like, such as numbers.
const NEARLY_ALL: f32 = 0.8;

/// For a header that names the role.
const NAMED: f32 = 0.5;

/// For a header that names the role beside cells that would do for it without one.
const ALSO_NAMED: f32 = 0.1;

/// For cells that differ, as the addresses of recipients do and the sender's does not.
const VARIED: f32 = 0.2;

/// A cell with fewer digits is no date.
const FEWEST_DIGITS: usize = 3;

/// For a header that names dates above cells that are something like one: enough where nothing else is read.
const UNREADABLE: f32 = 0.01;

/// Against a header that names the sender: more than a name and every cell can outweigh.
const OF_SENDER: f32 = 0.9;

/// For numbers as long as those of borrowers: shorter ones number the rows.
const LONG_NUMBER: f32 = 0.2;

/// A text of more bytes reads like sentences.
const SENTENCE: f32 = 20.0;

/// Longer texts are no likelier to be messages, in bytes.
const LONGEST_SENTENCE: f32 = 200.0;

/// The most that length adds, for a text of [`LONGEST_SENTENCE`].
const SENTENCES: f32 = 0.2;

/// How well the column fits a role; 0 when it does not.
pub fn fit(column: &Profile<'_>, role: Role) -> f32 {
    let called = column.is_called(headers::names(role));
    let by_name = if called { NAMED } else { 0.0 };
    match role {
        Role::Address => address(column, by_name),
        Role::Status => status(column, called, by_name),
        Role::Date => date(column, called, by_name),
        Role::Time => if_fits(column.times >= MOST, column.times + by_name),
        Role::Message => message(column, called, by_name),
        Role::Customer => customer(column, called, by_name),
        Role::Document => document(column, called, by_name),
        Role::Name => name(column, called, by_name),
        Role::FirstName => if_fits(called && column.names >= MOST, 1.0),
        Role::Form => code(column, called, column.forms),
        // `Failure type` is about the outcome.
        Role::MessageType => code(
            column,
            called && !column.is_called(headers::REASON),
            column.types,
        ),
        Role::Bounces => if_fits(called && column.numbers >= MOST, 1.0),
    }
}

/// Whether the column could be read for one that has the role, so that a person should hear of the
/// choice.
pub fn is_rival(column: &Profile<'_>, role: Role) -> bool {
    match role {
        Role::Address => {
            column.addresses >= MOST
                && column.is_varied()
                && !column.is_called(headers::SENDER)
                && !column.is_called(headers::MESSAGE_ID)
        }
        Role::Status => column.statuses >= MOST && !column.is_called(headers::OTHER_STATUS),
        _ => false,
    }
}

/// Whether a column without a role holds messages beside those of another: its header says so.
pub fn is_message(column: &Profile<'_>) -> bool {
    let called =
        column.is_called(headers::names(Role::Message)) || column.is_called(headers::REASON);
    called && !is_other_text(column) && !has_reply_codes(column)
}

/// Whether a column holds SMTP reply codes: other numbers have three digits too, so its header has to say so.
pub fn has_reply_codes(column: &Profile<'_>) -> bool {
    column.is_called(headers::REPLY_CODE) && column.reply_codes >= NEARLY_ALL
}

/// Whether a column of addresses holds reasons in some of its rows, as one of a list of messages may.
pub fn has_messages(addresses: &Profile<'_>) -> bool {
    addresses.is_in_list && addresses.known_messages > 0.0
}

/// Whether the header says that the text of a column is not about delivery.
fn is_other_text(column: &Profile<'_>) -> bool {
    column.is_called(headers::SUBJECT) || column.is_called(headers::MESSAGE_ID)
}

/// Whether dates have their times beside them, so that a column of times says nothing about them.
pub fn has_times(dates: &Profile<'_>) -> bool {
    dates.timed >= MOST
}

fn if_fits(fits: bool, score: f32) -> f32 {
    if fits { score } else { 0.0 }
}

fn address(column: &Profile<'_>, by_name: f32) -> f32 {
    let varied = if_fits(column.is_varied(), VARIED) + column.filled / 2.0;
    let of_sender = if_fits(column.is_called(headers::SENDER), OF_SENDER);
    let is_id = column.is_called(headers::MESSAGE_ID);
    if_fits(
        column.addresses > 0.0 && !is_id,
        column.addresses + by_name + varied - of_sender,
    )
}

fn status(column: &Profile<'_>, called: bool, by_name: f32) -> f32 {
    let other = column.is_called(headers::OTHER_STATUS);
    if_fits(
        !other && (column.statuses > 0.0 || column.is_in_list && called),
        column.statuses + by_name,
    )
}

fn date(column: &Profile<'_>, called: bool, by_name: f32) -> f32 {
    let of_other = column.is_called(headers::OTHER_DATE) && column.timed < MOST;
    let dates = column.dates + if_fits(called, column.counts);
    let score = dates + by_name + column.timed / 3.0;
    // Whether a message is still tried hangs on its date, so the rows say that it could not be read.
    let is_unreadable = called && dates == 0.0 && column.numbers < MOST && has_day_and_time(column);
    if_fits(dates >= MOST && !of_other, score).max(if_fits(is_unreadable && !of_other, UNREADABLE))
}

/// Whether the first cell has the digits of a day with a month, a year or a time.
fn has_day_and_time(column: &Profile<'_>) -> bool {
    let digits = column.first.bytes().filter(u8::is_ascii_digit);
    digits.count() >= FEWEST_DIGITS
}

/// Messages whose cause the rules name; else a column of that name; else what reads like sentences.
fn message(column: &Profile<'_>, called: bool, by_name: f32) -> f32 {
    let reads = column.length > SENTENCE && column.addresses < MOST;
    let length = column.length.min(LONGEST_SENTENCE) / LONGEST_SENTENCE;
    let sentences = if_fits(reads, length * SENTENCES);
    // `Domain Error` has the looks of a name.
    let is_message = called || column.known_messages >= MOST;
    let people = column.full_names.max(column.borrowers);
    let person = column.is_in_list && !is_message && people > MOST;
    // A list of messages names other things at length too, such as the library.
    let titled = column.is_in_list && !column.header.is_empty();
    let other = person
        || is_other_text(column)
        || column.numbers > MOST
        || column.dates > MOST
        || titled && !called && column.known_messages == 0.0;
    if_fits(!other, column.known_messages + by_name + sentences)
}

fn customer(column: &Profile<'_>, called: bool, by_name: f32) -> f32 {
    let called = called || column.is_called(headers::names(Role::Name));
    let plain = column.header.is_empty() || headers::PLAIN_NUMBER.contains(&column.header.trim());
    let looks_so = column.is_in_list && plain && column.is_varied();
    let numbers = (called || looks_so) && column.numbers >= NEARLY_ALL;
    let long = column.is_in_list && column.length >= borrower::FEWEST_DIGITS as f32;
    let sure = if_fits(called, ALSO_NAMED) + column.borrowers * 2.0;
    if_fits(
        numbers || column.borrowers >= MOST,
        by_name + column.numbers + if_fits(long, LONG_NUMBER) + sure,
    )
}

/// In a table without header, only what cannot be the number of a row.
fn document(column: &Profile<'_>, called: bool, by_name: f32) -> f32 {
    let other = column.dates + column.addresses + column.amounts > MOST;
    let composed = column.composed >= NEARLY_ALL && column.is_varied();
    let looks_so = column.header.is_empty() && composed && !column.is_in_list;
    if_fits(
        (called || looks_so) && !other,
        by_name + column.numbers + column.composed,
    )
}

fn name(column: &Profile<'_>, called: bool, by_name: f32) -> f32 {
    let looks_so =
        column.header.is_empty() && column.full_names >= NEARLY_ALL && column.is_varied();
    let other =
        column.is_called(headers::SENDER) || column.known_messages + column.addresses >= MOST;
    let names = called && column.names >= MOST || looks_so;
    // Beside the family that pays, the person who receives.
    let of_recipient = if_fits(column.is_called(headers::names(Role::Address)), ALSO_NAMED);
    if_fits(
        names && !other,
        by_name + column.names + column.full_names + of_recipient,
    )
}

/// A column of codes: its header says so, or without one, `share` of its cells.
fn code(column: &Profile<'_>, called: bool, share: f32) -> f32 {
    let looks_so = column.header.is_empty() && share >= MOST;
    if_fits(called || looks_so, 1.0 + share)
}
