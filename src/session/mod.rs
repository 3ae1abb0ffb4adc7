//! One sitting with the evidence: reads the files that the page sends, keeps what was found, and
//! answers questions about it.
//!
//! Knows no browser: requests and slices in, events out. The worker is a thin shell around it.

mod bounces;
mod customers;
mod directory;
mod entry;
mod excel_csv;
mod export;
mod index;
mod message_table;
mod signature;

use crate::address::lower_case;
use crate::formats::spreadsheet::NoWorkbook;
use crate::job::{
    Bounces, Detail, Event, Filter, Form, Holders, List, Overview, Purpose, Request, Row, Settings,
    Tally, Weighed,
};
use crate::model::{
    Action, Attempt, ColumnReading, Customer, Day, Diagnosis, Kind, Moment, Problem, ProblemCode,
    Recipient, Sender, State,
};
use crate::patterns::{self, Change, Provider};
use crate::reading::{self, Options, Reading};
use crate::rules::Evidence;
use crate::senders::Policy;
use crate::senders::counter::Step;
use crate::senders::message_types::{MessageType, MessageTypes};
use crate::suggestion;
use customers::Customers;
use directory::Directory;
use entry::{Entry, Source};
use index::Index;
use std::cmp::Reverse;
use std::collections::{BTreeMap, HashMap, HashSet};
use std::rc::Rc;
use std::sync::Arc;

/// So many problems of each sort are told one by one; the others are counted.
const MOST_PROBLEMS: usize = 5;

/// So many subjects without a type are told.
const MOST_UNTYPED: usize = 10;

/// So many customers with the same address are told one by one.
const MOST_HOLDERS: usize = 20;

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
    settings: Settings,
    open: Option<OpenFile>,
    files: u32,
    messages: u32,
    entries: Vec<Entry>,
    /// The entry of each address, for those whose attempts belong together.
    directory: Directory,
    index: Index,
    customers: Customers,
    /// Whether evidence of POM was read.
    pom: bool,
    /// Whether evidence of Wise was read.
    wise: bool,
    /// See [`Overview::kinds`].
    kinds: Vec<(Kind, u32)>,
    /// See [`Overview::months`].
    months: Vec<(u16, u8, u32)>,
    /// See [`Overview::untyped`].
    untyped: Vec<(String, u32)>,
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
    /// Kept until the end: a list beside the evidence.
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
    /// A session without evidence.
    pub fn new(now: Moment) -> Self {
        Self::with(now, Settings::default())
    }

    fn with(now: Moment, settings: Settings) -> Self {
        let mut options = Options::new(now);
        if let Some(types) = &settings.message_types {
            options.message_types = Arc::new(MessageTypes::new(types.clone()));
        }
        Self {
            options,
            settings,
            open: None,
            files: 0,
            messages: 0,
            entries: Vec::new(),
            directory: Directory::default(),
            index: Index::default(),
            customers: Customers::default(),
            pom: false,
            wise: false,
            kinds: Vec::new(),
            months: Vec::new(),
            untyped: Vec::new(),
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
            Request::Clear { now, settings } => {
                *self = Self::with(now, *settings);
                reply(Event::Overview(self.overview()));
            }
            Request::Set(settings) => {
                self.set(*settings);
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
                    purpose => Content::Kept {
                        purpose,
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
                    Some(Content::Kept {
                        purpose,
                        name,
                        bytes,
                    }) => match purpose {
                        Purpose::Customers => self.know(&name, &bytes),
                        Purpose::MessageTypes => {
                            reply(Event::MessageTypes(message_table::read(&bytes)));
                        }
                        Purpose::Expected | Purpose::Evidence => self.compare(&name, &bytes),
                    },
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
            Request::Export { filter, list, form } => {
                let exported = self.export(&filter, list, form, &mut |part| {
                    reply(Event::Part(part));
                });
                reply(exported.map_or_else(Event::NotExported, |()| Event::Exported));
            }
            Request::ExportMessageTypes => {
                let types = self.settings.message_types();
                reply(Event::Part(message_table::write(&types)));
                reply(Event::Exported);
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
            Some(Content::Kept { bytes, .. }) => reading::needs_unpacker(bytes),
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
            Content::Kept { bytes: kept, .. } => kept.extend_from_slice(bytes),
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

    /// Takes in a list of customers.
    fn know(&mut self, name: &str, bytes: &[u8]) {
        let (customers, problems) = reading::customers(name, bytes, &self.options);
        problems.into_iter().for_each(|problem| self.note(problem));
        self.customers.add(customers);
        let nameless = |entry: &Entry| entry.recipient.address.is_empty();
        if self.entries.iter().any(nameless) {
            // Whom a report knew by a number only may turn out to be known by an address too.
            self.directory = Directory::default();
            self.index = Index::default();
            for entry in std::mem::take(&mut self.entries) {
                let merges = entry.recipient.state != State::None;
                self.add(entry, merges);
            }
        } else {
            (0..self.entries.len()).for_each(|place| self.recognise(place));
        }
    }

    /// The address of somebody whom the evidence names by a number only.
    fn find_address(&self, recipient: &mut Recipient) {
        if !recipient.address.is_empty() {
            return;
        }
        let number = recipient.customer.as_deref();
        let customer = number.and_then(|number| self.customers.with_number(number));
        if let Some(address) = customer.and_then(|customer| customer.addresses.first()) {
            recipient.address = address.to_string();
        }
    }

    /// Fills in what the list of customers tells about a recipient.
    fn recognise(&mut self, place: usize) {
        if self.customers.is_empty() {
            return;
        }
        let recipient = &mut self.entries[place].recipient;
        let holders: Vec<&Customer> = self.customers.with_address(&recipient.address).collect();
        if recipient.name.is_none() {
            let names = holders.iter().filter_map(|holder| holder.name.as_deref());
            let names: Vec<&str> = names.collect();
            recipient.name = (!names.is_empty()).then(|| names.join(", ").into());
        }
        if let ([only], None) = (&holders[..], &recipient.customer) {
            recipient.customer.clone_from(&only.number);
        }
        if suggestion::is_wanted(recipient) && recipient.suggestion.is_none() {
            let names = holders.iter().filter_map(|holder| holder.name.as_deref());
            let mut suggested = names.filter_map(|name| suggestion::by_name(recipient, name));
            recipient.suggestion = suggested.next();
        }
        self.reindex(place);
    }

    /// Takes over what a person set, for what was read already.
    fn set(&mut self, settings: Settings) {
        let types = MessageTypes::new(settings.message_types());
        self.options.message_types = Arc::new(types);
        self.settings = settings;
        self.assign_senders();
        for place in 0..self.entries.len() {
            self.reindex(place);
        }
        self.look_at_the_whole();
    }

    /// The system that a message comes from, where the evidence tells this about it.
    fn sender(&self, told: Option<Sender>) -> Sender {
        // Who works with Wise has bounces of Wise, whatever a single one of them tells.
        let assumed = if self.wise && !self.pom {
            Sender::Wise
        } else {
            Sender::Other
        };
        let told = told.filter(|told| *told != Sender::Other);
        self.settings.sender.or(told).unwrap_or(assumed)
    }

    /// Settles those anew that turn out to come from another system than they were taken to.
    fn assign_senders(&mut self) {
        for place in 0..self.entries.len() {
            let sender = self.sender(self.entries[place].told);
            if self.entries[place].sender != sender {
                self.settle(place, sender);
            }
        }
    }

    fn settle(&mut self, place: usize, sender: Sender) {
        let entry = &mut self.entries[place];
        if entry.recipient.state == State::None {
            entry.sender = sender;
        } else {
            entry.settle(sender, self.options.now);
        }
        self.reindex(place);
    }

    fn reindex(&mut self, place: usize) {
        let bounces = self.tally(&self.entries[place]);
        let bounces = bounces.map_or(0, |tally| tally.count);
        self.index.changed(place, &self.entries[place], bounces);
    }

    /// Where the bounces leave an address, for a system that counts them.
    fn tally(&self, entry: &Entry) -> Option<Tally> {
        let thresholds = self.settings.thresholds(entry.sender)?;
        let failed = |attempt: &Attempt| attempt.action == Action::Failed;
        if !entry.recipient.attempts.iter().any(failed) {
            return None;
        }
        let (counter, _) = bounces::count(entry, &thresholds, self.options.now);
        Some(Tally::of(&counter, self.listed(entry)))
    }

    /// How many bounces the sending system itself has counted, where the list of customers tells.
    fn listed(&self, entry: &Entry) -> Option<u32> {
        let holders = self.customers.with_address(&entry.recipient.address);
        holders.filter_map(|holder| holder.bounces).max()
    }

    /// Finds what only all recipients together show.
    fn look_at_the_whole(&mut self) {
        self.assign_senders();
        self.months = self.months();
        self.untyped = self.untyped();
        self.providers = patterns::providers(self.entries.iter().map(|entry| &entry.recipient));
        let newest = self.newest_report();
        for (place, entry) in self.entries.iter_mut().enumerate() {
            let change = newest.as_ref().and_then(|newest| {
                let attempts = entry.recipient.attempts.iter();
                let is_new = |index: usize| {
                    let source = entry.sources.get(index);
                    source.is_some_and(|source| Rc::ptr_eq(&source.file, newest))
                };
                Change::between(attempts, is_new)
            });
            if std::mem::replace(&mut entry.change, change) != change {
                let bounces = self.index.bounces(place);
                self.index.changed(place, entry, bounces);
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

    /// See [`Overview::months`].
    fn months(&self) -> Vec<(u16, u8, u32)> {
        let mut months: BTreeMap<(u16, u8), u32> = BTreeMap::new();
        for entry in &self.entries {
            let Some(thresholds) = self.settings.thresholds(entry.sender) else {
                continue;
            };
            let (_, steps) = bounces::count(entry, &thresholds, self.options.now);
            for (attempt, step) in entry.recipient.attempts.iter().zip(steps) {
                if let (Some(at), Some(step)) = (attempt.at, step)
                    && step != Step::Repeated
                {
                    let day = at.day();
                    *months.entry((day.year, day.month)).or_default() += 1;
                }
            }
        }
        let newest_first = months.into_iter().rev();
        newest_first
            .map(|((year, month), bounces)| (year, month, bounces))
            .collect()
    }

    /// See [`Overview::untyped`].
    fn untyped(&self) -> Vec<(String, u32)> {
        let mut subjects: HashMap<&str, u32> = HashMap::new();
        let counting = |entry: &&Entry| self.settings.thresholds(entry.sender).is_some();
        for entry in self.entries.iter().filter(counting) {
            for (attempt, source) in entry.recipient.attempts.iter().zip(&entry.sources) {
                let original = source.original.as_deref();
                let subject = original.and_then(|original| original.subject.as_deref());
                if let (Some(subject), None) = (subject, self.message_type(attempt, source)) {
                    *subjects.entry(subject).or_default() += 1;
                }
            }
        }
        let mut subjects: Vec<(&str, u32)> = subjects.into_iter().collect();
        subjects.sort_by_key(|&(subject, count)| (Reverse(count), subject));
        subjects.truncate(MOST_UNTYPED);
        let told = subjects.into_iter();
        told.map(|(subject, count)| (subject.to_owned(), count))
            .collect()
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
        for problem in diagnosis.problems {
            self.note(problem);
        }
        let told = diagnosis.sender;
        let any = !diagnosis.recipients.is_empty();
        self.pom |= told == Some(Sender::Pom) && any;
        self.wise |= told == Some(Sender::Wise) && any;
        let sender = self.sender(told);
        if diagnosis.kind != Kind::Report {
            self.tell_kind(diagnosis.kind);
        }
        let merges = matches!(
            diagnosis.kind,
            Kind::Report | Kind::Bounce | Kind::Delay | Kind::Success
        );
        if let Some(columns) = diagnosis.columns
            && self.columns.len() < MOST_COLUMN_READINGS
        {
            self.columns.push((diagnosis.file.clone(), columns));
        }
        let source = Source {
            file: diagnosis.file.into(),
            original: diagnosis.original.map(Rc::new),
        };
        if diagnosis.kind == Kind::Report {
            let attempts = diagnosis
                .recipients
                .iter()
                .flat_map(|known| &known.attempts);
            let latest = attempts.filter_map(|attempt| attempt.at).max();
            self.reports.push((Rc::clone(&source.file), latest));
        }
        for recipient in diagnosis.recipients {
            let entry = Entry {
                sources: vec![source.clone(); recipient.attempts.len()],
                recipient,
                told,
                sender,
                change: None,
            };
            self.add(entry, merges);
        }
    }

    /// Adds a recipient; one who is known already gets the attempts, where those belong together.
    fn add(&mut self, mut entry: Entry, merges: bool) {
        self.find_address(&mut entry.recipient);
        let known = merges.then(|| self.directory.find(&self.entries, &entry.recipient));
        let place = if let Some(Some(place)) = known {
            self.entries[place].merge(entry);
            let sender = self.sender(self.entries[place].told);
            self.settle(place, sender);
            place
        } else {
            let place = self.entries.len();
            let bounces = self.tally(&entry).map_or(0, |tally| tally.count);
            self.index.added(&entry, bounces);
            self.entries.push(entry);
            if merges {
                self.directory.add(&self.entries, place);
            }
            place
        };
        self.recognise(place);
    }

    fn tell_kind(&mut self, kind: Kind) {
        match self.kinds.iter_mut().find(|(known, _)| *known == kind) {
            Some((_, count)) => *count += 1,
            None => self.kinds.push((kind, 1)),
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
            recipients: self.entries.len() as u32,
            turns: self.index.counts(),
            pom: self.pom,
            counts: self.counts(),
            kinds: self.kinds.clone(),
            months: self.months.clone(),
            untyped: self.untyped.clone(),
            customers: (!self.customers.is_empty()).then(|| self.customers.count()),
            report: !self.reports.is_empty(),
            missing: self.missing,
            columns: self.columns.clone(),
            providers: self.providers.clone(),
            changes: self.changes.clone(),
            problems: self.problems.clone(),
            more_problems: self.more_problems.clone(),
        }
    }

    /// Whether there is a system among the evidence that counts bounces.
    fn counts(&self) -> bool {
        match self.settings.sender {
            Some(sender) => Policy::of(sender).counter.is_some(),
            None => self.wise,
        }
    }

    /// How many recipients pass the filter, and some of them.
    fn rows(&mut self, filter: &Filter, offset: u32, limit: u32) -> (u32, Vec<Row>) {
        let places = self.index.places(&self.entries, filter);
        let window = places.iter().skip(offset as usize).take(limit as usize);
        let (total, window) = (places.len() as u32, window.copied().collect::<Vec<u32>>());
        let rows = window.into_iter().filter_map(|place| self.row(place));
        (total, rows.collect())
    }

    fn row(&self, id: u32) -> Option<Row> {
        let entry = self.entries.get(id as usize)?;
        let recipient = &entry.recipient;
        Some(Row {
            id,
            address: recipient.address.clone(),
            name: recipient.name.as_deref().map(str::to_owned),
            customer: recipient.customer.as_deref().map(str::to_owned),
            cause: recipient.cause,
            state: recipient.state,
            turn: entry.turn(),
            at: entry.last_tried(),
            retry_until: recipient.retry_until,
            suggestion: recipient.suggestion.clone(),
            tally: self.tally(entry),
        })
    }

    fn detail(&self, id: u32) -> Option<Detail> {
        let entry = self.entries.get(id as usize)?;
        let policy = Policy::of(entry.sender);
        let cause = entry.recipient.cause;
        Some(Detail {
            id,
            recipient: entry.recipient.clone(),
            turn: entry.turn(),
            sender: entry.sender,
            domain: policy.domain.to_owned(),
            sources: entry.sources.iter().map(Source::told).collect(),
            reasons: policy
                .reasons(cause)
                .iter()
                .map(|&word| word.into())
                .collect(),
            bounces: self.bounces(entry),
            holders: self.holders(entry),
            weighed: entry
                .recipient
                .deciding()
                .map(|(_, attempt)| weighed(attempt))
                .unwrap_or_default(),
        })
    }

    fn bounces(&self, entry: &Entry) -> Option<Bounces> {
        let thresholds = self.settings.thresholds(entry.sender)?;
        let (counter, steps) = bounces::count(entry, &thresholds, self.options.now);
        if steps.iter().all(Option::is_none) {
            return None;
        }
        let told = entry.recipient.attempts.iter().zip(&entry.sources);
        let types = told.map(|(attempt, source)| self.message_type(attempt, source).cloned());
        Some(Bounces {
            counter,
            steps,
            types: types.collect(),
            listed: self.listed(entry),
            thresholds,
        })
    }

    /// The type of a message, by its code, or else by its subject.
    fn message_type(&self, attempt: &Attempt, source: &Source) -> Option<&MessageType> {
        let types = &self.options.message_types;
        let subject = || source.original.as_ref()?.subject.as_deref();
        match attempt.message_type.as_deref() {
            Some(code) => types.get(code),
            None => types.by_subject(subject()?),
        }
    }

    fn holders(&self, entry: &Entry) -> Option<Holders> {
        if self.customers.is_empty() {
            return None;
        }
        let recipient = &entry.recipient;
        let with = |address: &str| {
            let found = self.customers.with_address(address);
            found.take(MOST_HOLDERS).cloned().collect::<Vec<_>>()
        };
        let with_address = with(&recipient.address);
        let number = recipient.customer.as_deref();
        let numbered = number.and_then(|number| self.customers.with_number(number));
        let is_holder = |customer: &&Customer| with_address.iter().any(|one| one == *customer);
        Some(Holders {
            changed: numbered.filter(|customer| !is_holder(customer)).cloned(),
            with_suggestion: recipient
                .suggestion
                .as_deref()
                .map(with)
                .unwrap_or_default(),
            with_address,
        })
    }

    fn export(
        &mut self,
        filter: &Filter,
        list: List,
        form: Form,
        part: &mut dyn FnMut(Vec<u8>),
    ) -> Result<(), NoWorkbook> {
        let places = self.index.places(&self.entries, filter).to_vec();
        match list {
            List::Recipients => {
                let entries = places.iter().map(|&place| {
                    let entry = &self.entries[place as usize];
                    (entry, self.tally(entry))
                });
                export::recipients(entries, self.counts(), form, part)
            }
            List::Messages => {
                let messages = places
                    .iter()
                    .filter_map(|&place| self.entries.get(place as usize));
                let messages = messages.flat_map(|entry| self.messages(entry, filter.period));
                let messages: Vec<export::Message<'_>> = messages.collect();
                export::messages(&messages, form, part)
            }
        }
    }

    /// The messages to a recipient that bounced, each once.
    fn messages<'a>(
        &'a self,
        entry: &'a Entry,
        period: Option<(Day, Day)>,
    ) -> Vec<export::Message<'a>> {
        let Some(thresholds) = self.settings.thresholds(entry.sender) else {
            return Vec::new();
        };
        let (_, steps) = bounces::count(entry, &thresholds, self.options.now);
        let told = entry
            .recipient
            .attempts
            .iter()
            .zip(&entry.sources)
            .zip(steps);
        let counted = told.filter(|((attempt, _), step)| {
            step.is_some_and(|step| step != Step::Repeated) && within(attempt.at, period)
        });
        counted
            .map(|((attempt, source), _)| export::Message {
                entry,
                attempt,
                source,
                kind: self.message_type(attempt, source),
            })
            .collect()
    }
}

/// Whether a moment falls on one of these days; every one does when there are none.
fn within(at: Option<Moment>, period: Option<(Day, Day)>) -> bool {
    period.is_none_or(|(first, last)| at.is_some_and(|at| (first..=last).contains(&at.day())))
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
    use crate::senders::counter::{Counted, Thresholds};
    use crate::senders::message_types::Letter;
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
        let files: Vec<&str> = mia.sources.iter().map(|source| &*source.file).collect();
        assert_eq!(files, ["eerste.csv", "tweede.csv"]);
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
            let events = ask(
                &mut session,
                Request::Export {
                    filter,
                    list: List::Recipients,
                    form,
                },
            );
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
            let events = ask(
                &mut session,
                Request::Export {
                    filter,
                    list: List::Recipients,
                    form,
                },
            );
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
        let settings = Box::default();
        ask(&mut session, Request::Clear { now, settings });
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
        assert_eq!(detail.sources[index].file, "maart-10.csv");
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

    /// A bounce of a message of Wise to this address, on this day of March 2024.
    fn bounce(address: &str, day: u32, id: &str, reason: &str) -> String {
        format!(
            "From: MAILER-DAEMON@mx.example.be\nTo: bib@example.be\n\
             Subject: Undelivered Mail Returned to Sender\n\
             Date: {day} Mar 2024 10:00:00 +0100\n\
             Content-Type: multipart/report; report-type=delivery-status; boundary=b\n\n\
             --b\nContent-Type: message/delivery-status\n\n\
             Reporting-MTA: dns; mx.example.be\n\n\
             Final-Recipient: rfc822; {address}\nAction: failed\nStatus: 5.0.0\n\
             Diagnostic-Code: smtp; 550 {reason}\n\n\
             --b\nContent-Type: text/rfc822-headers\n\n\
             From: bib@example.be\nTo: {address}\nSubject: HR1 eerste herinnering\n\
             Date: {day} Mar 2024 09:00:00 +0100\nMessage-ID: <{id}@example.be>\n\n--b--\n"
        )
    }

    fn counted(session: &mut Session) -> Vec<(String, Option<Tally>)> {
        let rows = list(session, Filter::default());
        let told = rows.into_iter().map(|row| (row.address, row.tally));
        told.collect()
    }

    #[test]
    fn bounces_of_wise_are_counted_once_each_and_only_hard_ones() {
        let mut session = session();
        for (day, id, reason) in [
            (1, "a", "5.1.1 user unknown"),
            (1, "a", "5.1.1 user unknown"),
            (2, "b", "5.1.1 user unknown"),
            (3, "c", "5.2.2 mailbox full"),
        ] {
            let mail = bounce("an@example.be", day, id, reason);
            give(&mut session, "terug.eml", &mail);
        }
        let told = Tally {
            count: 2,
            limit: 5,
            removed: false,
        };
        assert_eq!(
            counted(&mut session),
            [("an@example.be".into(), Some(told))]
        );
        let bounces = session.detail(0).and_then(|detail| detail.bounces);
        let bounces = bounces.expect("Wise counts");
        assert_eq!(bounces.steps[1], Some(Step::Repeated));
        assert_eq!(bounces.steps[3], Some(Step::Soft));
        let kind = bounces.types[0].as_ref().expect("a known type");
        assert_eq!((&*kind.code, kind.letter), ("HR1", Letter::Yes));
    }

    #[test]
    fn a_person_may_say_which_system_it_was_and_how_it_counts() {
        let mut session = session();
        let mail = bounce("an@example.be", 1, "a", "5.2.2 mailbox full").replace("HR1 ", "");
        give(&mut session, "terug.eml", &mail);
        assert_eq!(counted(&mut session)[0].1, None);
        let known = Policy::of(Sender::Wise).counter.expect("Wise counts");
        let thresholds = Thresholds {
            counted: Counted::All,
            removed: 1,
            ..known
        };
        let settings = Settings {
            sender: Some(Sender::Wise),
            thresholds: Some(thresholds),
            ..Settings::default()
        };
        ask(&mut session, Request::Set(Box::new(settings)));
        let tally = counted(&mut session)[0].1.expect("Wise counts");
        assert_eq!((tally.count, tally.removed), (1, true));
        assert_eq!(session.overview().months, [(2024, 3, 1)]);
        ask(&mut session, Request::Set(Box::default()));
        assert_eq!(counted(&mut session)[0].1, None);
    }

    #[test]
    fn the_month_tells_whom_it_happened_to() {
        let mut session = session();
        let mail = |address, day, id| bounce(address, day, id, "5.1.1 user unknown");
        give(&mut session, "1.eml", &mail("an@example.be", 1, "a"));
        give(&mut session, "2.eml", &mail("bo@example.be", 20, "b"));
        let day = |day| Day {
            year: 2024,
            month: 3,
            day,
        };
        let filter = Filter {
            period: Some((day(1), day(19))),
            ..Filter::default()
        };
        let rows = list(&mut session, filter.clone());
        assert_eq!(rows.len(), 1);
        assert_eq!(rows[0].address, "an@example.be");
        let events = ask(
            &mut session,
            Request::Export {
                filter,
                list: List::Messages,
                form: Form::Csv,
            },
        );
        let parts = events.into_iter().filter_map(|event| match event {
            Event::Part(part) => Some(part),
            _ => None,
        });
        let table = String::from_utf8(parts.flatten().collect()).expect("a text");
        let mut lines = table.lines();
        assert!(
            lines
                .next()
                .is_some_and(|titles| titles.contains("Status;Vorm;Soort;Datum"))
        );
        assert!(
            lines
                .next()
                .is_some_and(|line| line.starts_with("R;M;HR1;01/03/2024 10:00;;;an@"))
        );
        assert_eq!(lines.next(), None);
    }

    #[test]
    fn what_is_no_bounce_is_told_apart_and_not_counted() {
        let mut session = session();
        let answer = "From: an@example.be\nTo: bib@example.be\nSubject: Afwezig\n\
                      Auto-Submitted: auto-replied\n\nIk ben er even niet.\n";
        let letter = "From: an@example.be\nTo: bib@example.be\nSubject: Vraag\n\nTot morgen.\n";
        give(
            &mut session,
            "1.eml",
            &bounce("bo@example.be", 1, "b", "5.1.1 user unknown"),
        );
        give(&mut session, "2.eml", answer);
        let overview = give(&mut session, "3.eml", letter);
        let kinds = [
            (Kind::Bounce, 1),
            (Kind::AutoReply, 1),
            (Kind::NotABounce, 1),
        ];
        assert_eq!(overview.kinds, kinds);
        let tallies = counted(&mut session);
        let of = |address: &str| tallies.iter().find(|(known, _)| known == address);
        assert_eq!(of("an@example.be").and_then(|(_, tally)| *tally), None);
    }
}
