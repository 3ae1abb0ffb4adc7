//! Evidence in, diagnoses out: detects the format of a file from its contents, and calls the reader for
//! that format.

mod container;
mod lists;
mod mail;
mod plain;

use crate::formats::signature::{self, FileSignature};
use crate::formats::{eml, mbox, tables};
use crate::model::{Diagnosis, Problem, ProblemCode};
use crate::options::Options;
pub use lists::{customers, not_attempted};

/// UTF-8 byte order mark; some programs write it even into an empty file.
const UTF8_MARK: &[u8] = b"\xEF\xBB\xBF";

/// How many bytes are needed to distinguish a mailbox from any other format.
const HEAD: usize = 4 << 10;

/// The size limit of files that must be in memory, in bytes: anything but a mailbox.
const LARGEST_IN_MEMORY: usize = 512 << 20;

/// Reads one file, slice by slice.
///
/// The diagnoses of a mailbox come while it is fed. Any other format is kept in memory, at most 512 MiB
/// of it, and its diagnoses come at the end. Every file gets at least one diagnosis. However a file is
/// cut into slices, the diagnoses are those that [`analyse`] returns.
#[derive(Debug)]
pub struct Reading {
    file: EvidenceFile,
    contents: Contents,
}

/// The slices so far.
#[derive(Debug)]
enum Contents {
    /// All bytes, kept until the end.
    InMemory(Vec<u8>),
    /// The incomplete message of a mailbox; complete ones were read.
    Mailbox(mbox::Splitter<'static>),
    /// Discarded, because of this problem: over [`LARGEST_IN_MEMORY`], or of a format without evidence.
    Refused(ProblemCode),
}

impl Reading {
    /// Starts to read a file. Its name is a hint, and appears in the results.
    pub fn new(name: &str, options: &Options) -> Self {
        Self::of(EvidenceFile::new(name, options))
    }

    fn of(file: EvidenceFile) -> Self {
        Self {
            file,
            contents: Contents::InMemory(Vec::new()),
        }
    }

    /// The name of the file.
    pub fn name(&self) -> &str {
        &self.file.name
    }

    /// Whether the bytes so far hold an archive, a workbook, an Outlook message or a table in another notation
    /// than separated values, so that finishing calls [`Host::unpack`](crate::Host::unpack).
    pub fn needs_unpacker(&self) -> bool {
        matches!(&self.contents, Contents::InMemory(bytes) if needs_unpacker(bytes))
    }

    /// Whether the file is refused, so that the rest of it changes nothing and finishing says why.
    pub fn is_refused(&self) -> bool {
        matches!(self.contents, Contents::Refused(_))
    }

    /// Whether feeding this slice of a mailbox calls [`Host::unpack`](crate::Host::unpack), for what is attached
    /// to a mail.
    pub fn unpacks_while_fed(&self, slice: &[u8]) -> bool {
        let is_mailbox = match &self.contents {
            Contents::Mailbox(_) => true,
            Contents::InMemory(bytes) => bytes.len() < HEAD,
            Contents::Refused(_) => false,
        };
        is_mailbox && eml::attaches_container(slice)
    }

    /// Reads the next slice, of any size, and passes each complete diagnosis to `found`.
    pub fn feed(&mut self, slice: &[u8], found: &mut dyn FnMut(Diagnosis)) {
        match &mut self.contents {
            Contents::Mailbox(splitter) => {
                splitter.feed(slice, &mut |message| {
                    self.file.mailbox_message(&message, found);
                });
            }
            Contents::Refused(_) => {}
            // Before it is added, because that would double what is reserved.
            Contents::InMemory(bytes)
                if bytes.len() >= HEAD && bytes.len() + slice.len() > LARGEST_IN_MEMORY =>
            {
                self.contents = Contents::Refused(ProblemCode::TooLarge);
            }
            Contents::InMemory(bytes) => {
                let undecided = bytes.len() < HEAD;
                let length = bytes.len() + slice.len();
                if length > bytes.capacity() {
                    // Powers of two, so that the last step reserves no more than is ever kept.
                    let most = LARGEST_IN_MEMORY.max(length);
                    bytes.reserve_exact(length.next_power_of_two().min(most) - bytes.len());
                }
                bytes.extend_from_slice(slice);
                if undecided && bytes.len() >= HEAD && mbox::looks_like(bytes) {
                    let bytes = std::mem::take(bytes);
                    self.contents = Contents::Mailbox(mbox::Splitter::default());
                    self.feed(&bytes, found);
                } else if bytes.len() > LARGEST_IN_MEMORY {
                    self.contents = Contents::Refused(ProblemCode::TooLarge);
                } else if undecided
                    && bytes.len() >= HEAD
                    && let Some(FileSignature::NoEvidence(code)) = signature::detect(bytes)
                {
                    self.contents = Contents::Refused(code);
                }
            }
        }
    }

    /// The same as [`feed`](Self::feed), but returns the diagnoses as a list.
    pub fn feed_to_vec(&mut self, slice: &[u8]) -> Vec<Diagnosis> {
        let mut diagnoses = Vec::new();
        self.feed(slice, &mut |diagnosis| diagnoses.push(diagnosis));
        diagnoses
    }

    /// Signals the end of the file, and passes the remaining diagnoses to `found`.
    pub fn finish(self, found: &mut dyn FnMut(Diagnosis)) {
        match self.contents {
            Contents::Mailbox(splitter) => {
                splitter.finish(&mut |message| self.file.mailbox_message(&message, found));
            }
            Contents::InMemory(bytes) => self.file.read(&bytes, found),
            Contents::Refused(code) => found(self.file.unreadable(code)),
        }
    }

    /// The same as [`finish`](Self::finish), but returns the diagnoses as a list.
    pub fn finish_to_vec(self) -> Vec<Diagnosis> {
        let mut diagnoses = Vec::new();
        self.finish(&mut |diagnosis| diagnoses.push(diagnosis));
        diagnoses
    }
}

/// What is known of a file before its bytes: how to read it, and what it lies in.
#[derive(Clone, Debug)]
struct EvidenceFile {
    /// Its name, as the results show it.
    name: String,
    options: Options,
    /// How many archives it is nested in.
    archives: u8,
    /// How many mails it is attached to, one in another.
    mails: u8,
}

impl EvidenceFile {
    /// A file that is in no other. Its name is a hint.
    fn new(name: &str, options: &Options) -> Self {
        Self {
            name: name.to_owned(),
            options: options.clone(),
            archives: 0,
            mails: 0,
        }
    }

    /// The same file, or a part of it, under another name.
    fn named(&self, name: String) -> Self {
        Self {
            name,
            options: self.options.clone(),
            ..*self
        }
    }

    /// A file in this one.
    fn inner(&self, name: &str) -> Self {
        self.named(self.inner_name(name))
    }

    /// The name of a file in this one, or of a sheet.
    fn inner_name(&self, name: &str) -> String {
        format!("{}!{name}", self.name)
    }

    /// Reads a complete file.
    fn read(&self, bytes: &[u8], found: &mut dyn FnMut(Diagnosis)) {
        let marked = bytes.strip_prefix(UTF8_MARK).unwrap_or(bytes);
        if marked.iter().all(u8::is_ascii_whitespace) {
            return found(self.unreadable(ProblemCode::Empty));
        }
        match signature::detect(bytes) {
            Some(FileSignature::Zip | FileSignature::CompoundFile) => self.container(bytes, found),
            Some(FileSignature::NoEvidence(code)) => found(self.unreadable(code)),
            None if mbox::looks_like(bytes) || mbox::is_inside(bytes) => {
                mbox::split(bytes, &mut |message| self.mailbox_message(&message, found));
            }
            None => self.plain(bytes, found),
        }
    }

    fn unreadable(&self, code: ProblemCode) -> Diagnosis {
        Diagnosis::unreadable(&self.name, Problem::in_file(code, &self.name))
    }
}

/// Reads one file in memory, in any format. Returns a diagnosis for each message or report in it, in the
/// order of the evidence, and at least one.
///
/// The name is a hint, and appears in the results: a message of a mailbox as `name#2`, a file in an
/// archive or attached to a mail as `name!file`. What could not be read is in [`Diagnosis::problems`].
pub fn analyse(name: &str, bytes: &[u8], options: &Options) -> Vec<Diagnosis> {
    let mut diagnoses = Vec::new();
    let mut found = |diagnosis| diagnoses.push(diagnosis);
    let mut reading = Reading::new(name, options);
    if bytes.len() <= LARGEST_IN_MEMORY {
        // As at the end of the slices, without a copy.
        reading.file.read(bytes, &mut found);
    } else {
        reading.feed(bytes, &mut found);
        reading.finish(&mut found);
    }
    diagnoses
}

/// Whether these bytes hold an archive, a workbook, an Outlook message or a table in another notation than
/// separated values, so that reading them calls [`Host::unpack`](crate::Host::unpack).
pub fn needs_unpacker(bytes: &[u8]) -> bool {
    match signature::detect(bytes) {
        Some(signature) => !matches!(signature, FileSignature::NoEvidence(_)),
        None => tables::likely(bytes).is_some() || eml::attaches_container(bytes),
    }
}
