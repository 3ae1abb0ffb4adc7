//! One sitting with the evidence: reads the files that the page sends, keeps what was found, and
//! answers questions about it.
//!
//! Knows no browser: requests and slices in, events out. The worker is a thin shell around it.

mod directory;
mod entry;
mod excel_csv;
mod export;
mod index;
mod signature;

use crate::address::lower_case;
use crate::job::{Detail, Event, Filter, Overview, Purpose, Request, Row, Weighed};
use crate::model::{
    Attempt, ColumnReading, Diagnosis, Kind, Moment, Problem, ProblemCode, Sender, State,
};
use crate::patterns::{self, Change, Provider};
use crate::reading::{self, Options, Reading};
use crate::rules::Evidence;
use crate::senders::Policy;
use directory::Directory;
use entry::Entry;
use index::Index;
use std::collections::HashSet;
use std::rc::Rc;

/// So many problems of each sort are told one by one; the others are counted.
const MOST_PROBLEMS: usize = 5;

/// For so many reports it is told how their columns were read.
const MOST_COLUMN_READINGS: usize = 20;

/// While a file is read, the overview is sent anew when so much of the file came in since the last
/// time, as a part of what there is: each time the page asks for the list, which takes the longer the
/// more was found.
const NOTICEABLE: u64 = 20;

/// Everything the worker knows.
#[derive(Debug)]
pub struct Session {
    options: Options,
    open: Option<OpenFile>,
    files: u32,
    messages: u32,
    /// See [`Overview::ordinary`].
    ordinary: u32,
    entries: Vec<Entry>,
    /// The entry of each address, for those whose attempts belong together.
    directory: Directory,
    index: Index,
    /// Whether a report of POM was read.
    pom: bool,
    problems: Vec<Problem>,
    /// Each report, and the time of its latest attempt.
    reports: Vec<(Rc<str>, Option<Moment>)>,
    /// Whether it was said who should have received something.
    compared: bool,
    /// See [`Overview::missing`].
    missing: Option<u32>,
    /// See [`Overview::providers`].
    providers: Vec<Provider>,
    /// See [`Overview::changes`].
    changes: Vec<(Change, u32)>,
    /// See [`Overview::columns`].
    columns: Vec<(String, ColumnReading)>,
    more_problems: Vec<(ProblemCode, u32)>,
}

/// The file whose slices are coming in.
#[derive(Debug)]
struct OpenFile {
    content: Content,
    bytes: u64,
    /// How many bytes there were when the overview was last sent.
    told: u64,
}

/// What is done with its slices.
#[derive(Debug)]
enum Content {
    Evidence(Reading),
    /// Kept until the end: who should have received something.
    Expected {
        name: String,
        bytes: Vec<u8>,
    },
}

impl Content {
    fn name(&self) -> &str {
        match self {
            Self::Evidence(reading) => reading.name(),
            Self::Expected { name, .. } => name,
        }
    }
}

impl Session {
    /// A session without evidence.
    pub fn new(now: Moment) -> Self {
        Self {
            options: Options::new(now),
            open: None,
            files: 0,
            messages: 0,
            ordinary: 0,
            entries: Vec::new(),
            directory: Directory::default(),
            index: Index::default(),
            pom: false,
            problems: Vec::new(),
            reports: Vec::new(),
            compared: false,
            missing: None,
            providers: Vec::new(),
            changes: Vec::new(),
            columns: Vec::new(),
            more_problems: Vec::new(),
        }
    }

    /// Carries out a request and answers it.
    pub fn handle(&mut self, request: Request, reply: &mut impl FnMut(Event)) {
        match request {
            Request::Clear { now } => {
                *self = Self::new(now);
                reply(Event::Overview(self.overview()));
            }
            Request::Open {
                name,
                purpose,
                columns,
                ..
            } => {
                let content = match purpose {
                    Purpose::Evidence => {
                        self.files += 1;
                        let options = Options {
                            columns,
                            ..self.options.clone()
                        };
                        Content::Evidence(Reading::new(&name, &options))
                    }
                    Purpose::Expected => Content::Expected {
                        name,
                        bytes: Vec::new(),
                    },
                };
                self.open = Some(OpenFile {
                    content,
                    bytes: 0,
                    told: 0,
                });
            }
            Request::Finish => {
                match self.open.take().map(|file| file.content) {
                    Some(Content::Evidence(reading)) => {
                        reading.finish(&mut |diagnosis| self.keep(diagnosis));
                    }
                    Some(Content::Expected { name, bytes }) => self.compare(&name, &bytes),
                    None => {}
                }
                self.close(reply);
            }
            Request::Fail { detail } => {
                let name = self.open.as_ref().map_or("", |file| file.content.name());
                let problem = Problem::in_file(ProblemCode::Unreadable, name).because(&detail);
                self.note(problem);
                self.close(reply);
            }
            Request::Cancel => self.close(reply),
            Request::Conclude => {
                self.look_at_the_whole();
                reply(Event::Overview(self.overview()));
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
            Request::Export { filter, form } => {
                let places = self.index.places(&self.entries, &filter);
                let exported = export::export(&self.entries, places, form, &mut |part| {
                    reply(Event::Part(part));
                });
                reply(exported.map_or_else(Event::NotExported, |()| Event::Exported));
            }
            Request::Print { filter, limit } => {
                let (_, rows) = self.rows(&filter, 0, limit);
                reply(Event::Printing(rows));
            }
        }
    }

    /// Whether the open file, as far as it was taken in, needs an unpacker to be finished.
    pub fn needs_unpacker(&self) -> bool {
        match self.open.as_ref().map(|file| &file.content) {
            Some(Content::Evidence(reading)) => reading.needs_unpacker(),
            Some(Content::Expected { bytes, .. }) => reading::needs_unpacker(bytes),
            None => false,
        }
    }

    /// Takes the next slice of the open file; without an open file it is ignored.
    pub fn slice(&mut self, bytes: &[u8], reply: &mut impl FnMut(Event)) {
        let Some(mut file) = self.open.take() else {
            return;
        };
        file.bytes += bytes.len() as u64;
        match &mut file.content {
            Content::Evidence(reading) => {
                reading.feed(bytes, &mut |diagnosis| self.keep(diagnosis))
            }
            Content::Expected { bytes: kept, .. } => kept.extend_from_slice(bytes),
        }
        reply(Event::Progress {
            bytes: file.bytes as f64,
            messages: self.messages,
        });
        if self.messages > 0 && file.bytes - file.told >= file.bytes / NOTICEABLE {
            file.told = file.bytes;
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

    /// Looks who should have received something and is in no report.
    fn compare(&mut self, name: &str, bytes: &[u8]) {
        let known = self.entries.iter();
        let seen: HashSet<String> = known
            .map(|entry| lower_case(&entry.recipient.address).into_owned())
            .collect();
        let options = Options {
            sender: self.pom.then_some(Sender::Pom),
            ..self.options.clone()
        };
        self.keep(reading::not_attempted(name, bytes, &seen, &options));
        self.compared = true;
    }

    /// Finds what only all recipients together show.
    fn look_at_the_whole(&mut self) {
        self.providers = patterns::providers(self.entries.iter().map(|entry| &entry.recipient));
        let newest = self.newest_report();
        for (place, entry) in self.entries.iter_mut().enumerate() {
            let change = newest.as_ref().and_then(|newest| {
                let attempts = entry.recipient.attempts.iter();
                let is_new = |index: usize| {
                    let file = entry.files.get(index);
                    file.is_some_and(|file| Rc::ptr_eq(file, newest))
                };
                Change::between(attempts, is_new)
            });
            if std::mem::replace(&mut entry.change, change) != change {
                self.index.changed(place, entry);
            }
        }
        self.missing = self.compared.then(|| {
            let missing = |entry: &&Entry| entry.recipient.state == State::NotAttempted;
            self.entries.iter().filter(missing).count() as u32
        });
        let count = |change: Change| {
            let with = |entry: &&Entry| entry.change == Some(change);
            (change, self.entries.iter().filter(with).count() as u32)
        };
        let counted = Change::ALL.iter().map(|&change| count(change));
        self.changes = counted.filter(|(_, count)| *count > 0).collect();
    }

    /// The report with the latest attempts, when there are others before it.
    fn newest_report(&self) -> Option<Rc<str>> {
        let mut reports = self.reports.clone();
        reports.sort_by_key(|(_, latest)| *latest);
        match reports.as_slice() {
            [.., (_, Some(before)), (name, Some(latest))] if before < latest => {
                Some(Rc::clone(name))
            }
            _ => None,
        }
    }

    /// Adds a diagnosis to what is known; repeated addresses become one entry.
    fn keep(&mut self, diagnosis: Diagnosis) {
        self.messages += 1;
        let ordinary = diagnosis.kind == Kind::NotABounce && diagnosis.problems.is_empty();
        self.ordinary += u32::from(ordinary);
        for problem in diagnosis.problems {
            self.note(problem);
        }
        let sender = diagnosis.sender.unwrap_or(Sender::Other);
        self.pom |= sender == Sender::Pom && !diagnosis.recipients.is_empty();
        let merges = matches!(
            diagnosis.kind,
            Kind::Report | Kind::Bounce | Kind::Delay | Kind::Success
        );
        if let Some(columns) = diagnosis.columns
            && self.columns.len() < MOST_COLUMN_READINGS
        {
            self.columns.push((diagnosis.file.clone(), columns));
        }
        let file: Rc<str> = diagnosis.file.into();
        if diagnosis.kind == Kind::Report {
            let attempts = diagnosis
                .recipients
                .iter()
                .flat_map(|known| &known.attempts);
            let latest = attempts.filter_map(|attempt| attempt.at).max();
            self.reports.push((Rc::clone(&file), latest));
        }
        for recipient in diagnosis.recipients {
            let known = if merges && !recipient.address.is_empty() {
                self.directory.find(&self.entries, &recipient.address)
            } else {
                None
            };
            if let Some(place) = known {
                let entry = &mut self.entries[place];
                entry.merge(recipient, sender, &file, self.options.now);
                self.index.changed(place, entry);
            } else {
                let place = self.entries.len();
                let entry = Entry {
                    files: vec![Rc::clone(&file); recipient.attempts.len()],
                    recipient,
                    sender,
                    original: diagnosis.original.clone(),
                    change: None,
                };
                self.index.added(&entry);
                self.entries.push(entry);
                if merges {
                    self.directory.add(&self.entries, place);
                }
            }
        }
    }

    fn note(&mut self, problem: Problem) {
        let code = problem.code;
        let told = self.problems.iter().filter(|told| told.code == code);
        if told.count() < MOST_PROBLEMS {
            self.problems.push(problem);
            return;
        }
        let mut more = self.more_problems.iter_mut();
        match more.find(|(counted, _)| *counted == code) {
            Some((_, count)) => *count += 1,
            None => self.more_problems.push((code, 1)),
        }
    }

    fn overview(&self) -> Overview {
        Overview {
            files: self.files,
            messages: self.messages,
            ordinary: self.ordinary,
            recipients: self.entries.len() as u32,
            turns: self.index.counts(),
            pom: self.pom,
            report: !self.reports.is_empty(),
            missing: self.missing,
            columns: self.columns.clone(),
            providers: self.providers.clone(),
            changes: self.changes.clone(),
            problems: self.problems.clone(),
            more_problems: self.more_problems.clone(),
        }
    }

    /// How many recipients pass the filter, and some of them.
    fn rows(&mut self, filter: &Filter, offset: u32, limit: u32) -> (u32, Vec<Row>) {
        let places = self.index.places(&self.entries, filter);
        let window = places.iter().skip(offset as usize).take(limit as usize);
        let rows = window.map(|&place| self.entries[place as usize].row(place));
        (places.len() as u32, rows.collect())
    }

    fn detail(&self, id: u32) -> Option<Detail> {
        let entry = self.entries.get(id as usize)?;
        Some(Detail {
            id,
            recipient: entry.recipient.clone(),
            turn: entry.turn(),
            sender: entry.sender,
            domain: Policy::of(entry.sender).domain.to_owned(),
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
    if !attempt.action.is_failure() {
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
    use crate::job::{Form, Sort, Turn};
    use crate::model::Cause;
    use crate::text::words;

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
        give_as(session, Purpose::Evidence, name, text)
    }

    fn give_as(session: &mut Session, purpose: Purpose, name: &str, text: &str) -> Overview {
        let size = text.len() as f64;
        ask(
            session,
            Request::Open {
                name: name.to_owned(),
                size,
                purpose,
                columns: None,
            },
        );
        for slice in text.as_bytes().chunks(10) {
            session.slice(slice, &mut |_| {});
        }
        let events = ask(session, Request::Finish);
        assert_eq!(events.last(), Some(&Event::Closed));
        ask(session, Request::Conclude);
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
    fn the_same_message_twice_is_one_attempt() {
        let mail = include_str!("../../tests/fixtures/bounces/courier.eml");
        let mut session = session();
        give(&mut session, "een.eml", mail);
        give(&mut session, "kopie.eml", mail);
        let later = mail.replace("12 Mar 2026 08:00:00", "13 Mar 2026 08:00:00");
        let overview = give(&mut session, "later.eml", &later);
        assert_eq!((overview.messages, overview.recipients), (3, 1));
        let entry = &session.entries[0];
        assert_eq!((entry.recipient.attempts.len(), entry.files.len()), (2, 2));
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
                ..Filter::default()
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
                ..Filter::default()
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
                turn: Some(Turn::Wait),
                ..Filter::default()
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
                    ..Filter::default()
                }
            )
            .is_empty()
        );
    }

    #[test]
    fn the_list_stands_in_the_order_that_is_asked() {
        const REPORT: &str = "Mia@example.be;12/03/2026 08:00;FAILED;The user's mailbox is full.\n\
            jos@example.be;11/03/2026 08:00;FAILED;DocumentId already used.\n\
            Ann@example.be;13/03/2026 08:00;DELIVERED;\n\
            anna@example.be;;DELIVERED;\n";
        let mut session = session();
        give(&mut session, "rapport.csv", REPORT);
        let mut order = |sort| {
            let filter = Filter {
                sort,
                ..Filter::default()
            };
            let rows = list(&mut session, filter).into_iter();
            let names = rows.map(|row| row.address.split('@').next().unwrap_or("").to_owned());
            names.collect::<Vec<_>>().join(" ")
        };
        assert_eq!(order(Sort::Address), "Ann anna jos Mia");
        assert_eq!(order(Sort::Turn), "jos Mia Ann anna");
        assert_eq!(order(Sort::Latest), "Ann Mia jos anna");
        assert_eq!(order(Sort::Cause), "Mia jos Ann anna");
    }

    #[test]
    fn the_list_follows_what_is_read_after_it_was_asked_for() {
        let mut session = session();
        give(&mut session, "eerste.csv", FIRST);
        let example = || Filter {
            search: "@example".into(),
            ..Filter::default()
        };
        assert_eq!(list(&mut session, example()).len(), 2);
        give(&mut session, "tweede.csv", SECOND);
        give(&mut session, "derde.csv", &FIRST.replace("jos", "an"));
        let rows = list(&mut session, example());
        let addresses: Vec<&str> = rows.iter().map(|row| &*row.address).collect();
        assert_eq!(
            addresses,
            ["an@example.be", "jos@example.be", "mia@example.be"]
        );
        assert_eq!(rows[2].turn, Turn::LookInSpam);
    }

    #[test]
    fn a_search_finds_what_the_address_holds_and_nothing_else() {
        let mut session = session();
        give(&mut session, "eerste.csv", FIRST);
        let mut hits = |search: &str| {
            let filter = Filter {
                search: search.into(),
                ..Filter::default()
            };
            list(&mut session, filter).len()
        };
        for (search, count) in [
            ("", 2),
            ("a", 2),
            ("i", 1),
            ("JOS@", 1),
            (" mia@example.be ", 1),
            ("be\njos", 0),
            ("bejos", 0),
            ("mia@example.be ", 1),
            ("ai", 0),
        ] {
            assert_eq!(hits(search), count, "{search:?}");
        }
    }

    #[test]
    fn problems_are_told_a_few_times_and_counted_after_that() {
        let mut session = session();
        for number in 0..8 {
            give(&mut session, &format!("{number}.csv"), " ");
        }
        let overview = give(&mut session, "9.csv", " ");
        assert_eq!(overview.problems.len(), 5);
        assert_eq!(overview.more_problems, [(ProblemCode::Empty, 4)]);
    }

    #[test]
    fn a_list_is_taken_along_as_it_is_filtered_and_sorted() {
        let mut session = session();
        give(&mut session, "eerste.csv", FIRST);
        give(&mut session, "tweede.csv", SECOND);
        let mut take = |filter: Filter, form| {
            let events = ask(&mut session, Request::Export { filter, form });
            assert_eq!(events.last(), Some(&Event::Exported));
            let parts = events.into_iter().filter_map(|event| match event {
                Event::Part(part) => Some(part),
                _ => None,
            });
            String::from_utf8(parts.flatten().collect()).expect("a text")
        };
        assert_eq!(
            take(Filter::default(), Form::Addresses),
            "jos@example.be\nmia@example.be\n"
        );
        let mia = Filter {
            search: "mia".into(),
            ..Filter::default()
        };
        let told = [
            "mia@example.be",
            "",
            words().state(State::Delivered),
            words().cause(Cause::Delivered),
            words().turn(Turn::LookInSpam).title,
            "",
            "13/03/2026 09:00",
            "",
            "DELIVERED",
            "",
            "tweede.csv",
            "1",
        ];
        let table = take(mia, Form::Csv);
        let (titles, row) = table.split_once("\r\n").expect("two lines");
        assert!(titles.starts_with("\u{FEFF}E-mailadres;Naam;Toestand;Reden;Wat te doen;"));
        assert_eq!(titles.split(';').count(), told.len());
        assert_eq!(row, told.join(";") + "\r\n");
    }

    #[test]
    fn a_workbook_says_the_same_as_the_table() {
        let mut session = session();
        give(&mut session, "eerste.csv", FIRST);
        let mut take = |form| {
            let filter = Filter::default();
            let events = ask(&mut session, Request::Export { filter, form });
            assert_eq!(events.last(), Some(&Event::Exported));
            let parts = events.into_iter().filter_map(|event| match event {
                Event::Part(part) => Some(part),
                _ => None,
            });
            parts.flatten().collect::<Vec<u8>>()
        };
        let mut sheet = String::new();
        let workbook = take(Form::Workbook);
        crate::unpack(&workbook, false, &mut |part| match part {
            crate::Part::Slice(slice) => sheet.push_str(&String::from_utf8_lossy(&slice)),
            crate::Part::End(problem) => assert_eq!(problem, None),
            _ => {}
        })
        .expect("a workbook");
        let table = String::from_utf8(take(Form::Csv)).expect("a text");
        let told = table
            .trim_start_matches('\u{FEFF}')
            .replace("\r\n", "\n")
            .replace(';', "\t")
            .replace("12/03/2026 08:00", "2026-03-12T08:00:00")
            .replace("14/03/2026 08:00", "2026-03-14T08:00:00");
        assert_eq!(sheet.trim_end(), told.trim_end());
        assert!(sheet.contains("mia@example.be"), "{sheet}");
    }

    #[test]
    fn what_is_printed_stands_in_the_order_of_the_list() {
        let mut session = session();
        give(&mut session, "eerste.csv", FIRST);
        let filter = Filter {
            sort: Sort::Address,
            ..Filter::default()
        };
        let events = ask(&mut session, Request::Print { filter, limit: 1 });
        let [Event::Printing(rows)] = &events[..] else {
            panic!("nothing to print but {events:?}")
        };
        assert_eq!(rows.len(), 1);
        assert_eq!(rows[0].address, "jos@example.be");
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
                purpose: Purpose::Evidence,
                columns: None,
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
                purpose: Purpose::Evidence,
                columns: None,
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

    #[test]
    fn who_is_in_no_report_was_never_tried() {
        let mut session = session();
        give(&mut session, "eerste.csv", FIRST);
        let list = "mia@example.be\nnora@example.be\n";
        let overview = give_as(&mut session, Purpose::Expected, "klanten.csv", list);
        assert_eq!((overview.recipients, overview.missing), (3, Some(1)));
        assert!(overview.turns.contains(&(Turn::TickOption, 1)));

        // A report that names them after all says more than the list.
        give(
            &mut session,
            "later.csv",
            "nora@example.be;13/03/2026 10:00;DELIVERED;\n",
        );
        assert_eq!(session.overview().missing, Some(0));
    }

    #[test]
    fn the_newest_report_shows_what_changed() {
        let mut session = session();
        give(&mut session, "eerste.csv", FIRST);
        let second = "mia@example.be;13/03/2026 09:00;DELIVERED;\n\
                      jos@example.be;13/03/2026 09:00;FAILED;DocumentId already used.\n\
                      nora@example.be;13/03/2026 09:00;FAILED;The user's mailbox is full.\n";
        let overview = give(&mut session, "tweede.csv", second);
        let changes = [(Change::New, 1), (Change::Stays, 1), (Change::Mended, 1)];
        assert_eq!(overview.changes, changes);
        let new = Filter {
            change: Some(Change::New),
            ..Filter::default()
        };
        assert_eq!(list(&mut session, new)[0].address, "nora@example.be");
    }

    #[test]
    fn a_blocked_address_leads_back_to_the_refusal_in_an_earlier_report() {
        let mut session = session();
        let refusal = "tom@example.be;10/03/2026 08:00;FAILED;The email was rejected by the \
                       recipient's mail server. It will be blacklisted to prevent further bounces.\n\
                       an@example.be;10/03/2026 08:00;DELIVERED;\n";
        let blocked = "tom@example.be;12/03/2026 08:00;FAILED;EmailAddress of recipient is blacklisted.\n\
                       an@example.be;12/03/2026 08:00;DELIVERED;\n";
        give(&mut session, "maart-12.csv", blocked);
        give(&mut session, "maart-10.csv", refusal);
        let detail = session.detail(0).expect("the first recipient");
        assert_eq!(detail.recipient.cause, Cause::Suppressed);
        let (index, refusal) = detail.recipient.refused_by().expect("a refusal");
        assert_eq!(refusal.cause, Cause::Refused);
        assert_eq!(detail.files[index], "maart-10.csv");
    }

    #[test]
    fn reports_of_the_same_name_are_told_apart() {
        let mut session = session();
        give(&mut session, "geplakte tekst", FIRST);
        let overview = give(&mut session, "geplakte tekst", SECOND);
        assert_eq!(overview.changes, [(Change::Mended, 1)]);
    }

    #[test]
    fn a_name_that_only_a_later_report_gives_is_found() {
        let mut session = session();
        give(&mut session, "eerste.csv", FIRST);
        let named = || Filter {
            search: "wouters".into(),
            ..Filter::default()
        };
        assert!(list(&mut session, named()).is_empty());
        let second = "Naam;E-mail;Datum;Status\n\
                      Mia Wouters;mia@example.be;13/03/2026 09:00;DELIVERED\n\
                      Jos Peeters;jos@example.be;13/03/2026 09:00;DELIVERED\n";
        give(&mut session, "tweede.csv", second);
        assert_eq!(list(&mut session, named())[0].address, "mia@example.be");
    }
}
