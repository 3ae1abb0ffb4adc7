//! Reads lists beside the evidence: expected addresses, customers.

use crate::formats::part::ContainerPart;
use crate::formats::signature::{self, FileSignature};
use crate::formats::tables::{self, Likely};
use crate::formats::{csv, encoding};
use crate::model::{Customer, Diagnosis, Problem, ProblemCode};
use crate::options::Options;
use crate::reports;
use std::collections::HashSet;

/// Finds the addresses in a table or list that were never attempted: those whose address and number are not
/// in `seen`, which holds the [`identifier`](crate::identifier) of every recipient of the evidence. They are
/// the recipients of one diagnosis, in the state [`NotAttempted`](crate::model::State::NotAttempted).
pub fn not_attempted(
    name: &str,
    bytes: &[u8],
    seen: &HashSet<String>,
    options: &Options,
) -> Diagnosis {
    let decode = options.host.decode;
    let sheets = match sheets_of(name, bytes, options) {
        Ok(sheets) => sheets,
        Err(code) => return Diagnosis::unreadable(name, Problem::in_file(code, name)),
    };
    let (joined, problems) = match sheets {
        Some(sheets) => (Some(sheets.tables.concat()), sheets.problems),
        None => (None, Vec::new()),
    };
    let table = match &joined {
        Some(sheets) => csv::read_sheet(sheets, 1, decode),
        None => csv::read_list(bytes, decode),
    };
    let mut diagnosis = reports::not_attempted(name, &table, seen, options.sender);
    diagnosis.problems.extend(problems);
    diagnosis
}

/// Reads the customers (borrowers) in a table or list, or in each sheet of a workbook. Returns them with
/// the problems of what could not be read. [`Options::columns`] applies to every sheet.
pub fn customers(name: &str, bytes: &[u8], options: &Options) -> (Vec<Customer>, Vec<Problem>) {
    let unreadable = |code| (Vec::new(), vec![Problem::in_file(code, name)]);
    let choice = options.columns.as_ref();
    let decode = options.host.decode;
    if bytes.iter().all(u8::is_ascii_whitespace) {
        return unreadable(ProblemCode::Empty);
    }
    let sheets = match sheets_of(name, bytes, options) {
        Ok(Some(sheets)) => sheets,
        Ok(None) => {
            return reports::customers::read(name, &csv::read_list(bytes, decode), choice);
        }
        Err(code) => return unreadable(code),
    };
    let read = |sheet: &Vec<u8>| {
        reports::customers::read(name, &csv::read_sheet(sheet, 1, decode), choice)
    };
    let mut lists: Vec<_> = sheets.tables.iter().map(read).collect();
    // Other sheets may contain explanations or anything else.
    if lists.iter().any(|(customers, _)| !customers.is_empty()) {
        lists.retain(|(customers, _)| !customers.is_empty());
    } else {
        lists.truncate(1);
    }
    let (customers, problems): (Vec<_>, Vec<_>) = lists.into_iter().unzip();
    let mut problems = problems.concat();
    problems.extend(sheets.problems);
    (customers.concat(), problems)
}

/// The sheets of a workbook, each with an empty row below it.
#[derive(Default)]
struct Sheets {
    tables: Vec<Vec<u8>>,
    /// What is wrong with those that could not be read completely.
    problems: Vec<Problem>,
}

/// All sheets of a workbook; `None` for a table or list in separated values.
fn sheets_of(name: &str, bytes: &[u8], options: &Options) -> Result<Option<Sheets>, ProblemCode> {
    let mut sheets = Sheets::default();
    let mut is_message = false;
    let mut sheet = Vec::new();
    let mut take = |part: ContainerPart<'_>| match part {
        ContainerPart::Slice(slice) => sheet.extend_from_slice(&slice),
        ContainerPart::End(problem) => {
            sheet.push(b'\n');
            sheets.tables.push(std::mem::take(&mut sheet));
            let problem = problem.map(|code| Problem::in_file(code, name));
            sheets.problems.extend(problem);
        }
        ContainerPart::Stream { .. } => is_message = true,
        ContainerPart::File { .. } | ContainerPart::Sheet { .. } => {}
    };
    let unpack = options.host.unpack;
    match signature::detect(bytes) {
        Some(FileSignature::NoEvidence(code)) => return Err(code),
        Some(_) => unpack(bytes, false, &mut take)?,
        None if tables::likely(bytes) == Some(Likely::Notation) => {
            let text = encoding::decode(bytes, options.host.decode);
            match unpack(text.as_bytes(), false, &mut take) {
                Err(ProblemCode::UnknownFormat) => return Ok(None),
                unpacked => unpacked?,
            }
        }
        None => return Ok(None),
    }
    if is_message {
        return Err(ProblemCode::UnsupportedFormat);
    }
    Ok(Some(sheets))
}
