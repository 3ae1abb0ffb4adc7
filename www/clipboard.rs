//! Copying a text. In a frame or an older browser the page may not write to the clipboard; then the
//! browser copies a selection, as if the reader had made it.

use wasm_bindgen::JsCast;
use wasm_bindgen_futures::JsFuture;
use web_sys::{Document, HtmlDocument, HtmlTextAreaElement};

/// Copies a text and tells whether that worked. To be called while the reader's click still counts.
pub async fn copy(text: &str) -> bool {
    let Some(window) = web_sys::window() else {
        return false;
    };
    // Not there on a page that did not come over a secure connection.
    let clipboard = js_sys::Reflect::get(&window.navigator(), &"clipboard".into());
    if clipboard.is_ok_and(|clipboard| clipboard.is_object())
        && JsFuture::from(window.navigator().clipboard().write_text(text))
            .await
            .is_ok()
    {
        return true;
    }
    window
        .document()
        .and_then(|document| copy_selection(&document, text))
        .unwrap_or(false)
}

fn copy_selection(document: &Document, text: &str) -> Option<bool> {
    let area: HtmlTextAreaElement = document.create_element("textarea").ok()?.dyn_into().ok()?;
    area.set_value(text);
    area.set_read_only(true);
    area.set_class_name("copied-from");
    document.body()?.append_child(&area).ok()?;
    area.select();
    let copied = document
        .dyn_ref::<HtmlDocument>()
        .and_then(|document| document.exec_command("copy").ok());
    area.remove();
    copied
}
