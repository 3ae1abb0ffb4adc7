//! Counts the bounces of one recipient as the sending system does: which count, and what they add up to. The page
//! and the command line say what this counts.

use crate::counter::{Bounce, Counter, Stage, Step, Thresholds};
use crate::message_types::MessageType;
use bezorgd_model::{Action, Attempt, Cause, Day, Moment, Original, Permanence};
use std::collections::HashMap;

/// An attempt, and where the evidence has it.
#[derive(Clone, Copy, Debug)]
pub struct AttemptedMessage<'a> {
    /// The attempt.
    pub attempt: &'a Attempt,
    /// The message that it is about; `None` unless the evidence quotes it.
    pub original: Option<&'a Original>,
    /// The name of the file or message that it was read in. Attempts of one file share the same string: two files
    /// may have equal names.
    pub file: &'a str,
}

/// Counts the bounces of a recipient, the oldest first. Returns the counter, and for each attempt what it counted
/// for; `None` for an attempt that did not fail.
pub fn count(
    messages: &[AttemptedMessage<'_>],
    thresholds: &Thresholds,
    now: Moment,
) -> (Counter, Vec<Option<Step>>) {
    let mut seen = SeenMessages::default();
    // For each failure, the place of the first one about the same message.
    let firsts: Vec<Option<usize>> = messages
        .iter()
        .enumerate()
        .map(|(place, &message)| {
            let failed = message.attempt.action == Action::Failed;
            failed.then(|| seen.first_about(place, message))
        })
        .collect();
    // A line of a list often lacks the reason that the returned mail gives.
    let mut causes: HashMap<usize, Cause> = HashMap::new();
    for (message, first) in messages.iter().zip(&firsts) {
        if let Some(first) = first {
            let cause = causes.entry(*first).or_insert(message.attempt.cause);
            if *cause == Cause::Unknown {
                *cause = message.attempt.cause;
            }
        }
    }
    let bounces = firsts.iter().enumerate().filter_map(|(place, first)| {
        let cause = causes.get(first.as_ref()?)?;
        Some(Bounce {
            at: messages.get(place)?.attempt.at,
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

/// The attempt at which the sending system removed the address; `None` if it did not.
pub fn removal(steps: &[Option<Step>]) -> Option<usize> {
    let removes = |step: &Option<Step>| {
        let Some(Step::Counted { stage, .. }) = step else {
            return false;
        };
        *stage == Some(Stage::Removed)
    };
    steps.iter().position(removes)
}

/// The type of the last message that bounced, inside an option that is `None` if the type is unknown. It decides
/// whether a letter follows. `None` if nothing bounced. `types` are those of the same attempts as `steps`.
pub fn last_bounced<'a>(
    steps: &[Option<Step>],
    types: &'a [Option<MessageType>],
) -> Option<Option<&'a MessageType>> {
    let mut latest_first = steps.iter().zip(types).rev();
    let (_, message_type) = latest_first.find(|(step, _)| step.is_some())?;
    Some(message_type.as_ref())
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
    days: HashMap<Day, Vec<(usize, AttemptedMessage<'a>)>>,
}

impl<'a> SeenMessages<'a> {
    /// Records a bounce, and returns the place of the first one about the same message: a mail may be
    /// given twice, a mail and a line of a report may be about one message, or two reports overlap.
    fn first_about(&mut self, place: usize, message: AttemptedMessage<'a>) -> usize {
        let original = message.original;
        let id = original.and_then(|original| original.message_id.as_deref());
        let by_id = id.and_then(|id| self.ids.get(id).copied());
        // A report has the day of the message in a column, a bounce quotes it.
        let quoted = original.and_then(|original| original.date);
        let day = quoted.or(message.attempt.at).map(Moment::day);
        let of_day = day.map(|day| self.days.entry(day).or_default());
        let by_day = of_day.as_ref().and_then(|of_day| {
            let mut of_day = of_day.iter();
            let same = of_day.find(|(_, other)| is_one_message(message, *other));
            same.map(|(first, _)| *first)
        });
        let first = by_id.or(by_day).unwrap_or(place);
        if let Some(id) = id {
            self.ids.entry(id).or_insert(first);
        }
        // The day alone does not show that two mails are about one message.
        if let Some(of_day) = of_day
            && (in_report(message.attempt) || of_day.len() < MOST_OF_A_DAY)
        {
            of_day.push((first, message));
        }
        first
    }
}

/// How many mails of one day to compare with a line of a report, so that a day with thousands does
/// not take the square of that.
const MOST_OF_A_DAY: usize = 50;

/// Whether two bounces of one day may be about the same message: at least one is a line of a report.
fn is_one_message(one: AttemptedMessage<'_>, other: AttemptedMessage<'_>) -> bool {
    let in_reports = [one, other].map(|message| in_report(message.attempt));
    let in_one_report = in_reports == [true; 2] && std::ptr::eq(one.file, other.file);
    in_reports.contains(&true) && !in_one_report && may_be_one_type(one.attempt, other.attempt)
}

fn in_report(attempt: &Attempt) -> bool {
    attempt.line.is_some()
}

fn may_be_one_type(one: &Attempt, other: &Attempt) -> bool {
    one.message_type.is_none()
        || other.message_type.is_none()
        || one.message_type == other.message_type
}
