//! What the browser shows around the page: the address, the title of the tab, and the way back.
//! Evidence never changes the address.

use super::dom::{is_wide, on_window};
use crate::links::Explanation;
use crate::state::{PageAction, PageState};
use crate::views::verdict;
use bezorgd_words::Words;
use std::rc::Rc;
use wasm_bindgen::JsValue;
use yew::prelude::*;

/// Opens the explanation that the address asks for, after `#`.
#[hook]
pub fn use_address(act: &Callback<PageAction>) {
    use_effect_with(act.clone(), |act| {
        let act = act.clone();
        let look = move || {
            let hash = web_sys::window().and_then(|window| window.location().hash().ok());
            let explanation = Explanation::at(&hash.unwrap_or_default());
            act.emit(PageAction::Navigated(explanation));
        };
        look();
        let listener = on_window("hashchange", Box::new(move |_| look()));
        move || drop(listener)
    });
}

/// Whether the page is embedded in one that has its own heading (`?inbed`).
pub fn is_embedded() -> bool {
    let search = web_sys::window().and_then(|window| window.location().search().ok());
    search.is_some_and(|search| {
        let mut parameters = search.trim_start_matches('?').split('&');
        parameters.any(|parameter| parameter == "inbed")
    })
}

/// The title of the tab sums up the results, or says what is explained.
#[hook]
pub fn use_title(words: &'static Words, state: &Rc<PageState>) {
    let title = match state.origin {
        Some(_) if state.overview.recipients > 0 => {
            let summary = verdict(words, &state.overview);
            words.fill.page_title(&summary)
        }
        _ => {
            let summary = match state.explanation {
                Some(Explanation::Cause(_, cause)) => words.cause(cause),
                Some(Explanation::Privacy) => words.ui.privacy_title(),
                Some(Explanation::Steps(guide)) => words.guide_of(guide).title,
                Some(Explanation::All | Explanation::Of(_)) => words.ui.explanations(),
                None => words.ui.tagline(),
            };
            words.fill.page_title(summary)
        }
    };
    use_effect_with(title, |title| {
        if let Some(document) = web_sys::window().and_then(|window| window.document()) {
            document.set_title(title);
        }
    });
}

/// On a narrow screen a recipient covers the list: the back button of the browser returns to the list,
/// instead of leaving the page, which would lose the evidence.
#[hook]
pub fn use_back(state: &PageState, act: &Callback<PageAction>) {
    use_effect_with(act.clone(), |act| {
        let act = act.clone();
        let back = move |_: &web_sys::Event| act.emit(PageAction::Back);
        let listener = on_window("popstate", Box::new(back));
        move || drop(listener)
    });
    use_effect_with(state.chosen, |&chosen| {
        let Some(Ok(history)) = web_sys::window().map(|window| window.history()) else {
            return;
        };
        let has_entry = history.state().is_ok_and(|state| state.is_truthy());
        // The list restores the reader's place itself.
        let _ = history.set_scroll_restoration(web_sys::ScrollRestoration::Manual);
        // A frame may forbid it; then the button on the page is the only way back.
        let _ = match (chosen, has_entry) {
            (true, false) if !is_wide() => history.push_state(&JsValue::TRUE, ""),
            (false, true) => history.back(),
            _ => Ok(()),
        };
    });
}
