//! Findings over all recipients, computed once after the last file.

use super::Session;
use super::entry::Entry;
use bezorgd_model::State;
use bezorgd_model::patterns::{self, Change};
use bezorgd_model::sorting::sort_by_key;
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
        self.entries.assign_senders(
            |entry| self.senders.of(entry.named_sender, &self.settings),
            self.options.now,
        );
        self.count_bounces();
        self.findings.untyped = self.untyped();
        let recipients = self.entries.list().iter().map(|entry| &entry.recipient);
        self.findings.providers = patterns::failing_providers(recipients.clone());
        self.findings.typing_mistakes = patterns::typing_mistakes(recipients);
        let newest = self.newest_report();
        self.entries
            .set_changes(|entry| change_in(entry, newest.as_ref()?));
        self.findings.missing = self.compared.then(|| {
            let missing = |entry: &&Entry| entry.recipient.state == State::NotAttempted;
            self.entries.list().iter().filter(missing).count() as u32
        });
        let count = |change: Change| {
            let with = |entry: &&Entry| entry.change == Some(change);
            (
                change,
                self.entries.list().iter().filter(with).count() as u32,
            )
        };
        let counted = Change::ALL.iter().map(|&change| count(change));
        self.findings.changes = counted.filter(|(_, count)| *count > 0).collect();
    }

    /// Counts the bounces of every recipient, and those of every month
    /// ([`bezorgd_protocol::Overview::months`]).
    fn count_bounces(&mut self) {
        let mut months: BTreeMap<(u16, u8), u32> = BTreeMap::new();
        for place in 0..self.entries.list().len() {
            let entry = &self.entries.list()[place];
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
            self.entries.set_bounces(place, count);
        }
        let newest_first = months.into_iter().rev();
        self.findings.months = newest_first
            .map(|((year, month), bounces)| (year, month, bounces))
            .collect();
    }

    /// See [`bezorgd_protocol::Overview::untyped`].
    fn untyped(&self) -> Vec<(String, u32)> {
        let mut subjects: HashMap<&str, u32> = HashMap::new();
        let counting = |entry: &&Entry| Policy::of(entry.sender).counter.is_some();
        for entry in self.entries.list().iter().filter(counting) {
            for (attempt, source) in entry.recipient.attempts.iter().zip(&entry.sources) {
                let original = source.original.as_deref();
                let subject = original.and_then(|original| original.subject.as_deref());
                if let (Some(subject), None) = (subject, self.message_type(attempt, source)) {
                    *subjects.entry(subject).or_default() += 1;
                }
            }
        }
        let mut subjects: Vec<(&str, u32)> = subjects.into_iter().collect();
        sort_by_key(&mut subjects, |&(subject, count)| (Reverse(count), subject));
        subjects.truncate(MOST_UNTYPED);
        let subjects = subjects.into_iter();
        subjects
            .map(|(subject, count)| (subject.to_owned(), count))
            .collect()
    }

    /// The report with the latest attempts; `None` unless other reports are older.
    fn newest_report(&self) -> Option<Rc<str>> {
        let mut reports = self.reports.clone();
        sort_by_key(&mut reports, |report| report.latest);
        match reports.as_slice() {
            [.., before, newest] if before.latest.is_some() && before.latest < newest.latest => {
                Some(Rc::clone(&newest.file))
            }
            _ => None,
        }
    }
}

/// What the newest report changed for a recipient; `None` if they are not in it, or nothing failed.
fn change_in(entry: &Entry, newest: &Rc<str>) -> Option<Change> {
    let is_new = |place: usize| {
        let source = entry.sources.get(place);
        source.is_some_and(|source| Rc::ptr_eq(&source.file, newest))
    };
    Change::between(entry.recipient.attempts.iter(), is_new)
}
