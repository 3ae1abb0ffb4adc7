//! What a reader entered in a field, from its event.

use web_sys::{HtmlInputElement, HtmlSelectElement};
use yew::prelude::*;

/// The text in the field.
pub fn text_of(event: &Event) -> String {
    event.target_unchecked_into::<HtmlInputElement>().value()
}

/// The place of the chosen option in its list; 0 also if there is none.
pub fn place_of(event: &Event) -> usize {
    let select = event.target_unchecked_into::<HtmlSelectElement>();
    usize::try_from(select.selected_index()).unwrap_or_default()
}
