//! One session with the evidence: reads the files that the page sends, keeps the results and
//! answers questions about them.
//!
//! Depends on no browser: requests and slices in, events out. The worker is a thin shell around it.

mod answers;
mod bounces;
mod customers;
mod directory;
mod entries;
mod entry;
mod excel_csv;
mod export;
mod findings;
mod index;
mod keep;
mod message_table;
mod problems;
mod senders;
mod tally;
#[cfg(test)]
mod tests;
mod text_signature;

use bezorgd::{Host, Options, Reading};
use bezorgd_model::{Moment, Problem, ProblemCode, ProblemDetail};
use bezorgd_protocol::{Event, Overview, Purpose, Request, Settings};
use bezorgd_senders::Policy;
use bezorgd_senders::message_types::MessageTypes;
use bezorgd_words::Words;
use customers::Customers;
use entries::Entries;
use problems::ProblemList;
use senders::SenderTally;
use std::rc::Rc;
use std::sync::Arc;

/// While a file is read, the overview is sent again after every further 1/20 of the bytes read so
/// far: after each overview the page requests the list, and that takes longer the more was found.
const OVERVIEW_STEP: u64 = 20;

/// Everything the worker keeps.
#[derive(Debug)]
pub struct Session {
    /// The words of the reader's language, for what is exported.
    words: &'static Words,
    options: Options,
    settings: Settings,
    open: Option<OpenFile>,
    /// `file` of the last [`Request::Open`].
    last_opened: u32,
    entries: Entries,
    customers: Customers,
    /// See [`bezorgd_protocol::Overview::senders`].
    senders: SenderTally,
    /// What was counted while reading, and what [`Request::Conclude`] found over all recipients;
    /// [`Self::overview`] computes the rest of what the page gets.
    findings: Overview,
    problems: ProblemList,
    /// Each report, and the time of its latest attempt.
    reports: Vec<(Rc<str>, Option<Moment>)>,
    /// Whether a list of expected recipients was given.
    compared: bool,
}

/// The file whose slices are coming in.
#[derive(Debug)]
struct OpenFile {
    content: Content,
    bytes: u64,
    /// How many bytes had been read when the overview was last sent.
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
    /// A session without evidence, in a program that provides this host.
    pub fn new(now: Moment, words: &'static Words, host: Host) -> Self {
        Self::with(now, words, host, Settings::default())
    }

    fn with(now: Moment, words: &'static Words, host: Host, settings: Settings) -> Self {
        let mut options = Options {
            host,
            ..Options::new(now)
        };
        if let Some(types) = &settings.message_types {
            options.message_types = Arc::new(MessageTypes::new(types.clone()));
        }
        Self {
            words,
            options,
            settings,
            open: None,
            last_opened: 0,
            entries: Entries::default(),
            customers: Customers::default(),
            senders: SenderTally::default(),
            findings: Overview::default(),
            problems: ProblemList::default(),
            reports: Vec::new(),
            compared: false,
        }
    }

    /// Carries out a request and passes the resulting events to `reply`.
    pub fn handle(&mut self, request: Request, reply: &mut impl FnMut(Event)) {
        self.settle_merged();
        match request {
            Request::Clear { now, settings } => {
                *self = Self::with(now, self.words, self.options.host, *settings);
                reply(Event::Overview(Box::new(self.overview())));
            }
            Request::Set(settings) => {
                self.set(*settings);
                reply(Event::Overview(Box::new(self.overview())));
            }
            Request::Open {
                file,
                name,
                purpose,
                columns,
            } => {
                self.last_opened = file;
                let content = match purpose {
                    Purpose::Evidence => {
                        self.findings.files += 1;
                        let options = Options {
                            columns,
                            ..self.options.clone()
                        };
                        Content::Evidence(Reading::new(&name, &options))
                    }
                    purpose => Content::Kept {
                        purpose,
                        name,
                        bytes: Vec::new(),
                    },
                };
                self.open = Some(OpenFile {
                    content,
                    bytes: 0,
                    bytes_at_overview: 0,
                });
            }
            Request::Finish => {
                match self.open.take().map(|file| file.content) {
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
                            let types =
                                message_table::read(self.words, &bytes, self.options.host.decode);
                            reply(Event::MessageTypes(types));
                        }
                        Purpose::Expected | Purpose::Evidence => self.add_expected(&name, &bytes),
                    },
                    None => {}
                }
                self.close(reply);
            }
            Request::Fail { detail } => {
                let name = self.open.as_ref().map_or("", |file| file.content.name());
                let problem = Problem::in_file(ProblemCode::Unreadable, name)
                    .because(ProblemDetail::System(detail));
                self.problems.push(problem);
                self.close(reply);
            }
            // The file may have been finished before the page received that event.
            Request::Cancel if self.open.is_none() => {}
            Request::Cancel => self.close(reply),
            Request::Conclude => {
                self.conclude();
                reply(Event::Overview(Box::new(self.overview())));
            }
            Request::List {
                filter,
                offset,
                limit,
            } => {
                let (total, rows) = self.rows(&filter, offset, limit);
                reply(Event::Listing {
                    filter,
                    total,
                    offset,
                    rows,
                });
            }
            Request::Show { id } => {
                if let Some(detail) = self.detail(id) {
                    reply(Event::Shown(Box::new(detail)));
                }
            }
            Request::Export { filter, list, form } => {
                let exported = self.export(&filter, list, form, &mut |part| {
                    reply(Event::Part(part));
                });
                reply(exported.map_or_else(Event::NotExported, |()| Event::Exported));
            }
            Request::ExportMessageTypes => {
                let types = Policy::message_types_or_known(self.settings.message_types.as_deref());
                reply(Event::Part(message_table::write(self.words, &types)));
                reply(Event::Exported);
            }
            Request::Print { filter, limit } => {
                let (_, rows) = self.rows(&filter, 0, limit);
                reply(Event::Printing(rows));
            }
        }
    }

    /// Whether the open file, judging by the bytes so far, is an archive or a workbook.
    pub fn needs_unpacker(&self) -> bool {
        match self.open.as_ref().map(|file| &file.content) {
            Some(Content::Evidence(reading)) => reading.needs_unpacker(),
            Some(Content::Kept { bytes, .. }) => bezorgd::needs_unpacker(bytes),
            None => false,
        }
    }

    /// Reads the next slice of the open file; ignored if no file is open.
    pub fn slice(&mut self, bytes: &[u8], reply: &mut impl FnMut(Event)) {
        let Some(mut file) = self.open.take() else {
            return;
        };
        file.bytes += bytes.len() as u64;
        match &mut file.content {
            Content::Evidence(reading) => {
                reading.feed(bytes, &mut |diagnosis| self.keep(diagnosis))
            }
            Content::Kept { bytes: kept, .. } => kept.extend_from_slice(bytes),
        }
        reply(Event::Progress {
            bytes: file.bytes as f64,
        });
        if self.findings.messages > 0
            && file.bytes - file.bytes_at_overview >= file.bytes / OVERVIEW_STEP
        {
            file.bytes_at_overview = file.bytes;
            reply(Event::Overview(Box::new(self.overview())));
        }
        self.open = Some(file);
    }

    /// Closes the open file, if any; its results are kept.
    fn close(&mut self, reply: &mut impl FnMut(Event)) {
        self.open = None;
        reply(Event::Overview(Box::new(self.overview())));
        reply(Event::Closed);
    }

    /// Applies new settings to everything that was read already.
    fn set(&mut self, settings: Settings) {
        let types = MessageTypes::new(Policy::message_types_or_known(
            settings.message_types.as_deref(),
        ));
        self.options.message_types = Arc::new(types);
        self.settings = settings;
        self.conclude();
    }
}
