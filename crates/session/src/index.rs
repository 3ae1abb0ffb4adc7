//! Searches, sorts and counts the list: one text of all addresses, and numbers beside it. Nothing is
//! allocated or compared letter by letter for each recipient, so that a search among a million
//! answers within a keystroke.
//!
//! Everything but the counters is built on request, and kept until an entry changes.

use super::entry::Entry;
use super::text_signature::TextSignature;
use bezorgd_model::Cause;
use bezorgd_model::Change;
use bezorgd_model::NextStep;
use bezorgd_model::fold::push_folded;
use bezorgd_protocol::{Filter, Sort};

/// The index over the entries of a session, by their places.
#[derive(Debug, Default)]
pub struct Index {
    keys: Vec<Key>,
    /// How many entries there are for each next step.
    counts: [u32; NextStep::ALL.len()],
    /// The searchable text of every entry ([`write_line`]), one line each.
    text: String,
    /// Where each line ends, its line feed included.
    ends: Vec<usize>,
    /// The signature of each line, so that most lines without the searched words need not be read.
    signatures: Vec<TextSignature>,
    /// Every entry, in the order of their lines.
    by_line: Vec<u32>,
    /// Every entry, in the order that was last requested.
    order: Option<(Sort, Vec<u32>)>,
    /// The entries that pass the last requested filter, in its order.
    hits: Option<(Filter, Vec<u32>)>,
}

/// The values by which an entry is sorted and counted.
#[derive(Clone, Copy, Debug)]
struct Key {
    next_step: NextStep,
    cause: Cause,
    change: Option<Change>,
    /// When delivery was last attempted, in seconds since 1970; 0 if unknown.
    latest: u32,
    /// How many bounces were counted; 0 before [`Index::set_bounces`].
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

/// Adds the searchable text of an entry: address, name, number and documents.
fn write_line(line: &mut String, entry: &Entry) {
    let recipient = &entry.recipient;
    push_searchable(line, &recipient.address);
    for text in [&recipient.name, &recipient.customer].into_iter().flatten() {
        line.push(' ');
        push_searchable(line, text);
    }
    let mut last = None;
    for document in recipient
        .attempts
        .iter()
        .filter_map(|attempt| attempt.document.as_ref())
    {
        if last != Some(document) {
            line.push(' ');
            push_searchable(line, document);
            last = Some(document);
        }
    }
    line.push('\n');
}

/// Adds a text as it is searched: folded, on one line, without the signs that people leave out or confuse.
fn push_searchable(line: &mut String, text: &str) {
    for character in text.chars().filter(|sign| !matches!(sign, '.' | '-' | '_')) {
        push_folded(
            line,
            if character.is_whitespace() {
                ' '
            } else {
                character
            },
        );
    }
}

/// The words of a search, as lines hold them.
fn searched_words(search: &str) -> Vec<String> {
    let words = search.split_whitespace().map(|word| {
        let mut searchable = String::new();
        push_searchable(&mut searchable, word);
        searchable
    });
    words.filter(|word| !word.is_empty()).collect()
}

impl Index {
    /// Adds an entry after the others.
    pub fn add(&mut self, entry: &Entry) {
        let key = Key::of(entry);
        self.keys.push(key);
        self.counts[key.next_step as usize] += 1;
        self.forget();
    }

    /// Sets how many bounces were counted for the entry at this place.
    pub fn set_bounces(&mut self, place: usize, bounces: u32) {
        let bounces = bounces.try_into().unwrap_or(u16::MAX);
        if std::mem::replace(&mut self.keys[place].bounces, bounces) != bounces {
            self.forget();
        }
    }

    /// Updates the index after the entry at this place has changed.
    pub fn update(&mut self, place: usize, entry: &Entry) {
        let key = Key {
            bounces: self.keys[place].bounces,
            ..Key::of(entry)
        };
        let before = std::mem::replace(&mut self.keys[place], key);
        self.counts[before.next_step as usize] -= 1;
        self.counts[key.next_step as usize] += 1;
        self.forget();
        self.drop_lines_if_changed(place, entry);
    }

    /// Drops all lines if that of this entry has changed: a later report may add a name.
    fn drop_lines_if_changed(&mut self, place: usize, entry: &Entry) {
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

    /// How many entries there are for each next step, worst first, without the zeros.
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
            self.build_lines(entries);
            self.order = Some((filter.sort, self.ordered(filter.sort)));
        }
        let all = filter.is_open();
        if !all
            && self
                .hits
                .as_ref()
                .is_none_or(|(answered, _)| answered != filter)
        {
            self.hits = Some((filter.clone(), self.passing(entries, filter)));
        }
        match (&self.order, &self.hits) {
            (_, Some((_, hits))) if !all => hits,
            (Some((_, order)), _) => order,
            _ => &[],
        }
    }

    /// Builds the lines of new entries.
    fn build_lines(&mut self, entries: &[Entry]) {
        let built = self.ends.len();
        if built == entries.len() {
            return;
        }
        for entry in &entries[built..] {
            let start = self.text.len();
            write_line(&mut self.text, entry);
            self.ends.push(self.text.len());
            let line = &self.text.as_bytes()[start..];
            self.signatures.push(TextSignature::of(line));
        }
        // The sorted entries come first: the sort detects such a run.
        let new = built as u32..entries.len() as u32;
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
        &self.text.as_bytes()[self.start(place)..self.ends[place]]
    }

    fn start(&self, place: usize) -> usize {
        place.checked_sub(1).map_or(0, |before| self.ends[before])
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
                // By the lower half, then by the upper half (a radix sort).
                const HALF: usize = 1 << 16;
                let age = |place: u32| (u32::MAX - key(place).latest) as usize;
                let order = in_groups(by_line, HALF, |place| age(place) % HALF);
                in_groups(&order, HALF, |place| age(place) / HALF)
            }
        }
    }

    /// The entries that pass a filter, in the current order.
    fn passing(&self, entries: &[Entry], filter: &Filter) -> Vec<u32> {
        let words = searched_words(&filter.search);
        let words: Vec<(&[u8], TextSignature, bool)> = words
            .iter()
            .map(|word| {
                let word = word.as_bytes();
                let decides = TextSignature::is_exact_for(word);
                (word, TextSignature::of(word), decides)
            })
            .collect();
        // In the order of the text, because that is the order in memory.
        let passes: Vec<bool> = (self.keys.iter().zip(&self.signatures).enumerate())
            .map(|(place, (key, signature))| {
                let has_word = |(word, wanted, decides): &(&[u8], TextSignature, bool)| {
                    signature.may_contain(*wanted) && (*decides || contains(self.line(place), word))
                };
                filter
                    .next_step
                    .is_none_or(|next_step| key.next_step == next_step)
                    && (filter.change.is_none() || key.change == filter.change)
                    && words.iter().all(has_word)
                    && (filter.period.is_none() || failed_within(&entries[place], filter))
            })
            .collect();
        let order = self.order.as_ref().map_or(&[][..], |(_, order)| order);
        let passing = order.iter().filter(|&&place| passes[place as usize]);
        passing.copied().collect()
    }

    /// The entries in which every word of a search is spelled nearly so, at most `most` of them.
    pub fn near(&mut self, entries: &[Entry], search: &str, most: usize) -> Vec<u32> {
        self.build_lines(entries);
        let words = searched_words(search);
        let edits: u32 = words.iter().map(|word| edits_allowed(word)).sum();
        if edits == 0 {
            return Vec::new();
        }
        let wanted = TextSignature::of(words.join(" ").as_bytes());
        let is_near = |place: &u32| {
            let place = *place as usize;
            // One edit brings in at most one letter.
            self.signatures[place].letters_missing(wanted) <= edits
                && is_near(&self.text[self.start(place)..self.ends[place]], &words)
        };
        let places = self.by_line.iter().copied();
        places.filter(is_near).take(most).collect()
    }
}

/// How many letters of a word may differ in one that is near it; in short words another letter is another
/// word.
fn edits_allowed(word: &str) -> u32 {
    match word.chars().count() {
        0..4 => 0,
        4..8 => 1,
        _ => 2,
    }
}

/// Whether a line has a part near each of the words: its address, or the parts of that, or another word.
fn is_near(line: &str, words: &[String]) -> bool {
    let parts = || line.split_whitespace().chain(line.split([' ', '@', '\n']));
    words.iter().all(|word| {
        let most = edits_allowed(word) as usize;
        parts().any(|part| {
            part.len().abs_diff(word.len()) <= most && strsim::osa_distance(part, word) <= most
        })
    })
}

/// Whether something failed in the period of the filter.
fn failed_within(entry: &Entry, filter: &Filter) -> bool {
    let mut attempts = entry.recipient.attempts.iter();
    attempts.any(|attempt| attempt.action.is_failure() && filter.covers(attempt.at))
}

/// Whether a line contains this. Lines are so short that `memchr::memmem` takes longer.
fn contains(line: &[u8], search: &[u8]) -> bool {
    let Some(first) = search.first() else {
        return true;
    };
    let mut places = line.windows(search.len());
    places.any(|place| place.first() == Some(first) && place == search)
}

/// The first 16 bytes of a line as a number that sorts like them.
fn prefix(line: &[u8]) -> u128 {
    let mut letters = [0; 16];
    let length = line.len().min(letters.len());
    letters[..length].copy_from_slice(&line[..length]);
    u128::from_be_bytes(letters)
}

/// Sorts by a number below `groups`; stable (a counting sort).
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
