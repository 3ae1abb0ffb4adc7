//! The link to the page as a single file.

use crate::hosted::{SingleFile, single_file};
use bezorgd_words::Words;
use yew::prelude::*;

/// The single file to download, and its hash to check it with.
pub fn single_file_link(words: &'static Words) -> Html {
    let ui = words.ui;
    let Some(SingleFile { address, sha256 }) = single_file() else {
        return Html::default();
    };
    html! {
        <div class="download">
            <p><a id="single-file" href={address.clone()} download={address}>{ui.single_file()}</a>{" "}{ui.single_file_hint()}</p>
            <p class="small">{ui.single_file_check()}{" "}<code>{sha256}</code></p>
        </div>
    }
}
