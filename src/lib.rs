//! Finds out why e-mail was not delivered, from the evidence that a person has: a bounce, a mailbox of
//! bounces, a delivery report, or a line of a server's reply.
//!
//! # Why did this fail?
//!
//! [`analyse`] reads a file in memory. It detects the format from the contents; the name is only a
//! hint, and appears in the results. There is one [`Diagnosis`] for each message or report, each with
//! its recipients, and for each of them the delivery attempts, oldest first.
//!
//! ```
//! use bezorgd::model::{Cause, Moment};
//! use bezorgd::{Options, analyse};
//!
//! let now = Moment::parse_rfc3339("2026-03-12T13:00:00+01:00")?;
//! let evidence = b"550 5.1.1 <an@example.be>: Recipient address rejected: User unknown";
//! for diagnosis in analyse("reply.txt", evidence, &Options::new(now)) {
//!     for recipient in &diagnosis.recipients {
//!         assert_eq!(recipient.address, "an@example.be");
//!         assert_eq!(recipient.cause, Cause::AddressUnknown);
//!         // The deciding attempt, the rule that won and the words that it matched.
//!         let (_, attempt) = recipient.deciding().expect("an attempt");
//!         let span = attempt.matched.expect("a phrase decided");
//!         let (_, words, _) = span.split(&attempt.text);
//!         println!("{}: {} (rule {}: “{words}”)", recipient.address, recipient.cause.code(), attempt.rule);
//! #       assert!(!words.is_empty());
//!     }
//! }
//! # Ok::<(), bezorgd::model::InvalidMoment>(())
//! ```
//!
//! A [`Diagnosis`] is plain data and serialises (`serde`) to the JSON that the command line prints and
//! the JavaScript module returns.
//!
//! # What could not be read
//!
//! Reading never fails and never drops anything silently. What could not be read is a
//! [problem](model::Problem) of the diagnosis, with a [code](model::ProblemCode), the place and a
//! sentence in English. A problem that [is only a notice](model::ProblemCode::is_notice) means that
//! everything was read, but not in the only possible way.
//!
//! ```
//! use bezorgd::model::{Kind, ProblemCode};
//! # use bezorgd::{Options, analyse, model::Moment};
//! # let options = Options::new(Moment::parse_rfc3339("2026-03-12T13:00:00+01:00")?);
//! let screenshot = analyse("error.png", b"\x89PNG\r\n\x1a\n", &options);
//! assert_eq!(screenshot[0].kind, Kind::Unreadable);
//! assert_eq!(screenshot[0].problems[0].code, ProblemCode::UnknownFormat);
//! # Ok::<(), bezorgd::model::InvalidMoment>(())
//! ```
//!
//! # A mailbox of any size
//!
//! A mailbox (mbox) is read message by message and need not fit in memory. [`diagnoses`] is an iterator
//! over anything that implements [`Read`](std::io::Read):
//!
//! ```no_run
//! # use bezorgd::{Options, diagnoses, model::Moment};
//! # let options = Options::new(Moment::parse_rfc3339("2026-03-12T13:00:00+01:00")?);
//! let file = std::fs::File::open("bounces.mbox")?;
//! for diagnosis in diagnoses("bounces.mbox", file, &options) {
//!     println!("{} recipients", diagnosis?.recipients.len());
//! }
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! Where slices arrive by themselves, as in a browser, pass them to [`Reading`] one by one.
//!
//! ```
//! # use bezorgd::{Options, Reading, model::Moment};
//! # let options = Options::new(Moment::parse_rfc3339("2026-03-12T13:00:00+01:00")?);
//! let mut reading = Reading::new("paste.txt", &options);
//! let mut found = reading.feed_to_vec(b"550 5.1.1 <an@exam");
//! found.extend(reading.feed_to_vec(b"ple.be>: User unknown"));
//! found.extend(reading.finish_to_vec());
//! assert_eq!(found[0].recipients[0].address, "an@example.be");
//! # Ok::<(), bezorgd::model::InvalidMoment>(())
//! ```
//!
//! # Options
//!
//! The same evidence with the same [`Options`] always gives the same results: the present is an option
//! too, because it determines whether a delayed mail is still being retried. Others override
//! detection: the sending system, whose policy determines what happens after a failure, and the role
//! of each column of a report.
//!
//! ```
//! use bezorgd::model::{ColumnChoice, Moment, Role, Sender};
//! use bezorgd::{Options, analyse};
//!
//! let options = Options {
//!     sender: Some(Sender::Pom),
//!     columns: Some(ColumnChoice {
//!         roles: vec![Some(Role::Address), None, Some(Role::Message)],
//!         ..ColumnChoice::default()
//!     }),
//!     ..Options::new(Moment::parse_rfc3339("2026-03-12T13:00:00+01:00")?)
//! };
//! let table = b"an@example.be;12;Mailbox full\nbo@example.be;13;Mailbox full\n";
//! let report = &analyse("report.csv", table, &options)[0];
//! assert_eq!(report.sender, Some(Sender::Pom));
//! assert_eq!(report.recipients.len(), 2);
//! # Ok::<(), bezorgd::model::InvalidMoment>(())
//! ```
//!
//! # Why this cause and no other?
//!
//! [`rules::explain`] lists every rule that matches a text, the winner first, each with its source and,
//! but for the winner, the reason why it lost.
//!
//! ```
//! use bezorgd::rules::{Evidence, explain};
//!
//! let text = "552 5.2.2 Mailbox full, try again later";
//! let evidence = Evidence { text, ..Evidence::default() };
//! let rules = explain(&evidence);
//! assert!(rules[0].lost.is_none() && rules[1..].iter().all(|rule| rule.lost.is_some()));
//! assert_eq!(rules[0].words, "Mailbox full");
//! ```
//!
//! # What may change
//!
//! Enums that programs translate or act on ([`Cause`](model::Cause), [`State`](model::State),
//! [`Sender`](model::Sender), [`NextStep`](model::NextStep), [`ProblemCode`](model::ProblemCode),
//! [`Role`](model::Role), [`Kind`](model::Kind), …) are exhaustive on purpose: a new value must fail to
//! compile wherever it has no text yet, and so is a breaking change. Types that are only returned and
//! read, and whose set of values or fields may grow, are `#[non_exhaustive]`, such as
//! [`Format`](model::Format) and [`Verdict`](rules::Verdict). Structs that callers fill in get new fields
//! too: write `..Options::new(now)`, `..Host::default()` or `..Evidence::default()` and they keep
//! compiling.
//!
//! # How it works
//!
//! Evidence passes through one layer after another: `formats` turns bytes into a mail or a table,
//! `bounces` and `reports` turn those into delivery attempts, [`rules`] names the cause of each, and
//! [`senders`] applies the policy of the sending system. Last, [`suggestion`] proposes an address where
//! one was refused. Nothing here depends on a browser: what a program must provide, such as the tables
//! of character sets where none are linked in, is the [`Host`] in its options.

pub mod address;
mod arrivals;
mod bounces;
mod diagnoses;
mod formats;
mod host;
mod months;
mod options;
mod reading;
mod reports;
pub mod rules;
pub mod suggestion;

pub use bezorgd_model as model;
pub use bezorgd_senders as senders;
pub use diagnoses::{Diagnoses, diagnoses};
pub use formats::charset::Decoder;
pub use formats::csv::cells;
pub use formats::panics::is_panic_caught;
pub use formats::part::{ContainerPart, Unpacker};
pub use formats::unpack::unpack;
pub use formats::workbook::write::write as write_workbook;
pub use formats::workbook_writer::WorkbookWriter;
pub use formats::{spreadsheet, workbook_writer};
pub use host::Host;
pub use model::Diagnosis;
pub use options::Options;
pub use reading::{Reading, analyse, customers, needs_unpacker, not_attempted};
pub use reports::history;
pub use reports::identifier;
