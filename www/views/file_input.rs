//! The input behind a button that chooses files; a button, unlike the input, can be styled and translated.

use super::{View, Wish};
use crate::files::{self, Input};
use web_sys::HtmlInputElement;
use yew::prelude::*;

/// An input that nobody sees, and what is wished with the files that are chosen.
pub fn file_input(id: &'static str, view: &View, wish: fn(Vec<Input>) -> Wish) -> Html {
    let chosen = view.wish.reform(move |event: Event| {
        let input = event.target_unchecked_into::<HtmlInputElement>();
        let inputs = files::listed(input.files());
        // Otherwise choosing the same file again would go unnoticed.
        input.set_value("");
        wish(inputs)
    });
    html! { <input {id} type="file" multiple=true hidden=true onchange={chosen} /> }
}
