//! The notice that a newer version of the page is ready.

use super::view::{View, Wish};
use yew::prelude::*;

/// A calm notice that a newer version is ready.
pub fn update(view: &View) -> Html {
    let ui = view.words.ui;
    html! {
        <div role="status">
            if view.state.new_version {
                <div class="notice calm" id="new-version">
                    <p>
                        {ui.new_version()}
                        if view.state.origin.is_some() {
                            {" "}{ui.new_version_given()}
                        }
                    </p>
                    <button type="button" onclick={view.wish.reform(|_| Wish::Update)}>{ui.new_version_load()}</button>
                </div>
            }
        </div>
    }
}
