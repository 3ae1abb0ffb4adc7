//! Dates and times in digits: `12/03/2026 08:00:15`, `12-3-26`, `2026-03-12`, `8u05`, `8:00 PM`.

use crate::model::{DateOrder, Moment, civil};

/// A number in a date or time has no more digits: those of a year.
const LONGEST_NUMBER: usize = 4;

/// Reads a date of three numbers, with the time after it or else apart from it.
pub fn parse(text: &str, clock: Option<&str>, order: DateOrder) -> Option<Moment> {
    let [first, second, third] = date_numbers(text)?;
    let (year, month, day) = if first.digits == 4 {
        (first, second, third)
    } else if order == DateOrder::DayFirst {
        (third, second, first)
    } else {
        (third, first, second)
    };
    let year = if year.digits == 2 {
        2000 + year.value
    } else {
        year.value
    };
    let (hour, minute, second) = match (time(&text[third.end..])?, clock) {
        (None, Some(clock)) => time(clock)?.unwrap_or_default(),
        (own, _) => own.unwrap_or_default(),
    };
    civil(year, month.value, day.value, hour, minute, second).map(Moment::from_brussels)
}

/// Whether a date has a time after it.
pub fn has_time(text: &str) -> bool {
    let text = text.trim();
    match date_numbers(text) {
        Some([_, _, last]) => time(&text[last.end..]).flatten().is_some() || text.contains(':'),
        None => text.contains(':'),
    }
}

/// Whether the text is a time of day and nothing else: `8:00`, `08u00`, `8:00 PM`.
pub fn is_time(text: &str) -> bool {
    let separated = text.contains([':', 'u', 'h', 'U', 'H']);
    separated && matches!(time(text), Some(Some((0..24, 0..60, 0..60))))
}

/// A run of digits.
#[derive(Clone, Copy)]
pub struct Number {
    pub value: u32,
    pub digits: usize,
    /// The byte after it.
    pub end: usize,
}

/// Splits off `AM` or `PM`, and returns whether it is the afternoon.
fn half_of_day(text: &str) -> (&str, Option<bool>) {
    const HALVES: [(&str, bool); 4] =
        [("am", false), ("a.m.", false), ("pm", true), ("p.m.", true)];
    for (half, afternoon) in HALVES {
        let parts = text.len().checked_sub(half.len());
        if let Some((clock, end)) = parts.and_then(|start| text.split_at_checked(start))
            && end.eq_ignore_ascii_case(half)
        {
            return (clock.trim_end(), Some(afternoon));
        }
    }
    (text, None)
}

/// The three numbers of a date, which must begin the text and be separated by `/`, `-` or `.`.
pub fn date_numbers(text: &str) -> Option<[Number; 3]> {
    let first = number_at(text, 0)?;
    let second = number_at(text, separator(text, first.end)?)?;
    let third = number_at(text, separator(text, second.end)?)?;
    let years = [first.digits, third.digits]
        .into_iter()
        .filter(|digits| *digits == 4)
        .count();
    let fits = years == 1 || (years == 0 && third.digits == 2 && first.digits <= 2);
    (fits && second.digits <= 2).then_some([first, second, third])
}

fn number_at(text: &str, start: usize) -> Option<Number> {
    let digits = text.as_bytes().get(start..)?.iter();
    let digits = digits.take_while(|byte| byte.is_ascii_digit());
    let (mut value, mut end) = (0, start);
    for digit in digits.take(LONGEST_NUMBER + 1) {
        value = value * 10 + u32::from(digit - b'0');
        end += 1;
    }
    let digits = end - start;
    (1..=LONGEST_NUMBER)
        .contains(&digits)
        .then_some(Number { value, digits, end })
}

fn separator(text: &str, at: usize) -> Option<usize> {
    matches!(text.as_bytes().get(at)?, b'/' | b'-' | b'.').then_some(at + 1)
}

/// The hour, minute and second in `8:00`, `08:00:15`, `08u00`, `T08:00`, `8:00 PM`, `8.00 a.m.`;
/// `Some(None)` where nothing is written.
pub fn time(text: &str) -> Option<Option<(u32, u32, u32)>> {
    let opens = |character: char| character.is_whitespace() || matches!(character, ',' | 'T');
    let text = text.trim_start_matches(opens).trim_end();
    let text = text.strip_prefix("om ").unwrap_or(text);
    if text.is_empty() {
        return Some(None);
    }
    let (clock, afternoon) = match text.as_bytes().last() {
        // Most times end in a digit.
        Some(b'0'..=b'9') => (text, None),
        _ => half_of_day(text),
    };
    let mut numbers = [0; 3];
    let mut rest = clock;
    for (index, number) in numbers.iter_mut().enumerate() {
        let read = number_at(rest, 0)?;
        *number = read.value;
        let separator = rest[read.end..].chars().next();
        rest = match separator {
            Some(':' | '.' | 'u' | 'h' | 'U' | 'H') => &rest[read.end + 1..],
            None => "",
            Some(_) => return None,
        };
        // Fractions of a second are left out.
        if rest.is_empty() || index == 2 {
            break;
        }
    }
    let [hour, minute, second] = numbers;
    let hour = match afternoon {
        Some(true) if hour < 12 => hour + 12,
        Some(false) if hour == 12 => 0,
        _ => hour,
    };
    Some(Some((hour, minute, second)))
}
