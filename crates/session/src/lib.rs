//! One session with the evidence: reads the files that the page sends, keeps the results and
//! answers questions about them.
//!
//! Depends on no browser: requests and slices in, events out. The worker is a thin shell around it.

mod answers;
mod arrivals;
mod customers;
mod directory;
mod entries;
mod entry;
mod excel_csv;
mod export;
mod files;
mod findings;
pub mod inbox;
mod index;
mod keep;
mod message_table;
mod open_file;
mod pace;
mod problems;
mod senders;
mod tally;
#[cfg(test)]
mod tests;
mod text_signature;

use bezorgd::{Host, Options};
use bezorgd_model::{Moment, Sender};
use bezorgd_protocol::{Event, Overview, Request, Settings};
use bezorgd_senders::Policy;
use bezorgd_senders::message_types::MessageTypes;
use bezorgd_words::Words;
use customers::Customers;
use entries::Entries;
use open_file::OpenFile;
use pace::Pace;
use problems::ProblemList;
use senders::SenderTally;
use std::rc::Rc;
use std::sync::Arc;

/// A report among the evidence.
#[derive(Clone, Debug)]
struct KeptReport {
    file: Rc<str>,
    /// The time of its latest attempt.
    latest: Option<Moment>,
    sender: Sender,
}

/// Everything the worker keeps.
#[derive(Debug)]
pub struct Session {
    /// The words of the reader's language, for what is exported and for mails that arrived.
    words: &'static Words,
    options: Options,
    settings: Settings,
    open_file: Option<OpenFile>,
    /// `file` of the last [`Request::Open`].
    last_opened: u32,
    /// Of the files that were closed.
    closed: Pace,
    entries: Entries,
    customers: Customers,
    /// See [`bezorgd_protocol::Overview::senders`].
    senders: SenderTally,
    /// What was counted while reading, and what [`Request::Conclude`] found over all recipients;
    /// [`Self::overview`] computes the rest of what the page gets.
    findings: Overview,
    problems: ProblemList,
    reports: Vec<KeptReport>,
    /// Whether a list of expected recipients was given.
    compared: bool,
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
            open_file: None,
            last_opened: 0,
            closed: Pace::new(1),
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
    pub fn handle(&mut self, request: Request, reply: &mut dyn FnMut(Event)) {
        self.settle_merged();
        match request {
            Request::Clear { now, settings } => self.clear(now, *settings, reply),
            Request::Set(settings) => self.set(*settings, reply),
            Request::Open {
                file,
                name,
                purpose,
                columns,
            } => self.open(file, name, purpose, columns),
            Request::Finish => self.finish(reply),
            Request::Fail { detail } => self.fail(detail, reply),
            Request::Cancel => self.cancel(reply),
            Request::Conclude => {
                self.conclude();
                self.send_overview(reply);
            }
            Request::List {
                filter,
                offset,
                limit,
            } => self.list(filter, offset, limit, reply),
            Request::Show { id } => self.show(id, reply),
            Request::Export { filter, list, form } => self.export(&filter, list, form, reply),
            Request::ExportMessageTypes => self.export_message_types(reply),
            Request::Print { filter, limit } => self.print(&filter, limit, reply),
        }
    }

    fn clear(&mut self, now: Moment, settings: Settings, reply: &mut dyn FnMut(Event)) {
        *self = Self::with(now, self.words, self.options.host, settings);
        self.send_overview(reply);
    }

    /// Applies new settings to everything that was read already.
    fn set(&mut self, settings: Settings, reply: &mut dyn FnMut(Event)) {
        let types = MessageTypes::new(Policy::message_types_or_known(
            settings.message_types.as_deref(),
        ));
        self.options.message_types = Arc::new(types);
        self.settings = settings;
        self.conclude();
        self.send_overview(reply);
    }

    fn send_overview(&mut self, reply: &mut dyn FnMut(Event)) {
        reply(Event::Overview(Box::new(self.overview())));
    }
}
