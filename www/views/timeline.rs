//! Everything that was tried for one recipient, oldest first.

use bezorgd::model::{Action, Attempt};
use bezorgd::text::words;
use yew::prelude::*;

/// More than this many would only slow the page down; the newest are shown.
const MOST: usize = 60;

/// The attempts with their dates; nothing when none has a date.
pub fn timeline(attempts: &[Attempt]) -> Html {
    let dated = || {
        attempts
            .iter()
            .filter_map(|attempt| Some((attempt.at?, attempt)))
    };
    let skipped = dated().count().saturating_sub(MOST);
    if dated().next().is_none() {
        return Html::default();
    }
    html! {
        <section class="timeline">
            <h4>{words().ui.timeline}</h4>
            if skipped > 0 {
                <p class="small">{words().count.earlier.of(skipped as u32)}</p>
            }
            <ol>
                {for dated().skip(skipped).map(|(at, attempt)| html! {
                    <li class={class(attempt.action)}>
                        <time datetime={at.to_string()}>{words().dates.moment(at)}</time>
                        <span class="what">{words().action(attempt.action)}
                            if attempt.action.is_failure() {
                                <span class="cause">{words().cause(attempt.cause)}</span>
                            }
                        </span>
                    </li>
                })}
            </ol>
        </section>
    }
}

fn class(action: Action) -> &'static str {
    match action {
        Action::Failed => "tone-act",
        Action::Delayed => "tone-wait",
        Action::Delivered | Action::Relayed | Action::Expanded => "tone-done",
    }
}
