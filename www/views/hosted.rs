//! What a host adds to the page: a notice of a newer version, and a download of the page as a single file.

use super::{View, Wish};
use crate::hosted::{SingleFile, single_file};
use bezorgd_words::words;
use yew::prelude::*;

/// A calm notice that a newer version is ready.
pub fn update(view: &View) -> Html {
    let ui = &words().ui;
    html! {
        <div role="status">
            if view.state.new_version {
                <div class="notice calm" id="new-version">
                    <p>
                        {ui.new_version}
                        if view.state.origin.is_some() {
                            {" "}{ui.new_version_given}
                        }
                    </p>
                    <button type="button" onclick={view.wish.reform(|_| Wish::Update)}>{ui.new_version_load}</button>
                </div>
            }
        </div>
    }
}

/// The single file to download, and its hash to check it with.
pub fn download() -> Html {
    let ui = &words().ui;
    let Some(SingleFile { address, sha256 }) = single_file() else {
        return Html::default();
    };
    html! {
        <div class="download">
            <p><a id="single-file" href={address.clone()} download={address}>{ui.single_file}</a>{" "}{ui.single_file_hint}</p>
            <p class="small">{ui.single_file_check}{" "}<code>{sha256}</code></p>
        </div>
    }
}
