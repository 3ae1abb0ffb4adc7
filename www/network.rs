//! What the page does on the network once it has loaded, for readers who want to check: nothing.

use crate::state::{NetworkActivity, PageAction};
use gloo_timers::callback::Interval;
use std::cell::Cell;
use wasm_bindgen::JsCast;
use web_sys::{Performance, PerformanceResourceTiming};
use yew::prelude::*;

/// How often to look, in milliseconds.
const EVERY_MS: u32 = 500;

thread_local! {
    /// When the page had loaded everything it needs, in milliseconds since it was opened.
    static LOADED: Cell<f64> = const { Cell::new(f64::INFINITY) };
}

/// Records that the page has loaded everything it needs. The first call counts.
pub fn note_loaded() {
    if let Some(performance) = performance() {
        LOADED.set(LOADED.get().min(performance.now()));
    }
}

/// Reports the activity regularly, while the reader looks at it.
#[hook]
pub fn use_network(watched: bool, act: &Callback<PageAction>) {
    use_effect_with((watched, act.clone()), |(watched, act)| {
        let act = act.clone();
        let look = move || act.emit(PageAction::Network(activity()));
        let interval = watched.then(|| {
            look();
            Interval::new(EVERY_MS, look)
        });
        move || drop(interval)
    });
}

fn activity() -> NetworkActivity {
    let entries = performance().map(|performance| performance.get_entries_by_type("resource"));
    let entries = entries.into_iter().flatten();
    let loaded = LOADED.get();
    let late = entries
        .map(JsCast::unchecked_into::<PerformanceResourceTiming>)
        .filter(|entry| entry.start_time() > loaded)
        // Requests of the browser itself: the icon of the tab.
        .filter(|entry| entry.initiator_type() != "other");
    let online = web_sys::window().is_some_and(|window| window.navigator().on_line());
    NetworkActivity {
        requests: late.count() as u32,
        online,
    }
}

fn performance() -> Option<Performance> {
    web_sys::window()?.performance()
}
