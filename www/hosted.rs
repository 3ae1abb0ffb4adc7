//! What a host adds to the page (`boot/hosted.js`): newer versions of it, evidence that other programs hand
//! over, and a download of the page as a single file. The single file itself has none of these.

use crate::files::{self, Input};
use crate::ids::PAGE;
use crate::state::PageAction;
use bezorgd_words::Words;
use js_sys::{Array, Function};
use std::cell::RefCell;
use std::rc::Rc;
use wasm_bindgen::prelude::*;
use web_sys::File;
use yew::prelude::*;

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(js_name = bezorgdOnUpdate)]
    fn on_update(callback: &Function);
    /// Reloads the page with the newer version.
    #[wasm_bindgen(js_name = bezorgdUpdate)]
    pub fn update();
    #[wasm_bindgen(js_name = bezorgdOnHandover)]
    fn on_handover(callback: &Function);
}

/// Reports a newer version.
#[hook]
pub fn use_updates(act: &Callback<PageAction>) {
    use_effect_with(act.clone(), |act| {
        let act = act.clone();
        let callback = Closure::<dyn Fn()>::new(move || act.emit(PageAction::NewVersion));
        on_update(callback.as_ref().unchecked_ref());
        move || drop(callback)
    });
}

/// What another program opens with the page, or shares with it, until the reader decides about it. Any site can share
/// something too, so it is only named. A text that comes with files introduces them, and is left out.
#[hook]
pub fn use_handovers(words: &'static Words, act: &Callback<PageAction>) -> Rc<RefCell<Vec<Input>>> {
    let offered = use_mut_ref(Vec::<Input>::new);
    use_effect_with(act.clone(), {
        let offered = Rc::clone(&offered);
        move |act| {
            let act = act.clone();
            let on_files = move |files: Array, text: String| {
                let files = files.iter().map(JsCast::unchecked_into::<File>);
                let mut inputs: Vec<_> = files.map(Input::from).collect();
                if inputs.is_empty() {
                    inputs.extend(files::text(words.ui.shared_name(), &text));
                }
                offered.borrow_mut().extend(inputs);
                let offered = offered.borrow();
                let names = offered.iter().map(|input| input.name.clone());
                act.emit(PageAction::Offered(names.collect()));
            };
            let callback = Closure::<dyn Fn(Array, String)>::new(on_files);
            on_handover(callback.as_ref().unchecked_ref());
            move || drop(callback)
        }
    });
    offered
}

/// The page as a single file, to download.
#[derive(Clone, Debug, PartialEq)]
pub struct SingleFile {
    /// Relative to the page.
    pub address: String,
    /// Its SHA-256, in hexadecimal.
    pub sha256: String,
}

/// The single file, if the host has one: packing adds its address to the element of the page.
pub fn single_file() -> Option<SingleFile> {
    let page = web_sys::window()?.document()?.get_element_by_id(PAGE)?;
    Some(SingleFile {
        address: page.get_attribute("data-single-file")?,
        sha256: page.get_attribute("data-single-file-sha256")?,
    })
}
