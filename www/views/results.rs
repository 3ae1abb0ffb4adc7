//! The second view: the whole, the list, and one recipient.

use super::View;
use super::advice::guides;
use super::detail::detail;
use super::list::List;
use super::problems::problems;
use super::summary::summary;
use crate::state::State;
use bezorgd::model::{Cause, Sender, State as Delivery};
use bezorgd::text::words;
use yew::prelude::*;

/// The result view.
pub fn results(view: &View) -> Html {
    let state = &view.state;
    let any = state.overview.recipients > 0;
    let done = state.reading.is_none() && state.overview.files > 0;
    if !any {
        return html! {
            <div class="nothing">
                if done {
                    <h1 id="verdict">{words().ui.no_recipients}</h1>
                    <p class="lede">{words().ui.no_recipients_next}</p>
                }
                {problems(view, done)}
            </div>
        };
    }
    html! {
        <div class="results" data-pane={pane(state)}
            data-ready={done.then_some("results")}>
            {summary(view)}
            {problems(view, false)}
            <div class="panes">
                <List state={state.clone()} act={view.act.clone()} wish={view.wish.clone()} />
                <div class="pane" id="pane">
                    if let Some(found) = &state.detail {
                        {detail(found, view)}
                    } else if state.listing.total == 0 && !state.filter.search.is_empty() {
                        {no_hit(state)}
                    }
                </div>
            </div>
        </div>
    }
}

/// What a screen with room for one pane shows.
fn pane(state: &State) -> &'static str {
    match (state.overview.recipients, state.chosen) {
        // A list of one is no choice, on any screen.
        (1, _) => "only",
        (_, true) => "detail",
        (_, false) => "list",
    }
}

/// No line for an address is a diagnosis too: POM's reports name everybody that POM tried to reach.
fn no_hit(state: &State) -> Html {
    let advice = words().advice(Sender::Pom, Cause::NotAttempted, Delivery::NotAttempted);
    html! {
        <section class="detail tone-act" id="no-hit">
            <h2>{words().fill.no_hit_for.with(&[("search", &state.filter.search)])}</h2>
            if state.overview.pom {
                <p>{words().ui.no_hit_next}</p>
                {guides(advice.guides)}
            } else {
                <p>{words().ui.no_hit_other}</p>
            }
        </section>
    }
}
