//! Hides tokens that are not language: addresses, host names, URLs and file names.
//!
//! A recipient may be called `spam@…` and a server `dkim-gw.example.net`; neither says why a mail was
//! refused. The matcher compares ordinary phrases with a text of the same length in which such tokens are
//! blanked. Phrases written as a token (`kundenserver.de/bl`) and the `names` of a rule are also searched in
//! host names and URLs; only a phrase with an `@` is searched in addresses.

use std::ops::Range;

/// Replaces each byte of a token.
const BLANK: u8 = 0x01;

/// The top-level domains with which a name of two labels is a host name, not two sentences without a
/// space.
const TOP_LEVEL: &[&str] = &[
    "com", "net", "org", "edu", "gov", "mil", "int", "info", "biz", "eu", "arpa", "example",
    "test", "invalid", "local", "lan", "be", "nl", "fr", "de", "uk", "ie", "lu", "ch", "es", "pt",
    "pl", "cz", "dk", "fi", "se", "gr", "hu", "ro", "ru", "ua", "tr", "jp", "cn", "kr", "tw", "hk",
    "br", "ar", "mx", "cl", "au", "nz", "za", "us", "ca", "io", "tv", "cc",
];

/// The extensions of file names.
const EXTENSIONS: &[&str] = &[
    "exe", "zip", "rar", "pdf", "doc", "docx", "xls", "xlsx", "ppt", "pptx", "js", "vbs", "scr",
    "bat", "cmd", "pif", "jpg", "jpeg", "png", "gif", "txt", "eml", "msg", "htm", "html", "php",
    "cgi", "csv",
];

/// The parts of a text in which to search a phrase.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Scope {
    /// Only in words.
    Words,
    /// Also in host names, URLs and file names.
    Names,
    /// Everywhere.
    All,
}

/// Where to search a phrase, by its spelling.
pub fn scope(phrase: &str) -> Scope {
    if phrase.contains('@') {
        Scope::All
    } else if is_name_like(phrase) {
        Scope::Names
    } else {
        Scope::Words
    }
}

fn is_name_like(phrase: &str) -> bool {
    let bytes = phrase.as_bytes();
    bytes.iter().enumerate().any(|(at, byte)| match byte {
        b'/' => true,
        b'.' => {
            let near = |at: Option<usize>| {
                at.and_then(|at| bytes.get(at))
                    .is_some_and(u8::is_ascii_alphanumeric)
            };
            near(at.checked_sub(1)) && near(Some(at + 1))
        }
        _ => false,
    })
}

/// The bytes of `text` in lower case, with every token blanked that is outside `scope`.
pub fn blanked(text: &str, scope: Scope) -> Vec<u8> {
    let mut bytes = text.as_bytes().to_vec();
    let mut at = 0;
    // Each token has one of these, and a sentence has few of them.
    while let Some(mark) = memchr::memchr3(b'@', b'.', b':', bytes.get(at..).unwrap_or_default()) {
        let mark = at + mark;
        let end = position(&bytes, mark, |byte| !is_inside(byte)).unwrap_or(bytes.len());
        if end == mark + 1 && bytes[mark] != b'@' {
            // It only ends a word.
            at = end;
            continue;
        }
        let start = start_of_run(&bytes, at..mark, is_inside);
        match scope {
            Scope::All => {}
            Scope::Names => blank_addresses(&mut bytes[start..end]),
            Scope::Words => {
                if let Some([b'[', b'0'..=b'9']) = bytes.get(start.wrapping_sub(1)..=start) {
                    // The name before an IP address need not have a dot.
                    let name = start_of_run(&bytes, 0..start - 1, is_name);
                    bytes[name..start - 1].fill(BLANK);
                }
                blank(&mut bytes[start..end]);
            }
        }
        at = end;
    }
    bytes.make_ascii_lowercase();
    bytes
}

/// Where the run of such bytes begins that ends where `range` does.
fn start_of_run(bytes: &[u8], range: Range<usize>, belongs: impl Fn(u8) -> bool) -> usize {
    let before = bytes.get(range.clone()).unwrap_or_default();
    let boundary = before.iter().rposition(|byte| !belongs(*byte));
    boundary.map_or(range.start, |boundary| range.start + boundary + 1)
}

fn position(bytes: &[u8], from: usize, wanted: impl Fn(u8) -> bool) -> Option<usize> {
    let rest = bytes.get(from..)?;
    Some(from + rest.iter().position(|byte| wanted(*byte))?)
}

/// Whether addresses, URLs and names contain this character; surrounding punctuation is excluded.
fn is_inside(byte: u8) -> bool {
    byte.is_ascii_alphanumeric()
        || matches!(
            byte,
            b'.' | b'-'
                | b'_'
                | b'@'
                | b'/'
                | b':'
                | b'+'
                | b'='
                | b'%'
                | b'&'
                | b'?'
                | b'#'
                | b'~'
                | b'!'
                | b'$'
                | b'^'
                | b'`'
                | b'{'
                | b'|'
                | b'}'
                | b'*'
                | b'\''
                | b'\\'
        )
}

/// Blanks the tokens in a run without white space.
fn blank(mut run: &mut [u8]) {
    if let Some(scheme) = memchr::memmem::find(run, b"://") {
        let start = run[..scheme]
            .iter()
            .rposition(|byte| !byte.is_ascii_alphabetic())
            .map_or(0, |before| before + 1);
        run[start..].fill(BLANK);
        run = &mut run[..start];
    }
    blank_addresses(run);
    let mut from = 0;
    while let Some(start) = position(run, from, is_name) {
        let end = end_of_name(run, start).max(start + 1);
        let name = &run[start..end];
        if is_host(name) || is_file(name) {
            run[start..end].fill(BLANK);
        }
        from = end;
    }
}

fn blank_addresses(run: &mut [u8]) {
    let mut from = 0;
    while let Some(at) = memchr::memchr(b'@', run.get(from..).unwrap_or_default()) {
        let at = from + at;
        let end = end_of_name(run, at + 1);
        let start = run[from..at]
            .iter()
            .rposition(|byte| matches!(byte, b':' | b'\\'))
            .map_or(from, |before| from + before + 1);
        if start < at && end > at + 1 {
            run[start..end].fill(BLANK);
        }
        from = end.max(at + 1);
    }
}

/// The end of the name that begins at `start`; dots in a row are not part of it.
fn end_of_name(run: &[u8], start: usize) -> usize {
    let end = position(run, start, |byte| !is_name(byte)).unwrap_or(run.len());
    memchr::memmem::find(&run[start..end], b"..").map_or(end, |dots| start + dots)
}

fn is_name(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'-' | b'_')
}

/// Whether a name has labels and a top-level domain, in one case: `mx.example.net`, not `full.Please`.
fn is_host(name: &[u8]) -> bool {
    let name = name.trim_ascii_end();
    let name = name.strip_suffix(b".").unwrap_or(name);
    let mut labels = name.rsplit(|byte| *byte == b'.');
    let Some(last) = labels.next() else {
        return false;
    };
    let count = 1 + labels.clone().count();
    let is_top = (2..=10).contains(&last.len())
        && (last.iter().all(u8::is_ascii_lowercase)
            || name.iter().all(|byte| !byte.is_ascii_lowercase())
                && last.iter().all(u8::is_ascii_uppercase));
    let is_known_top_level = || {
        TOP_LEVEL
            .iter()
            .any(|top| last.eq_ignore_ascii_case(top.as_bytes()))
    };
    count >= 2
        && is_top
        && labels.all(|label| !label.is_empty())
        && (count >= 3 || is_known_top_level())
}

fn is_file(name: &[u8]) -> bool {
    let Some(dot) = memchr::memrchr(b'.', name) else {
        return false;
    };
    dot > 0
        && EXTENSIONS
            .iter()
            .any(|extension| name[dot + 1..].eq_ignore_ascii_case(extension.as_bytes()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tokens_are_blanked_and_words_are_not() {
        for (text, left) in [
            ("<spam@example.be>: no such user", "<>: no such user"),
            ("to:full@mx.quota.nl...unknown", "to:...unknown"),
            (
                "host dkim-gw.example.nl[192.0.2.9] said: 554",
                "host [192.0.2.9] said: 554",
            ),
            ("host spam[192.0.2.9] said", "host [192.0.2.9] said"),
            ("see https://spam.example.org/why?x=1 for", "see  for"),
            ("virus.exe was blocked", " was blocked"),
            (
                "mailbox full.Please wait. user.unknown",
                "mailbox full.please wait. user.unknown",
            ),
            (
                "RESOLVER.ADR.RecipNotFound; 5.1.1",
                "resolver.adr.recipnotfound; 5.1.1",
            ),
            ("MX.EXAMPLE.COM spf", " spf"),
            ("a @ b @", "a @ b @"),
        ] {
            let bytes: Vec<u8> = blanked(text, Scope::Words);
            assert_eq!(bytes.len(), text.len());
            let bytes = bytes.into_iter().filter(|byte| *byte != BLANK).collect();
            assert_eq!(String::from_utf8(bytes).as_deref(), Ok(left), "{text}");
        }
    }

    #[test]
    fn phrases_written_as_tokens_are_found_in_tokens() {
        for (phrase, expected) in [
            ("spamhaus.org", Scope::Names),
            ("helo/ehlo", Scope::Names),
            ("a@b", Scope::All),
            ("user unknown.", Scope::Words),
            ("sorry. no", Scope::Words),
        ] {
            assert_eq!(scope(phrase), expected, "{phrase}");
        }
    }

    #[test]
    fn names_are_found_in_urls_but_not_in_addresses() {
        let text = "<spam@spamhaus.example>: see http://www.spamhaus.org/?a=<b@c.d>";
        let left = blanked(text, Scope::Names);
        assert_eq!(left.iter().filter(|byte| **byte == BLANK).count(), 26);
        assert_eq!(blanked(text, Scope::All), text.as_bytes());
    }
}
