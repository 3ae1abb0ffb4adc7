//! The bounces of one recipient, for a system that counts them: which count, and what they add up to.

use super::entry::{Entry, Source};
use crate::model::{Action, Attempt, Day, Moment, Permanence};
use crate::senders::counter::{Bounce, Counter, Step, Thresholds};
use std::collections::{HashMap, HashSet};
use std::rc::Rc;

/// Counts the bounces of a recipient: what they come to, and what came of each attempt; `None` for
/// an attempt that did not fail.
pub fn count(entry: &Entry, thresholds: &Thresholds, now: Moment) -> (Counter, Vec<Option<Step>>) {
    let mut known = Known::default();
    let told = entry.recipient.attempts.iter().zip(&entry.sources);
    let bounces: Vec<Option<Bounce>> = told
        .map(|(attempt, source)| {
            (attempt.action == Action::Failed).then(|| Bounce {
                at: attempt.at,
                hard: is_hard(attempt),
                repeated: known.is_told_again(attempt, source),
            })
        })
        .collect();
    let mut counter = Counter::of(bounces.iter().flatten().copied(), thresholds, now);
    let mut told = std::mem::take(&mut counter.steps).into_iter();
    let steps = bounces
        .iter()
        .map(|bounce| bounce.and_then(|_| told.next()));
    (counter, steps.collect())
}

/// Whether the address itself is no good: a full mailbox or a message that is too large says nothing
/// about it.
fn is_hard(attempt: &Attempt) -> bool {
    matches!(
        attempt.cause.permanence(),
        Permanence::Permanent | Permanence::Unknown
    )
}

/// The messages of which a bounce is known.
#[derive(Default)]
struct Known<'a> {
    /// By their `Message-ID`.
    ids: HashSet<&'a str>,
    /// By the day on which they were sent.
    days: HashMap<Day, Vec<(&'a Attempt, &'a Source)>>,
}

impl<'a> Known<'a> {
    /// Takes note of a bounce, and tells whether one about the same message was known: the same mail
    /// was given twice, a mail and a line of a report tell of it, or two reports overlap.
    fn is_told_again(&mut self, attempt: &'a Attempt, source: &'a Source) -> bool {
        let original = source.original.as_deref();
        let id = original.and_then(|original| original.message_id.as_deref());
        let known_id = id.is_some_and(|id| !self.ids.insert(id));
        // A report has the day of the message in its column, a bounce quotes it.
        let quoted = original.and_then(|original| original.date);
        let Some(day) = quoted.or(attempt.at).map(Moment::day) else {
            return known_id;
        };
        let of_day = self.days.entry(day).or_default();
        let known_day = of_day
            .iter()
            .any(|other| is_one_message((attempt, source), *other));
        // Two mails without an id cannot be told to be about one message.
        if in_report(attempt) || of_day.len() < MOST_OF_A_DAY {
            of_day.push((attempt, source));
        }
        known_id || known_day
    }
}

/// With so many mails of one day a line of a report is compared.
const MOST_OF_A_DAY: usize = 50;

/// Whether two bounces of one day may be about the same message: one is a line of a report.
fn is_one_message(one: (&Attempt, &Source), other: (&Attempt, &Source)) -> bool {
    let in_one_report =
        in_report(one.0) && in_report(other.0) && Rc::ptr_eq(&one.1.file, &other.1.file);
    (in_report(one.0) || in_report(other.0)) && !in_one_report && may_be_one_type(one.0, other.0)
}

fn in_report(attempt: &Attempt) -> bool {
    attempt.line.is_some()
}

fn may_be_one_type(one: &Attempt, other: &Attempt) -> bool {
    one.message_type.is_none()
        || other.message_type.is_none()
        || one.message_type == other.message_type
}
