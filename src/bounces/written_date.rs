//! Reads dates as mail programs write them for people: `maandag 1 juli 2024 10:00`,
//! `Monday, July 1, 2024 10:00 AM`.

use crate::formats::mail;
use crate::model::{Moment, civil};
use crate::months::month_of;
use crate::rules::fold::fold;

/// Before a day, it is no month: `mar. 12 mars`.
const FRENCH_TUESDAY: &str = "mar";

/// The date and time in a line, in Brussels unless it has an offset; `None` when the day or the time is missing.
pub fn parse(text: &str) -> Option<Moment> {
    let numeric_offset = text.contains(" +") || text.contains(" -0") || text.contains("GMT");
    if numeric_offset && let Some(moment) = mail::moment(text) {
        return Some(moment);
    }
    let folded = fold(text).to_ascii_lowercase();
    let (mut day, mut month, mut year, mut time) = (None, None, None, None);
    let mut afternoon = None;
    for word in folded.split(|character: char| {
        !character.is_alphanumeric() && !matches!(character, ':' | '/' | '-')
    }) {
        if word.is_empty() {
            continue;
        }
        if let Some((hour, rest)) = word.split_once(':') {
            let minute = rest.split(':').next().unwrap_or_default();
            if let (Ok(hour), Ok(minute)) = (hour.parse::<u32>(), minute.parse::<u32>()) {
                time.get_or_insert((hour, minute));
            }
        } else if word == "am" || word == "pm" {
            if time.is_some() {
                afternoon.get_or_insert(word == "pm");
            }
        } else if let Some(date) = numeric(word) {
            (year, month, day) = (Some(date.0), Some(date.1), Some(date.2));
        } else if let Ok(number) = word
            .trim_end_matches("st")
            .trim_end_matches("th")
            .trim_end_matches("er")
            .parse::<u32>()
        {
            match number {
                1..=31 if day.is_none() => day = Some(number),
                1990..=2100 if year.is_none() => year = Some(number),
                _ => {}
            }
        } else if month.is_none() && (day.is_some() || word != FRENCH_TUESDAY) {
            month = month_of(word);
        }
    }
    let (hour, minute) = time?;
    let hour = match afternoon {
        Some(true) if hour < 12 => hour + 12,
        Some(false) if hour == 12 => 0,
        _ => hour,
    };
    civil(year?, month?, day?, hour, minute, 0).map(Moment::from_brussels)
}

/// `2024-07-01` or `01/07/2024`, of which the day comes first here.
fn numeric(word: &str) -> Option<(u32, u32, u32)> {
    let parts: Vec<u32> = word
        .split(['-', '/'])
        .map(|part| part.parse().ok())
        .collect::<Option<_>>()?;
    match parts[..] {
        [year @ 1990..=2100, month, day] => Some((year, month, day)),
        [day, month, year @ 1990..=2100] => Some((year, month, day)),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_are_read_in_the_languages_of_mail_programs() {
        for text in [
            "maandag 1 juli 2024 10:00",
            "lundi 1 juillet 2024 10:00",
            "Montag, 1. Juli 2024 10:00",
            "Monday, July 1, 2024 10:00 AM",
            "ma 1 jul 2024 om 10:00",
            "1 juli 2024 om 10:00:12 CEST",
            "lunedì 1 luglio 2024 10:00",
            "lunes, 1 de julio de 2024 10:00",
            "Mon, 1 Jul 2024 10:00:00 +0200",
            "Mon, 1 Jul 2024 08:00:00 +0000 (UTC)",
            "2024-07-01 10:00",
            "01/07/2024 10:00",
            "Le lun. 1 juil. 2024 à 10:00, Mail",
        ] {
            let date = parse(text).map(|moment| moment.to_string()[..16].to_owned());
            let utc = text.contains("UTC");
            assert_eq!(
                date.as_deref(),
                Some(if utc {
                    "2024-07-01T08:00"
                } else {
                    "2024-07-01T10:00"
                }),
                "{text}"
            );
        }
        for (text, expected) in [
            ("dinsdag 12 maart 2024 15:05", "2024-03-12T15:05"),
            ("Tuesday, March 12, 2024 3:05 PM", "2024-03-12T15:05"),
            ("mardi 12 mars 2024 15:05", "2024-03-12T15:05"),
            ("martes, 12 de marzo de 2024 15:05", "2024-03-12T15:05"),
            ("Donnerstag, 2. Mai 2024 00:05", "2024-05-02T00:05"),
        ] {
            let date = parse(text).map(|moment| moment.to_string()[..16].to_owned());
            assert_eq!(date.as_deref(), Some(expected), "{text}");
        }
        for text in ["", "morgen om 10:00", "1 juli", "32 juli 2024 10:00"] {
            assert_eq!(parse(text), None, "{text}");
        }
    }
}
