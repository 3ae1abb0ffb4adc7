//! The results at a glance: how many recipients need attention, and what to do.

use super::icon::{Icon, icon, tone};
use super::view::View;
use crate::state::{Origin, PageAction};
use bezorgd_model::Kind;
use bezorgd_model::NextStep;
use bezorgd_protocol::Overview;
use bezorgd_words::Words;
use yew::prelude::*;

/// The summary in one sentence.
pub fn verdict(words: &'static Words, overview: &Overview) -> String {
    let count = |wanted: fn(NextStep) -> bool| -> u32 {
        let next_steps = overview
            .next_steps
            .iter()
            .filter(|(next_step, _)| wanted(*next_step));
        next_steps.map(|(_, count)| count).sum()
    };
    let waiting = count(|next_step| next_step == NextStep::Wait);
    let fine = count(|next_step| matches!(next_step, NextStep::LookInSpam | NextStep::Nothing));
    let attention = overview.recipients.saturating_sub(waiting + fine);
    if attention > 0 {
        words.count.attention(attention)
    } else if waiting > 0 {
        words.count.waiting(waiting)
    } else {
        words.count.fine(fine)
    }
}

/// The sentence, the proportions, and a button for each next step.
pub fn summary(view: &View) -> Html {
    let state = &view.state;
    let overview = &state.overview;
    let ui = view.words.ui;
    html! {
        <section class="summary">
            <div class="verdict">
                <h1 id="verdict">{verdict(view.words, overview)}</h1>
                <p class="small">
                    {view.words.count.recipients(overview.recipients)}{" · "}
                    {view.words.count.files(overview.files)}
                    if state.origin == Some(Origin::Example) {
                        {" · "}{ui.example_mark()}
                    }
                </p>
                {kinds(view.words, overview)}
            </div>
            if overview.next_steps.len() > 1 {
                {proportions(&overview.next_steps)}
                <div class="next-steps" role="group" aria-label={ui.next_steps_label()}>
                    {turn_button(view, None, overview.recipients)}
                    {for overview.next_steps.iter().map(|&(next_step, count)| turn_button(view, Some(next_step), count))}
                </div>
            }
        </section>
    }
}

/// Messages that are not bounces, so that nobody counts them as such.
fn kinds(words: &'static Words, overview: &Overview) -> Html {
    let others = overview
        .kinds
        .iter()
        .filter(|(kind, _)| *kind != Kind::Bounce);
    let kinds: Vec<String> = others
        .map(|&(kind, count)| words.kind(kind, count))
        .collect();
    if kinds.is_empty() {
        return Html::default();
    }
    html! { <p class="kinds" id="kinds">{words.ui.kinds_also()}{" "}{kinds.join(" · ")}</p> }
}

/// Filters by next step; pressing it again shows everyone.
fn turn_button(view: &View, next_step: Option<NextStep>, count: u32) -> Html {
    let pressed = view.state.filter.next_step == next_step;
    let label = next_step.map_or(view.words.ui.all(), |next_step| {
        view.words.next_step(next_step).short
    });
    let onclick = view
        .act
        .reform(move |_| PageAction::PickNextStep(if pressed { None } else { next_step }));
    html! {
        <button type="button" class={classes!("next-step", next_step.map(tone))} aria-pressed={pressed.to_string()}
            data-filter={next_step.map_or("all", NextStep::code)} {onclick}>
            if let Some(next_step) = next_step {
                {icon(Icon::NextStep(next_step))}
            }
            <span>{label}</span>
            <strong>{view.words.numbers.whole(count.into())}</strong>
        </button>
    }
}

/// A bar with the share of each; the buttons say the same in words.
fn proportions(next_steps: &[(NextStep, u32)]) -> Html {
    const WIDTH: f64 = 1000.0;
    const LEAST: f64 = 8.0;
    const GAP: f64 = 2.0;
    let total: f64 = next_steps.iter().map(|(_, count)| f64::from(*count)).sum();
    let room = WIDTH + GAP - LEAST * next_steps.len() as f64;
    let mut x = 0.0;
    let shares = next_steps.iter().map(|&(next_step, count)| {
        // However few, they must be visible.
        let width = LEAST + room * f64::from(count) / total.max(1.0);
        let share = html! {
            <rect class={tone(next_step)} x={format!("{x:.1}")} y="0" height="10" width={format!("{:.1}", width - GAP)} />
        };
        x += width;
        share
    });
    html! {
        <svg class="proportions" viewBox="0 0 1000 10" preserveAspectRatio="none" aria-hidden="true" focusable="false">
            {for shares}
        </svg>
    }
}
