//! What the page and its worker say to each other.
//!
//! The page opens a file, sends its slices as bare `ArrayBuffer`s (transferred, not copied), and
//! finishes it; one file is open at a time. Results stay in the worker: the page asks for an
//! overview, a window of the list, or one recipient. What is taken along comes back in the same way,
//! in parts that are bare buffers.
//!
//! The messages keep serde's plain tagging: any other makes the page's code a fifth larger.

use crate::formats::spreadsheet::NoWorkbook;
use crate::model::{
    Cause, ColumnChoice, ColumnReading, Moment, Original, Problem, ProblemCode, Recipient, Sender,
    State,
};
use crate::patterns::{Change, Provider};
use crate::rules::{self, Evidence, Lost};
use serde::{Deserialize, Serialize};

/// From the page to the worker.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Request {
    /// Begin a new set of evidence: forget everything, and note the present.
    Clear {
        /// The present.
        now: Moment,
    },
    /// A file begins; the buffers that follow are its slices, in order.
    Open {
        /// Its name, as shown.
        name: String,
        /// Its size in bytes.
        size: f64,
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
        /// In which form.
        form: Form,
    },
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
        /// Messages or reports diagnosed.
        messages: u32,
    },
    /// The open file is done, stopped or failed.
    Closed,
    /// What there is; sent when it changes.
    Overview(Overview),
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

/// Which recipients the list shows, and in which order.
#[derive(Clone, Debug, Default, Deserialize, Eq, PartialEq, Serialize)]
pub struct Filter {
    /// Only those whose address contains this, in any case.
    pub search: String,
    /// Only those for whom this is to be done.
    pub turn: Option<Turn>,
    /// Only those for whom the newest report changed this.
    pub change: Option<Change>,
    /// In which order.
    pub sort: Sort,
}

impl Filter {
    /// Whether it lets everyone pass.
    pub fn is_open(&self) -> bool {
        self.turn.is_none() && self.change.is_none() && self.search.trim().is_empty()
    }
}

/// The order of the list. Recipients that it does not tell apart are sorted by address.
#[derive(Clone, Copy, Debug, Default, Deserialize, Eq, PartialEq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Sort {
    /// By what is to be done, worst first.
    #[default]
    Turn,
    /// By address.
    Address,
    /// By the last attempt, newest first.
    Latest,
    /// By cause, in the order of [`Cause::ALL`].
    Cause,
}

impl Sort {
    /// Every order.
    pub const ALL: [Self; 4] = [Self::Turn, Self::Address, Self::Latest, Self::Cause];
}

/// How many recipients there are, of which sort, and what could not be read.
#[derive(Clone, Debug, Default, Deserialize, PartialEq, Serialize)]
pub struct Overview {
    /// Files that were opened and closed.
    pub files: u32,
    /// Messages and reports that were diagnosed.
    pub messages: u32,
    /// How many of them are ordinary mails, which say nothing about delivery.
    pub ordinary: u32,
    /// Recipients, after merging repeated addresses.
    pub recipients: u32,
    /// How many recipients for each thing to do, worst first; none that are empty.
    pub turns: Vec<(Turn, u32)>,
    /// Whether a report of POM is among the evidence: whom it does not name, POM never tried.
    pub pom: bool,
    /// Whether there is a report at all, so that people can be missing from it.
    pub report: bool,
    /// How many of those who should have received something no report names; `None` until it was
    /// said who should have.
    pub missing: Option<u32>,
    /// How the columns of each report were read, the first reports only.
    pub columns: Vec<(String, ColumnReading)>,
    /// Domains at which as good as everything fails.
    pub providers: Vec<Provider>,
    /// What the newest of several reports changed, and for how many.
    pub changes: Vec<(Change, u32)>,
    /// What could not be read: the first few problems of each sort.
    pub problems: Vec<Problem>,
    /// How many more problems there are of a sort.
    pub more_problems: Vec<(ProblemCode, u32)>,
}

/// One line of the list.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
pub struct Row {
    /// Stands for the recipient until the next [`Request::Clear`].
    pub id: u32,
    /// The address as the evidence writes it; empty when it names none.
    pub address: String,
    /// The name, where the evidence gives one.
    pub name: Option<String>,
    /// Why.
    pub cause: Cause,
    /// Where delivery stands.
    pub state: State,
    /// What is to be done.
    pub turn: Turn,
    /// When it was last tried.
    pub at: Option<Moment>,
    /// Until when it is retried.
    pub retry_until: Option<Moment>,
    /// A likely right address.
    pub suggestion: Option<String>,
}

/// Everything about one recipient.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
pub struct Detail {
    /// [`Row::id`].
    pub id: u32,
    /// The recipient with its attempts.
    pub recipient: Recipient,
    /// What is to be done.
    pub turn: Turn,
    /// The system that sent the messages.
    pub sender: Sender,
    /// The domain that its mails come from; empty when that is not known.
    pub domain: String,
    /// The file or message that each attempt comes from, in the order of the attempts.
    pub files: Vec<String>,
    /// The message it was about, where it is quoted.
    pub original: Option<Original>,
    /// The rules that fit the words of the deciding attempt, the one that decides first.
    pub weighed: Vec<Weighed>,
}

/// A rule that fits, and what came of it.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
pub struct Weighed {
    /// The rule, as `set/name`.
    pub rule: String,
    /// What it proves.
    pub cause: Cause,
    /// Where its words are documented or were seen.
    pub source: String,
    /// The words it matched; empty when a code was enough.
    pub words: String,
    /// Why another rule decided; `None` for the one that did.
    pub lost: Option<Lost>,
}

impl Weighed {
    /// Every rule that fits, once, the one that decides first.
    pub fn all(evidence: &Evidence<'_>) -> Vec<Self> {
        let mut all: Vec<Self> = Vec::new();
        for candidate in rules::explain(evidence) {
            if all.iter().any(|known| known.rule == candidate.rule.id) {
                continue;
            }
            let words = candidate.matched.and_then(|range| evidence.text.get(range));
            all.push(Self {
                rule: candidate.rule.id.to_owned(),
                cause: candidate.rule.cause,
                source: candidate.rule.source.to_owned(),
                words: words.unwrap_or_default().to_owned(),
                lost: candidate.lost,
            });
        }
        all
    }
}

/// What has to be done about a recipient, and by whom; worst first.
#[derive(Clone, Copy, Debug, Deserialize, Eq, Hash, Ord, PartialEq, PartialOrd, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Turn {
    /// The sender corrects or replaces the address.
    CorrectAddress,
    /// The sender reaches the recipient in another way.
    OtherChannel,
    /// The sender ticks an option so that it is sent at all.
    TickOption,
    /// The recipient does something: frees space, lets the sender through.
    AskRecipient,
    /// The sender changes the message.
    ChangeMessage,
    /// A helpdesk or administrator looks into it.
    CallHelpdesk,
    /// A person reads the evidence.
    ReadEvidence,
    /// Wait: it is still being tried.
    Wait,
    /// It was delivered; the recipient looks in the spam folder.
    LookInSpam,
    /// Nothing to be done.
    Nothing,
}

impl Turn {
    /// Everything that can have to be done, worst first.
    pub const ALL: [Self; 10] = [
        Self::CorrectAddress,
        Self::OtherChannel,
        Self::TickOption,
        Self::AskRecipient,
        Self::ChangeMessage,
        Self::CallHelpdesk,
        Self::ReadEvidence,
        Self::Wait,
        Self::LookInSpam,
        Self::Nothing,
    ];

    /// The code that stands for it in messages and on the page.
    pub const fn code(self) -> &'static str {
        match self {
            Self::CorrectAddress => "correct-address",
            Self::OtherChannel => "other-channel",
            Self::TickOption => "tick-option",
            Self::AskRecipient => "ask-recipient",
            Self::ChangeMessage => "change-message",
            Self::CallHelpdesk => "call-helpdesk",
            Self::ReadEvidence => "read-evidence",
            Self::Wait => "wait",
            Self::LookInSpam => "look-in-spam",
            Self::Nothing => "nothing",
        }
    }
}
