//! Explanations that a help page can link to: one cause and what to do about it, or the list of causes.
//! Without evidence.

use super::advice::{guides, steps};
use super::copy::copy_button;
use super::icon::{Icon, icon, tone};
use super::rich::rich;
use super::view::{View, Wish};
use crate::examples::ExampleFile;
use crate::links::Explanation;
use crate::state::Copyable;
use bezorgd_model::{Cause, NextStep, Permanence, Sender, State};
use bezorgd_senders::Policy;
use bezorgd_words::{GuideKey, Words};
use yew::prelude::*;

/// The explanation at such an address.
pub fn explanation(explanation: Explanation, view: &View) -> Html {
    let ui = view.words.ui;
    let back = match explanation {
        Explanation::All => html! { <a href="#">{icon(Icon::Back)}{ui.to_start()}</a> },
        Explanation::Of(_)
        | Explanation::Steps(_)
        | Explanation::Privacy
        | Explanation::Cause(Sender::Other, _) => {
            html! { <a href={Explanation::All.link()}>{icon(Icon::Back)}{ui.explanations()}</a> }
        }
        Explanation::Cause(sender, _) => html! {
            <a href={Explanation::Of(sender).link()}>{icon(Icon::Back)}{list_title(view.words, sender)}</a>
        },
    };
    html! {
        <div class="explanation" data-explanation={explanation.link()}>
            <p class="way-back">{back}</p>
            {match explanation {
                Explanation::All => list(Sender::Other, view),
                Explanation::Of(sender) => list(sender, view),
                Explanation::Cause(sender, cause) => cause_page(sender, cause, view),
                Explanation::Steps(guide) => steps_page(guide, view),
                Explanation::Privacy => Html::default(),
            }}
            <section class="own-case">
                <h2>{ui.own_case()}</h2>
                <p class="channels">
                    <a class="button" href="#">{ui.own_case_start()}</a>
                    <button type="button" class="quiet" onclick={view.wish.reform(move |_| {
                        Wish::ReadExample(match explanation {
                            Explanation::Of(sender) | Explanation::Cause(sender, _) => ExampleFile::of(sender),
                            Explanation::All | Explanation::Steps(_) | Explanation::Privacy => ExampleFile::Bounce,
                        })
                    })}>{ui.try_example()}</button>
                </p>
            </section>
        </div>
    }
}

/// One cause.
fn cause_page(sender: Sender, cause: Cause, view: &View) -> Html {
    let ui = view.words.ui;
    let state = state(sender, cause);
    let advice = view.words.advice(sender, cause, state);
    let next_step = NextStep::of(sender, cause, state);
    let others = Sender::ALL.iter().filter(|&&other| {
        sender == Sender::Other && other != sender && differs(view.words, other, cause)
    });
    html! {
        <article class={classes!("detail", tone(next_step))} aria-labelledby="explanation-title">
            <header>
                <p class="state">{icon(Icon::NextStep(next_step))}<strong>{view.words.next_step(next_step).title}</strong></p>
                <h1 id="explanation-title">{view.words.cause(cause)}</h1>
            </header>
            <p>{rich(view.words, advice.explain)}</p>
            <section class="todo">
                <h2>{ui.todo()}</h2>
                {steps(view.words, &advice.steps(None))}
                {guides(advice.guides, Policy::of(sender).domain, "", view)}
            </section>
            {for others.map(|&other| html! {
                <p><a href={Explanation::Cause(other, cause).link()}>
                    {view.words.fill.with_sender(view.words.sender(other))}
                </a></p>
            })}
        </article>
    }
}

/// The steps for one task.
fn steps_page(key: GuideKey, view: &View) -> Html {
    let guide = view.words.guide_of(key);
    let domain = view.words.ui.sender_domain_unknown();
    let (what, text) = (Copyable::Steps(guide.title), guide.as_text(domain));
    html! {
        <article class="detail">
            <h1>{guide.title}</h1>
            {steps(view.words, &guide.steps)}
            <div class="take-steps">{copy_button(what, text, view.words.ui.copy_steps(), view)}</div>
        </article>
    }
}

/// Every cause, or those for which a sending system has its own advice.
fn list(sender: Sender, view: &View) -> Html {
    let ui = view.words.ui;
    let causes = Cause::ALL.iter().copied();
    let causes =
        causes.filter(|&cause| sender == Sender::Other || differs(view.words, sender, cause));
    let senders = Sender::ALL.iter().copied();
    let senders = senders.filter(|&other| sender == Sender::Other && other != sender);
    html! {
        <section class="detail">
            <h1>{list_title(view.words, sender)}</h1>
            <p>{ui.explanations_lede()}</p>
            <ul class="reasons">
                {for causes.map(|cause| {
                    let next_step = NextStep::of(sender, cause, state(sender, cause));
                    html! {
                        <li class={tone(next_step)}>
                            <a href={Explanation::Cause(sender, cause).link()}>
                                {icon(Icon::NextStep(next_step))}<span>{view.words.cause(cause)}</span>
                            </a>
                        </li>
                    }
                })}
            </ul>
            <section class="todo">
                <h2>{ui.how_title()}</h2>
                {guides(view.words.guides(sender), Policy::of(sender).domain, "", view)}
            </section>
            {for senders.map(|other| html! {
                <p><a href={Explanation::Of(other).link()}>{list_title(view.words, other)}</a></p>
            })}
        </section>
    }
}

fn list_title(words: &'static Words, sender: Sender) -> String {
    match sender {
        Sender::Other => words.ui.explanations().to_owned(),
        sender => words.fill.explanations_of(words.sender(sender)),
    }
}

/// Whether a sending system has its own advice on a cause.
fn differs(words: &'static Words, sender: Sender, cause: Cause) -> bool {
    let state = state(sender, cause);
    let advice = |sender| words.advice(sender, cause, state);
    advice(sender) != advice(Sender::Other)
}

/// The delivery state to assume when a person looks up a cause.
fn state(sender: Sender, cause: Cause) -> State {
    match cause {
        _ if Policy::of(sender).retried.contains(&cause) => State::Retrying,
        Cause::Delivered => State::Delivered,
        Cause::NotAttempted => State::NotAttempted,
        _ if cause.permanence() == Permanence::None => State::None,
        _ => State::Failed,
    }
}
