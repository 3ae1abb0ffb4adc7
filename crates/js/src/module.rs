//! The functions and classes that JavaScript calls.

use bezorgd::model::{Diagnosis, Moment, Sender};
use bezorgd::{Host, Reading, analyse};
use js_sys::{Array, JsString, Object, Uint8Array};
use serde::{Serialize as _, de::DeserializeOwned};
use std::sync::Once;
use std::sync::atomic::{AtomicBool, Ordering};
use wasm_bindgen::prelude::*;
use web_sys::TextDecoder;

#[wasm_bindgen(typescript_custom_section)]
const TYPES: &str = include_str!("types.d.ts");

/// The name of evidence without one, as on the command line.
const NAMELESS: &str = "-";

const FINISHED: &str = "this Reader has finished; create a new one for the next file";

/// Whether this instance of the module has panicked: its state may be inconsistent.
static STOPPED: AtomicBool = AtomicBool::new(false);

/// Reads one file in memory, and returns a diagnosis for each message or report in it.
///
/// Evidence that cannot be read gets a diagnosis too, with `problems` that say what is wrong, where, and what to do.
/// Throws an `Error` if the bytes are not a `Uint8Array` or an option is wrong. Some damaged workbooks stop the entire
/// module: this call and every later one then throw an `Error` that says so, and the module must be imported again.
#[wasm_bindgen(unchecked_return_type = "Diagnosis[]")]
pub fn diagnose(
    #[wasm_bindgen(unchecked_param_type = "Uint8Array")] bytes: &JsValue,
    #[wasm_bindgen(unchecked_optional_param_type = "Options")] options: &JsValue,
) -> Result<Array, JsError> {
    let CallOptions { name, options } = CallOptions::read(options)?;
    let bytes = bytes_of(bytes)?;
    Ok(analyse(&name, &bytes, &options).iter().map(plain).collect())
}

/// Reads one file slice by slice, for files that are too large for memory.
///
/// The diagnoses of a mailbox are returned while it is fed. Any other format is kept in memory, at most 512 MiB of it,
/// and its diagnoses are returned at the end. Throws as `diagnose` does.
#[wasm_bindgen]
pub struct Reader {
    /// `None` once it has finished.
    reading: Option<Reading>,
}

#[wasm_bindgen]
impl Reader {
    /// Throws an `Error` if an option is wrong.
    #[wasm_bindgen(constructor)]
    pub fn new(
        #[wasm_bindgen(unchecked_optional_param_type = "Options")] options: &JsValue,
    ) -> Result<Self, JsError> {
        let CallOptions { name, options } = CallOptions::read(options)?;
        let reading = Some(Reading::new(&name, &options));
        Ok(Self { reading })
    }

    /// Reads the next slice, of any size, and returns the diagnoses since the last one.
    #[wasm_bindgen(unchecked_return_type = "Diagnosis[]")]
    pub fn feed(
        &mut self,
        #[wasm_bindgen(unchecked_param_type = "Uint8Array")] slice: &JsValue,
    ) -> Result<Array, JsError> {
        ready()?;
        let reading = self.reading.as_mut();
        let reading = reading.ok_or_else(|| JsError::new(FINISHED))?;
        let found = Array::new();
        reading.feed(&bytes_of(slice)?, &mut |diagnosis| {
            found.push(&plain(&diagnosis));
        });
        Ok(found)
    }

    /// Signals the end of the file, and returns the remaining diagnoses.
    #[wasm_bindgen(unchecked_return_type = "Diagnosis[]")]
    pub fn finish(&mut self) -> Result<Array, JsError> {
        ready()?;
        let reading = self.reading.take();
        let reading = reading.ok_or_else(|| JsError::new(FINISHED))?;
        let found = Array::new();
        reading.finish(&mut |diagnosis| {
            found.push(&plain(&diagnosis));
        });
        Ok(found)
    }
}

/// The options of a call.
struct CallOptions {
    name: String,
    options: bezorgd::Options,
}

impl CallOptions {
    fn read(given: &JsValue) -> Result<Self, JsError> {
        ready()?;
        let (mut name, mut sender, mut now) = (None, None, None);
        let object = Object::try_from(given);
        if object.is_none() && !given.is_undefined() && !given.is_null() {
            let message = "`options` must be an object, e.g. `{ name: \"report.csv\" }`";
            return Err(JsError::new(message));
        }
        for entry in object.map(Object::entries).iter().flat_map(Array::iter) {
            let entry: Array = entry.unchecked_into();
            let key = String::from(entry.get(0).unchecked_into::<JsString>());
            let value = entry.get(1);
            match key.as_str() {
                "name" => name = option(&key, value)?,
                "sender" => sender = option::<Sender>(&key, value)?,
                "now" => now = option::<Moment>(&key, value)?,
                _ => return Err(unknown_option(&key)),
            }
        }
        Ok(Self {
            name: name.unwrap_or_else(|| NAMELESS.to_owned()),
            options: bezorgd::Options {
                sender,
                host: host(),
                ..bezorgd::Options::new(now.map_or_else(present, Ok)?)
            },
        })
    }
}

/// An option; `None` if it is absent.
fn option<T: DeserializeOwned>(key: &str, value: JsValue) -> Result<Option<T>, JsError> {
    serde_wasm_bindgen::from_value(value).map_err(|error| {
        let message = JsValue::from(error).unchecked_into::<js_sys::Error>();
        JsError::new(&format!("option `{key}`: {}", message.message()))
    })
}

fn unknown_option(key: &str) -> JsError {
    let message = format!("unknown option `{key}`, expected `name`, `sender` or `now`");
    JsError::new(&message)
}

fn present() -> Result<Moment, JsError> {
    let seconds = js_sys::Date::now() / 1000.0;
    Ok(Moment::from_unix(seconds as i64)?)
}

fn bytes_of(value: &JsValue) -> Result<Vec<u8>, JsError> {
    let bytes = value.dyn_ref::<Uint8Array>().map(Uint8Array::to_vec);
    bytes.ok_or_else(|| {
        JsError::new(
            "expected a `Uint8Array`, e.g. `new Uint8Array(buffer)` of an ArrayBuffer, \
            or `new TextEncoder().encode(text)` of a text",
        )
    })
}

/// A diagnosis as `JSON.parse` would return it.
fn plain(diagnosis: &Diagnosis) -> JsValue {
    let json = serde_wasm_bindgen::Serializer::json_compatible();
    diagnosis
        .serialize(&json)
        .expect("a diagnosis is plain data")
}

/// Fails if the module has panicked; the first call installs the hook that reports panics.
fn ready() -> Result<(), JsError> {
    static READY: Once = Once::new();
    READY.call_once(|| {
        // Without it, the caller would read `unreachable`.
        std::panic::set_hook(Box::new(|panic| {
            STOPPED.store(true, Ordering::Relaxed);
            wasm_bindgen::throw_str(&format!("this file stopped the module: {panic}"));
        }));
    });
    if STOPPED.load(Ordering::Relaxed) {
        let message = "an earlier file stopped the module; import it again under another URL, e.g. `bezorgd.js?again`";
        return Err(JsError::new(message));
    }
    Ok(())
}

/// Character sets from JavaScript; archives, workbooks and Outlook messages by this module.
fn host() -> Host {
    Host {
        decode,
        unpack: bezorgd::unpack,
        ..Host::default()
    }
}

/// Decodes with the tables of the browser or Node.
fn decode(label: &str, bytes: &[u8]) -> Option<String> {
    let decoder = TextDecoder::new_with_label(label).ok()?;
    let text = decoder.decode_with_u8_array(bytes).ok()?;
    Some(match decoder.encoding().as_str() {
        "windows-1252" => windows_1252(&text),
        _ => text,
    })
}

/// Corrects text that Node 20 decoded as ISO-8859-1.
fn windows_1252(text: &str) -> String {
    let corrected = text.chars().map(|character| match character {
        '\u{80}'..='\u{9F}' => HIGH_CONTROLS[character as usize - 0x80],
        other => other,
    });
    corrected.collect()
}

/// The characters of windows-1252 from 0x80, where ISO-8859-1 has control characters (WHATWG Encoding
/// Standard).
const HIGH_CONTROLS: [char; 32] = [
    '€', '\u{81}', '‚', 'ƒ', '„', '…', '†', '‡', 'ˆ', '‰', 'Š', '‹', 'Œ', '\u{8D}', 'Ž', '\u{8F}',
    '\u{90}', '‘', '’', '“', '”', '•', '–', '—', '˜', '™', 'š', '›', 'œ', '\u{9D}', 'ž', 'Ÿ',
];
