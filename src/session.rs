//! One sitting with the evidence: reads the files that the page sends, keeps what was found, and
//! answers questions about it.
//!
//! Knows no browser: requests and slices in, events out. The worker is a thin shell around it.

use crate::advice;
use crate::job::{Detail, Event, Filter, Overview, Request, Row, Turn};
use crate::model::{
    Attempt, Diagnosis, Kind, Moment, Original, Problem, ProblemCode, Recipient, Sender,
};
use crate::reading::{Options, Reading};
use crate::reports::history;
use crate::senders::Policy;
use std::{collections::HashMap, rc::Rc};

/// Everything the worker knows.
#[derive(Debug)]
pub struct Session {
    options: Options,
    open: Option<OpenFile>,
    files: u32,
    messages: u32,
    entries: Vec<Entry>,
    /// The entry of each address in lower case, for those whose attempts belong together.
    by_address: HashMap<String, usize>,
    problems: Vec<Problem>,
}

/// The file whose slices are coming in.
#[derive(Debug)]
struct OpenFile {
    reading: Reading,
    bytes: u64,
}

/// One recipient, over everything that was read.
#[derive(Debug)]
struct Entry {
    recipient: Recipient,
    sender: Sender,
    /// The file that each attempt comes from, in the order of the attempts.
    files: Vec<Rc<str>>,
    original: Option<Original>,
}

impl Entry {
    /// Adds the attempts that another report or message shows, and settles the whole anew.
    fn merge(&mut self, other: Recipient, sender: Sender, file: &Rc<str>, now: Moment) {
        // A report of a system that we know says more about what follows than a single bounce.
        if self.sender == Sender::Other {
            self.sender = sender;
        }
        let mine = std::mem::take(&mut self.recipient.attempts)
            .into_iter()
            .zip(self.files.drain(..));
        let theirs = other
            .attempts
            .into_iter()
            .map(|attempt| (attempt, Rc::clone(file)));
        let mut all: Vec<(Attempt, Rc<str>)> = mine.chain(theirs).collect();
        history::in_time_order(&mut all, |(attempt, _)| attempt.at);
        let (attempts, files) = all.into_iter().unzip();
        self.files = files;
        let address = std::mem::take(&mut self.recipient.address);
        self.recipient = history::recipient(address, attempts, Policy::of(self.sender), now);
    }

    fn turn(&self) -> Turn {
        advice::turn(self.sender, self.recipient.cause, self.recipient.state)
    }

    fn row(&self, id: u32) -> Row {
        Row {
            id,
            address: self.recipient.address.clone(),
            cause: self.recipient.cause,
            state: self.recipient.state,
            turn: self.turn(),
            at: self
                .recipient
                .attempts
                .iter()
                .filter_map(|attempt| attempt.at)
                .max(),
            retry_until: self.recipient.retry_until,
        }
    }
}

impl Session {
    /// A session without evidence.
    pub fn new(now: Moment) -> Self {
        Self {
            options: Options { sender: None, now },
            open: None,
            files: 0,
            messages: 0,
            entries: Vec::new(),
            by_address: HashMap::new(),
            problems: Vec::new(),
        }
    }

    /// Carries out a request and answers it.
    pub fn handle(&mut self, request: Request, reply: &mut impl FnMut(Event)) {
        match request {
            Request::Clear { now } => {
                *self = Self::new(now);
                reply(Event::Overview(self.overview()));
            }
            Request::Open { name, .. } => {
                self.files += 1;
                self.open = Some(OpenFile {
                    reading: Reading::new(&name, &self.options),
                    bytes: 0,
                });
            }
            Request::Finish => {
                if let Some(file) = self.open.take() {
                    file.reading.finish(&mut |diagnosis| self.keep(diagnosis));
                }
                self.close(reply);
            }
            Request::Fail { detail } => {
                let name = self.open.as_ref().map_or("", |file| file.reading.name());
                self.problems
                    .push(Problem::in_file(ProblemCode::Unreadable, name).because(&detail));
                self.close(reply);
            }
            Request::Cancel => self.close(reply),
            Request::List {
                filter,
                offset,
                limit,
            } => reply(self.listing(filter, offset, limit)),
            Request::Show { id } => {
                if let Some(detail) = self.detail(id) {
                    reply(Event::Shown(Box::new(detail)));
                }
            }
        }
    }

    /// Takes the next slice of the open file; without an open file it is ignored.
    pub fn slice(&mut self, bytes: &[u8], reply: &mut impl FnMut(Event)) {
        let Some(mut file) = self.open.take() else {
            return;
        };
        file.bytes += bytes.len() as u64;
        let before = self.messages;
        file.reading
            .feed(bytes, &mut |diagnosis| self.keep(diagnosis));
        reply(Event::Progress {
            bytes: file.bytes as f64,
            messages: self.messages,
        });
        if self.messages > before {
            reply(Event::Overview(self.overview()));
        }
        self.open = Some(file);
    }

    /// Closes the open file, if any; what was found in it stays.
    fn close(&mut self, reply: &mut impl FnMut(Event)) {
        self.open = None;
        reply(Event::Overview(self.overview()));
        reply(Event::Closed);
    }

    /// Adds a diagnosis to what is known; repeated addresses become one entry.
    fn keep(&mut self, diagnosis: Diagnosis) {
        self.messages += 1;
        self.problems.extend(diagnosis.problems);
        let sender = diagnosis.sender.unwrap_or(Sender::Other);
        let merges = matches!(
            diagnosis.kind,
            Kind::Report | Kind::Bounce | Kind::Delay | Kind::Success
        );
        let file: Rc<str> = diagnosis.file.into();
        for recipient in diagnosis.recipients {
            let key = recipient.address.to_lowercase();
            let known = if merges && !key.is_empty() {
                self.by_address.get(&key).copied()
            } else {
                None
            };
            if let Some(entry) = known.and_then(|place| self.entries.get_mut(place)) {
                entry.merge(recipient, sender, &file, self.options.now);
            } else {
                if merges {
                    self.by_address.insert(key, self.entries.len());
                }
                let files = vec![Rc::clone(&file); recipient.attempts.len()];
                let original = diagnosis.original.clone();
                self.entries.push(Entry {
                    recipient,
                    sender,
                    files,
                    original,
                });
            }
        }
    }

    fn overview(&self) -> Overview {
        let mut turns: Vec<(Turn, u32)> = Vec::new();
        for entry in &self.entries {
            let turn = entry.turn();
            match turns.iter_mut().find(|(known, _)| *known == turn) {
                Some((_, count)) => *count += 1,
                None => turns.push((turn, 1)),
            }
        }
        turns.sort_unstable();
        Overview {
            files: self.files,
            messages: self.messages,
            recipients: self.entries.len() as u32,
            turns,
            problems: self.problems.clone(),
        }
    }

    fn listing(&self, filter: Filter, offset: u32, limit: u32) -> Event {
        let search = filter.search.trim().to_lowercase();
        let mut hits: Vec<(usize, &Entry)> = self.entries.iter().enumerate().collect();
        hits.retain(|(_, entry)| {
            filter.turn.is_none_or(|turn| entry.turn() == turn)
                && entry.recipient.address.to_lowercase().contains(&search)
        });
        hits.sort_by_cached_key(|(_, entry)| {
            (entry.turn(), entry.recipient.address.to_lowercase())
        });
        let total = hits.len() as u32;
        let window = hits.into_iter().skip(offset as usize).take(limit as usize);
        let rows = window.map(|(id, entry)| entry.row(id as u32)).collect();
        Event::Listing {
            filter,
            total,
            offset,
            rows,
        }
    }

    fn detail(&self, id: u32) -> Option<Detail> {
        let entry = self.entries.get(id as usize)?;
        Some(Detail {
            id,
            recipient: entry.recipient.clone(),
            turn: entry.turn(),
            sender: entry.sender,
            files: entry.files.iter().map(|file| file.to_string()).collect(),
            original: entry.original.clone(),
        })
    }
}
