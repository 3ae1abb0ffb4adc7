//! Points in time as the evidence gives them.
//!
//! The calendar is that of the `time` crate. The only time zone needed is a rule of two lines, while a
//! library with all of them would double the first download.

use serde::{Deserialize, Deserializer, Serialize, Serializer, de::Error as _};
use time::{Date, Duration, Month, OffsetDateTime, PrimitiveDateTime, Time, UtcOffset, Weekday};

/// A point in time with the UTC offset it was written with, to the second; between the years 0 and
/// 9999. Serialises as RFC 3339.
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
pub struct Moment(OffsetDateTime);

/// A day in Brussels.
#[derive(Clone, Copy, Debug, Deserialize, Eq, Hash, Ord, PartialEq, PartialOrd, Serialize)]
pub struct Day {
    /// 0 to 9999.
    pub year: u16,
    /// 1 to 12.
    pub month: u8,
    /// 1 to 31.
    pub day: u8,
}

impl Day {
    /// Reads a day as ISO 8601 and date fields write it: `2026-03-12`.
    ///
    /// # Errors
    /// If the text has a different form, or there is no such day.
    pub fn parse(text: &str) -> Result<Self, InvalidMoment> {
        let [year, month, day] = numbers(text, '-', [4, 2, 2])?;
        let midnight = civil(year, month, day, 0, 0, 0).ok_or(InvalidMoment)?;
        Ok(Self::of(midnight))
    }

    /// The first and the last day of a month (1 to 12).
    pub fn of_month(year: u16, month: u8) -> (Self, Self) {
        let calendar = Month::try_from(month);
        let last = calendar.map_or(31, |month| month.length(year.into()));
        let day = |day| Self { year, month, day };
        (day(1), day(last))
    }

    fn of(local: PrimitiveDateTime) -> Self {
        Self {
            year: u16::try_from(local.year()).unwrap_or_default(),
            month: local.month().into(),
            day: local.day(),
        }
    }
}

impl std::fmt::Display for Day {
    /// As [`Day::parse`] reads it.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{:04}-{:02}-{:02}", self.year, self.month, self.day)
    }
}

/// The text or number is no moment between the years 0 and 9999.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
#[non_exhaustive]
pub struct InvalidMoment;

impl Moment {
    /// Reads an RFC 3339 date and time with an offset, such as `2026-03-12T08:00:15+01:00`.
    ///
    /// # Errors
    /// If the text has a different form, or no offset. Fractions of a second are ignored.
    pub fn parse_rfc3339(text: &str) -> Result<Self, InvalidMoment> {
        let (date, rest) = text.split_once(['T', 't', ' ']).ok_or(InvalidMoment)?;
        let clock = rest.find(['Z', 'z', '+', '-']).ok_or(InvalidMoment)?;
        let (clock, offset) = rest.split_at(clock);
        let clock = clock.split_once('.').map_or(clock, |(seconds, _)| seconds);
        let [year, month, day] = numbers(date, '-', [4, 2, 2])?;
        let [hour, minute, second] = numbers(clock, ':', [2, 2, 2])?;
        let local = civil(year, month, day, hour, minute, second).ok_or(InvalidMoment)?;
        let offset = match offset {
            "Z" | "z" => UtcOffset::UTC,
            _ => {
                let sign = if offset.starts_with('-') { -1 } else { 1 };
                let [hours, minutes] = numbers(&offset[1..], ':', [2, 2])?;
                UtcOffset::from_hms(sign * hours as i8, sign * minutes as i8, 0)
                    .map_err(|_| InvalidMoment)?
            }
        };
        Ok(Self(local.assume_offset(offset)))
    }

    /// Interprets a wall-clock time in Brussels: one that occurs twice in autumn as the first, one that
    /// is skipped in spring as an hour later.
    pub fn from_brussels(local: PrimitiveDateTime) -> Self {
        let in_summer = local.assume_offset(SUMMER);
        let in_winter = local.assume_offset(WINTER);
        Self(match local.month() {
            Month::March | Month::October if brussels(in_summer) != SUMMER => {
                in_winter.to_offset(brussels(in_winter))
            }
            month if is_winter(month) => in_winter,
            _ => in_summer,
        })
    }

    /// The moment this many seconds after 1970-01-01T00:00:00Z, with the offset of Brussels.
    ///
    /// # Errors
    /// If the moment is outside the years 0 to 9999.
    pub fn from_unix(seconds: i64) -> Result<Self, InvalidMoment> {
        let instant = OffsetDateTime::from_unix_timestamp(seconds).map_err(|_| InvalidMoment)?;
        Self::checked(instant, brussels(instant))
    }

    /// The moment this many seconds after 1970-01-01T00:00:00Z, with an offset in seconds east of UTC.
    ///
    /// # Errors
    /// If either is out of range (an offset is less than a day).
    pub fn from_unix_with_offset(seconds: i64, offset_seconds: i32) -> Result<Self, InvalidMoment> {
        let instant = OffsetDateTime::from_unix_timestamp(seconds).map_err(|_| InvalidMoment)?;
        let offset = UtcOffset::from_whole_seconds(offset_seconds).map_err(|_| InvalidMoment)?;
        Self::checked(instant, offset)
    }

    fn checked(instant: OffsetDateTime, offset: UtcOffset) -> Result<Self, InvalidMoment> {
        let moment = instant
            .checked_to_offset(offset)
            .filter(|moment| (0..=9999).contains(&moment.year()));
        moment.map(Self).ok_or(InvalidMoment)
    }

    /// Seconds since 1970-01-01T00:00:00Z.
    pub fn unix(self) -> i64 {
        self.0.unix_timestamp()
    }

    /// The date and wall-clock time in Brussels.
    pub fn in_brussels(self) -> PrimitiveDateTime {
        let local = self.0.checked_to_offset(brussels(self.0)).unwrap_or(self.0);
        PrimitiveDateTime::new(local.date(), local.time())
    }

    /// The day in Brussels.
    pub fn day(self) -> Day {
        Day::of(self.in_brussels())
    }

    /// The moment this many hours later, with the Brussels offset in force by then.
    pub fn plus_hours(self, hours: u32) -> Self {
        let later = self.0.saturating_add(Duration::hours(hours.into()));
        Self::checked(later, brussels(later)).unwrap_or(self)
    }
}

/// A date and time of day; `None` if there is no such date or time.
pub fn civil(
    year: u32,
    month: u32,
    day: u32,
    hour: u32,
    minute: u32,
    second: u32,
) -> Option<PrimitiveDateTime> {
    let small = |number: u32| u8::try_from(number).ok();
    let month = Month::try_from(small(month)?).ok()?;
    let date = Date::from_calendar_date(i32::try_from(year).ok()?, month, small(day)?).ok()?;
    let time = Time::from_hms(small(hour)?, small(minute)?, small(second)?).ok()?;
    Some(PrimitiveDateTime::new(date, time))
}

const WINTER: UtcOffset = match UtcOffset::from_hms(1, 0, 0) {
    Ok(offset) => offset,
    Err(_) => UtcOffset::UTC,
};
const SUMMER: UtcOffset = match UtcOffset::from_hms(2, 0, 0) {
    Ok(offset) => offset,
    Err(_) => UtcOffset::UTC,
};

/// The offset in Brussels: summer time from the last Sunday of March until the last one of October,
/// both at one o'clock UTC (Directive 2000/84/EC, and the same since 1996).
fn brussels(instant: OffsetDateTime) -> UtcOffset {
    let utc = instant.checked_to_offset(UtcOffset::UTC).unwrap_or(instant);
    let change = |month| {
        let date = last_sunday(utc.year(), month);
        date.map(|date| date.with_time(ONE_O_CLOCK).assume_utc())
    };
    let in_summer = match utc.month() {
        Month::March => change(Month::March).is_some_and(|spring| spring <= utc),
        Month::October => change(Month::October).is_some_and(|autumn| utc < autumn),
        month => !is_winter(month),
    };
    if in_summer { SUMMER } else { WINTER }
}

/// Whether a month is without a day of summer time.
fn is_winter(month: Month) -> bool {
    matches!(
        month,
        Month::November | Month::December | Month::January | Month::February
    )
}

const ONE_O_CLOCK: Time = match Time::from_hms(1, 0, 0) {
    Ok(time) => time,
    Err(_) => Time::MIDNIGHT,
};

/// The last Sunday of a month with 31 days.
fn last_sunday(year: i32, month: Month) -> Option<Date> {
    let last = Date::from_calendar_date(year, month, 31).ok()?;
    last.checked_sub(Duration::days(
        last.weekday().number_days_from_sunday().into(),
    ))
    .filter(|date| date.weekday() == Weekday::Sunday)
}

/// Reads numbers with exactly these digit counts, with a separator between them.
fn numbers<const N: usize>(
    text: &str,
    separator: char,
    digits: [usize; N],
) -> Result<[u32; N], InvalidMoment> {
    let mut parts = text.split(separator);
    let mut numbers = [0; N];
    for (number, digits) in numbers.iter_mut().zip(digits) {
        let part = parts.next().ok_or(InvalidMoment)?;
        if part.len() != digits || !part.bytes().all(|byte| byte.is_ascii_digit()) {
            return Err(InvalidMoment);
        }
        *number = part.parse().map_err(|_| InvalidMoment)?;
    }
    if parts.next().is_none() {
        Ok(numbers)
    } else {
        Err(InvalidMoment)
    }
}

impl Ord for Moment {
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        self.0
            .cmp(&other.0)
            .then(self.0.offset().cmp(&other.0.offset()))
    }
}

impl PartialOrd for Moment {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}

impl std::fmt::Display for Moment {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let (year, month, day) = self.0.to_calendar_date();
        let (hour, minute, second) = self.0.to_hms();
        let (month, offset) = (u8::from(month), self.0.offset().whole_minutes());
        let sign = if offset < 0 { '-' } else { '+' };
        let (hours, minutes) = (offset.abs() / 60, offset.abs() % 60);
        write!(
            f,
            "{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}:{second:02}{sign}{hours:02}:{minutes:02}"
        )
    }
}

impl Serialize for Moment {
    /// As text, or as two numbers of seconds where nobody reads along: since 1970, and the offset.
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        if serializer.is_human_readable() {
            serializer.collect_str(self)
        } else {
            (self.unix(), self.0.offset().whole_seconds()).serialize(serializer)
        }
    }
}

impl<'de> Deserialize<'de> for Moment {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let moment = if deserializer.is_human_readable() {
            Self::parse_rfc3339(&String::deserialize(deserializer)?)
        } else {
            let (seconds, offset) = Deserialize::deserialize(deserializer)?;
            Self::from_unix_with_offset(seconds, offset)
        };
        moment.map_err(D::Error::custom)
    }
}

impl std::fmt::Display for InvalidMoment {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("not a date and time with an offset, such as 2026-03-12T08:00:15+01:00")
    }
}

impl std::error::Error for InvalidMoment {}

#[cfg(test)]
mod tests {
    use super::*;

    fn brussels_at(year: u32, month: u32, day: u32, hour: u32, minute: u32) -> String {
        Moment::from_brussels(civil(year, month, day, hour, minute, 0).unwrap()).to_string()
    }

    #[test]
    fn a_day_is_written_as_it_is_read() {
        let (first, last) = Day::of_month(2024, 2);
        assert_eq!(
            (first.to_string(), last.to_string()),
            ("2024-02-01".into(), "2024-02-29".into())
        );
        assert_eq!(Day::parse("2024-02-29"), Ok(last));
        for wrong in ["2023-02-29", "2024-2-1", "", "29/02/2024"] {
            assert_eq!(Day::parse(wrong), Err(InvalidMoment), "{wrong}");
        }
    }

    #[test]
    fn brussels_has_summer_time() {
        assert_eq!(brussels_at(2026, 3, 12, 8, 0), "2026-03-12T08:00:00+01:00");
        assert_eq!(brussels_at(2026, 7, 1, 8, 0), "2026-07-01T08:00:00+02:00");
        // 29 March 2026 has no 02:30, and 25 October 2026 has it twice.
        assert_eq!(brussels_at(2026, 3, 29, 1, 59), "2026-03-29T01:59:00+01:00");
        assert_eq!(brussels_at(2026, 3, 29, 2, 30), "2026-03-29T03:30:00+02:00");
        assert_eq!(
            brussels_at(2026, 10, 25, 2, 30),
            "2026-10-25T02:30:00+02:00"
        );
        assert_eq!(brussels_at(2026, 10, 25, 3, 0), "2026-10-25T03:00:00+01:00");
    }

    #[test]
    fn two_days_over_the_change_of_clocks_are_48_hours() {
        let friday = Moment::parse_rfc3339("2026-03-27T20:00:00+01:00").unwrap();
        assert_eq!(
            friday.plus_hours(48).to_string(),
            "2026-03-29T21:00:00+02:00"
        );
    }

    #[test]
    fn an_offset_survives_the_round_trip() {
        for text in [
            "2013-04-29T23:45:32+09:00",
            "1999-12-31T23:59:59-03:30",
            "0000-01-01T00:00:00+00:00",
        ] {
            assert_eq!(Moment::parse_rfc3339(text).unwrap().to_string(), text);
        }
        let zulu = Moment::parse_rfc3339("2026-03-12T07:00:15.250Z").unwrap();
        assert_eq!(zulu.to_string(), "2026-03-12T07:00:15+00:00");
        let same = Moment::from_unix_with_offset(zulu.unix(), 3600).unwrap();
        assert_eq!(same.to_string(), "2026-03-12T08:00:15+01:00");
        assert_eq!(Moment::from_unix(zulu.unix()), Ok(same));
    }

    #[test]
    fn other_texts_are_no_moment() {
        for text in [
            "",
            "gisteren",
            "2026-03-12",
            "2026-03-12T08:00:15",
            "2026-02-30T08:00:15Z",
            "2026-03-12T8:00:15Z",
            "2026-03-12T08:00:15+1:00",
            "2026-03-12T08:00:15+01:00:00",
            "2026-03-12T24:00:00Z",
            "é026-03-12T08:00:15Z",
            "2026-03-12T08:00:15+é",
        ] {
            assert_eq!(Moment::parse_rfc3339(text), Err(InvalidMoment), "{text}");
        }
        assert!(Moment::from_unix(i64::MAX).is_err());
        assert!(Moment::from_unix_with_offset(0, i32::MAX).is_err());
    }
}
