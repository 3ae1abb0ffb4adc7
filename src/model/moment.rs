//! Points in time as the evidence gives them.

use jiff::{Timestamp, ToSpan, civil, tz::TimeZone};
use serde::{Deserialize, Deserializer, Serialize, Serializer, de::Error as _};

/// The European Union's summer time rule, in force since 1996: reports and people here use it.
const BRUSSELS: &str = "CET-1CEST,M3.5.0,M10.5.0/3";

/// A point in time with the UTC offset it was written with; serialises as RFC 3339, whole seconds.
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
pub struct Moment {
    timestamp: Timestamp,
    offset: jiff::tz::Offset,
}

impl Moment {
    /// Reads an RFC 3339 date and time with an offset, such as `2026-03-12T08:00:15+01:00`.
    ///
    /// # Errors
    /// When the text is not of that form, or has no offset.
    pub fn parse_rfc3339(text: &str) -> Result<Self, jiff::Error> {
        let pieces = jiff::fmt::temporal::Pieces::parse(text)?;
        let timestamp: Timestamp = text.parse()?;
        let offset = pieces.to_numeric_offset().unwrap_or(jiff::tz::Offset::UTC);
        Ok(Self { timestamp, offset })
    }

    /// A wall-clock time in Brussels; one that summer time skips or repeats is read as the earlier offset.
    ///
    /// # Errors
    /// When the moment is outside the years -9999 to 9999.
    pub fn from_brussels(local: civil::DateTime) -> Result<Self, jiff::Error> {
        let zoned = local.to_zoned(brussels())?;
        Ok(Self {
            timestamp: zoned.timestamp(),
            offset: zoned.offset(),
        })
    }

    /// Seconds since 1970-01-01T00:00:00Z, as the reader in Brussels sees them.
    ///
    /// # Errors
    /// When the moment is outside the years -9999 to 9999.
    pub fn from_unix(seconds: i64) -> Result<Self, jiff::Error> {
        let timestamp = Timestamp::from_second(seconds)?;
        Ok(Self {
            timestamp,
            offset: brussels().to_offset(timestamp),
        })
    }

    /// An instant together with the offset it was written with, in seconds east of UTC.
    ///
    /// # Errors
    /// When either is out of range (offsets go up to about 26 hours).
    pub fn from_unix_with_offset(seconds: i64, offset_seconds: i32) -> Result<Self, jiff::Error> {
        Ok(Self {
            timestamp: Timestamp::from_second(seconds)?,
            offset: jiff::tz::Offset::from_seconds(offset_seconds)?,
        })
    }

    /// Seconds since 1970-01-01T00:00:00Z.
    pub fn unix(self) -> i64 {
        self.timestamp.as_second()
    }

    /// The date and wall-clock time in Brussels.
    pub fn in_brussels(self) -> civil::DateTime {
        brussels().to_datetime(self.timestamp)
    }

    /// The moment so many hours later, with the Brussels offset in force by then.
    pub fn plus_hours(self, hours: u32) -> Self {
        let timestamp = self
            .timestamp
            .checked_add(i64::from(hours).hours())
            .unwrap_or(Timestamp::MAX);
        Self {
            timestamp,
            offset: brussels().to_offset(timestamp),
        }
    }
}

impl Ord for Moment {
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        self.timestamp
            .cmp(&other.timestamp)
            .then(self.offset.cmp(&other.offset))
    }
}

impl PartialOrd for Moment {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}

impl std::fmt::Display for Moment {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{:.0}", self.timestamp.display_with_offset(self.offset))
    }
}

impl Serialize for Moment {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Moment {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        // In our own words: jiff's would add tens of kilobytes to what the page downloads.
        Self::parse_rfc3339(&text).map_err(|_| D::Error::custom("not an RFC 3339 date and time"))
    }
}

fn brussels() -> TimeZone {
    TimeZone::posix(BRUSSELS).unwrap_or(TimeZone::UTC)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn brussels_knows_summer_time() {
        let winter = Moment::from_brussels(civil::datetime(2026, 3, 12, 8, 0, 15, 0)).unwrap();
        assert_eq!(winter.to_string(), "2026-03-12T08:00:15+01:00");
        let summer = Moment::from_brussels(civil::datetime(2026, 7, 1, 8, 0, 0, 0)).unwrap();
        assert_eq!(summer.to_string(), "2026-07-01T08:00:00+02:00");
    }

    #[test]
    fn two_days_over_the_change_of_clocks_are_48_hours() {
        let friday = Moment::from_brussels(civil::datetime(2026, 3, 27, 20, 0, 0, 0)).unwrap();
        assert_eq!(
            friday.plus_hours(48).to_string(),
            "2026-03-29T21:00:00+02:00"
        );
    }

    #[test]
    fn an_offset_survives_the_round_trip() {
        let moment = Moment::parse_rfc3339("2013-04-29T23:45:32+09:00").unwrap();
        assert_eq!(moment.to_string(), "2013-04-29T23:45:32+09:00");
        assert!(Moment::parse_rfc3339("gisteren").is_err());
    }
}
