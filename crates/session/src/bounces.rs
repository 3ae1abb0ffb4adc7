//! The bounces of one recipient, for a system that counts them: which count, and what they add up to.

use super::entry::{Entry, Source};
use bezorgd_model::{Action, Attempt, Cause, Day, Moment, Permanence};
use bezorgd_senders::counter::{Bounce, Counter, Step, Thresholds};
use std::collections::HashMap;
use std::rc::Rc;

/// Counts the bounces of a recipient: what they come to, and what came of each attempt; `None` for
/// an attempt that did not fail.
pub fn count(entry: &Entry, thresholds: &Thresholds, now: Moment) -> (Counter, Vec<Option<Step>>) {
    let attempts = &entry.recipient.attempts;
    let mut known = Known::default();
    let failed = |attempt: &Attempt| attempt.action == Action::Failed;
    // For each failure, the first that tells of the same message.
    let firsts: Vec<Option<usize>> = attempts
        .iter()
        .zip(&entry.sources)
        .enumerate()
        .map(|(place, (attempt, source))| {
            failed(attempt).then(|| known.first_about(place, attempt, source))
        })
        .collect();
    // A line of a list often has no reason where the mail that came back has one.
    let mut causes: HashMap<usize, Cause> = HashMap::new();
    for (attempt, first) in attempts.iter().zip(&firsts) {
        if let Some(first) = first {
            let cause = causes.entry(*first).or_insert(attempt.cause);
            if *cause == Cause::Unknown {
                *cause = attempt.cause;
            }
        }
    }
    let bounces = firsts.iter().enumerate().filter_map(|(place, first)| {
        let cause = causes.get(first.as_ref()?)?;
        Some(Bounce {
            at: attempts.get(place)?.at,
            hard: is_hard(*cause),
            repeated: *first != Some(place),
        })
    });
    let mut counter = Counter::of(bounces, thresholds, now);
    let mut told = std::mem::take(&mut counter.steps).into_iter();
    let steps = firsts.iter().map(|first| first.and_then(|_| told.next()));
    (counter, steps.collect())
}

/// Whether the address itself is no good: a full mailbox or a message that is too large says nothing
/// about it.
fn is_hard(cause: Cause) -> bool {
    matches!(
        cause.permanence(),
        Permanence::Permanent | Permanence::Unknown
    )
}

/// The messages of which a bounce is known, and which attempt told of each first.
#[derive(Default)]
struct Known<'a> {
    /// By their `Message-ID`.
    ids: HashMap<&'a str, usize>,
    /// By the day on which they were sent.
    days: HashMap<Day, Vec<(usize, &'a Attempt, &'a Source)>>,
}

impl<'a> Known<'a> {
    /// Takes note of a bounce, and tells which was the first about the same message: the same mail
    /// may be given twice, a mail and a line of a report tell of it, or two reports overlap.
    fn first_about(&mut self, place: usize, attempt: &'a Attempt, source: &'a Source) -> usize {
        let original = source.original.as_deref();
        let id = original.and_then(|original| original.message_id.as_deref());
        let by_id = id.and_then(|id| self.ids.get(id).copied());
        // A report has the day of the message in its column, a bounce quotes it.
        let quoted = original.and_then(|original| original.date);
        let day = quoted.or(attempt.at).map(Moment::day);
        let of_day = day.map(|day| self.days.entry(day).or_default());
        let by_day = of_day.as_ref().and_then(|of_day| {
            let same = |(_, other, its): &&(usize, &Attempt, &Source)| {
                is_one_message((attempt, source), (other, its))
            };
            of_day.iter().find(same).map(|(first, ..)| *first)
        });
        let first = by_id.or(by_day).unwrap_or(place);
        if let Some(id) = id {
            self.ids.entry(id).or_insert(first);
        }
        // Two mails cannot be told by their day to be about one message.
        if let Some(of_day) = of_day
            && (in_report(attempt) || of_day.len() < MOST_OF_A_DAY)
        {
            of_day.push((first, attempt, source));
        }
        first
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
