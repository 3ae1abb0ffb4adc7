//! Undoes what mail programs and people do to the layout of a text, before anything reads it.
//!
//! A report is quoted, indented, pasted with a time before each line, double-spaced, put on one line, or
//! has its addresses turned into links; what it says is the same. Text that needs none of it is borrowed.

use super::address_in_text as address;
use super::server_text::lines;
use super::vocabulary::{FORWARD_TO, OTHER_FIELDS};
use crate::rules::fold::fold;
use memchr::memmem::Finder;
use std::borrow::Cow;
use std::sync::LazyLock;

/// How much of a text is read; longer ones quote the message without saying so.
pub const LONGEST: usize = 64 * 1024;

/// A line of this many bytes has lost its line breaks; paragraphs of reports are shorter.
const LONG_LINE: usize = 400;

/// The same for a line that is the only one.
const ONLY_LINE: usize = 80;

/// The text with its layout made plain.
pub fn plain(text: &str) -> Cow<'_, str> {
    let text = &text[..text.floor_char_boundary(LONGEST)];
    let mut text = Cow::Borrowed(text);
    let mut shape = Shape::of(&text);
    let steps: [fn(&str, &Shape) -> Option<String>; 7] = [
        without_entities,
        without_hard_spaces,
        without_quotes,
        without_times,
        without_links,
        with_single_spacing,
        with_line_breaks,
    ];
    for step in steps {
        if let Some(changed) = step(&text, &shape) {
            shape = Shape::of(&changed);
            text = Cow::Owned(changed);
        }
    }
    text
}

/// What the lines of a text look like, found in one pass: most texts need no step at all.
struct Shape {
    /// Whether any line has a mark of quotation.
    is_quoted: bool,
    /// How many blanks all lines begin with, after those marks.
    indentation: usize,
    /// How many lines are not empty.
    filled: usize,
    /// How many of them begin with a time.
    timed: usize,
    /// The bytes in the longest line, with its line end.
    longest: usize,
    /// Whether an odd number of empty lines is between all lines that are not empty.
    is_spaced: bool,
    /// The most empty lines between two that are not.
    widest_gap: usize,
}

impl Shape {
    fn of(text: &str) -> Self {
        let mut shape = Self {
            is_quoted: false,
            indentation: usize::MAX,
            filled: 0,
            timed: 0,
            longest: 0,
            is_spaced: true,
            widest_gap: 0,
        };
        let mut gap = 0;
        for line in lines(text) {
            shape.longest = shape.longest.max(line.len());
            let first = line.bytes().position(|byte| !matches!(byte, b' ' | b'\t'));
            let begins = first.map_or(b'\n', |first| line.as_bytes()[first]);
            let bare = if begins == b'>' { unquoted(line) } else { line };
            shape.is_quoted |= bare.len() != line.len();
            if !begins.is_ascii_graphic() && line.trim().is_empty() {
                gap += 1;
                continue;
            }
            if shape.filled > 0 {
                shape.is_spaced &= gap % 2 == 1;
                shape.widest_gap = shape.widest_gap.max(gap);
            }
            gap = 0;
            shape.filled += 1;
            if matches!(begins, b'0'..=b'9' | b'[' | b'(') && time_length(line) > 0 {
                shape.timed += 1;
            }
            if begins != b'>' {
                shape.indentation = shape.indentation.min(first.unwrap_or_default());
            } else if !bare.trim().is_empty() {
                let blank = bare.len() - bare.trim_start_matches([' ', '\t']).len();
                shape.indentation = shape.indentation.min(blank);
            }
        }
        shape
    }
}

/// Entities that the source of a page contains and a text does not.
const ENTITIES: [(&str, char); 9] = [
    ("&lt;", '<'),
    ("&gt;", '>'),
    ("&amp;", '&'),
    ("&quot;", '"'),
    ("&nbsp;", ' '),
    ("&#39;", '\''),
    ("&#039;", '\''),
    ("&#160;", ' '),
    // It alone does not make a text the source of a page.
    ("&apos;", '\''),
];

/// Decodes the entities of a text that was taken from the source of a page: `&lt;jan@example.be&gt;`.
fn without_entities(text: &str, _: &Shape) -> Option<String> {
    let is_source = memchr::memchr_iter(b'&', text.as_bytes()).any(|at| {
        let rest = &text[at..];
        rest.starts_with("&#")
            || ENTITIES[..5]
                .iter()
                .any(|(entity, _)| rest.starts_with(entity))
    });
    if !is_source {
        return None;
    }
    let mut decoded = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = memchr::memchr(b'&', rest.as_bytes()) {
        decoded.push_str(&rest[..at]);
        rest = &rest[at..];
        let entity = ENTITIES
            .into_iter()
            .find(|(entity, _)| rest.starts_with(entity));
        match entity {
            Some((entity, character)) => {
                decoded.push(character);
                rest = &rest[entity.len()..];
            }
            None => {
                decoded.push('&');
                rest = &rest[1..];
            }
        }
    }
    decoded.push_str(rest);
    Some(decoded)
}

/// Replaces spaces that do not break, and leaves out characters of no width.
fn without_hard_spaces(text: &str, _: &Shape) -> Option<String> {
    if text.is_ascii() {
        return None;
    }
    let is_hard =
        |character: char| matches!(character, '\u{a0}' | '\u{2007}' | '\u{202f}' | '\u{3000}');
    let is_empty = |character: char| matches!(character, '\u{200b}'..='\u{200f}' | '\u{2060}' | '\u{feff}' | '\u{ad}' | '\u{202a}'..='\u{202e}');
    // A quoted local part, of which a program made typographic quotes.
    let quoted = memchr::memmem::find(text.as_bytes(), "”@".as_bytes()).is_some();
    let changes =
        |character: char| !character.is_ascii() && (is_hard(character) || is_empty(character));
    if !quoted && !text.contains(changes) {
        return None;
    }
    let kept = text.chars().filter(|character| !is_empty(*character));
    let kept = kept.map(|character| match character {
        '“' | '”' if quoted => '"',
        other => other,
    });
    Some(
        kept.map(|character| if is_hard(character) { ' ' } else { character })
            .collect(),
    )
}

/// Takes the marks of quotation off each line, and the indentation that all lines share.
fn without_quotes(text: &str, shape: &Shape) -> Option<String> {
    let indentation = shape.indentation;
    if !shape.is_quoted && (indentation == 0 || indentation == usize::MAX) {
        return None;
    }
    let mut bare = String::with_capacity(text.len());
    for line in lines(text) {
        let line = unquoted(line);
        bare.push_str(
            line.get(indentation..)
                .unwrap_or_else(|| line.trim_start_matches([' ', '\t'])),
        );
    }
    Some(bare)
}

/// A line without the marks of quotation at its start. A command in a transcript begins with three of
/// them, and stays.
fn unquoted(line: &str) -> &str {
    let mut rest = line;
    loop {
        let start = rest.trim_start_matches([' ', '\t']);
        let is_transcript = start.strip_prefix(">>> ").is_some_and(|said| {
            let word = said.split([' ', '\r', '\n']).next().unwrap_or_default();
            word.len() >= 4
                && word
                    .bytes()
                    .all(|byte| byte.is_ascii_alphabetic() || byte == b':')
        });
        match start.strip_prefix('>') {
            Some(after) if !is_transcript && !after.starts_with("From ") => {
                rest = after.strip_prefix(' ').unwrap_or(after);
            }
            _ => return rest,
        }
    }
}

/// Takes a time off the start of each line: `[2024-07-01 10:00] 550 5.1.1 no`.
fn without_times(text: &str, shape: &Shape) -> Option<String> {
    // Only a few: dates in what the text says.
    if shape.timed * 2 <= shape.filled {
        return None;
    }
    Some(lines(text).map(|line| &line[time_length(line)..]).collect())
}

/// How long the time is with which a line begins, with what follows it up to the words.
fn time_length(line: &str) -> usize {
    let start = line.len() - line.trim_start_matches([' ', '\t']).len();
    let bytes = line.as_bytes();
    let bracket = match bytes.get(start) {
        Some(b'[') => Some(b']'),
        Some(b'(') => Some(b')'),
        _ => None,
    };
    let from = start + usize::from(bracket.is_some());
    let is_time = |byte: &u8| {
        byte.is_ascii_digit()
            || matches!(byte, b':' | b'-' | b'/' | b'.' | b'T' | b'Z' | b'+' | b',')
    };
    // A date, a time, or both with a space between them.
    let mut end = from;
    while let Some(byte) = bytes.get(end) {
        let joins =
            *byte == b' ' && bracket.is_some() | bytes.get(end + 1).is_some_and(u8::is_ascii_digit);
        if !is_time(byte) && !joins {
            break;
        }
        end += 1;
    }
    let time = line[from..end].trim_end();
    let digits = time.bytes().filter(u8::is_ascii_digit).count();
    let separators = time
        .bytes()
        .filter(|byte| matches!(byte, b':' | b'-' | b'/'))
        .count();
    // `12:30`, `2024-07-01`; a reply code or an IP address has neither.
    let is_moment =
        digits >= 4 && separators >= 1 && time.len() >= 5 && time.as_bytes()[0].is_ascii_digit();
    if !is_moment || time.starts_with(['4', '5']) && time.as_bytes().get(3) == Some(&b'-') {
        return 0;
    }
    match bracket {
        Some(bracket) if bytes.get(end) == Some(&bracket) => end += 1,
        Some(_) => return 0,
        None => {}
    }
    let rest = &line[end..];
    if bracket.is_none() && !time.contains(':') {
        return 0;
    }
    end + usize::from(rest.starts_with(' '))
}

/// What a link to an address begins with.
static MAILTO: LazyLock<Finder<'static>> = LazyLock::new(|| Finder::new("mailto:"));

/// Turns links to addresses into the addresses, and takes away the stars of bold text around them.
fn without_links(text: &str, _: &Shape) -> Option<String> {
    let has_link = MAILTO.find(text.as_bytes()).is_some();
    let has_bold = memchr::memchr2(b'*', b'_', text.as_bytes()).is_some()
        && address::find(text).any(|place| is_enclosed(text, place.start, place.end));
    if !has_link && !has_bold {
        return None;
    }
    let linked = if has_link {
        without_mailto(text)
    } else {
        text.to_owned()
    };
    let mut plain = String::with_capacity(linked.len());
    let mut at = 0;
    for place in address::find(&linked) {
        if is_enclosed(&linked, place.start, place.end) {
            plain.push_str(linked[at..place.start].trim_end_matches(['*', '_']));
            plain.push_str(&linked[place.clone()]);
            at = place.end + linked[place.end..].len()
                - linked[place.end..].trim_start_matches(['*', '_']).len();
        }
    }
    plain.push_str(&linked[at..]);
    Some(plain)
}

fn is_enclosed(text: &str, start: usize, end: usize) -> bool {
    let bytes = text.as_bytes();
    let mark = start.checked_sub(1).and_then(|before| bytes.get(before));
    mark.is_some_and(|mark| matches!(mark, b'*' | b'_') && bytes.get(end) == Some(mark))
}

/// `[a@b](mailto:a@b)`, `a@b<mailto:a@b>`, `a@b [mailto:a@b]` and `<mailto:a@b>` all become `a@b`.
fn without_mailto(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = MAILTO.find(rest.as_bytes()) {
        let link = &rest[at + MAILTO.needle().len()..];
        let before = &rest[..at];
        let (open, close) = match before.as_bytes().last() {
            Some(b'<') => ('<', '>'),
            Some(b'(') => ('(', ')'),
            Some(b'[') => ('[', ']'),
            _ => {
                plain.push_str(before);
                rest = link;
                continue;
            }
        };
        let before = before.strip_suffix(open).unwrap_or(before);
        let Some(end) = link.find([close, '\n']) else {
            plain.push_str(before);
            rest = link;
            continue;
        };
        let target = link[..end].split('?').next().unwrap_or_default();
        let named = before
            .trim_end()
            .trim_end_matches([']', '>', ')', '*', '_']);
        let repeats = named
            .len()
            .checked_sub(target.len())
            .and_then(|start| Some((start, named.get(start..)?)))
            .filter(|(_, name)| !target.is_empty() && name.eq_ignore_ascii_case(target));
        match repeats {
            Some((start, name)) => {
                let label = &before[..start];
                if before[start + name.len()..].starts_with(']') && label.ends_with('[') {
                    plain.push_str(&label[..label.len() - 1]);
                    plain.push_str(name);
                } else {
                    plain.push_str(before.trim_end());
                }
            }
            None => {
                plain.push_str(before);
                plain.push_str(if plain.ends_with(|last: char| last.is_alphanumeric()) {
                    " "
                } else {
                    ""
                });
                plain.push(open);
                plain.push_str(target);
                plain.push(close);
            }
        }
        rest = link.get(end + close.len_utf8()..).unwrap_or_default();
        if link[end..].starts_with('\n') {
            rest = &link[end..];
        }
    }
    plain.push_str(rest);
    plain
}

/// Halves the line ends of a text in which each of them is doubled.
fn with_single_spacing(text: &str, shape: &Shape) -> Option<String> {
    // Paragraphs of one line each have an empty line between them too, but nowhere three.
    if shape.filled < 3 || !shape.is_spaced || shape.widest_gap < 3 {
        return None;
    }
    let mut spaced = String::with_capacity(text.len());
    let mut blank = 0;
    for line in lines(text) {
        if line.trim().is_empty() {
            blank += 1;
            continue;
        }
        if !spaced.is_empty() {
            spaced.extend(std::iter::repeat_n('\n', blank / 2));
        }
        blank = 0;
        spaced.push_str(line);
    }
    Some(spaced)
}

/// Breaks lines that are too long to be written so, where reports begin a new one.
fn with_line_breaks(text: &str, shape: &Shape) -> Option<String> {
    let longest = if shape.filled == 1 {
        ONLY_LINE
    } else {
        LONG_LINE
    };
    if shape.longest <= longest {
        return None;
    }
    let mut broken = String::with_capacity(text.len() + 256);
    for line in lines(text) {
        if line.len() > longest {
            break_up(line, &mut broken);
        } else {
            broken.push_str(line);
        }
    }
    Some(broken)
}

/// Header fields that open a group of a report or the header of a message, before which a line is broken.
const OPENING_FIELDS: &[&str] = &[
    "reporting-mta",
    "final-recipient",
    "original-recipient",
    "remote-mta",
    "diagnostic-code",
    "arrival-date",
    "last-attempt-date",
    "will-retry-until",
    "x-failed-recipients",
    "received",
    "return-path",
    "mime-version",
    "dkim-signature",
    "x-mailer",
    "user-agent",
    "x-postfix-queue-id",
    "delivered-to",
    "x-google-smtp-source",
    "x-received",
];

/// Fields that a line is broken before once a header was opened, beside all with a hyphen.
const FURTHER_FIELDS: &[&str] = &[
    "action", "status", "from", "to", "cc", "subject", "date", "sender",
];

fn break_up(line: &str, broken: &mut String) {
    let words: Vec<&str> = line
        .split([' ', '\t', '\r', '\n'])
        .filter(|word| !word.is_empty())
        .collect();
    // Between the dashes of a heading, after an address that opens a line, in a header.
    let (mut heading, mut after_address, mut in_header) = (false, false, false);
    for (index, word) in words.iter().enumerate() {
        let previous = index.checked_sub(1).map_or("", |index| words[index]);
        let next = words.get(index + 1).copied().unwrap_or_default();
        let opens_heading = !heading && (word.starts_with("---") || is_rule(word));
        let after_heading = !heading && is_ruled(previous);
        let opens_header = opens_header(word);
        let field = opens_header || in_header && is_field(word);
        let address = is_address(word);
        let names_somebody = address
            && !in_header
            && !is_other_label(previous)
            && (previous.ends_with([':', '.', ',', ')'])
                || after_heading
                || after_address
                || word.ends_with(">:")
                || word.ends_with(':') && is_code(next)
                || next.starts_with("---")
                || matches!(next, "SMTP" | "host")
                || word.starts_with('<') && next.starts_with('('));
        let breaks_line = names_somebody
            || *word == ">>>"
            || word.starts_with("<<<")
            || field
            || is_code(word)
                && !previous.ends_with(':')
                && (is_status(next) || next.starts_with('<'));
        let ends_paragraph = opens_heading
            || after_heading
            || opens_header && !in_header
            || !in_header
                && ends_sentence(previous)
                && word.starts_with(|first: char| first.is_uppercase());
        if index > 0 {
            broken.push_str(match (ends_paragraph, breaks_line) {
                (true, _) => "\n\n",
                (_, true) => "\n",
                _ => " ",
            });
        }
        broken.push_str(word);
        in_header |= opens_header;
        heading = match (heading, is_ruled(word)) {
            (false, _) => {
                opens_heading && !(word.len() > 6 && word.ends_with("---") && !is_rule(word))
            }
            (true, ends) => !ends,
        };
        after_address = names_somebody || address && index == 0;
    }
    broken.push('\n');
}

/// Whether a word is or ends in the dashes around a heading.
fn is_ruled(word: &str) -> bool {
    is_rule(word) || word.ends_with("---")
}

fn is_rule(word: &str) -> bool {
    word.len() >= 3
        && word
            .bytes()
            .all(|byte| matches!(byte, b'-' | b'=' | b'_' | b'*'))
}

/// The name of the header field that a word begins with, in the case of one.
fn field_name(word: &str) -> Option<&str> {
    let name = word.split_once(':')?.0;
    let is_name = name.starts_with(|first: char| first.is_ascii_uppercase())
        && name
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || byte == b'-');
    is_name.then_some(name)
}

fn opens_header(word: &str) -> bool {
    field_name(word).is_some_and(|name| {
        OPENING_FIELDS
            .iter()
            .any(|field| field.eq_ignore_ascii_case(name))
    })
}

fn is_field(word: &str) -> bool {
    field_name(word).is_some_and(|name| {
        name.contains('-')
            || FURTHER_FIELDS
                .iter()
                .any(|field| field.eq_ignore_ascii_case(name))
    })
}

/// Whether a word labels somebody else than a recipient, or a field of a header.
fn is_other_label(word: &str) -> bool {
    word.strip_suffix(':').is_some_and(|label| {
        let folded = fold(label).to_ascii_lowercase();
        is_field(word) || OTHER_FIELDS.contains(&folded) || FORWARD_TO.contains(&folded)
    })
}

fn is_address(word: &str) -> bool {
    let bare = word.trim_matches(['<', '>', ':', ',', ';', '"', '\'', '(', ')', '.']);
    !bare.is_empty() && address::find(bare).next() == Some(0..bare.len())
}

fn is_code(word: &str) -> bool {
    word.len() == 3
        && word.starts_with(['4', '5'])
        && word.bytes().all(|byte| byte.is_ascii_digit())
}

fn is_status(word: &str) -> bool {
    word.split('.').count() == 3
        && word
            .bytes()
            .all(|byte| byte.is_ascii_digit() || byte == b'.')
}

fn ends_sentence(word: &str) -> bool {
    word.len() > 2 && word.ends_with(['.', '!', '?']) && !word.ends_with("..")
}
