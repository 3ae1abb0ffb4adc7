//! Detects the encoding of bytes without a declared one, and decodes them.
//!
//! Excel and Windows programs save UTF-8 with a byte order mark, UTF-16 or Windows-1252; the web
//! saves UTF-8. Follows the sniffing order of the WHATWG Encoding Standard for the mark.

use super::charset::Decoder;
use std::borrow::Cow;

/// Byte order marks, and the encoding that each announces.
const MARKS: [(&[u8], Option<&str>); 3] = [
    (b"\xEF\xBB\xBF", None),
    (b"\xFF\xFE", Some("utf-16le")),
    (b"\xFE\xFF", Some("utf-16be")),
];

/// Decodes any bytes; borrows if they are UTF-8 already.
pub fn decode(bytes: &[u8], decoder: Decoder) -> Cow<'_, str> {
    let marked = MARKS
        .iter()
        .find_map(|(mark, label)| Some((bytes.strip_prefix(*mark)?, *label)));
    let (bytes, label) = marked.unwrap_or_else(|| (bytes, unmarked_utf16(bytes)));
    match (label, std::str::from_utf8(bytes)) {
        (Some(label), _) => Cow::Owned(in_charset(label, bytes, decoder)),
        (None, Ok(text)) => Cow::Borrowed(text),
        (None, Err(_)) => Cow::Owned(line_by_line(bytes, decoder)),
    }
}

fn in_charset(label: &str, bytes: &[u8], decoder: Decoder) -> String {
    decoder(label, bytes).unwrap_or_else(|| String::from_utf8_lossy(bytes).into_owned())
}

/// Decodes each line as UTF-8 or else as Windows-1252: text from one program may be pasted into that of
/// another. One stray byte does not turn a line of UTF-8 into Windows-1252.
fn line_by_line(bytes: &[u8], decoder: Decoder) -> String {
    let mut text = String::with_capacity(bytes.len());
    let mut take = |utf8: bool, lines: &[u8]| match utf8 {
        true => text.push_str(&String::from_utf8_lossy(lines)),
        false => text.push_str(&in_charset("windows-1252", lines, decoder)),
    };
    let (mut start, mut at, mut utf8) = (0, 0, true);
    for line in bytes.split_inclusive(|byte| *byte == b'\n') {
        let is_utf8 = if line.is_ascii() {
            utf8
        } else {
            std::str::from_utf8(line).is_ok() || mostly_utf8(line)
        };
        if is_utf8 != utf8 {
            take(utf8, &bytes[start..at]);
            (start, utf8) = (at, is_utf8);
        }
        at += line.len();
    }
    take(utf8, &bytes[start..]);
    text
}

/// Detects Latin text in UTF-16 without a mark: nearly every other byte is zero.
fn unmarked_utf16(bytes: &[u8]) -> Option<&'static str> {
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
        Some("utf-16le")
    } else if even * 10 > pairs * 8 && odd * 10 < pairs {
        Some("utf-16be")
    } else {
        None
    }
}

/// Whether more multi-byte UTF-8 sequences are valid than broken.
fn mostly_utf8(bytes: &[u8]) -> bool {
    let (mut valid, mut broken) = (0, 0);
    for chunk in bytes.utf8_chunks() {
        valid += chunk
            .valid()
            .chars()
            .filter(|character| !character.is_ascii())
            .count();
        broken += usize::from(!chunk.invalid().is_empty());
    }
    valid > broken
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::formats::charset;

    fn decode(bytes: &[u8]) -> Cow<'_, str> {
        super::decode(bytes, charset::decode)
    }

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
        assert_eq!(decode(&encoding_rs::WINDOWS_1252.encode(text).0), text);
    }

    #[test]
    fn lines_in_two_encodings_are_each_decoded() {
        let both = [
            b"Andr\xE9;1\nx;1\nRen\xE9e;1\n",
            "José;2\n".as_bytes(),
            b"Zo\xEB;3",
        ]
        .concat();
        assert_eq!(decode(&both), "André;1\nx;1\nRenée;1\nJosé;2\nZoë;3");
    }

    #[test]
    fn one_broken_byte_does_not_spoil_the_rest() {
        assert_eq!(
            decode(b"caf\xC3\xA9 na\xC3\xAFef \xFF"),
            "café naïef \u{FFFD}"
        );
    }
}
