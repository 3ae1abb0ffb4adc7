//! The keyboard focus follows the reader, and so does the scroll position.

use super::dom::{element, focus, is_wide};
use crate::ids::{DETAIL_PANE, DETAIL_TITLE, RECIPIENT_LIST, SEARCH_BOX};
use crate::state::PageState;
use yew::prelude::*;

/// Moves the focus to where the reader continues: to the search box when the first results arrive, and
/// on a narrow screen to the chosen recipient and back.
#[hook]
pub fn use_focus(state: &PageState) {
    use_effect_with(state.overview.recipients > 0, |&any| {
        // On a narrow screen the search box would bring up the keyboard.
        if any && is_wide() {
            focus(SEARCH_BOX);
        }
    });
    // A recipient is read from the beginning.
    use_effect_with(state.selected, |_| {
        if let Some(pane) = element(DETAIL_PANE) {
            pane.set_scroll_top(0);
        }
    });
    let before = use_mut_ref(|| false);
    let shown = state.chosen && state.detail.is_some();
    use_effect_with(shown, move |&shown| {
        if before.replace(shown) == shown || is_wide() {
            return;
        }
        if shown && let Some(window) = web_sys::window() {
            window.scroll_to_with_x_and_y(0.0, 0.0);
        }
        focus(if shown { DETAIL_TITLE } else { RECIPIENT_LIST });
    });
}
