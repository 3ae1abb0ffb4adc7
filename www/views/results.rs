//! The second view: the summary, the list, and one recipient.

use super::advice::{guides, steps};
use super::arrived::{arrived, arrived_panel, arrived_title};
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
use crate::state::{PageAction, PageState};
use bezorgd_model::NextStep;
use bezorgd_model::{Cause, Kind, Sender, State as Delivery};
use bezorgd_protocol::{ListRow, NoHit, Overview};
use bezorgd_words::Words;
use yew::prelude::*;

/// The result view.
pub fn results(view: &View) -> Html {
    let state = &view.state;
    let any = state.overview.recipients > 0;
    let done = state.reading.is_none() && state.overview.files > 0;
    if !any {
        let only_arrived = !state.overview.arrived.is_empty();
        return html! {
            <div class="nothing">
                if only_arrived {
                    <h1 id="verdict">{arrived_title(view)}</h1>
                    {arrived(view)}
                } else if done {
                    <h1 id="verdict">{nobody(view.words, &state.overview)}</h1>
                    <p class="lede">{view.words.ui.no_recipients_next()}</p>
                }
                {problems(view, done && !only_arrived)}
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
                {arrived_panel(view)}
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
                    } else if let Some(found) = &state.listing.no_hit {
                        {no_hit(found, view)}
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

/// What follows from a search without a hit, which may be nothing. Someone who is absent from a report that
/// lists everyone was never attempted.
fn no_hit(no_hit: &NoHit, view: &View) -> Html {
    let words = view.words;
    let title = words.fill.no_hit_for(view.state.filter.search.trim());
    match no_hit {
        NoHit::Near(rows) => html! {
            <section class="detail" id="no-hit">
                <h2>{title}</h2>
                <p>{words.ui.no_hit_near()}</p>
                <ul class="near">
                    {for rows.iter().map(|row| near(row, view))}
                </ul>
            </section>
        },
        NoHit::NotAttempted { sender, reports } => not_attempted(title, *sender, reports, view),
        NoHit::Nothing => html! {
            <section class="detail" id="no-hit">
                <h2>{title}</h2>
                <p>{words.ui.no_hit_other()}</p>
            </section>
        },
    }
}

/// A recipient who may have been meant: a press searches for the address, the number or the name.
fn near(row: &ListRow, view: &View) -> Html {
    let identifiers = [Some(&row.address), row.customer.as_ref(), row.name.as_ref()];
    let mut identifiers = identifiers
        .into_iter()
        .flatten()
        .filter(|text| !text.is_empty());
    let search = identifiers.next().cloned().unwrap_or_default();
    let choose = view.act.reform({
        let search = search.clone();
        move |_| PageAction::Search(search.clone())
    });
    html! {
        <li><button type="button" class="near" onclick={choose}>{search}</button>
            if let Some(name) = row.name.as_ref().filter(|_| !row.address.is_empty()) {
                {" "}<span>{name}</span>
            }
        </li>
    }
}

fn not_attempted(title: String, sender: Sender, reports: &[String], view: &View) -> Html {
    let words = view.words;
    let (cause, delivery) = (Cause::NotAttempted, Delivery::NotAttempted);
    let advice = words.advice(sender, cause, delivery);
    html! {
        <section class="detail tone-act" id="no-hit" data-cause={cause.code()}>
            <header>
                <p class="state">{icon(Icon::NextStep(NextStep::TickOption))}<strong>{words.state(cause, delivery)}</strong></p>
                <h2>{title}</h2>
            </header>
            <section class="why">
                <h3>{words.cause(cause)}</h3>
                <p>{rich(words, advice.explain)}{" "}{words.ui.no_hit_search()}</p>
                <p class="small">{words.fill.no_hit_reports(&reports.join(", "))}</p>
            </section>
            <section class="todo">
                <h4>{words.ui.todo()}</h4>
                {steps(words, &advice.steps(None))}
                {guides(advice.guides, "", "", view)}
            </section>
        </section>
    }
}
