//! Evidence in, diagnoses out: recognises what a file is by its contents and sends it on its way.

use crate::bounces;
use crate::formats::signature::{self, Signature};
use crate::formats::{csv, eml, text};
use crate::model::{
    Cause, Diagnosis, Format, Kind, Moment, Problem, ProblemCode, Recipient, Sender, State,
};
use crate::reports;
use std::collections::HashSet;

/// The byte order mark with which some programs begin a UTF-8 file, even an empty one.
const UTF8_MARK: &[u8] = b"\xEF\xBB\xBF";

/// What the reader needs to know beside the evidence.
#[derive(Clone, Debug)]
pub struct Options {
    /// The sending system; `None` lets the evidence decide.
    pub sender: Option<Sender>,
    /// The present, for anything that depends on it, such as whether retries are over.
    pub now: Moment,
}

/// One file that is being read, slice after slice.
///
/// Formats that hold many messages give a diagnosis as soon as a message is complete; the others
/// give theirs at the end.
#[derive(Debug)]
pub struct Reading {
    name: String,
    options: Options,
    bytes: Vec<u8>,
}

impl Reading {
    /// Starts reading a file. Its name is a hint and stands in the results.
    pub fn new(name: &str, options: &Options) -> Self {
        Self {
            name: name.to_owned(),
            options: options.clone(),
            bytes: Vec::new(),
        }
    }

    /// The name it was started with.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Takes the next slice, of any size.
    pub fn feed(&mut self, slice: &[u8], _found: &mut impl FnMut(Diagnosis)) {
        self.bytes.extend_from_slice(slice);
    }

    /// Takes note that there are no more slices.
    pub fn finish(self, found: &mut impl FnMut(Diagnosis)) {
        found(diagnose(&self.name, &self.bytes, &self.options));
    }
}

/// Reads one whole file.
pub fn analyse(name: &str, bytes: &[u8], options: &Options) -> Vec<Diagnosis> {
    let mut diagnoses = Vec::new();
    let mut reading = Reading::new(name, options);
    reading.feed(bytes, &mut |diagnosis| diagnoses.push(diagnosis));
    reading.finish(&mut |diagnosis| diagnoses.push(diagnosis));
    diagnoses
}

/// Tells which addresses of a table or list were never attempted: those that are not in `seen`, which
/// holds addresses in lower case.
pub fn not_attempted(
    name: &str,
    bytes: &[u8],
    seen: &HashSet<String>,
    options: &Options,
) -> Diagnosis {
    reports::not_attempted(name, &csv::read_list(bytes), seen, options.sender)
}

/// Reads what is complete.
fn diagnose(name: &str, bytes: &[u8], options: &Options) -> Diagnosis {
    let unreadable = |code| Diagnosis::unreadable(name, Problem::in_file(code, name));
    let text = bytes.strip_prefix(UTF8_MARK).unwrap_or(bytes);
    if text.iter().all(u8::is_ascii_whitespace) {
        return unreadable(ProblemCode::Empty);
    }
    match signature::recognise(bytes) {
        Some(Signature::Zip | Signature::CompoundFile) => {
            return unreadable(ProblemCode::UnsupportedFormat);
        }
        Some(Signature::NoEvidence) => return unreadable(ProblemCode::UnknownFormat),
        None => {}
    }
    if eml::looks_like(bytes)
        && let Some(mail) = eml::read(bytes)
    {
        return bounces::diagnose(&mail, name, Format::Eml);
    }
    let report = csv::read(bytes).map(|rows| reports::read(name, Format::Csv, &rows, options));
    if let Some(report) = report.as_ref().filter(|report| report.kind == Kind::Report) {
        return report.clone();
    }
    // Words in columns can still be the text of a bounce; else what the table lacks is the news.
    let pasted =
        text::looks_like(bytes).then(|| bounces::diagnose(&text::read(bytes), name, Format::Text));
    match (pasted, report) {
        (Some(pasted), None) => pasted,
        (Some(pasted), Some(_)) if names_a_cause(&pasted) => pasted,
        (_, Some(report)) => report,
        (None, None) => unreadable(ProblemCode::UnknownFormat),
    }
}

fn names_a_cause(diagnosis: &Diagnosis) -> bool {
    let known =
        |recipient: &Recipient| recipient.cause != Cause::Unknown && recipient.state != State::None;
    diagnosis.recipients.iter().any(known)
}
