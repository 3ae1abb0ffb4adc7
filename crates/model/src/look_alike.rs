//! Addresses that are not what they look like: a Cyrillic `а` among Latin letters, a sign that no address has, a
//! domain in punycode.

use crate::address::domain_of;
use crate::shown::{Placeholder, is_hidden};

/// A kind of letters that can pass for those of an ordinary address.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Script {
    /// As in `а`, `е`, `о`, `р`, `с`, `х`.
    Cyrillic,
    /// As in `ο`, `ν`, `α`.
    Greek,
    /// As in `օ`, `ո`, `ս`.
    Armenian,
    /// Letters as wide as Chinese signs: `ａ`.
    FullWidth,
    /// Any other: phonetic, mathematical, of another alphabet.
    Other,
}

/// A character that does not belong in an address.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct OddCharacter {
    /// The character.
    pub character: char,
    /// Its place, in characters from 1.
    pub place: usize,
    /// What it is a letter of; `None` for a sign.
    pub script: Option<Script>,
}

/// The first character that does not belong in an address: one that is hidden, a sign beyond ASCII, or a letter of
/// another script in an address with Latin letters. `None` for an address that is entirely in another script. An
/// address may be given as it is [`shown`](crate::shown::shown): then a placeholder counts as its character.
pub fn odd_character(address: &str) -> Option<OddCharacter> {
    if address.bytes().all(|byte| matches!(byte, b' '..=b'~')) {
        return None;
    }
    let has_latin = address.bytes().any(|byte| byte.is_ascii_alphabetic());
    let mut characters = address.char_indices().zip(1..);
    characters.find_map(|((at, character), place)| {
        let hidden = Placeholder::parse(&address[at..]);
        let character = hidden.unwrap_or(character);
        let script = match character {
            // The apostrophe is part of names, and the ellipsis is where a long text was cut off.
            ' '..='~' | '’' | '…' => return None,
            _ if is_hidden(character) || !character.is_alphanumeric() => None,
            _ if has_latin => Some(script(character)?),
            _ => return None,
        };
        Some(OddCharacter {
            character,
            place,
            script,
        })
    })
}

/// The script of a letter; `None` for Latin letters, accents included.
fn script(letter: char) -> Option<Script> {
    match letter {
        // Turkish `ı` without its dot.
        '\u{131}' => Some(Script::Other),
        '\0'..='\u{24F}' | '\u{1E00}'..='\u{1EFF}' => None,
        '\u{370}'..='\u{3FF}' | '\u{1F00}'..='\u{1FFF}' => Some(Script::Greek),
        '\u{400}'..='\u{52F}' => Some(Script::Cyrillic),
        '\u{530}'..='\u{58F}' => Some(Script::Armenian),
        '\u{FF01}'..='\u{FF5E}' => Some(Script::FullWidth),
        _ => Some(Script::Other),
    }
}

/// The domain of an address if it is in punycode (RFC 3492): written with letters beyond ASCII, which may look like
/// those of another domain.
pub fn punycode_domain(address: &str) -> Option<&str> {
    let domain = domain_of(address)?;
    let is_encoded = |label: &str| {
        let start = label.get(..4);
        start.is_some_and(|start| start.eq_ignore_ascii_case("xn--"))
    };
    domain.split('.').any(is_encoded).then_some(domain)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_letter_of_another_script_is_found_with_its_place() {
        for (address, character, place, script) in [
            ("jаn@example.be", 'а', 2, Script::Cyrillic),
            ("jan@exаmple.be", 'а', 7, Script::Cyrillic),
            ("jan@gοοgle.example", 'ο', 6, Script::Greek),
            ("jօs@example.be", 'օ', 2, Script::Armenian),
            ("ｊan@example.be", 'ｊ', 1, Script::FullWidth),
            ("ɑn@example.be", 'ɑ', 1, Script::Other),
            ("𝐚n@example.be", '𝐚', 1, Script::Other),
        ] {
            let expected = OddCharacter {
                character,
                place,
                script: Some(script),
            };
            assert_eq!(odd_character(address), Some(expected), "{address}");
        }
    }

    #[test]
    fn a_placeholder_counts_as_its_character() {
        for written in ["jan\u{202E}eb@x.be", "an\u{200B}@example.be"] {
            let odd = odd_character(written);
            assert!(odd.is_some(), "{written:?}");
            assert_eq!(odd_character(&crate::shown::shown(written)), odd);
        }
        let sign = odd_character("a⟨b@example.be").map(|odd| odd.character);
        assert_eq!(sign, Some('⟨'));
    }

    #[test]
    fn a_sign_that_no_address_has_is_found_with_its_place() {
        for (address, character, place) in [
            ("jan\u{202E}eb@x.be", '\u{202E}', 4),
            ("an\u{200B}@example.be", '\u{200B}', 3),
            ("jan\u{1B}[31m@example.be", '\u{1B}', 4),
            ("jan@exa․mple.be", '․', 8),
            ("жан\u{AD}@пример.рф", '\u{AD}', 4),
        ] {
            let odd = odd_character(address).map(|odd| (odd.character, odd.place, odd.script));
            assert_eq!(odd, Some((character, place, None)), "{address}");
        }
    }

    #[test]
    fn ordinary_addresses_are_not_odd() {
        for address in [
            "",
            "an@example.be",
            "o’neill@example.be",
            "jürgen.groß@example.de",
            "françois@liège.example",
            "nguyễn@example.be",
            "жан@пример.рф",
            "a very long address…",
        ] {
            assert_eq!(odd_character(address), None, "{address}");
        }
    }

    #[test]
    fn a_domain_in_punycode_is_found() {
        for (address, domain) in [
            ("an@xn--exmple-cua.be", Some("xn--exmple-cua.be")),
            ("an@mail.XN--EXMPLE-CUA.be", Some("mail.XN--EXMPLE-CUA.be")),
            ("xn--an@example.be", None),
            ("an@example.be", None),
            ("an@exémple.be", None),
            ("", None),
        ] {
            assert_eq!(punycode_domain(address), domain, "{address}");
        }
    }
}
