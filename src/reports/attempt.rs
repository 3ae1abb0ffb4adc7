//! One row of a report as a delivery attempt.

use super::columns::Columns;
use super::dates;
use crate::formats::csv::Row;
use crate::model::{Action, Attempt, Cause, DateOrder, Detail, Role, Span};
use crate::rules::{self, Evidence};
use crate::senders::Policy;
use crate::senders::statuses::{self, StatusMeaning};
use std::borrow::Cow;
use std::sync::Arc;

/// For how many different cells of a column their reading is kept.
const READINGS_KEPT: usize = 50;

/// The rule of an attempt whose status says the cause.
const BY_STATUS: &str = "report/status";

/// The rule of an attempt that arrived.
const ARRIVED: &str = "report/delivered";

/// Reads rows whose columns, sender and order of dates are known.
pub struct AttemptReader<'a> {
    columns: &'a Columns,
    policy: &'a Policy,
    date_order: DateOrder,
    statuses: Readings<Option<StatusMeaning>>,
    messages: Readings<Said>,
}

/// What a row says about the outcome.
struct RowOutcome {
    action: Action,
    cause: Cause,
    rule: &'static str,
    /// The part of the cell that decided.
    matched: Option<Span>,
    cell: Deciding,
}

/// The cell that decided.
enum Deciding {
    Status,
    /// The message, or where there is none, the status.
    Message,
}

impl RowOutcome {
    fn unrecognised(action: Action, cause: Cause) -> Self {
        Self {
            action,
            cause,
            rule: rules::UNRECOGNISED,
            matched: None,
            cell: Deciding::Message,
        }
    }

    fn of(action: Action, verdict: MessageVerdict, cell: Deciding) -> Self {
        Self {
            action,
            cause: verdict.cause,
            rule: verdict.rule,
            matched: verdict.matched,
            cell,
        }
    }
}

impl<'a> AttemptReader<'a> {
    pub fn new(columns: &'a Columns, policy: &'a Policy, date_order: DateOrder) -> Self {
        Self {
            columns,
            policy,
            date_order,
            statuses: Readings::default(),
            messages: Readings::default(),
        }
    }

    /// The meaning of the status of a row, if it has one that is known. A status `beside` the address
    /// comes before that of the row.
    pub fn status(&mut self, row: Row<'_>, beside: Option<&str>) -> Option<StatusMeaning> {
        let status = beside.or_else(|| self.columns.cell(row, Role::Status))?;
        let policy = self.policy;
        self.statuses.of(status, |status| policy.status(status))
    }

    /// Reads the attempt that a row reports.
    pub fn read(&mut self, row: Row<'_>, beside: Option<&str>) -> Attempt {
        let columns = self.columns;
        let cell = |role| columns.cell(row, role);
        let meaning = self.status(row, beside);
        let status = beside.or_else(|| cell(Role::Status));
        let status = status.map(|status| self.messages.of(status, Said::of));
        let message = self.message(row);
        let reply_code = columns.reply_code(row);
        let outcome = self.outcome(meaning, status.as_ref(), message.as_ref(), reply_code);
        let shown = match outcome.cell {
            Deciding::Status => status,
            Deciding::Message => message.or(status),
        };
        let date = cell(Role::Date);
        let detail = shown
            .as_ref()
            .filter(|said| {
                said.verdict
                    .is_some_and(|verdict| verdict.cause == outcome.cause)
            })
            .and_then(|said| said.detail.clone());
        Attempt {
            at: date.and_then(|date| dates::parse(date, cell(Role::Time), self.date_order)),
            action: outcome.action,
            cause: outcome.cause,
            detail,
            text: shown.map_or_else(|| Arc::from(""), |said| said.text),
            rule: Cow::Borrowed(outcome.rule),
            matched: outcome.matched,
            line: Some(row.line),
            document: cell(Role::Document).map(Box::from),
            message_type: cell(Role::MessageType).map(|cell| self.policy.code(cell).into()),
            reply_code,
            status: None,
            remote: None,
        }
    }

    /// The message of a row: the first whose cause is known, or else the first.
    fn message(&mut self, row: Row<'_>) -> Option<Said> {
        let mut first = None;
        for cell in self.columns.messages(row) {
            let said = self.messages.of(cell, Said::of);
            if said.verdict.is_some() {
                return Some(said);
            }
            first = first.or(Some(said));
        }
        first
    }

    /// Weighs what the status means against what the rules say about the message. Without either, a row
    /// only counts as failed where nothing else is listed.
    fn outcome(
        &self,
        meaning: Option<StatusMeaning>,
        status: Option<&Said>,
        message: Option<&Said>,
        reply_code: Option<u16>,
    ) -> RowOutcome {
        let said = message.and_then(|message| message.verdict);
        // The words say more than the code.
        let verdict = said.or_else(|| reply_code.and_then(|_| Some(by_rules("", reply_code)?.0)));
        let refusal = verdict.filter(|verdict| verdict.cause != Cause::Delivered);
        let by_status = |action, cause, rule| RowOutcome {
            action,
            cause,
            rule,
            matched: status.map(|status| status.span),
            cell: Deciding::Status,
        };
        let Some(StatusMeaning { action, cause }) = meaning else {
            let is_accepted = reply_code.is_some_and(|code| code < 300);
            if is_accepted && refusal.is_none() {
                return by_status(Action::Delivered, Cause::Delivered, ARRIVED);
            }
            return self.without_status(status, message, refusal);
        };
        match (action, refusal, cause) {
            (_, _, Some(cause)) => by_status(action, cause, BY_STATUS),
            // A message that was only passed on may have come back.
            (Action::Relayed | Action::Failed, Some(refusal), _) => {
                RowOutcome::of(Action::Failed, refusal, Deciding::Message)
            }
            (Action::Delayed, Some(refusal), _) => {
                RowOutcome::of(action, refusal, Deciding::Message)
            }
            (Action::Delivered | Action::Relayed | Action::Expanded, ..) => {
                by_status(action, Cause::Delivered, ARRIVED)
            }
            (Action::Delayed, ..) => RowOutcome::unrecognised(action, Cause::Temporary),
            (Action::Failed | Action::Unknown, ..) => {
                RowOutcome::unrecognised(action, Cause::Unknown)
            }
        }
    }

    /// The outcome of a row without a status that is known.
    fn without_status(
        &self,
        status: Option<&Said>,
        message: Option<&Said>,
        refusal: Option<MessageVerdict>,
    ) -> RowOutcome {
        if let Some(refusal) = refusal {
            return RowOutcome::of(Action::Failed, refusal, Deciding::Message);
        }
        // Some reports have the reason where others have the status.
        let in_status = status.and_then(|status| status.verdict);
        if let Some(refusal) = in_status.filter(|verdict| verdict.cause != Cause::Delivered) {
            return RowOutcome::of(Action::Failed, refusal, Deciding::Status);
        }
        let has_reason = message.is_some() && self.columns.has_reasons();
        let action = if has_reason || self.policy.lists_messages() {
            Action::Failed
        } else {
            Action::Unknown
        };
        RowOutcome::unrecognised(action, Cause::Unknown)
    }
}

/// What was read in the different cells of a column. A report has thousands of rows and a handful of
/// messages, so few that comparing with each is faster than hashing one.
struct Readings<T>(Vec<(Box<str>, T)>);

impl<T> Default for Readings<T> {
    fn default() -> Self {
        Self(Vec::new())
    }
}

impl<T: Clone> Readings<T> {
    fn of(&mut self, cell: &str, read: impl FnOnce(&str) -> T) -> T {
        if let Some((_, reading)) = self.0.iter().find(|(known, _)| **known == *cell) {
            return reading.clone();
        }
        let reading = read(cell);
        // Where every cell differs, as with an address in it, keeping them gains nothing.
        if self.0.len() < READINGS_KEPT {
            self.0.push((cell.into(), reading.clone()));
        }
        reading
    }
}

/// The words of a cell, and what the rules make of them.
#[derive(Clone)]
struct Said {
    /// The cell with white space folded.
    text: Arc<str>,
    /// All of `text`.
    span: Span,
    verdict: Option<MessageVerdict>,
    /// What they say beside the cause of the verdict.
    detail: Option<Box<Detail>>,
}

/// The part of a [`rules::Verdict`] that an attempt keeps.
#[derive(Clone, Copy)]
struct MessageVerdict {
    cause: Cause,
    rule: &'static str,
    matched: Option<Span>,
}

/// The verdict on a message, and what it says beside the cause: an entire message that is a word for a status with a cause says just that.
fn verdict(text: &str) -> Option<(MessageVerdict, Option<Box<Detail>>)> {
    let by_status = || {
        let verdict = MessageVerdict {
            cause: statuses::meaning(text)?.cause?,
            rule: BY_STATUS,
            matched: Some(Span::of_bytes(text, 0..text.len())),
        };
        Some((verdict, None))
    };
    by_status().or_else(|| by_rules(text, None))
}

/// The same by the rules, on the words of a server and its reply code.
fn by_rules(text: &str, reply_code: Option<u16>) -> Option<(MessageVerdict, Option<Box<Detail>>)> {
    let verdict = rules::diagnose(&Evidence {
        text,
        reply_code,
        ..Evidence::default()
    })?;
    let kept = MessageVerdict {
        cause: verdict.cause,
        rule: verdict.rule,
        matched: verdict.matched.map(|bytes| Span::of_bytes(text, bytes)),
    };
    Some((kept, verdict.detail))
}

impl Said {
    fn of(cell: &str) -> Self {
        let words: Vec<&str> = cell.split_whitespace().collect();
        let text: Arc<str> = words.join(" ").into();
        let (verdict, detail) = verdict(&text).unzip();
        let detail = detail.flatten();
        let span = Span::of_bytes(&text, 0..text.len());
        Self {
            detail,
            text,
            span,
            verdict,
        }
    }
}
