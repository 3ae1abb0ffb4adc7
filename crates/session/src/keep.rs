//! What becomes of a diagnosis: repeated addresses become one recipient, who gets a name and a number
//! from the list of customers.

use super::Session;
use super::directory::Directory;
use super::entry::{Entry, Source};
use super::index::Index;
use bezorgd::Options;
use bezorgd::address::lower_case;
use bezorgd::suggestion;
use bezorgd_model::{Customer, Diagnosis, Kind, Recipient, Sender, State};
use bezorgd_protocol::ReportColumns;
use bezorgd_senders::Policy;
use std::collections::HashSet;
use std::rc::Rc;

/// For so many reports it is told how their columns were read.
const MOST_COLUMN_READINGS: usize = 20;

impl Session {
    /// Adds a diagnosis to what is known; repeated addresses become one entry.
    pub(super) fn keep(&mut self, diagnosis: Diagnosis) {
        self.messages += 1;
        for problem in diagnosis.problems {
            self.note(problem);
        }
        let told = diagnosis.sender;
        if let (Some(sender), false) = (told, diagnosis.recipients.is_empty()) {
            self.senders.add(sender);
        }
        let sender = self.sender(told);
        if diagnosis.kind != Kind::Report {
            self.tell_kind(diagnosis.kind);
        }
        let merges = matches!(
            diagnosis.kind,
            Kind::Report | Kind::Bounce | Kind::Delay | Kind::Success
        );
        if let Some(reading) = diagnosis.columns
            && self.columns.len() < MOST_COLUMN_READINGS
        {
            self.columns.push(ReportColumns {
                file: self.last_opened,
                name: diagnosis.file.clone(),
                reading,
            });
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
                unsettled: false,
            };
            self.add(entry, merges);
        }
    }

    /// Adds a recipient; one who is known already gets the attempts, where those belong together.
    fn add(&mut self, mut entry: Entry, merges: bool) {
        self.find_address(&mut entry.recipient);
        let known = merges.then(|| self.directory.find(&self.entries, &entry.recipient));
        if let Some(Some(place)) = known {
            let known = &mut self.entries[place];
            known.merge(entry);
            if !std::mem::replace(&mut known.unsettled, true) {
                self.unsettled.push(place as u32);
            }
        } else {
            let place = self.entries.len();
            self.index.added(&entry);
            self.entries.push(entry);
            if merges {
                self.directory.add(&self.entries, place);
            }
            self.recognise(place);
        }
    }

    /// Tells anew where delivery stands for all who got attempts since. Not with each attempt: of one
    /// address there may be thousands.
    pub(super) fn settle_all(&mut self) {
        for place in std::mem::take(&mut self.unsettled) {
            let place = place as usize;
            self.entries[place].unsettled = false;
            let sender = self.sender(self.entries[place].told);
            self.settle(place, sender);
            self.recognise(place);
        }
    }

    /// Looks who should have received something and is in no report.
    pub(super) fn compare(&mut self, name: &str, bytes: &[u8]) {
        let known = self.entries.iter();
        let seen: HashSet<String> = known
            .map(|entry| lower_case(&entry.recipient.address).into_owned())
            .collect();
        let options = Options {
            sender: self
                .senders
                .named()
                .find(|&sender| Policy::of(sender).lists_everyone),
            ..self.options.clone()
        };
        self.keep(bezorgd::not_attempted(name, bytes, &seen, &options));
        self.compared = true;
    }

    /// Takes in a list of customers.
    pub(super) fn know(&mut self, name: &str, bytes: &[u8]) {
        let (customers, problems) = bezorgd::customers(name, bytes, &self.options);
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
        self.index.changed(place, &self.entries[place]);
    }

    /// The system that a message comes from, where the evidence tells this about it.
    pub(super) fn sender(&self, told: Option<Sender>) -> Sender {
        let told = told.filter(|told| *told != Sender::Other);
        let sender = self.settings.sender.or(told);
        sender.unwrap_or_else(|| self.senders.of_unnamed(self.settings.assumed))
    }

    /// Settles those anew that turn out to come from another system than they were taken to.
    pub(super) fn assign_senders(&mut self) {
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
        self.index.changed(place, &self.entries[place]);
    }
}
