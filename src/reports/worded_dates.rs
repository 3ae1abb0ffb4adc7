//! Dates with words in them, and dates that are counts: `do 12 maart 2026 om 8u05`,
//! `Thu, 12 Mar 2026 08:00:15 +0100`, Excel's serial numbers, seconds since 1970.

use super::numeric_dates;
use crate::model::{DateOrder, Moment, civil};
use crate::months::month_of;
use crate::rules::fold;

/// Days of the week as they are written or abbreviated in Dutch, French, German and English: the first two or three
/// letters.
const WEEKDAYS: [&str; 27] = [
    "ma", "di", "wo", "do", "vr", "za", "zo", "lu", "me", "je", "ve", "sa", "mo", "mi", "fr", "so",
    "tu", "we", "th", "su", "mar", "mer", "jeu", "ven", "sam", "dim", "don",
];

/// Between a date and its time, or after both.
const FILLERS: [&str; 12] = [
    "om", "um", "a", "at", "le", "den", "op", "uur", "uhr", "cet", "cest", "de",
];

/// The last serial number that is taken for a day, in 2100; the first is in 2000.
const SERIAL_DAYS: std::ops::Range<u32> = 36_526..73_051;

/// Seconds since 1970 that are taken for a moment: from 2001 to 2100.
const EPOCH_SECONDS: std::ops::Range<i64> = 1_000_000_000..4_102_444_800;

/// Reads a date in words, with the time in it or else apart from it.
pub fn parse(text: &str, clock: Option<&str>, order: DateOrder) -> Option<Moment> {
    if text.len() > 60 || !text.bytes().any(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let folded = fold::fold(text).to_ascii_lowercase();
    let mut month = None;
    let mut kept = Vec::new();
    let mut clock_seen = String::new();
    let mut offset = None;
    let ends =
        |character: char| character.is_whitespace() || matches!(character, ',' | '|' | '(' | ')');
    for word in folded.split(ends).filter(|word| !word.is_empty()) {
        let bare = word.trim_end_matches('.');
        if word.bytes().any(|byte| byte.is_ascii_digit()) {
            if matches!(word.as_bytes(), [b'+' | b'-', b'0'..=b'9', b'0'..=b'9', ..]) {
                offset = Some(offset_of(word)?);
            } else if clock_seen.is_empty() && numeric_dates::is_time(word.trim_end_matches('z')) {
                clock_seen = word.trim_end_matches('z').to_owned();
                if word.ends_with('z') {
                    offset = Some(0);
                }
            } else if let Some((day, name, year)) = joined(word) {
                month = Some(name);
                kept.push(day.to_owned());
                kept.push(year.to_owned());
            } else {
                kept.push(bare.to_owned());
            }
        } else if matches!(bare, "am" | "pm" | "a.m" | "p.m") && !clock_seen.is_empty() {
            clock_seen.push(' ');
            clock_seen.push_str(&bare.replace('.', ""));
        } else if matches!(bare, "utc" | "gmt" | "z") {
            offset = offset.or(Some(0));
        } else if month.is_none() && !is_weekday_before(bare, &folded) && month_of(bare).is_some() {
            month = month_of(bare);
        } else if !is_weekday(bare) && !FILLERS.contains(&bare) && bare != "-" && !bare.is_empty() {
            return None;
        }
    }
    let (year, month, day) = match (month, &kept[..]) {
        (Some(month), [first, second]) => {
            let number = |text: &String| {
                let digits = text.trim_end_matches(|character: char| character.is_alphabetic());
                digits.parse::<u32>().ok()
            };
            let (first, second) = (number(first)?, number(second)?);
            if first > 31 {
                (first, month, second)
            } else {
                (
                    if second < 100 { 2000 + second } else { second },
                    month,
                    first,
                )
            }
        }
        // Only the words around it were in the way.
        (None, [date]) => {
            let time = (!clock_seen.is_empty()).then_some(&*clock_seen).or(clock);
            let moment = numeric_dates::parse(date, time, order)?;
            return match offset {
                Some(offset) => at_offset(moment, offset),
                None => Some(moment),
            };
        }
        _ => return None,
    };
    let clock = if clock_seen.is_empty() {
        clock.unwrap_or_default()
    } else {
        &clock_seen
    };
    let (hour, minute, second) = numeric_dates::time(clock)?.unwrap_or_default();
    let moment = Moment::from_brussels(civil(year, month, day, hour, minute, second)?);
    match offset {
        Some(offset) => at_offset(moment, offset),
        None => Some(moment),
    }
}

/// The same wall-clock time as in Brussels, but at this offset in seconds.
fn at_offset(moment: Moment, offset: i32) -> Option<Moment> {
    let local = moment.in_brussels();
    Moment::from_unix_with_offset(
        local.assume_utc().unix_timestamp() - i64::from(offset),
        offset,
    )
    .ok()
}

/// Seconds in `+0100` or `+01:00`.
fn offset_of(word: &str) -> Option<i32> {
    let digits: String = word[1..]
        .chars()
        .filter(|character| *character != ':')
        .collect();
    let (hours, minutes) = digits.split_at_checked(2)?;
    let minutes = if minutes.is_empty() {
        0
    } else {
        minutes.parse::<i32>().ok()?
    };
    let seconds = hours.parse::<i32>().ok()? * 3600 + minutes * 60;
    Some(if word.starts_with('-') {
        -seconds
    } else {
        seconds
    })
}

/// `12-mrt-2026` in its three parts.
fn joined(word: &str) -> Option<(&str, u32, &str)> {
    let mut parts = word.split(['-', '/', '.']).filter(|part| !part.is_empty());
    let (first, month, last) = (parts.next()?, parts.next()?, parts.next()?);
    (parts.next().is_none() && month.starts_with(char::is_alphabetic))
        .then(|| Some((first, month_of(month)?, last)))?
}

fn is_weekday(word: &str) -> bool {
    WEEKDAYS.iter().any(|day| word.starts_with(day)) && word.len() <= 10
}

/// Whether a word that could be a month, as `mar` for the French Tuesday, is a weekday: another month
/// follows.
fn is_weekday_before(word: &str, text: &str) -> bool {
    let words = text.split(|character: char| !character.is_alphabetic());
    is_weekday(word) && words.filter(|other| month_of(other).is_some()).count() > 1
}

/// Reads the days of a spreadsheet since 1899, or the seconds or milliseconds since 1970. Any number
/// may look like one, so that only a column that is called a date holds these.
pub fn parse_count(text: &str) -> Option<Moment> {
    let (integer, part) = text.split_once(['.', ',']).unwrap_or((text, ""));
    let digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    if !(5..=13).contains(&integer.len()) || !digits(integer) || !digits(part) || part.len() > 17 {
        return None;
    }
    let number: i64 = integer.parse().ok()?;
    match integer.len() {
        5 if SERIAL_DAYS.contains(&u32::try_from(number).ok()?) => {
            // In whole numbers: reading floating point would weigh more in the page than the rest of this file.
            let digits: &str = part.get(..part.len().min(9))?;
            let scale = 10_i64.pow(digits.len() as u32);
            let fraction: i64 = format!("0{digits}").parse().ok()?;
            // Spreadsheets round a second away.
            let seconds = (fraction * 86_400 + scale / 2) / scale;
            let day = civil(1899, 12, 30, 0, 0, 0)?;
            let days = time::Duration::days(number) + time::Duration::seconds(seconds);
            Some(Moment::from_brussels(day.checked_add(days)?))
        }
        10 if EPOCH_SECONDS.contains(&number) => Moment::from_unix(number).ok(),
        13 if EPOCH_SECONDS.contains(&(number / 1000)) => Moment::from_unix(number / 1000).ok(),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_moment_in_the_words_of_four_languages() {
        for text in [
            "do 12/03/2026 8:00",
            "donderdag 12-03-2026 08:00",
            "jeudi 12/03/2026 à 08:00",
            "Do. 12.03.2026 08:00 Uhr",
            "12 mrt. 2026 om 08:00",
            "12 maart 2026 8u00",
            "le 12 mars 2026 à 8h00",
            "12. März 2026 um 08:00 Uhr",
            "Mar 12, 2026 08:00 AM",
            "Thursday, March 12, 2026 8:00 AM",
            "Thu Mar 12 08:00:00 2026",
            "Thu, 12 Mar 2026 08:00:00 +0100",
            "12-Mar-2026 08:00",
            "12-mrt-26 08:00",
            "2026/03/12 08:00:00 CET",
            "12th March 2026, 8:00 am",
        ] {
            let moment = parse(text, None, DateOrder::DayFirst).map(|moment| moment.to_string());
            assert_eq!(
                moment.as_deref(),
                Some("2026-03-12T08:00:00+01:00"),
                "{text}"
            );
        }
        let utc = parse("12 Mar 2026 07:00 UTC", None, DateOrder::DayFirst);
        assert_eq!(
            utc.expect("a moment").to_string(),
            "2026-03-12T07:00:00+00:00"
        );
    }

    #[test]
    fn counts_of_days_and_seconds() {
        let unix = |text| parse_count(text).map(Moment::unix);
        let morning = Moment::parse_rfc3339("2026-03-12T08:00:00+01:00")
            .expect("a moment")
            .unix();
        for text in [
            "46093,333333",
            "46093.3333333333",
            "1773298800",
            "1773298800000",
            "1773298800.25",
        ] {
            assert_eq!(unix(text), Some(morning), "{text}");
        }
        for text in ["", "12", "99999", "46093.33x", "017732988000", "4609"] {
            assert_eq!(unix(text), None, "{text}");
        }
    }

    #[test]
    fn words_that_are_no_dates() {
        for text in [
            "",
            "Batch 12",
            "marketing 12 2026",
            "12 appels en 3 peren",
            "F2026/0101",
        ] {
            assert_eq!(parse(text, None, DateOrder::DayFirst), None, "{text}");
        }
    }
}
