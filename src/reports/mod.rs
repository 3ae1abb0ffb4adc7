//! Delivery reports: tables of attempts to reach an address.
//!
//! Which column holds what is found by its contents; each row becomes an attempt whose cause the
//! rules name; the attempts of one address together tell where delivery stands.

mod columns;
mod dates;
pub mod history;

use crate::address;
use crate::formats::csv::{Row, Table};
use crate::model::{
    Action, Attempt, Cause, Diagnosis, Format, Kind, Problem, ProblemCode, Recipient, Sender, Span,
    State,
};
use crate::reading::Options;
use crate::rules::{self, Evidence};
use crate::senders::Policy;
use columns::Columns;
use dates::Order;
use std::borrow::Cow;
use std::collections::HashSet;

/// How many rows of the same trouble are named one by one; the rest of them is told as a number.
const ROWS_NAMED: usize = 5;

/// For how many different messages the verdict is remembered.
const VERDICTS_KEPT: usize = 50;

/// Reads a table as a delivery report.
pub fn read(file: &str, format: Format, table: &Table, options: &Options) -> Diagnosis {
    let sender = options.sender.unwrap_or_else(|| recognise_sender(table));
    let policy = Policy::of(sender);
    let mut diagnosis = Diagnosis {
        file: file.to_owned(),
        kind: Kind::Report,
        format: Some(format),
        sender: Some(sender),
        recipients: Vec::new(),
        original: None,
        problems: Vec::new(),
    };
    let columns = match Columns::find(table, policy) {
        Ok(columns) => columns,
        Err(missing) => {
            diagnosis.kind = Kind::Unreadable;
            diagnosis.problems.push(Problem::in_file(missing, file));
            return diagnosis;
        }
    };
    let order = Order::of_column(table.rows().filter_map(|row| columns.date(row)));
    let mut history = history::History::default();
    let mut troubles = Troubles::default();
    let mut verdicts = Verdicts::default();
    for row in table.rows().skip(columns.first_data_row) {
        match columns.address(row) {
            Some(address) => {
                let attempt = attempt(row, &columns, policy, order, &mut verdicts);
                if attempt.at.is_none() && columns.date(row).is_some() {
                    troubles.push(ProblemCode::UnreadableDate, row.line);
                }
                history.add(address, attempt);
            }
            // Titles and totals have no status either: nothing is lost with them.
            None if columns
                .status(row)
                .is_some_and(|status| policy.action(status).is_some()) =>
            {
                troubles.push(ProblemCode::RowWithoutAddress, row.line);
            }
            None => {}
        }
    }
    diagnosis.recipients = history.settle(policy, options.now);
    diagnosis.problems = troubles.into_problems(file);
    diagnosis
}

/// Tells which addresses of a table or list are not among those that were seen, in lower case.
pub fn not_attempted(
    file: &str,
    table: &Table,
    seen: &HashSet<String>,
    sender: Option<Sender>,
) -> Diagnosis {
    let mut told = HashSet::new();
    let cells = table.rows().flat_map(Row::cells);
    let expected: Vec<&str> = cells.filter_map(address::single).collect();
    let no_address = expected.is_empty();
    let missing = expected.into_iter().filter(|address| {
        let key = address.to_lowercase();
        !seen.contains(&key) && told.insert(key)
    });
    let recipients = missing.map(|address| Recipient {
        address: address.to_owned(),
        cause: Cause::NotAttempted,
        permanence: Cause::NotAttempted.permanence(),
        state: State::NotAttempted,
        retry_until: None,
        suggestion: None,
        attempts: Vec::new(),
    });
    Diagnosis {
        file: file.to_owned(),
        kind: if no_address {
            Kind::Unreadable
        } else {
            Kind::Report
        },
        format: Some(Format::Csv),
        sender,
        recipients: recipients.collect(),
        original: None,
        problems: if no_address {
            vec![Problem::in_file(ProblemCode::NoAddressColumn, file)]
        } else {
            Vec::new()
        },
    }
}

/// POM writes its status in capitals, and has messages of its own.
fn recognise_sender(table: &Table) -> Sender {
    let pom = Policy::of(Sender::Pom);
    let literal = |cell: &str| {
        pom.delivered
            .iter()
            .chain(pom.failed)
            .any(|word| *word == cell)
    };
    let speaks_pom = |cell: &str| {
        cell.contains(' ')
            && rules::diagnose(&Evidence {
                text: cell,
                ..Evidence::default()
            })
            .is_some_and(|verdict| verdict.rule.starts_with("pom/"))
    };
    let sample = table.rows().take(columns::SAMPLE_ROWS);
    if sample
        .flat_map(Row::cells)
        .any(|cell| literal(cell) || speaks_pom(cell))
    {
        Sender::Pom
    } else {
        Sender::Other
    }
}

/// What one row says.
fn attempt<'a>(
    row: Row<'a>,
    columns: &Columns,
    policy: &Policy,
    order: Order,
    verdicts: &mut Verdicts<'a>,
) -> Attempt {
    let status = columns.status(row).unwrap_or_default();
    let message = columns.message(row).unwrap_or_default();
    let action = policy.action(status).unwrap_or(Action::Failed);
    let mut attempt = Attempt {
        at: columns.date(row).and_then(|text| dates::parse(text, order)),
        action,
        cause: Cause::Unknown,
        text: message.to_owned(),
        rule: Cow::Borrowed(rules::UNRECOGNISED),
        matched: None,
        line: Some(row.line),
        document: columns.document(row).map(str::to_owned),
        reply_code: None,
        status: None,
        remote: None,
    };
    if action == Action::Delivered {
        attempt.cause = Cause::Delivered;
        attempt.rule = Cow::Borrowed("report/delivered");
        attempt.text = status.to_owned();
        attempt.matched = Some(Span::of_bytes(status, 0..status.len()));
    } else if let Some(verdict) = verdicts.about(message) {
        attempt.cause = verdict.cause;
        attempt.rule = Cow::Borrowed(verdict.rule);
        attempt.matched = verdict.matched;
    } else if action == Action::Delayed {
        attempt.cause = Cause::Temporary;
    }
    if attempt.text.is_empty() {
        attempt.text = status.to_owned();
    }
    attempt
}

/// What the rules say about each message. A report has thousands of rows and a handful of messages,
/// so few that looking at each is faster than hashing one.
#[derive(Default)]
struct Verdicts<'a>(Vec<(&'a str, Option<Verdict>)>);

/// What stays of a [`rules::Verdict`] about a whole message.
#[derive(Clone, Copy)]
struct Verdict {
    cause: Cause,
    rule: &'static str,
    matched: Option<Span>,
}

impl<'a> Verdicts<'a> {
    fn about(&mut self, message: &'a str) -> Option<Verdict> {
        if let Some((_, verdict)) = self.0.iter().find(|(known, _)| *known == message) {
            return *verdict;
        }
        let verdict = rules::diagnose(&Evidence {
            text: message,
            ..Evidence::default()
        });
        let verdict = verdict.map(|verdict| Verdict {
            cause: verdict.cause,
            rule: verdict.rule,
            matched: verdict.matched.map(|bytes| Span::of_bytes(message, bytes)),
        });
        // Where every message differs, as with an address in it, remembering them gains nothing.
        if self.0.len() < VERDICTS_KEPT {
            self.0.push((message, verdict));
        }
        verdict
    }
}

/// Rows that could not be read wholly, kept short: a broken column must not bury the results.
#[derive(Default)]
struct Troubles(Vec<(ProblemCode, Vec<u64>)>);

impl Troubles {
    fn push(&mut self, code: ProblemCode, line: u64) {
        match self.0.iter_mut().find(|(known, _)| *known == code) {
            Some((_, lines)) => lines.push(line),
            None => self.0.push((code, vec![line])),
        }
    }

    fn into_problems(self, file: &str) -> Vec<Problem> {
        let mut problems = Vec::new();
        for (code, lines) in self.0 {
            let named = lines.iter().take(ROWS_NAMED);
            problems.extend(named.map(|line| Problem::at_line(code, file, *line)));
            if let Some(rest) = lines.len().checked_sub(ROWS_NAMED).filter(|rest| *rest > 0) {
                problems
                    .push(Problem::in_file(code, file).because(&format!("and {rest} more rows")));
            }
        }
        problems
    }
}
