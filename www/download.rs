//! Saves a file that the page made. It comes from memory: nothing is sent or requested.

use js_sys::{Array, ArrayBuffer};
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{Blob, BlobPropertyBag, HtmlAnchorElement, Url};

/// Makes the browser save these parts as one file.
///
/// # Errors
/// When the browser has no room for the file.
pub fn save(name: &str, kind: &str, parts: &[ArrayBuffer]) -> Result<(), JsValue> {
    let options = BlobPropertyBag::new();
    options.set_type(kind);
    let parts: Array = parts.iter().collect();
    let blob = Blob::new_with_buffer_source_sequence_and_options(&parts, &options)?;
    let address = Url::create_object_url_with_blob(&blob)?;
    let document = web_sys::window().and_then(|window| window.document());
    let document = document.ok_or("no document")?;
    let link: HtmlAnchorElement = document.create_element("a")?.unchecked_into();
    link.set_href(&address);
    link.set_download(name);
    link.click();
    // The browser has to have started saving before the address is revoked.
    gloo_timers::callback::Timeout::new(60_000, move || {
        // If the address is already gone, there is nothing to revoke.
        let _ = Url::revoke_object_url(&address);
    })
    .forget();
    Ok(())
}
