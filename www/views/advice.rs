//! What to do: numbered steps, and explanations for those who need them.

use super::rich::rich;
use bezorgd::text::{Guide, Line};
use yew::prelude::*;

/// Steps, in order.
pub fn steps(steps: &[Line]) -> Html {
    html! {
        <ol class="steps">
            {for steps.iter().map(|step| html! { <li><span>{rich(*step)}</span></li> })}
        </ol>
    }
}

/// Explanations that open when they are asked for.
pub fn guides(guides: &[Guide]) -> Html {
    html! {
        if !guides.is_empty() {
            <div class="guides">{for guides.iter().map(guide)}</div>
        }
    }
}

/// One explanation, closed.
pub fn guide(guide: &Guide) -> Html {
    html! {
        <details key={guide.title}>
            <summary>{guide.title}</summary>
            {steps(guide.steps)}
        </details>
    }
}
