//! The delivery attempts for one recipient, oldest first.

use bezorgd_model::{Action, Attempt};
use bezorgd_words::Words;
use yew::prelude::*;

/// How many of the newest attempts to show; more would only slow down the page.
const MOST_SHOWN: usize = 60;

/// An attempt, in words.
pub struct TimelineEntry<'a> {
    pub attempt: &'a Attempt,
    /// What was done, or how it ended.
    pub what: String,
    /// Which message it was; empty if that is not shown.
    pub message: String,
}

/// The attempts that have a date; nothing if none has.
pub fn timeline(words: &'static Words, attempts: &[Attempt]) -> Html {
    let dated = attempts.iter().filter(|attempt| attempt.at.is_some());
    let entries: Vec<_> = dated
        .map(|attempt| TimelineEntry {
            attempt,
            what: words.action(attempt.action).to_owned(),
            message: String::new(),
        })
        .collect();
    if entries.is_empty() {
        return Html::default();
    }
    timeline_of(words, &entries, None)
}

/// These entries, and a note below them.
pub fn timeline_of(
    words: &'static Words,
    entries: &[TimelineEntry<'_>],
    note: Option<String>,
) -> Html {
    let skipped = entries.len().saturating_sub(MOST_SHOWN);
    html! {
        <section class="timeline">
            <h4>{words.ui.timeline()}</h4>
            if skipped > 0 {
                <p class="small">{words.count.earlier(skipped as u32)}</p>
            }
            <ol>{for entries.iter().skip(skipped).map(|entry| one(words, entry))}</ol>
            if let Some(note) = note {
                <p class="small">{note}</p>
            }
        </section>
    }
}

fn one(words: &'static Words, entry: &TimelineEntry<'_>) -> Html {
    let attempt = entry.attempt;
    html! {
        <li class={class(attempt.action)}>
            if let Some(at) = attempt.at {
                <time datetime={at.to_string()}>{words.dates.moment(at)}</time>
            }
            <span class="what">{&entry.what}
                if attempt.action.is_failure() {
                    <span class="cause">{words.cause(attempt.cause)}
                        if !entry.message.is_empty() {
                            {" · "}{&entry.message}
                        }
                    </span>
                }
            </span>
        </li>
    }
}

fn class(action: Action) -> &'static str {
    match action {
        Action::Failed => "tone-act",
        Action::Delayed => "tone-wait",
        Action::Unknown => "tone-ask",
        Action::Delivered | Action::Relayed | Action::Expanded => "tone-done",
    }
}
