//! Which column of a report holds what: told by the cells, and by the header where there is one.

use super::dates::{self, Order};
use crate::address;
use crate::formats::csv::{Row, Table};
use crate::model::ProblemCode;
use crate::rules::{self, Evidence};
use crate::senders::Policy;

/// Rows that are looked at; enough to see past titles and empty cells.
pub const SAMPLE_ROWS: usize = 200;

/// Parts of header names, in the languages that reports use.
mod headers {
    pub const ADDRESS: &[&str] = &[
        "mail",
        "adres",
        "address",
        "adresse",
        "ontvanger",
        "recipient",
        "destinataire",
    ];
    pub const STATUS: &[&str] = &["status", "statut", "état", "resultaat", "result"];
    pub const MESSAGE: &[&str] = &[
        "omschrijving",
        "description",
        "message",
        "melding",
        "reden",
        "reason",
        "fout",
        "error",
        "raison",
        "grund",
    ];
    pub const DATE: &[&str] = &["datum", "date", "tijd", "time", "verzonden", "sent"];
    pub const DOCUMENT: &[&str] = &["document", "factu", "invoice", "rechnung"];
    pub const FROM: &[&str] = &[
        "afzender",
        "sender",
        "from",
        "reply",
        "expéditeur",
        "absender",
    ];
}

/// The place of each column in a row.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Columns {
    address: usize,
    status: Option<usize>,
    message: Option<usize>,
    date: Option<usize>,
    document: Option<usize>,
    /// Rows before this one are titles and the header.
    pub first_data_row: usize,
}

impl Columns {
    /// Finds the columns, or says which one is missing.
    ///
    /// # Errors
    /// A report needs a column with addresses, and one with a status or with messages that the
    /// rules know.
    pub fn find(table: &Table, policy: &Policy) -> Result<Self, ProblemCode> {
        let sample: Vec<Row<'_>> = table.rows().take(SAMPLE_ROWS).collect();
        let has_address = |row: &Row<'_>| row.cells().any(|cell| address::single(cell).is_some());
        let first_data_row = sample
            .iter()
            .position(has_address)
            .ok_or(ProblemCode::NoAddressColumn)?;
        let data = &sample[first_data_row..];
        let width = data.iter().map(|row| row.width()).max().unwrap_or(0);
        let header = sample[..first_data_row].iter().rfind(|row| row.width() > 1);
        let columns: Vec<Column> = (0..width)
            .map(|place| Column::new(place, header.copied(), data, policy))
            .collect();

        let mut taken = Vec::new();
        let mut take = |score: fn(&Column) -> f32| {
            let free = columns
                .iter()
                .filter(|column| !taken.contains(&column.place) && score(column) > 0.0);
            let best =
                free.max_by(|a, b| score(a).total_cmp(&score(b)).then(b.place.cmp(&a.place)))?;
            taken.push(best.place);
            Some(best.place)
        };
        let address = take(Column::as_address).ok_or(ProblemCode::NoAddressColumn)?;
        let status = take(Column::as_status);
        let date = take(Column::as_date);
        let message = take(Column::as_message);
        let document = take(Column::as_document);
        if status.is_none() && message.is_none() {
            return Err(ProblemCode::NoStatusColumn);
        }
        Ok(Self {
            address,
            status,
            message,
            date,
            document,
            first_data_row,
        })
    }

    /// The address of a row, as it is written there.
    pub fn address<'a>(&self, row: Row<'a>) -> Option<&'a str> {
        address::single(row.cell(self.address)?)
    }

    /// The word in the status column.
    pub fn status<'a>(&self, row: Row<'a>) -> Option<&'a str> {
        cell(row, self.status)
    }

    /// The words of the server or sending system.
    pub fn message<'a>(&self, row: Row<'a>) -> Option<&'a str> {
        cell(row, self.message)
    }

    /// The date as it is written.
    pub fn date<'a>(&self, row: Row<'a>) -> Option<&'a str> {
        cell(row, self.date)
    }

    /// The document that was sent.
    pub fn document<'a>(&self, row: Row<'a>) -> Option<&'a str> {
        cell(row, self.document)
    }
}

fn cell(row: Row<'_>, place: Option<usize>) -> Option<&str> {
    row.cell(place?).filter(|text| !text.is_empty())
}

/// What one column looks like: parts of its cells that are not empty, 0 to 1.
struct Column {
    place: usize,
    header: String,
    addresses: f32,
    statuses: f32,
    dates: f32,
    known_messages: f32,
    /// Mean length of the cells, in bytes.
    length: f32,
}

impl Column {
    fn new(place: usize, header: Option<Row<'_>>, data: &[Row<'_>], policy: &Policy) -> Self {
        let cells: Vec<&str> = data
            .iter()
            .filter_map(|row| cell(*row, Some(place)))
            .collect();
        let part = |fits: &dyn Fn(&str) -> bool| {
            cells.iter().filter(|cell| fits(cell)).count() as f32 / cells.len().max(1) as f32
        };
        let is_date = |text: &str| {
            dates::parse(text, Order::DayFirst)
                .or_else(|| dates::parse(text, Order::MonthFirst))
                .is_some()
        };
        let is_known = |text: &str| {
            text.contains(' ')
                && rules::diagnose(&Evidence {
                    text,
                    ..Evidence::default()
                })
                .is_some()
        };
        Self {
            place,
            header: header
                .and_then(|row| row.cell(place))
                .map(str::to_lowercase)
                .unwrap_or_default(),
            addresses: part(&|text| address::single(text).is_some()),
            statuses: part(&|text| policy.action(text).is_some()),
            dates: part(&is_date),
            known_messages: part(&is_known),
            length: cells.iter().map(|cell| cell.len()).sum::<usize>() as f32
                / cells.len().max(1) as f32,
        }
    }

    fn named(&self, parts: &[&str]) -> f32 {
        if parts.iter().any(|part| self.header.contains(part)) {
            0.5
        } else {
            0.0
        }
    }

    fn as_address(&self) -> f32 {
        if self.addresses == 0.0 {
            0.0
        } else {
            self.addresses + self.named(headers::ADDRESS) - self.named(headers::FROM) * 1.8
        }
    }

    fn as_status(&self) -> f32 {
        if self.statuses == 0.0 {
            0.0
        } else {
            self.statuses + self.named(headers::STATUS)
        }
    }

    fn as_date(&self) -> f32 {
        if self.dates < 0.5 {
            0.0
        } else {
            self.dates + self.named(headers::DATE)
        }
    }

    /// Messages that the rules know; else a column of that name; else the one that reads like sentences.
    fn as_message(&self) -> f32 {
        let sentences = if self.length > 20.0 && self.addresses < 0.5 {
            self.length.min(200.0) / 1000.0
        } else {
            0.0
        };
        self.known_messages + self.named(headers::MESSAGE) + sentences
    }

    fn as_document(&self) -> f32 {
        self.named(headers::DOCUMENT)
    }
}
