//! Reads text without mail headers: a bounce copied from webmail, or a single SMTP reply line.

use super::mail::{Mail, Part};
use std::borrow::Cow;

/// Whether the bytes are readable text: not blank, and without control characters.
pub fn looks_like(bytes: &[u8]) -> bool {
    let head = &bytes[..bytes.len().min(4096)];
    let readable = |text: &str| {
        !text.trim().is_empty()
            && !text
                .chars()
                .any(|character| character.is_control() && !character.is_whitespace())
    };
    match std::str::from_utf8(head) {
        Ok(text) => readable(text),
        // A character may be cut in two at the end of the head.
        Err(error) if error.error_len().is_none() => {
            std::str::from_utf8(&head[..error.valid_up_to()]).is_ok_and(readable)
        }
        Err(_) => false,
    }
}

/// Whether the text begins with an SMTP reply, `550 …` or `550-…`: a sentence, whatever commas or
/// semicolons it contains.
pub fn is_reply(bytes: &[u8]) -> bool {
    matches!(
        bytes.trim_ascii_start(),
        [b'4' | b'5', b'0'..=b'9', b'0'..=b'9', b' ' | b'-', ..]
    )
}

/// The replies of a text in which every line is one, or part of one that goes on (`550-…`); empty for any
/// other text.
pub fn replies(bytes: &[u8]) -> Vec<&[u8]> {
    let mut replies = Vec::new();
    let (mut start, mut end) = (0, 0);
    for line in bytes.split_inclusive(|byte| *byte == b'\n') {
        end += line.len();
        let line = line.trim_ascii();
        if line.is_empty() {
            continue;
        }
        if !is_reply(line) {
            return Vec::new();
        }
        if line[3] == b' ' {
            replies.push(&bytes[start..end]);
            start = end;
        }
    }
    replies
}

/// Whether the text is sentences on one or two lines, such as a bounce that lost its line breaks: its
/// commas and semicolons separate no cells.
pub fn is_running(bytes: &[u8]) -> bool {
    let mut longest: &[u8] = &[];
    let mut filled = 0;
    for line in bytes.split_inclusive(|byte| *byte == b'\n') {
        filled += usize::from(!line.trim_ascii().is_empty());
        if filled > FEW_LINES {
            return false;
        }
        if line.len() > longest.len() {
            longest = line;
        }
    }
    let is_separator = |byte: &u8| matches!(byte, b';' | b',' | b'\t' | b'|');
    let words = |text: &[u8]| {
        text.split(u8::is_ascii_whitespace)
            .filter(|word| !word.is_empty())
            .count()
    };
    let separators = longest.iter().filter(|byte| is_separator(byte)).count();
    let Some(first) = longest.iter().position(is_separator) else {
        return words(longest) > FEW_WORDS;
    };
    let spaced = longest.get(first + 1) == Some(&b' ');
    words(&longest[..first]) > FEW_WORDS || spaced && words(longest) >= FEW_WORDS * (separators + 1)
}

/// A text with more lines has its line breaks.
const FEW_LINES: usize = 3;

/// The first cell of a row is a name, a number, an address or a date: it has no more words than this.
const FEW_WORDS: usize = 6;

/// Whether the text is a web page or a part of one: it begins with a tag, and closes one. An address in angle brackets
/// is no tag.
fn is_markup(text: &str) -> bool {
    let Some(inner) = text.trim_start().strip_prefix('<') else {
        return false;
    };
    let mut words = inner.split(|next: char| next == '>' || next.is_whitespace());
    words.next().is_some_and(|name| !name.contains('@')) && text.contains("</")
}

/// Reads text as a mail without headers.
pub fn read(bytes: &[u8]) -> Mail<'_> {
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    let mut text = String::from_utf8_lossy(bytes);
    if text.contains('\r') && !text.contains('\n') {
        text = Cow::Owned(text.replace('\r', "\n"));
    }
    let part = if is_markup(&text) {
        Part::Html(text)
    } else {
        Part::Text(text)
    };
    Mail {
        parts: vec![part],
        ..Mail::default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_reply_begins_with_its_code() {
        assert!(is_reply(b"550 5.1.1 no such user; sorry"));
        assert!(is_reply(b" 452-4.2.2 full"));
        assert!(!is_reply(b"2026-03-12;jan@example.be;FAILED"));
        assert!(!is_reply(b"5501;jan@example.be"));
    }

    #[test]
    fn a_web_page_is_read_as_what_it_shows() {
        for page in [
            "<html><body>550 User unknown</body></html>",
            "\n<!DOCTYPE html>\n<p>x</p>",
            "<!-- a --><p>x</p>",
            "<table class='a'><tr><td>x</table>",
        ] {
            let is_html = matches!(read(page.as_bytes()).parts[..], [Part::Html(_)]);
            assert!(is_html, "{page}");
        }
        for text in [
            "<an@example.be>: 550 5.1.1 User unknown",
            "<jan>\n",
            "<",
            "550 5.1.1 <p>x</p>",
            "<an.claes@example.be> <a href=x>x</a>",
        ] {
            let is_text = matches!(read(text.as_bytes()).parts[..], [Part::Text(_)]);
            assert!(is_text, "{text}");
        }
    }

    #[test]
    fn each_line_of_replies_is_one_unless_it_goes_on() {
        let text = b"550 5.1.1 unknown\r\n\r\n552-5.2.2 full,\r\n552 5.2.2 sorry\r\n421 later";
        let replies: Vec<_> = replies(text)
            .iter()
            .map(|reply| reply.trim_ascii())
            .collect();
        assert_eq!(
            replies,
            [
                &b"550 5.1.1 unknown"[..],
                b"552-5.2.2 full,\r\n552 5.2.2 sorry",
                b"421 later"
            ]
        );
        assert!(super::replies(b"550 5.1.1 unknown\nfor an@example.be").is_empty());
    }

    #[test]
    fn sentences_on_one_line_are_no_row_of_a_table() {
        for text in [
            "This message was created automatically by mail delivery software. The following, a@b.c, failed; sorry",
            "Sorry, your message could not be delivered to jan@example.be because the mailbox does not exist",
            "Your message to jan@example.be could not be delivered",
        ] {
            assert!(is_running(text.as_bytes()), "{text}");
        }
        for text in [
            "12/03/2026;jan@example.be;FAILED;550 5.1.1 the mailbox of this user does not exist, sorry for that",
            "Jan Jansen, jan@example.be, FAILED, mailbox full",
            "Jan Jansen\tjan@example.be\t12-03-2026 10:00\tThe message could not be delivered to the recipient",
            "a;b\nc;d\ne;f\ng;h h h h h h h h h h",
            "",
        ] {
            assert!(!is_running(text.as_bytes()), "{text}");
        }
    }

    #[test]
    fn only_readable_text_is_text() {
        assert!(looks_like("Bo\u{ee}te pleine".as_bytes()));
        assert!(!looks_like(b"\x00\x01"));
        assert!(!looks_like(b"  \n"));
    }
}
