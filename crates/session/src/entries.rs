//! The recipients of a session. An entry is added, merged and changed only by the methods here,
//! which keep the directory and the index in step with it.

use super::customers::Customers;
use super::directory::Directory;
use super::entry::Entry;
use super::index::Index;
use bezorgd_model::{Change, Moment, NextStep, Sender, State};
use bezorgd_protocol::Filter;

/// Every recipient, by place: the order in which they were first read.
#[derive(Debug, Default)]
pub struct Entries {
    list: Vec<Entry>,
    /// The entry of each address, for entries whose attempts are merged.
    directory: Directory,
    index: Index,
    /// The places of the entries that got attempts since their state was last computed.
    unsettled: Vec<u32>,
}

impl Entries {
    /// The entries, by place.
    pub fn list(&self) -> &[Entry] {
        &self.list
    }

    /// How many entries there are for each next step, worst first, without the zeros. Call
    /// [`Self::settle_merged`] before.
    pub fn next_steps(&self) -> Vec<(NextStep, u32)> {
        debug_assert!(self.unsettled.is_empty(), "entries are not settled");
        self.index.counts()
    }

    /// The places of the entries that pass the filter, in its order. Call [`Self::settle_merged`]
    /// before.
    pub fn places(&mut self, filter: &Filter) -> &[u32] {
        debug_assert!(self.unsettled.is_empty(), "entries are not settled");
        self.index.places(&self.list, filter)
    }

    /// The places of the entries in which every word of a search is spelled nearly so, at most `most`.
    pub fn near(&mut self, search: &str, most: usize) -> Vec<u32> {
        self.index.near(&self.list, search, most)
    }

    /// Adds an entry that later ones are not merged into.
    pub fn add(&mut self, mut entry: Entry, customers: &Customers) {
        customers.fill_in_address(&mut entry.recipient);
        self.push(entry, customers);
    }

    /// Adds the attempts to the entry of the same recipient, or else adds an entry. Call
    /// [`Self::settle_merged`] after the last one.
    pub fn merge(&mut self, mut entry: Entry, customers: &Customers) {
        customers.fill_in_address(&mut entry.recipient);
        if let Some(place) = self.directory.find(&self.list, &entry.recipient) {
            let existing = &mut self.list[place];
            existing.merge(entry);
            if !std::mem::replace(&mut existing.unsettled, true) {
                self.unsettled.push(place as u32);
            }
        } else {
            self.push(entry, customers);
            self.directory.add(&self.list, self.list.len() - 1);
        }
    }

    fn push(&mut self, mut entry: Entry, customers: &Customers) {
        customers.fill_in(&mut entry.recipient);
        self.index.add(&entry);
        self.list.push(entry);
    }

    /// Recomputes the delivery state of all entries that got attempts. Not after each attempt: one
    /// address may have thousands.
    pub fn settle_merged(
        &mut self,
        sender: impl Fn(&Entry) -> Sender,
        customers: &Customers,
        now: Moment,
    ) {
        for place in std::mem::take(&mut self.unsettled) {
            self.change(place as usize, |entry| {
                entry.unsettled = false;
                entry.settle(sender(entry), now);
                customers.fill_in(&mut entry.recipient);
            });
        }
    }

    /// Recomputes the delivery state of entries whose sending system turns out to be another.
    pub fn assign_senders(&mut self, sender: impl Fn(&Entry) -> Sender, now: Moment) {
        for place in 0..self.list.len() {
            let entry = &self.list[place];
            let sender = sender(entry);
            if entry.sender != sender {
                self.change(place, |entry| entry.settle(sender, now));
            }
        }
    }

    /// Fills in what follows from a further list of customers. Call [`Self::settle_merged`] before
    /// and after.
    pub fn fill_in(&mut self, customers: &Customers) {
        debug_assert!(self.unsettled.is_empty(), "entries are not settled");
        let has_no_address = |entry: &Entry| entry.recipient.address.is_empty();
        if self.list.iter().any(has_no_address) {
            // Recipients of whom a report gave only a number may now be merged by address.
            for entry in std::mem::take(self).list {
                if entry.recipient.state == State::None {
                    self.add(entry, customers);
                } else {
                    self.merge(entry, customers);
                }
            }
        } else {
            for place in 0..self.list.len() {
                self.change(place, |entry| customers.fill_in(&mut entry.recipient));
            }
        }
    }

    /// Sets what the newest report changed for each entry.
    pub fn set_changes(&mut self, newest: impl Fn(&Entry) -> Option<Change>) {
        for place in 0..self.list.len() {
            let change = newest(&self.list[place]);
            if self.list[place].change != change {
                self.change(place, |entry| entry.change = change);
            }
        }
    }

    /// Sets how many bounces were counted for the entry at this place.
    pub fn set_bounces(&mut self, place: usize, bounces: u32) {
        self.index.set_bounces(place, bounces);
    }

    /// Changes an entry, but not what the directory finds it by.
    fn change(&mut self, place: usize, change: impl FnOnce(&mut Entry)) {
        let entry = &mut self.list[place];
        change(entry);
        self.index.update(place, entry);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::entry::SharedSource;
    use bezorgd::Options;
    use bezorgd_model::{Cause, Customer};
    use bezorgd_protocol::Sort;

    struct Scenario {
        entries: Entries,
        customers: Customers,
        /// The places of the entries with counted bounces, and how many.
        bounces: Vec<(usize, u32)>,
        now: Moment,
    }

    impl Scenario {
        fn new() -> Self {
            Self {
                entries: Entries::default(),
                customers: Customers::default(),
                bounces: Vec::new(),
                now: Moment::parse_rfc3339("2026-03-20T12:00:00+01:00").expect("a valid date"),
            }
        }

        /// The entries of a report.
        fn read(&self, report: &str) -> Vec<Entry> {
            let diagnoses =
                bezorgd::analyse("report.csv", report.as_bytes(), &Options::new(self.now));
            let recipients = diagnoses.into_iter().flat_map(|report| report.recipients);
            let source = SharedSource {
                file: "report.csv".into(),
                original: None,
            };
            let entries: Vec<Entry> = recipients
                .map(|recipient| Entry::new(recipient, &source, None, Sender::Pom))
                .collect();
            assert!(!entries.is_empty(), "no recipients in {report:?}");
            entries
        }

        fn merge(&mut self, report: &str) {
            for entry in self.read(report) {
                self.entries.merge(entry, &self.customers);
            }
            self.settle();
        }

        fn settle(&mut self) {
            self.entries
                .settle_merged(|entry| entry.sender, &self.customers, self.now);
        }

        /// Adds a customer: number, name, address.
        fn fill_in(&mut self, number: &str, name: &str, address: &str) {
            self.customers.add(vec![Customer {
                number: Some(number.into()),
                name: Some(name.into()),
                addresses: vec![address.into()],
                ..Customer::default()
            }]);
            self.entries.fill_in(&self.customers);
            self.settle();
        }

        fn set_bounces(&mut self, place: usize, bounces: u32) {
            self.entries.set_bounces(place, bounces);
            self.bounces.push((place, bounces));
        }

        /// An index that is built from the entries as they are now.
        fn new_index(&self) -> Index {
            let mut index = Index::default();
            self.entries.list.iter().for_each(|entry| index.add(entry));
            for &(place, bounces) in &self.bounces {
                index.set_bounces(place, bounces);
            }
            index
        }
    }

    const FIRST: &str = "E-mail;Datum;Status;Omschrijving\n\
        mia@example.be;12/03/2026 08:00;FAILED;The user's mailbox is full.\n\
        jos@example.be;12/03/2026 08:00;FAILED;DocumentId already used.\n\
        luc@example.be;12/03/2026 08:00;FAILED;Something that matches no rule.\n";
    const SECOND: &str = "Naam;E-mail;Datum;Status\n\
        Mia Wouters;mia@example.be;13/03/2026 09:00;DELIVERED\n\
        Bo Maes;bo@example.be;13/03/2026 09:00;DELIVERED\n";

    /// Every way in which entries change, in the order in which to apply them.
    const STEPS: [fn(&mut Scenario); 10] = [
        |it| it.merge(FIRST),
        // A new recipient, and attempts and a name for one who is there.
        |it| it.merge(SECOND),
        |it| {
            for mut entry in it.read("ann@example.be;11/03/2026 08:00;FAILED;\n") {
                entry.recipient.state = State::None;
                it.entries.add(entry, &it.customers);
            }
        },
        // What to do about an unknown cause depends on the sending system.
        |it| it.entries.assign_senders(|_| Sender::Other, it.now),
        |it| {
            let failed = |entry: &Entry| entry.recipient.cause != Cause::Delivered;
            it.entries
                .set_changes(|entry| failed(entry).then_some(Change::Stays));
        },
        // Somebody without an address, who then turns out to be in the list already.
        |it| {
            for mut entry in it.read("bo@example.be;14/03/2026 08:00;FAILED;Mailbox full.\n") {
                entry.recipient.address.clear();
                entry.recipient.customer = Some("8".into());
                it.entries.merge(entry, &it.customers);
            }
        },
        |it| it.fill_in("8", "Bo Maes", "bo@example.be"),
        |it| it.set_bounces(1, 3),
        |it| it.set_bounces(2, 2),
        // A name for somebody who had none.
        |it| it.fill_in("7", "Jos Peeters", "jos@example.be"),
    ];

    fn filters() -> Vec<Filter> {
        let by = |sort| Filter {
            sort,
            ..Filter::default()
        };
        let mut filters = Sort::ALL.map(by).to_vec();
        filters.extend(["mia", "wouters", "peeters", "8"].map(|search| Filter {
            search: search.into(),
            ..Filter::default()
        }));
        filters.extend(NextStep::ALL.map(|next_step| Filter {
            next_step: Some(next_step),
            ..Filter::default()
        }));
        filters.extend(Change::ALL.iter().map(|&change| Filter {
            change: Some(change),
            ..Filter::default()
        }));
        filters
    }

    #[test]
    fn the_index_follows_every_change_of_an_entry() {
        for filter in filters() {
            let mut scenario = Scenario::new();
            for (number, step) in STEPS.iter().enumerate() {
                step(&mut scenario);
                let mut index = scenario.new_index();
                let about = format!("step {number}, {filter:?}");
                let entries = &mut scenario.entries;
                assert_eq!(entries.next_steps(), index.counts(), "{about}");
                let expected = index.places(&entries.list, &filter);
                // The next step finds what this answer left in the index.
                assert_eq!(entries.places(&filter), expected, "{about}");
            }
        }
    }

    #[test]
    fn recipients_known_by_number_are_merged_once_their_address_is_known() {
        let mut scenario = Scenario::new();
        for step in STEPS {
            step(&mut scenario);
        }
        let list = scenario.entries.list();
        let addresses: Vec<&str> = list.iter().map(|it| &*it.recipient.address).collect();
        let expected = ["mia", "jos", "luc", "bo", "ann"].map(|name| format!("{name}@example.be"));
        assert_eq!(addresses, expected);
        assert_eq!(list[3].recipient.attempts.len(), 2);
        assert_eq!(list[3].sources.len(), 2);
    }
}
