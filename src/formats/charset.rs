//! Decodes text in a named character set (WHATWG Encoding Standard).
//!
//! The tables for this, most of them Chinese, Japanese and Korean, would be a third of what the page
//! downloads, and every browser has them. So a program links them, and a host without them passes its
//! own ([`Host`](crate::Host)).

/// Decodes bytes in the character set with the given label, such as `iso-2022-jp`; broken sequences
/// become U+FFFD. `None` if the label is unknown.
pub type Decoder = fn(label: &str, bytes: &[u8]) -> Option<String>;

/// Decodes with the tables that are linked in.
#[cfg(not(target_arch = "wasm32"))]
pub fn decode(label: &str, bytes: &[u8]) -> Option<String> {
    let encoding = encoding_rs::Encoding::for_label(label.as_bytes())?;
    Some(encoding.decode_without_bom_handling(bytes).0.into_owned())
}

/// Decodes nothing: no tables are linked in.
#[cfg(target_arch = "wasm32")]
pub fn decode(_label: &str, _bytes: &[u8]) -> Option<String> {
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
