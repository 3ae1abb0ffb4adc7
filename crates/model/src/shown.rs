//! Makes text of evidence safe to show: what nobody can see becomes a placeholder that everybody can.
//!
//! Anyone can write anything in a mail or a report. A terminal obeys escape sequences, direction characters turn
//! `gpj.exe` into `exe.jpg`, and zero-width characters make two addresses look equal. So every way out (terminal,
//! page, copied text, CSV, workbook, paper) shows such a character by its number, as in `⟨U+202E⟩`. Only the JSON has
//! the evidence as it is.

use std::borrow::Cow;
use std::fmt::Write as _;

/// The text on one line, every hidden character in its visible form. Line ends and tabs become spaces.
///
/// ```
/// use bezorgd_model::shown::shown;
///
/// assert_eq!(shown("an@example.be"), "an@example.be");
/// assert_eq!(shown("jan\u{202E}eb.\tnl"), "jan⟨U+202E⟩eb. nl");
/// ```
pub fn shown(text: &str) -> Cow<'_, str> {
    replaced(text, text, true)
}

/// A part of a text, as [`shown`] writes it within the entire text.
pub fn shown_part<'a>(part: &'a str, text: &str) -> Cow<'a, str> {
    replaced(part, text, true)
}

/// The same for text that may have several lines: line feeds and tabs stay.
pub fn shown_lines(text: &str) -> Cow<'_, str> {
    replaced(text, text, false)
}

// Once for both, because the page has to download it.
#[inline(never)]
fn replaced<'a>(text: &'a str, context: &str, is_one_line: bool) -> Cow<'a, str> {
    // Most text is ASCII, and safe.
    let is_safe = text.bytes().all(|byte| matches!(byte, b' '..=b'~'));
    if is_safe || !text.chars().any(is_hidden) {
        return Cow::Borrowed(text);
    }
    // The parts of an address are never joined.
    let may_join = !context.contains('@');
    let mut safe = String::with_capacity(text.len() + 16);
    let mut before = ' ';
    let mut characters = text.chars().peekable();
    while let Some(character) = characters.next() {
        let after = characters.peek().copied().unwrap_or(' ');
        let stays = match character {
            '\n' | '\t' => !is_one_line,
            '\u{200C}' | '\u{200D}' => may_join && is_joined(before) && is_joined(after),
            _ => !is_hidden(character),
        };
        match character {
            _ if stays => safe.push(character),
            // The end of a line is one.
            '\r' if after == '\n' => {}
            '\n' | '\r' | '\t' if is_one_line => safe.push(' '),
            _ => {
                // Writing to a string does not fail.
                let _ = write!(safe, "{}", Placeholder(character));
            }
        }
        before = character;
    }
    Cow::Owned(safe)
}

/// The number of a character, in the form in which hidden characters are shown.
#[derive(Clone, Copy, Debug)]
pub struct Placeholder(pub char);

impl Placeholder {
    /// The character whose placeholder a text begins with.
    pub fn parse(text: &str) -> Option<char> {
        let (number, _) = text.strip_prefix("⟨U+")?.split_once('⟩')?;
        char::from_u32(u32::from_str_radix(number, 16).ok()?)
    }
}

impl std::fmt::Display for Placeholder {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "⟨U+{:04X}⟩", u32::from(self.0))
    }
}

/// Whether a character has no shape, changes the direction of the text around it, or is an order to a terminal.
// Called in several places, and the page has to download each copy.
#[inline(never)]
pub fn is_hidden(character: char) -> bool {
    character.is_control()
        || matches!(
            character,
            // Soft hyphen, joiners, and the marks of Arabic and Mongolian.
            '\u{AD}' | '\u{34F}' | '\u{61C}' | '\u{180E}'
            // Letters without a shape: fillers of Hangul.
            | '\u{115F}' | '\u{1160}' | '\u{3164}' | '\u{FFA0}'
            // Without width; separators of lines; directions, and isolates.
            | '\u{200B}'..='\u{200F}' | '\u{2028}'..='\u{202E}' | '\u{2060}'..='\u{206F}'
            // Byte order mark, marks of annotations, and characters that are none.
            | '\u{FEFF}' | '\u{FFF0}'..='\u{FFFB}' | '\u{FFFE}' | '\u{FFFF}'
            // Tags and selectors, which can carry an entire message.
            | '\u{E0000}'..='\u{E0FFF}'
        )
}

/// Whether a joiner beside this character has a purpose: in Arabic, Indic and other scripts, and between emoji.
fn is_joined(character: char) -> bool {
    matches!(character, '\u{620}'..='\u{1FFF}' | '\u{2190}'..='\u{2BFF}' | '\u{FE0F}' | '\u{1F000}'..='\u{1FAFF}')
        && !is_hidden(character)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_without_hidden_characters_is_borrowed() {
        for text in [
            "",
            "550 5.1.1 <an@example.be>: User unknown",
            "L’été, Größe, 🙂",
        ] {
            assert!(matches!(shown(text), Cow::Borrowed(same) if same == text));
            assert!(matches!(shown_lines(text), Cow::Borrowed(same) if same == text));
        }
    }

    #[test]
    fn every_hidden_character_has_a_placeholder() {
        let ranges = [
            (0x00, 0x1F),
            (0x7F, 0x9F),
            (0xAD, 0xAD),
            (0x34F, 0x34F),
            (0x61C, 0x61C),
            (0x180E, 0x180E),
            (0x200B, 0x200F),
            (0x2028, 0x202E),
            (0x2060, 0x2069),
            (0xFEFF, 0xFEFF),
            (0xE0000, 0xE007F),
        ];
        let hidden = ranges.into_iter().flat_map(|(first, last)| first..=last);
        for character in hidden.filter_map(char::from_u32) {
            let text = format!("jan{character}@example.be");
            let code = u32::from(character);
            let (one, lines) = (shown(&text), shown_lines(&text));
            if matches!(character, '\n' | '\t' | '\r') {
                assert_eq!(one, "jan @example.be");
            } else {
                assert_eq!(one, format!("jan⟨U+{code:04X}⟩@example.be"));
            }
            assert!(!one.chars().any(is_hidden), "{code:X}");
            let stays = matches!(character, '\n' | '\t');
            assert_eq!(lines == text, stays, "{code:X}");
            // What is shown is shown as it is.
            assert!(matches!(shown(&one), Cow::Borrowed(_)));
        }
    }

    #[test]
    fn the_end_of_a_line_is_one_character() {
        assert_eq!(shown("a\r\nb\n\tc\rd"), "a b  c d");
        assert_eq!(shown_lines("a\r\nb\n\tc\rd"), "a\nb\n\tc⟨U+000D⟩d");
    }

    #[test]
    fn joiners_stay_where_they_join() {
        for text in ["👩\u{200D}👧 An", "❤\u{FE0F}\u{200D}🔥", "می\u{200C}خواهم"] {
            assert_eq!(shown(text), text);
        }
        assert_eq!(shown("An\u{200D}👧"), "An⟨U+200D⟩👧");
        assert_eq!(
            shown("می\u{200C}خواهم@example.be"),
            "می⟨U+200C⟩خواهم@example.be"
        );
    }
}
