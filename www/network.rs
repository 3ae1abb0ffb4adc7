//! What the page does on the network, for those who want to see it: nothing, once it has loaded.

use crate::state::{Action, Network};
use gloo_timers::callback::Interval;
use std::cell::Cell;
use wasm_bindgen::JsCast;
use web_sys::{Performance, PerformanceResourceTiming};
use yew::prelude::*;

/// How often is looked again.
const EVERY_MS: u32 = 500;

thread_local! {
    /// When the page had loaded all it needs, in milliseconds since it was opened.
    static LOADED: Cell<f64> = const { Cell::new(f64::INFINITY) };
}

/// Takes note that the page has loaded all it needs; the first time counts.
pub fn note_loaded() {
    if let Some(performance) = performance() {
        LOADED.set(LOADED.get().min(performance.now()));
    }
}

/// Looks again and again, while somebody wants to see it.
#[hook]
pub fn use_network(watched: bool, act: &Callback<Action>) {
    use_effect_with((watched, act.clone()), |(watched, act)| {
        let act = act.clone();
        let look = move || act.emit(Action::Network(network()));
        let interval = watched.then(|| {
            look();
            Interval::new(EVERY_MS, look)
        });
        move || drop(interval)
    });
}

fn network() -> Network {
    let entries = performance().map(|performance| performance.get_entries_by_type("resource"));
    let entries = entries.into_iter().flatten();
    let loaded = LOADED.get();
    let late = entries
        .map(JsCast::unchecked_into::<PerformanceResourceTiming>)
        .filter(|entry| entry.start_time() > loaded)
        // The browser's own: the icon of the tab.
        .filter(|entry| entry.initiator_type() != "other");
    let online = web_sys::window().is_some_and(|window| window.navigator().on_line());
    Network {
        requests: late.count() as u32,
        online,
    }
}

fn performance() -> Option<Performance> {
    web_sys::window()?.performance()
}
