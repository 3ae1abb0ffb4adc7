//! What the list is searched, sorted and counted by: one text of all addresses, and numbers beside
//! it. Nothing is allocated or compared letter by letter for each recipient, so that a million of
//! them answer a keystroke at once.
//!
//! Everything but the counters is made when it is asked for, and kept until an entry changes.

use super::entry::Entry;
use super::signature::Signature;
use bezorgd::address::lower_case;
use bezorgd_model::Cause;
use bezorgd_model::Change;
use bezorgd_model::NextStep;
use bezorgd_protocol::{Filter, Sort};

/// The index over the entries of a session, by their places.
#[derive(Debug, Default)]
pub struct Index {
    keys: Vec<Key>,
    /// How many entries there are for each thing to do.
    counts: [u32; NextStep::ALL.len()],
    /// What is searched of every entry ([`write_line`]), one line each.
    text: String,
    /// Where each line ends, its line feed included.
    ends: Vec<usize>,
    /// What is in each line, so that most lines without the words need not be read.
    signatures: Vec<Signature>,
    /// Every entry, in the order of their lines.
    by_line: Vec<u32>,
    /// Every entry, in the order that was last asked for.
    order: Option<(Sort, Vec<u32>)>,
    /// What passes the filter that was last asked for, in its order.
    hits: Option<(Filter, Vec<u32>)>,
}

/// What an entry is sorted and counted by.
#[derive(Clone, Copy, Debug)]
struct Key {
    next_step: NextStep,
    cause: Cause,
    change: Option<Change>,
    /// When it was last tried, in seconds since 1970; 0 when that is not known.
    latest: u32,
    /// How many bounces were counted; 0 until that is told.
    bounces: u16,
}

impl Key {
    fn of(entry: &Entry) -> Self {
        let latest = entry.last_tried().map(|at| at.unix().max(0));
        Self {
            next_step: entry.next_step(),
            cause: entry.recipient.cause,
            change: entry.change,
            latest: latest.map_or(0, |at| at.try_into().unwrap_or(u32::MAX)),
            bounces: 0,
        }
    }
}

/// What a search looks through: the address, the name and the number, in lower case.
fn write_line(line: &mut String, entry: &Entry) {
    let recipient = &entry.recipient;
    line.push_str(&lower_case(&recipient.address));
    for told in [&recipient.name, &recipient.customer].into_iter().flatten() {
        line.push(' ');
        line.push_str(&lower_case(told));
    }
    line.push('\n');
}

impl Index {
    /// Takes note of an entry that comes after those that are there.
    pub fn added(&mut self, entry: &Entry) {
        let key = Key::of(entry);
        self.keys.push(key);
        self.counts[key.next_step as usize] += 1;
        self.forget();
    }

    /// Takes note of how many bounces were counted for an entry.
    pub fn counted(&mut self, place: usize, bounces: u32) {
        let bounces = bounces.try_into().unwrap_or(u16::MAX);
        if std::mem::replace(&mut self.keys[place].bounces, bounces) != bounces {
            self.forget();
        }
    }

    /// Takes note of what attempts were added to an entry.
    pub fn changed(&mut self, place: usize, entry: &Entry) {
        let key = Key {
            bounces: self.keys[place].bounces,
            ..Key::of(entry)
        };
        let before = std::mem::replace(&mut self.keys[place], key);
        self.counts[before.next_step as usize] -= 1;
        self.counts[key.next_step as usize] += 1;
        self.forget();
        self.reread_unless_known(place, entry);
    }

    /// Forgets all lines when that of an entry is no longer true: a later report gave a name.
    fn reread_unless_known(&mut self, place: usize, entry: &Entry) {
        if place >= self.ends.len() {
            return;
        }
        let mut line = String::new();
        write_line(&mut line, entry);
        if self.line(place) != line.as_bytes() {
            self.text.clear();
            self.ends.clear();
            self.signatures.clear();
            self.by_line.clear();
        }
    }

    fn forget(&mut self) {
        self.order = None;
        self.hits = None;
    }

    /// How many entries there are for each thing to do, worst first; none that are empty.
    pub fn counts(&self) -> Vec<(NextStep, u32)> {
        let all = NextStep::ALL.into_iter().zip(self.counts);
        all.filter(|&(_, count)| count > 0).collect()
    }

    /// The places of the entries that pass the filter, in its order.
    pub fn places(&mut self, entries: &[Entry], filter: &Filter) -> &[u32] {
        if self
            .order
            .as_ref()
            .is_none_or(|(sort, _)| *sort != filter.sort)
        {
            self.read(entries);
            self.order = Some((filter.sort, self.ordered(filter.sort)));
        }
        // A search that went on over the end of a line would find what stands in two.
        let words: Vec<&str> = filter.search.split_whitespace().collect();
        let search = words.join(" ").to_lowercase();
        let all = filter.is_open();
        if !all && self.hits.as_ref().is_none_or(|(known, _)| known != filter) {
            self.hits = Some((filter.clone(), self.passing(entries, &search, filter)));
        }
        match (&self.order, &self.hits) {
            (_, Some((_, hits))) if !all => hits,
            (Some((_, order)), _) => order,
            _ => &[],
        }
    }

    /// Takes in the lines of new entries.
    fn read(&mut self, entries: &[Entry]) {
        let known = self.ends.len();
        if known == entries.len() {
            return;
        }
        for entry in &entries[known..] {
            let start = self.text.len();
            write_line(&mut self.text, entry);
            self.ends.push(self.text.len());
            let line = &self.text.as_bytes()[start..];
            self.signatures.push(Signature::of(line));
        }
        // Those that are sorted already stay first: the sort recognises them.
        let new = known as u32..entries.len() as u32;
        let mut keyed: Vec<(u128, u32)> = (self.by_line.iter().copied().chain(new))
            .map(|place| (prefix(self.line(place as usize)), place))
            .collect();
        keyed.sort_by(|(prefix, place), (other_prefix, other)| {
            let line = |place: u32| self.line(place as usize);
            let lines = || line(*place).cmp(line(*other));
            prefix.cmp(other_prefix).then_with(lines)
        });
        self.by_line.clear();
        self.by_line
            .extend(keyed.into_iter().map(|(_, place)| place));
    }

    fn line(&self, place: usize) -> &[u8] {
        let start = place.checked_sub(1).map_or(0, |before| self.ends[before]);
        &self.text.as_bytes()[start..self.ends[place]]
    }

    fn ordered(&self, sort: Sort) -> Vec<u32> {
        let key = |place: u32| self.keys[place as usize];
        let by_line = &self.by_line;
        match sort {
            Sort::Address => by_line.clone(),
            Sort::NextStep => in_groups(by_line, NextStep::ALL.len(), |place| {
                key(place).next_step as usize
            }),
            Sort::Cause => in_groups(by_line, Cause::ALL.len(), |place| key(place).cause as usize),
            Sort::Bounces => {
                const MOST: u16 = u16::MAX;
                let left = |place: u32| usize::from(MOST - key(place).bounces);
                in_groups(by_line, usize::from(MOST) + 1, left)
            }
            Sort::Latest => {
                // First by the half that weighs least, then by the other (a radix sort).
                const HALF: usize = 1 << 16;
                let age = |place: u32| (u32::MAX - key(place).latest) as usize;
                let order = in_groups(by_line, HALF, |place| age(place) % HALF);
                in_groups(&order, HALF, |place| age(place) / HALF)
            }
        }
    }

    /// What passes a filter, in the order that is there.
    fn passing(&self, entries: &[Entry], search: &str, filter: &Filter) -> Vec<u32> {
        let (search, wanted) = (search.as_bytes(), Signature::of(search.as_bytes()));
        let told_by_signature = Signature::tells_all(search);
        // In the order of the text, which is the order of the memory.
        let passes: Vec<bool> = (self.keys.iter().zip(&self.signatures).enumerate())
            .map(|(place, (key, signature))| {
                filter
                    .next_step
                    .is_none_or(|next_step| key.next_step == next_step)
                    && (filter.change.is_none() || key.change == filter.change)
                    && signature.has(wanted)
                    && (told_by_signature || holds(self.line(place), search))
                    && (filter.period.is_none() || failed_within(&entries[place], filter))
            })
            .collect();
        let order = self.order.as_ref().map_or(&[][..], |(_, order)| order);
        let passing = order.iter().filter(|&&place| passes[place as usize]);
        passing.copied().collect()
    }
}

/// Whether something failed in the period of the filter.
fn failed_within(entry: &Entry, filter: &Filter) -> bool {
    let mut attempts = entry.recipient.attempts.iter();
    attempts.any(|attempt| attempt.action.is_failure() && filter.covers(attempt.at))
}

/// Whether a line holds this. Lines are so short that a searcher made for long texts takes longer.
fn holds(line: &[u8], search: &[u8]) -> bool {
    let Some(first) = search.first() else {
        return true;
    };
    let mut places = line.windows(search.len());
    places.any(|place| place.first() == Some(first) && place == search)
}

/// The first letters of a line as a number that sorts like them.
fn prefix(line: &[u8]) -> u128 {
    let mut letters = [0; 16];
    let length = line.len().min(letters.len());
    letters[..length].copy_from_slice(&line[..length]);
    u128::from_be_bytes(letters)
}

/// Sorts by a number below `groups`, and leaves what has the same number in the order it had.
fn in_groups(places: &[u32], groups: usize, group: impl Fn(u32) -> usize) -> Vec<u32> {
    let mut next = vec![0; groups];
    for &place in places {
        next[group(place)] += 1;
    }
    let mut start = 0;
    for next in &mut next {
        start += std::mem::replace(next, start);
    }
    let mut sorted = vec![0; places.len()];
    for &place in places {
        let next = &mut next[group(place)];
        sorted[*next] = place;
        *next += 1;
    }
    sorted
}
