//! Counts the bounces of one recipient as the sending system does: which count, and what they add up
//! to.

use super::entry::{Entry, SharedSource};
use bezorgd_model::{Action, Attempt, Cause, Day, Moment, Permanence};
use bezorgd_senders::counter::{Bounce, Counter, Step, Thresholds};
use std::collections::HashMap;
use std::rc::Rc;

/// Counts the bounces of a recipient. Returns the counter, and for each attempt what it counted for;
/// `None` for an attempt that did not fail.
pub fn count(entry: &Entry, thresholds: &Thresholds, now: Moment) -> (Counter, Vec<Option<Step>>) {
    let attempts = &entry.recipient.attempts;
    let mut seen = SeenMessages::default();
    let failed = |attempt: &Attempt| attempt.action == Action::Failed;
    // For each failure, the place of the first one about the same message.
    let firsts: Vec<Option<usize>> = attempts
        .iter()
        .zip(&entry.sources)
        .enumerate()
        .map(|(place, (attempt, source))| {
            failed(attempt).then(|| seen.first_about(place, attempt, source))
        })
        .collect();
    // A line of a list often lacks the reason that the returned mail gives.
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
    let mut counted = std::mem::take(&mut counter.steps).into_iter();
    let steps = firsts
        .iter()
        .map(|first| first.and_then(|_| counted.next()));
    (counter, steps.collect())
}

/// Whether the bounce is about the address itself: a full mailbox or a message that is too large says
/// nothing about it.
fn is_hard(cause: Cause) -> bool {
    matches!(
        cause.permanence(),
        Permanence::Permanent | Permanence::Unknown
    )
}

/// The messages seen so far, each with the place of the first attempt about it.
#[derive(Default)]
struct SeenMessages<'a> {
    /// By `Message-ID`.
    ids: HashMap<&'a str, usize>,
    /// By the day on which the message was sent.
    days: HashMap<Day, Vec<(usize, &'a Attempt, &'a SharedSource)>>,
}

impl<'a> SeenMessages<'a> {
    /// Records a bounce, and returns the place of the first one about the same message: a mail may be
    /// given twice, a mail and a line of a report may be about one message, or two reports overlap.
    fn first_about(
        &mut self,
        place: usize,
        attempt: &'a Attempt,
        source: &'a SharedSource,
    ) -> usize {
        let original = source.original.as_deref();
        let id = original.and_then(|original| original.message_id.as_deref());
        let by_id = id.and_then(|id| self.ids.get(id).copied());
        // A report has the day of the message in a column, a bounce quotes it.
        let quoted = original.and_then(|original| original.date);
        let day = quoted.or(attempt.at).map(Moment::day);
        let of_day = day.map(|day| self.days.entry(day).or_default());
        let by_day = of_day.as_ref().and_then(|of_day| {
            let same = |(_, other, its): &&(usize, &Attempt, &SharedSource)| {
                is_one_message((attempt, source), (other, its))
            };
            of_day.iter().find(same).map(|(first, ..)| *first)
        });
        let first = by_id.or(by_day).unwrap_or(place);
        if let Some(id) = id {
            self.ids.entry(id).or_insert(first);
        }
        // The day alone does not show that two mails are about one message.
        if let Some(of_day) = of_day
            && (in_report(attempt) || of_day.len() < MOST_OF_A_DAY)
        {
            of_day.push((first, attempt, source));
        }
        first
    }
}

/// How many mails of one day to compare with a line of a report, so that a day with thousands does
/// not take the square of that.
const MOST_OF_A_DAY: usize = 50;

/// Whether two bounces of one day may be about the same message: at least one is a line of a report.
fn is_one_message(one: (&Attempt, &SharedSource), other: (&Attempt, &SharedSource)) -> bool {
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
