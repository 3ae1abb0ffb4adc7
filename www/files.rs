//! Evidence and lists as files, whether they were chosen, dropped (folders too), or pasted.
//!
//! One unreadable file must not stop the others, so each carries its own failure. Asking the browser for a file or its
//! size takes a good part of a millisecond: thousands are asked for in portions ([`prepare`]), while others are read.

use crate::bridge::queue::{InputFile, Prepared, PreparedFile, SMALL};
use bezorgd_protocol::Purpose;
use js_sys::{Array, ArrayBuffer};
use wasm_bindgen::prelude::*;
use web_sys::{DataTransfer, File, FileList};

#[wasm_bindgen]
extern "C" {
    /// The items of a drop, each with its name, and whether it is a folder (`boot/files.js`).
    #[wasm_bindgen(js_name = bezorgdDropped)]
    fn dropped_items(data: &DataTransfer) -> Array;
    /// What each of these items is: a [`FoundFile`], the items of a folder, or what went wrong.
    #[wasm_bindgen(js_name = bezorgdPrepare)]
    async fn prepare_items(items: Array, small: f64) -> JsValue;
    /// Bytes of a file, or what went wrong.
    #[wasm_bindgen(js_name = bezorgdRead)]
    async fn read_bytes(file: JsValue, from: f64, to: f64) -> JsValue;

    type FoundFile;
    #[wasm_bindgen(method, getter)]
    fn file(this: &FoundFile) -> JsValue;
    #[wasm_bindgen(method, getter)]
    fn size(this: &FoundFile) -> f64;
    #[wasm_bindgen(method, getter)]
    fn bytes(this: &FoundFile) -> Option<ArrayBuffer>;
}

/// A file or folder in the browser: a `File`, or a `FileSystemEntry` that was dropped.
pub type Input = InputFile<JsValue>;

impl Input {
    /// The same file, for this purpose.
    pub fn with_purpose(self, purpose: Purpose) -> Self {
        Self { purpose, ..self }
    }
}

impl From<File> for Input {
    fn from(file: File) -> Self {
        Self {
            name: file.name(),
            item: file.into(),
            is_folder: false,
            purpose: Purpose::Evidence,
        }
    }
}

/// The files of a file input or a paste.
pub fn listed(list: Option<FileList>) -> Vec<Input> {
    let list = list.into_iter();
    list.flat_map(|list| (0..list.length()).filter_map(move |index| list.get(index)))
        .map(Input::from)
        .collect()
}

/// A text as a file; `None` if it is blank.
pub fn text(name: &str, text: &str) -> Option<Input> {
    if text.trim().is_empty() {
        return None;
    }
    let parts = Array::of1(&JsValue::from_str(text));
    let file = File::new_with_str_sequence(&parts, name).ok()?;
    Some(file.into())
}

/// Dropped files and folders. The browser gives access to them during the event only.
pub fn dropped(data: &DataTransfer) -> Vec<Input> {
    inputs(&dropped_items(data))
}

/// Looks up items, and reads the small files.
pub async fn prepare(items: Vec<JsValue>) -> Vec<Prepared<JsValue, ArrayBuffer>> {
    let found = prepare_items(items.into_iter().collect(), SMALL).await;
    Array::from(&found).iter().map(prepared).collect()
}

/// Reads bytes `from..to` of a file.
pub async fn read(file: JsValue, from: f64, to: f64) -> Result<ArrayBuffer, String> {
    let read = read_bytes(file, from, to).await;
    read.dyn_into().map_err(|error| words(&error))
}

fn prepared(found: JsValue) -> Prepared<JsValue, ArrayBuffer> {
    if let Some(items) = found.dyn_ref::<Array>() {
        return Prepared::Folder(inputs(items));
    }
    Prepared::File(if found.is_string() {
        PreparedFile {
            file: Err(words(&found)),
            size: 0.0,
            bytes: None,
        }
    } else {
        let found: &FoundFile = found.unchecked_ref();
        PreparedFile {
            file: Ok(found.file()),
            size: found.size(),
            bytes: found.bytes(),
        }
    })
}

fn inputs(items: &Array) -> Vec<Input> {
    let input = |item: JsValue| {
        let item: Array = item.unchecked_into();
        Input {
            name: words(&item.get(0)),
            item: item.get(1),
            is_folder: item.get(2).is_truthy(),
            purpose: Purpose::Evidence,
        }
    };
    items.iter().map(input).collect()
}

fn words(text: &JsValue) -> String {
    text.as_string().unwrap_or_default()
}
