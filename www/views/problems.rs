//! What could not be read: what, where, and what to do next. Calm, and never in the way of results.

use super::icon::{Icon, icon};
use super::rich::rich;
use super::view::View;
use bezorgd_model::shown::shown;
use bezorgd_model::{Problem, ProblemCode};
use bezorgd_words::Words;
use yew::prelude::*;

/// How many places to list for each kind of problem.
const MOST_PLACES: usize = 5;

/// The problems, one paragraph per kind; open when there is nothing else to see.
pub fn problems(view: &View, alone: bool) -> Html {
    let problems = &view.state.overview.problems;
    let crashed = &view.state.crashed;
    if problems.is_empty() && crashed.is_empty() {
        return Html::default();
    }
    let ui = view.words.ui;
    let crash = (!crashed.is_empty()).then(|| {
        sort(
            view.words,
            "crashed",
            html! { {ui.crashed()} },
            html! { {ui.crashed_next()} },
            crashed
                .iter()
                .map(|file| shown(file).into_owned())
                .collect(),
            0,
        )
    });
    let more = |code| {
        let counts = &view.state.overview.more_problems;
        let count = counts.iter().find(|(counted, _)| *counted == code);
        count.map_or(0, |(_, count)| *count)
    };
    let sorts = ProblemCode::ALL.iter().filter_map(|&code| {
        let here = problems.iter().filter(|problem| problem.code == code);
        let places: Vec<_> = here.map(|problem| place(view.words, problem)).collect();
        let text = view.words.problem(code);
        (!places.is_empty()).then(|| {
            sort(
                view.words,
                code.code(),
                rich(view.words, text.what),
                rich(view.words, text.next),
                places,
                more(code),
            )
        })
    });
    // Notices mean that nothing was lost.
    let harmless = crashed.is_empty() && problems.iter().all(|problem| problem.code.is_notice());
    let title = if harmless {
        ui.notices_title()
    } else {
        ui.problems_title()
    };
    html! {
        <details class={classes!("problems", harmless.then_some("calm"))} id="problems" open={alone}>
            <summary>{icon(Icon::Attention)}<span>{title}</span></summary>
            <ul>{for crash.into_iter().chain(sorts)}</ul>
        </details>
    }
}

fn sort(
    words: &'static Words,
    code: &'static str,
    what: Html,
    next: Html,
    places: Vec<String>,
    more: u32,
) -> Html {
    let more = more + places.len().saturating_sub(MOST_PLACES) as u32;
    html! {
        <li data-problem={code}>
            <p><strong>{what}</strong>{" "}{next}</p>
            <ul class="places">
                {for places.iter().take(MOST_PLACES).map(|place| html! { <li>{place}</li> })}
                if more > 0 {
                    <li>{words.count.more_places(more)}</li>
                }
            </ul>
        </li>
    }
}

/// Where a problem is, and what was seen there.
fn place(words: &'static Words, problem: &Problem) -> String {
    let place = words.problem_place(problem);
    match &problem.detail {
        Some(detail) => format!("{place} – {}", words.problem_detail(detail)),
        None => place,
    }
}
