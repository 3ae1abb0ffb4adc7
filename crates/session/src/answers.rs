//! The answers of a session: the overview, a window of the list, one recipient, and exports.

use super::entry::{Entry, SharedSource};
use super::{Session, export, message_table};
use bezorgd::address::is_address;
use bezorgd::rules::{self, Evidence};
use bezorgd_model::shown::shown;
use bezorgd_model::{Attempt, Customer, FittingRule, NoWorkbook, Sender};
use bezorgd_protocol::{
    Bounces, Detail, Event, ExportForm, ExportList, Filter, Holders, ListRow, NoHit, Overview,
};
use bezorgd_senders::Policy;
use bezorgd_senders::bounces::{self, AttemptedMessage};
use bezorgd_senders::counter::{Counter, Step, Tally, Thresholds};
use bezorgd_senders::message_types::MessageType;
use std::borrow::Cow;

/// How many customers with the same address to list.
const MOST_HOLDERS: usize = 20;

/// How many recipients to list that are nearly what was searched.
const MOST_NEAR: usize = 3;

impl Session {
    pub(super) fn overview(&mut self) -> Overview {
        self.settle_merged();
        Overview {
            recipients: self.entries.list().len() as u32,
            next_steps: self.entries.next_steps(),
            senders: self.senders.counts(),
            counts: self.counts(),
            customers: (!self.customers.is_empty()).then(|| self.customers.count()),
            report: !self.reports.is_empty(),
            problems: self.problems.listed().to_vec(),
            more_problems: self.problems.more().to_vec(),
            ..self.findings.clone()
        }
    }

    /// Whether a sending system of the evidence counts bounces.
    fn counts(&self) -> bool {
        let counts = |sender| Policy::of(sender).counter.is_some();
        self.settings.sender.is_none() && self.senders.named().any(counts)
            || counts(self.senders.of(None, &self.settings))
    }

    pub(super) fn list(
        &mut self,
        filter: Filter,
        offset: u32,
        limit: u32,
        reply: &mut dyn FnMut(Event),
    ) {
        let (total, rows) = self.rows(&filter, offset, limit);
        let is_missed = total == 0 && !filter.search.trim().is_empty();
        let no_hit = is_missed.then(|| self.no_hit(&filter));
        reply(Event::Listing {
            filter,
            total,
            offset,
            rows,
            no_hit,
        });
    }

    /// What is known of a search that found nobody.
    fn no_hit(&mut self, filter: &Filter) -> NoHit {
        let near = self.entries.near(&filter.search, MOST_NEAR);
        if !near.is_empty() {
            let rows = near.into_iter().filter_map(|place| self.row(place));
            return NoHit::Near(rows.collect());
        }
        let only_searched = Filter {
            search: String::new(),
            ..filter.clone()
        };
        // Part of an address may be that of anybody, and another filter may hide them.
        if !is_address(filter.search.trim()) || !only_searched.is_open() {
            return NoHit::Nothing;
        }
        let lists_everyone = |sender: &Sender| Policy::of(*sender).lists_everyone;
        let Some(sender) = self.senders.named().find(lists_everyone) else {
            return NoHit::Nothing;
        };
        let reports = self.reports.iter().filter(|report| report.sender == sender);
        NoHit::NotAttempted {
            sender,
            reports: reports.map(|report| report.file.to_string()).collect(),
        }
    }

    pub(super) fn print(&mut self, filter: &Filter, limit: u32, reply: &mut dyn FnMut(Event)) {
        let (_, rows) = self.rows(filter, 0, limit);
        reply(Event::Printing(rows));
    }

    /// How many recipients pass the filter, and the requested rows of them.
    fn rows(&mut self, filter: &Filter, offset: u32, limit: u32) -> (u32, Vec<ListRow>) {
        let places = self.entries.places(filter);
        let window = places.iter().skip(offset as usize).take(limit as usize);
        let (total, window) = (places.len() as u32, window.copied().collect::<Vec<u32>>());
        let rows = window.into_iter().filter_map(|place| self.row(place));
        (total, rows.collect())
    }

    fn row(&self, id: u32) -> Option<ListRow> {
        let entry = self.entries.list().get(id as usize)?;
        let recipient = &entry.recipient;
        Some(ListRow {
            id,
            address: recipient.address.clone(),
            name: recipient.name.as_deref().map(str::to_owned),
            customer: recipient.customer.as_deref().map(str::to_owned),
            cause: recipient.cause,
            state: recipient.state,
            next_step: entry.next_step(),
            at: entry.last_tried(),
            retry_until: recipient.retry_until,
            suggestion: recipient.suggestion.clone(),
            tally: self.tally(entry),
        })
    }

    /// Passes on the details of a recipient; nothing if there is none with this `id`.
    pub(super) fn show(&self, id: u32, reply: &mut dyn FnMut(Event)) {
        if let Some(detail) = self.detail(id) {
            reply(Event::Shown(Box::new(detail)));
        }
    }

    pub(super) fn detail(&self, id: u32) -> Option<Detail> {
        let entry = self.entries.list().get(id as usize)?;
        let policy = Policy::of(entry.sender);
        let cause = entry.recipient.cause;
        let mut recipient = entry.recipient.clone();
        for attempt in &mut recipient.attempts {
            // What was matched has its place in the text, so that it moves with what the page gets.
            if let Cow::Owned(text) = shown(&attempt.text) {
                let matched = attempt.matched;
                attempt.matched = matched.map(|span| span.in_shown(&attempt.text));
                attempt.text = text.into();
            }
        }
        Some(Detail {
            id,
            recipient,
            next_step: entry.next_step(),
            sender: entry.sender,
            domain: policy.domain.to_owned(),
            sources: entry.sources.iter().map(SharedSource::for_page).collect(),
            reasons: policy
                .reasons(cause)
                .iter()
                .map(|&word| word.into())
                .collect(),
            bounces: self.bounces(entry),
            holders: self.holders(entry),
            rules: entry
                .recipient
                .deciding()
                .map(|(_, attempt)| matching_rules(attempt))
                .unwrap_or_default(),
        })
    }

    fn bounces(&self, entry: &Entry) -> Option<Bounces> {
        let thresholds = Policy::of(entry.sender).thresholds(self.settings.thresholds)?;
        let (counter, steps) = self.count(entry, &thresholds);
        if steps.iter().all(Option::is_none) {
            return None;
        }
        let attempts = entry.recipient.attempts.iter().zip(&entry.sources);
        let types = attempts.map(|(attempt, source)| self.message_type(attempt, source).cloned());
        let listed = self.listed(entry);
        Some(Bounces {
            tally: counter.tally(listed),
            counter,
            steps,
            types: types.collect(),
            listed,
            thresholds,
        })
    }

    /// The type of a message, by its code or else by its subject.
    pub(super) fn message_type(
        &self,
        attempt: &Attempt,
        source: &SharedSource,
    ) -> Option<&MessageType> {
        let types = &self.options.message_types;
        types.of(attempt, source.original.as_deref())
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
        let is_holder =
            |customer: &&Customer| with_address.iter().any(|holder| holder == *customer);
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

    pub(super) fn export(
        &mut self,
        filter: &Filter,
        list: ExportList,
        form: ExportForm,
        reply: &mut dyn FnMut(Event),
    ) {
        let written = self.write_export(filter, list, form, &mut |part| reply(Event::Part(part)));
        reply(written.map_or_else(Event::NotExported, |()| Event::Exported));
    }

    fn write_export(
        &mut self,
        filter: &Filter,
        list: ExportList,
        form: ExportForm,
        part: &mut dyn FnMut(Vec<u8>),
    ) -> Result<(), NoWorkbook> {
        let places = self.entries.places(filter).to_vec();
        let writer = self.options.host.write_workbook;
        match list {
            ExportList::Recipients => {
                let entries = places.iter().map(|&place| {
                    let entry = &self.entries.list()[place as usize];
                    (entry, self.tally(entry))
                });
                export::recipients(self.words, entries, self.counts(), form, writer, part)
            }
            ExportList::Messages => {
                let messages = places
                    .iter()
                    .filter_map(|&place| self.entries.list().get(place as usize));
                let messages = messages.flat_map(|entry| self.messages(entry, filter));
                let messages: Vec<export::BouncedMessage<'_>> = messages.collect();
                export::messages(self.words, &messages, form, writer, part)
            }
        }
    }

    pub(super) fn export_message_types(&self, reply: &mut dyn FnMut(Event)) {
        let types = Policy::message_types_or_known(self.settings.message_types.as_deref());
        reply(Event::Part(message_table::write(self.words, &types)));
        reply(Event::Exported);
    }

    /// The messages to a recipient that bounced within the period of the filter, each once.
    fn messages<'a>(
        &'a self,
        entry: &'a Entry,
        filter: &Filter,
    ) -> Vec<export::BouncedMessage<'a>> {
        let Some((_, steps)) = self.counted(entry) else {
            return Vec::new();
        };
        let attempts = entry
            .recipient
            .attempts
            .iter()
            .zip(&entry.sources)
            .zip(steps);
        let counted = attempts.filter(|((attempt, _), step)| {
            step.is_some_and(|step| step != Step::Repeated) && filter.covers(attempt.at)
        });
        counted
            .map(|((attempt, source), _)| export::BouncedMessage {
                words: self.words,
                entry,
                attempt,
                source,
                kind: self.message_type(attempt, source),
            })
            .collect()
    }

    /// What the bounces of a recipient add up to; `None` if the sending system counts none.
    fn tally(&self, entry: &Entry) -> Option<Tally> {
        self.counted(entry).map(|(tally, _)| tally)
    }

    fn count(&self, entry: &Entry, thresholds: &Thresholds) -> (Counter, Vec<Option<Step>>) {
        let attempts = entry.recipient.attempts.iter().zip(&entry.sources);
        let messages = attempts.map(|(attempt, source)| AttemptedMessage {
            attempt,
            original: source.original.as_deref(),
            file: &source.file,
        });
        let messages: Vec<AttemptedMessage<'_>> = messages.collect();
        bounces::count(&messages, thresholds, self.options.now)
    }

    /// The same, and what each attempt counted for; `None` for one that did not fail.
    pub(super) fn counted(&self, entry: &Entry) -> Option<(Tally, Vec<Option<Step>>)> {
        let thresholds = Policy::of(entry.sender).thresholds(self.settings.thresholds)?;
        let (counter, steps) = self.count(entry, &thresholds);
        let failed = steps.iter().any(Option::is_some);
        failed.then(|| (counter.tally(self.listed(entry)), steps))
    }

    /// How many bounces the sending system has counted itself, if the list of customers says so.
    fn listed(&self, entry: &Entry) -> Option<u32> {
        let holders = self.customers.with_address(&entry.recipient.address);
        holders.filter_map(|holder| holder.bounces).max()
    }
}

/// The rules that match the text of a failed attempt, the winner first.
fn matching_rules(attempt: &Attempt) -> Vec<FittingRule> {
    if !attempt.action.is_failure() {
        return Vec::new();
    }
    rules::explain(&Evidence {
        text: &attempt.text,
        status: attempt.status,
        reply_code: attempt.reply_code,
    })
}
