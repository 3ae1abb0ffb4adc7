//! One sitting with the evidence: reads the files that the page sends, keeps what was found, and
//! answers questions about it.
//!
//! Knows no browser: requests and slices in, events out. The worker is a thin shell around it.

use crate::advice;
use crate::job::{Detail, Event, Filter, Overview, Request, Row, Turn, Weighed};
use crate::model::{
    Action, Attempt, Diagnosis, Kind, Moment, Original, Problem, ProblemCode, Recipient, Sender,
};
use crate::reading::{Options, Reading};
use crate::reports::history;
use crate::rules::Evidence;
use crate::senders::Policy;
use crate::suggestion;
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
        let suggestion = self.recipient.suggestion.take().or(other.suggestion);
        self.recipient = history::recipient(address, attempts, Policy::of(self.sender), now);
        self.recipient.suggestion = suggestion.filter(|_| suggestion::is_wanted(&self.recipient));
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
            pom: self.entries.iter().any(|entry| entry.sender == Sender::Pom),
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
            weighed: entry
                .recipient
                .deciding()
                .map(|(_, attempt)| weighed(attempt))
                .unwrap_or_default(),
        })
    }
}

/// The rules that fit the words of an attempt that failed.
fn weighed(attempt: &Attempt) -> Vec<Weighed> {
    if !matches!(attempt.action, Action::Failed | Action::Delayed) {
        return Vec::new();
    }
    Weighed::all(&Evidence {
        text: &attempt.text,
        status: attempt.status,
        reply_code: attempt.reply_code,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Cause, State};

    const FIRST: &str = "mia@example.be;12/03/2026 08:00;FAILED;The user's mailbox is full.\n\
                         jos@example.be;12/03/2026 08:00;FAILED;DocumentId already used.\n";
    const SECOND: &str = "mia@example.be;13/03/2026 09:00;DELIVERED;\n";

    fn session() -> Session {
        Session::new(Moment::parse_rfc3339("2026-03-13T12:00:00+01:00").expect("a valid date"))
    }

    fn ask(session: &mut Session, request: Request) -> Vec<Event> {
        let mut events = Vec::new();
        session.handle(request, &mut |event| events.push(event));
        events
    }

    fn give(session: &mut Session, name: &str, text: &str) -> Overview {
        let size = text.len() as f64;
        ask(
            session,
            Request::Open {
                name: name.to_owned(),
                size,
            },
        );
        for slice in text.as_bytes().chunks(10) {
            session.slice(slice, &mut |_| {});
        }
        let events = ask(session, Request::Finish);
        assert_eq!(events.last(), Some(&Event::Closed));
        session.overview()
    }

    fn list(session: &mut Session, filter: Filter) -> Vec<Row> {
        match ask(
            session,
            Request::List {
                filter,
                offset: 0,
                limit: 10,
            },
        )
        .pop()
        {
            Some(Event::Listing { rows, .. }) => rows,
            other => panic!("no list but {other:?}"),
        }
    }

    #[test]
    fn a_later_report_mends_an_earlier_one() {
        let mut session = session();
        let overview = give(&mut session, "eerste.csv", FIRST);
        assert_eq!(overview.turns, [(Turn::CallHelpdesk, 1), (Turn::Wait, 1)]);
        let overview = give(&mut session, "tweede.csv", SECOND);
        assert_eq!(
            overview.turns,
            [(Turn::CallHelpdesk, 1), (Turn::LookInSpam, 1)]
        );
        assert_eq!((overview.files, overview.recipients), (2, 2));

        let rows = list(
            &mut session,
            Filter {
                search: "MIA".into(),
                turn: None,
            },
        );
        assert_eq!(rows.len(), 1);
        let Some(Event::Shown(mia)) = ask(&mut session, Request::Show { id: rows[0].id }).pop()
        else {
            panic!("mia is not shown")
        };
        assert_eq!(mia.recipient.state, State::Delivered);
        assert_eq!(mia.files, ["eerste.csv", "tweede.csv"]);
    }

    #[test]
    fn the_rules_shown_are_those_of_the_document_that_did_not_arrive() {
        let mut session = session();
        give(
            &mut session,
            "rapport.csv",
            "E-mail;Factuur;Datum;Status;Omschrijving\n\
             mia@example.be;F1;12/03/2026 08:00;FAILED;DocumentId already used.\n\
             mia@example.be;F2;12/03/2026 09:00;DELIVERED;\n",
        );
        let Some(Event::Shown(mia)) = ask(&mut session, Request::Show { id: 0 }).pop() else {
            panic!("mia is not shown")
        };
        let (_, deciding) = mia.recipient.deciding().expect("an attempt");
        assert_eq!(deciding.cause, Cause::DocumentReused);
        assert_eq!(mia.weighed[0].rule, deciding.rule);
    }

    #[test]
    fn the_order_in_which_reports_are_given_does_not_matter() {
        let mut session = session();
        give(&mut session, "tweede.csv", SECOND);
        give(&mut session, "eerste.csv", FIRST);
        let rows = list(
            &mut session,
            Filter {
                search: "mia".into(),
                turn: None,
            },
        );
        assert_eq!(
            (rows[0].state, rows[0].cause),
            (State::Delivered, Cause::Delivered)
        );
    }

    #[test]
    fn the_list_shows_what_is_worst_first_and_only_what_is_asked() {
        let mut session = session();
        give(&mut session, "eerste.csv", FIRST);
        let rows = list(&mut session, Filter::default());
        assert_eq!(
            rows.iter().map(|row| row.turn).collect::<Vec<_>>(),
            [Turn::CallHelpdesk, Turn::Wait]
        );
        let rows = list(
            &mut session,
            Filter {
                search: String::new(),
                turn: Some(Turn::Wait),
            },
        );
        assert_eq!(
            rows.iter().map(|row| &*row.address).collect::<Vec<_>>(),
            ["mia@example.be"]
        );
        assert!(
            list(
                &mut session,
                Filter {
                    search: "niemand".into(),
                    turn: None
                }
            )
            .is_empty()
        );
    }

    #[test]
    fn a_file_that_fails_or_is_stopped_leaves_the_others() {
        let mut session = session();
        give(&mut session, "eerste.csv", FIRST);
        ask(
            &mut session,
            Request::Open {
                name: "weg.csv".into(),
                size: 10.0,
            },
        );
        let events = ask(
            &mut session,
            Request::Fail {
                detail: "NotReadableError".into(),
            },
        );
        assert_eq!(events.last(), Some(&Event::Closed));
        ask(
            &mut session,
            Request::Open {
                name: "traag.csv".into(),
                size: 10.0,
            },
        );
        session.slice(b"half;", &mut |_| {});
        ask(&mut session, Request::Cancel);
        let overview = session.overview();
        assert_eq!(overview.recipients, 2);
        assert_eq!(overview.problems.len(), 1);
        assert_eq!(overview.problems[0].place, "weg.csv");
        // What comes after its file was closed belongs to nothing.
        session.slice(b"rest", &mut |_| {
            panic!("a slice without a file was answered")
        });
    }

    #[test]
    fn clearing_forgets_everything() {
        let mut session = session();
        give(&mut session, "eerste.csv", FIRST);
        let now = session.options.now;
        ask(&mut session, Request::Clear { now });
        assert_eq!(session.overview(), Overview::default());
        assert!(list(&mut session, Filter::default()).is_empty());
    }
}
