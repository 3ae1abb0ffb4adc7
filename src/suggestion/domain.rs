//! The part after the @: which domain was meant by one that is nobody's.
//!
//! What is real is never corrected: the providers' own domains and those that resemble them
//! (providers.toml), and every domain that mail arrived at in the same evidence.

use super::typing::{self, LIKELY, List, ONE, half_slips};
use std::collections::HashMap;

// What `build/suggestion.rs` made of providers.toml.
include!(concat!(env!("OUT_DIR"), "/providers.rs"));

/// A mail provider.
struct Provider {
    /// What stands before the first dot.
    name: &'static str,
    /// What follows it, commonest first.
    endings: List,
    /// What may follow it too, but is never proposed.
    elsewhere: List,
    kind: Kind,
}

/// Whose a provider's name is.
#[derive(PartialEq)]
enum Kind {
    /// The provider's alone.
    Own,
    /// With another ending, somebody else's.
    Shared,
    /// An ordinary word: with another letter, somebody else's.
    Word,
}

/// How often mail must have arrived at a domain before another one is taken for a slip of it.
const OFTEN: usize = 3;

/// The domains that mail arrived at, in lower case, and how often.
#[derive(Debug, Default)]
pub struct DomainsSeen(HashMap<String, usize>);

impl<'a> FromIterator<&'a str> for DomainsSeen {
    /// Counts the domains of addresses that mail arrived at, each address as often as it did.
    fn from_iter<T: IntoIterator<Item = &'a str>>(addresses: T) -> Self {
        let mut counts: HashMap<String, usize> = HashMap::new();
        for address in addresses {
            let Some((_, domain)) = address.rsplit_once('@') else {
                continue;
            };
            match counts.get_mut(domain) {
                Some(count) => *count += 1,
                None => *counts.entry(domain.to_lowercase()).or_insert(0) += 1,
            }
        }
        Self(counts)
    }
}

/// Finds which domains were meant, each once: many recipients share few of them.
pub struct Finder<'a> {
    seen: &'a DomainsSeen,
    found: HashMap<String, Option<String>>,
}

impl<'a> Finder<'a> {
    /// Knows the providers, and these domains.
    pub fn new(seen: &'a DomainsSeen) -> Self {
        Self {
            seen,
            found: HashMap::new(),
        }
    }

    /// The domain that was meant, if `typed` (in lower case) is not real and one is nearest.
    pub fn meant(&mut self, typed: &str) -> Option<String> {
        if let Some(found) = self.found.get(typed) {
            return found.clone();
        }
        let found = meant(typed, self.seen);
        self.found.insert(typed.to_owned(), found.clone());
        found
    }
}

fn meant(typed: &str, seen: &DomainsSeen) -> Option<String> {
    let is_real = |domain: &str| is_provider(domain) || seen.0.contains_key(domain);
    if is_real(typed) {
        return None;
    }
    if let Some(rest) = typed.strip_prefix("www.") {
        return if is_real(rest) {
            Some(rest.to_owned())
        } else {
            meant(rest, seen)
        };
    }
    if let Some(provider) = with_dot_mended(typed) {
        return Some(provider);
    }
    let parents = typed
        .match_indices('.')
        .map(|(place, _)| &typed[place + 1..]);
    if parents.into_iter().any(is_provider) {
        return None;
    }
    nearest_provider(typed)
        .or_else(|| nearest_seen(typed, seen))
        .or_else(|| with_ending_mended(typed))
}

/// Where a provider's domain begins that ends a text without an @.
pub fn provider_at_end(text: &str) -> Option<usize> {
    let ends = |(provider, ending): (&Provider, &str)| {
        let before = text.strip_suffix(&joined(provider.name, ending))?;
        let words_meet =
            provider.name.len() > 3 && !before.is_empty() && !before.ends_with(['.', '-']);
        words_meet.then_some(before.len())
    };
    targets().find_map(ends)
}

/// Whether a domain is a provider's, or is known to be somebody's that resembles one.
pub fn is_provider(domain: &str) -> bool {
    is_target(domain)
        || LOOKALIKES.contains(domain)
        || with_name_of(domain).any(|(provider, ending)| provider.elsewhere.contains(ending))
}

/// Whether a domain is one that is proposed.
fn is_target(domain: &str) -> bool {
    with_name_of(domain).any(|(provider, ending)| provider.endings.contains(ending))
}

fn with_name_of(domain: &str) -> impl Iterator<Item = (&'static Provider, &str)> {
    let (name, ending) = domain.split_once('.').unwrap_or((domain, ""));
    let known = PROVIDERS
        .iter()
        .filter(move |provider| provider.name == name);
    known.map(move |provider| (provider, ending))
}

/// Every domain that may be proposed.
fn targets() -> impl Iterator<Item = (&'static Provider, &'static str)> {
    PROVIDERS.iter().flat_map(|provider| {
        let endings = provider.endings.words();
        endings.map(move |ending| (provider, ending))
    })
}

fn joined(name: &str, ending: &str) -> String {
    [name, ".", ending].concat()
}

/// A provider's domain whose dot is missing or elsewhere, or that lacks its ending.
fn with_dot_mended(typed: &str) -> Option<String> {
    let dots = typed.bytes().filter(|byte| *byte == b'.').count();
    let (provider, ending) = targets().find(|(provider, ending)| {
        let lacks_ending = provider.kind == Kind::Own && provider.name == typed;
        // Of a short name, two dots make something else.
        let has_other_dots = (provider.name.len() > 3 || dots < 2)
            && letters(typed).eq(letters(provider.name).chain(letters(ending)));
        lacks_ending || has_other_dots
    })?;
    Some(joined(provider.name, ending))
}

fn letters(domain: &str) -> impl Iterator<Item = u8> {
    domain.bytes().filter(|byte| *byte != b'.')
}

fn nearest_provider(typed: &str) -> Option<String> {
    let (name, typed_ending) = typed.split_once('.')?;
    let mut nearest: Option<(usize, &str, &str)> = None;
    for provider in PROVIDERS {
        let Some(name_slips) = provider.name_slips(name) else {
            continue;
        };
        for ending in provider.endings.words() {
            let Some(ending_slips) = provider.ending_slips(typed_ending, ending, name_slips) else {
                continue;
            };
            let slips = name_slips + ending_slips;
            if nearest.is_none_or(|(least, ..)| slips < least) {
                nearest = Some((slips, provider.name, ending));
            }
        }
    }
    nearest.map(|(_, name, ending)| joined(name, ending))
}

impl Provider {
    /// How many half slips a name is from this one's, if they are few enough for its length.
    fn name_slips(&self, typed: &str) -> Option<usize> {
        let meant = self.name;
        if typed == meant {
            return Some(0);
        }
        // The names of firms are short too: a longer one has fewer that resemble it.
        let most = match meant.len() {
            ..4 => return None,
            4 => LIKELY,
            5..8 => ONE,
            _ => 2 * ONE,
        };
        if self.kind == Kind::Word || meant.len() == 4 {
            return typing::swapped(typed, meant).then_some(LIKELY);
        }
        // People see what they begin with: the first letter is right, or only just out of place.
        let (first, rest) = (meant.bytes().next(), meant.get(1..));
        let near_start =
            typed.bytes().take(2).any(|letter| Some(letter) == first) || Some(typed) == rest;
        let only_start = typed.get(1..) == rest;
        if !near_start && !only_start || typed.len().abs_diff(meant.len()) > 2 {
            return None;
        }
        let slips = half_slips(typed, meant);
        (slips <= if near_start { most } else { LIKELY }).then_some(slips)
    }

    /// How many half slips an ending is from one of this provider's, if it can be a mistake for it.
    fn ending_slips(&self, typed: &str, meant: &str, name_slips: usize) -> Option<usize> {
        if typed == meant {
            return Some(0);
        }
        if typing::is_wrong_ending(typed, meant) {
            return Some(half_slips(typed, meant));
        }
        // A real ending, but the name is spelled well enough to be nobody else's with that ending.
        if self.kind == Kind::Word || name_slips > LIKELY {
            return None;
        }
        if let Some((ending, more)) = typed.split_once('.') {
            return (ending == meant && typing::is_common_ending(more)).then_some(ONE);
        }
        let slips = half_slips(typed, meant);
        let is_wrong = match typing::is_common_ending(typed) {
            true => self.kind == Kind::Own,
            false => {
                slips == LIKELY
                    || slips == ONE && typed.len() < meant.len()
                    || meant.starts_with(typed)
            }
        };
        is_wrong.then_some(slips.min(2 * ONE) + ONE)
    }
}

/// A domain of the evidence, one slip away from a name that is long enough.
fn nearest_seen(typed: &str, seen: &DomainsSeen) -> Option<String> {
    const LONG_ENOUGH: usize = 7;
    let name_is_long = |domain: &str| domain.find('.').is_some_and(|length| length >= LONG_ENOUGH);
    let near = seen.0.iter().filter(|&(domain, &count)| {
        count >= OFTEN
            && domain.len().abs_diff(typed.len()) <= 1
            && domain.as_bytes().first() == typed.as_bytes().first()
            && name_is_long(domain)
            && digits(domain).eq(digits(typed))
            && half_slips(typed, domain) <= ONE
    });
    let nearest = near.min_by_key(|&(domain, _)| (half_slips(typed, domain), domain));
    nearest.map(|(domain, _)| domain.clone())
}

/// `school1.be` and `school2.be` are two schools.
fn digits(domain: &str) -> impl Iterator<Item = u8> {
    domain.bytes().filter(u8::is_ascii_digit)
}

/// A domain whose ending does not exist, with the one that must have been meant.
fn with_ending_mended(typed: &str) -> Option<String> {
    let (name, ending) = typed.rsplit_once('.')?;
    Some(joined(name, typing::right_ending(ending)?))
}
