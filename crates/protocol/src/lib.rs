//! The messages between the page and its worker.
//!
//! The page opens a file, sends its slices as bare `ArrayBuffer`s (transferred, not copied), and
//! finishes it; one file is open at a time. Results stay in the worker: the page requests an
//! overview, a window of the list, or one recipient. Exports come back in parts, as bare buffers too.
//!
//! Messages travel as the bytes of [`wire`], in a `Uint8Array`. They use serde's default (external) tagging: `wire`
//! can carry no other.

pub mod wire;

use bezorgd_model::codes::closed_set;
use bezorgd_model::{
    Cause, Change, ColumnChoice, ColumnReading, Customer, Day, FailingProvider, FittingRule, Kind,
    Moment, NextStep, NoWorkbook, Original, Problem, ProblemCode, Recipient, Sender, State,
    TypingMistake,
};
use bezorgd_senders::counter::{Counter, Step, Tally, Thresholds};
use bezorgd_senders::message_types::MessageType;
use serde::{Deserialize, Serialize};

/// From the page to the worker.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Request {
    /// Begin a new set of evidence: forget everything.
    Clear {
        /// The present, which determines whether retries are over.
        now: Moment,
        /// The person's settings.
        settings: Box<Settings>,
    },
    /// The person changed a setting.
    Set(Box<Settings>),
    /// A file begins; the buffers that follow are its slices, in order.
    Open {
        /// Identifies the file to the page; [`ReportColumns::file`] repeats it.
        file: u32,
        /// Its name, as shown to people.
        name: String,
        /// What it is for.
        purpose: Purpose,
        /// How to read the columns of a report in it; `None` detects them.
        columns: Option<ColumnChoice>,
    },
    /// The open file is complete.
    Finish,
    /// The open file could not be read to its end; its results so far are kept.
    Fail {
        /// The browser's error message.
        detail: String,
    },
    /// The person stopped: close the open file and keep its results so far.
    Cancel,
    /// Every file is closed: compute the findings over all recipients.
    Conclude,
    /// Request a window of the list.
    List {
        /// Which recipients.
        filter: Filter,
        /// How many of them to skip.
        offset: u32,
        /// The maximum number of rows to send.
        limit: u32,
    },
    /// Request everything about one recipient.
    Show {
        /// [`ListRow::id`].
        id: u32,
    },
    /// Export the list.
    Export {
        /// Which recipients, in which order.
        filter: Filter,
        /// What each row is about.
        list: ExportList,
        /// In which form.
        form: ExportForm,
    },
    /// Export the table of message types.
    ExportMessageTypes,
    /// Request the list, to print it.
    Print {
        /// Which recipients, in which order.
        filter: Filter,
        /// The maximum number of rows to send.
        limit: u32,
    },
}

impl Request {
    /// Whether it leaves the open file as it is; any other is about another file, or closes this one.
    pub const fn keeps_file(&self) -> bool {
        match self {
            Self::Set(_)
            | Self::List { .. }
            | Self::Show { .. }
            | Self::Export { .. }
            | Self::ExportMessageTypes
            | Self::Print { .. } => true,
            Self::Clear { .. }
            | Self::Open { .. }
            | Self::Finish
            | Self::Fail { .. }
            | Self::Cancel
            | Self::Conclude => false,
        }
    }
}

/// What a file is for.
#[derive(Clone, Copy, Debug, Default, Deserialize, Eq, PartialEq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Purpose {
    /// Shows what was delivered and what was not.
    #[default]
    Evidence,
    /// Lists who should have received a message.
    Expected,
    /// Lists customers and their addresses.
    Customers,
    /// Lists message types, as exported by [`Request::ExportMessageTypes`].
    MessageTypes,
}

/// The settings that a person may change.
#[derive(Clone, Debug, Default, Deserialize, PartialEq, Serialize)]
pub struct Settings {
    /// The sending system; overrides what the evidence names. `None` detects it.
    pub sender: Option<Sender>,
    /// The sending system to assume if the evidence names none.
    pub assumed: Option<Sender>,
    /// What happens as bounces add up; `None` uses the policy of the sending system.
    pub thresholds: Option<Thresholds>,
    /// The message types; `None` uses those in the policy of the sending system.
    pub message_types: Option<Vec<MessageType>>,
}

/// From the worker to the page.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Event {
    /// The worker accepts requests.
    Ready,
    /// How much of the open file was read so far.
    Progress {
        /// The bytes read so far; a whole number, as JavaScript counts.
        bytes: f64,
    },
    /// The open file is finished, cancelled or failed.
    Closed,
    /// The overview; sent whenever it changes.
    Overview(Box<Overview>),
    /// The requested window of the list.
    Listing {
        /// The filter it answers.
        filter: Filter,
        /// How many recipients pass the filter.
        total: u32,
        /// How many of them were skipped.
        offset: u32,
        /// The rows of the window.
        rows: Vec<ListRow>,
        /// What is known of a search without a hit; `None` where there is one, or no search.
        no_hit: Option<NoHit>,
    },
    /// The requested recipient.
    Shown(Box<Detail>),
    /// The next part of an export; sent as a bare `ArrayBuffer`.
    Part(Vec<u8>),
    /// All parts of the export were sent.
    Exported,
    /// The workbook could not be written; discard the parts that were sent.
    NotExported(NoWorkbook),
    /// The rows to print.
    Printing(Vec<ListRow>),
    /// The message types in a file; `None` if it is no table of message types.
    MessageTypes(Option<Vec<MessageType>>),
}

/// What each row of an exported list is about.
#[derive(Clone, Copy, Debug, Deserialize, Eq, PartialEq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum ExportList {
    /// A recipient.
    Recipients,
    /// A message that bounced, as in the message list of Wise.
    Messages,
}

/// The form of an exported list.
#[derive(Clone, Copy, Debug, Deserialize, Eq, PartialEq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum ExportForm {
    /// A workbook.
    Workbook,
    /// A table that Excel opens in columns.
    Csv,
    /// The addresses alone, one per line.
    Addresses,
}

impl ExportForm {
    /// Whether the WASM module `containers` has to write it.
    pub const fn needs_containers(self) -> bool {
        match self {
            Self::Workbook => true,
            Self::Csv | Self::Addresses => false,
        }
    }
}

/// Which recipients the list shows, and in which order.
#[derive(Clone, Debug, Default, Deserialize, Eq, PartialEq, Serialize)]
pub struct Filter {
    /// Only those whose address, name or number contains this, ignoring case; empty for everyone.
    pub search: String,
    /// Only those with this next step; `None` for any.
    pub next_step: Option<NextStep>,
    /// Only those with this change in the newest report; `None` for any.
    pub change: Option<Change>,
    /// Only those with a failed attempt from the first to the last day, both included; `None` for any.
    pub period: Option<(Day, Day)>,
    /// The order of the list.
    pub sort: Sort,
}

impl Filter {
    /// Whether a moment is in the period. Without a period everything is; with one, `None` is not.
    pub fn covers(&self, at: Option<Moment>) -> bool {
        let Some((first, last)) = self.period else {
            return true;
        };
        at.is_some_and(|at| (first..=last).contains(&at.day()))
    }

    /// Whether everyone passes.
    pub fn is_open(&self) -> bool {
        self.next_step.is_none()
            && self.change.is_none()
            && self.period.is_none()
            && self.search.trim().is_empty()
    }
}

closed_set! {
    /// The order of the list; ties are sorted by address.
    #[derive(Clone, Copy, Debug, Default, Deserialize, Eq, PartialEq, Serialize)]
    #[serde(rename_all = "kebab-case")]
    pub enum Sort {
        /// By next step, worst first.
        #[default]
        NextStep,
        /// By address.
        Address,
        /// By the latest attempt, newest first.
        Latest,
        /// By cause, in the order of [`Cause::ALL`].
        Cause,
        /// By how many bounces were counted, most first.
        Bounces,
    }
}

/// Counts over all evidence, and what could not be read.
#[derive(Clone, Debug, Default, Deserialize, PartialEq, Serialize)]
pub struct Overview {
    /// Files that were opened and closed.
    pub files: u32,
    /// Messages and reports that were diagnosed.
    pub messages: u32,
    /// Recipients, after merging repeated addresses.
    pub recipients: u32,
    /// How many recipients have each next step, worst first, without the zeros.
    pub next_steps: Vec<(NextStep, u32)>,
    /// How many messages and reports with recipients name each sending system, in the order of
    /// [`Sender::ALL`], without the zeros.
    pub senders: Vec<(Sender, u32)>,
    /// Whether a sending system of the evidence counts bounces.
    pub counts: bool,
    /// How many messages there are of each kind; reports are not counted.
    pub kinds: Vec<(Kind, u32)>,
    /// Counted bounces per month, newest first: year, month from 1, bounces.
    pub months: Vec<(u16, u8, u32)>,
    /// Subjects of bounced messages without a known message type, and how often each occurs, the most
    /// frequent first.
    pub untyped: Vec<(String, u32)>,
    /// How many customers the given lists contain; `None` without a list.
    pub customers: Option<u32>,
    /// Whether there is a report at all, so that people can be missing from it.
    pub report: bool,
    /// How many expected recipients are in no report; `None` until a list of them was given.
    pub missing: Option<u32>,
    /// How the columns of each report were read, for the first reports.
    pub columns: Vec<ReportColumns>,
    /// Domains at which almost every delivery fails.
    pub providers: Vec<FailingProvider>,
    /// Domains that are misspelled in several addresses.
    pub typing_mistakes: Vec<TypingMistake>,
    /// For how many recipients the newest of several reports shows which change.
    pub changes: Vec<(Change, u32)>,
    /// Mails that arrived: the first few. [`Self::kinds`] counts all of them.
    pub arrived: Vec<ArrivedMail>,
    /// What could not be read: the first few problems of each kind.
    pub problems: Vec<Problem>,
    /// How many more problems of a kind there are.
    pub more_problems: Vec<(ProblemCode, u32)>,
}

impl Overview {
    /// How many messages there are of this kind.
    pub fn of_kind(&self, kind: Kind) -> u32 {
        let counted = self.kinds.iter().find(|(counted, _)| *counted == kind);
        counted.map_or(0, |(_, count)| *count)
    }
}

/// A mail that arrived. What its header proves comes in sentences, because they are shorter than what they
/// are made of, and so is the code that reads them.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
pub struct ArrivedMail {
    /// The file or message.
    pub file: String,
    /// Its subject; empty if it has none.
    pub subject: String,
    /// What its header proves.
    pub lines: Vec<String>,
    /// The domain of the address that it says it is from; empty if it gives none.
    pub domain: String,
    /// The domain of the mailbox that it came to; empty if it gives none.
    pub mailbox: String,
    /// Whether the sender may be somebody else than it says.
    pub is_doubtful: bool,
}

/// What is known of a search that found nobody.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum NoHit {
    /// Recipients that are spelled nearly so, the likeliest first.
    Near(Vec<ListRow>),
    /// The address is complete, and is in none of these reports, which list everyone whom their system tried
    /// to reach.
    NotAttempted {
        /// The system of the reports.
        sender: Sender,
        /// Their names, as shown.
        reports: Vec<String>,
    },
    /// The words are not in the evidence, and nothing follows from it.
    Nothing,
}

/// How the columns of one report were read.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
pub struct ReportColumns {
    /// The file that contains the report: `file` of its [`Request::Open`].
    pub file: u32,
    /// The name of the report, as shown to people; inside an archive, with the path to it.
    pub name: String,
    /// How its columns were read.
    pub reading: ColumnReading,
}

/// One row of the list.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
pub struct ListRow {
    /// Identifies the recipient until the next [`Request::Clear`].
    pub id: u32,
    /// The address as the evidence writes it; empty if it gives none.
    pub address: String,
    /// The name; `None` if neither the evidence nor the list of customers gives one.
    pub name: Option<String>,
    /// The customer number; `None` if neither the evidence nor the list of customers gives one.
    pub customer: Option<String>,
    /// Why delivery failed, if it did.
    pub cause: Cause,
    /// The delivery state.
    pub state: State,
    /// What somebody has to do.
    pub next_step: NextStep,
    /// The latest attempt; `None` if no attempt has a date.
    pub at: Option<Moment>,
    /// Until when the sending system retries; `None` if it does not, or nothing says so.
    pub retry_until: Option<Moment>,
    /// The address that was probably meant; `None` without a likely one.
    pub suggestion: Option<String>,
    /// What the bounces add up to; `None` if the sending system counts none.
    pub tally: Option<Tally>,
}

/// Everything about one recipient.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
pub struct Detail {
    /// [`ListRow::id`].
    pub id: u32,
    /// The recipient with its attempts.
    pub recipient: Recipient,
    /// What somebody has to do.
    pub next_step: NextStep,
    /// The sending system.
    pub sender: Sender,
    /// The domain from which the sending system sends; empty if unknown.
    pub domain: String,
    /// Where each attempt was read, in the order of the attempts.
    pub sources: Vec<AttemptSource>,
    /// The sending system's own words for the cause; empty if it has none.
    pub reasons: Vec<String>,
    /// The counted bounces; `None` if the sending system counts none, or nothing failed.
    pub bounces: Option<Bounces>,
    /// What the list of customers says about the recipient; `None` without a list.
    pub holders: Option<Holders>,
    /// The rules that match the text of the deciding attempt, the winner first.
    pub rules: Vec<FittingRule>,
}

/// Where an attempt was read.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
pub struct AttemptSource {
    /// The file or message.
    pub file: String,
    /// The message that the attempt is about; `None` unless the evidence quotes it.
    pub original: Option<Original>,
}

/// The counted bounces of a recipient.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
pub struct Bounces {
    /// The result of counting every bounce.
    pub counter: Counter,
    /// What the bounces add up to.
    pub tally: Tally,
    /// What each attempt counted for, in the order of the attempts; `None` for one that did not fail.
    pub steps: Vec<Option<Step>>,
    /// The message type of each attempt, in the order of the attempts; `None` if unknown.
    pub types: Vec<Option<MessageType>>,
    /// How many bounces the sending system has counted itself; `None` unless the list of customers
    /// says so.
    pub listed: Option<u32>,
    /// The thresholds that were used.
    pub thresholds: Thresholds,
}

/// What the list of customers says about a recipient.
#[derive(Clone, Debug, Default, Deserialize, PartialEq, Serialize)]
pub struct Holders {
    /// The customers with the address.
    pub with_address: Vec<Customer>,
    /// The customer with the number that the evidence gives, if their address is a different one now.
    pub changed: Option<Customer>,
    /// The customers with the suggested address.
    pub with_suggestion: Vec<Customer>,
}
