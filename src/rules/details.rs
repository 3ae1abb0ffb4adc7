//! What the words of a server say beside the cause: which blocklist, which limit, which new address.
//!
//! The phrases of `details.toml` are found in the same pass as those of the rules. They count beside the causes that they
//! refine; of several, the one that is said first.

use super::detail_phrases::{BEFORE_BYTES, BEFORE_SECONDS, BLOCKLISTS};
use super::matcher::{PhraseMatch, PhraseRole};
use super::rule::Rule;
use super::tokens::{Scope, blanked};
use crate::model::{Cause, Detail, DetailCode, fold};

/// How many words before a number may say what it limits.
const NEAR: usize = 5;

/// The smallest number without a unit that is a size in bytes: codes and counts are smaller.
const BARE_BYTES: u32 = 64 * 1024;

/// Reads what a text, which contains these phrases, says beside a cause; `None` if it says no more. The words that give
/// the cause end at `matched_end` of the folded text; `None` if a code gives it.
pub(super) fn read(
    text: &str,
    folded: &str,
    cause: Cause,
    matched_end: Option<usize>,
    found: &[PhraseMatch],
) -> Option<Box<Detail>> {
    let is_excluded = |rule: &Rule| {
        found
            .iter()
            .any(|(phrase, _)| phrase.role == PhraseRole::Unless && std::ptr::eq(phrase.rule, rule))
    };
    let refines = |rule: &Rule| rule.detail.is_some_and(|code| refines(code, cause));
    let said = found
        .iter()
        .filter(|(phrase, _)| {
            phrase.role == PhraseRole::Any && refines(phrase.rule) && !is_excluded(phrase.rule)
        })
        .min_by_key(|(_, place)| place.start);
    let (code, end) = match (cause, said) {
        (Cause::MessageTooLarge, _) => (DetailCode::SizeLimit, 0),
        (Cause::AddressMoved, _) => (DetailCode::Moved, matched_end?),
        (_, Some((phrase, place))) => (phrase.rule.detail?, place.end),
        _ => return None,
    };
    let rest = text.get(fold::unfold(text, end..folded.len()))?;
    let (name, amount) = match code {
        DetailCode::Blocklist => (blocklist(folded).or_else(|| host(rest)), None),
        DetailCode::Moved => {
            let mut words = words(rest).into_iter();
            let address = words.find(|word| word.contains('@'))?;
            (Some(address.trim_end_matches('.')), None)
        }
        DetailCode::SizeLimit => (None, Some(amount(folded, BEFORE_BYTES, bytes)?)),
        DetailCode::RateLimit | DetailCode::Greylisting => {
            (None, amount(folded, BEFORE_SECONDS, seconds))
        }
        _ => (None, None),
    };
    Some(Box::new(Detail {
        code,
        name: name.map(Box::from),
        amount,
    }))
}

/// Whether a detail says more about a cause.
fn refines(code: DetailCode, cause: Cause) -> bool {
    match code {
        DetailCode::Blocklist => {
            matches!(cause, Cause::SenderBlocked | Cause::SpamRejected)
        }
        DetailCode::ReverseDns | DetailCode::SenderDomain => cause == Cause::SenderBlocked,
        DetailCode::RateLimit | DetailCode::Greylisting => cause == Cause::Temporary,
        DetailCode::Tls => matches!(
            cause,
            Cause::Unreachable | Cause::AuthenticationFailed | Cause::RecipientRestricted
        ),
        DetailCode::Virus | DetailCode::AttachmentType => cause == Cause::ContentRejected,
        DetailCode::DiskFull => cause == Cause::ServerError,
        DetailCode::SizeLimit => cause == Cause::MessageTooLarge,
        DetailCode::Moved => cause == Cause::AddressMoved,
    }
}

/// The name of the blocklist whose host name is in a text.
fn blocklist(folded: &str) -> Option<&'static str> {
    let names = blanked(folded, Scope::Names);
    let lists = BLOCKLISTS.lines();
    lists
        .filter_map(|list| list.split_once('='))
        .find(|(part, _)| memchr::memmem::find(&names, part.as_bytes()).is_some())
        .map(|(_, name)| name)
}

/// The host name that a text begins with.
fn host(text: &str) -> Option<&str> {
    let host = words(text).first()?.trim_end_matches('.');
    let ends = |last: char| last.is_ascii_alphabetic();
    (host.contains('.') && host.ends_with(ends)).then_some(host)
}

/// The words of a text; a full stop is part of the word before it.
fn words(text: &str) -> Vec<&str> {
    let words =
        text.split(|letter: char| letter.is_whitespace() || "<>()[]\"',;:=".contains(letter));
    words.filter(|word| !word.is_empty()).collect()
}

/// The first number, not far behind one of the words in the same sentence, that `read` makes an amount of, given the word
/// after it.
fn amount(folded: &str, before: &str, read: fn(u32, &str) -> Option<u32>) -> Option<u32> {
    let text = folded.to_ascii_lowercase();
    let words = words(&text);
    let leads = |word: &str| before.lines().any(|known| word.starts_with(known));
    words.iter().enumerate().find_map(|(index, word)| {
        let unit = word.trim_start_matches(|digit: char| digit.is_ascii_digit());
        let number = word[..word.len() - unit.len()].parse().ok()?;
        let unit = match unit {
            "" => words.get(index + 1).copied().unwrap_or_default(),
            unit => unit,
        };
        words[..index]
            .iter()
            .rev()
            .take(NEAR)
            .take_while(|word| !word.ends_with('.') && **word != "exceeded")
            .any(|word| leads(word))
            .then(|| read(number, unit.trim_end_matches('.')))?
    })
}

/// A size in bytes; mail servers count a megabyte as 2^20 bytes.
fn bytes(number: u32, unit: &str) -> Option<u32> {
    let unit = match unit {
        "b" | "byte" | "bytes" | "octets" => 1,
        "k" | "kb" | "kib" | "ko" | "kbytes" => 1 << 10,
        "m" | "mb" | "mib" | "mo" | "mbytes" | "megabytes" => 1 << 20,
        "gb" => 1 << 30,
        _ if number >= BARE_BYTES => 1,
        _ => return None,
    };
    number.checked_mul(unit)
}

/// A time in seconds.
fn seconds(number: u32, unit: &str) -> Option<u32> {
    let unit = match unit.get(..3)? {
        "sec" | "sek" => 1,
        "min" => 60,
        "hou" | "heu" | "uur" | "stu" => 3600,
        _ => return None,
    };
    number.checked_mul(unit)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::detail_phrases::{DETAILS, EXAMPLES};
    use crate::rules::{Evidence, diagnose};

    fn find(text: &str) -> Option<Detail> {
        let evidence = Evidence {
            text,
            ..Evidence::default()
        };
        diagnose(&evidence)?.detail.map(|detail| *detail)
    }

    fn value(detail: &Detail) -> Option<String> {
        let amount = detail.amount.map(|amount| amount.to_string());
        detail.name.as_deref().map(str::to_owned).or(amount)
    }

    #[test]
    fn each_entry_gives_its_example() {
        assert_eq!(DETAILS.len(), EXAMPLES.len());
        for (code, example, gives) in EXAMPLES {
            let found = find(example).unwrap_or_else(|| panic!("{example:?} gives nothing"));
            assert_eq!(found.code.code(), *code, "{example:?}");
            assert_eq!(value(&found).as_deref(), *gives, "{example:?}");
        }
    }

    #[test]
    fn each_phrase_is_found_beside_a_cause_that_its_detail_refines() {
        let mut wrong = Vec::new();
        for detail in DETAILS.iter() {
            for phrase in detail.phrases() {
                let text = phrase.replace(" * ", " ").replace('*', "");
                let found = super::super::matcher::find(&text);
                let is_found = found
                    .iter()
                    .any(|(known, _)| std::ptr::eq(known.rule, detail) && known.phrase == phrase);
                let excluded = found.iter().any(|(known, _)| {
                    std::ptr::eq(known.rule, detail) && known.role == PhraseRole::Unless
                });
                if !is_found || excluded {
                    wrong.push(phrase);
                }
            }
        }
        assert!(wrong.is_empty(), "{wrong:?}");
    }

    #[test]
    fn a_size_or_an_address_that_follows_is_a_detail() {
        for (text, code, given) in [
            (
                "552 5.3.4 Message size exceeds fixed maximum message size (10485760)",
                DetailCode::SizeLimit,
                "10485760",
            ),
            (
                "552 Die Nachricht überschreitet die maximal zulässige Größe von 20 MB",
                DetailCode::SizeLimit,
                "20971520",
            ),
            (
                "551 5.1.6 User not local; please try <anna@example.org>",
                DetailCode::Moved,
                "anna@example.org",
            ),
        ] {
            let found = find(text).unwrap();
            assert_eq!(found.code, code, "{text}");
            assert_eq!(value(&found).as_deref(), Some(given), "{text}");
        }
    }

    #[test]
    fn each_blocklist_is_named_by_its_host_name() {
        for list in BLOCKLISTS.lines() {
            let (part, name) = list.split_once('=').unwrap();
            let text = format!("554 5.7.1 Client host [192.0.2.1] blocked using bl.{part}.example");
            let found = find(&text).unwrap();
            assert_eq!(found.code, DetailCode::Blocklist, "{text}");
            assert_eq!(found.name.as_deref(), Some(name), "{text}");
        }
    }

    #[test]
    fn a_number_counts_only_where_the_words_make_it_the_limit() {
        for (text, amount) in [
            (
                "552 message size 18876259 exceeds size limit 10485760 of server mx.example.net",
                Some(10_485_760),
            ),
            ("552 too large, the limit is 25 MB", Some(25 << 20)),
            (
                "552 5.3.4 message too large, maximum 20480KB.",
                Some(20 << 20),
            ),
            ("552 5.3.4 size limit exceeded: message size 30000000", None),
            ("552 5.3.4 Message size exceeds fixed limit", None),
            (
                "552 too large, the limit is 9999999999999999999999 GB",
                None,
            ),
            ("552 too large, the limit is 9999 GB", None),
            (
                "450 4.2.0 Greylisted, please try again in 297 seconds",
                Some(297),
            ),
            ("421 rate limit: 100 messages per 60 minutes", None),
            ("421 4.7.0 rate limited, retry after 5 minutes", Some(300)),
        ] {
            let found = find(text).and_then(|detail| detail.amount);
            assert_eq!(found, amount, "{text}");
        }
    }

    #[test]
    fn a_text_without_details_has_none() {
        for text in [
            "",
            "550 5.7.1 Access denied",
            "550 5.1.1 é",
            "552 5.2.2 full 12345678",
            "551 5.1.6 has moved to another company",
        ] {
            assert_eq!(find(text), None, "{text}");
        }
    }
}
