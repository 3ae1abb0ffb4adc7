//! Evidence to try the page with: invented people, with recent dates.

use crate::files::{self, Input};
use bezorgd_model::{Moment, Sender};
use bezorgd_words::Words;

/// An example that the start view offers.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum ExampleFile {
    /// A report of POM.
    Report,
    /// A bounce mail.
    Bounce,
}

impl ExampleFile {
    /// The example that users of a sending system recognise.
    pub const fn of(sender: Sender) -> Self {
        match sender {
            Sender::Pom => Self::Report,
            Sender::Wise | Sender::Other => Self::Bounce,
        }
    }
}

/// The example, as if the reader had given it.
pub fn inputs(words: &'static Words, example: ExampleFile) -> Vec<Input> {
    let ui = words.ui;
    let (name, contents) = match example {
        ExampleFile::Report => (ui.example_report_name(), include_str!("examples/pom.csv")),
        ExampleFile::Bounce => (
            ui.example_bounce_name(),
            include_str!("examples/bounce.eml"),
        ),
    };
    files::text(name, &dated(contents)).into_iter().collect()
}

/// Replaces `{n}` by the date `n` days ago, so that deliveries that are still being retried look recent.
fn dated(contents: &str) -> String {
    const DAY: f64 = 24.0 * 60.0 * 60.0;
    let now = js_sys::Date::now() / 1000.0;
    (0..=4).fold(contents.to_owned(), |text, days| {
        let Ok(moment) = Moment::from_unix((now - f64::from(days) * DAY) as i64) else {
            return text;
        };
        let day = moment.in_brussels().date();
        let day = format!(
            "{:02}/{:02}/{}",
            day.day(),
            u8::from(day.month()),
            day.year()
        );
        text.replace(&format!("{{{days}}}"), &day)
    })
}
