//! Finds the phrases of the rules in a text: looks up their first words, and compares the rest in place.

use super::detail_phrases::DETAILS;
use super::phrase::{self, Gap};
use super::rule::{RULES, Rule};
use super::scan::{Dictionary, is_boundary, is_word, starts_with};
use super::tokens::{self, Scope};
use crate::model::sorting::sort_by_key;
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
    sort_by_key(&mut phrases, |phrase| phrase.first);
    phrases
});

/// The first words of phrases, and for each the phrases that have them.
struct PhraseIndex {
    firsts: Dictionary,
    groups: Vec<&'static [RulePhrase]>,
}

static INDEX: LazyLock<PhraseIndex> = LazyLock::new(|| {
    let groups: Vec<_> = PHRASES.chunk_by(|a, b| a.first == b.first).collect();
    PhraseIndex {
        firsts: Dictionary::new(groups.iter().map(|group| group[0].first)),
        groups,
    }
});

/// Every phrase that `text`, which must be folded, contains.
pub(super) fn find(text: &str) -> Vec<PhraseMatch> {
    let mut found: Vec<PhraseMatch> = Vec::new();
    let index = &*INDEX;
    let all = text.to_ascii_lowercase().into_bytes();
    let (words, names) = (OnceCell::new(), OnceCell::new());
    index.firsts.each_match(&all, |group, place| {
        let at = place.start;
        let group = index.groups[group];
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
