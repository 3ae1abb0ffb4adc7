//! Dates as people write them, in Brussels time.

use crate::places::{DATE_DAY, DATE_MOMENT, DATE_MONTH, DATE_SHORT, MONTHS, SHORT_MONTHS};
use crate::texts::{Texts, fill};
use bezorgd_model::{Day, Moment};

/// Writes dates in a language.
#[derive(Clone, Copy, Debug)]
pub struct Dates(pub(crate) &'static Texts);

impl Dates {
    /// The day, such as "12 maart 2026".
    pub fn day(self, moment: Moment) -> String {
        self.date(moment.day())
    }

    /// The day and the time, such as "12 maart 2026 om 08:00".
    pub fn moment(self, moment: Moment) -> String {
        self.with_time(DATE_MOMENT, moment.day(), &self.time(moment))
    }

    /// The day without its year, such as "12 mrt".
    pub fn short(self, moment: Moment) -> String {
        self.with_time(DATE_SHORT, moment.day(), "")
    }

    /// The time of day, such as "08:00".
    pub fn time(self, moment: Moment) -> String {
        let local = moment.in_brussels();
        format!("{:02}:{:02}", local.hour(), local.minute())
    }

    /// A day, such as "12 maart 2026".
    pub fn date(self, day: Day) -> String {
        self.with_time(DATE_DAY, day, "")
    }

    /// A month (1 to 12) of a year, such as "maart 2026".
    pub fn month(self, year: u16, month: u8) -> String {
        let day = Day {
            year,
            month,
            day: 1,
        };
        self.with_time(DATE_MONTH, day, "")
    }

    fn with_time(self, template: usize, day: Day, time: &str) -> String {
        let month = usize::from(day.month).clamp(1, 12) - 1;
        fill(
            self.0.get(template),
            &[
                ("day", &day.day.to_string()),
                ("month", self.0.get(MONTHS + month)),
                ("short-month", self.0.get(SHORT_MONTHS + month)),
                ("year", &day.year.to_string()),
                ("time", time),
            ],
        )
    }
}

#[cfg(test)]
mod tests {
    use crate::Language;
    use bezorgd_model::Moment;

    #[test]
    fn a_moment_is_spelled_in_brussels_time() {
        let moment = Moment::parse_rfc3339("2026-07-05T22:07:15Z").unwrap();
        let dates = Language::Dutch.words().dates;
        assert_eq!(dates.moment(moment), "6 juli 2026 om 00:07");
        assert_eq!(dates.day(moment), "6 juli 2026");
        assert_eq!(dates.date(moment.day()), "6 juli 2026");
        assert_eq!(dates.month(2026, 7), "juli 2026");
    }
}
