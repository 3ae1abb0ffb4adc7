//! What a single cell looks like, judged by itself.

use super::{dates, worded_dates};
use crate::model::DateOrder;

/// The longest that a name or number is, in characters.
const LONGEST: usize = 60;

/// Whether it is a date, in either order; spreadsheets keep a time as one of the year 1899.
pub fn is_date(text: &str) -> bool {
    if is_count(text) {
        return false;
    }
    [DateOrder::DayFirst, DateOrder::MonthFirst]
        .into_iter()
        .filter_map(|order| dates::parse(text, None, order))
        .any(|moment| moment.unix() > 0)
}

/// The recipients of a message with the last status of each, as the historical search of Exchange Online
/// writes them: `an@example.be##Receive, Send;bo@example.be##Receive, Fail`.
pub fn each_traced(text: &str) -> impl Iterator<Item = (&str, &str)> {
    // Most cells have none.
    let text = if text.as_bytes().contains(&b'#') {
        text
    } else {
        ""
    };
    let pairs = text
        .split(';')
        .filter_map(|pair| pair.trim().split_once("##"));
    pairs.map(|(address, statuses)| {
        let last = statuses.rsplit(',').next().unwrap_or_default();
        (address, last.trim())
    })
}

/// The SMTP reply code (RFC 5321) that a cell is, 200 to 599.
pub fn reply_code(text: &str) -> Option<u16> {
    let code = text.trim().parse().ok()?;
    (200..=599).contains(&code).then_some(code)
}

/// Whether it could be a date that is written as a count of days or seconds.
pub fn is_count(text: &str) -> bool {
    worded_dates::parse_count(text).is_some()
}

/// Whether it reads like the name of a person: words of letters, two of them with a capital.
pub fn is_full_name(text: &str) -> bool {
    let capitals = text
        .split([' ', ',', '-'])
        .filter(|word| word.starts_with(char::is_uppercase));
    is_name(text) && text.contains(' ') && capitals.count() >= 2
}

/// Whether it could be a name or a part of one: a few words of letters.
pub fn is_name(text: &str) -> bool {
    let fits = |character: char| character.is_alphabetic() || " -'’.,&\"“”".contains(character);
    text.len() <= LONGEST
        && text.split_whitespace().count() <= 6
        && text.starts_with(char::is_alphabetic)
        && text.chars().all(fits)
}

/// Whether it could be the number of a document or a customer: one word with digits in it.
pub fn is_number(text: &str) -> bool {
    let fits = |character: char| {
        character.is_alphanumeric() || matches!(character, '/' | '-' | '_' | '.' | '+')
    };
    text.len() <= LONGEST
        && text.contains(|character: char| character.is_ascii_digit())
        && text.chars().all(fits)
        && !is_amount(text)
}

/// Whether it is an amount of money: `125.50`, `€ 1.125,50`.
pub fn is_amount(text: &str) -> bool {
    let digits = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
    let fits = |character: char| character.is_ascii_digit() || "., €-".contains(character);
    text.chars().all(fits)
        && text
            .rsplit_once(['.', ','])
            .is_some_and(|(_, cents)| cents.len() == 2 && digits(cents))
}

/// Whether a number is more than digits, as those of documents are: `F2026/0101`.
pub fn is_composed(text: &str) -> bool {
    text.len() <= LONGEST / 3
        && text
            .contains(|character: char| character.is_alphabetic() || matches!(character, '/' | '-'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn traced_recipients_have_their_last_status() {
        let cell = "an@example.be##Receive, Send; bo@example.be##Receive, Fail";
        let traced: Vec<_> = each_traced(cell).collect();
        assert_eq!(
            traced,
            [("an@example.be", "Send"), ("bo@example.be", "Fail")]
        );
        assert_eq!(each_traced("an@example.be").count(), 0);
    }

    #[test]
    fn names_and_numbers() {
        for name in [
            "An Claes",
            "De Smet, Jef",
            "Zoë Van den Broeck-Maes",
            "“Bo” O’Neill",
        ] {
            assert!(is_full_name(name.trim_matches('“')), "{name}");
        }
        for other in [
            "",
            "An",
            "DELIVERED",
            "an@example.be",
            "Batch 12",
            "mailbox full",
        ] {
            assert!(!is_full_name(other), "{other}");
        }
        for number in ["F2026/0101", "101", "+++123/4567/89012+++", "INV-12"] {
            assert!(is_number(number), "{number}");
        }
        for other in ["", "abc", "125.50", "125,50", "€ 12", "an@example1.be"] {
            assert!(!is_number(other), "{other}");
        }
        assert!(is_composed("F2026/0101"));
        assert!(!is_composed("20260101"));
    }

    #[test]
    fn dates_of_either_order_but_not_of_another_age() {
        assert!(is_date("31/12/2026") && is_date("12/31/2026") && is_date("2026-12-31T08:00:00"));
        assert!(!is_date("1899-12-31T08:00:15") && !is_date("08:00") && !is_date("2026"));
    }
}
