//! Mailboxes in one file: the messages of an mbox, split while the file comes in.
//!
//! RFC 4155 describes the common core. A message begins with a `From ` line at the start of the file
//! or after a blank line; `>From` in a body is quoted once more (mboxrd) or as it was (mboxo). A
//! `Content-Length` (mboxcl) is not trusted: editors and exports leave wrong ones behind, while the
//! shape of a real `From ` line and the header after it tell it from a sentence in a body.

use super::eml;
use memchr::memmem;
use std::borrow::Cow;
use std::ops::Range;

/// How far a `From ` line and the header line after it may reach.
const LONGEST_OPENING: usize = 2_000;

/// Whether the bytes begin like a mailbox.
pub fn looks_like(bytes: &[u8]) -> bool {
    bytes.starts_with(b"From ") && opening(bytes, true) == Some(true)
}

/// One message of a mailbox.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Message<'a> {
    /// Where it stands.
    pub place: Place,
    /// The message without its `From ` line, unquoted.
    pub bytes: Cow<'a, [u8]>,
    /// Whether the message was longer than [`eml::LONGEST`] and the rest was left out.
    pub cut: bool,
}

/// Where a message stands in its mailbox.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Place {
    /// It is the only one: a single e-mail saved with the line that mailboxes put in front.
    Only,
    /// It is one of several, counted from 1.
    Number(u32),
}

/// Splits a mailbox that comes in slices of any size.
#[derive(Debug, Default)]
pub struct Splitter<'a> {
    /// The message that is not complete yet, from its `From ` line on.
    pending: Cow<'a, [u8]>,
    /// Up to where `pending` holds no further opening.
    searched: usize,
    /// Whether bytes of the message at hand were left out.
    cut: bool,
    number: u32,
}

/// Splits a mailbox that is wholly in memory, without a copy.
pub fn split(mailbox: &[u8], each: &mut impl FnMut(Message<'_>)) {
    let mut splitter = Splitter {
        pending: Cow::Borrowed(mailbox),
        ..Splitter::default()
    };
    let last = splitter.give_complete(each);
    splitter.give(last..mailbox.len(), true, each);
}

impl Splitter<'_> {
    /// Takes the next slice and gives every message that it completes.
    pub fn feed(&mut self, slice: &[u8], each: &mut impl FnMut(Message<'_>)) {
        self.pending.to_mut().extend_from_slice(slice);
        let start = self.give_complete(each);
        self.pending.to_mut().drain(..start);
        self.searched = self.searched.saturating_sub(start);
        self.leave_out_the_rest();
    }

    /// Gives the last message.
    pub fn finish(mut self, each: &mut impl FnMut(Message<'_>)) {
        let end = self.pending.len();
        self.give(0..end, true, each);
    }

    /// Gives every message that another one follows, and tells where the last one begins.
    fn give_complete(&mut self, each: &mut impl FnMut(Message<'_>)) -> usize {
        let mut start = 0;
        while let Some(next) = self.next_opening(start) {
            self.give(start..next, false, each);
            start = next;
        }
        start
    }

    /// Finds the `From ` line of the message after the one at `start`, if it is wholly there.
    fn next_opening(&mut self, start: usize) -> Option<usize> {
        // At least the first byte of the message at hand is never its own end.
        let mut from = self.searched.max(start + 1);
        loop {
            let Some(found) = memmem::find(&self.pending[from..], b"\nFrom ") else {
                // The last bytes may be the beginning of an opening.
                self.searched = self.pending.len().saturating_sub(5).max(from);
                return None;
            };
            let line = from + found + 1;
            if after_blank_line(&self.pending[..line]) {
                match opening(&self.pending[line..], false) {
                    Some(true) => {
                        self.searched = line + 1;
                        return Some(line);
                    }
                    Some(false) => {}
                    None => {
                        self.searched = line - 1;
                        return None;
                    }
                }
            }
            from = line;
        }
    }

    fn give(&mut self, range: Range<usize>, last: bool, each: &mut impl FnMut(Message<'_>)) {
        let message = without_from_line(&self.pending[range]);
        let cut = std::mem::take(&mut self.cut) || message.len() > eml::LONGEST;
        let message = &message[..message.len().min(eml::LONGEST)];
        if !message.trim_ascii().is_empty() {
            self.number += 1;
            let only = last && self.number == 1;
            let place = if only {
                Place::Only
            } else {
                Place::Number(self.number)
            };
            each(Message {
                place,
                bytes: unquote(message),
                cut,
            });
        }
    }

    /// Keeps the front of a message that is too long, and enough of its end to see the next one.
    fn leave_out_the_rest(&mut self) {
        let kept_end = self.searched.saturating_sub(LONGEST_OPENING);
        if kept_end > eml::LONGEST + LONGEST_OPENING {
            let front = eml::LONGEST + LONGEST_OPENING;
            self.pending.to_mut().drain(front..kept_end);
            self.searched -= kept_end - front;
            self.cut = true;
        }
    }
}

/// Whether what comes before a line ends with a blank line.
fn after_blank_line(before: &[u8]) -> bool {
    let before = before.strip_suffix(b"\n").unwrap_or(before);
    let before = before.strip_suffix(b"\r").unwrap_or(before);
    before.is_empty() || before.ends_with(b"\n")
}

/// Whether a `From ` line is followed by a header, as it is in front of a message; `None` when that
/// is not there to see yet. At the end of a file what is missing counts as wrong.
fn opening(bytes: &[u8], at_end: bool) -> Option<bool> {
    let seen = &bytes[..bytes.len().min(LONGEST_OPENING)];
    let undecided = (!at_end && seen.len() < LONGEST_OPENING).then_some(());
    let missing = || undecided.map_or(Some(false), |()| None);
    let Some(line_end) = memchr::memchr(b'\n', seen) else {
        return missing();
    };
    if !ends_in_a_year(&seen[..line_end]) {
        return Some(false);
    }
    let header = &seen[line_end + 1..];
    match header.iter().position(|byte| !is_header_name(*byte)) {
        Some(end) => Some(end > 0 && matches!(header[end], b':' | b' ')),
        None => missing(),
    }
}

/// The date in a `From ` line ends in its year, sometimes followed by a time zone.
fn ends_in_a_year(line: &[u8]) -> bool {
    let words = line
        .split(|byte| byte.is_ascii_whitespace())
        .filter(|word| !word.is_empty());
    let is_year = |word: &[u8]| word.len() == 4 && word.iter().all(u8::is_ascii_digit);
    let words: Vec<&[u8]> = words.collect();
    words.iter().skip(2).any(|word| is_year(word))
}

fn is_header_name(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'>')
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

/// Takes one `>` off each line that is `From ` behind any number of them.
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
        From now on, the year 2026 says nothing.\n\n>From the start\n>>From twice\n\n\
        From b@example.be Thu Mar 12 08:00:01 2026 +0100\nSubject: twee\n\nlijf\n\n\
        From c@example.be Thu, 12 Mar 2026 08:00:02\nReceived: x\n";

    fn in_slices(text: &str, size: usize) -> Vec<String> {
        let mut splitter = Splitter::default();
        let mut messages = Vec::new();
        let mut take = |message: Message<'_>| {
            assert_eq!(message.place, Place::Number(messages.len() as u32 + 1));
            messages.push(String::from_utf8_lossy(&message.bytes).into_owned());
        };
        text.as_bytes()
            .chunks(size)
            .for_each(|slice| splitter.feed(slice, &mut take));
        splitter.finish(&mut take);
        messages
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
        let mut whole = Vec::new();
        split(MAILBOX.as_bytes(), &mut |message| {
            whole.push(String::from_utf8_lossy(&message.bytes).into_owned());
        });
        assert_eq!(in_slices(MAILBOX, usize::MAX), whole);
        for size in 1..MAILBOX.len() {
            assert_eq!(in_slices(MAILBOX, size), whole, "slices of {size}");
        }
        let windows = MAILBOX.replace('\n', "\r\n");
        for size in [1, 7, windows.len()] {
            let messages: Vec<_> = in_slices(&windows, size)
                .iter()
                .map(|text| text.replace("\r\n", "\n"))
                .collect();
            assert_eq!(messages, whole);
        }
    }

    #[test]
    fn an_endless_message_is_cut_and_the_next_one_found() {
        let mut splitter = Splitter::default();
        let mut seen = Vec::new();
        let mut take = |message: Message<'_>| seen.push((message.bytes.len(), message.cut));
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
    fn what_begins_like_a_mailbox() {
        assert!(looks_like(MAILBOX.as_bytes()));
        assert!(!looks_like(b"From here to there\n"));
        assert!(!looks_like(b"From: a@example.be\n"));
    }
}
