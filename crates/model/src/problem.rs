//! What could not be read, where, and what to do about it.

use crate::codes::closed_set;
use crate::columns::Role;
use serde::{Deserialize, Serialize};

/// Declares [`ProblemCode`] once, with its code, its weight and the English sentence in the JSON.
macro_rules! problems {
    ($($(#[$doc:meta])+ $name:ident = $code:literal, $weight:ident, $message:literal;)+) => {
        closed_set! {
            /// What is wrong with a file, as a closed set of codes.
            #[derive(Clone, Copy, Debug, Deserialize, Eq, Hash, PartialEq, Serialize)]
            pub enum ProblemCode {
                $($(#[$doc])+ $name = $code,)+
            }
        }

        impl ProblemCode {
            /// Whether it is no failure: everything was read, and this says how.
            pub const fn is_notice(self) -> bool {
                match self { $(ProblemCode::$name => matches!(Weight::$weight, Weight::Notice),)+ }
            }

            /// How many of one file, or of all evidence together, are listed before the others are only
            /// counted. Each broken address is a person who got nothing.
            pub const fn most_listed(self) -> usize {
                match self {
                    ProblemCode::BrokenAddress => 100,
                    _ => 5,
                }
            }

            /// What happened and what to do next, in English, for readers of the JSON.
            pub const fn message(self) -> &'static str {
                match self { $(ProblemCode::$name => $message,)+ }
            }
        }
    };
}

/// Whether a problem is a failure.
enum Weight {
    /// Something was not read.
    Loss,
    /// Nothing was lost.
    Notice,
}

problems! {
    /// The file is empty.
    Empty = "empty", Loss,
        "The file is empty. Save or export it again.";
    /// The operating system or browser could not read it.
    Unreadable = "unreadable", Loss,
        "The file could not be opened. Check that it still exists and that you may read it.";
    /// A format that contains no evidence, such as a picture.
    UnknownFormat = "unknown-format", Loss,
        "This is not a report or an e-mail. Give the report as CSV, or the e-mail saved as .eml.";
    /// A format that may contain evidence, but that cannot be read.
    UnsupportedFormat = "unsupported-format", Loss,
        "This kind of file is not read yet. Save the report as CSV, or the e-mail as .eml.";
    /// An archive that is locked with a password.
    Locked = "locked", Loss,
        "The archive is locked with a password. Unpack it first, and give the files.";
    /// An archive that is broken or cut off.
    DamagedArchive = "damaged-archive", Loss,
        "The archive is damaged or incomplete. Make or download it again, or give the files.";
    /// A workbook, or another Office document, that is locked with a password.
    LockedWorkbook = "locked-workbook", Loss,
        "The document is locked with a password. Save it without one, or save the report as CSV.";
    /// A workbook that is broken or cut off.
    DamagedWorkbook = "damaged-workbook", Loss,
        "The workbook is damaged or incomplete. Export it again, or save it as CSV.";
    /// The part of the page that opens archives, workbooks and Outlook messages could not be loaded.
    UnpackerMissing = "unpacker-missing", Loss,
        "What opens archives, workbooks and Outlook messages could not be loaded. Load the page again, and give the file again.";
    /// A file inside more archives or mails than are opened.
    NestedTooDeep = "nested-too-deep", Loss,
        "This file lies too deep inside other files. Unpack it or save the attachment first, and give the files.";
    /// More files in an archive than are read.
    TooManyFiles = "too-many-files", Loss,
        "The archive holds more files than can be read at once. Split it.";
    /// A file over the size limit of its format.
    TooLarge = "too-large", Loss,
        "The file is too large for its format. Split it, or save only the part that matters.";
    /// A table with more columns than are read.
    TooManyColumns = "too-many-columns", Loss,
        "The table has more columns than are read (512); the first were read. Delete the columns that do not matter.";
    /// A table without a column of e-mail addresses.
    NoAddressColumn = "no-address-column", Loss,
        "No column holds e-mail addresses. Export the report with its e-mail column.";
    /// A table without a column that says whether delivery succeeded.
    NoStatusColumn = "no-status-column", Loss,
        "No column says whether the e-mail was delivered. Export the report with its status column.";
    /// A row of a table without an address, which was skipped.
    RowWithoutAddress = "row-without-address", Loss,
        "This row has no e-mail address and was left out.";
    /// A row of a table whose address cannot be one, which was skipped.
    BrokenAddress = "broken-address", Loss,
        "This is not a valid e-mail address, so no e-mail can reach it. Correct it where it is kept, and send again.";
    /// Rows of a list of messages that are not about a bounced mail, which were skipped.
    RowsLeftOut = "rows-left-out", Notice,
        "These rows are about other messages than mails that bounced, and were left out.";
    /// A list of messages in which no row is about a bounced mail.
    NoBouncedMail = "no-bounced-mail", Loss,
        "No row of this list is about a mail that bounced. In Wise, choose Berichtstatus R and Berichtvorm M.";
    /// A list of customers in which no row names one.
    NoCustomer = "no-customer", Loss,
        "No row of this list names anybody. Export it with the number, the name and the e-mail address.";
    /// A row of a list of customers that names nobody.
    RowWithoutCustomer = "row-without-customer", Loss,
        "This row has no number, no name and no e-mail address, and was left out.";
    /// A cell that should be an e-mail address and is none.
    UnreadableAddress = "unreadable-address", Loss,
        "What stands in this row is no e-mail address; the row counts without it.";
    /// A cell that should be a number of bounces and is none.
    UnreadableCount = "unreadable-count", Loss,
        "The number of bounces in this row could not be read; the row counts without it.";
    /// A row of a table whose date could not be understood.
    UnreadableDate = "unreadable-date", Loss,
        "The date of this row could not be read; the row counts without a date.";
    /// A message that ends in an ellipsis before it names the reason.
    CutOff = "cut-off", Loss,
        "The message of this row is cut off, so that its reason is not visible. Give the report as a file, or widen the column before copying.";
    /// Rows whose status is in no vocabulary, so that their outcome is unknown.
    UnknownStatus = "unknown-status", Loss,
        "The status of these rows is not known, so they have no outcome. Check which column holds the status.";
    /// More than one column could have the same role; the more likely one was read.
    ColumnChosen = "column-chosen", Notice,
        "More than one column could hold the same; the better one was read.";
    /// Dates that may have the day or the month first.
    AmbiguousDates = "ambiguous-dates", Notice,
        "The dates do not tell whether the day or the month stands first; they were read day first.";
    /// The end of an e-mail is missing.
    Truncated = "truncated", Loss,
        "The e-mail is cut off. What is there was read; save the complete e-mail for the rest.";
    /// An e-mail, or an attachment of an Outlook message, of which only the front was read.
    Shortened = "shortened", Loss,
        "The e-mail is very long; only its first 16 MB were read, where a report is. Save attachments separately, and give them.";
    /// A report in words of which only the front was read.
    LongText = "long-text", Loss,
        "The text of the report is very long; only its first 64 kB were read. Look for recipients further down in it.";
    /// An e-mail with more parts, recipients or attachments, or more of them in one another, than are read.
    TooManyParts = "too-many-parts", Loss,
        "The e-mail consists of more parts than are read (10,000, or e-mails 8 deep in one another). Save what is attached separately, and give it.";
    /// A text that does not say that an e-mail was not delivered.
    NoEvidence = "no-evidence", Loss,
        "Nothing in this text says that an e-mail was not delivered. Give the whole error message.";
    /// An e-mail or text that names no recipient.
    NoRecipient = "no-recipient", Loss,
        "The e-mail says that delivery failed, but not for which address.";
}

/// One thing that could not be read. The rest of the evidence is read all the same.
#[derive(Clone, Debug, Deserialize, Eq, PartialEq, Serialize)]
pub struct Problem {
    /// What is wrong.
    pub code: ProblemCode,
    /// The file or message, as [`Diagnosis::file`](crate::Diagnosis::file) names it.
    pub file: String,
    /// The line in the file, from 1; `None` if the problem is not at a line.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub line: Option<u32>,
    /// The columns, cells or counts in question; `None` if there is nothing to add.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub detail: Option<ProblemDetail>,
    /// What happened and what to do next, in English.
    pub message: String,
}

/// The evidence of a problem, without words of any language.
#[derive(Clone, Debug, Deserialize, Eq, PartialEq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum ProblemDetail {
    /// The columns of the table, by their headers; long ones are cut off.
    Columns(Vec<String>),
    /// The first cells of a table without headers; long ones are cut off.
    FirstCells(Vec<String>),
    /// Two columns that could have the same role: the one that was read, and one that was not.
    Rivals(ColumnName, ColumnName),
    /// How many more rows have the same problem.
    MoreRows(u32),
    /// How many rows were skipped in total, and how many for each listed reason.
    LeftOut(u32, Vec<LeftOut>),
    /// The text of a cell, cut off if long.
    Cell(String),
    /// What is written where an address should be, and what it was probably meant to be.
    Address(WrittenAddress),
    /// What the operating system or the browser reported, in its own words.
    System(String),
}

/// What is written where an address should be.
#[derive(Clone, Debug, Deserialize, Eq, PartialEq, Serialize)]
pub struct WrittenAddress {
    /// As it is written; cut off when long.
    pub written: String,
    /// The address that was probably meant, where there is a good reason to think so.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub likely: Option<String>,
}

/// The name of a column.
#[derive(Clone, Debug, Deserialize, Eq, PartialEq, Serialize)]
pub struct ColumnName {
    /// Its number, from 1.
    pub number: u32,
    /// Its header, cut off if long; empty without one.
    pub header: String,
}

/// Rows that were skipped for one reason.
#[derive(Clone, Debug, Deserialize, Eq, PartialEq, Serialize)]
pub struct LeftOut {
    /// The column that decided.
    pub role: Role,
    /// The text of its cells in these rows, cut off if long; empty for empty cells.
    pub cell: String,
    /// How many rows there are.
    pub rows: u32,
}

impl Problem {
    /// A problem with an entire file.
    pub fn in_file(code: ProblemCode, file: &str) -> Self {
        Self {
            code,
            file: file.to_owned(),
            line: None,
            detail: None,
            message: code.message().to_owned(),
        }
    }

    /// A problem at one line of a file, counted from 1.
    pub fn at_line(code: ProblemCode, file: &str, line: u32) -> Self {
        Self {
            line: Some(line),
            ..Self::in_file(code, file)
        }
    }

    /// Adds the evidence of the problem.
    #[must_use]
    pub fn because(mut self, detail: ProblemDetail) -> Self {
        self.detail = Some(detail);
        self
    }
}
