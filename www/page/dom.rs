//! Elements by their id, and the shape of the window.

use crate::layout::WIDE;
use gloo_events::{EventListener, EventListenerOptions};
use wasm_bindgen::JsCast;
use web_sys::{Element, Event, FocusOptions, HtmlElement, HtmlTextAreaElement};

/// Listens to an event of the window; the handler may prevent its default. Boxed, because a copy of this
/// function for each handler would add to the download.
pub fn on_window(kind: &'static str, handler: Box<dyn FnMut(&Event)>) -> EventListener {
    let window = web_sys::window().expect("a page has a window");
    let options = EventListenerOptions::enable_prevent_default();
    EventListener::new_with_options(&window, kind, options, handler)
}

/// The element with this id.
pub fn element(id: &str) -> Option<Element> {
    web_sys::window()?.document()?.get_element_by_id(id)
}

fn element_as<T: JsCast>(id: &str) -> Option<T> {
    element(id)?.dyn_into().ok()
}

/// Presses an element.
pub fn click(id: &str) {
    if let Some(element) = element_as::<HtmlElement>(id) {
        element.click();
    }
}

/// Gives an element the focus, without scrolling to it.
pub fn focus(id: &str) {
    if let Some(element) = element_as::<HtmlElement>(id) {
        let options = FocusOptions::new();
        options.set_prevent_scroll(true);
        // An element that cannot have the focus leaves it where it is.
        let _ = element.focus_with_options(&options);
    }
}

/// The text in a box; empty if there is no such box.
pub fn text_in(id: &str) -> String {
    element_as::<HtmlTextAreaElement>(id)
        .map(|area| area.value())
        .unwrap_or_default()
}

/// Whether the list and a recipient are side by side.
pub fn is_wide() -> bool {
    let query = web_sys::window().and_then(|window| window.match_media(WIDE).ok()?);
    query.is_some_and(|query| query.matches())
}
