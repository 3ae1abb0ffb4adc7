//! The bounces of a recipient, for a sending system that counts them: how many are left, what the system
//! did at each, and whether a letter replaces the message.

use super::rich::rich;
use super::settings::title;
use super::timeline::{TimelineEntry, timeline_of};
use bezorgd_model::Attempt;
use bezorgd_protocol::{Bounces, Detail};
use bezorgd_senders::counter::{Counted, Stage, Standing, Step, Tally, Thresholds};
use bezorgd_senders::message_types::{Letter, MessageType};
use bezorgd_words::Words;
use yew::prelude::*;

/// The maximum number of dots that can be read at a glance.
const MOST_DOTS: u32 = 12;

/// The number of bounces and the limit, such as `2 of 5`.
pub fn tally_words(words: &'static Words, tally: Tally) -> String {
    words
        .fill
        .bounces_of(&tally.count.to_string(), &tally.limit.to_string())
}

/// The meter, what is left, and what follows the last message.
pub fn standing(words: &'static Words, detail: &Detail) -> Html {
    let Some(bounces) = &detail.bounces else {
        return Html::default();
    };
    let tally = bounces.tally;
    html! {
        <section class="bounces" id="bounces" data-count={tally.count.to_string()}>
            <h4>{words.ui.wise_bounces()}</h4>
            <p class="meter">{meter(tally)}<strong>{tally_words(words, tally)}</strong></p>
            <p>{left(words, detail, bounces)}</p>
            if let Some(listed) = bounces.listed {
                <p class="small">{words.fill.bounces_listed(&listed.to_string(), &bounces.counter.count.to_string())}</p>
            }
            {letter(words, bounces)}
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
fn left(words: &'static Words, detail: &Detail, bounces: &Bounces) -> Html {
    let tally = bounces.tally;
    let standing = tally.standing();
    if standing != Standing::Removed {
        return words.standing(standing, tally.limit, tally.count).into();
    }
    let removal = bounces.steps.iter().position(|step| {
        let Some(Step::Counted { stage, .. }) = step else {
            return false;
        };
        *stage == Some(Stage::Removed)
    });
    let attempt = removal.and_then(|place| detail.recipient.attempts.get(place));
    let gone = match attempt.and_then(|attempt| attempt.at) {
        Some(at) => {
            let count = tally.count.to_string();
            words.fill.bounces_removed_on(&words.dates.day(at), &count)
        }
        None => words.standing(standing, tally.limit, tally.count),
    };
    html! { <>{gone}{" "}{rich(words, words.line.bounces_removed_still())}</> }
}

/// Whether a letter replaces the last message that bounced.
fn letter(words: &'static Words, bounces: &Bounces) -> Html {
    let mut failed = bounces.steps.iter().zip(&bounces.types).rev();
    let Some((_, message_type)) = failed.find(|(step, _)| step.is_some()) else {
        return Html::default();
    };
    let Some(message_type) = message_type else {
        return html! { <p id="letter">{rich(words, words.line.letter_unknown())}</p> };
    };
    html! {
        <>
            <p id="letter">{letter_words(words, message_type)}</p>
            if message_type.letter == Letter::Yes {
                <p class="small">{words.ui.letter_detail()}</p>
            }
        </>
    }
}

fn letter_words(words: &'static Words, message_type: &MessageType) -> String {
    let (fill, name) = (words.fill, title(words, message_type));
    match message_type.letter {
        Letter::Yes => fill.letter_yes(&name),
        Letter::OnRequest => fill.letter_on_request(&name),
        Letter::No => fill.letter_no(&name),
        Letter::Unknown => fill.letter_unsure(&name),
    }
}

/// Every attempt, oldest first: which message it was, and how its bounce counted.
pub fn history(words: &'static Words, detail: &Detail, bounces: &Bounces) -> Html {
    let attempts = detail.recipient.attempts.iter().enumerate();
    let entries: Vec<_> = attempts
        .map(|(place, attempt)| TimelineEntry {
            attempt,
            what: step(words, bounces.steps.get(place).copied().flatten(), attempt),
            message: message(words, place, attempt, detail, bounces),
        })
        .collect();
    timeline_of(words, &entries, Some(rule(words, &bounces.thresholds)))
}

/// Which message it was: its type, or else its subject.
fn message(
    words: &'static Words,
    place: usize,
    attempt: &Attempt,
    detail: &Detail,
    bounces: &Bounces,
) -> String {
    let source = detail.sources.get(place);
    let original = source.and_then(|source| source.original.as_ref());
    let subject = original.and_then(|original| original.subject.as_deref());
    let message_type = bounces.types.get(place).and_then(Option::as_ref);
    match message_type {
        Some(message_type) => title(words, message_type),
        None => subject
            .or(attempt.message_type.as_deref())
            .unwrap_or_default()
            .to_owned(),
    }
}

/// How one attempt ended.
fn step(words: &'static Words, step: Option<Step>, attempt: &Attempt) -> String {
    let (ui, action) = (words.ui, words.action(attempt.action));
    match step {
        Some(Step::Counted { count, stage }) => {
            let counted = words.count.bounce(count);
            match stage {
                Some(Stage::Notice) => format!("{counted}: {}", ui.stage_notice()),
                Some(Stage::Inbox) => format!("{counted}: {}", ui.stage_inbox()),
                Some(Stage::Removed) => format!("{counted}: {}", ui.stage_removed()),
                None => counted,
            }
        }
        Some(Step::Soft) => format!("{action}: {}", ui.bounce_soft()),
        Some(Step::Repeated) => format!("{action}: {}", ui.bounce_repeated()),
        None => action.to_owned(),
    }
}

/// The rule by which bounces are counted.
fn rule(words: &'static Words, thresholds: &Thresholds) -> String {
    let fill = words.fill;
    let before = thresholds.before.map(|before| {
        let day = words.dates.date(before.until);
        let removed = before.removed.to_string();
        fill.counting_before(&day, &removed)
    });
    let (removed, before) = (thresholds.removed.to_string(), before.unwrap_or_default());
    match thresholds.counted {
        Counted::Hard => fill.counting_rule_hard(&removed, &before),
        Counted::All => fill.counting_rule_all(&removed, &before),
    }
}
