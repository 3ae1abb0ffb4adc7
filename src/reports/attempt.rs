//! One row of a report as a delivery attempt.

use super::columns::Columns;
use super::dates;
use crate::formats::csv::Row;
use crate::model::{Action, Attempt, Cause, DateOrder, Role, Span};
use crate::rules::{self, Evidence};
use crate::senders::Policy;
use std::borrow::Cow;
use std::sync::Arc;

/// For how many different messages the verdict is kept.
const MESSAGES_KEPT: usize = 50;

/// Reads the attempt that a row reports.
pub fn read(
    row: Row<'_>,
    columns: &Columns,
    policy: &Policy,
    order: DateOrder,
    messages: &mut Messages,
) -> Attempt {
    let cell = |role| columns.cell(row, role);
    let status = cell(Role::Status).unwrap_or_default();
    let action = policy.action(status).unwrap_or(Action::Failed);
    let message = cell(Role::Message).filter(|_| action != Action::Delivered);
    let said = messages.about(message.unwrap_or(status));
    let verdict = said.verdict.filter(|_| message.is_some());
    let at = cell(Role::Date).and_then(|date| dates::parse(date, cell(Role::Time), order));
    let (cause, rule, matched) = match (action, verdict) {
        (Action::Delivered, _) => (Cause::Delivered, "report/delivered", Some(said.span)),
        (_, Some(verdict)) => (verdict.cause, verdict.rule, verdict.matched),
        (Action::Delayed, None) => (Cause::Temporary, rules::UNRECOGNISED, None),
        (_, None) => (Cause::Unknown, rules::UNRECOGNISED, None),
    };
    Attempt {
        at,
        action,
        cause,
        text: said.text,
        rule: Cow::Borrowed(rule),
        matched,
        line: Some(row.line),
        document: cell(Role::Document).map(Box::from),
        message_type: cell(Role::MessageType).map(|cell| policy.code(cell).into()),
        reply_code: None,
        status: None,
        remote: None,
    }
}

/// The verdict on each message. A report has thousands of rows and a handful of messages, so few that
/// comparing with each is faster than hashing one.
#[derive(Default)]
pub struct Messages(Vec<(Box<str>, Said)>);

/// The words of a cell, and what the rules make of them.
#[derive(Clone)]
struct Said {
    /// The cell with white space folded.
    text: Arc<str>,
    /// All of `text`.
    span: Span,
    verdict: Option<Verdict>,
}

/// The part of a [`rules::Verdict`] that an attempt keeps.
#[derive(Clone, Copy)]
struct Verdict {
    cause: Cause,
    rule: &'static str,
    matched: Option<Span>,
}

impl Messages {
    fn about(&mut self, cell: &str) -> Said {
        if let Some((_, said)) = self.0.iter().find(|(known, _)| **known == *cell) {
            return said.clone();
        }
        let said = Said::of(cell);
        // Where every message differs, as with an address in it, keeping them gains nothing.
        if self.0.len() < MESSAGES_KEPT {
            self.0.push((cell.into(), said.clone()));
        }
        said
    }
}

impl Said {
    fn of(cell: &str) -> Self {
        let words: Vec<&str> = cell.split_whitespace().collect();
        let text: Arc<str> = words.join(" ").into();
        let verdict = rules::diagnose(&Evidence {
            text: &text,
            ..Evidence::default()
        });
        let verdict = verdict.map(|verdict| Verdict {
            cause: verdict.cause,
            rule: verdict.rule,
            matched: verdict.matched.map(|bytes| Span::of_bytes(&text, bytes)),
        });
        let span = Span::of_bytes(&text, 0..text.len());
        Self {
            text,
            span,
            verdict,
        }
    }
}
