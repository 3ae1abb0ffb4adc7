//! Copies text to the clipboard.

use wasm_bindgen::JsCast;
use wasm_bindgen_futures::{JsFuture, spawn_local};
use web_sys::{HtmlDocument, HtmlTextAreaElement};

/// Copies a text, and passes on whether the browser allowed it.
pub fn copy(text: String, on_copied: Box<dyn FnOnce(bool)>) {
    spawn_local(async move { on_copied(is_copied(&text).await) });
}

async fn is_copied(text: &str) -> bool {
    let Some(window) = web_sys::window() else {
        return false;
    };
    // Missing when the page comes from an insecure origin.
    let navigator = window.navigator();
    if js_sys::Reflect::get(&navigator, &"clipboard".into())
        .is_ok_and(|clipboard| clipboard.is_truthy())
        && JsFuture::from(navigator.clipboard().write_text(text))
            .await
            .is_ok()
    {
        return true;
    }
    copy_selected(text).unwrap_or(false)
}

/// The old way: selects the text in an invisible box, and copies the selection.
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
        // If the focus cannot go back, the page still works.
        let _ = element.focus();
    }
    Some(copied)
}
