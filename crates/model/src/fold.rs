//! Writes text the way rules are written: lower case, no accents, plain apostrophes.
//!
//! One server says `boîte pleine`, the next `BOITE PLEINE`, a third replaces ' by ’. The build
//! folds the phrases of the rules with the same table, so that one spelling in a rule suffices.

use std::borrow::Cow;
use std::ops::Range;

/// Folds `text`. ASCII text is returned as it is: the matcher ignores ASCII case by itself.
pub fn fold(text: &str) -> Cow<'_, str> {
    if text.is_ascii() {
        return Cow::Borrowed(text);
    }
    let mut folded = String::with_capacity(text.len());
    for character in text.chars() {
        push_folded(&mut folded, character);
    }
    Cow::Owned(folded)
}

/// Appends what `character` is folded to: nothing, itself in lower case, or up to two letters.
pub fn push_folded(folded: &mut String, character: char) {
    match character {
        '\0'..='\x7f' => folded.push(character.to_ascii_lowercase()),
        '’' | '‘' | '‛' | '´' | 'ʼ' | '′' => folded.push('\''),
        '“' | '”' | '„' | '‟' | '«' | '»' => folded.push('"'),
        '‐' | '‑' | '‒' | '–' | '—' => folded.push('-'),
        '\u{a0}' | '\u{2000}'..='\u{200a}' | '\u{202f}' | '\u{3000}' => folded.push(' '),
        // Combining accents, zero-width characters and the byte order mark.
        '\u{300}'..='\u{36f}' | '\u{200b}'..='\u{200f}' | '\u{ad}' | '\u{feff}' => {}
        'à' | 'á' | 'â' | 'ã' | 'ä' | 'å' | 'À' | 'Á' | 'Â' | 'Ã' | 'Ä' | 'Å' => {
            folded.push('a');
        }
        'ç' | 'Ç' => folded.push('c'),
        'è' | 'é' | 'ê' | 'ë' | 'È' | 'É' | 'Ê' | 'Ë' => folded.push('e'),
        'ì' | 'í' | 'î' | 'ï' | 'Ì' | 'Í' | 'Î' | 'Ï' => folded.push('i'),
        'ñ' | 'Ñ' => folded.push('n'),
        'ò' | 'ó' | 'ô' | 'õ' | 'ö' | 'ø' | 'Ò' | 'Ó' | 'Ô' | 'Õ' | 'Ö' | 'Ø' => {
            folded.push('o')
        }
        'ù' | 'ú' | 'û' | 'ü' | 'Ù' | 'Ú' | 'Û' | 'Ü' => folded.push('u'),
        'ý' | 'ÿ' | 'Ý' => folded.push('y'),
        'ß' => folded.push_str("ss"),
        'œ' | 'Œ' => folded.push_str("oe"),
        'æ' | 'Æ' => folded.push_str("ae"),
        other => folded.extend(other.to_lowercase()),
    }
}

/// `text` in lower case, letter by letter. The standard library also looks at the letters around a sigma, for which
/// it needs more tables than all of ours.
pub fn lowercase(text: &str) -> String {
    if text.is_ascii() {
        return text.to_ascii_lowercase();
    }
    text.chars().flat_map(char::to_lowercase).collect()
}

/// The letters and digits of `text`, folded: how words are compared whose spelling differs in case, accents,
/// spaces, dashes or signs. A text with neither letter nor digit is only trimmed, so that a sign stays itself.
pub fn letters(text: &str) -> String {
    let mut letters = String::with_capacity(text.len());
    for character in text.chars().filter(|character| character.is_alphanumeric()) {
        push_folded(&mut letters, character);
    }
    if letters.is_empty() {
        // The variation selector after a sign only says how it is drawn.
        letters.push_str(text.trim_matches(|c: char| c.is_whitespace() || c == '\u{fe0f}'));
    }
    letters
}

/// The bytes of `text` that a range of its folded form came from.
pub fn unfold(text: &str, folded: Range<usize>) -> Range<usize> {
    if text.is_ascii() {
        return folded;
    }
    let mut scratch = String::new();
    let (mut start, mut end) = (text.len(), text.len());
    let mut length = 0;
    for (index, character) in text.char_indices() {
        if length <= folded.start {
            start = index;
        }
        if length >= folded.end {
            end = index;
            break;
        }
        scratch.clear();
        push_folded(&mut scratch, character);
        length += scratch.len();
    }
    start.min(end)..end
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn accents_and_apostrophes_are_folded_away() {
        assert_eq!(fold("Boîte PLEINE — l’été"), "boite pleine - l'ete");
        assert_eq!(fold("Größe"), "grosse");
        assert_eq!(fold("MAILBOX full"), "MAILBOX full");
    }

    #[test]
    fn a_place_in_the_folded_text_leads_back_to_the_original() {
        let text = "« La boîte est pleine »";
        let folded = fold(text);
        let start = folded.find("boite").unwrap();
        assert_eq!(&text[unfold(text, start..start + 5)], "boîte");
        let all = unfold(text, 0..folded.len());
        assert_eq!(&text[all], text);
    }
}
