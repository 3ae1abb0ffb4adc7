//! The recipients, worst first. Only the rows in view exist; the worker keeps the rest.

use super::icon::{Icon, icon, tone};
use crate::layout::Layout;
use crate::state::{Action, State};
use bezorgd::job::{Row, Turn};
use bezorgd::model::State as Delivery;
use bezorgd::text::{number, words};
use gloo_events::{EventListener, EventListenerOptions, EventListenerPhase};
use std::rc::Rc;
use web_sys::{HtmlElement, HtmlInputElement};
use yew::prelude::*;

#[derive(PartialEq, Properties)]
pub struct Props {
    pub state: Rc<State>,
    pub act: Callback<Action>,
}

/// The search box and the list.
#[component]
pub fn List(props: &Props) -> Html {
    let Props { state, act } = props;
    let ui = &words().ui;
    let listing = &state.listing;
    let whole = state.filter.is_open();
    let layout = if whole && listing.total == state.overview.recipients {
        Layout::grouped(&state.overview.turns)
    } else {
        Layout::flat(listing.total)
    };
    let last = (listing.offset + listing.rows.len() as u32).min(layout.rows());
    let shown = listing.offset.min(last)..last;

    let scroller = use_node_ref();
    let rows = use_node_ref();
    let above = use_node_ref();
    use_heights(&rows, layout.height(), &above, layout.top(shown.start));
    use_view(&scroller, &rows, &layout, act);
    use_reveal(&scroller, state);

    let search = act.reform(|event: InputEvent| {
        Action::Search(event.target_unchecked_into::<HtmlInputElement>().value())
    });
    let keys = {
        let act = act.clone();
        move |event: KeyboardEvent| {
            let by = match event.key().as_str() {
                "ArrowDown" => 1,
                "ArrowUp" => -1,
                "PageDown" => 8,
                "PageUp" => -8,
                _ => return,
            };
            event.prevent_default();
            act.emit(Action::Step(by));
        }
    };
    let active = state.selected.map(row_id);
    html! {
        <section class="master" onkeydown={keys}>
            <div class="search">
                <label for="search">{ui.search}</label>
                <span class="search-box">{icon(Icon::Search)}
                    <input id="search" type="search" autocomplete="off" spellcheck="false"
                        placeholder={ui.search_hint} value={state.filter.search.clone()} oninput={search} />
                </span>
            </div>
            <p class="found" role="status" id="found">{words().count.recipients.of(listing.total)}</p>
            <div class="list" id="list" ref={scroller} role="listbox" tabindex="0" aria-label={ui.list_label}
                aria-activedescendant={active}>
                <div class="rows" ref={rows} role="presentation">
                    <div class="above" ref={above} role="presentation" key="above" />
                    {for shown.clone().zip(listing.rows.iter()).flat_map(|(index, row)| {
                        let heading = layout.heading(index).map(|(turn, count)| heading(turn, count));
                        heading.into_iter().chain([row_view(row, index, state, act)])
                    })}
                </div>
                if layout.rows() < listing.total {
                    <p class="small more">
                        {words().fill.more.with(&[("n", &number(layout.rows().into()))])}
                    </p>
                }
            </div>
        </section>
    }
}

fn heading(turn: Turn, count: u32) -> Html {
    html! {
        <div key={turn.code()} class={classes!("group", tone(turn))} role="presentation">
            <span>{words().turn(turn).title}</span>
            <strong>{number(count.into())}</strong>
        </div>
    }
}

fn row_view(row: &Row, index: u32, state: &State, act: &Callback<Action>) -> Html {
    let id = row.id;
    let choose = act.reform(move |_| Action::Choose(id));
    let when = match (row.state, row.retry_until, row.at) {
        (Delivery::Retrying, Some(until), _) => words()
            .fill
            .until
            .with(&[("day", &words().dates.short(until))]),
        (_, _, Some(at)) => words().dates.short(at),
        _ => String::new(),
    };
    html! {
        <div key={id.to_string()} class={classes!("row", tone(row.turn))} role="option" id={row_id(id)}
            aria-selected={(state.selected == Some(id)).to_string()}
            aria-posinset={(index + 1).to_string()} aria-setsize={state.listing.total.to_string()}
            data-recipient={row.address.clone()} data-cause={row.cause.code()} data-turn={row.turn.code()}
            onclick={choose}>
            {icon(Icon::Turn(row.turn))}
            <span class="address" title={row.address.clone()}>
                {if row.address.is_empty() { words().ui.no_address } else { &row.address }}
            </span>
            <span class="cause">{words().cause(row.cause)}</span>
            <span class="when">{when}</span>
        </div>
    }
}

fn row_id(id: u32) -> String {
    format!("recipient-{id}")
}

/// Gives the list the height of all its rows, and the empty space above those that exist. Through
/// the object model: the content security policy forbids style attributes.
#[hook]
fn use_heights(rows: &NodeRef, height: f64, above: &NodeRef, top: f64) {
    let (rows, above) = (rows.clone(), above.clone());
    use_effect_with((height.to_bits(), top.to_bits()), move |_| {
        for (node, pixels) in [(rows, height), (above, top)] {
            if let Some(element) = node.cast::<HtmlElement>() {
                // Fails only for a property that does not exist.
                let _ = element
                    .style()
                    .set_property("height", &format!("{pixels}px"));
            }
        }
    });
}

/// Tells which row is at the top of the view, whether the list scrolls in its own box or, on a small
/// screen, with the whole page.
#[hook]
fn use_view(scroller: &NodeRef, rows: &NodeRef, layout: &Layout, act: &Callback<Action>) {
    let (scroller, rows) = (scroller.clone(), rows.clone());
    use_effect_with((layout.clone(), act.clone()), move |(layout, act)| {
        let (layout, act) = (layout.clone(), act.clone());
        let window = web_sys::window().expect("a page has a window");
        let options = EventListenerOptions {
            phase: EventListenerPhase::Capture,
            passive: true,
        };
        let listener = EventListener::new_with_options(&window, "scroll", options, move |_| {
            if let (Some(scroller), Some(rows)) =
                (scroller.cast::<HtmlElement>(), rows.cast::<HtmlElement>())
            {
                let list = scroller.get_bounding_client_rect();
                // On a small screen, a recipient takes the place of the list.
                if list.height() > 0.0 {
                    let above = list.top().max(0.0) - rows.get_bounding_client_rect().top();
                    act.emit(Action::Scrolled(layout.row_at(above)));
                }
            }
        });
        move || drop(listener)
    });
}

/// Brings back to view what a change put out of it: the start of a list that answers another
/// question, the row to which the keyboard moves, the row from which the reader comes back.
#[hook]
fn use_reveal(scroller: &NodeRef, state: &State) {
    let scroller = scroller.clone();
    use_effect_with(state.filter.clone(), move |_| {
        if let Some(list) = scroller.cast::<HtmlElement>() {
            list.set_scroll_top(0);
        }
    });
    let selected = state.selected.filter(|_| state.chosen);
    let before = use_mut_ref(|| None);
    use_effect_with(selected, move |&selected| {
        if let Some(row) = selected.or(before.replace(selected)).and_then(row_element) {
            let options = web_sys::ScrollIntoViewOptions::new();
            options.set_block(web_sys::ScrollLogicalPosition::Nearest);
            row.scroll_into_view_with_scroll_into_view_options(&options);
        }
        before.replace(selected);
    });
}

fn row_element(id: u32) -> Option<web_sys::Element> {
    let document = web_sys::window()?.document()?;
    document.get_element_by_id(&row_id(id))
}
