//! The bounces of a recipient, for a sending system that counts them: how many are left, what the system
//! did at each, and whether a letter replaces the message.

use super::rich::rich;
use super::timeline::{TimelineEntry, timeline_of};
use bezorgd_model::Attempt;
use bezorgd_protocol::{Bounces, Detail};
use bezorgd_senders::bounces::{last_bounced, removal};
use bezorgd_senders::counter::{Standing, Tally};
use bezorgd_senders::message_types::Letter;
use bezorgd_words::Words;
use yew::prelude::*;

/// The maximum number of dots that can be read at a glance.
const MOST_DOTS: u32 = 12;

/// The meter, what is left, and what follows the last message.
pub fn standing(words: &'static Words, detail: &Detail) -> Html {
    let Some(bounces) = &detail.bounces else {
        return Html::default();
    };
    let tally = bounces.tally;
    html! {
        <section class="bounces" id="bounces" data-count={tally.count.to_string()}>
            <h4>{words.ui.wise_bounces()}</h4>
            <p class="meter">{meter(tally)}<strong>{words.tally(tally)}</strong></p>
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
    let attempt = removal(&bounces.steps).and_then(|place| detail.recipient.attempts.get(place));
    let left = words.bounces_left(bounces.tally, attempt.and_then(|attempt| attempt.at));
    if bounces.tally.standing() != Standing::Removed {
        return left.into();
    }
    html! { <>{left}{" "}{rich(words, words.line.bounces_removed_still())}</> }
}

/// Whether a letter replaces the last message that bounced.
fn letter(words: &'static Words, bounces: &Bounces) -> Html {
    let Some(message_type) = last_bounced(&bounces.steps, &bounces.types) else {
        return Html::default();
    };
    let Some(message_type) = message_type else {
        let (unknown, choose) = (words.line.letter_unknown(), words.line.letter_choose());
        return html! { <p id="letter">{rich(words, unknown)}{" "}{rich(words, choose)}</p> };
    };
    html! {
        <>
            <p id="letter">{words.letter_follows(message_type)}</p>
            if message_type.letter == Letter::Yes {
                <p class="small">{words.ui.letter_detail()}</p>
            }
        </>
    }
}

/// Every attempt, oldest first: which message it was, and how its bounce counted.
pub fn history(words: &'static Words, detail: &Detail, bounces: &Bounces) -> Html {
    let attempts = detail.recipient.attempts.iter().enumerate();
    let entries: Vec<_> = attempts
        .map(|(place, attempt)| TimelineEntry {
            attempt,
            what: words.bounce(bounces.steps.get(place).copied().flatten(), attempt.action),
            message: message(words, place, attempt, detail, bounces),
        })
        .collect();
    timeline_of(
        words,
        &entries,
        Some(words.counting_rule(&bounces.thresholds)),
    )
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
        Some(message_type) => words.message_type(message_type),
        None => subject
            .or(attempt.message_type.as_deref())
            .unwrap_or_default()
            .to_owned(),
    }
}
