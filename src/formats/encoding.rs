//! Text out of bytes whose encoding nobody wrote down.
//!
//! Excel and Windows programs save UTF-8 with a byte order mark, UTF-16 or Windows-1252; the web
//! saves UTF-8. Follows the sniffing order of the WHATWG Encoding Standard for the mark.

use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1252};
use std::borrow::Cow;

/// Decodes without ever failing; borrows where the bytes are UTF-8 already.
pub fn decode(bytes: &[u8]) -> Cow<'_, str> {
    if let Some((encoding, mark)) = Encoding::for_bom(bytes) {
        return encoding.decode_without_bom_handling(&bytes[mark..]).0;
    }
    if let Some(encoding) = unmarked_utf16(bytes) {
        return encoding.decode_without_bom_handling(bytes).0;
    }
    match std::str::from_utf8(bytes) {
        Ok(text) => Cow::Borrowed(text),
        // One stray byte does not make a UTF-8 file Windows-1252: see which reading loses less.
        Err(_) if mostly_utf8(bytes) => UTF_8.decode_without_bom_handling(bytes).0,
        Err(_) => WINDOWS_1252.decode_without_bom_handling(bytes).0,
    }
}

/// Latin text in UTF-16 has a zero in nearly every other byte.
fn unmarked_utf16(bytes: &[u8]) -> Option<&'static Encoding> {
    let sample = &bytes[..bytes.len().min(1024)];
    let pairs = sample.len() / 2;
    if pairs < 8 {
        return None;
    }
    let zeros = |first: usize| {
        sample
            .iter()
            .skip(first)
            .step_by(2)
            .filter(|byte| **byte == 0)
            .count()
    };
    let (even, odd) = (zeros(0), zeros(1));
    if odd * 10 > pairs * 8 && even * 10 < pairs {
        Some(UTF_16LE)
    } else if even * 10 > pairs * 8 && odd * 10 < pairs {
        Some(UTF_16BE)
    } else {
        None
    }
}

/// Whether more multi-byte UTF-8 sequences are whole than broken.
fn mostly_utf8(bytes: &[u8]) -> bool {
    let (mut whole, mut broken) = (0, 0);
    for chunk in bytes.utf8_chunks() {
        whole += chunk
            .valid()
            .chars()
            .filter(|character| !character.is_ascii())
            .count();
        broken += usize::from(!chunk.invalid().is_empty());
    }
    whole > broken
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_way_of_saving_gives_the_same_text() {
        let text = "Omschrijving;café;é\r\nEén rij;“geciteerd”;€\r\n";
        let utf16 = |swap: bool| -> Vec<u8> {
            let units = text.encode_utf16();
            units
                .flat_map(|unit| {
                    if swap {
                        unit.to_be_bytes()
                    } else {
                        unit.to_le_bytes()
                    }
                })
                .collect()
        };
        let marked = |mark: &[u8], rest: Vec<u8>| [mark, &rest].concat();
        assert_eq!(decode(text.as_bytes()), text);
        assert_eq!(decode(&marked(b"\xEF\xBB\xBF", text.into())), text);
        assert_eq!(decode(&marked(b"\xFF\xFE", utf16(false))), text);
        assert_eq!(decode(&marked(b"\xFE\xFF", utf16(true))), text);
        assert_eq!(decode(&utf16(false)), text);
        assert_eq!(decode(&utf16(true)), text);
        assert_eq!(decode(&WINDOWS_1252.encode(text).0), text);
    }

    #[test]
    fn one_broken_byte_does_not_spoil_the_rest() {
        assert_eq!(
            decode(b"caf\xC3\xA9 na\xC3\xAFef \xFF"),
            "café naïef \u{FFFD}"
        );
    }
}
