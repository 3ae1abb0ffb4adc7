//! Keeps diagnoses: repeated addresses become one recipient, who gets a name and a number from the
//! list of customers.

use super::Session;
use super::directory::Directory;
use super::entry::{Entry, SharedSource};
use super::index::Index;
use bezorgd::Options;
use bezorgd::suggestion;
use bezorgd_model::{Customer, Diagnosis, Kind, Recipient, Sender, State};
use bezorgd_protocol::ReportColumns;
use bezorgd_senders::Policy;
use std::collections::HashSet;
use std::rc::Rc;

/// For how many reports to show how their columns were read.
const MOST_COLUMN_READINGS: usize = 20;

impl Session {
    /// Adds a diagnosis; repeated addresses become one entry.
    pub(super) fn keep(&mut self, diagnosis: Diagnosis) {
        self.messages += 1;
        for problem in diagnosis.problems {
            self.add_problem(problem);
        }
        let named_sender = diagnosis.sender;
        if let (Some(sender), false) = (named_sender, diagnosis.recipients.is_empty()) {
            self.senders.add(sender);
        }
        let sender = self.sender(named_sender);
        if diagnosis.kind != Kind::Report {
            self.count_kind(diagnosis.kind);
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
        let source = SharedSource {
            file: diagnosis.file.into(),
            original: diagnosis.original.map(Rc::new),
        };
        if diagnosis.kind == Kind::Report {
            let attempts = diagnosis
                .recipients
                .iter()
                .flat_map(|recipient| &recipient.attempts);
            let latest = attempts.filter_map(|attempt| attempt.at).max();
            self.reports.push((Rc::clone(&source.file), latest));
        }
        for recipient in diagnosis.recipients {
            let entry = Entry {
                sources: vec![source.clone(); recipient.attempts.len()],
                recipient,
                named_sender,
                sender,
                change: None,
                unsettled: false,
            };
            self.add(entry, merges);
        }
    }

    /// Adds a recipient. If `merges` and there is an entry for them already, that gets the attempts.
    fn add(&mut self, mut entry: Entry, merges: bool) {
        self.fill_in_address(&mut entry.recipient);
        let place = merges.then(|| self.directory.find(&self.entries, &entry.recipient));
        if let Some(Some(place)) = place {
            let existing = &mut self.entries[place];
            existing.merge(entry);
            if !std::mem::replace(&mut existing.unsettled, true) {
                self.unsettled.push(place as u32);
            }
        } else {
            let place = self.entries.len();
            self.index.add(&entry);
            self.entries.push(entry);
            if merges {
                self.directory.add(&self.entries, place);
            }
            self.fill_in_customer(place);
        }
    }

    /// Recomputes the delivery state of all entries that got attempts. Not after each attempt: one
    /// address may have thousands.
    pub(super) fn settle_all(&mut self) {
        for place in std::mem::take(&mut self.unsettled) {
            let place = place as usize;
            self.entries[place].unsettled = false;
            let sender = self.sender(self.entries[place].named_sender);
            self.settle(place, sender);
            self.fill_in_customer(place);
        }
    }

    /// Reads a list of expected recipients, and adds those who are in no report as never attempted.
    pub(super) fn add_expected(&mut self, name: &str, bytes: &[u8]) {
        let entries = self.entries.iter();
        let seen: HashSet<String> = entries
            .flat_map(|entry| bezorgd::identifiers(&entry.recipient))
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

    /// Reads a list of customers.
    pub(super) fn add_customers(&mut self, name: &str, bytes: &[u8]) {
        let (customers, problems) = bezorgd::customers(name, bytes, &self.options);
        problems
            .into_iter()
            .for_each(|problem| self.add_problem(problem));
        self.customers.add(customers);
        let nameless = |entry: &Entry| entry.recipient.address.is_empty();
        if self.entries.iter().any(nameless) {
            // Recipients of whom a report gave only a number may now be merged by address.
            self.directory = Directory::default();
            self.index = Index::default();
            for entry in std::mem::take(&mut self.entries) {
                let merges = entry.recipient.state != State::None;
                self.add(entry, merges);
            }
        } else {
            (0..self.entries.len()).for_each(|place| self.fill_in_customer(place));
        }
    }

    /// Fills in the address of a recipient of whom the evidence gives only a number.
    fn fill_in_address(&self, recipient: &mut Recipient) {
        if !recipient.address.is_empty() {
            return;
        }
        let number = recipient.customer.as_deref();
        let customer = number.and_then(|number| self.customers.with_number(number));
        if let Some(address) = customer.and_then(|customer| customer.addresses.first()) {
            recipient.address = address.to_string();
        }
    }

    /// Fills in the name, number and suggestion that follow from the list of customers.
    fn fill_in_customer(&mut self, place: usize) {
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
        self.index.update(place, &self.entries[place]);
    }

    /// The sending system of a message: the setting, else the one its evidence names, else the one
    /// that all the evidence suggests.
    pub(super) fn sender(&self, named_sender: Option<Sender>) -> Sender {
        let named_sender = named_sender.filter(|named_sender| *named_sender != Sender::Other);
        let sender = self.settings.sender.or(named_sender);
        sender.unwrap_or_else(|| self.senders.of_unnamed(self.settings.assumed))
    }

    /// Recomputes the state of entries whose sending system turns out to be another.
    pub(super) fn assign_senders(&mut self) {
        for place in 0..self.entries.len() {
            let sender = self.sender(self.entries[place].named_sender);
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
        self.index.update(place, &self.entries[place]);
    }
}
