//! What people read, in their language: every text of the page, the exports and the command line.
//!
//! Each language is a TOML file beside the manifest with the same keys. The build turns it into one packed text
//! ([`Language::packed`], with the feature `compiled`), and the keys into methods with the arguments that a sentence
//! needs: a missing key or argument is a compile error. A page loads the packed text of one language beside its code
//! ([`Words::load`]), so that further languages cost a visitor nothing.
//!
//! ```
//! use bezorgd_words::Language;
//!
//! let words = Language::Dutch.words();
//! assert_eq!(words.count.recipients(1840), "1.840 ontvangers");
//! assert_eq!(words.fill.bytes_of("1 MB", "2 MB"), "1 MB van 2 MB");
//! ```
//!
//! Depends on the codes of the model; never on the analyser, the browser, or where the texts end up.

mod advice;
mod arrival;
mod channel;
mod dates;
mod guide;
mod language;
mod messages;
mod numbers;
mod places;
mod rich;
mod sentences;
mod texts;
mod words;

pub use advice::Advice;
pub use channel::Channel;
pub use dates::Dates;
pub use guide::{Guide, put_own_program_first};
pub use language::Language;
pub use messages::{About, AddressForm, Writer};
pub use numbers::Numbers;
pub use places::GuideKey;
pub use rich::{Line, Piece};
pub use sentences::{Counts, Fill, Guides, Lines, Ui};
pub use texts::InvalidWords;
pub use words::{NextStepWords, ProblemWords, Words};

#[cfg(test)]
mod tests;
