//! Finds the phrases of the rules in a text: one automaton over what they start with, the rest
//! compared in place.

use super::scan;
use super::tables::{PHRASES, STARTS};
use aho_corasick::nfa::contiguous::NFA;
use memchr::memchr2_iter;
use std::ops::Range;
use std::sync::LazyLock;

/// How many bytes of folded text a ` * ` in a phrase may stand for, within one sentence.
const LONGEST_GAP: usize = 100;

/// Words of a rule: literal pieces with gaps between them.
#[derive(Debug)]
pub(super) struct Phrase {
    /// As the rule writes it.
    pub source: &'static str,
    /// The rules that this phrase can make match.
    pub rules: &'static [usize],
    /// At least one; folded.
    pub pieces: &'static [Piece],
}

/// A literal part of a phrase. An empty one at the end lets the last word go on.
#[derive(Debug)]
pub(super) struct Piece {
    pub text: &'static str,
    pub gap: Gap,
}

/// What may stand before a piece.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) enum Gap {
    /// Nothing, but a word begins here.
    Boundary,
    /// The rest of a word.
    Word,
    /// Any text, up to [`LONGEST_GAP`].
    Any,
}

/// One phrase, by number, and the first place where it stands in the folded text.
pub(super) type Found = (usize, Range<usize>);

static AUTOMATON: LazyLock<Option<NFA>> = LazyLock::new(|| {
    NFA::builder()
        .ascii_case_insensitive(true)
        .build(STARTS.iter().map(|(start, _)| start))
        .ok()
});

/// Every phrase that `text`, which must be folded, contains.
pub(super) fn find(text: &str) -> Vec<Found> {
    let mut found: Vec<Found> = Vec::new();
    let Some(automaton) = AUTOMATON.as_ref() else {
        return found;
    };
    scan::each_match(automaton, text, |start, place| {
        let at = place.start;
        if !is_boundary(text.as_bytes(), at) {
            return;
        }
        for &number in STARTS[start].1 {
            if let Some(end) = end_of(&PHRASES[number], text.as_bytes(), at)
                && !found.iter().any(|(known, _)| *known == number)
            {
                found.push((number, at..end));
            }
        }
    });
    found
}

/// Where the phrase ends if it stands at `at`.
fn end_of(phrase: &Phrase, text: &[u8], at: usize) -> Option<usize> {
    let (first, rest) = phrase.pieces.split_first()?;
    if !starts_with(text, at, first.text) {
        return None;
    }
    let mut end = at + first.text.len();
    for piece in rest {
        end = match piece.gap {
            Gap::Any if is_boundary(text, end) => after_gap(text, end, piece.text)?,
            Gap::Word => after_word(text, end, piece.text)?,
            _ => return None,
        };
    }
    let open = phrase
        .pieces
        .last()
        .is_some_and(|piece| piece.text.is_empty());
    (open || is_boundary(text, end)).then_some(end)
}

/// The end of `piece` where it first begins a word within reach of `from`, in the same sentence.
fn after_gap(text: &[u8], from: usize, piece: &str) -> Option<usize> {
    let first = piece.as_bytes().first()?;
    let (small, capital) = (first.to_ascii_lowercase(), first.to_ascii_uppercase());
    let reach = text.get(from..)?;
    let at = memchr2_iter(small, capital, &reach[..reach.len().min(LONGEST_GAP)])
        .map(|place| from + place)
        .find(|&at| is_boundary(text, at) && starts_with(text, at, piece))?;
    let same_sentence = !(from..=at).any(|at| ends_sentence(text, at));
    same_sentence.then_some(at + piece.len())
}

/// The end of `piece` where it follows, at once or after the rest of the word.
fn after_word(text: &[u8], from: usize, piece: &str) -> Option<usize> {
    let word = text.get(from..)?.iter().take_while(|byte| is_word(**byte));
    let word_end = from + word.count();
    if piece.is_empty() {
        return Some(word_end);
    }
    (from..=word_end)
        .find(|&at| starts_with(text, at, piece))
        .map(|at| at + piece.len())
}

/// Whether a full stop, other than one of several, or an empty line stands before `at`.
fn ends_sentence(text: &[u8], at: usize) -> bool {
    let before = at.saturating_sub(3).min(text.len());
    match text.get(before..at) {
        Some([first, b'.', b' ']) => *first != b'.' && !first.is_ascii_digit(),
        Some([_, b'\n', b'\n']) => true,
        _ => false,
    }
}

fn starts_with(text: &[u8], at: usize, piece: &str) -> bool {
    text.get(at..at + piece.len())
        .is_some_and(|part| part.eq_ignore_ascii_case(piece.as_bytes()))
}

/// Whether no word runs on across `at`.
fn is_boundary(text: &[u8], at: usize) -> bool {
    let word_at = |index: Option<usize>| {
        index
            .and_then(|index| text.get(index))
            .is_some_and(|byte| is_word(*byte))
    };
    !(word_at(at.checked_sub(1)) && word_at(Some(at)))
}

/// Letters and digits as servers write them; scripts without spaces have no boundaries to keep.
fn is_word(byte: u8) -> bool {
    byte.is_ascii_alphanumeric()
}
