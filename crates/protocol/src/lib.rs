//! What the page and its worker say to each other.
//!
//! The page opens a file, sends its slices as bare `ArrayBuffer`s (transferred, not copied), and
//! finishes it; one file is open at a time. Results stay in the worker: the page asks for an
//! overview, a window of the list, or one recipient. What is taken along comes back in the same way,
//! in parts that are bare buffers.
//!
//! The messages keep serde's plain tagging: any other makes the page's code a fifth larger.

use bezorgd_model::{
    Cause, Change, ColumnChoice, ColumnReading, Customer, Day, FittingRule, Kind, Moment, NextStep,
    NoWorkbook, Original, Problem, ProblemCode, Provider, Recipient, Sender, State,
};
use bezorgd_senders::counter::{Counter, Step, Tally, Thresholds};
use bezorgd_senders::message_types::MessageType;
use serde::{Deserialize, Serialize};

/// From the page to the worker.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Request {
    /// Begin a new set of evidence: forget everything, and note the present.
    Clear {
        /// The present.
        now: Moment,
        /// What the person has set.
        settings: Box<Settings>,
    },
    /// The person set something else.
    Set(Box<Settings>),
    /// A file begins; the buffers that follow are its slices, in order.
    Open {
        /// Identifies the file to the page; [`ReportColumns::file`] repeats it.
        file: u32,
        /// Its name, as shown.
        name: String,
        /// What it is for.
        purpose: Purpose,
        /// How the columns of a report in it are to be read; `None` finds out.
        columns: Option<ColumnChoice>,
    },
    /// The open file is complete.
    Finish,
    /// The open file could not be read to its end; what was found so far stays.
    Fail {
        /// What the browser said.
        detail: String,
    },
    /// The user stopped: close the open file and keep what was found.
    Cancel,
    /// Every file is closed: find what only the whole shows.
    Conclude,
    /// Ask for a window of the list.
    List {
        /// Which recipients.
        filter: Filter,
        /// How many of them to skip.
        offset: u32,
        /// How many to send at most.
        limit: u32,
    },
    /// Ask for everything about one recipient.
    Show {
        /// [`Row::id`].
        id: u32,
    },
    /// Ask for the whole list, to take along.
    Export {
        /// Which recipients, in which order.
        filter: Filter,
        /// What stands on each line.
        list: List,
        /// In which form.
        form: Form,
    },
    /// Ask for the table of message types, to take along.
    ExportMessageTypes,
    /// Ask for the whole list, to print.
    Print {
        /// Which recipients, in which order.
        filter: Filter,
        /// How many of them to send at most.
        limit: u32,
    },
}

/// What a file is for.
#[derive(Clone, Copy, Debug, Default, Deserialize, Eq, PartialEq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Purpose {
    /// It tells what was delivered and what was not.
    #[default]
    Evidence,
    /// It tells who should have received something.
    Expected,
    /// It tells who has which address.
    Customers,
    /// It tells which types of message there are, as it was taken along before.
    MessageTypes,
}

/// What a person may set.
#[derive(Clone, Debug, Default, Deserialize, PartialEq, Serialize)]
pub struct Settings {
    /// The system that sent the messages; `None` lets the evidence tell.
    pub sender: Option<Sender>,
    /// The system that is assumed where the evidence does not tell.
    pub assumed: Option<Sender>,
    /// What happens as bounces add up; `None` is what the sending system is known to do.
    pub thresholds: Option<Thresholds>,
    /// The types of message; `None` are those that the sending system is known to have.
    pub message_types: Option<Vec<MessageType>>,
}

/// From the worker to the page.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Event {
    /// The worker can take requests.
    Ready,
    /// The open file, so far.
    Progress {
        /// Bytes taken in.
        bytes: f64,
    },
    /// The open file is done, stopped or failed.
    Closed,
    /// What there is; sent when it changes.
    Overview(Box<Overview>),
    /// The window that was asked for.
    Listing {
        /// The filter it answers.
        filter: Filter,
        /// How many recipients pass the filter.
        total: u32,
        /// How many of them were skipped.
        offset: u32,
        /// The window.
        rows: Vec<Row>,
    },
    /// The recipient that was asked for.
    Shown(Box<Detail>),
    /// The next part of what was asked to take along; travels as a bare `ArrayBuffer`.
    Part(Vec<u8>),
    /// All parts were sent.
    Exported,
    /// There is no workbook to take along; parts that were sent are of no use.
    NotExported(NoWorkbook),
    /// What was asked to print.
    Printing(Vec<Row>),
    /// The types of message that a file tells; `None` when it is no such file.
    MessageTypes(Option<Vec<MessageType>>),
}

/// What stands on each line of a list that is taken along.
#[derive(Clone, Copy, Debug, Deserialize, Eq, PartialEq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum List {
    /// A recipient.
    Recipients,
    /// A message that bounced, as in the message list of Wise.
    Messages,
}

/// The form in which a list is taken along.
#[derive(Clone, Copy, Debug, Deserialize, Eq, PartialEq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Form {
    /// A workbook.
    Workbook,
    /// A table that Excel opens in columns.
    Csv,
    /// The addresses alone, one per line.
    Addresses,
}

impl Form {
    /// Whether the module that opens and writes containers has to write it.
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
    /// Only those whose address contains this, in any case.
    pub search: String,
    /// Only those for whom this is to be done.
    pub next_step: Option<NextStep>,
    /// Only those for whom the newest report changed this.
    pub change: Option<Change>,
    /// Only those for whom something failed on one of these days, both included.
    pub period: Option<(Day, Day)>,
    /// In which order.
    pub sort: Sort,
}

impl Filter {
    /// Whether a moment falls in the period; every one does when there is none.
    pub fn covers(&self, at: Option<Moment>) -> bool {
        let Some((first, last)) = self.period else {
            return true;
        };
        at.is_some_and(|at| (first..=last).contains(&at.day()))
    }

    /// Whether it lets everyone pass.
    pub fn is_open(&self) -> bool {
        self.next_step.is_none()
            && self.change.is_none()
            && self.period.is_none()
            && self.search.trim().is_empty()
    }
}

/// The order of the list. Recipients that it does not tell apart are sorted by address.
#[derive(Clone, Copy, Debug, Default, Deserialize, Eq, PartialEq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Sort {
    /// By what is to be done, worst first.
    #[default]
    NextStep,
    /// By address.
    Address,
    /// By the last attempt, newest first.
    Latest,
    /// By cause, in the order of [`Cause::ALL`].
    Cause,
    /// By how many bounces were counted, most first.
    Bounces,
}

impl Sort {
    /// Every order.
    pub const ALL: [Self; 5] = [
        Self::NextStep,
        Self::Address,
        Self::Latest,
        Self::Cause,
        Self::Bounces,
    ];
}

/// How many recipients there are, of which sort, and what could not be read.
#[derive(Clone, Debug, Default, Deserialize, PartialEq, Serialize)]
pub struct Overview {
    /// Files that were opened and closed.
    pub files: u32,
    /// Messages and reports that were diagnosed.
    pub messages: u32,
    /// Recipients, after merging repeated addresses.
    pub recipients: u32,
    /// How many recipients for each thing to do, worst first; none that are empty.
    pub next_steps: Vec<(NextStep, u32)>,
    /// How many messages and reports with recipients name each sending system, in the order of [`Sender::ALL`];
    /// none that are zero.
    pub senders: Vec<(Sender, u32)>,
    /// Whether bounces are counted: the messages come from a system that does so.
    pub counts: bool,
    /// How many messages there are of each kind; reports are not counted.
    pub kinds: Vec<(Kind, u32)>,
    /// In which months bounces fell, the newest first, and how many: year, month, bounces.
    pub months: Vec<(u16, u8, u32)>,
    /// Subjects of bounced messages whose type is not known, the most frequent first, and how often.
    pub untyped: Vec<(String, u32)>,
    /// How many customers the list has that was given; `None` without one.
    pub customers: Option<u32>,
    /// Whether there is a report at all, so that people can be missing from it.
    pub report: bool,
    /// How many of those who should have received something no report names; `None` until it was
    /// said who should have.
    pub missing: Option<u32>,
    /// How the columns of each report were read, the first reports only.
    pub columns: Vec<ReportColumns>,
    /// Domains at which as good as everything fails.
    pub providers: Vec<Provider>,
    /// What the newest of several reports changed, and for how many.
    pub changes: Vec<(Change, u32)>,
    /// What could not be read: the first few problems of each sort.
    pub problems: Vec<Problem>,
    /// How many more problems there are of a sort.
    pub more_problems: Vec<(ProblemCode, u32)>,
}

impl Overview {
    /// How many messages there are of this kind.
    pub fn of_kind(&self, kind: Kind) -> u32 {
        let known = self.kinds.iter().find(|(known, _)| *known == kind);
        known.map_or(0, |(_, count)| *count)
    }
}

/// How the columns of one report were read.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
pub struct ReportColumns {
    /// The file that holds the report: `file` of its [`Request::Open`].
    pub file: u32,
    /// The name of the report, as shown; inside an archive, with the path to it.
    pub name: String,
    /// How its columns were read.
    pub reading: ColumnReading,
}

/// One line of the list.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
pub struct Row {
    /// Stands for the recipient until the next [`Request::Clear`].
    pub id: u32,
    /// The address as the evidence writes it; empty when it names none.
    pub address: String,
    /// The name, where the evidence or the list of customers gives one.
    pub name: Option<String>,
    /// The number that the sender knows the recipient by.
    pub customer: Option<String>,
    /// Why.
    pub cause: Cause,
    /// Where delivery stands.
    pub state: State,
    /// What is to be done.
    pub next_step: NextStep,
    /// When it was last tried.
    pub at: Option<Moment>,
    /// Until when it is retried.
    pub retry_until: Option<Moment>,
    /// A likely right address.
    pub suggestion: Option<String>,
    /// Where the bounces leave the address, for a system that counts them.
    pub tally: Option<Tally>,
}

/// Everything about one recipient.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
pub struct Detail {
    /// [`Row::id`].
    pub id: u32,
    /// The recipient with its attempts.
    pub recipient: Recipient,
    /// What is to be done.
    pub next_step: NextStep,
    /// The system that sent the messages.
    pub sender: Sender,
    /// The domain that its mails come from; empty when that is not known.
    pub domain: String,
    /// Where each attempt was read, in the order of the attempts.
    pub sources: Vec<Source>,
    /// The sending system's own words for the cause.
    pub reasons: Vec<String>,
    /// What its bounces come to, for a system that counts them.
    pub bounces: Option<Bounces>,
    /// Who the recipient is in the list of customers; `None` without a list.
    pub holders: Option<Holders>,
    /// The rules that fit the words of the deciding attempt, the one that decides first.
    pub weighed: Vec<FittingRule>,
}

/// Where an attempt was read.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
pub struct Source {
    /// The file or message.
    pub file: String,
    /// The message that it is about, where that is quoted.
    pub original: Option<Original>,
}

/// What the bounces of a recipient come to.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
pub struct Bounces {
    /// Every bounce, counted.
    pub counter: Counter,
    /// Where they leave the address.
    pub tally: Tally,
    /// What came of each attempt, in the order of the attempts; `None` for one that did not fail.
    pub steps: Vec<Option<Step>>,
    /// The type of the message of each attempt, where that is known.
    pub types: Vec<Option<MessageType>>,
    /// What the sending system itself has counted, where the list of customers tells.
    pub listed: Option<u32>,
    /// What the counting went by.
    pub thresholds: Thresholds,
}

/// What the list of customers tells about a recipient.
#[derive(Clone, Debug, Default, Deserialize, PartialEq, Serialize)]
pub struct Holders {
    /// Who has the address now.
    pub with_address: Vec<Customer>,
    /// The customer with the number that the evidence gives, when they have another address by now.
    pub changed: Option<Customer>,
    /// Who has the address that is proposed.
    pub with_suggestion: Vec<Customer>,
}
