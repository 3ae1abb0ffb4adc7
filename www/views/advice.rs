//! What to do: numbered steps, with further explanations for readers who need them.

use super::copy::copy_button;
use super::rich::rich_with;
use super::view::View;
use crate::state::Copyable;
use bezorgd_words::{Guide, Line, Words, put_own_program_first};
use yew::prelude::*;

/// Numbered steps.
pub fn steps(words: &'static Words, steps: &[Line]) -> Html {
    steps_with(steps, words.ui.sender_domain_unknown())
}

/// The same, with the domain that the messages are sent from.
fn steps_with(steps: &[Line], domain: &str) -> Html {
    html! {
        <ol class="steps">
            {for steps.iter().map(|step| html! { <li><span>{rich_with(*step, domain)}</span></li> })}
        </ol>
    }
}

/// Explanations that open on request. Each can be copied, to forward it. That of the program that goes with the
/// domain of the recipient's `mailbox` comes first, and is open.
pub fn guides(mut guides: Vec<Guide>, domain: &str, mailbox: &str, view: &View) -> Html {
    if guides.is_empty() {
        return Html::default();
    }
    let has_own = put_own_program_first(&mut guides, mailbox);
    let domain = if domain.is_empty() {
        view.words.ui.sender_domain_unknown()
    } else {
        domain
    };
    let guide = |(place, guide): (usize, &Guide)| {
        let (what, text) = (Copyable::Steps(guide.title), guide.as_text(domain));
        html! {
            <details key={guide.title} open={has_own && place == 0}>
                <summary>{guide.title}</summary>
                {steps_with(&guide.steps, domain)}
                <div class="take-steps">{copy_button(what, text, view.words.ui.copy_steps(), view)}</div>
            </details>
        }
    };
    html! { <div class="guides">{for guides.iter().enumerate().map(guide)}</div> }
}

/// One explanation, closed at first.
pub fn guide(words: &'static Words, guide: &Guide) -> Html {
    html! {
        <details key={guide.title}>
            <summary>{guide.title}</summary>
            {steps(words, &guide.steps)}
        </details>
    }
}
