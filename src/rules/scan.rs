//! Finds many phrases in a text at once. A phrase begins only where a word does, so each word is looked up in
//! the sorted phrases, as in a dictionary.

use crate::model::sorting::sort_by_key;
use std::ops::Range;

/// How many bytes of a phrase are compared as one number.
const KEY: usize = size_of::<u64>();

/// How many bytes a word and a phrase have in common before the phrase is looked up.
const START: usize = size_of::<u32>();

/// How many bits of a hash distinguish such starts: enough that few words share one by chance.
const HASH_BITS: u32 = 15;

/// Phrases in lower case, sorted so that they can be looked up.
#[derive(Debug)]
pub struct Dictionary {
    /// Sorted.
    entries: Vec<Entry>,
    /// The first bytes of each phrase.
    keys: Vec<u64>,
    /// Where the phrases with each first byte begin in `keys`, and where the last ones end.
    firsts: [u32; 257],
    /// The first bytes of the phrases, as far as [`hash`] distinguishes them.
    starts: Vec<u64>,
    /// The first two bytes of the phrases that are shorter than [`START`], as far as [`pair`] distinguishes them.
    pairs: [u64; 64],
}

/// A phrase of a dictionary.
#[derive(Debug)]
struct Entry {
    phrase: &'static str,
    /// The number under which it was given.
    number: u32,
    /// The place of the longest phrase before it that it begins with.
    parent: u32,
}

impl Dictionary {
    /// Phrases, each with a number; several may be equal.
    pub fn new(phrases: impl Iterator<Item = &'static str>) -> Self {
        let mut phrases: Vec<_> = phrases.zip(0..).collect();
        sort_by_key(&mut phrases, |phrase| *phrase);
        let keys = phrases.iter().map(|(phrase, _)| key(phrase.as_bytes()));
        let keys: Vec<u64> = keys.collect();
        let firsts = std::array::from_fn(|first| {
            keys.partition_point(|key| ((key >> (u64::BITS - u8::BITS)) as usize) < first) as u32
        });
        let mut starts = vec![0; 1 << HASH_BITS >> 6];
        let mut entries = Vec::<Entry>::with_capacity(phrases.len());
        let mut pairs = [0; 64];
        for (index, (phrase, number)) in (0_u32..).zip(phrases) {
            let mut parent = index.wrapping_sub(1);
            while let Some(shorter) = entries.get(parent as usize)
                && !phrase.starts_with(shorter.phrase)
            {
                parent = shorter.parent;
            }
            entries.push(Entry {
                phrase,
                number,
                parent,
            });
            let bytes = phrase.as_bytes();
            let (first, second) = pair(bytes);
            match bytes.len() {
                START.. => {
                    let (place, bit) = hash(key(bytes));
                    starts[place] |= bit;
                }
                2.. => pairs[first] |= 1 << second,
                _ => pairs[first] = u64::MAX,
            }
        }
        Self {
            entries,
            keys,
            firsts,
            starts,
            pairs,
        }
    }

    /// Passes the number and the place of every phrase that begins a word of `text` to `each`, in the order of
    /// these words. The text must be in lower case.
    pub fn each_match(&self, text: &[u8], mut each: impl FnMut(usize, Range<usize>)) {
        let mut follows_word = false;
        for (start, byte) in text.iter().enumerate() {
            let is_word = is_word(*byte);
            let is_boundary = !(follows_word && is_word);
            follows_word = is_word;
            if !is_boundary {
                continue;
            }
            let rest = &text[start..];
            let key = key(rest);
            let (place, bit) = hash(key);
            let (first, second) = pair(rest);
            if self.starts[place] & bit == 0 && self.pairs[first] & 1 << second == 0 {
                continue;
            }
            let mut place = self.last_before(rest, key);
            while let Some(entry) = self.entries.get(place as usize) {
                if begins_with(rest, key, entry.phrase, self.keys[place as usize]) {
                    each(entry.number as usize, start..start + entry.phrase.len());
                }
                place = entry.parent;
            }
        }
    }

    /// The last phrase that sorts before `text` or is equal to it. Every phrase with which `text` begins is that
    /// one, or a start of it.
    fn last_before(&self, text: &[u8], key: u64) -> u32 {
        let first = (key >> (u64::BITS - u8::BITS)) as usize;
        let among = self.firsts[first] as usize..self.firsts[first + 1] as usize;
        let from = among.start + self.keys[among].partition_point(|known| *known < key);
        let equal = self.keys[from..].iter().take_while(|known| **known == key);
        let entries = &self.entries[from..from + equal.count()];
        let end = from + entries.partition_point(|entry| entry.phrase.as_bytes() <= text);
        (end as u32).wrapping_sub(1)
    }
}

/// The first two bytes, 64 of each distinguished: letters and digits nearly all.
fn pair(text: &[u8]) -> (usize, usize) {
    let at = |index: usize| usize::from(text.get(index).copied().unwrap_or_default() % 64);
    (at(0), at(1))
}

/// The place and the bit of the first [`START`] bytes of a key in a table of bits.
fn hash(key: u64) -> (usize, u64) {
    let start = (key >> (u64::BITS - START as u32 * u8::BITS)) as u32;
    // Multiplicative hashing with the golden ratio, whose high bits depend on all bytes.
    let hash = start.wrapping_mul(0x9E37_79B1) >> (u32::BITS - HASH_BITS);
    ((hash >> 6) as usize, 1 << (hash & 63))
}

/// The first bytes as one number, in the order of the text.
fn key(text: &[u8]) -> u64 {
    let bytes = text.first_chunk().copied().unwrap_or_else(|| {
        let mut bytes = [0; KEY];
        bytes[..text.len()].copy_from_slice(text);
        bytes
    });
    u64::from_be_bytes(bytes)
}

/// Whether `text` begins with `phrase`. Most do not, and differ in their keys.
fn begins_with(text: &[u8], key: u64, phrase: &str, phrase_key: u64) -> bool {
    let rest = KEY.saturating_sub(phrase.len()) * 8;
    (key ^ phrase_key).checked_shr(rest as u32).unwrap_or(0) == 0
        && (phrase.len() <= KEY || text.starts_with(phrase.as_bytes()))
}

pub fn starts_with(text: &[u8], at: usize, piece: &str) -> bool {
    text.get(at..at + piece.len()) == Some(piece.as_bytes())
}

/// Whether `at` is not inside a word.
pub fn is_boundary(text: &[u8], at: usize) -> bool {
    let word_at = |index: Option<usize>| {
        index
            .and_then(|index| text.get(index))
            .is_some_and(|byte| is_word(*byte))
    };
    !(word_at(at.checked_sub(1)) && word_at(Some(at)))
}

/// Whether a byte is an ASCII letter or digit; scripts without spaces have no word boundaries to check.
pub fn is_word(byte: u8) -> bool {
    byte.is_ascii_alphanumeric()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_phrase_at_the_start_of_a_word_is_found() {
        let phrases = [
            "user unknown",
            "user",
            "use",
            "unknown user",
            "unknown",
            "user unfit",
            "<",
            "user",
        ];
        let dictionary = Dictionary::new(phrases.into_iter());
        let mut found = Vec::new();
        dictionary.each_match(b"abuser: <user unknown user", |number, place| {
            found.push((phrases[number], place.start));
        });
        found.sort_unstable();
        let expected = [
            ("<", 8),
            ("unknown", 14),
            ("unknown user", 14),
            ("use", 9),
            ("use", 22),
            ("user", 9),
            ("user", 9),
            ("user", 22),
            ("user", 22),
            ("user unknown", 9),
        ];
        assert_eq!(found, expected);
    }

    #[test]
    fn a_lookup_agrees_with_a_search() {
        let words = [
            "a",
            "ab",
            "abc",
            "abcdefgh",
            "abcdefghi",
            "abcdefgha",
            "b",
            "ba",
            "z{",
        ];
        let dictionary = Dictionary::new(words.into_iter());
        for text in [
            "",
            "a",
            "abcdefghij",
            "abcdefghb",
            "abd",
            "b",
            "bb",
            "z{",
            "zz",
            "é",
        ] {
            let mut found = Vec::new();
            dictionary.each_match(text.as_bytes(), |number, place| {
                found.extend((place.start == 0).then_some(words[number]));
            });
            found.sort_unstable();
            let mut expected: Vec<_> = words
                .into_iter()
                .filter(|word| text.starts_with(word))
                .collect();
            expected.sort_unstable();
            assert_eq!(found, expected, "{text}");
        }
    }
}
