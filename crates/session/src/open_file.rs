//! The file whose slices are coming in: evidence is read at once, the lists beside it at the end.

use super::{Session, message_table};
use bezorgd::{Options, Reading};
use bezorgd_model::{ColumnChoice, Problem, ProblemCode, ProblemDetail};
use bezorgd_protocol::{Event, Purpose};

/// While a file is read, the overview is sent again after every further 1/20 of the bytes read so
/// far: after each overview the page requests the list, and that takes longer the more was found.
const OVERVIEW_STEP: u64 = 20;

/// The file whose slices are coming in.
#[derive(Debug)]
pub struct OpenFile {
    content: Content,
    /// How many bytes have been read.
    bytes: u64,
    /// How many of them had been read when the overview was last sent.
    bytes_at_overview: u64,
}

/// What to do with incoming slices.
#[derive(Debug)]
enum Content {
    Evidence(Reading),
    /// Kept until the end of the file: a list beside the evidence.
    Kept {
        purpose: Purpose,
        name: String,
        bytes: Vec<u8>,
    },
}

impl Content {
    fn name(&self) -> &str {
        match self {
            Self::Evidence(reading) => reading.name(),
            Self::Kept { name, .. } => name,
        }
    }
}

impl Session {
    pub(super) fn open(
        &mut self,
        file: u32,
        name: String,
        purpose: Purpose,
        columns: Option<ColumnChoice>,
    ) {
        self.last_opened = file;
        let content = if purpose == Purpose::Evidence {
            self.findings.files += 1;
            let options = Options {
                columns,
                ..self.options.clone()
            };
            Content::Evidence(Reading::new(&name, &options))
        } else {
            Content::Kept {
                purpose,
                name,
                bytes: Vec::new(),
            }
        };
        self.open_file = Some(OpenFile {
            content,
            bytes: 0,
            bytes_at_overview: 0,
        });
    }

    /// Whether the open file, judging by the bytes so far, is an archive or a workbook.
    pub fn needs_unpacker(&self) -> bool {
        match self.open_file.as_ref().map(|file| &file.content) {
            Some(Content::Evidence(reading)) => reading.needs_unpacker(),
            Some(Content::Kept { bytes, .. }) => bezorgd::needs_unpacker(bytes),
            None => false,
        }
    }

    /// Reads the next slice of the open file; ignored if no file is open.
    pub fn slice(&mut self, bytes: &[u8], reply: &mut dyn FnMut(Event)) {
        let Some(mut file) = self.open_file.take() else {
            return;
        };
        file.bytes += bytes.len() as u64;
        match &mut file.content {
            Content::Evidence(reading) => {
                reading.feed(bytes, &mut |diagnosis| self.keep(diagnosis));
            }
            Content::Kept { bytes: kept, .. } => kept.extend_from_slice(bytes),
        }
        reply(Event::Progress {
            bytes: file.bytes as f64,
        });
        let new = file.bytes - file.bytes_at_overview;
        if self.findings.messages > 0 && new >= file.bytes / OVERVIEW_STEP {
            file.bytes_at_overview = file.bytes;
            self.send_overview(reply);
        }
        self.open_file = Some(file);
    }

    /// Reads what is left of the open file, and closes it.
    pub(super) fn finish(&mut self, reply: &mut dyn FnMut(Event)) {
        match self.open_file.take().map(|file| file.content) {
            Some(Content::Evidence(reading)) => {
                reading.finish(&mut |diagnosis| self.keep(diagnosis));
            }
            Some(Content::Kept {
                purpose,
                name,
                bytes,
            }) => match purpose {
                Purpose::Customers => self.add_customers(&name, &bytes),
                Purpose::MessageTypes => {
                    let types = message_table::read(self.words, &bytes, self.options.host.decode);
                    reply(Event::MessageTypes(types));
                }
                Purpose::Expected | Purpose::Evidence => self.add_expected(&name, &bytes),
            },
            None => {}
        }
        self.close(reply);
    }

    /// Closes the open file, which the page could not read.
    pub(super) fn fail(&mut self, detail: String, reply: &mut dyn FnMut(Event)) {
        let name = self
            .open_file
            .as_ref()
            .map_or("", |file| file.content.name());
        let problem =
            Problem::in_file(ProblemCode::Unreadable, name).because(ProblemDetail::System(detail));
        self.problems.push(problem);
        self.close(reply);
    }

    /// Closes the open file before its end. It may have been finished before the page received that
    /// event.
    pub(super) fn cancel(&mut self, reply: &mut dyn FnMut(Event)) {
        if self.open_file.is_some() {
            self.close(reply);
        }
    }

    /// Closes the open file, if any; its results are kept.
    fn close(&mut self, reply: &mut dyn FnMut(Event)) {
        self.open_file = None;
        self.send_overview(reply);
        reply(Event::Closed);
    }
}
