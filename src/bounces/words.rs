//! The words of a server on one line, as a person would read them.

/// Folds white space and takes out what wrapping put in: `550-5.1.1 no such 550 5.1.1 user` becomes
/// `550 5.1.1 no such user`.
pub fn fold(text: &str) -> String {
    let mut folded = String::with_capacity(text.len());
    let mut code: Option<&str> = None;
    let mut status: Option<&str> = None;
    let mut words = text.split_whitespace().peekable();
    while let Some(word) = words.next() {
        let repeats = code.is_some_and(|code| word.starts_with(code));
        let rest = match word.as_bytes().get(3) {
            Some(b'-') if is_code(word) => Some(&word[4..]),
            _ => None,
        };
        if code.is_none() && is_code(word) && (word.len() == 3 || rest.is_some()) {
            code = word.get(..3);
            push(&mut folded, &word[..3]);
            let first = rest.filter(|rest| !rest.is_empty());
            status = first
                .or_else(|| words.peek().copied())
                .filter(|word| is_status(word));
            if let Some(first) = first {
                push(&mut folded, first);
            }
        } else if let (true, Some(rest)) = (repeats, rest) {
            // A further line of the same reply.
            if Some(rest) != status && !rest.is_empty() {
                push(&mut folded, rest);
            } else if rest.is_empty() && status.is_some() && words.peek().copied() == status {
                words.next();
            }
        } else if repeats && word.len() == 3 && status.is_some() && words.peek().copied() == status
        {
            words.next();
        } else {
            push(&mut folded, word);
        }
    }
    folded
}

fn push(folded: &mut String, word: &str) {
    if !folded.is_empty() {
        folded.push(' ');
    }
    folded.push_str(word);
}

fn is_code(word: &str) -> bool {
    word.as_bytes().get(..3).is_some_and(|digits| {
        matches!(digits[0], b'4' | b'5') && digits.iter().all(u8::is_ascii_digit)
    })
}

fn is_status(word: &str) -> bool {
    let bytes = word.as_bytes();
    bytes.len() >= 5
        && bytes[1] == b'.'
        && bytes
            .iter()
            .all(|byte| byte.is_ascii_digit() || *byte == b'.')
}

#[cfg(test)]
mod tests {
    use super::*;

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
                "550 Verification failed 550 Sender",
            ),
            ("550-Verification\n550-failed", "550 Verification failed"),
            ("said:  452 4.2.2\n full", "said: 452 4.2.2 full"),
            ("Zürich 12-34 550é", "Zürich 12-34 550é"),
        ] {
            assert_eq!(fold(text), expected);
        }
    }
}
