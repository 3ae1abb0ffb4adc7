//! Exports: the columns of each list, and the parts in which a list is sent.
//!
//! The columns are independent of the form of the file, and the forms of recipients.

use super::entry::{Entry, SharedSource};
use super::excel_csv;
use bezorgd::spreadsheet::{self, Holds, Sheet};
use bezorgd::workbook_writer::{self, WorkbookWriter};
use bezorgd_model::shown::is_hidden;
use bezorgd_model::{Attempt, Moment, Role};
use bezorgd_model::{NoWorkbook, Sender};
use bezorgd_protocol::ExportForm;
use bezorgd_senders::Policy;
use bezorgd_senders::counter::Tally;
use bezorgd_senders::message_types::MessageType;
use bezorgd_words::Words;
use std::borrow::Cow;

/// How many rows make a part: enough to be fast, few enough to keep a part small.
const ROWS_PER_PART: usize = 10_000;

/// A column of an exported table.
struct ExportColumn<Cell> {
    title: fn(&Words) -> &'static str,
    /// Its width in a sheet, in characters.
    width: u8,
    holds: Holds,
    cell: Cell,
}

/// A row of the list of recipients.
struct RecipientRow<'a> {
    words: &'static Words,
    entry: &'a Entry,
    /// The attempt that decides the delivery state, and its place among the attempts.
    deciding: Option<(usize, &'a Attempt)>,
    tally: Option<Tally>,
}

type RecipientCell = for<'a> fn(&RecipientRow<'a>) -> Cow<'a, str>;

/// A row of the list of messages: a message that bounced.
pub struct BouncedMessage<'a> {
    pub words: &'static Words,
    pub entry: &'a Entry,
    pub attempt: &'a Attempt,
    pub source: &'a SharedSource,
    /// Its message type; `None` if unknown.
    pub kind: Option<&'a MessageType>,
}

type MessageCell = for<'a> fn(&BouncedMessage<'a>) -> Cow<'a, str>;

/// The columns of the list of recipients.
const RECIPIENTS: &[ExportColumn<RecipientCell>] = &[
    ExportColumn {
        title: |words| words.ui.column_address(),
        width: 34,
        holds: Holds::Text,
        cell: |row| row.entry.recipient.address.as_str().into(),
    },
    ExportColumn {
        title: |words| words.ui.column_name(),
        width: 24,
        holds: Holds::Text,
        cell: |row| text(row.entry.recipient.name.as_deref()),
    },
    ExportColumn {
        title: |words| words.ui.column_state(),
        width: 22,
        holds: Holds::Text,
        cell: |row| {
            row.words
                .state(row.entry.recipient.cause, row.entry.recipient.state)
                .into()
        },
    },
    ExportColumn {
        title: |words| words.ui.column_reason(),
        width: 34,
        holds: Holds::Text,
        cell: |row| row.words.cause(row.entry.recipient.cause).into(),
    },
    ExportColumn {
        title: |words| words.ui.column_todo(),
        width: 34,
        holds: Holds::Text,
        cell: |row| row.words.next_step(row.entry.next_step()).title.into(),
    },
    ExportColumn {
        title: |words| words.ui.column_suggestion(),
        width: 34,
        holds: Holds::Text,
        cell: |row| text(row.entry.recipient.suggestion.as_deref()),
    },
    ExportColumn {
        title: |words| words.ui.column_last_tried(),
        width: 18,
        holds: Holds::Dates,
        cell: |row| date(row.entry.last_tried()),
    },
    ExportColumn {
        title: |words| words.ui.column_retry_until(),
        width: 25,
        holds: Holds::Dates,
        cell: |row| date(row.entry.recipient.retry_until),
    },
    ExportColumn {
        title: |words| words.ui.column_message(),
        width: 80,
        holds: Holds::Text,
        cell: |row| text(row.deciding.map(|(_, attempt)| &*attempt.text)),
    },
    ExportColumn {
        title: |words| words.ui.document(),
        width: 16,
        holds: Holds::Text,
        cell: |row| {
            text(
                row.deciding
                    .and_then(|(_, attempt)| attempt.document.as_deref()),
            )
        },
    },
    ExportColumn {
        title: |words| words.ui.column_file(),
        width: 28,
        holds: Holds::Text,
        cell: |row| {
            let place = row.deciding.map(|(place, _)| place);
            let source = place.and_then(|place| row.entry.sources.get(place));
            text(source.map(|source| &*source.file))
        },
    },
    ExportColumn {
        title: |words| words.ui.column_line(),
        width: 8,
        holds: Holds::Numbers,
        cell: |row| {
            let line = row.deciding.and_then(|(_, attempt)| attempt.line);
            line.map(|line| line.to_string()).unwrap_or_default().into()
        },
    },
];

/// Further columns for a sending system that counts bounces.
const COUNTED: &[ExportColumn<RecipientCell>] = &[
    ExportColumn {
        title: |words| words.role(Role::Customer),
        width: 16,
        holds: Holds::Text,
        cell: |row| text(row.entry.recipient.customer.as_deref()),
    },
    ExportColumn {
        title: |words| words.role(Role::Bounces),
        width: 16,
        holds: Holds::Numbers,
        cell: |row| {
            let count = row.tally.map(|tally| tally.count.to_string());
            count.unwrap_or_default().into()
        },
    },
];

/// The columns of the list of messages: those of Wise's own message list, and what that lacks.
const MESSAGES: &[ExportColumn<MessageCell>] = &[
    ExportColumn {
        title: |words| words.role(Role::Status),
        width: 8,
        holds: Holds::Text,
        cell: |_| Policy::of(Sender::Wise).failed_code().into(),
    },
    ExportColumn {
        title: |words| words.ui.column_form(),
        width: 8,
        holds: Holds::Text,
        cell: |_| Policy::of(Sender::Wise).mail_form().into(),
    },
    ExportColumn {
        title: |words| words.ui.column_type(),
        width: 10,
        holds: Holds::Text,
        cell: |message| {
            let code = message.kind.map(|kind| kind.code.as_str());
            text(code.or(message.attempt.message_type.as_deref()))
        },
    },
    ExportColumn {
        title: |words| words.role(Role::Date),
        width: 18,
        holds: Holds::Dates,
        cell: |message| date(message.attempt.at),
    },
    ExportColumn {
        title: |words| words.ui.column_borrower(),
        width: 16,
        holds: Holds::Text,
        cell: |message| text(message.entry.recipient.customer.as_deref()),
    },
    ExportColumn {
        title: |words| words.ui.column_name(),
        width: 24,
        holds: Holds::Text,
        cell: |message| text(message.entry.recipient.name.as_deref()),
    },
    ExportColumn {
        title: |words| words.ui.column_address(),
        width: 34,
        holds: Holds::Text,
        cell: |message| message.entry.recipient.address.as_str().into(),
    },
    ExportColumn {
        title: |words| words.ui.column_reason(),
        width: 34,
        holds: Holds::Text,
        cell: |message| message.words.cause(message.attempt.cause).into(),
    },
    ExportColumn {
        title: |words| words.ui.column_letter(),
        width: 16,
        holds: Holds::Text,
        cell: |message| {
            let letter = message.kind.map(|kind| kind.letter).unwrap_or_default();
            message.words.letter(letter).into()
        },
    },
    ExportColumn {
        title: |words| words.ui.subject(),
        width: 40,
        holds: Holds::Text,
        cell: |message| {
            let original = message.source.original.as_deref();
            text(original.and_then(|original| original.subject.as_deref()))
        },
    },
    ExportColumn {
        title: |words| words.ui.column_info(),
        width: 80,
        holds: Holds::Text,
        cell: |message| text(Some(&message.attempt.text)),
    },
];

fn text(text: Option<&str>) -> Cow<'_, str> {
    text.unwrap_or_default().into()
}

/// Such as `12/03/2026 08:00`, which a Belgian spreadsheet reads as a date; empty for `None`.
fn date(moment: Option<Moment>) -> Cow<'static, str> {
    let Some(local) = moment.map(Moment::in_brussels) else {
        return Cow::default();
    };
    let (month, hour, minute) = (u8::from(local.month()), local.hour(), local.minute());
    let (day, year) = (local.day(), local.year());
    format!("{day:02}/{month:02}/{year:04} {hour:02}:{minute:02}").into()
}

/// Writes recipients, in this order, and passes each part to `part`. `counted` adds the columns
/// about counted bounces.
///
/// # Errors
/// If `form` is a workbook and `writer` cannot write one.
pub fn recipients<'a>(
    words: &'static Words,
    entries: impl ExactSizeIterator<Item = (&'a Entry, Option<Tally>)>,
    counted: bool,
    form: ExportForm,
    writer: WorkbookWriter,
    part: &mut dyn FnMut(Vec<u8>),
) -> Result<(), NoWorkbook> {
    let file = match form {
        ExportForm::Addresses => {
            addresses(entries.map(|(entry, _)| entry), part);
            return Ok(());
        }
        ExportForm::Workbook => TableFile::Workbook(writer),
        ExportForm::Csv => TableFile::Csv,
    };
    let added = if counted { COUNTED } else { &[] };
    let columns = || RECIPIENTS.iter().chain(added);
    let count = entries.len();
    let lines = entries.map(|(entry, tally)| {
        let row = RecipientRow {
            words,
            entry,
            deciding: entry.recipient.deciding(),
            tally,
        };
        columns().map(|column| (column.cell)(&row)).collect()
    });
    let heads = columns().map(|column| column.head(words));
    table(words, heads, count, lines, file, part)
}

/// Writes messages, in this order, and passes each part to `part`.
///
/// # Errors
/// If `form` is a workbook and `writer` cannot write one.
pub fn messages(
    words: &Words,
    messages: &[BouncedMessage<'_>],
    form: ExportForm,
    writer: WorkbookWriter,
    part: &mut dyn FnMut(Vec<u8>),
) -> Result<(), NoWorkbook> {
    let file = match form {
        ExportForm::Addresses => {
            addresses(messages.iter().map(|message| message.entry), part);
            return Ok(());
        }
        ExportForm::Workbook => TableFile::Workbook(writer),
        ExportForm::Csv => TableFile::Csv,
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

/// Writes the addresses, one per line; entries without an address are skipped, and so are those that must not be pasted
/// into another program: with a hidden character, an address is none, and with a placeholder it is another one.
fn addresses<'a>(entries: impl Iterator<Item = &'a Entry>, part: &mut dyn FnMut(Vec<u8>)) {
    let addresses = entries.map(|entry| entry.recipient.address.as_str());
    let named = addresses.filter(|address| !address.is_empty() && !address.chars().any(is_hidden));
    let mut named = named.map(str::as_bytes).peekable();
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

impl<Cell> ExportColumn<Cell> {
    /// The column as [`spreadsheet`] describes it.
    fn head(&self, words: &Words) -> spreadsheet::SheetColumn {
        spreadsheet::SheetColumn {
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

/// Writes a table of `count` rows.
fn table<'a>(
    words: &Words,
    columns: impl Iterator<Item = spreadsheet::SheetColumn>,
    count: usize,
    lines: impl Iterator<Item = Vec<Cow<'a, str>>>,
    file: TableFile,
    part: &mut dyn FnMut(Vec<u8>),
) -> Result<(), NoWorkbook> {
    let mut lines = lines.map(Vec::into_iter).peekable();
    let columns: Vec<spreadsheet::SheetColumn> = columns.collect();
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
