//! Evidence in, diagnoses out: recognises what a file is by its contents and sends it on its way.

use crate::model::{Diagnosis, Format, Moment, Problem, ProblemCode, Sender};
use crate::{bounces, formats};

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
/// A mailbox gives its diagnoses while it is fed; other formats give theirs at the end.
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

    /// Takes the next slice, of any size.
    pub fn feed(&mut self, slice: &[u8], _found: &mut impl FnMut(Diagnosis)) {
        self.bytes.extend_from_slice(slice);
    }

    /// Takes note that there are no more slices.
    pub fn finish(self, found: &mut impl FnMut(Diagnosis)) {
        let _ = self.options;
        if formats::eml::looks_like(&self.bytes)
            && let Some(mail) = formats::eml::read(&self.bytes)
        {
            found(bounces::diagnose(&mail, &self.name, Format::Eml));
            return;
        }
        if formats::text::looks_like(&self.bytes) {
            let mail = formats::text::read(&self.bytes);
            found(bounces::diagnose(&mail, &self.name, Format::Text));
            return;
        }
        let code = if self.bytes.is_empty() {
            ProblemCode::Empty
        } else {
            ProblemCode::UnknownFormat
        };
        found(Diagnosis::unreadable(
            &self.name,
            Problem::in_file(code, &self.name),
        ));
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
