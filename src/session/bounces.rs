//! The bounces of one recipient, for a system that counts them: which count, and what they add up to.

use super::entry::{Entry, Source};
use crate::model::{Action, Attempt, Day, Moment, Permanence};
use crate::senders::counter::{Bounce, Counter, Step, Thresholds};
use std::rc::Rc;

/// Counts the bounces of a recipient: what they come to, and what came of each attempt; `None` for
/// an attempt that did not fail.
pub fn count(entry: &Entry, thresholds: &Thresholds, now: Moment) -> (Counter, Vec<Option<Step>>) {
    let bounces: Vec<Option<Bounce>> = (0..entry.recipient.attempts.len())
        .map(|place| bounce(entry, place))
        .collect();
    let mut counter = Counter::of(bounces.iter().flatten().copied(), thresholds, now);
    let mut told = std::mem::take(&mut counter.steps).into_iter();
    let steps = bounces
        .iter()
        .map(|bounce| bounce.and_then(|_| told.next()));
    let steps = steps.collect();
    (counter, steps)
}

fn bounce(entry: &Entry, place: usize) -> Option<Bounce> {
    let told = |place: usize| {
        Some((
            entry.recipient.attempts.get(place)?,
            entry.sources.get(place)?,
        ))
    };
    let one = told(place)?;
    let (attempt, _) = one;
    if attempt.action != Action::Failed {
        return None;
    }
    let mut before = (0..place).filter_map(told);
    Some(Bounce {
        at: attempt.at,
        hard: is_hard(attempt),
        repeated: before.any(|other| other.0.action == Action::Failed && is_same(one, other)),
    })
}

/// Whether the address itself is no good: a full mailbox or a message that is too large says nothing
/// about it.
fn is_hard(attempt: &Attempt) -> bool {
    matches!(
        attempt.cause.permanence(),
        Permanence::Permanent | Permanence::Unknown
    )
}

/// Whether two bounces are about the same message: the same mail was given twice, or a mail and a
/// line of a report tell of it, or two reports that overlap.
fn is_same(one: (&Attempt, &Source), other: (&Attempt, &Source)) -> bool {
    let id = |source: &Source| source.original.as_ref()?.message_id.clone();
    if let (Some(one), Some(other)) = (id(one.1), id(other.1)) {
        return one == other;
    }
    let in_report = |attempt: &Attempt| attempt.line.is_some();
    let in_one_report =
        in_report(one.0) && in_report(other.0) && Rc::ptr_eq(&one.1.file, &other.1.file);
    (in_report(one.0) || in_report(other.0))
        && !in_one_report
        && sent(one).is_some()
        && sent(one) == sent(other)
        && may_be_one_type(one.0, other.0)
}

/// The day on which the message was sent; a report has that in its column, a bounce quotes it.
fn sent((attempt, source): (&Attempt, &Source)) -> Option<Day> {
    let quoted = source.original.as_ref().and_then(|original| original.date);
    quoted.or(attempt.at).map(Moment::day)
}

fn may_be_one_type(one: &Attempt, other: &Attempt) -> bool {
    one.message_type.is_none()
        || other.message_type.is_none()
        || one.message_type == other.message_type
}
