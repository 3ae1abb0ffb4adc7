//! The second view: the whole, the list, and one recipient.

use super::advice::Guides;
use super::detail::DetailView;
use super::list::List;
use super::problems::Problems;
use super::summary::Summary;
use crate::page::focus;
use crate::state::{Action, State};
use bezorgd::model::{Cause, Sender, State as Delivery};
use bezorgd::text::words;
use std::rc::Rc;
use yew::prelude::*;

#[derive(PartialEq, Properties)]
pub struct Props {
    pub state: Rc<State>,
    pub act: Callback<Action>,
}

/// The result view.
#[component]
pub fn Results(props: &Props) -> Html {
    let Props { state, act } = props;
    let overview = &state.overview;
    let any = overview.recipients > 0;
    let done = state.reading.is_none() && overview.files > 0;
    use_focus(state, any);
    let problems = html! {
        <Problems problems={overview.problems.clone()} crashed={state.crashed.clone()} alone={done && !any} />
    };
    if !any {
        return html! {
            <div class="nothing">
                if done {
                    <h1 id="verdict">{words().ui.no_recipients}</h1>
                    <p class="lede">{words().ui.no_recipients_next}</p>
                }
                {problems}
            </div>
        };
    }
    html! {
        <div class="results" data-pane={if state.chosen { "detail" } else { "list" }}
            data-ready={done.then_some("results")}>
            <Summary {state} {act} />
            {problems}
            <div class="panes">
                <List {state} {act} />
                <div class="pane">
                    if let Some(detail) = &state.detail {
                        <DetailView detail={Rc::clone(detail)} {act} />
                    } else if state.listing.total == 0 && !state.filter.search.is_empty() {
                        <NoHit search={state.filter.search.clone()} />
                    }
                </div>
            </div>
        </div>
    }
}

#[derive(PartialEq, Properties)]
struct NoHitProps {
    search: AttrValue,
}

/// No line for an address is a diagnosis too.
#[component]
fn NoHit(props: &NoHitProps) -> Html {
    let ui = &words().ui;
    let advice = words().advice(Sender::Pom, Cause::NotAttempted, Delivery::NotAttempted);
    html! {
        <section class="detail tone-act" id="no-hit">
            <h2>{words().fill.no_hit_for.with(&[("search", &props.search)])}</h2>
            <p>{ui.no_hit_next}</p>
            <Guides guides={advice.guides} />
        </section>
    }
}

/// The keyboard goes where the reader goes on: the search box when the first results are there, the
/// chosen recipient and back on a screen that has room for one of the two.
#[hook]
fn use_focus(state: &State, any: bool) {
    let wide = || {
        let width = web_sys::window().and_then(|window| window.inner_width().ok()?.as_f64());
        width.is_some_and(|width| width >= 960.0)
    };
    use_effect_with(any, move |any| {
        // On a small screen the search box would bring up the keyboard.
        if *any && wide() {
            focus("search");
        }
    });
    let before = use_mut_ref(|| false);
    let shown = state.chosen && state.detail.is_some();
    use_effect_with(shown, move |&shown| {
        let before = before.replace(shown);
        if !wide() && before != shown {
            focus(if shown { "detail-title" } else { "list" });
        }
    });
}
