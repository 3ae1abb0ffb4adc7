//! From a mail to what it says about each recipient.
//!
//! Delivery status fields (RFC 3464) come first, then a feedback report (RFC 5965) or the marks of
//! an automatic answer (RFC 3834), then the text itself. Which cause the words prove is for
//! [`crate::rules`] to say; this module finds the words that belong to a recipient.

mod address;
mod auto_reply;
mod delivery_status;
mod feedback;
mod kind;
mod markers;
mod prose;
mod words;

use crate::formats::{eml, mail::Mail, mail::Part};
use crate::model::{
    Action, Attempt, Cause, Diagnosis, EnhancedStatus, Format, Kind, Moment, Original, Problem,
    ProblemCode, Recipient, Span, State,
};
use crate::rules::{self, Evidence, Strength, Verdict};
use delivery_status::Fields;
use prose::{Mention, Prose};
use std::borrow::Cow;

/// The rule that stands in an attempt whose cause no rule gave.
const NO_RULE: &str = "none";

/// How deep a report inside an ordinary mail is looked for.
const DEEPEST: usize = 3;

/// Reads what a mail says about the delivery of another.
pub fn diagnose(mail: &Mail<'_>, file: &str, format: Format) -> Diagnosis {
    let mut diagnosis = read(mail, DEEPEST);
    diagnosis.file = file.to_owned();
    diagnosis.format = Some(format);
    let names_nobody = diagnosis
        .recipients
        .iter()
        .any(|one| one.address.is_empty());
    if mail.truncated {
        let problem = Problem::in_file(ProblemCode::Truncated, file);
        diagnosis.problems.push(problem);
    }
    if names_nobody && matches!(diagnosis.kind, Kind::Bounce | Kind::Delay) {
        let problem = Problem::in_file(ProblemCode::NoRecipient, file);
        diagnosis.problems.push(problem);
    }
    diagnosis
}

/// One recipient before its cause is known.
#[derive(Debug, Default)]
struct Draft<'a> {
    address: Cow<'a, str>,
    action: Option<Action>,
    status: Option<EnhancedStatus>,
    remote: Option<Cow<'a, str>>,
    at: Option<Moment>,
    /// The words of the server about this recipient.
    diagnostic: Cow<'a, str>,
    /// What else the report says that may concern this recipient, nearest first.
    around: Vec<&'a str>,
}

fn read(mail: &Mail<'_>, depth: usize) -> Diagnosis {
    if let Some(recipients) = feedback::read(mail) {
        return complaint(mail, &recipients);
    }
    let text = readable(mail);
    let prose = Prose::new(&text);
    let fields = status_fields(mail, &text);
    let quoted = prose.returned.and_then(eml::read_headers);
    let returned = mail.enclosed().or(quoted.as_ref());
    let kind = kind::of(mail, prose.report, !fields.is_empty());
    if kind == Kind::NotABounce
        && depth > 0
        && let Some(enclosed) = mail.enclosed()
    {
        let inner = read(enclosed, depth - 1);
        if inner.kind != Kind::NotABounce {
            return inner;
        }
    }
    let drafts = match kind {
        Kind::NotABounce => Vec::new(),
        Kind::AutoReply => vec![Draft {
            address: sender(mail).into(),
            ..Draft::default()
        }],
        _ if !fields.is_empty() => of_fields(fields, mail, &prose),
        _ => of_prose(mail, &prose, returned),
    };
    let subject = mail.header("Subject").unwrap_or_default();
    let tried_on = kind == Kind::Delay;
    let mut recipients: Vec<Recipient> = Vec::new();
    for draft in drafts {
        let attempt = match kind {
            Kind::AutoReply => statement(Cause::AutoReply, "structure/auto-reply", subject, mail),
            _ => attempt(&draft, subject, tried_on, mail),
        };
        add(&mut recipients, &draft.address, attempt);
    }
    let kind = settled(kind, mail, &mut recipients);
    Diagnosis {
        file: String::new(),
        kind,
        format: None,
        sender: None,
        recipients,
        original: returned
            .map(original)
            .filter(|original| *original != Original::default()),
        problems: Vec::new(),
    }
}

/// The kind after all recipients are known, and with it their state.
fn settled(kind: Kind, mail: &Mail<'_>, recipients: &mut [Recipient]) -> Kind {
    let any = |action: Action| {
        recipients
            .iter()
            .any(|one| one.attempts.iter().any(|attempt| attempt.action == action))
    };
    let says = |cause: Cause| recipients.iter().all(|one| one.cause == cause);
    match kind {
        Kind::Bounce | Kind::Delay if !recipients.is_empty() => {
            // Text without headers: only its words tell what it is.
            let pasted = mail.headers.is_empty();
            if pasted && says(Cause::AutoReply) {
                Kind::AutoReply
            } else if pasted && says(Cause::NotABounce) {
                Kind::NotABounce
            } else if any(Action::Failed) {
                Kind::Bounce
            } else if any(Action::Delayed) {
                Kind::Delay
            } else {
                Kind::Success
            }
        }
        kind => kind,
    }
}

/// A complaint: the recipients had the message, and did not want it.
fn complaint(mail: &Mail<'_>, addresses: &[&str]) -> Diagnosis {
    let subject = mail.header("Subject").unwrap_or_default();
    let mut recipients = Vec::new();
    for address in addresses.iter().chain(addresses.is_empty().then_some(&"")) {
        let attempt = statement(Cause::Complaint, "structure/feedback-report", subject, mail);
        add(&mut recipients, address, attempt);
    }
    Diagnosis {
        file: String::new(),
        kind: Kind::Complaint,
        format: None,
        sender: None,
        recipients,
        original: mail.enclosed().map(original),
        problems: Vec::new(),
    }
}

/// The text of a mail for people: plain where there is any, else what its HTML says.
fn readable<'a>(mail: &'a Mail<'_>) -> Cow<'a, str> {
    let mut plain = mail.parts.iter().filter_map(|part| match part {
        Part::Text(text) if !text.trim().is_empty() => Some(text.as_ref()),
        _ => None,
    });
    match (plain.next(), plain.next()) {
        (Some(only), None) => Cow::Borrowed(only),
        (Some(first), Some(second)) => {
            let rest: Vec<&str> = [first, second].into_iter().chain(plain).collect();
            Cow::Owned(rest.join("\n\n"))
        }
        (None, _) => {
            let html = mail.parts.iter().find_map(|part| match part {
                Part::Html(text) => Some(mail_parser::decoders::html::html_to_text(text)),
                _ => None,
            });
            Cow::Owned(html.unwrap_or_default())
        }
    }
}

/// The delivery status fields, from their own part or else from the text.
fn status_fields<'a>(mail: &'a Mail<'_>, text: &'a str) -> Vec<Fields<'a>> {
    let fields: Vec<Fields> = mail
        .parts
        .iter()
        .filter_map(|part| match part {
            Part::DeliveryStatus(fields) => Some(delivery_status::read(fields)),
            _ => None,
        })
        .flatten()
        .collect();
    let inline = || {
        let lower = text.to_ascii_lowercase();
        lower.contains("final-recipient:") || lower.contains("original-recipient:")
    };
    if fields.is_empty() && inline() {
        return delivery_status::read(text);
    }
    fields
}

fn of_fields<'a>(fields: Vec<Fields<'a>>, mail: &'a Mail<'_>, prose: &Prose<'a>) -> Vec<Draft<'a>> {
    let failed = failed_recipients(mail);
    let mentions = prose.mentions();
    let alone = fields.len() == 1;
    fields
        .into_iter()
        .map(|fields| {
            let mut address = fields.recipient.unwrap_or_default();
            if let (false, [only]) = (address.contains('@'), failed.as_slice()) {
                address = Cow::Borrowed(only);
            }
            let mut around: Vec<&str> = mentions
                .iter()
                .filter(|mention| mention.address.eq_ignore_ascii_case(&address))
                .filter_map(|mention| prose.report.get(mention.about.clone()))
                .collect();
            if alone || around.is_empty() {
                around.push(prose.report);
            }
            Draft {
                address,
                action: fields.action,
                status: fields.status,
                remote: fields.remote,
                at: fields.at,
                diagnostic: fields.diagnostic.unwrap_or_default(),
                around,
            }
        })
        .collect()
}

fn of_prose<'a>(
    mail: &'a Mail<'_>,
    prose: &Prose<'a>,
    returned: Option<&'a Mail<'_>>,
) -> Vec<Draft<'a>> {
    let mut mentions = prose.mentions();
    let failed = failed_recipients(mail);
    let sender = mail
        .header("To")
        .and_then(address::first)
        .unwrap_or_default();
    let daemon = self::sender(mail);
    if !mentions.iter().any(|mention| mention.leads) {
        mentions.retain(|mention| mention.address != sender && mention.address != daemon);
    }
    let leads = mentions.iter().any(|mention| mention.leads);
    let agrees = |failed: &&str| {
        mentions
            .iter()
            .any(|mention| mention.address.eq_ignore_ascii_case(failed))
    };
    let addresses: Vec<&str> = if !failed.is_empty() && (!leads || failed.iter().any(agrees)) {
        failed
    } else if !mentions.is_empty() {
        mentions.iter().map(|mention| mention.address).collect()
    } else {
        let to = returned.and_then(|mail| mail.header("To"));
        vec![to.and_then(address::first).unwrap_or_default()]
    };
    let alone = addresses.len() == 1;
    addresses
        .into_iter()
        .map(|address| Draft {
            address: Cow::Borrowed(address),
            around: around(&mentions, address, prose.report, alone),
            ..Draft::default()
        })
        .collect()
}

/// What the report says about one of several recipients: after its address, else before it.
fn around<'a>(
    mentions: &[Mention<'a>],
    address: &str,
    report: &'a str,
    alone: bool,
) -> Vec<&'a str> {
    let index = mentions
        .iter()
        .position(|mention| mention.address.eq_ignore_ascii_case(address));
    match index {
        Some(index) if !alone => {
            let about = mentions[index].about.clone();
            let before = match index.checked_sub(1) {
                Some(previous) => mentions[previous].about.end..about.start,
                None => 0..about.start,
            };
            [about, before]
                .into_iter()
                .filter_map(|range| report.get(range))
                .collect()
        }
        _ => vec![report],
    }
}

fn failed_recipients<'a>(mail: &'a Mail<'_>) -> Vec<&'a str> {
    let field = mail.header("X-Failed-Recipients").unwrap_or_default();
    field.split(',').filter_map(address::first).collect()
}

/// The address that the mail came from.
fn sender<'a>(mail: &'a Mail<'_>) -> &'a str {
    mail.header("From")
        .and_then(address::first)
        .unwrap_or_default()
}

/// Names the cause for one recipient, from the nearest words that state one.
fn attempt(draft: &Draft<'_>, subject: &str, tried_on: bool, mail: &Mail<'_>) -> Attempt {
    let diagnostic = words::fold(&draft.diagnostic);
    let said = rules::codes::status(&diagnostic);
    // Postfix writes 4.0.0 or 5.0.0 beside a reply that says more.
    let is_general = |status: &EnhancedStatus| status.subject == 0;
    let status = draft
        .status
        .filter(|status| !is_general(status))
        .or(said)
        .or(draft.status);
    let reply_code = rules::codes::reply(&diagnostic);
    let evidence = Evidence {
        text: &diagnostic,
        status,
        reply_code,
    };
    let mut best = rules::diagnose(&evidence);
    let mut text = Cow::Borrowed(diagnostic.as_str());
    for words in draft.around.iter().copied().chain([subject]) {
        if best
            .as_ref()
            .is_some_and(|best| best.strength >= Strength::Phrase)
        {
            break;
        }
        let folded = paragraphs(words);
        let evidence = Evidence {
            text: &folded,
            ..Evidence::default()
        };
        let found = rules::diagnose(&evidence);
        if let Some(found) = found.filter(|found| is_better(found, best.as_ref())) {
            text = Cow::Owned(folded);
            best = Some(found);
        }
    }
    let (text, matched) = paragraph(&text, best.as_ref().and_then(|best| best.matched.clone()));
    let text = match text {
        "" => words::fold(draft.around.first().copied().unwrap_or_default()),
        text => text.to_owned(),
    };
    let action = draft.action.unwrap_or(if tried_on {
        Action::Delayed
    } else {
        Action::Failed
    });
    let arrived = matches!(
        action,
        Action::Delivered | Action::Relayed | Action::Expanded
    );
    let cause = match (action, best.as_ref().map(|best| best.cause)) {
        _ if arrived => Cause::Delivered,
        (Action::Delayed, None | Some(Cause::Expired)) => Cause::Temporary,
        (_, cause) => cause.unwrap_or(Cause::Unknown),
    };
    Attempt {
        at: draft.at.or_else(|| mail.date()),
        action,
        cause,
        matched: matched
            .filter(|_| !arrived)
            .map(|bytes| Span::of_bytes(&text, bytes)),
        rule: Cow::Borrowed(match best {
            _ if arrived => "structure/delivered",
            Some(best) => best.rule,
            None => NO_RULE,
        }),
        reply_code: reply_code.or_else(|| rules::codes::reply(&text)),
        status: status.or_else(|| rules::codes::status(&text)),
        remote: draft.remote.as_deref().map(str::to_owned),
        text,
        line: None,
        document: None,
    }
}

/// Whether words around the diagnostic say more than what is known: only a statement overrules the
/// status code that a server gave, since reports surround it with general advice.
fn is_better(found: &Verdict, best: Option<&Verdict>) -> bool {
    best.is_none_or(|best| {
        found.strength > best.strength
            && (found.strength >= Strength::Phrase || best.strength < Strength::Status)
    })
}

/// Folds each paragraph, and keeps them apart.
fn paragraphs(text: &str) -> String {
    let mut folded = String::with_capacity(text.len());
    let mut lines = String::new();
    for line in text.lines().chain([""]) {
        if !line.trim().is_empty() {
            lines.push_str(line);
            lines.push('\n');
        } else if !lines.is_empty() {
            if !folded.is_empty() {
                folded.push_str("\n\n");
            }
            folded.push_str(&words::fold(&lines));
            lines.clear();
        }
    }
    folded
}

/// The paragraph in which a match stands, with the match counted from its start.
fn paragraph(
    text: &str,
    matched: Option<std::ops::Range<usize>>,
) -> (&str, Option<std::ops::Range<usize>>) {
    let Some(matched) = matched else {
        return (text, None);
    };
    let (Some(before), Some(after)) = (text.get(..matched.start), text.get(matched.end..)) else {
        return (text, None);
    };
    let start = before.rfind("\n\n").map_or(0, |at| at + 2);
    let end = after.find("\n\n").map_or(text.len(), |at| matched.end + at);
    (
        &text[start..end],
        Some(matched.start - start..matched.end - start),
    )
}

/// An attempt that reports no failure, on the strength of what sort of mail it is.
fn statement(cause: Cause, rule: &'static str, text: &str, mail: &Mail<'_>) -> Attempt {
    Attempt {
        at: mail.date(),
        action: Action::Delivered,
        cause,
        text: words::fold(text),
        rule: Cow::Borrowed(rule),
        matched: None,
        line: None,
        document: None,
        reply_code: None,
        status: None,
        remote: None,
    }
}

/// Adds an attempt to the recipient it belongs to; a failure decides over anything else.
fn add(recipients: &mut Vec<Recipient>, address: &str, attempt: Attempt) {
    let known = recipients
        .iter_mut()
        .find(|one| one.address.eq_ignore_ascii_case(address));
    let state = match (attempt.cause, attempt.action) {
        (Cause::AutoReply | Cause::Complaint | Cause::NotABounce, _) => State::None,
        (_, Action::Failed) => State::Failed,
        (_, Action::Delayed) => State::Retrying,
        _ => State::Delivered,
    };
    match known {
        Some(known) => {
            if state == State::Failed || known.state != State::Failed {
                known.cause = attempt.cause;
                known.permanence = attempt.cause.permanence();
                known.state = state;
            }
            known.attempts.push(attempt);
        }
        None => recipients.push(Recipient {
            address: address.to_owned(),
            cause: attempt.cause,
            permanence: attempt.cause.permanence(),
            state,
            retry_until: None,
            suggestion: None,
            attempts: vec![attempt],
        }),
    }
}

fn original(mail: &Mail<'_>) -> Original {
    let text = |name: &str| {
        let value = mail.header(name)?.trim_matches(['<', '>', ' ']);
        (!value.is_empty()).then(|| words::fold(value))
    };
    Original {
        message_id: text("Message-ID"),
        subject: text("Subject"),
        date: mail.date(),
    }
}
