//! What to do: numbered steps, and explanations for those who need them.

use super::icon::{Icon, icon};
use super::rich::{rich, rich_with};
use super::say::copied_words;
use super::{View, Wish};
use crate::state::Copied;
use bezorgd::text::{Guide, Line, words};
use yew::prelude::*;

/// Steps, in order.
pub fn steps(steps: &[Line]) -> Html {
    html! {
        <ol class="steps">
            {for steps.iter().map(|step| html! { <li><span>{rich(*step)}</span></li> })}
        </ol>
    }
}

/// Explanations that open when they are asked for; each can be copied, to send it on.
pub fn guides(guides: &'static [Guide], domain: &str, view: &View) -> Html {
    if guides.is_empty() {
        return Html::default();
    }
    let domain = if domain.is_empty() {
        words().ui.sender_domain_unknown
    } else {
        domain
    };
    let guide = |guide: &'static Guide| {
        let what = Copied::Steps(guide.title);
        let text = guide.as_text(domain);
        let copy = view.wish.reform(move |_| Wish::Copy(what, text.clone()));
        let copied = view.state.copied.filter(|(copied, _)| *copied == what);
        html! {
            <details key={guide.title}>
                <summary>{guide.title}</summary>
                <ol class="steps">
                    {for guide.steps.iter().map(|step| html! { <li><span>{rich_with(*step, domain)}</span></li> })}
                </ol>
                <div class="take-steps">
                    <button type="button" class="quiet" onclick={copy}>{icon(Icon::Copy)}{words().ui.copy_steps}</button>
                    <span role="status" class="copied">
                        if let Some((_, worked)) = copied {
                            {copied_words(worked)}
                        }
                    </span>
                </div>
            </details>
        }
    };
    html! { <div class="guides">{for guides.iter().map(guide)}</div> }
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
