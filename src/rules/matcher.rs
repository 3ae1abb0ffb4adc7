//! Finds the phrases of the rules in a text: one automaton over their starts; the rest is compared in
//! place.

use super::detail_phrases::DETAILS;
use super::phrase::{self, Gap};
use super::rule::{RULES, Rule};
use super::scan;
use super::tokens::{self, Scope};
use aho_corasick::nfa::contiguous::NFA;
use memchr::memchr_iter;
use std::cell::OnceCell;
use std::ops::Range;
use std::sync::LazyLock;

/// How many bytes of folded text a ` * ` in a phrase may span, within one sentence.
const LONGEST_GAP: usize = 100;

/// A phrase in a rule.
#[derive(Debug)]
pub(super) struct RulePhrase {
    /// The phrase as the rule writes it, folded.
    pub phrase: &'static str,
    pub rule: &'static Rule,
    pub role: PhraseRole,
    /// The phrase up to its first gap.
    first: &'static str,
    /// That gap and what follows it.
    rest: Option<(Gap, &'static str)>,
    /// The parts of a text to search.
    scope: Scope,
}

/// What a phrase does when the text contains it.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) enum PhraseRole {
    /// Makes the rule match.
    Any,
    /// A further phrase that the rule requires.
    And,
    /// Excludes the rule.
    Unless,
}

/// A phrase of a rule, and the first place in the folded text that matches it.
pub(super) type PhraseMatch = (&'static RulePhrase, Range<usize>);

/// Every phrase of every rule and detail, in order of its first words.
static PHRASES: LazyLock<Vec<RulePhrase>> = LazyLock::new(|| {
    let mut phrases = Vec::new();
    for rule in RULES.iter().chain(DETAILS.iter()) {
        let lists = [
            (PhraseRole::Any, rule.any, Scope::Words),
            (PhraseRole::Any, rule.names, Scope::Names),
            (PhraseRole::And, rule.and, Scope::Words),
            (PhraseRole::Unless, rule.unless, Scope::Words),
        ];
        for (role, texts, scope) in lists {
            phrases.extend(texts.lines().map(|phrase| {
                let (first, rest) = phrase::split(phrase);
                RulePhrase {
                    phrase,
                    rule,
                    role,
                    first,
                    rest,
                    scope: match tokens::scope(phrase) {
                        Scope::Words => scope,
                        wider => wider,
                    },
                }
            }));
        }
    }
    phrases.sort_unstable_by_key(|phrase| phrase.first);
    phrases
});

/// An automaton over the starts of phrases, and for each start the phrases that have it.
struct PhraseIndex {
    automaton: NFA,
    groups: Vec<&'static [RulePhrase]>,
}

static INDEX: LazyLock<Option<PhraseIndex>> = LazyLock::new(|| {
    let groups: Vec<_> = PHRASES.chunk_by(|a, b| a.first == b.first).collect();
    let automaton = NFA::new(starts(&groups)).ok()?;
    Some(PhraseIndex { automaton, groups })
});

/// What distinguishes groups: of each the shortest start that no other has, or else all of its first
/// words. More would only make the automaton over them larger.
fn starts(groups: &[&'static [RulePhrase]]) -> Vec<&'static [u8]> {
    let firsts: Vec<&[u8]> = groups
        .iter()
        .map(|group| group[0].first.as_bytes())
        .collect();
    let shared = |a: &[u8], b: &[u8]| a.iter().zip(b).take_while(|(a, b)| a == b).count();
    let mut before = 0;
    (firsts.iter().enumerate())
        .map(|(number, first)| {
            let after = (firsts.get(number + 1)).map_or(0, |next| shared(first, next));
            let length = before.max(after) + 1;
            before = after;
            first.get(..length).unwrap_or(first)
        })
        .collect()
}

/// Every phrase that `text`, which must be folded, contains.
pub(super) fn find(text: &str) -> Vec<PhraseMatch> {
    let mut found: Vec<PhraseMatch> = Vec::new();
    let Some(index) = INDEX.as_ref() else {
        return found;
    };
    let all = text.to_ascii_lowercase().into_bytes();
    let (words, names) = (OnceCell::new(), OnceCell::new());
    scan::each_match(&index.automaton, &all, |group, place| {
        let at = place.start;
        let group = index.groups[group];
        if !is_boundary(&all, at) {
            return;
        }
        for candidate in group {
            let scope = candidate.scope;
            let blanked = || tokens::blanked(text, scope);
            let bytes: &[u8] = match scope {
                Scope::All => &all,
                Scope::Names => names.get_or_init(blanked),
                Scope::Words => words.get_or_init(blanked),
            };
            if let Some(end) = candidate.end(bytes, at)
                && !found
                    .iter()
                    .any(|(listed, _)| std::ptr::eq(*listed, candidate))
            {
                found.push((candidate, at..end));
            }
        }
    });
    found
}

impl RulePhrase {
    /// Where the phrase ends, if a text in lower case contains it at `at`.
    fn end(&self, text: &[u8], at: usize) -> Option<usize> {
        if !starts_with(text, at, self.first) {
            return None;
        }
        let (mut end, mut rest) = (at + self.first.len(), self.rest);
        while let Some((gap, after)) = rest {
            let (piece, next) = phrase::split(after);
            end = match gap {
                Gap::Any if is_boundary(text, end) => after_gap(text, end, piece)?,
                Gap::Any => return None,
                Gap::Word => after_word(text, end, piece)?,
            };
            rest = next;
        }
        is_boundary(text, end).then_some(end)
    }
}

/// The end of the first `piece` that begins a word within [`LONGEST_GAP`] of `from`, in the same sentence.
fn after_gap(text: &[u8], from: usize, piece: &str) -> Option<usize> {
    let first = piece.as_bytes().first()?;
    let reach = text.get(from..)?;
    let at = memchr_iter(*first, &reach[..reach.len().min(LONGEST_GAP)])
        .map(|place| from + place)
        .find(|&at| is_boundary(text, at) && starts_with(text, at, piece))?;
    let same_sentence = !(from..=at).any(|at| ends_sentence(text, at));
    same_sentence.then_some(at + piece.len())
}

/// The end of `piece` if it follows at `from`, directly or after the rest of the word.
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

/// Whether a full stop, other than one of several, or an empty line is before `at`.
fn ends_sentence(text: &[u8], at: usize) -> bool {
    let before = at.saturating_sub(3).min(text.len());
    match text.get(before..at) {
        Some([first, b'.', b' ']) => *first != b'.' && !first.is_ascii_digit(),
        Some([_, b'\n', b'\n']) => true,
        _ => false,
    }
}

fn starts_with(text: &[u8], at: usize, piece: &str) -> bool {
    text.get(at..at + piece.len()) == Some(piece.as_bytes())
}

/// Whether `at` is not inside a word.
fn is_boundary(text: &[u8], at: usize) -> bool {
    let word_at = |index: Option<usize>| {
        index
            .and_then(|index| text.get(index))
            .is_some_and(|byte| is_word(*byte))
    };
    !(word_at(at.checked_sub(1)) && word_at(Some(at)))
}

/// Whether a byte is an ASCII letter or digit; scripts without spaces have no word boundaries to check.
fn is_word(byte: u8) -> bool {
    byte.is_ascii_alphanumeric()
}
