//! Dates as reports write them: `12/03/2026 08:00:15`, `12-3-26`, ISO 8601.

use super::numeric_dates::{self, date_numbers};
use super::worded_dates;
use crate::model::{DateOrder, Moment};

/// What the dates of a column show about their order of day and month.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub struct Clues {
    /// The order that a date which fits one order only gave away.
    certain: Option<DateOrder>,
    /// Whether any date can only be read once the order is known.
    needed: bool,
    /// The first date that could be either.
    ambiguous: Option<String>,
    /// Whether some date would lie in the future, with the day first and with the month first.
    future: [bool; 2],
}

impl Clues {
    /// Adds one more date; a report is about the past, so `now` comes after all of them.
    pub fn add(&mut self, date: &str, now: Moment) {
        if self.certain.is_some() {
            return;
        }
        // A weekday in front changes nothing.
        let date = date.trim_start_matches(|next: char| !next.is_ascii_digit());
        let Some([first, second, third]) = date_numbers(date) else {
            return;
        };
        if first.digits > 2 || third.value == 0 {
            return;
        }
        self.needed = true;
        let dotted = date.as_bytes().get(first.end) == Some(&b'.');
        match (first.value, second.value) {
            (13.., ..=12) => self.certain = Some(DateOrder::DayFirst),
            (..=12, 13..) => self.certain = Some(DateOrder::MonthFirst),
            // Nobody who puts the month first writes full stops.
            _ if dotted => self.certain = Some(DateOrder::DayFirst),
            (day, month) if day == month => {}
            _ => {
                self.ambiguous.get_or_insert_with(|| date.to_owned());
                let orders = [DateOrder::DayFirst, DateOrder::MonthFirst];
                // As far ahead as clocks and time zones differ.
                let latest = now.plus_hours(24);
                for (future, order) in self.future.iter_mut().zip(orders) {
                    *future |= parse(date, None, order).is_some_and(|moment| moment > latest);
                }
            }
        }
    }

    /// Whether there are dates that are not written as ISO 8601 does.
    pub fn is_needed(&self) -> bool {
        self.needed
    }

    /// Whether no further date can change the answer.
    pub fn is_certain(&self) -> bool {
        self.certain.is_some()
    }

    /// Whether more dates are needed to decide.
    pub fn is_open(&self) -> bool {
        self.certain.is_none() && self.ambiguous.is_some()
    }

    /// The order, and where it had to be guessed a date that could be either.
    pub fn order(&self) -> (DateOrder, Option<&str>) {
        match (self.certain, self.future) {
            (Some(order), _) => (order, None),
            (None, [true, false]) => (DateOrder::MonthFirst, None),
            (None, [false, true]) => (DateOrder::DayFirst, None),
            (None, _) => (DateOrder::DayFirst, self.ambiguous.as_deref()),
        }
    }
}

/// Reads a date, with the time after it, or else apart from it, or none; without an offset it is
/// wall-clock time in Brussels.
pub fn parse(date: &str, clock: Option<&str>, order: DateOrder) -> Option<Moment> {
    let text = date.trim();
    // Most reports write the day first: the first byte that cannot be part of a year shows it.
    if text.as_bytes().get(4) == Some(&b'-')
        && let Ok(moment) = Moment::parse_rfc3339(text)
    {
        return Some(moment);
    }
    numeric_dates::parse(text, clock, order)
        .or_else(|| worded_dates::parse(text, clock, order))
        .or_else(|| worded_dates::parse_count(text))
}

#[cfg(test)]
mod tests {
    use super::numeric_dates::is_time;
    use super::*;

    fn read(text: &str) -> String {
        parse(text, None, DateOrder::DayFirst)
            .map_or_else(|| "-".into(), |moment| moment.to_string())
    }

    #[test]
    fn every_way_of_writing_a_moment() {
        for text in [
            "12/03/2026 08:00:15",
            "12-3-2026 8:00:15",
            "12.03.26 08:00:15",
            "12.3.2026 8.00.15",
            "2026-03-12 08:00:15",
            "2026-03-12T08:00:15",
            "2026-03-12T08:00:15.250",
            "2026-03-12T08:00:15+01:00",
            "2026/03/12 08:00:15",
            "12/03/2026, 08:00:15",
            "12/03/2026\u{a0}08:00:15",
            "12/03/2026 om 08:00:15",
            "12/3/2026 8:00:15 AM",
            "12/3/2026, 8:00:15\u{202f}a.m.",
        ] {
            assert_eq!(read(text), "2026-03-12T08:00:15+01:00", "{text}");
        }
        assert_eq!(read("2026-03-12"), "2026-03-12T00:00:00+01:00");
        assert_eq!(read("12/03/2026 8u05"), "2026-03-12T08:05:00+01:00");
        assert_eq!(read("12-3-26 08:05"), "2026-03-12T08:05:00+01:00");
        assert_eq!(read("12/03/2026 8:05 pm"), "2026-03-12T20:05:00+01:00");
        assert_eq!(read("12/03/2026 12:05 AM"), "2026-03-12T00:05:00+01:00");
        assert_eq!(read("12/03/2026 12:05 PM"), "2026-03-12T12:05:00+01:00");
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
            "12/03/2026 é.m.",
        ] {
            assert_eq!(read(text), "-", "{text}");
        }
    }

    #[test]
    fn a_time_may_stand_apart() {
        let read = |date, clock| {
            let moment = parse(date, Some(clock), DateOrder::DayFirst);
            moment.map_or_else(|| "-".into(), |moment| moment.to_string())
        };
        assert_eq!(read("12/03/2026", "8:00:15"), "2026-03-12T08:00:15+01:00");
        assert_eq!(read("12/03/2026", "8u05"), "2026-03-12T08:05:00+01:00");
        assert_eq!(read("12/03/2026", ""), "2026-03-12T00:00:00+01:00");
        assert_eq!(read("12/03/2026 07:00", "8u"), "2026-03-12T07:00:00+01:00");
        assert_eq!(read("12/03/2026", "straks"), "-");
        for text in ["8:00", "08u00", "08:00:15", "8:05 PM"] {
            assert!(is_time(text), "{text}");
        }
        for text in ["", "8", "8.5", "25:00", "om", "hallo", "12/03/2026"] {
            assert!(!is_time(text), "{text}");
        }
    }

    #[test]
    fn the_column_settles_the_order() {
        use DateOrder::{DayFirst, MonthFirst};
        let now = Moment::parse_rfc3339("2026-03-12T13:00:00+01:00").unwrap();
        let order = |dates: &[&str]| {
            let mut clues = Clues::default();
            dates.iter().for_each(|date| clues.add(date, now));
            let (order, guessed) = clues.order();
            (order, guessed.is_some())
        };
        assert_eq!(order(&["01/02/2026", "02/14/2026"]), (MonthFirst, false));
        assert_eq!(order(&["01/02/2026", "14/02/2026"]), (DayFirst, false));
        assert_eq!(order(&["01/02/2026", "2026-02-14"]), (DayFirst, true));
        assert_eq!(order(&["01.02.2026"]), (DayFirst, false));
        assert_eq!(order(&["01/01/2026"]), (DayFirst, false));
        assert_eq!(order(&[]), (DayFirst, false));
        // Not yet December in March.
        assert_eq!(order(&["12/03/2026"]), (DayFirst, false));
        assert_eq!(order(&["03/12/2026"]), (MonthFirst, false));
        // Both still have to come.
        assert_eq!(order(&["05/06/2026"]), (DayFirst, true));
    }
}
