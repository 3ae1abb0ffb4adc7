//! The recipients, most urgent first. Only the rows in view exist; the worker keeps the rest.

use super::export_buttons::export_buttons;
use super::field::{place_of, text_of};
use super::icon::{Icon, icon, tone};
use super::naming::called;
use super::view::Wish;
use crate::ids::{RECIPIENT_LIST, SEARCH_BOX};
use crate::layout::{ListLayout, ROW};
use crate::state::{PageAction, PageState};
use bezorgd_model::NextStep;
use bezorgd_model::{Day, State as Delivery};
use bezorgd_protocol::{ListRow, Sort};
use bezorgd_words::Words;
use gloo_events::{EventListener, EventListenerOptions, EventListenerPhase};
use std::cell::Cell;
use std::rc::Rc;
use wasm_bindgen::JsCast;
use web_sys::{HtmlElement, HtmlSelectElement, WheelEvent};
use yew::prelude::*;

#[derive(Properties)]
pub struct ListProps {
    pub words: &'static Words,
    pub state: Rc<PageState>,
    pub act: Callback<PageAction>,
    pub wish: Callback<Wish>,
}

/// A state that changed is another one, so its address says whether it did.
impl PartialEq for ListProps {
    fn eq(&self, other: &Self) -> bool {
        std::ptr::eq(self.words, other.words)
            && Rc::ptr_eq(&self.state, &other.state)
            && self.act == other.act
            && self.wish == other.wish
    }
}

/// The search box and the list.
#[component]
pub fn RecipientList(props: &ListProps) -> Html {
    let ListProps {
        words,
        state,
        act,
        wish,
    } = props;
    let ui = words.ui;
    let listing = &state.listing;
    let grouped = state.filter.is_open() && state.filter.sort == Sort::NextStep;
    let layout = if grouped && listing.total == state.overview.recipients {
        ListLayout::grouped(&state.overview.next_steps)
    } else {
        ListLayout::flat(listing.total)
    };
    let last = (listing.offset + listing.rows.len() as u32).min(layout.rows());
    let shown = listing.offset.min(last)..last;

    let scroller = use_node_ref();
    let rows = use_node_ref();
    let above = use_node_ref();
    use_track([&scroller, &rows, &above], &layout, shown.start, act);
    use_wheel(&scroller, &rows, &layout);
    use_reveal(&scroller, &rows, &layout, state);

    let search = act.reform(|event: InputEvent| PageAction::Search(text_of(&event)));
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
            // In a select box these keys pick an option.
            if event
                .target()
                .is_some_and(|target| target.has_type::<HtmlSelectElement>())
            {
                return;
            }
            event.prevent_default();
            act.emit(PageAction::Step(by));
        }
    };
    let active = state.selected.map(row_id);
    html! {
        <section class="master" onkeydown={keys}>
            <div class="search">
                <label for={SEARCH_BOX}>{ui.search()}</label>
                <span class="search-box">{icon(Icon::Search)}
                    <input id={SEARCH_BOX} type="search" autocomplete="off" spellcheck="false"
                        placeholder={ui.search_hint()} value={state.filter.search.clone()} oninput={search} />
                </span>
            </div>
            <div class={classes!("found", state.overview.counts.then_some("dense"))}>
                <p role="status" id="found">{words.count.recipients(listing.total)}</p>
                {period_box(words, state, act)}
                {sort_box(words, state, act)}
                {export_buttons(words, state, wish)}
            </div>
            <div class="list" id={RECIPIENT_LIST} ref={scroller} role="listbox" tabindex="0" aria-label={ui.list_label()}
                aria-activedescendant={active}>
                <div class="rows" ref={rows} role="presentation">
                    <div class="above" ref={above} role="presentation" key="above" />
                    {for shown.clone().zip(listing.rows.iter()).flat_map(|(index, row)| {
                        let heading = layout.heading(index).map(|(next_step, count)| heading(words, next_step, count));
                        heading.into_iter().chain([row_view(words, row, index, state, act)])
                    })}
                </div>
            </div>
        </section>
    }
}

/// A choice of period, where people look at messages by the month.
fn period_box(words: &'static Words, state: &PageState, act: &Callback<PageAction>) -> Html {
    let ui = words.ui;
    let months = state.overview.months.clone();
    if !state.overview.counts || months.is_empty() {
        return Html::default();
    }
    let chosen = state.filter.period;
    let options: Vec<Html> = months
        .iter()
        .map(|&(year, month, count)| {
            let name = words.dates.month(year, month);
            let selected = chosen == Some(Day::of_month(year, month));
            html! { <option {selected}>{format!("{name} ({})", words.numbers.whole(count.into()))}</option> }
        })
        .collect();
    let picked = act.reform(move |event: Event| {
        let place = place_of(&event).checked_sub(1);
        let month = place.and_then(|place| months.get(place));
        PageAction::PickPeriod(month.map(|&(year, month, _)| Day::of_month(year, month)))
    });
    let [first, last] = [true, false].map(|is_first| {
        let filled = chosen.map(|(first, last)| if is_first { first } else { last });
        let changed = act.reform(move |event: Event| {
            let day = Day::parse(&text_of(&event)).ok();
            PageAction::PickPeriod(match (day, chosen) {
                (Some(day), Some((_, last))) if is_first => Some((day, last.max(day))),
                (Some(day), Some((first, _))) => Some((first.min(day), day)),
                (Some(day), None) => Some((day, day)),
                (None, _) => None,
            })
        });
        let label = if is_first {
            ui.period_from()
        } else {
            ui.period_to()
        };
        html! {
            <label class="day">{label}{" "}
                <input type="date" value={filled.map(|day| day.to_string())} onchange={changed} />
            </label>
        }
    });
    html! {
        <div class="sort period">
            <label for="period">{ui.period()}</label>
            <select id="period" onchange={picked}>
                <option selected={chosen.is_none()}>{ui.period_all()}</option>
                {for options}
            </select>
            if chosen.is_some() {
                <span class="days">{first}{last}</span>
            }
        </div>
    }
}

/// A choice of order.
fn sort_box(words: &'static Words, state: &PageState, act: &Callback<PageAction>) -> Html {
    let ui = words.ui;
    let sort = state.filter.sort;
    let counts = state.overview.counts;
    let orders = Sort::ALL
        .iter()
        .filter(|&&order| counts || order != Sort::Bounces);
    let picked = act.reform(|event: Event| {
        let sort = Sort::ALL.get(place_of(&event));
        PageAction::Sort(sort.copied().unwrap_or_default())
    });
    html! {
        <div class="sort">
            <label for="sort">{ui.sort()}</label>
            <select id="sort" onchange={picked}>
                {for orders.map(|&order| html! {
                    <option selected={order == sort}>{match order {
                        Sort::NextStep => ui.sort_next_step(),
                        Sort::Address => ui.sort_address(),
                        Sort::Latest => ui.sort_latest(),
                        Sort::Cause => ui.sort_cause(),
                        Sort::Bounces => ui.sort_bounces(),
                    }}</option>
                })}
            </select>
        </div>
    }
}

fn heading(words: &'static Words, next_step: NextStep, count: u32) -> Html {
    html! {
        <div key={next_step.code()} class={classes!("group", tone(next_step))} role="presentation">
            <span>{words.next_step(next_step).title}</span>
            <strong>{words.numbers.whole(count.into())}</strong>
        </div>
    }
}

fn row_view(
    words: &'static Words,
    row: &ListRow,
    index: u32,
    state: &PageState,
    act: &Callback<PageAction>,
) -> Html {
    let id = row.id;
    let choose = act.reform(move |_| PageAction::Choose(id));
    let when = match (row.state, row.retry_until, row.at) {
        (Delivery::Retrying, Some(until), _) => words.fill.until(&words.dates.short(until)),
        (_, _, Some(at)) => words.dates.short(at),
        _ => String::new(),
    };
    html! {
        <div key={id.to_string()} class={classes!("row", tone(row.next_step), row.tally.map(|_| "counted"))} role="option" id={row_id(id)}
            aria-selected={(state.selected == Some(id)).to_string()}
            aria-posinset={(index + 1).to_string()} aria-setsize={state.listing.total.to_string()}
            data-recipient={row.address.clone()} data-cause={row.cause.code()} data-next_step={row.next_step.code()}
            onclick={choose}>
            {icon(Icon::NextStep(row.next_step))}
            <span class="address" title={row.address.clone()}>
                {called(words, &row.address, row.name.as_deref(), row.customer.as_deref())}
            </span>
            <span class="cause">
                {words.cause(row.cause)}
                if let (Some(name), false) = (&row.name, row.address.is_empty()) {
                    {" · "}{name}
                }
            </span>
            <span class="when">{when}</span>
            if let Some(tally) = row.tally {
                <span class={classes!("tally", tally.removed.then_some("gone"))} title={words.ui.wise_bounces()}>
                    {words.tally(tally)}
                </span>
            }
        </div>
    }
}

fn row_id(id: u32) -> String {
    format!("recipient-{id}")
}

/// The part of the list that is in view, whether it scrolls in its own box or, on a narrow screen, with
/// the page.
struct Viewport {
    scroller: HtmlElement,
    /// The top of the box of the list, and the top of its rows, in pixels from the top of the window.
    list_top: f64,
    rows_top: f64,
    /// The height in which rows are visible, in pixels.
    view: f64,
    /// Whether the list scrolls in its own box.
    boxed: bool,
}

impl Viewport {
    /// `None` while a recipient takes the place of the list, on a narrow screen.
    fn of(scroller: &NodeRef, rows: &NodeRef) -> Option<Self> {
        let scroller = scroller.cast::<HtmlElement>()?;
        let rows_top = rows.cast::<HtmlElement>()?.get_bounding_client_rect().top();
        let list = scroller.get_bounding_client_rect();
        let window = web_sys::window()?.inner_height().ok()?.as_f64()?;
        (list.height() > 0.0).then(|| Self {
            list_top: list.top(),
            rows_top,
            view: list.height().min(window),
            boxed: scroller.client_height() < scroller.scroll_height(),
            scroller,
        })
    }

    /// How far the track has scrolled, in pixels.
    fn place(&self) -> f64 {
        self.list_top.max(0.0) - self.rows_top
    }

    fn height(&self, layout: &ListLayout) -> f64 {
        layout.height_at(self.place(), self.view)
    }

    /// Moves the existing rows to where they belong on this part of the track. Through the object model,
    /// because the content security policy forbids style attributes.
    fn put(&self, above: &NodeRef, layout: &ListLayout, first: u32) {
        let drift = self.height(layout) - self.place();
        set_pixels(above, "margin-top", layout.top(first) - drift);
    }

    /// Scrolls as little as possible to show this row.
    fn reveal(&self, layout: &ListLayout, row: u32) {
        let now = self.height(layout);
        let (top, bottom) = (layout.top(row), layout.top(row + 1));
        let wanted = if top < now {
            top
        } else if bottom > now + self.view {
            bottom - self.view
        } else {
            return;
        };
        let place = wanted / layout.speed(self.view);
        if self.boxed {
            let by = place - self.place();
            self.scroller.scroll_by_with_x_and_y(0.0, by);
        } else if let Some(window) = web_sys::window() {
            window.scroll_by_with_x_and_y(0.0, self.rows_top + place);
        }
    }
}

fn set_pixels(node: &NodeRef, property: &str, pixels: f64) {
    if let Some(element) = node.cast::<HtmlElement>() {
        // Fails only for a property that does not exist.
        let _ = element
            .style()
            .set_property(property, &format!("{pixels}px"));
    }
}

/// Gives the list the length of its track, keeps the rows in their places while it scrolls, and reports
/// which row is at the top of the view.
#[hook]
fn use_track(nodes: [&NodeRef; 3], layout: &ListLayout, first: u32, act: &Callback<PageAction>) {
    let nodes = nodes.map(NodeRef::clone);
    use_effect_with(
        (layout.clone(), first, act.clone()),
        move |(layout, first, act)| {
            let [scroller, rows, above] = nodes;
            let (layout, first, act) = (layout.clone(), *first, act.clone());
            set_pixels(&rows, "height", layout.track());
            if let Some(viewport) = Viewport::of(&scroller, &rows) {
                viewport.put(&above, &layout, first);
            }
            let window = web_sys::window().expect("a page has a window");
            let options = EventListenerOptions {
                phase: EventListenerPhase::Capture,
                passive: true,
            };
            let listener = EventListener::new_with_options(&window, "scroll", options, move |_| {
                if let Some(viewport) = Viewport::of(&scroller, &rows) {
                    viewport.put(&above, &layout, first);
                    act.emit(PageAction::Scrolled(
                        layout.row_at(viewport.height(&layout)),
                    ));
                }
            });
            move || drop(listener)
        },
    );
}

/// Lets the mouse wheel scroll as many rows on a shortened track as on any other.
#[hook]
fn use_wheel(scroller: &NodeRef, rows: &NodeRef, layout: &ListLayout) {
    let (scroller, rows) = (scroller.clone(), rows.clone());
    use_effect_with(layout.clone(), move |layout| {
        let layout = layout.clone();
        let list = scroller.cast::<HtmlElement>().expect("the list is there");
        // A remainder of less than a pixel is added the next time.
        let rest = Cell::new(0.0);
        let options = EventListenerOptions::enable_prevent_default();
        let listener = EventListener::new_with_options(&list, "wheel", options, move |event| {
            let wheel = event.unchecked_ref::<WheelEvent>();
            let Some(viewport) = Viewport::of(&scroller, &rows) else {
                return;
            };
            let speed = layout.speed(viewport.view);
            if speed <= 1.0 || !viewport.boxed || wheel.ctrl_key() {
                return;
            }
            event.prevent_default();
            let unit = match wheel.delta_mode() {
                WheelEvent::DOM_DELTA_LINE => ROW / 2.0,
                WheelEvent::DOM_DELTA_PAGE => viewport.view,
                _ => 1.0,
            };
            let by = wheel.delta_y() * unit / speed + rest.get();
            rest.set(by.fract());
            viewport.scroller.scroll_by_with_x_and_y(0.0, by.trunc());
        });
        move || drop(listener)
    });
}

/// Scrolls to what a change moved out of view: the start of the list after a new filter, the row that the
/// keyboard moves to, the row that the reader returns from.
#[hook]
fn use_reveal(scroller: &NodeRef, rows: &NodeRef, layout: &ListLayout, state: &PageState) {
    let (scroller, rows, layout) = (scroller.clone(), rows.clone(), layout.clone());
    use_effect_with(state.filter.clone(), {
        let scroller = scroller.clone();
        move |_| {
            if let Some(list) = scroller.cast::<HtmlElement>() {
                list.set_scroll_top(0);
            }
        }
    });
    let selected = state.selected.filter(|_| state.chosen);
    let listing = state.listing.clone();
    let filter = state.filter.clone();
    let before = use_mut_ref(|| (None, None));
    use_effect_with(selected, move |&selected| {
        let at = |id| listing.rows.iter().position(|row| row.id == id);
        let (before, its_filter) = before.replace((selected, Some(filter.clone())));
        // With another filter, the reader does not return to a row.
        let before = before.filter(|_| its_filter == Some(filter));
        let at = selected.or(before).and_then(at);
        if let (Some(at), Some(viewport)) = (at, Viewport::of(&scroller, &rows)) {
            viewport.reveal(&layout, listing.offset + at as u32);
        }
    });
}
