//! Evidence in, diagnoses out: recognises what a file is by its contents and sends it on its way.

use crate::bounces;
use crate::formats::archive::{self, Archive};
use crate::formats::signature::{self, Signature};
use crate::formats::{csv, eml, html_table, mbox, msg, text};
use crate::model::{
    Cause, ColumnChoice, Diagnosis, Format, Moment, Problem, ProblemCode, Recipient, Sender, State,
};
use crate::reports;
use std::collections::HashSet;

/// The byte order mark with which some programs begin a UTF-8 file, even an empty one.
const UTF8_MARK: &[u8] = b"\xEF\xBB\xBF";

/// How many bytes are needed to tell a mailbox from anything else.
const HEAD: usize = 4 << 10;

/// How large a file may be that has to be wholly in memory: anything but a mailbox.
const LARGEST_WHOLE: usize = 512 << 20;

/// An archive in an archive is read; one within that is not.
const DEEPEST_ARCHIVE: u8 = 2;

/// What the reader needs to know beside the evidence.
#[derive(Clone, Debug)]
pub struct Options {
    /// The sending system; `None` lets the evidence decide.
    pub sender: Option<Sender>,
    /// The present, for anything that depends on it, such as whether retries are over.
    pub now: Moment,
    /// How the columns of reports are to be read; `None` finds out.
    pub columns: Option<ColumnChoice>,
}

/// One file that is being read, slice after slice.
///
/// A mailbox gives its diagnoses while it is fed; any other format gives them at the end.
#[derive(Debug)]
pub struct Reading {
    name: String,
    options: Options,
    /// How many archives it lies in.
    depth: u8,
    taken: Taken,
}

/// What was made of the slices so far.
#[derive(Debug)]
enum Taken {
    /// They are kept until the end.
    Whole(Vec<u8>),
    /// They are split into messages right away.
    Mailbox(mbox::Splitter),
    /// They are more than can be kept, and no mailbox.
    TooMany,
}

impl Reading {
    /// Starts reading a file. Its name is a hint and stands in the results.
    pub fn new(name: &str, options: &Options) -> Self {
        Self::within(0, name, options)
    }

    fn within(depth: u8, name: &str, options: &Options) -> Self {
        Self {
            name: name.to_owned(),
            options: options.clone(),
            depth,
            taken: Taken::Whole(Vec::new()),
        }
    }

    /// The name it was started with.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Takes the next slice, of any size.
    pub fn feed(&mut self, slice: &[u8], found: &mut dyn FnMut(Diagnosis)) {
        match &mut self.taken {
            Taken::Mailbox(splitter) => {
                splitter.feed(slice, &mut |message| {
                    found(mailbox_message(&self.name, &message))
                });
            }
            Taken::TooMany => {}
            Taken::Whole(bytes) => {
                let undecided = bytes.len() < HEAD;
                bytes.extend_from_slice(slice);
                if undecided && bytes.len() >= HEAD && mbox::looks_like(bytes) {
                    let bytes = std::mem::take(bytes);
                    self.taken = Taken::Mailbox(mbox::Splitter::default());
                    self.feed(&bytes, found);
                } else if bytes.len() > LARGEST_WHOLE {
                    self.taken = Taken::TooMany;
                }
            }
        }
    }

    /// Takes note that there are no more slices.
    pub fn finish(mut self, found: &mut dyn FnMut(Diagnosis)) {
        match std::mem::replace(&mut self.taken, Taken::TooMany) {
            Taken::Mailbox(splitter) => {
                splitter.finish(&mut |message| found(mailbox_message(&self.name, &message)))
            }
            Taken::Whole(bytes) => self.whole(&bytes, found),
            Taken::TooMany => found(self.unreadable(ProblemCode::TooLarge)),
        }
    }

    /// Reads what is complete.
    fn whole(&self, bytes: &[u8], found: &mut dyn FnMut(Diagnosis)) {
        let marked = bytes.strip_prefix(UTF8_MARK).unwrap_or(bytes);
        if marked.iter().all(u8::is_ascii_whitespace) {
            return found(self.unreadable(ProblemCode::Empty));
        }
        match signature::recognise(bytes) {
            Some(Signature::Zip) => self.archive(bytes, found),
            Some(Signature::CompoundFile) => found(match msg::read(bytes) {
                Some(mail) => bounces::diagnose(&mail, &self.name, Format::Msg),
                None => self.unreadable(ProblemCode::UnsupportedFormat),
            }),
            Some(Signature::NoEvidence) => found(self.unreadable(ProblemCode::UnknownFormat)),
            None if mbox::looks_like(bytes) => {
                let mut splitter = mbox::Splitter::default();
                let mut take =
                    |message: mbox::Message<'_>| found(mailbox_message(&self.name, &message));
                splitter.feed(bytes, &mut take);
                splitter.finish(&mut take);
            }
            None => found(self.plain(bytes)),
        }
    }

    fn plain(&self, bytes: &[u8]) -> Diagnosis {
        if eml::looks_like(bytes)
            && let Some(mail) = eml::read(bytes)
        {
            return bounces::diagnose(&mail, &self.name, Format::Eml);
        }
        let html = html_table::read(bytes).map(|table| (Format::Html, table));
        let table = html.or_else(|| Some((Format::Csv, csv::read(bytes)?)));
        let table = table.filter(|_| !text::is_reply(bytes));
        let report =
            table.map(|(format, table)| reports::read(&self.name, format, &table, &self.options));
        let report = match report {
            Some(report) if names_a_cause(&report) => return report,
            other => other,
        };
        // Words in columns can still be the text of a bounce; else what the table lacks is the news.
        let pasted = text::looks_like(bytes).then(|| text::read(bytes));
        let pasted = pasted.map(|mail| bounces::diagnose(&mail, &self.name, Format::Text));
        match (pasted, report) {
            (Some(pasted), None) => pasted,
            (Some(pasted), Some(_)) if names_a_cause(&pasted) => pasted,
            (_, Some(report)) => report,
            (None, None) => self.unreadable(ProblemCode::UnknownFormat),
        }
    }

    /// Reads what an archive holds, each file as if it had been given by itself.
    fn archive(&self, bytes: &[u8], found: &mut dyn FnMut(Diagnosis)) {
        if self.depth == DEEPEST_ARCHIVE {
            return found(self.unreadable(ProblemCode::NestedTooDeep));
        }
        let mut archive = match Archive::open(bytes) {
            Ok(archive) if archive.is_document() => {
                return found(self.unreadable(ProblemCode::UnsupportedFormat));
            }
            Ok(archive) => archive,
            Err(code) => return found(self.unreadable(code)),
        };
        let mut empty = true;
        for index in 0..archive.len().min(archive::MOST_ENTRIES) {
            let Some(inner) = archive.name(index) else {
                continue;
            };
            empty = false;
            let name = format!("{}!{inner}", self.name);
            let mut reading = Self::within(self.depth + 1, &name, &self.options);
            match archive.slices(index, |slice| reading.feed(slice, found)) {
                Ok(()) => reading.finish(found),
                Err(code) => found(reading.unreadable(code)),
            }
        }
        if empty {
            found(self.unreadable(ProblemCode::Empty));
        } else if archive.len() > archive::MOST_ENTRIES {
            found(self.unreadable(ProblemCode::TooManyFiles));
        }
    }

    fn unreadable(&self, code: ProblemCode) -> Diagnosis {
        Diagnosis::unreadable(&self.name, Problem::in_file(code, &self.name))
    }
}

/// Reads one message of a mailbox.
fn mailbox_message(mailbox: &str, message: &mbox::Message<'_>) -> Diagnosis {
    // Programs save a single e-mail in the form of a mailbox too: then it is the file itself.
    let named_as_mail = mailbox.to_ascii_lowercase().ends_with(".eml");
    let name = match message.place {
        mbox::Place::Only => mailbox.to_owned(),
        mbox::Place::Number(1) if named_as_mail => mailbox.to_owned(),
        mbox::Place::Number(number) => format!("{mailbox}#{number}"),
    };
    let Some(mail) = eml::read(&message.bytes) else {
        return Diagnosis::unreadable(&name, Problem::in_file(ProblemCode::UnknownFormat, &name));
    };
    let mut diagnosis = bounces::diagnose(&mail, &name, Format::Eml);
    if message.cut {
        // Its closing boundary is missing because it was left out here.
        diagnosis
            .problems
            .retain(|problem| problem.code != ProblemCode::Truncated);
        diagnosis
            .problems
            .push(Problem::in_file(ProblemCode::Shortened, &name));
    }
    diagnosis
}

/// Reads one whole file.
pub fn analyse(name: &str, bytes: &[u8], options: &Options) -> Vec<Diagnosis> {
    let mut diagnoses = Vec::new();
    let mut found = |diagnosis| diagnoses.push(diagnosis);
    let mut reading = Reading::new(name, options);
    if bytes.len() <= LARGEST_WHOLE {
        // As at the end of all slices, without a copy.
        reading.whole(bytes, &mut found);
    } else {
        reading.feed(bytes, &mut found);
        reading.finish(&mut found);
    }
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
    let table = html_table::read(bytes).unwrap_or_else(|| csv::read_list(bytes));
    reports::not_attempted(name, &table, seen, options.sender)
}

fn names_a_cause(diagnosis: &Diagnosis) -> bool {
    let known =
        |recipient: &Recipient| recipient.cause != Cause::Unknown && recipient.state != State::None;
    diagnosis.recipients.iter().any(known)
}
