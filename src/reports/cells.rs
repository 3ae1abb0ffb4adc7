//! What a single cell looks like, judged by itself.

use super::dates;
use crate::model::DateOrder;

/// The longest that a name or number is, in characters.
const LONGEST: usize = 60;

/// Whether it is a date, in either order.
pub fn is_date(text: &str) -> bool {
    [DateOrder::DayFirst, DateOrder::MonthFirst]
        .into_iter()
        .any(|order| dates::parse(text, None, order).is_some())
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

/// Whether it is an amount of money: `125.50`.
fn is_amount(text: &str) -> bool {
    let digits = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
    text.rsplit_once('.')
        .is_some_and(|(whole, cents)| cents.len() == 2 && digits(whole) && digits(cents))
}

/// Whether a number is more than digits, as those of documents are: `F2026/0101`.
pub fn is_composed(text: &str) -> bool {
    text.len() <= LONGEST / 3
        && text
            .contains(|character: char| character.is_alphabetic() || matches!(character, '/' | '-'))
}
