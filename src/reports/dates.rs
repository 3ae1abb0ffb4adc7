//! Dates as reports write them: `12/03/2026 08:00:15`, `12-3-26`, ISO 8601.

use crate::model::{Moment, civil};

/// Which of two numbers is the day where both could be.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Order {
    /// 12/03 is the twelfth of March: how Belgium writes.
    DayFirst,
    /// 12/03 is the third of December.
    MonthFirst,
}

impl Order {
    /// Settles the order from a whole column: a date that fits one order only decides.
    pub fn of_column<'a>(dates: impl Iterator<Item = &'a str>) -> Self {
        for date in dates {
            if let Some([first, second, third]) = date_numbers(date)
                && first.digits <= 2
                && third.value > 0
            {
                match (first.value, second.value) {
                    (13.., ..=12) => return Self::DayFirst,
                    (..=12, 13..) => return Self::MonthFirst,
                    _ => {}
                }
            }
        }
        Self::DayFirst
    }
}

/// Reads a date with or without a time; without an offset it is wall-clock time in Brussels.
pub fn parse(text: &str, order: Order) -> Option<Moment> {
    let text = text.trim();
    // Most reports write the day first, and tell so in the first byte that could not be a year's.
    if text.as_bytes().get(4) == Some(&b'-')
        && let Ok(moment) = Moment::parse_rfc3339(text)
    {
        return Some(moment);
    }
    let [first, second, third] = date_numbers(text)?;
    let (year, month, day) = if first.digits == 4 {
        (first, second, third)
    } else if order == Order::DayFirst {
        (third, second, first)
    } else {
        (third, first, second)
    };
    let year = if year.digits == 2 {
        2000 + year.value
    } else {
        year.value
    };
    let (hour, minute, second) = time(&text[third.end..])?;
    civil(year, month.value, day.value, hour, minute, second).map(Moment::from_brussels)
}

/// A run of digits.
#[derive(Clone, Copy)]
struct Number {
    value: u32,
    digits: usize,
    /// The byte after it.
    end: usize,
}

/// The three numbers of a date, which must begin the text and stand apart by `/`, `-` or `.`.
fn date_numbers(text: &str) -> Option<[Number; 3]> {
    let first = number(text, 0)?;
    let second = number(text, separator(text, first.end)?)?;
    let third = number(text, separator(text, second.end)?)?;
    let years = [first.digits, third.digits]
        .into_iter()
        .filter(|digits| *digits == 4)
        .count();
    let fits = years == 1 || (years == 0 && third.digits == 2 && first.digits <= 2);
    (fits && second.digits <= 2).then_some([first, second, third])
}

fn number(text: &str, start: usize) -> Option<Number> {
    let digits = text[start..].bytes().take_while(u8::is_ascii_digit).count();
    let end = start + digits;
    let value = (1..=4)
        .contains(&digits)
        .then(|| text[start..end].parse().ok())??;
    Some(Number { value, digits, end })
}

fn separator(text: &str, at: usize) -> Option<usize> {
    matches!(text.as_bytes().get(at)?, b'/' | b'-' | b'.').then_some(at + 1)
}

/// The hour, minute and second after a date: nothing, `8:00`, `08:00:15`, `08u00`, `T08:00`, `8:00 PM`.
fn time(text: &str) -> Option<(u32, u32, u32)> {
    let text = text
        .trim_start_matches([' ', ',', 'T', '\u{a0}'])
        .trim_end();
    let text = text.strip_prefix("om ").unwrap_or(text);
    if text.is_empty() {
        return Some((0, 0, 0));
    }
    let (clock, afternoon) = match text.split_at_checked(text.len().saturating_sub(2)) {
        Some((clock, half)) if half.eq_ignore_ascii_case("am") => (clock.trim(), Some(false)),
        Some((clock, half)) if half.eq_ignore_ascii_case("pm") => (clock.trim(), Some(true)),
        _ => (text, None),
    };
    let mut parts = clock.split([':', '.', 'u', 'h', 'U', 'H']);
    let mut next = || {
        parts
            .next()
            .filter(|part| !part.is_empty())
            .map(str::parse::<u32>)
    };
    let (hour, minute, second) = (
        next()?.ok()?,
        next().unwrap_or(Ok(0)).ok()?,
        next().unwrap_or(Ok(0)).ok()?,
    );
    let hour = match afternoon {
        Some(true) if hour < 12 => hour + 12,
        Some(false) if hour == 12 => 0,
        _ => hour,
    };
    Some((hour, minute, second))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> String {
        parse(text, Order::DayFirst).map_or_else(|| "-".into(), |moment| moment.to_string())
    }

    #[test]
    fn every_way_of_writing_a_moment() {
        for text in [
            "12/03/2026 08:00:15",
            "12-3-2026 8:00:15",
            "12.03.26 08:00:15",
            "2026-03-12 08:00:15",
            "2026-03-12T08:00:15",
            "2026-03-12T08:00:15+01:00",
            "12/03/2026, 08:00:15",
            "12/3/2026 8:00:15 AM",
        ] {
            assert_eq!(read(text), "2026-03-12T08:00:15+01:00", "{text}");
        }
        assert_eq!(read("2026-03-12"), "2026-03-12T00:00:00+01:00");
        assert_eq!(read("12/03/2026 8u05"), "2026-03-12T08:05:00+01:00");
        assert_eq!(read("2026-03-12T07:00:15Z"), "2026-03-12T07:00:15+00:00");
    }

    #[test]
    fn what_is_no_date() {
        for text in [
            "",
            "31/02/2026",
            "12/03",
            "016 61 70 75",
            "1.2.3",
            "2026-13-01",
            "99/99/9999",
            "12/03/2026 25:00",
            "é/1/2026",
        ] {
            assert_eq!(read(text), "-", "{text}");
        }
    }

    #[test]
    fn the_column_settles_the_order() {
        assert_eq!(
            Order::of_column(["03/12/2026", "03/14/2026"].into_iter()),
            Order::MonthFirst
        );
        assert_eq!(
            Order::of_column(["03/12/2026", "14/03/2026"].into_iter()),
            Order::DayFirst
        );
        assert_eq!(
            Order::of_column(["03/12/2026", "2026-03-14"].into_iter()),
            Order::DayFirst
        );
    }
}
