//! Evidence and lists as files, whether they were chosen, dropped (folders too), or pasted.
//!
//! One unreadable file must not stop the others, so each carries its own failure.

use crate::bridge::queue::InputFile;
use bezorgd_protocol::Purpose;
use js_sys::{Array, Promise};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;
use web_sys::{
    DataTransfer, File, FileList, FileSystemDirectoryEntry, FileSystemEntry, FileSystemFileEntry,
};

/// A file in the browser.
pub type Input = InputFile<File>;

impl Input {
    fn new(name: String, file: Result<File, String>) -> Self {
        Self {
            name,
            size: file.as_ref().map_or(0.0, |file| file.size()),
            file,
            purpose: Purpose::Evidence,
        }
    }

    /// The same file, for this purpose.
    pub fn with_purpose(self, purpose: Purpose) -> Self {
        Self { purpose, ..self }
    }
}

impl From<File> for Input {
    fn from(file: File) -> Self {
        Self::new(file.name(), Ok(file))
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

/// Dropped files and folders. The browser gives access to them during the event only, so they are collected
/// at once, and folders are walked afterwards.
#[derive(Debug, Default)]
pub struct DroppedItems {
    files: Vec<Input>,
    folders: Vec<FileSystemDirectoryEntry>,
}

impl DroppedItems {
    /// Collects the files and folders of a drop.
    pub fn collect(data: &DataTransfer) -> Self {
        let mut dropped = Self::default();
        let items = data.items();
        for item in (0..items.length()).filter_map(|index| items.get(index)) {
            let entry = item.webkit_get_as_entry().ok().flatten();
            match entry.filter(FileSystemEntry::is_directory) {
                Some(folder) => dropped.folders.push(folder.unchecked_into()),
                // Straight from the item: on a `file:` page, an entry does not give its file.
                None => dropped
                    .files
                    .extend(item.get_as_file().ok().flatten().map(Input::from)),
            }
        }
        dropped
    }

    /// Whether it contains neither files nor folders.
    pub fn is_empty(&self) -> bool {
        self.files.is_empty() && self.folders.is_empty()
    }

    /// All files, those in folders included.
    pub async fn inputs(self) -> Vec<Input> {
        let mut inputs = self.files;
        let mut folders = self.folders;
        while let Some(folder) = folders.pop() {
            match entries(&folder).await {
                Ok(entries) => {
                    for entry in entries {
                        if entry.is_directory() {
                            folders.push(entry.unchecked_into());
                        } else if !entry.name().starts_with('.') {
                            inputs.push(file(entry.unchecked_into()).await);
                        }
                    }
                }
                Err(error) => inputs.push(Input::new(path(&folder), Err(reason(&error)))),
            }
        }
        inputs
    }
}

/// Everything in a folder; the browser lists it in portions, the last of which is empty.
async fn entries(folder: &FileSystemDirectoryEntry) -> Result<Vec<FileSystemEntry>, JsValue> {
    let reader = folder.create_reader();
    let mut entries = Vec::new();
    loop {
        let portion = JsFuture::from(Promise::new(&mut |resolve, reject| {
            // Failure comes through `reject`.
            let _ = reader.read_entries_with_callback_and_callback(&resolve, &reject);
        }))
        .await?;
        let portion = Array::from(&portion);
        if portion.length() == 0 {
            entries.sort_by_key(FileSystemEntry::full_path);
            return Ok(entries);
        }
        entries.extend(portion.iter().map(JsValue::unchecked_into));
    }
}

async fn file(entry: FileSystemFileEntry) -> Input {
    let found = JsFuture::from(Promise::new(&mut |resolve, reject| {
        entry.file_with_callback_and_callback(&resolve, &reject);
    }));
    let found = found.await.map(JsValue::unchecked_into);
    Input::new(path(&entry), found.map_err(|error| reason(&error)))
}

fn path(entry: &FileSystemEntry) -> String {
    entry.full_path().trim_start_matches('/').to_owned()
}

/// The browser's own words for what went wrong.
pub fn reason(error: &JsValue) -> String {
    match error.dyn_ref::<js_sys::Error>() {
        Some(error) => error.message().into(),
        None => error.as_string().unwrap_or_default(),
    }
}
