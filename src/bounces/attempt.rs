//! Names the cause of one attempt, from the nearest words that state one.
//!
//! First what the server said about the recipient, then what the report says about them, then the
//! rest of the report and its subject. Reports surround the reason with general advice, so words
//! further away must say more to count.

use super::server_text;
use crate::formats::mail::Mail;
use crate::model::{Action, Attempt, Cause, EnhancedStatus, Moment, Span};
use crate::rules::{self, Evidence, Strength, Verdict};
use std::borrow::Cow;
use std::cell::OnceCell;

/// One recipient whose cause is not determined yet.
#[derive(Debug, Default)]
pub struct Draft<'a> {
    /// The address; empty when the report names none.
    pub address: Cow<'a, str>,
    /// What the report says was done.
    pub action: Option<Action>,
    /// The status code in a separate field.
    pub status: Option<EnhancedStatus>,
    /// The server that spoke.
    pub remote: Option<Cow<'a, str>>,
    /// When it was last tried.
    pub at: Option<Moment>,
    /// Until when it will be tried.
    pub retry_until: Option<Moment>,
    /// The words of the server about this recipient.
    pub diagnostic: Cow<'a, str>,
    /// What the report says about this recipient, nearest first.
    pub about: Vec<&'a str>,
    /// Whether everything the report says may concern this recipient.
    pub alone: bool,
}

/// What all recipients of a report share.
#[derive(Debug)]
pub struct Report<'a> {
    mail: &'a Mail<'a>,
    text: &'a str,
    action: Action,
    /// The text, folded; once.
    paragraphs: OnceCell<String>,
    /// The replies that the report quotes, and what they state; determined once.
    quoted: OnceCell<Statement>,
    /// What the entire report states; determined once.
    whole: OnceCell<Statement>,
}

/// Words and the cause that they state.
#[derive(Clone, Debug)]
struct Statement {
    text: String,
    verdict: Option<Verdict>,
}

impl<'a> Report<'a> {
    /// A report that says `text`; `action` holds for recipients about whom it says nothing else.
    pub fn new(mail: &'a Mail<'_>, text: &'a str, action: Action) -> Self {
        Self {
            mail,
            text,
            action,
            paragraphs: OnceCell::new(),
            quoted: OnceCell::new(),
            whole: OnceCell::new(),
        }
    }

    /// The attempt that a draft describes, with its cause.
    pub fn attempt(&self, draft: &Draft<'_>) -> Attempt {
        let diagnostic = server_text::fold(&draft.diagnostic);
        // Postfix writes 4.0.0 or 5.0.0 beside a reply that says more.
        let said = rules::codes::status(&diagnostic);
        let status = draft.status.filter(|status| status.subject != 0);
        let status = status.or(said).or(draft.status);
        let reply_code = rules::codes::reply(&diagnostic);
        let verdict = rules::diagnose(&Evidence {
            text: &diagnostic,
            status,
            reply_code,
        });
        let best = self.best(
            draft,
            Statement {
                text: diagnostic,
                verdict,
            },
        );
        let matched = best
            .verdict
            .as_ref()
            .and_then(|verdict| verdict.matched.clone());
        let (text, matched) = server_text::paragraph(&best.text, matched);
        let text = match text {
            "" => server_text::fold(draft.about.first().unwrap_or(&self.text)),
            text => text.to_owned(),
        };
        let action = draft.action.unwrap_or(self.action);
        let arrived = matches!(
            action,
            Action::Delivered | Action::Relayed | Action::Expanded
        );
        // The sentence that states the cause need not be the one with the code.
        let quoted = match self.quoted.get() {
            Some(quoted) if draft.alone => quoted.text.as_str(),
            _ => "",
        };
        let cause = match (action, best.verdict.as_ref().map(|verdict| verdict.cause)) {
            _ if arrived => Cause::Delivered,
            (Action::Delayed, None | Some(Cause::Expired)) => Cause::Temporary,
            (_, cause) => cause.unwrap_or(Cause::Unknown),
        };
        let verdict = best.verdict.as_ref();
        let detail = verdict.filter(|verdict| verdict.cause == cause);
        let detail = detail.and_then(|verdict| verdict.detail.clone());
        // The address that failed is not the new one.
        let is_new = |name: &str| !name.eq_ignore_ascii_case(&draft.address);
        let detail = detail.filter(|detail| detail.name.as_deref().is_none_or(is_new));
        Attempt {
            at: draft.at.or_else(|| self.mail.date()),
            action,
            cause,
            detail,
            matched: matched
                .filter(|_| !arrived)
                .map(|bytes| Span::of_bytes(&text, bytes)),
            rule: Cow::Borrowed(match best.verdict {
                _ if arrived => "structure/delivered",
                Some(verdict) => verdict.rule,
                None => rules::UNRECOGNISED,
            }),
            reply_code: reply_code
                .or_else(|| rules::codes::reply(&text))
                .or_else(|| rules::codes::reply(quoted)),
            status: status
                .or_else(|| rules::codes::status(&text))
                .or_else(|| rules::codes::status(quoted)),
            remote: draft.remote.as_deref().map(str::to_owned),
            text: text.into(),
            line: None,
            document: None,
            message_type: None,
        }
    }

    /// What states the cause best: the diagnostic, or words further away.
    fn best(&self, draft: &Draft<'_>, diagnostic: Statement) -> Statement {
        let mut best = diagnostic;
        for about in &draft.about {
            let all = server_text::paragraphs(about);
            best.give_way_to(|| Cow::Owned(Statement::of(server_text::replies(&all))));
            best.give_way_to(|| Cow::Owned(Statement::of(all)));
        }
        if draft.alone {
            let paragraphs = || {
                self.paragraphs
                    .get_or_init(|| server_text::paragraphs(self.text))
            };
            let quoted = || Statement::of(server_text::replies(paragraphs()));
            best.give_way_to(|| Cow::Borrowed(self.quoted.get_or_init(quoted)));
            let whole = || Statement::of(paragraphs().clone());
            // Boilerplate does not overrule a code that names the mailbox or its address.
            if !draft
                .status
                .is_some_and(|status| matches!(status.subject, 1 | 2) && status.detail > 0)
                || best.verdict.is_none()
            {
                best.give_way_to(|| Cow::Borrowed(self.whole.get_or_init(whole)));
            }
        }
        // The subject says nothing about one of several that has a separate status.
        if draft.alone || draft.status.is_none() {
            best.give_way_to(|| Cow::Owned(Statement::of(self.subject())));
        }
        best
    }

    fn subject(&self) -> String {
        server_text::fold(self.mail.header("Subject").unwrap_or_default())
    }

    /// An attempt that reports no failure, on the strength of what sort of mail it is.
    pub fn without_failure(&self, cause: Cause, rule: &'static str) -> Attempt {
        Attempt {
            at: self.mail.date(),
            action: Action::Delivered,
            cause,
            detail: None,
            text: self.subject().into(),
            rule: Cow::Borrowed(rule),
            matched: None,
            line: None,
            document: None,
            message_type: None,
            reply_code: None,
            status: None,
            remote: None,
        }
    }
}

impl Statement {
    fn of(text: String) -> Self {
        let verdict = rules::diagnose(&Evidence {
            text: &text,
            ..Evidence::default()
        });
        Self { text, verdict }
    }

    /// Whether the cause is stated so well that nothing further away is needed.
    fn is_settled(&self) -> bool {
        self.verdict
            .as_ref()
            .is_some_and(|verdict| verdict.strength >= Strength::Phrase)
    }

    /// Unless settled, reads another statement and adopts one that says more. Only one that names
    /// the cause in words overrides the status code that a server gave.
    fn give_way_to<'a>(&mut self, other: impl FnOnce() -> Cow<'a, Self>) {
        if self.is_settled() {
            return;
        }
        let other = other();
        let Some(theirs) = &other.verdict else {
            return;
        };
        let is_better = self.verdict.as_ref().is_none_or(|ours| {
            theirs.strength > ours.strength
                && (theirs.strength >= Strength::Phrase || ours.strength < Strength::Status)
        });
        if is_better {
            *self = other.into_owned();
        }
    }
}
