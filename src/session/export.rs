//! The list to take along: what stands in each column, and the parts in which it leaves.
//!
//! The columns know nothing of the file they end up in, and a file nothing of recipients.

use super::entry::Entry;
use super::excel_csv;
use crate::formats::spreadsheet::{self, Holds, NoWorkbook, Sheet};
use crate::job::Form;
use crate::model::{Attempt, Moment};
use crate::text::words;
use std::borrow::Cow;

/// So many recipients make a part: enough to be fast, few enough for a part to be small.
const ROWS_PER_PART: usize = 10_000;

/// A column of the table.
struct Column {
    title: fn() -> &'static str,
    /// How many characters of it a sheet shows.
    width: u8,
    holds: Holds,
    cell: for<'a> fn(&Told<'a>) -> Cow<'a, str>,
}

/// A recipient, with the attempt that decides where delivery stands.
struct Told<'a> {
    entry: &'a Entry,
    /// The attempt and its place among the attempts.
    deciding: Option<(usize, &'a Attempt)>,
}

/// What a person wants to know of each recipient, in a spreadsheet.
const COLUMNS: &[Column] = &[
    Column {
        title: || words().ui.column_address,
        width: 34,
        holds: Holds::Text,
        cell: |told| told.entry.recipient.address.as_str().into(),
    },
    Column {
        title: || words().ui.column_name,
        width: 24,
        holds: Holds::Text,
        cell: |told| text(told.entry.recipient.name.as_deref()),
    },
    Column {
        title: || words().ui.column_state,
        width: 22,
        holds: Holds::Text,
        cell: |told| words().state(told.entry.recipient.state).into(),
    },
    Column {
        title: || words().ui.column_reason,
        width: 34,
        holds: Holds::Text,
        cell: |told| words().cause(told.entry.recipient.cause).into(),
    },
    Column {
        title: || words().ui.column_todo,
        width: 34,
        holds: Holds::Text,
        cell: |told| words().turn(told.entry.turn()).title.into(),
    },
    Column {
        title: || words().ui.column_suggestion,
        width: 34,
        holds: Holds::Text,
        cell: |told| text(told.entry.recipient.suggestion.as_deref()),
    },
    Column {
        title: || words().ui.column_last_tried,
        width: 18,
        holds: Holds::Dates,
        cell: |told| date(told.entry.last_tried()),
    },
    Column {
        title: || words().ui.column_retry_until,
        width: 25,
        holds: Holds::Dates,
        cell: |told| date(told.entry.recipient.retry_until),
    },
    Column {
        title: || words().ui.column_message,
        width: 80,
        holds: Holds::Text,
        cell: |told| text(told.deciding.map(|(_, attempt)| &*attempt.text)),
    },
    Column {
        title: || words().ui.document,
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
        title: || words().ui.column_file,
        width: 28,
        holds: Holds::Text,
        cell: |told| {
            let file = told
                .deciding
                .and_then(|(place, _)| told.entry.files.get(place));
            text(file.map(|file| &**file))
        },
    },
    Column {
        title: || words().ui.column_line,
        width: 8,
        holds: Holds::Numbers,
        cell: |told| {
            let line = told.deciding.and_then(|(_, attempt)| attempt.line);
            line.map(|line| line.to_string()).unwrap_or_default().into()
        },
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

/// The titles of the columns.
fn header() -> impl Iterator<Item = Cow<'static, str>> {
    let titles = COLUMNS.iter().map(|column| (column.title)());
    titles.map(Cow::Borrowed)
}

/// What stands in the columns for one recipient.
fn cells(entry: &Entry) -> impl Iterator<Item = Cow<'_, str>> {
    let told = Told {
        entry,
        deciding: entry.recipient.deciding(),
    };
    COLUMNS.iter().map(move |column| (column.cell)(&told))
}

/// Writes the entries at these places, in this order, part after part.
///
/// # Errors
/// When there is no workbook of them.
pub fn export(
    entries: &[Entry],
    places: &[u32],
    form: Form,
    part: &mut dyn FnMut(Vec<u8>),
) -> Result<(), NoWorkbook> {
    let mut parts = places.chunks(ROWS_PER_PART).map(|places| {
        let entry = |&place: &u32| entries.get(place as usize);
        places.iter().filter_map(entry)
    });
    match form {
        Form::Csv => {
            part(excel_csv::header(header()));
            parts.for_each(|entries| part(excel_csv::rows(entries.map(cells))));
        }
        Form::Addresses => parts.for_each(|entries| part(lines(entries))),
        Form::Workbook => {
            let mut rows = || Some(spreadsheet::lines(parts.next()?.map(cells)));
            spreadsheet::write(&sheet(places.len()), &mut rows, part)?;
        }
    }
    Ok(())
}

/// The sheet that the entries stand on.
fn sheet(rows: usize) -> Sheet {
    let columns = COLUMNS.iter().map(|column| spreadsheet::Column {
        title: (column.title)().to_owned(),
        width: column.width,
        holds: column.holds,
    });
    Sheet {
        name: words().ui.sheet.to_owned(),
        rows: u32::try_from(rows).unwrap_or(u32::MAX),
        columns: columns.collect(),
    }
}

/// The addresses that there are, one per line.
fn lines<'a>(entries: impl Iterator<Item = &'a Entry>) -> Vec<u8> {
    let addresses = entries.map(|entry| entry.recipient.address.as_bytes());
    let named = addresses.filter(|address| !address.is_empty());
    named
        .flat_map(|address| [address, b"\n"])
        .flatten()
        .copied()
        .collect()
}
