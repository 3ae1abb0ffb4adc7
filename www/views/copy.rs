//! Copying: the button and its outcome.

use super::icon::{Icon, icon};
use super::view::{View, Wish};
use crate::state::Copyable;
use bezorgd_words::Words;
use yew::prelude::*;

/// A quiet button that copies a text, and beside it whether it worked.
pub fn copy_button(what: Copyable, text: String, label: &'static str, view: &View) -> Html {
    let copy = view
        .wish
        .reform(move |_: MouseEvent| Wish::Copy(what, text.clone()));
    let copied = view.state.copied.filter(|(copied, _)| *copied == what);
    let failed = copied.is_some_and(|(_, worked)| !worked);
    html! {
        <>
            <button type="button" class="quiet" onclick={copy}>{icon(Icon::Copy)}{label}</button>
            <span role="status" class={classes!("copied", failed.then_some("failed"))}>
                if let Some((_, worked)) = copied {
                    {copied_words(view.words, worked)}
                }
            </span>
        </>
    }
}

/// Whether copying worked, in words.
pub fn copied_words(words: &'static Words, worked: bool) -> &'static str {
    if worked {
        words.ui.copied()
    } else {
        words.ui.copy_failed()
    }
}
