//! Everything that was tried for one recipient, oldest first.

use bezorgd_model::{Action, Attempt};
use bezorgd_words::words;
use yew::prelude::*;

/// More than this many would only slow the page down; the newest are shown.
const MOST: usize = 60;

/// An attempt, as it is told.
pub struct Told<'a> {
    pub attempt: &'a Attempt,
    /// What was done, or came of it.
    pub what: String,
    /// Which message it was; empty when that is not told.
    pub message: String,
}

/// The attempts with their dates; nothing when none has a date.
pub fn timeline(attempts: &[Attempt]) -> Html {
    let dated = attempts.iter().filter(|attempt| attempt.at.is_some());
    let told: Vec<Told<'_>> = dated
        .map(|attempt| Told {
            attempt,
            what: words().action(attempt.action).to_owned(),
            message: String::new(),
        })
        .collect();
    if told.is_empty() {
        return Html::default();
    }
    told_with(&told, None)
}

/// These attempts, and a note below them.
pub fn told_with(told: &[Told<'_>], note: Option<String>) -> Html {
    let skipped = told.len().saturating_sub(MOST);
    html! {
        <section class="timeline">
            <h4>{words().ui.timeline}</h4>
            if skipped > 0 {
                <p class="small">{words().count.earlier.of(skipped as u32)}</p>
            }
            <ol>{for told.iter().skip(skipped).map(one)}</ol>
            if let Some(note) = note {
                <p class="small">{note}</p>
            }
        </section>
    }
}

fn one(told: &Told<'_>) -> Html {
    let attempt = told.attempt;
    html! {
        <li class={class(attempt.action)}>
            if let Some(at) = attempt.at {
                <time datetime={at.to_string()}>{words().dates.moment(at)}</time>
            }
            <span class="what">{&told.what}
                if attempt.action.is_failure() {
                    <span class="cause">{words().cause(attempt.cause)}
                        if !told.message.is_empty() {
                            {" · "}{&told.message}
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
        Action::Delivered | Action::Relayed | Action::Expanded => "tone-done",
    }
}
