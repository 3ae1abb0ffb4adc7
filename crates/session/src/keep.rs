//! Keeps what was read: diagnoses, and the lists beside the evidence.

use super::entry::{Entry, SharedSource};
use super::tally::count;
use super::{KeptReport, Session};
use bezorgd::Options;
use bezorgd_model::{Diagnosis, Kind};
use bezorgd_protocol::ReportColumns;
use bezorgd_senders::Policy;
use std::collections::HashSet;
use std::rc::Rc;

/// For how many reports to show how their columns were read.
const MOST_COLUMN_READINGS: usize = 20;

impl Session {
    /// Adds a diagnosis; repeated addresses become one entry.
    pub(super) fn keep(&mut self, diagnosis: Diagnosis) {
        self.findings.messages += 1;
        for problem in diagnosis.problems {
            self.problems.push(problem);
        }
        let named_sender = diagnosis.sender;
        if let (Some(sender), false) = (named_sender, diagnosis.recipients.is_empty()) {
            self.senders.add(sender);
        }
        let sender = self.senders.of(named_sender, &self.settings);
        if diagnosis.kind != Kind::Report {
            count(&mut self.findings.kinds, diagnosis.kind);
        }
        let merges = matches!(
            diagnosis.kind,
            Kind::Report | Kind::Bounce | Kind::Delay | Kind::Success
        );
        if let Some(reading) = diagnosis.columns
            && self.findings.columns.len() < MOST_COLUMN_READINGS
        {
            self.findings.columns.push(ReportColumns {
                file: self.last_opened,
                name: diagnosis.file.clone(),
                reading,
            });
        }
        if let Some(arrival) = diagnosis.arrival {
            self.keep_arrival(&diagnosis.file, *arrival);
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
            self.reports.push(KeptReport {
                file: Rc::clone(&source.file),
                latest,
                sender,
            });
        }
        for recipient in diagnosis.recipients {
            let entry = Entry::new(recipient, &source, named_sender, sender);
            if merges {
                self.entries.merge(entry, &self.customers);
            } else {
                self.entries.add(entry, &self.customers);
            }
        }
    }

    /// Recomputes the delivery state of all entries that got attempts.
    pub(super) fn settle_merged(&mut self) {
        self.entries.settle_merged(
            |entry| self.senders.of(entry.named_sender, &self.settings),
            &self.customers,
            self.options.now,
        );
    }

    /// Reads a list of expected recipients, and adds those who are in no report as never attempted.
    pub(super) fn add_expected(&mut self, name: &str, bytes: &[u8]) {
        let entries = self.entries.list().iter();
        let seen: HashSet<String> = entries
            .filter_map(|entry| bezorgd::identifier(&entry.recipient))
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
        for problem in problems {
            self.problems.push(problem);
        }
        self.customers.add(customers);
        self.entries.fill_in(&self.customers);
    }
}
