//! Events of the window: dragging, dropping, pasting and printing.

use super::dom::on_window;
use super::pasted::pasted;
use super::wishes::GiveEvidence;
use crate::files;
use crate::state::{Origin, PageAction, PageState};
use bezorgd_words::Words;
use wasm_bindgen::JsCast;
use web_sys::DragEvent;
use yew::prelude::*;

/// Lets the reader drop and paste evidence anywhere in the window; a drop never leaves the page.
/// Returns whether something is being dragged over it.
#[hook]
pub fn use_evidence_events(words: &'static Words, give: &GiveEvidence) -> UseStateHandle<bool> {
    let dragging = use_state(|| false);
    use_effect_with(give.clone(), {
        let dragging = dragging.setter();
        move |give: &GiveEvidence| {
            let over = {
                let dragging = dragging.clone();
                on_window(
                    "dragover",
                    Box::new(move |event| {
                        event.prevent_default();
                        // Some mail programs move the mail away unless the drop says that it copies.
                        if let Some(data) = event.unchecked_ref::<DragEvent>().data_transfer() {
                            data.set_drop_effect("copy");
                        }
                        dragging.set(true);
                    }),
                )
            };
            let leave = {
                let dragging = dragging.clone();
                on_window(
                    "dragleave",
                    Box::new(move |event| {
                        let entered = event.unchecked_ref::<DragEvent>().related_target();
                        // Leaving one element for another is not leaving the window.
                        if entered.is_none() {
                            dragging.set(false);
                        }
                    }),
                )
            };
            let drop = {
                let (give, dragging) = (give.clone(), dragging.clone());
                on_window(
                    "drop",
                    Box::new(move |event| {
                        event.prevent_default();
                        dragging.set(false);
                        let data = event.unchecked_ref::<DragEvent>().data_transfer();
                        let inputs = data.as_ref().map(files::dropped).unwrap_or_default();
                        give.emit((Origin::Evidence, inputs));
                    }),
                )
            };
            let paste = {
                let give = give.clone();
                on_window(
                    "paste",
                    Box::new(move |event| {
                        if let Some(inputs) = pasted(words, event.unchecked_ref()) {
                            event.prevent_default();
                            give.emit((Origin::Evidence, inputs));
                        }
                    }),
                )
            };
            let listeners = [over, leave, drop, paste];
            move || std::mem::drop(listeners)
        }
    });
    dragging
}

/// Prints as soon as the rows for it are on the page, and removes them afterwards.
#[hook]
pub fn use_printing(state: &PageState, act: &Callback<PageAction>) {
    use_effect_with(act.clone(), |act| {
        let act = act.clone();
        let end = move |_: &web_sys::Event| act.emit(PageAction::PrintEnded);
        let listener = on_window("afterprint", Box::new(end));
        move || drop(listener)
    });
    use_effect_with(state.printing.is_some(), |&printing| {
        if printing && let Some(window) = web_sys::window() {
            // A frame may forbid it; then nothing is printed.
            let _ = window.print();
        }
    });
}
