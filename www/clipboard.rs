//! Puts a text on the clipboard.

use wasm_bindgen::JsCast;
use wasm_bindgen_futures::JsFuture;
use web_sys::{HtmlDocument, HtmlTextAreaElement};

/// Copies a text; tells whether the browser let it.
pub async fn copy(text: &str) -> bool {
    let Some(window) = web_sys::window() else {
        return false;
    };
    // It is not there when the page does not come from a secure place.
    let navigator = window.navigator();
    if js_sys::Reflect::get(&navigator, &"clipboard".into()).is_ok_and(|there| there.is_truthy())
        && JsFuture::from(navigator.clipboard().write_text(text))
            .await
            .is_ok()
    {
        return true;
    }
    copy_selected(text).unwrap_or(false)
}

/// The way before there was another: selects the text in a box that nobody sees, and copies that.
fn copy_selected(text: &str) -> Option<bool> {
    let document: HtmlDocument = web_sys::window()?.document()?.dyn_into().ok()?;
    let area: HtmlTextAreaElement = document.create_element("textarea").ok()?.dyn_into().ok()?;
    area.set_class_name("off-screen");
    area.set_value(text);
    let focused = document.active_element();
    document.body()?.append_child(&area).ok()?;
    area.select();
    let copied = document.exec_command("copy").unwrap_or(false);
    area.remove();
    if let Some(element) =
        focused.and_then(|element| element.dyn_into::<web_sys::HtmlElement>().ok())
    {
        // Where the focus cannot go back, the page works all the same.
        let _ = element.focus();
    }
    Some(copied)
}
