//! Splits a mailbox (mbox) into messages while it is read.
//!
//! RFC 4155 describes the common core. A message begins with a `From ` line at the start of the file
//! or after a blank line; `>From` in a body is quoted once more (mboxrd) or left as it is (mboxo). A
//! `Content-Length` (mboxcl) is not trusted: editors and exports leave wrong ones behind, while the
//! shape of a real `From ` line and the header after it distinguish it from a sentence in a body.
//!
//! Real mailboxes may be damaged: after a crash, blocks of NUL bytes or half a message come before a
//! `From ` line, and a file that was split begins anywhere. No message after the damage is lost.

use super::eml;
use memchr::memmem;
use std::borrow::Cow;
use std::ops::Range;
use std::sync::LazyLock;

/// The maximum length of a `From ` line and the first header fields after it, in bytes.
const LONGEST_OPENING: usize = 2_000;

/// This many NUL bytes are a hole in the file, and no part of a mail.
const HOLE: [u8; 8] = [0; 8];

/// How far ahead to search for the end of a multipart, in bytes.
const LONGEST_RETURNED: usize = 1 << 20;

/// Within how many bytes a mail declares the boundary of its parts.
const LONGEST_HEADER: usize = 32 << 10;

/// UTF-8 byte order mark; some editors write it.
const UTF8_MARK: &[u8] = b"\xEF\xBB\xBF";

/// Whether the bytes begin like a mailbox.
pub fn looks_like(bytes: &[u8]) -> bool {
    let bytes = without_padding(bytes);
    bytes.starts_with(b"From ") && opening(bytes, true, true) == Some(true)
}

/// Whether messages of a mailbox begin later in the bytes, as in the second half of one.
pub fn is_inside(bytes: &[u8]) -> bool {
    let mut splitter = Splitter {
        pending: Cow::Borrowed(bytes),
        ..Splitter::default()
    };
    let mut next = splitter.next_start(0, true);
    while let Some(start) = next {
        if bytes[start..].starts_with(b"From ") {
            return true;
        }
        next = splitter.next_start(start, true);
    }
    false
}

/// One message of a mailbox.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct MailboxMessage<'a> {
    /// Its place in the mailbox.
    pub place: MailboxPlace,
    /// The message without its `From ` line, unquoted.
    pub bytes: Cow<'a, [u8]>,
    /// Whether the message was longer than [`eml::LONGEST`] and the rest was cut off.
    pub cut: bool,
    /// Whether its front is missing, because the file begins in the middle of it.
    pub headless: bool,
}

/// The place of a message in its mailbox.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum MailboxPlace {
    /// The only message: a single e-mail saved as a mailbox.
    Only,
    /// One of several, numbered from 1.
    Number(u32),
}

/// Splits a mailbox that comes in slices of any size.
#[derive(Debug, Default)]
pub struct Splitter<'a> {
    /// The message that is not complete yet, from its `From ` line on.
    pending: Cow<'a, [u8]>,
    /// How much of `pending` was searched for the next message.
    searched: usize,
    /// No `From ` begins between `searched` and this place. Without it, whatever comes after each of many holes
    /// would be searched for one as often as there are holes.
    clear: usize,
    /// Whether everything from `searched` on is a hole.
    in_hole: bool,
    /// Whether bytes of the current message were cut off.
    cut: bool,
    number: u32,
}

/// Splits a mailbox in memory, without a copy.
pub fn split(mailbox: &[u8], each: &mut impl FnMut(MailboxMessage<'_>)) {
    let mut splitter = Splitter {
        pending: Cow::Borrowed(mailbox),
        ..Splitter::default()
    };
    let last = splitter.pass_complete(true, each);
    splitter.pass(last..mailbox.len(), true, each);
}

impl Splitter<'_> {
    /// Reads the next slice, and passes every message that it completes to `each`.
    pub fn feed(&mut self, slice: &[u8], each: &mut impl FnMut(MailboxMessage<'_>)) {
        self.pending.to_mut().extend_from_slice(slice);
        let start = self.pass_complete(false, each);
        let pending = self.pending.to_mut();
        pending.drain(..start);
        self.searched = self.searched.saturating_sub(start);
        self.clear = self.clear.saturating_sub(start);
        if self.in_hole {
            // Enough of it to find its end.
            pending.truncate(self.searched + HOLE.len());
        }
        self.cut_off_the_rest();
    }

    /// Passes the last messages to `each`.
    pub fn finish(mut self, each: &mut impl FnMut(MailboxMessage<'_>)) {
        let last = self.pass_complete(true, each);
        self.pass(last..self.pending.len(), true, each);
    }

    /// Passes every message before the last one to `each`; returns where the last one begins.
    fn pass_complete(&mut self, at_end: bool, each: &mut impl FnMut(MailboxMessage<'_>)) -> usize {
        let mut start = 0;
        while let Some(next) = self.next_start(start, at_end) {
            self.pass(start..next, false, each);
            start = next;
        }
        start
    }

    /// Finds the start of the message after the one at `start`: its `From ` line, or the end of a hole.
    /// `None` if it is not in the bytes so far.
    fn next_start(&mut self, start: usize, at_end: bool) -> Option<usize> {
        // A message has at least one byte.
        let mut from = self.searched.max(start + 1).min(self.pending.len());
        self.in_hole = false;
        loop {
            let found = self.next_line(from);
            let until = found.unwrap_or(self.pending.len());
            let searched = &self.pending[from..until];
            // Most files have no NUL byte at all.
            let hole = memchr::memchr(0, searched).and_then(|_| memmem::find(searched, &HOLE));
            if let Some(hole) = hole {
                let hole = from + hole;
                let written = self.pending[hole..].iter().position(|byte| *byte != 0);
                self.in_hole = written.is_none();
                self.searched = written.map_or(hole, |written| hole + written);
                return written.map(|written| hole + written);
            }
            let Some(line) = found else {
                // The last bytes may be the start of either.
                let rest = self.pending.len().saturating_sub(HOLE.len() - 1);
                self.searched = rest.max(from);
                return None;
            };
            let begins = match begins_at(&self.pending, line, at_end) {
                Some(true) => is_in_a_part(&self.pending[start..], line - start, at_end)
                    .map(|in_a_part| !in_a_part),
                other => other,
            };
            match begins {
                Some(true) => {
                    self.searched = line + 1;
                    return Some(line);
                }
                Some(false) => from = line + 1,
                None => {
                    self.searched = line;
                    return None;
                }
            }
        }
    }

    /// Finds the first `From ` from a place on.
    fn next_line(&mut self, from: usize) -> Option<usize> {
        static LINE: LazyLock<memmem::Finder<'static>> =
            LazyLock::new(|| memmem::Finder::new("From "));
        let from = from.max(self.clear).min(self.pending.len());
        let found = LINE.find(&self.pending[from..]).map(|found| from + found);
        // The last bytes may be the start of one.
        let end = self.pending.len().saturating_sub(LINE.needle().len() - 1);
        self.clear = found.unwrap_or(end.max(from));
        found
    }

    fn pass(&mut self, range: Range<usize>, last: bool, each: &mut impl FnMut(MailboxMessage<'_>)) {
        let message = without_padding(&self.pending[range]);
        let headless = !message.starts_with(b"From ");
        let message = without_hole(without_from_line(message));
        let cut = std::mem::take(&mut self.cut) || message.len() > eml::LONGEST;
        let message = &message[..message.len().min(eml::LONGEST)];
        if !message.trim_ascii().is_empty() {
            self.number += 1;
            let only = last && self.number == 1;
            let place = if only {
                MailboxPlace::Only
            } else {
                MailboxPlace::Number(self.number)
            };
            each(MailboxMessage {
                place,
                bytes: unquote(message),
                cut,
                headless,
            });
        }
    }

    /// Keeps the front of a message that is too long, and enough of its end to find the next one.
    fn cut_off_the_rest(&mut self) {
        let kept_end = self.searched.saturating_sub(LONGEST_OPENING);
        if kept_end > eml::LONGEST + LONGEST_OPENING {
            let front = eml::LONGEST + LONGEST_OPENING;
            self.pending.to_mut().drain(front..kept_end);
            self.searched -= kept_end - front;
            self.clear = self.clear.saturating_sub(kept_end - front);
            self.cut = true;
        }
    }
}

/// Whether a message begins at a `From `; `None` if more bytes are needed to decide.
fn begins_at(bytes: &[u8], place: usize, at_end: bool) -> Option<bool> {
    let (before, rest) = bytes.split_at(place);
    let after_blank_line = after_blank_line(before);
    match before.last() {
        None | Some(b'\n' | 0) if after_blank_line || !after_rule(before) => {
            opening(rest, after_blank_line, at_end)
        }
        _ => Some(false),
    }
}

/// Whether the bytes before a line end with a blank line or a hole, or are none.
fn after_blank_line(before: &[u8]) -> bool {
    let before = before.strip_suffix(b"\n").unwrap_or(before);
    let before = before.strip_suffix(b"\r").unwrap_or(before);
    matches!(before.last(), None | Some(b'\n' | 0))
}

/// Whether the bytes before a line end with a line of dashes or the like, as before a quoted message.
fn after_rule(before: &[u8]) -> bool {
    let line = before.trim_ascii_end().rsplit(|byte| *byte == b'\n').next();
    line.is_some_and(|line| !line.iter().any(u8::is_ascii_alphanumeric))
}

/// Whether a `From ` line is followed by the header of a message; `None` if more bytes are needed to
/// decide. At the end of a file, missing bytes count as no header. Without a blank line before it,
/// because the message before it was cut off, the header must be beyond doubt.
fn opening(bytes: &[u8], after_blank_line: bool, at_end: bool) -> Option<bool> {
    let seen = &bytes[..bytes.len().min(LONGEST_OPENING)];
    let decided = at_end || seen.len() == LONGEST_OPENING;
    let missing = decided.then_some(false);
    let Some(line_end) = memchr::memchr(b'\n', seen) else {
        return missing;
    };
    if !is_from_line(&seen[..line_end]) {
        return Some(false);
    }
    let header = &seen[line_end + 1..];
    if !after_blank_line {
        return if eml::looks_like(header) {
            Some(true)
        } else {
            missing
        };
    }
    let name = header.iter().position(|byte| !is_header_name(*byte));
    let Some((name, value)) = name.map(|end| header.split_at(end)) else {
        return missing;
    };
    let colon = value.trim_ascii_start().first();
    Some(name == b">From" || !name.is_empty() && colon == Some(&b':'))
}

/// Whether a line ends with the time and year of arrival, as in `Thu Mar 12 08:00:00 2026`, perhaps with
/// a time zone.
fn is_from_line(line: &[u8]) -> bool {
    let digits = |text: &[u8], count| text.len() == count && text.iter().all(u8::is_ascii_digit);
    let words = || {
        let words = line.split(u8::is_ascii_whitespace);
        words.filter(|word| !word.is_empty()).skip(2)
    };
    let is_time = |word: &[u8]| {
        let mut parts = word.split(|byte| *byte == b':');
        word.contains(&b':') && parts.all(|part| digits(part, 2))
    };
    words().any(|word| digits(word, 4)) && words().any(is_time)
}

/// Whether the `From ` line at `place` is inside a part of the message at the start of `bytes`: bounces
/// return messages with the `From ` line of a mailbox. If so, the multipart ends after that line and not
/// before it. `None` if more bytes are needed to decide.
fn is_in_a_part(bytes: &[u8], place: usize, at_end: bool) -> Option<bool> {
    let (message, rest) = bytes.split_at(place);
    let Some(boundary) = boundary(message) else {
        return Some(false);
    };
    let end = [b"\n--", boundary, b"--"].concat();
    if memmem::rfind(message, &end).is_some() {
        return Some(false);
    }
    let seen = &rest[..rest.len().min(LONGEST_RETURNED)];
    let mut others = memmem::find_iter(&seen[1..], b"From ").map(|place| place + 1);
    let other = others.find(|&place| begins_at(seen, place, true) == Some(true));
    let here = &seen[..other.unwrap_or(seen.len())];
    if memmem::find(here, &end).is_some() {
        return Some(true);
    }
    let decided = other.is_some() || at_end || seen.len() == LONGEST_RETURNED;
    decided.then_some(false)
}

/// The boundary between the parts of a message, from its header (RFC 2046, section 5.1.1).
fn boundary(message: &[u8]) -> Option<&[u8]> {
    let header = &message[..message.len().min(LONGEST_HEADER)];
    let blank = [b"\n\n".as_slice(), b"\n\r\n"].map(|blank| memmem::find(header, blank));
    let header = &header[..blank.into_iter().flatten().min().unwrap_or(header.len())];
    let mut values = memchr::memchr_iter(b'=', header).filter_map(|place| {
        let name = &header[place.checked_sub("boundary".len())?..place];
        name.eq_ignore_ascii_case(b"boundary")
            .then(|| &header[place + 1..])
    });
    let value = values.next()?;
    let boundary = match value.strip_prefix(b"\"") {
        Some(quoted) => quoted.split(|byte| *byte == b'"').next()?,
        None => {
            let ends = |byte: &u8| matches!(byte, b';' | b'\r' | b'\n' | b' ' | b'\t');
            value.split(ends).next()?
        }
    };
    (!boundary.is_empty()).then_some(boundary)
}

fn is_header_name(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'>')
}

/// Skips what comes before the first message: a byte order mark, blank lines and NUL bytes.
fn without_padding(bytes: &[u8]) -> &[u8] {
    let bytes = bytes.strip_prefix(UTF8_MARK).unwrap_or(bytes);
    let written = |byte: &u8| *byte != 0 && !byte.is_ascii_whitespace();
    let start = bytes.iter().position(written).unwrap_or(bytes.len());
    &bytes[start..]
}

fn without_from_line(message: &[u8]) -> &[u8] {
    if !message.starts_with(b"From ") {
        return message;
    }
    match memchr::memchr(b'\n', message) {
        Some(end) => &message[end + 1..],
        None => &[],
    }
}

/// Omits the NUL bytes after a message: of a long hole, slices keep only some.
fn without_hole(message: &[u8]) -> &[u8] {
    let last = message.iter().rposition(|byte| *byte != 0);
    &message[..last.map_or(0, |last| last + 1)]
}

/// Removes one `>` from each line that consists of any number of them before `From `.
fn unquote(message: &[u8]) -> Cow<'_, [u8]> {
    let quoted: Vec<usize> = memmem::find_iter(message, b"From ")
        .filter_map(|place| {
            let marks = message[..place]
                .iter()
                .rev()
                .take_while(|byte| **byte == b'>')
                .count();
            let line = place - marks;
            (marks > 0 && (line == 0 || message[line - 1] == b'\n')).then_some(line)
        })
        .collect();
    if quoted.is_empty() {
        return Cow::Borrowed(message);
    }
    let mut plain = Vec::with_capacity(message.len());
    let mut from = 0;
    for line in quoted {
        plain.extend_from_slice(&message[from..line]);
        from = line + 1;
    }
    plain.extend_from_slice(&message[from..]);
    Cow::Owned(plain)
}

#[cfg(test)]
mod tests {
    use super::*;

    const MAILBOX: &str = "From MAILER-DAEMON Thu Mar 12 08:00:00 2026\n\
        From: a@example.be\nSubject: een\n\nFrom here on it is a body.\n\n\
        From now on, the year 2026 says nothing.\n\n\
        From nine to 17:00 in 2026 even\nThis is no header: a colon stands too late.\n\n>From the start\n>>From twice\n\n\
        From b@example.be Thu Mar 12 08:00:01 2026 +0100\nSubject: twee\n\nlijf\n\n\
        From c@example.be Thu, 12 Mar 2026 08:00:02\nReceived: x\n";

    fn in_slices(text: &str, size: usize) -> Vec<String> {
        let mut splitter = Splitter::default();
        let mut messages = Vec::new();
        let mut take = |message: MailboxMessage<'_>| {
            assert_eq!(
                message.place,
                MailboxPlace::Number(messages.len() as u32 + 1)
            );
            messages.push(String::from_utf8_lossy(&message.bytes).into_owned());
        };
        text.as_bytes()
            .chunks(size)
            .for_each(|slice| splitter.feed(slice, &mut take));
        splitter.finish(&mut take);
        messages
    }

    #[test]
    fn a_hole_is_no_part_of_the_message_before_it() {
        let hole = "\0".repeat(50);
        let mailbox = format!(
            "From a@example.be Thu Mar 12 08:00:00 2026\nSubject: een\n\nlijf{hole}\
             From b@example.be Thu Mar 12 08:00:01 2026\nSubject: twee\n\nlijf{hole}"
        );
        for size in [1, 7, 33, usize::MAX] {
            let messages = in_slices(&mailbox, size);
            let expected = ["Subject: een\n\nlijf", "Subject: twee\n\nlijf"];
            assert_eq!(messages, expected, "in slices of {size}");
        }
    }

    #[test]
    fn a_sentence_that_begins_with_from_is_no_message() {
        let messages = in_slices(MAILBOX, usize::MAX);
        assert_eq!(messages.len(), 3, "{messages:#?}");
        assert!(messages[0].contains("\nFrom the start\n>From twice\n"));
        assert!(messages[1].starts_with("Subject: twee"));
        assert!(messages[2].starts_with("Received: x"));
    }

    #[test]
    fn slices_and_line_endings_do_not_matter() {
        let mut complete = Vec::new();
        split(MAILBOX.as_bytes(), &mut |message| {
            complete.push(String::from_utf8_lossy(&message.bytes).into_owned());
        });
        assert_eq!(in_slices(MAILBOX, usize::MAX), complete);
        for size in 1..MAILBOX.len() {
            assert_eq!(in_slices(MAILBOX, size), complete, "slices of {size}");
        }
        let windows = MAILBOX.replace('\n', "\r\n");
        for size in [1, 7, windows.len()] {
            let messages: Vec<_> = in_slices(&windows, size)
                .iter()
                .map(|text| text.replace("\r\n", "\n"))
                .collect();
            assert_eq!(messages, complete);
        }
    }

    #[test]
    fn an_endless_message_is_cut_and_the_next_one_found() {
        let mut splitter = Splitter::default();
        let mut seen = Vec::new();
        let mut take = |message: MailboxMessage<'_>| seen.push((message.bytes.len(), message.cut));
        splitter.feed(
            b"From a Thu Mar 12 08:00:00 2026\nSubject: lang\n\n",
            &mut take,
        );
        let line = [b"x".repeat(999), b"\n".to_vec()].concat();
        for _ in 0..40_000 {
            splitter.feed(&line, &mut take);
        }
        assert!(splitter.pending.len() < eml::LONGEST + (1 << 20));
        splitter.feed(
            b"\nFrom b Thu Mar 12 08:00:00 2026\nSubject: kort\n\nx\n",
            &mut take,
        );
        splitter.finish(&mut take);
        assert_eq!(seen, [(eml::LONGEST, true), (17, false)]);
    }

    #[test]
    fn a_returned_message_with_its_from_line_is_no_message() {
        let bounce = "From MAILER-DAEMON Thu Mar 12 08:00:00 2026\nFrom: mailer-daemon@example.be\n\
            Content-Type: multipart/report;\n\tBoundary=\"b b\"\n\n--b b\n\n550 no\n--b b\n\
            Content-Type: message/rfc822\n\n\
            From an@example.be Thu Mar 12 07:59:59 2026\nFrom: an@example.be\n\nhoi\n--b b--\n\n";
        let next = "From b@example.be Thu Mar 12 08:00:01 2026\nSubject: twee\n\nlijf\n";
        for size in [1, 10, usize::MAX] {
            let messages = in_slices(&format!("{bounce}{next}"), size);
            assert_eq!(messages.len(), 2, "slices of {size}: {messages:#?}");
            assert!(messages[0].ends_with("--b b--\n\n"));
            // Cut off, it ends where the next message begins.
            let cut = bounce.len() - "hoi\n--b b--\n\n".len();
            let messages = in_slices(&format!("{}\n{next}", &bounce[..cut]), size);
            assert_eq!(messages.len(), 3, "slices of {size}: {messages:#?}");
        }
    }

    #[test]
    fn a_message_quoted_below_a_rule_is_no_message() {
        let mail = "From: an@example.be\nSubject: fwd\n\nZie:\n--------\n\
            From MAILER-DAEMON Thu Mar 12 08:00:00 2026\nFrom: mailer-daemon@example.be\n\
            Subject: no\n\n550 no\n";
        assert!(!is_inside(mail.as_bytes()));
        assert!(is_inside(mail.replace("--------", "tot ziens").as_bytes()));
    }

    #[test]
    fn messages_after_damage_are_found() {
        let next = "From b@example.be Thu Mar 12 08:00:01 2026\nFrom: b@example.be\nSubject: twee\n\nlijf\n";
        let one = "From a@example.be Thu Mar 12 08:00:00 2026\nSubject: een\n\nhalf een re";
        for damage in ["\n", "\0\0\0", "\n\0", "\r\n"] {
            for size in [1, 10, usize::MAX] {
                let messages = in_slices(&format!("{one}{damage}{next}"), size);
                assert_eq!(messages.len(), 2, "{damage:?}: {messages:#?}");
            }
        }
        for front in ["\0\0", "\n\n", "\u{feff}", "\u{feff}\n"] {
            let mailbox = format!("{front}{next}\n{next}");
            assert!(looks_like(mailbox.as_bytes()), "{front:?}");
            assert_eq!(in_slices(&mailbox, 1).len(), 2, "{front:?}");
        }
        let half = format!("en nog wat\n\n{next}");
        assert!(is_inside(half.as_bytes()) && !looks_like(half.as_bytes()));
        let mut headless = Vec::new();
        split(half.as_bytes(), &mut |message| {
            headless.push(message.headless)
        });
        assert_eq!(headless, [true, false]);
    }

    #[test]
    fn a_hole_takes_no_memory_and_cuts_off_nothing() {
        let (mut splitter, mut seen) = (Splitter::default(), Vec::new());
        let mut take = |message: MailboxMessage<'_>| {
            let text = String::from_utf8_lossy(&message.bytes);
            seen.push((text.trim_end_matches('\0').to_owned(), message.cut));
        };
        let message =
            |name: &str| format!("From a Thu Mar 12 08:00:00 2026\nSubject: {name}\n\nx\n");
        splitter.feed(message("een").as_bytes(), &mut take);
        for _ in 0..40 {
            splitter.feed(&[0; 1 << 20], &mut take);
            assert!(splitter.pending.len() < 1_000);
        }
        splitter.feed(message("twee").as_bytes(), &mut take);
        splitter.finish(&mut take);
        let text = |name: &str| (format!("Subject: {name}\n\nx\n"), false);
        assert_eq!(seen, [text("een"), text("twee")]);
    }

    #[test]
    fn a_mailbox_begins_with_a_from_line() {
        assert!(looks_like(MAILBOX.as_bytes()));
        assert!(!looks_like(b"From here to there\n"));
        assert!(!looks_like(b"From: a@example.be\n"));
    }
}
