//! Reads Excel's binary workbooks (MS-XLS) with `calamine`.

use super::sheet::Sheets;
use crate::formats::panics;
use crate::model::ProblemCode;
use calamine::{DataType, Dimensions, Reader, SheetType, Xls, XlsError};
use cfb::{CompoundFile, Version};
use std::borrow::Cow;
use std::io::{Cursor, Write};

/// How many empty cells there may be for each filled one: of a binary workbook, the entire rectangle
/// around the cells is kept in memory.
const MOST_EMPTY: u64 = 64;

/// The number of days up to the end of the year 9999, the last that Excel has.
const DAYS: f64 = 2_958_466.0;

/// A rectangle of up to this many cells is never too large.
const SMALL: u64 = 1 << 16;

/// Types of records (MS-XLS 2.3.1), only those that are used.
mod record {
    pub const BOF: u16 = 0x0809;
    pub const DIMENSIONS: u16 = 0x0200;
    pub const BLANK: u16 = 0x0201;
    /// Runs of cells end with the number of their last column.
    pub const MUL_RK: u16 = 0x00BD;
    /// Formula, RString, LabelSst, Number, Label, BoolErr, RK.
    pub const CELLS: [u16; 7] = [0x0006, 0x00D6, 0x00FD, 0x0203, 0x0204, 0x0205, 0x027E];
}

fn merge<E>(sheets: &mut Sheets<'_>, cells: Result<Vec<Dimensions>, E>) {
    for Dimensions { start, end } in cells.unwrap_or_default() {
        sheets.merge(start.0, start.1, end.0);
    }
}

/// Reads the records of a binary workbook.
///
/// # Errors
/// If it is locked, damaged, or too large for memory.
pub fn read(mut records: Vec<u8>, sheets: &mut Sheets<'_>) -> Result<(), ProblemCode> {
    let damaged = |_| ProblemCode::DamagedWorkbook;
    tame(&mut records)?;
    // `calamine` follows the sector chains of a compound file without checking them; in the file that is
    // built here, they are correct.
    let mut file =
        CompoundFile::create_with_version(Version::V3, Cursor::new(Vec::new())).map_err(damaged)?;
    let mut stream = file.create_stream("/Workbook").map_err(damaged)?;
    stream.write_all(&records).map_err(damaged)?;
    drop(stream);
    drop(records);
    file.flush().map_err(damaged)?;
    let file = file.into_inner();
    let mut workbook = guarded(|| Xls::new(file))?;
    for name in names(&workbook) {
        sheets.begin(&name);
        merge(sheets, workbook.merge_cells_by_sheet_name(&name));
        let range = guarded(|| workbook.worksheet_range(&name))?;
        let (top, left) = range.start().unwrap_or_default();
        let mut cells = range.used_cells();
        let read = cells.try_for_each(|(row, column, value)| {
            sheets.cell(top + row as u32, left + column as u32, &text(value))
        });
        sheets.end(read)?;
    }
    Ok(())
}

/// Reads with `calamine`, which panics on some damaged workbooks. In a browser a panic ends the module in
/// which it happens, and the worker reports the same problem.
fn guarded<T>(read: impl FnOnce() -> Result<T, XlsError>) -> Result<T, ProblemCode> {
    let read = panics::caught(read).ok_or(ProblemCode::DamagedWorkbook)?;
    read.map_err(|error| match error {
        XlsError::Password => ProblemCode::LockedWorkbook,
        _ => ProblemCode::DamagedWorkbook,
    })
}

/// Fails unless the cells fill a fair part of the rectangle around them, and removes the size that the
/// workbook claims.
fn tame(records: &mut [u8]) -> Result<(), ProblemCode> {
    let number = |records: &[u8], at: usize| -> Option<u16> {
        let bytes = records.get(at..at + 2)?;
        Some(u16::from_le_bytes([bytes[0], bytes[1]]))
    };
    let mut frame = Frame::default();
    let mut at = 0;
    while let (Some(kind), Some(length)) = (number(records, at), number(records, at + 2)) {
        let (start, end) = (at + 4, at + 4 + usize::from(length));
        if kind == record::BOF {
            frame = Frame::default();
        } else if kind == record::DIMENSIONS {
            records[at..at + 2].copy_from_slice(&record::BLANK.to_le_bytes());
        } else if let (true, Some(row), Some(column)) = (
            kind == record::MUL_RK || record::CELLS.contains(&kind),
            number(records, start),
            number(records, start + 2),
        ) {
            let last = (kind == record::MUL_RK).then(|| number(records, end.saturating_sub(2)));
            frame.add(row, column, last.flatten().unwrap_or(column));
            if frame.size() > frame.cells.saturating_mul(MOST_EMPTY).max(SMALL) {
                return Err(ProblemCode::TooLarge);
            }
        }
        at = end;
    }
    Ok(())
}

/// The rectangle around the cells of a sheet.
struct Frame {
    rows: (u16, u16),
    columns: (u16, u16),
    cells: u64,
}

impl Default for Frame {
    fn default() -> Self {
        Self {
            rows: (u16::MAX, 0),
            columns: (u16::MAX, 0),
            cells: 0,
        }
    }
}

impl Frame {
    fn add(&mut self, row: u16, first: u16, last: u16) {
        self.rows = (self.rows.0.min(row), self.rows.1.max(row));
        self.columns = (self.columns.0.min(first), self.columns.1.max(last));
        self.cells += 1 + u64::from(last.saturating_sub(first));
    }

    fn size(&self) -> u64 {
        let length = |(first, last): (u16, u16)| 1 + u64::from(last.saturating_sub(first));
        length(self.rows) * length(self.columns)
    }
}

/// The names of the sheets that have cells.
fn names<'b, R: Reader<Cursor<B>>, B>(workbook: &R) -> Vec<String>
where
    Cursor<B>: std::io::Read + std::io::Seek,
    B: 'b,
{
    let sheets = workbook.sheets_metadata().iter();
    sheets
        .filter(|sheet| sheet.typ == SheetType::WorkSheet)
        .map(|sheet| sheet.name.clone())
        .collect()
}

/// The text of a cell as a person would read it, but dates as ISO 8601 in local time.
pub fn text<V: DataType>(value: &V) -> Cow<'_, str> {
    if let Some(text) = value.get_string() {
        Cow::Borrowed(text)
    } else if let Some(moment) = value.get_datetime() {
        if moment.as_f64() >= DAYS {
            return Cow::Owned(moment.as_f64().to_string());
        }
        // Less than a day is a time without a date.
        Cow::Owned(if moment.is_duration() || moment.as_f64() < 1.0 {
            let seconds = (moment.as_f64() * 86_400.0).round() as u64;
            let (minutes, second) = (seconds / 60, seconds % 60);
            format!("{:02}:{:02}:{second:02}", minutes / 60, minutes % 60)
        } else {
            let (year, month, day, hour, minute, second, _) = moment.to_ymd_hms_milli();
            format!("{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}:{second:02}")
        })
    } else if let Some(text) = value
        .get_datetime_iso()
        .or_else(|| value.get_duration_iso())
    {
        Cow::Borrowed(text)
    } else if let Some(number) = value.get_float() {
        Cow::Owned(number.to_string())
    } else if let Some(number) = value.get_int() {
        Cow::Owned(number.to_string())
    } else if let Some(truth) = value.get_bool() {
        Cow::Borrowed(if truth { "TRUE" } else { "FALSE" })
    } else if let Some(error) = value.get_error() {
        Cow::Owned(error.to_string())
    } else {
        Cow::Borrowed("")
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use calamine::{CellErrorType, Data, ExcelDateTime, ExcelDateTimeType};

    #[test]
    fn cells_have_the_text_that_a_person_would_read() {
        let moment = |value, kind| Data::DateTime(ExcelDateTime::new(value, kind, false));
        let date = ExcelDateTimeType::DateTime;
        for (value, said) in [
            (Data::Float(3.0), "3"),
            (Data::Float(-0.5), "-0.5"),
            (Data::Int(7), "7"),
            (Data::Bool(true), "TRUE"),
            (Data::Error(CellErrorType::NA), "#N/A"),
            (Data::String("an@example.be".to_owned()), "an@example.be"),
            // Excel counts days from 30 December 1899, for any day after February 1900.
            (moment(46_093.333_460_648_15, date), "2026-03-12T08:00:11"),
            (moment(46_093.0, date), "2026-03-12T00:00:00"),
            (moment(0.5, date), "12:00:00"),
            (moment(1.5, ExcelDateTimeType::TimeDelta), "36:00:00"),
            (moment(2_958_466.5, date), "2958466.5"),
            (Data::Empty, ""),
        ] {
            assert_eq!(text(&value), said);
        }
    }

    #[test]
    fn cells_far_apart_are_too_large() {
        // Two records of a number each (MS-XLS 2.4.180): row, column, and twelve bytes more.
        let workbook = |row: u16, column: u16| {
            let cell = |row: u16, column: u16| {
                let place = [row.to_le_bytes(), column.to_le_bytes()].concat();
                [&[0x03, 0x02, 14, 0][..], &place, &[0; 10]].concat()
            };
            [cell(0, 0), cell(row, column)].concat()
        };
        assert_eq!(tame(&mut workbook(900, 60)), Ok(()));
        assert_eq!(tame(&mut workbook(60_000, 60)), Err(ProblemCode::TooLarge));
    }
}
