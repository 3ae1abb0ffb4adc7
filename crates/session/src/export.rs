//! The lists to take along: what stands in each column, and the parts in which they leave.
//!
//! The columns know nothing of the file they end up in, and a file nothing of recipients.

use super::entry::{Entry, Source};
use super::excel_csv;
use bezorgd::spreadsheet::{self, Holds, Sheet};
use bezorgd::workbook_writer::{self, WorkbookWriter};
use bezorgd_model::{Attempt, Moment, Role};
use bezorgd_model::{NoWorkbook, Sender};
use bezorgd_protocol::Form;
use bezorgd_senders::Policy;
use bezorgd_senders::counter::Tally;
use bezorgd_senders::message_types::MessageType;
use bezorgd_words::Words;
use std::borrow::Cow;

/// So many lines make a part: enough to be fast, few enough for a part to be small.
const ROWS_PER_PART: usize = 10_000;

/// A column of a table.
struct Column<Cell> {
    title: fn(&Words) -> &'static str,
    /// How many characters of it a sheet shows.
    width: u8,
    holds: Holds,
    cell: Cell,
}

/// A recipient, with the attempt that decides where delivery stands.
struct Told<'a> {
    words: &'static Words,
    entry: &'a Entry,
    /// The attempt and its place among the attempts.
    deciding: Option<(usize, &'a Attempt)>,
    tally: Option<Tally>,
}

type ToldCell = for<'a> fn(&Told<'a>) -> Cow<'a, str>;

/// A message that bounced.
pub struct Message<'a> {
    pub words: &'static Words,
    pub entry: &'a Entry,
    pub attempt: &'a Attempt,
    pub source: &'a Source,
    /// Its type, where that is known.
    pub kind: Option<&'a MessageType>,
}

type MessageCell = for<'a> fn(&Message<'a>) -> Cow<'a, str>;

/// What a person wants to know of each recipient, in a spreadsheet.
const RECIPIENTS: &[Column<ToldCell>] = &[
    Column {
        title: |words| words.ui.column_address(),
        width: 34,
        holds: Holds::Text,
        cell: |told| told.entry.recipient.address.as_str().into(),
    },
    Column {
        title: |words| words.ui.column_name(),
        width: 24,
        holds: Holds::Text,
        cell: |told| text(told.entry.recipient.name.as_deref()),
    },
    Column {
        title: |words| words.ui.column_state(),
        width: 22,
        holds: Holds::Text,
        cell: |told| told.words.state(told.entry.recipient.state).into(),
    },
    Column {
        title: |words| words.ui.column_reason(),
        width: 34,
        holds: Holds::Text,
        cell: |told| told.words.cause(told.entry.recipient.cause).into(),
    },
    Column {
        title: |words| words.ui.column_todo(),
        width: 34,
        holds: Holds::Text,
        cell: |told| told.words.next_step(told.entry.next_step()).title.into(),
    },
    Column {
        title: |words| words.ui.column_suggestion(),
        width: 34,
        holds: Holds::Text,
        cell: |told| text(told.entry.recipient.suggestion.as_deref()),
    },
    Column {
        title: |words| words.ui.column_last_tried(),
        width: 18,
        holds: Holds::Dates,
        cell: |told| date(told.entry.last_tried()),
    },
    Column {
        title: |words| words.ui.column_retry_until(),
        width: 25,
        holds: Holds::Dates,
        cell: |told| date(told.entry.recipient.retry_until),
    },
    Column {
        title: |words| words.ui.column_message(),
        width: 80,
        holds: Holds::Text,
        cell: |told| text(told.deciding.map(|(_, attempt)| &*attempt.text)),
    },
    Column {
        title: |words| words.ui.document(),
        width: 16,
        holds: Holds::Text,
        cell: |told| {
            text(
                told.deciding
                    .and_then(|(_, attempt)| attempt.document.as_deref()),
            )
        },
    },
    Column {
        title: |words| words.ui.column_file(),
        width: 28,
        holds: Holds::Text,
        cell: |told| {
            let place = told.deciding.map(|(place, _)| place);
            let source = place.and_then(|place| told.entry.sources.get(place));
            text(source.map(|source| &*source.file))
        },
    },
    Column {
        title: |words| words.ui.column_line(),
        width: 8,
        holds: Holds::Numbers,
        cell: |told| {
            let line = told.deciding.and_then(|(_, attempt)| attempt.line);
            line.map(|line| line.to_string()).unwrap_or_default().into()
        },
    },
];

/// What is added for a system that counts bounces.
const COUNTED: &[Column<ToldCell>] = &[
    Column {
        title: |words| words.role(Role::Customer),
        width: 16,
        holds: Holds::Text,
        cell: |told| text(told.entry.recipient.customer.as_deref()),
    },
    Column {
        title: |words| words.role(Role::Bounces),
        width: 16,
        holds: Holds::Numbers,
        cell: |told| {
            let count = told.tally.map(|tally| tally.count.to_string());
            count.unwrap_or_default().into()
        },
    },
];

/// The message list of Wise: what its own has, and what that lacks.
const MESSAGES: &[Column<MessageCell>] = &[
    Column {
        title: |words| words.role(Role::Status),
        width: 8,
        holds: Holds::Text,
        cell: |_| Policy::of(Sender::Wise).failed_code().into(),
    },
    Column {
        title: |words| words.ui.column_form(),
        width: 8,
        holds: Holds::Text,
        cell: |_| Policy::of(Sender::Wise).mail_form().into(),
    },
    Column {
        title: |words| words.ui.column_type(),
        width: 10,
        holds: Holds::Text,
        cell: |message| {
            let known = message.kind.map(|kind| kind.code.as_str());
            text(known.or(message.attempt.message_type.as_deref()))
        },
    },
    Column {
        title: |words| words.role(Role::Date),
        width: 18,
        holds: Holds::Dates,
        cell: |message| date(message.attempt.at),
    },
    Column {
        title: |words| words.ui.column_borrower(),
        width: 16,
        holds: Holds::Text,
        cell: |message| text(message.entry.recipient.customer.as_deref()),
    },
    Column {
        title: |words| words.ui.column_name(),
        width: 24,
        holds: Holds::Text,
        cell: |message| text(message.entry.recipient.name.as_deref()),
    },
    Column {
        title: |words| words.ui.column_address(),
        width: 34,
        holds: Holds::Text,
        cell: |message| message.entry.recipient.address.as_str().into(),
    },
    Column {
        title: |words| words.ui.column_reason(),
        width: 34,
        holds: Holds::Text,
        cell: |message| message.words.cause(message.attempt.cause).into(),
    },
    Column {
        title: |words| words.ui.column_letter(),
        width: 16,
        holds: Holds::Text,
        cell: |message| {
            let letter = message.kind.map(|kind| kind.letter).unwrap_or_default();
            message.words.letter(letter).into()
        },
    },
    Column {
        title: |words| words.ui.subject(),
        width: 40,
        holds: Holds::Text,
        cell: |message| {
            let original = message.source.original.as_deref();
            text(original.and_then(|original| original.subject.as_deref()))
        },
    },
    Column {
        title: |words| words.ui.column_info(),
        width: 80,
        holds: Holds::Text,
        cell: |message| text(Some(&message.attempt.text)),
    },
];

fn text(text: Option<&str>) -> Cow<'_, str> {
    text.unwrap_or_default().into()
}

/// Such as `12/03/2026 08:00`, which a spreadsheet in Belgium takes for a date.
fn date(moment: Option<Moment>) -> Cow<'static, str> {
    let Some(local) = moment.map(Moment::in_brussels) else {
        return Cow::default();
    };
    let (month, hour, minute) = (u8::from(local.month()), local.hour(), local.minute());
    let (day, year) = (local.day(), local.year());
    format!("{day:02}/{month:02}/{year:04} {hour:02}:{minute:02}").into()
}

/// Writes recipients, in this order, part after part. `counted` adds what a system that counts
/// bounces knows of them.
///
/// # Errors
/// When there is no workbook of them.
pub fn recipients<'a>(
    words: &'static Words,
    entries: impl ExactSizeIterator<Item = (&'a Entry, Option<Tally>)>,
    counted: bool,
    form: Form,
    writer: WorkbookWriter,
    part: &mut dyn FnMut(Vec<u8>),
) -> Result<(), NoWorkbook> {
    let file = match form {
        Form::Addresses => {
            addresses(entries.map(|(entry, _)| entry), part);
            return Ok(());
        }
        Form::Workbook => TableFile::Workbook(writer),
        Form::Csv => TableFile::Csv,
    };
    let added = if counted { COUNTED } else { &[] };
    let columns = || RECIPIENTS.iter().chain(added);
    let count = entries.len();
    let lines = entries.map(|(entry, tally)| {
        let told = Told {
            words,
            entry,
            deciding: entry.recipient.deciding(),
            tally,
        };
        columns().map(|column| (column.cell)(&told)).collect()
    });
    let heads = columns().map(|column| column.head(words));
    table(words, heads, count, lines, file, part)
}

/// Writes messages, in this order, part after part.
///
/// # Errors
/// When there is no workbook of them.
pub fn messages(
    words: &Words,
    messages: &[Message<'_>],
    form: Form,
    writer: WorkbookWriter,
    part: &mut dyn FnMut(Vec<u8>),
) -> Result<(), NoWorkbook> {
    let file = match form {
        Form::Addresses => {
            addresses(messages.iter().map(|message| message.entry), part);
            return Ok(());
        }
        Form::Workbook => TableFile::Workbook(writer),
        Form::Csv => TableFile::Csv,
    };
    let lines = messages.iter().map(|message| {
        let cells = MESSAGES.iter().map(|column| (column.cell)(message));
        cells.collect()
    });
    table(
        words,
        MESSAGES.iter().map(|column| column.head(words)),
        messages.len(),
        lines,
        file,
        part,
    )
}

/// The addresses that there are, one per line.
fn addresses<'a>(entries: impl Iterator<Item = &'a Entry>, part: &mut dyn FnMut(Vec<u8>)) {
    let addresses = entries.map(|entry| entry.recipient.address.as_bytes());
    let mut named = addresses.filter(|address| !address.is_empty()).peekable();
    while named.peek().is_some() {
        let lines = named.by_ref().take(ROWS_PER_PART);
        part(
            lines
                .flat_map(|address| [address, b"\n"])
                .flatten()
                .copied()
                .collect(),
        );
    }
}

impl<Cell> Column<Cell> {
    /// What a sheet has to know of it.
    fn head(&self, words: &Words) -> spreadsheet::Column {
        spreadsheet::Column {
            title: (self.title)(words).to_owned(),
            width: self.width,
            holds: self.holds,
        }
    }
}

/// The forms that have columns.
#[derive(Clone, Copy)]
enum TableFile {
    Workbook(WorkbookWriter),
    Csv,
}

/// Writes a table of `count` lines.
fn table<'a>(
    words: &Words,
    columns: impl Iterator<Item = spreadsheet::Column>,
    count: usize,
    lines: impl Iterator<Item = Vec<Cow<'a, str>>>,
    file: TableFile,
    part: &mut dyn FnMut(Vec<u8>),
) -> Result<(), NoWorkbook> {
    let mut lines = lines.map(Vec::into_iter).peekable();
    let columns: Vec<spreadsheet::Column> = columns.collect();
    match file {
        TableFile::Workbook(writer) => {
            let sheet = Sheet {
                name: words.ui.sheet().to_owned(),
                rows: u32::try_from(count).unwrap_or(u32::MAX),
                columns,
            };
            let mut rows = || {
                lines.peek()?;
                Some(spreadsheet::lines(lines.by_ref().take(ROWS_PER_PART)))
            };
            workbook_writer::write(writer, &sheet, &mut rows, part)
        }
        TableFile::Csv => {
            let titles = columns.iter().map(|column| column.title.as_str().into());
            part(excel_csv::header(titles));
            while lines.peek().is_some() {
                part(excel_csv::rows(lines.by_ref().take(ROWS_PER_PART)));
            }
            Ok(())
        }
    }
}
