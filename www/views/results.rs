//! The second view: the summary, the list, and one recipient.

use super::advice::{guides, steps};
use super::columns::columns;
use super::detail::detail;
use super::icon::{Icon, icon};
use super::list::RecipientList;
use super::lists::{customers, expected};
use super::patterns::patterns;
use super::problems::problems;
use super::rich::rich;
use super::settings::settings;
use super::summary::summary;
use super::view::View;
use crate::ids::DETAIL_PANE;
use crate::state::PageState;
use bezorgd_model::NextStep;
use bezorgd_model::{Cause, Kind, State as Delivery};
use bezorgd_protocol::Overview;
use bezorgd_senders::Policy;
use bezorgd_words::Words;
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
                    <h1 id="verdict">{nobody(view.words, &state.overview)}</h1>
                    <p class="lede">{view.words.ui.no_recipients_next()}</p>
                }
                {problems(view, done)}
                {columns(view)}
            </div>
        };
    }
    html! {
        <div class="results" data-pane={pane(state)}
            data-ready={done.then_some("results")}>
            {summary(view)}
            {patterns(view)}
            {problems(view, false)}
            <div class="panels">
                {customers(view)}
                {expected(view)}
                {settings(view)}
                {columns(view)}
            </div>
            <div class="panes">
                <RecipientList words={view.words} state={state.clone()} act={view.act.clone()} wish={view.wish.clone()} />
                <div class="pane" id={DETAIL_PANE}>
                    if let Some(found) = &state.detail {
                        {detail(found, view)}
                    } else if state.listing.total == 0 && !state.filter.search.is_empty() {
                        {no_hit(view)}
                    }
                </div>
            </div>
        </div>
    }
}

/// The verdict when there are no recipients.
fn nobody(words: &'static Words, overview: &Overview) -> String {
    match overview.of_kind(Kind::NotABounce) {
        0 => words.ui.no_recipients().to_owned(),
        mails => words.count.ordinary(mails),
    }
}

/// Which pane a narrow screen shows.
fn pane(state: &PageState) -> &'static str {
    match (state.overview.recipients, state.chosen) {
        // A list of one offers no choice, on any screen.
        (1, _) => "only",
        (_, true) => "detail",
        (_, false) => "list",
    }
}

/// Someone who is absent from a report that lists everyone was never attempted, which explains it too.
fn no_hit(view: &View) -> Html {
    let state = &view.state;
    let (cause, delivery) = (Cause::NotAttempted, Delivery::NotAttempted);
    let title = view.words.fill.no_hit_for(state.filter.search.trim());
    let mut named = state.overview.senders.iter().map(|(sender, _)| *sender);
    let Some(sender) = named.find(|&sender| Policy::of(sender).lists_everyone) else {
        return html! {
            <section class="detail" id="no-hit">
                <h2>{title}</h2>
                <p>{view.words.ui.no_hit_other()}</p>
            </section>
        };
    };
    let advice = view.words.advice(sender, cause, delivery);
    html! {
        <section class="detail tone-act" id="no-hit" data-cause={cause.code()}>
            <header>
                <p class="state">{icon(Icon::NextStep(NextStep::TickOption))}<strong>{view.words.state(cause, delivery)}</strong></p>
                <h2>{title}</h2>
            </header>
            <section class="why">
                <h3>{view.words.cause(cause)}</h3>
                <p>{rich(view.words, advice.explain)}{" "}{view.words.ui.no_hit_search()}</p>
            </section>
            <section class="todo">
                <h4>{view.words.ui.todo()}</h4>
                {steps(view.words, &advice.steps)}
                {guides(&advice.guides, "", view)}
            </section>
        </section>
    }
}
