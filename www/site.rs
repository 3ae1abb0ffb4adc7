//! What a site adds to the page (`boot/site.js`): a newer version of itself, evidence from other programs, and
//! the whole page as one file. The page that is one file has none of it.

use crate::files::{self, Input};
use crate::state::{Action, Given};
use bezorgd::text::words;
use js_sys::{Array, Function};
use wasm_bindgen::prelude::*;
use web_sys::File;
use yew::prelude::*;

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(js_name = bezorgdOnUpdate)]
    fn on_update(told: &Function);
    /// Goes on with the newer version: the page is loaded anew.
    #[wasm_bindgen(js_name = bezorgdUpdate)]
    pub fn update();
    #[wasm_bindgen(js_name = bezorgdOnHanded)]
    fn on_handed(take: &Function);
}

/// Hears of a newer version.
#[hook]
pub fn use_updates(act: &Callback<Action>) {
    use_effect_with(act.clone(), |act| {
        let act = act.clone();
        let told = Closure::<dyn Fn()>::new(move || act.emit(Action::NewVersion));
        on_update(told.as_ref().unchecked_ref());
        move || drop(told)
    });
}

/// Takes what another program opens with the page, or shares with it. A text that comes with files only
/// introduces them.
#[hook]
pub fn use_handed(give: &Callback<(Given, Vec<Input>)>) {
    use_effect_with(give.clone(), |give| {
        let give = give.clone();
        let take = Closure::<dyn Fn(Array, String)>::new(move |handed: Array, text: String| {
            let handed = handed.iter().map(JsCast::unchecked_into::<File>);
            let mut inputs: Vec<_> = handed.map(Input::from).collect();
            if inputs.is_empty() {
                inputs.extend(files::text(words().ui.shared_name, &text));
            }
            give.emit((Given::Evidence, inputs));
        });
        on_handed(take.as_ref().unchecked_ref());
        move || drop(take)
    });
}

/// The page as one file, to keep.
#[derive(Clone, Debug, PartialEq)]
pub struct SingleFile {
    /// Where it is.
    pub address: String,
    /// Its SHA-256, in hexadecimal.
    pub sha256: String,
}

/// The page as one file, where there is one (the build says so on the element of the page).
pub fn single_file() -> Option<SingleFile> {
    let page = web_sys::window()?.document()?.get_element_by_id("page")?;
    Some(SingleFile {
        address: page.get_attribute("data-single-file")?,
        sha256: page.get_attribute("data-single-file-sha256")?,
    })
}
