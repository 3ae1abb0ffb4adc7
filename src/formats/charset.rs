//! Text in a named character set (WHATWG Encoding Standard).
//!
//! The tables for this, most of them Chinese, Japanese and Korean, would be a third of what the page
//! downloads, and every browser has them. So the program brings its own, and the worker hands in the
//! browser's.

use std::sync::OnceLock;

/// Decodes bytes in the character set of the given label, such as `iso-2022-jp`; broken sequences
/// become U+FFFD. `None` when the label is not known.
pub type Decoder = fn(label: &str, bytes: &[u8]) -> Option<String>;

static DECODER: OnceLock<Decoder> = OnceLock::new();

/// Hands in a decoder, before anything is read; the first one stays.
///
/// Needed in a browser only, where it is the browser's own (`TextDecoder`).
pub fn set_decoder(decoder: Decoder) {
    DECODER.get_or_init(|| decoder);
}

/// Decodes with what was handed in, or else with the tables of this program.
pub fn decode(label: &str, bytes: &[u8]) -> Option<String> {
    DECODER.get_or_init(|| own)(label, bytes)
}

#[cfg(not(target_arch = "wasm32"))]
fn own(label: &str, bytes: &[u8]) -> Option<String> {
    let encoding = encoding_rs::Encoding::for_label(label.as_bytes())?;
    Some(encoding.decode_without_bom_handling(bytes).0.into_owned())
}

#[cfg(target_arch = "wasm32")]
fn own(_label: &str, _bytes: &[u8]) -> Option<String> {
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_labels_of_the_standard() {
        assert_eq!(
            decode("ISO-2022-JP", b"\x1b$B%F%9%H\x1b(B").as_deref(),
            Some("テスト")
        );
        assert_eq!(decode("latin1", b"caf\xe9").as_deref(), Some("café"));
        assert_eq!(decode("er-is-geen", b"x"), None);
    }
}
