//! The input behind a button that chooses files: unlike the input, a button can be styled and translated.

use super::view::{View, Wish};
use crate::files;
use crate::ids;
use bezorgd_protocol::Purpose;
use web_sys::HtmlInputElement;
use yew::prelude::*;

/// A hidden input; files that are chosen are read for this purpose.
pub fn file_input(purpose: Purpose, view: &View) -> Html {
    let chosen = view.wish.reform(move |event: Event| {
        let input = event.target_unchecked_into::<HtmlInputElement>();
        let inputs = files::listed(input.files());
        // Otherwise choosing the same file again would not fire an event.
        input.set_value("");
        Wish::Read(purpose, inputs)
    });
    let id = ids::file_input(purpose);
    html! { <input {id} type="file" multiple=true hidden=true onchange={chosen} /> }
}
