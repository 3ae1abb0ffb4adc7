//! The words of a server on one line, as a person would read them, and the paragraphs of a report.

use crate::rules::codes;
use std::borrow::Cow;
use std::ops::Range;

/// The lines of a text, each with its line end.
pub fn lines(text: &str) -> impl Iterator<Item = &str> {
    let mut at = 0;
    std::iter::from_fn(move || {
        let rest = text.get(at..).filter(|rest| !rest.is_empty())?;
        let length = memchr::memchr(b'\n', rest.as_bytes()).map_or(rest.len(), |end| end + 1);
        at += length;
        rest.get(..length)
    })
}

/// Folds white space and takes out what wrapping put in: `550-5.1.1 no such 550 5.1.1 user` becomes
/// `550 5.1.1 no such user`.
pub fn fold(text: &str) -> String {
    let mut folded = String::with_capacity(text.len());
    let mut reply: Option<Reply> = None;
    for line in lines(text) {
        let mut words = line.split_whitespace().peekable();
        let mut opens_line = true;
        while let Some(word) = words.next() {
            let opens = std::mem::take(&mut opens_line);
            let Some((code, rest)) = split_code(word) else {
                push(&mut folded, word);
                continue;
            };
            // `550-5.1.1 words`, `550-words`, `550 5.1.1 words` or `550 words`.
            let next = if rest.is_empty() {
                words.peek().copied()
            } else {
                Some(rest)
            };
            let status = next.filter(|word| is_status(word));
            let goes_on = reply.as_ref().is_some_and(|reply| {
                reply.code == code
                    && (opens || !rest.is_empty() || status.is_some() && reply.status == status)
            });
            if goes_on {
                let repeated =
                    status.is_some() && reply.as_ref().is_some_and(|reply| reply.status == status);
                if repeated && rest.is_empty() {
                    words.next();
                } else if !repeated && !rest.is_empty() {
                    push(&mut folded, rest);
                }
            } else {
                reply.get_or_insert(Reply { code, status });
                push(&mut folded, code);
                if !rest.is_empty() {
                    push(&mut folded, rest);
                }
            }
        }
    }
    folded
}

/// How the first reply in a text begins; its further lines begin the same.
struct Reply<'a> {
    code: &'a str,
    status: Option<&'a str>,
}

/// Splits `550-5.1.1` and `550-words` after the hyphen, and `550` into itself and nothing.
fn split_code(word: &str) -> Option<(&str, &str)> {
    let (code, rest) = word.split_at_checked(3)?;
    let is_code =
        matches!(code.as_bytes()[0], b'4' | b'5') && code.bytes().all(|byte| byte.is_ascii_digit());
    match rest.as_bytes().first() {
        _ if !is_code => None,
        None => Some((code, "")),
        Some(b'-') => Some((code, &rest[1..])),
        Some(_) => None,
    }
}

fn push(folded: &mut String, word: &str) {
    if !folded.is_empty() {
        folded.push(' ');
    }
    folded.push_str(word);
}

fn is_status(word: &str) -> bool {
    let bytes = word.as_bytes();
    bytes.len() >= 5
        && bytes[1] == b'.'
        && bytes
            .iter()
            .all(|byte| byte.is_ascii_digit() || *byte == b'.')
}

/// Puts each paragraph on one line, so that no phrase is broken where it was wrapped.
pub fn unwrapped(text: &str) -> Cow<'_, str> {
    if memchr::memchr(b'\n', text.as_bytes()).is_none() {
        return Cow::Borrowed(text);
    }
    let mut whole = String::with_capacity(text.len());
    for line in lines(text) {
        match line.trim() {
            "" => whole.push('\n'),
            words => {
                whole.push_str(words);
                whole.push(' ');
            }
        }
    }
    Cow::Owned(whole)
}

/// Folds each paragraph, and keeps them apart.
pub fn paragraphs(text: &str) -> String {
    let mut folded = String::with_capacity(text.len());
    let mut push = |paragraph: &str| {
        if paragraph.is_empty() {
            return;
        }
        if !folded.is_empty() {
            folded.push_str("\n\n");
        }
        folded.push_str(&fold(paragraph));
    };
    let (mut start, mut end) = (0, 0);
    for line in lines(text) {
        let next = end + line.len();
        if line.trim().is_empty() {
            push(&text[start..end]);
            start = next;
        }
        end = next;
    }
    push(&text[start..]);
    folded
}

/// What the paragraphs quote of another server: each from its reply code on, or from the command
/// that it answers.
pub fn replies(paragraphs: &str) -> String {
    let mut replies = String::new();
    for paragraph in paragraphs.split("\n\n") {
        let Some((_, at)) = codes::reply_at(paragraph) else {
            continue;
        };
        let before = &paragraph[..at];
        let start = [" MAIL FROM:", " initial connection:", " end of data:"]
            .iter()
            .find_map(|command| before.rfind(command))
            .map_or(at, |command| {
                before[..command].rfind(' ').unwrap_or(command)
            });
        if !replies.is_empty() {
            replies.push_str("\n\n");
        }
        replies.push_str(&paragraph[start..]);
    }
    replies
}

/// The paragraph that contains a match, with the match counted from its start.
pub fn paragraph(text: &str, matched: Option<Range<usize>>) -> (&str, Option<Range<usize>>) {
    let Some(matched) = matched else {
        return (text, None);
    };
    let (Some(before), Some(after)) = (text.get(..matched.start), text.get(matched.end..)) else {
        return (text, None);
    };
    let start = before.rfind("\n\n").map_or(0, |at| at + 2);
    let end = after.find("\n\n").map_or(text.len(), |at| matched.end + at);
    (
        &text[start..end],
        Some(matched.start - start..matched.end - start),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_phrase_may_be_broken_at_the_end_of_a_line_but_not_of_a_paragraph() {
        assert_eq!(
            unwrapped("De nouvelles\r\n  tentatives\n\nsuivront"),
            "De nouvelles tentatives \nsuivront "
        );
    }

    #[test]
    fn replies_of_several_lines_become_one() {
        for (text, expected) in [
            (
                "550-5.1.1 no such\n 550 5.1.1 user",
                "550 5.1.1 no such user",
            ),
            (
                "550-5.1.1 no such\n550-5.1.1 user\n550 5.1.1 here",
                "550 5.1.1 no such user here",
            ),
            (
                "550-Verification failed\n550 Sender",
                "550 Verification failed Sender",
            ),
            ("550-Verification\n550-failed", "550 Verification failed"),
            ("said:  452 4.2.2\n full", "said: 452 4.2.2 full"),
            ("Zürich 12-34 550é", "Zürich 12-34 550é"),
        ] {
            assert_eq!(fold(text), expected);
        }
    }
}
