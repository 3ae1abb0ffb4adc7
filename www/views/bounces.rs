//! The bounces of a recipient, for a sending system that counts them: how many are left, what the system
//! did at each, and whether a letter replaces the message.

use super::rich::rich;
use super::settings::title;
use super::timeline::{TimelineEntry, timeline_of};
use bezorgd_model::Attempt;
use bezorgd_protocol::{Bounces, Detail};
use bezorgd_senders::counter::Tally;
use bezorgd_senders::counter::{Counted, Stage, Step, Thresholds};
use bezorgd_senders::message_types::{Letter, MessageType};
use bezorgd_words::words;
use yew::prelude::*;

/// The maximum number of dots that can be read at a glance.
const MOST_DOTS: u32 = 12;

/// The number of bounces and the limit, such as `2 of 5`.
pub fn tally_words(tally: Tally) -> String {
    words().fill.bounces_of.with(&[
        ("count", &tally.count.to_string()),
        ("limit", &tally.limit.to_string()),
    ])
}

/// The meter, what is left, and what follows the last message.
pub fn standing(detail: &Detail) -> Html {
    let Some(bounces) = &detail.bounces else {
        return Html::default();
    };
    let tally = bounces.tally;
    html! {
        <section class="bounces" id="bounces" data-count={tally.count.to_string()}>
            <h4>{words().ui.wise_bounces}</h4>
            <p class="meter">{meter(tally)}<strong>{tally_words(tally)}</strong></p>
            <p>{left(detail, bounces)}</p>
            if let Some(listed) = bounces.listed {
                <p class="small">{words().fill.bounces_listed.with(&[
                    ("count", &listed.to_string()),
                    ("shown", &bounces.counter.count.to_string()),
                ])}</p>
            }
            {letter(bounces)}
        </section>
    }
}

fn meter(tally: Tally) -> Html {
    if tally.limit > MOST_DOTS {
        return Html::default();
    }
    let dot = |place: u32| {
        let full = tally.removed || place < tally.count;
        html! { <span class={classes!("dot", full.then_some("full"))} /> }
    };
    html! { <span class="dots" aria-hidden="true">{for (0..tally.limit).map(dot)}</span> }
}

/// How many are left, or that the address was removed.
fn left(detail: &Detail, bounces: &Bounces) -> Html {
    let tally = bounces.tally;
    let count = ("count", &*tally.count.to_string());
    if !tally.removed {
        let left = tally.limit.saturating_sub(tally.count).max(1);
        return words().count.bounces_left.of(left).into();
    }
    let removal = bounces.steps.iter().position(|step| {
        let Some(Step::Counted { stage, .. }) = step else {
            return false;
        };
        *stage == Some(Stage::Removed)
    });
    let attempt = removal.and_then(|place| detail.recipient.attempts.get(place));
    let gone = match attempt.and_then(|attempt| attempt.at) {
        Some(at) => words()
            .fill
            .bounces_removed_on
            .with(&[("day", &words().dates.day(at)), count]),
        None => words().fill.bounces_removed.with(&[count]),
    };
    html! { <>{gone}{" "}{rich(words().line.bounces_removed_still)}</> }
}

/// Whether a letter replaces the last message that bounced.
fn letter(bounces: &Bounces) -> Html {
    let mut failed = bounces.steps.iter().zip(&bounces.types).rev();
    let Some((_, known)) = failed.find(|(step, _)| step.is_some()) else {
        return Html::default();
    };
    let Some(known) = known else {
        return html! { <p id="letter">{rich(words().line.letter_unknown)}</p> };
    };
    html! {
        <>
            <p id="letter">{letter_words(known)}</p>
            if known.letter == Letter::Yes {
                <p class="small">{words().ui.letter_detail}</p>
            }
        </>
    }
}

fn letter_words(known: &MessageType) -> String {
    let fill = &words().fill;
    let template = match known.letter {
        Letter::Yes => &fill.letter_yes,
        Letter::OnRequest => &fill.letter_on_request,
        Letter::No => &fill.letter_no,
        Letter::Unknown => &fill.letter_unsure,
    };
    template.with(&[("type", &title(known))])
}

/// Every attempt, oldest first: which message it was, and how its bounce counted.
pub fn history(detail: &Detail, bounces: &Bounces) -> Html {
    let attempts = detail.recipient.attempts.iter().enumerate();
    let entries: Vec<_> = attempts
        .map(|(place, attempt)| TimelineEntry {
            attempt,
            what: step(bounces.steps.get(place).copied().flatten(), attempt),
            message: message(place, attempt, detail, bounces),
        })
        .collect();
    timeline_of(&entries, Some(rule(&bounces.thresholds)))
}

/// Which message it was: its type, or else its subject.
fn message(place: usize, attempt: &Attempt, detail: &Detail, bounces: &Bounces) -> String {
    let source = detail.sources.get(place);
    let original = source.and_then(|source| source.original.as_ref());
    let subject = original.and_then(|original| original.subject.as_deref());
    let known = bounces.types.get(place).and_then(Option::as_ref);
    match known {
        Some(known) => title(known),
        None => subject
            .or(attempt.message_type.as_deref())
            .unwrap_or_default()
            .to_owned(),
    }
}

/// How one attempt ended.
fn step(step: Option<Step>, attempt: &Attempt) -> String {
    let (ui, action) = (&words().ui, words().action(attempt.action));
    match step {
        Some(Step::Counted { count, stage }) => {
            let counted = words().count.bounce.of(count);
            match stage {
                Some(Stage::Notice) => format!("{counted}: {}", ui.stage_notice),
                Some(Stage::Inbox) => format!("{counted}: {}", ui.stage_inbox),
                Some(Stage::Removed) => format!("{counted}: {}", ui.stage_removed),
                None => counted,
            }
        }
        Some(Step::Soft) => format!("{action}: {}", ui.bounce_soft),
        Some(Step::Repeated) => format!("{action}: {}", ui.bounce_repeated),
        None => action.to_owned(),
    }
}

/// The rule by which bounces are counted.
fn rule(thresholds: &Thresholds) -> String {
    let fill = &words().fill;
    let before = thresholds.before.map(|before| {
        let day = words().dates.date(before.until);
        let removed = before.removed.to_string();
        fill.counting_before
            .with(&[("day", &day), ("removed", &removed)])
    });
    let values = [
        ("removed", &*thresholds.removed.to_string()),
        ("before", &before.unwrap_or_default()),
    ];
    match thresholds.counted {
        Counted::Hard => fill.counting_rule_hard.with(&values),
        Counted::All => fill.counting_rule_all.with(&values),
    }
}
