//! The results at a glance: how many recipients need attention, and what to do.

use super::View;
use super::icon::{Icon, icon, tone};
use crate::state::{Origin, PageAction};
use bezorgd::job::{Overview, Turn};
use bezorgd::model::Kind;
use bezorgd::text::{number, words};
use yew::prelude::*;

/// The summary in one sentence.
pub fn verdict(overview: &Overview) -> String {
    let count = |wanted: fn(Turn) -> bool| -> u32 {
        let turns = overview.turns.iter().filter(|(turn, _)| wanted(*turn));
        turns.map(|(_, count)| count).sum()
    };
    let waiting = count(|turn| turn == Turn::Wait);
    let fine = count(|turn| matches!(turn, Turn::LookInSpam | Turn::Nothing));
    let attention = overview.recipients.saturating_sub(waiting + fine);
    if attention > 0 {
        words().count.attention.of(attention)
    } else if waiting > 0 {
        words().count.waiting.of(waiting)
    } else {
        words().count.fine.of(fine)
    }
}

/// The sentence, the proportions, and a button for each thing to do.
pub fn summary(view: &View) -> Html {
    let state = &view.state;
    let overview = &state.overview;
    let ui = &words().ui;
    html! {
        <section class="summary">
            <div class="verdict">
                <h1 id="verdict">{verdict(overview)}</h1>
                <p class="small">
                    {words().count.recipients.of(overview.recipients)}{" · "}
                    {words().count.files.of(overview.files)}
                    if state.origin == Some(Origin::Example) {
                        {" · "}{ui.example_mark}
                    }
                </p>
                {kinds(overview)}
            </div>
            if overview.turns.len() > 1 {
                {proportions(&overview.turns)}
                <div class="turns" role="group" aria-label={ui.turns_label}>
                    {turn_button(view, None, overview.recipients)}
                    {for overview.turns.iter().map(|&(turn, count)| turn_button(view, Some(turn), count))}
                </div>
            }
        </section>
    }
}

/// Messages that are not bounces, so that nobody counts them as such.
fn kinds(overview: &Overview) -> Html {
    let others = overview
        .kinds
        .iter()
        .filter(|(kind, _)| *kind != Kind::Bounce);
    let kinds: Vec<String> = others
        .map(|&(kind, count)| words().kind(kind, count))
        .collect();
    if kinds.is_empty() {
        return Html::default();
    }
    html! { <p class="kinds" id="kinds">{words().ui.kinds_also}{" "}{kinds.join(" · ")}</p> }
}

/// Filters by what is to be done; pressing it again shows everyone.
fn turn_button(view: &View, turn: Option<Turn>, count: u32) -> Html {
    let pressed = view.state.filter.turn == turn;
    let label = turn.map_or(words().ui.all, |turn| words().turn(turn).short);
    let onclick = view
        .act
        .reform(move |_| PageAction::PickTurn(if pressed { None } else { turn }));
    html! {
        <button type="button" class={classes!("turn", turn.map(tone))} aria-pressed={pressed.to_string()}
            data-filter={turn.map_or("all", Turn::code)} {onclick}>
            if let Some(turn) = turn {
                {icon(Icon::Turn(turn))}
            }
            <span>{label}</span>
            <strong>{number(count.into())}</strong>
        </button>
    }
}

/// A bar with the share of each; the buttons say the same in words.
fn proportions(turns: &[(Turn, u32)]) -> Html {
    const WIDTH: f64 = 1000.0;
    const LEAST: f64 = 8.0;
    const GAP: f64 = 2.0;
    let total: f64 = turns.iter().map(|(_, count)| f64::from(*count)).sum();
    let room = WIDTH + GAP - LEAST * turns.len() as f64;
    let mut x = 0.0;
    let shares = turns.iter().map(|&(turn, count)| {
        // However few, they must be visible.
        let width = LEAST + room * f64::from(count) / total.max(1.0);
        let share = html! {
            <rect class={tone(turn)} x={format!("{x:.1}")} y="0" height="10" width={format!("{:.1}", width - GAP)} />
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
