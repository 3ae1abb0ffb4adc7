//! Dates as people write them, in Brussels time.

use super::Template;
use bezorgd_model::{Day, Moment};

/// How a language writes dates.
#[derive(Debug)]
pub struct Dates {
    pub(super) months: [&'static str; 12],
    pub(super) short_months: [&'static str; 12],
    pub(super) day: Template,
    pub(super) moment: Template,
    pub(super) short: Template,
}

impl Dates {
    /// The day, such as "12 maart 2026".
    pub fn day(&self, moment: Moment) -> String {
        self.fill(&self.day, moment)
    }

    /// The day and the time, such as "12 maart 2026 om 08:00".
    pub fn moment(&self, moment: Moment) -> String {
        self.fill(&self.moment, moment)
    }

    /// The day without its year, such as "12 mrt".
    pub fn short(&self, moment: Moment) -> String {
        self.fill(&self.short, moment)
    }

    /// The time of day, such as "08:00".
    pub fn time(&self, moment: Moment) -> String {
        self.fill(&Template("{time}"), moment)
    }

    /// A day, such as "12 maart 2026".
    pub fn date(&self, day: Day) -> String {
        self.with_time(&self.day, day, "")
    }

    /// A month (1 to 12) of a year, such as "maart 2026".
    pub fn month(&self, year: u16, month: u8) -> String {
        let day = Day {
            year,
            month,
            day: 1,
        };
        self.with_time(&Template("{month} {year}"), day, "")
    }

    fn fill(&self, template: &Template, moment: Moment) -> String {
        let local = moment.in_brussels();
        let time = format!("{:02}:{:02}", local.hour(), local.minute());
        self.with_time(template, moment.day(), &time)
    }

    fn with_time(&self, template: &Template, day: Day, time: &str) -> String {
        let month = usize::from(day.month).saturating_sub(1);
        template.with(&[
            ("day", &day.day.to_string()),
            ("month", self.months.get(month).unwrap_or(&"")),
            ("short-month", self.short_months.get(month).unwrap_or(&"")),
            ("year", &day.year.to_string()),
            ("time", time),
        ])
    }
}

#[cfg(test)]
mod tests {
    use super::super::words;
    use bezorgd_model::Moment;

    #[test]
    fn a_moment_is_spelled_in_brussels_time() {
        let moment = Moment::parse_rfc3339("2026-07-05T22:07:15Z").unwrap();
        assert_eq!(words().dates.moment(moment), "6 juli 2026 om 00:07");
        assert_eq!(words().dates.day(moment), "6 juli 2026");
        assert_eq!(words().dates.date(moment.day()), "6 juli 2026");
        assert_eq!(words().dates.month(2026, 7), "juli 2026");
    }
}
