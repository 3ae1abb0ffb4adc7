//! Findings over all recipients, computed once after the last file.

use super::Session;
use super::entry::Entry;
use bezorgd_model::State;
use bezorgd_model::patterns::{self, Change};
use bezorgd_senders::Policy;
use bezorgd_senders::counter::Step;
use std::cmp::Reverse;
use std::collections::{BTreeMap, HashMap};
use std::rc::Rc;

/// How many subjects without a message type to list.
const MOST_UNTYPED: usize = 10;

impl Session {
    /// Computes the findings over all recipients.
    pub(super) fn conclude(&mut self) {
        self.assign_senders();
        self.count_bounces();
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
                self.index.update(place, entry);
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

    /// Counts the bounces of every recipient, and those of every month
    /// ([`bezorgd_protocol::Overview::months`]).
    fn count_bounces(&mut self) {
        let mut months: BTreeMap<(u16, u8), u32> = BTreeMap::new();
        for place in 0..self.entries.len() {
            let entry = &self.entries[place];
            let (count, steps) = match self.counted(entry) {
                Some((tally, steps)) => (tally.count, steps),
                None => (0, Vec::new()),
            };
            for (attempt, step) in entry.recipient.attempts.iter().zip(steps) {
                if let (Some(at), Some(step)) = (attempt.at, step)
                    && step != Step::Repeated
                {
                    let day = at.day();
                    *months.entry((day.year, day.month)).or_default() += 1;
                }
            }
            self.index.set_bounces(place, count);
        }
        let newest_first = months.into_iter().rev();
        self.months = newest_first
            .map(|((year, month), bounces)| (year, month, bounces))
            .collect();
    }

    /// See [`bezorgd_protocol::Overview::untyped`].
    fn untyped(&self) -> Vec<(String, u32)> {
        let mut subjects: HashMap<&str, u32> = HashMap::new();
        let counting = |entry: &&Entry| Policy::of(entry.sender).counter.is_some();
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
        let subjects = subjects.into_iter();
        subjects
            .map(|(subject, count)| (subject.to_owned(), count))
            .collect()
    }

    /// The report with the latest attempts; `None` unless other reports are older.
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
}
