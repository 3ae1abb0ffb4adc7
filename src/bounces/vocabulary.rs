//! The phrases by which a report is recognised and divided, compiled from `vocabulary/*.toml`.
//!
//! A file holds phrases that mean the same, grouped by the system or language they come from, each group
//! with its source and an example. Phrases are lower case without accents, as [`crate::rules::fold`]
//! writes text.

use super::server_text::unwrapped;
use crate::rules::scan::Dictionary;
use std::sync::{LazyLock, OnceLock};

include!(concat!(env!("OUT_DIR"), "/vocabulary.rs"));

/// Phrases that mean the same.
pub struct List {
    /// One per line, sorted.
    text: &'static str,
    phrases: OnceLock<Vec<&'static str>>,
}

impl List {
    const fn new(text: &'static str) -> Self {
        Self {
            text,
            phrases: OnceLock::new(),
        }
    }

    /// The phrases, sorted.
    pub fn phrases(&self) -> &[&'static str] {
        self.phrases.get_or_init(|| self.text.lines().collect())
    }

    /// Whether one of them is `text`, which must be folded and in lower case.
    pub fn contains(&self, text: &str) -> bool {
        self.phrases().binary_search(&text).is_ok()
    }

    /// Those that begin with this letter, in either case.
    fn beginning_with(&self, first: u8) -> impl Iterator<Item = &'static str> {
        let first = first.to_ascii_lowercase();
        let phrases = self.phrases();
        let from = phrases.partition_point(|phrase| phrase.as_bytes()[0] < first);
        let rest = phrases[from..].iter().copied();
        rest.take_while(move |phrase| phrase.as_bytes()[0] == first)
    }

    /// The length of the longest of them that `text`, which must be folded, begins with.
    fn longest_start(&self, text: &str) -> Option<usize> {
        self.beginning_with(text.bytes().next()?)
            .filter(|phrase| {
                let start = text.get(..phrase.len());
                start.is_some_and(|start| start.eq_ignore_ascii_case(phrase))
            })
            .map(|phrase| phrase.len())
            .max()
    }
}

/// A group of phrases and what must be recognised by them.
#[cfg(test)]
pub struct Example {
    /// The name of its file.
    list: &'static str,
    group: &'static str,
    /// What the source says, with one of the phrases in it.
    text: &'static str,
    /// A line in which each phrase must be recognised in the place of `{}`.
    frame: &'static str,
    phrases: &'static [&'static str],
}

/// What the phrases in a mail say about its kind.
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq)]
pub struct Signs {
    /// It has one of [`REPORT_PROOFS`].
    pub proof: bool,
    /// It has one of [`FAILURE_STATEMENTS`].
    pub statement: bool,
    /// It has one of [`STILL_TRYING`].
    pub still_trying: bool,
    /// It has one of [`GIVEN_UP`].
    pub given_up: bool,
    /// It has one of [`ARRIVED`].
    pub arrived: bool,
    /// It has one of [`FAILURE_SUBJECTS`], which means something in a subject only.
    pub subject: bool,
}

impl Signs {
    /// Reads `text`, which must be folded; neither ASCII case nor where its lines end matters.
    pub fn of(text: &str) -> Self {
        let mut signs = Self::default();
        let (phrases, meanings) = &*PHRASES;
        let text = unwrapped(text).to_ascii_lowercase();
        phrases.each_match(text.as_bytes(), |phrase, _| {
            *meanings[phrase](&mut signs) = true;
        });
        signs
    }
}

/// Whether a text might begin with one of [`RETURNED_MESSAGE`], by its first letter: most lines do not.
pub fn may_be_returned_message(text: &str) -> bool {
    // Folding turns any other letter into one of ASCII.
    let may_begin =
        |first: u8| !first.is_ascii() || RETURNED_MESSAGE.beginning_with(first).next().is_some();
    text.bytes().next().is_some_and(may_begin)
}

/// How many bytes of a folded text are one of [`RETURNED_MESSAGE`], when it begins with one.
pub fn returned_message(text: &str) -> Option<usize> {
    RETURNED_MESSAGE.longest_start(text)
}

/// The sign of a phrase.
type Sign = fn(&mut Signs) -> &mut bool;

static LISTS: [(&List, Sign); 6] = [
    (&REPORT_PROOFS, |signs| &mut signs.proof),
    (&FAILURE_STATEMENTS, |signs| &mut signs.statement),
    (&STILL_TRYING, |signs| &mut signs.still_trying),
    (&GIVEN_UP, |signs| &mut signs.given_up),
    (&ARRIVED, |signs| &mut signs.arrived),
    (&FAILURE_SUBJECTS, |signs| &mut signs.subject),
];

/// The phrases of these lists, and the sign of each.
static PHRASES: LazyLock<(Dictionary, Vec<Sign>)> = LazyLock::new(|| {
    let phrases = LISTS
        .iter()
        .flat_map(|(list, sign)| list.phrases().iter().map(|phrase| (*phrase, *sign)));
    let (phrases, signs): (Vec<_>, Vec<_>) = phrases.unzip();
    (Dictionary::new(phrases.into_iter()), signs)
});

#[cfg(test)]
mod tests {
    use super::*;
    use crate::bounces::forwarded::{self, Label};
    use crate::bounces::{auto_reply, kind, pasted, prose};
    use crate::rules::fold::fold;

    #[test]
    fn a_list_has_a_phrase_on_each_line() {
        let list = List::new("een\neen twee\ntwee");
        assert_eq!(list.phrases(), ["een", "een twee", "twee"]);
        assert!(list.contains("twee") && !list.contains("drie"));
        assert_eq!(list.longest_start("Een twee drie"), Some("een twee".len()));
        assert_eq!(list.longest_start("drie"), None);
    }

    fn is_label(line: &str, expected: Label) -> bool {
        forwarded::label(line).is_some_and(|(label, _)| label == expected)
    }

    /// Whether a line is recognised by a phrase of the list.
    fn is_recognised(list: &str, line: &str) -> bool {
        let folded = fold(line);
        match list {
            "report-proofs" => Signs::of(&folded).proof,
            "failure-statements" => Signs::of(&folded).statement,
            "still-trying" => Signs::of(&folded).still_trying,
            "given-up" => Signs::of(&folded).given_up,
            "arrived" => Signs::of(&folded).arrived,
            "failure-subjects" => Signs::of(&folded).subject,
            "auto-reply-subjects" => auto_reply::opens_subject(&folded.to_ascii_lowercase()),
            "paste-introductions" => pasted::introduction_end(line).is_some(),
            "forward-from" => is_label(line, Label::From),
            "forward-to" => is_label(line, Label::To),
            "forward-date" => is_label(line, Label::Date),
            "forward-subject" => is_label(line, Label::Subject),
            "forward-other" => is_label(line, Label::Other),
            "forward-markers" => forwarded::is_marker(line),
            "reply-introductions" => forwarded::introduced(&[(0, line)], 0).is_some(),
            "auto-reply-phrases" => auto_reply::is_named_in_subject(&folded.to_ascii_lowercase()),
            "daemons" => kind::is_daemon(line),
            "returned-message" => prose::is_heading(line),
            "recipient-labels" => prose::place_of_first(line) == Some(prose::Place::Label),
            "recipient-cues" => prose::place_of_first(line) == Some(prose::Place::Sentence),
            "recipient-origins" => prose::place_of_first(line) != Some(prose::Place::Sentence),
            "other-fields" => prose::place_of_first(line).is_none(),
            other => panic!("no test recognises the phrases of {other}.toml"),
        }
    }

    #[test]
    fn each_phrase_and_each_example_is_recognised() {
        let mut missed = Vec::new();
        for example in EXAMPLES {
            let framed = example.phrases.iter().map(|phrase| {
                // The frame may hold an address; a phrase may not.
                example.frame.replace("{}", phrase)
            });
            for line in framed.chain([example.text.to_owned()]) {
                if !is_recognised(example.list, &line) {
                    missed.push(format!("{}/{}: {line}", example.list, example.group));
                }
            }
        }
        assert!(missed.is_empty(), "{}", missed.join("\n"));
    }

    #[test]
    fn an_example_holds_a_phrase_of_its_group() {
        for example in EXAMPLES {
            let text = fold(example.text).to_ascii_lowercase();
            assert!(
                example.phrases.iter().any(|phrase| text.contains(phrase)),
                "{}/{}",
                example.list,
                example.group
            );
        }
    }

    #[test]
    fn a_line_without_a_phrase_is_not_recognised() {
        for list in EXAMPLES.iter().map(|example| example.list) {
            let line = "Morgen is de bibliotheek open.";
            // Without any address, no label makes the line one about somebody else.
            assert!(
                matches!(list, "other-fields" | "recipient-origins") || !is_recognised(list, line),
                "{list}"
            );
        }
    }
}
