//! From a mail to what it says about each recipient.
//!
//! Delivery status fields (RFC 3464) come first, then a feedback report (RFC 5965) or the marks of
//! an automatic answer (RFC 3834), then the text itself. Which cause the words prove is for
//! [`crate::rules`] to say; this module finds the words that belong to a recipient.

mod address_in_text;
mod attempt;
mod auto_reply;
mod delivery_status;
mod drafts;
mod feedback;
mod forwarded;
mod kind;
mod layout;
mod pasted;
mod prose;
mod recipients;
mod server_text;
mod ses;
mod vocabulary;
mod written_date;

use crate::formats::{charset::Decoder, eml, html_text, mail::Mail, mail::Part};
use crate::model::Lost;
use crate::model::{
    Action, Cause, Diagnosis, Format, Kind, Original, Problem, ProblemCode, Recipient,
};
use crate::rules::fold::fold;
use crate::rules::{self, Evidence};
use crate::senders::message_types::MessageTypes;
use attempt::{Draft, Report};
use delivery_status::Fields;
use kind::sender;
use prose::Prose;
use recipients::Recipients;
use std::borrow::Cow;
use vocabulary::Signs;

/// How deep a report inside an ordinary mail is looked for.
const DEEPEST: usize = 3;

/// Reads what a mail says about the delivery of another, which may be of one of these types.
pub fn diagnose(
    mail: &Mail<'_>,
    file: &str,
    format: Format,
    message_types: &MessageTypes,
    decoder: Decoder,
) -> Diagnosis {
    let mut diagnosis = read(mail, DEEPEST, message_types, decoder);
    diagnosis.file = file.to_owned();
    let problems = diagnosis.problems.iter_mut();
    problems.for_each(|problem| problem.file = file.to_owned());
    diagnosis.format = Some(format);
    if mail.headers.is_empty() && diagnosis.kind == Kind::Bounce && says_nothing(&diagnosis) {
        diagnosis.kind = Kind::NotABounce;
        diagnosis.recipients.clear();
        let problem = Problem::in_file(ProblemCode::NoEvidence, file);
        diagnosis.problems.push(problem);
        return diagnosis;
    }
    let names_nobody = diagnosis
        .recipients
        .iter()
        .any(|one| one.address.is_empty());
    if mail.truncated {
        let problem = Problem::in_file(ProblemCode::Truncated, file);
        diagnosis.problems.push(problem);
    }
    if mail.limited {
        let problem = Problem::in_file(ProblemCode::TooManyParts, file);
        diagnosis.problems.push(problem);
    }
    if names_nobody && matches!(diagnosis.kind, Kind::Bounce | Kind::Delay) {
        let problem = Problem::in_file(ProblemCode::NoRecipient, file);
        diagnosis.problems.push(problem);
    }
    diagnosis
}

/// Whether a pasted text, which is taken for a bounce, has nothing of one: no cause, no code, and
/// none of the words that reports are made of.
fn says_nothing(diagnosis: &Diagnosis) -> bool {
    diagnosis.recipients.iter().all(|recipient| {
        let attempts = &recipient.attempts;
        recipient.cause == Cause::Unknown
            && attempts.iter().all(|attempt| {
                let uncoded = attempt.status.is_none() && attempt.reply_code.is_none();
                uncoded
                    && !delivery_status::are_in(&attempt.text)
                    && Signs::of(&fold(&attempt.text)) == Signs::default()
            })
    })
}

fn read(
    mail: &Mail<'_>,
    depth: usize,
    message_types: &MessageTypes,
    decoder: Decoder,
) -> Diagnosis {
    if let Some(recipients) = feedback::read(mail) {
        return complaint(mail, &recipients);
    }
    let text = readable(mail);
    let is_long = text.len() > layout::LONGEST;
    let text = layout::plain(&text);
    let mut fields = status_parts(mail);
    if fields.is_empty()
        && depth > 0
        && !kind::is_from_daemon(mail)
        && let Some(inner) = forwarded_report(&text, depth - 1, message_types, decoder)
    {
        return inner;
    }
    let prose = Prose::new(&text);
    // Fields that say what was done need no words to determine the kind of report.
    let is_stated = !fields.is_empty() && fields.iter().all(|fields| fields.action.is_some());
    let signs = if is_stated {
        Signs::default()
    } else {
        Signs::of(&fold(prose.report))
    };
    if fields.is_empty() {
        let in_text = delivery_status::are_in(prose.report)
            || prose.returned.is_some_and(delivery_status::are_in);
        fields = if in_text {
            delivery_status::read(&text)
        } else {
            ses::read(&text)
        };
    }
    let quoted = prose.returned;
    let quoted = quoted.and_then(|text| eml::read_headers(text, decoder));
    let returned = mail.enclosed().or(quoted.as_ref());
    let pasted = mail.headers.is_empty() && depth == DEEPEST;
    let about_a_message = || {
        let others = drafts::senders(mail, returned);
        let mentions = prose.mentions(&others);
        returned.is_some() || mentions.iter().any(|one| !others.contains(&one.address))
    };
    let kind = match kind::of(mail, signs, !fields.is_empty(), pasted, about_a_message) {
        Kind::AutoReply if is_challenge(prose.report) => Kind::NotABounce,
        Kind::AutoReply if refuses_somebody(&prose, &drafts::senders(mail, returned)) => {
            Kind::Bounce
        }
        Kind::Bounce if !pasted && !kind::is_from_daemon(mail) && is_challenge(prose.report) => {
            Kind::NotABounce
        }
        kind => kind,
    };
    // What a person says about a report that they pasted is not part of it.
    let by_person = kind == Kind::NotABounce
        && pasted::holds_report(&prose, signs, &drafts::senders(mail, returned));
    let kind = if by_person {
        kind::of(mail, signs, false, true, || true)
    } else {
        kind
    };
    let names_nobody = || prose.mentions(&drafts::senders(mail, None)).is_empty();
    if fields.is_empty()
        && depth > 0
        && let Some(enclosed) = mail.enclosed()
        // What is attached to an ordinary mail is read elsewhere.
        && (if kind == Kind::NotABounce { depth < DEEPEST } else { names_nobody() })
    {
        // A report that was forwarded, or wrapped by a gateway.
        let inner = read(enclosed, depth - 1, message_types, decoder);
        if matches!(
            inner.kind,
            Kind::Bounce | Kind::Delay | Kind::Success | Kind::Complaint
        ) {
            return inner;
        }
    }
    let drafts = match kind {
        Kind::NotABounce => Vec::new(),
        Kind::AutoReply => vec![Draft {
            address: sender(mail).into(),
            ..Draft::default()
        }],
        _ if !fields.is_empty() => drafts::of_fields(fields, mail, &prose, returned),
        _ => drafts::of_prose(mail, &prose, returned),
    };
    let action = match kind {
        Kind::Delay => Action::Delayed,
        Kind::Success => Action::Delivered,
        _ => Action::Failed,
    };
    let nobody = Mail::default();
    let report = Report::new(if by_person { &nobody } else { mail }, prose.report, action);
    let mut recipients = Recipients::default();
    for draft in drafts {
        let attempt = match kind {
            Kind::AutoReply => report.without_failure(Cause::AutoReply, "structure/auto-reply"),
            _ => report.attempt(&draft),
        };
        recipients.add(&draft.address, attempt, draft.retry_until);
    }
    let mut recipients = recipients.into_list();
    let kind = settled(kind, pasted, &recipients);
    let mut problems = Vec::new();
    if is_long && prose.returned.is_none() && matches!(kind, Kind::Bounce | Kind::Delay) {
        problems.push(Problem::in_file(ProblemCode::LongText, ""));
    }
    if let Some(returned) = returned
        && let Some(code) = message_type(returned, prose.returned, message_types)
    {
        let attempts = recipients.iter_mut().flat_map(|one| &mut one.attempts);
        attempts.for_each(|attempt| attempt.message_type = Some(code.into()));
    }
    Diagnosis {
        file: String::new(),
        kind,
        format: None,
        sender: None,
        recipients,
        original: returned
            .map(original)
            .filter(|original| *original != Original::default()),
        arrival: None,
        columns: None,
        problems,
    }
}

/// The report that a person forwards or answers in this text, with its own time.
fn forwarded_report(
    text: &str,
    depth: usize,
    message_types: &MessageTypes,
    decoder: Decoder,
) -> Option<Diagnosis> {
    forwarded::find(text).into_iter().find_map(|message| {
        let note = Signs::of(&fold(message.note));
        if note.proof || delivery_status::are_in(message.note) {
            // The report comes first, and this is the message that it returns.
            return None;
        }
        let mut inner = read(&message.mail, depth, message_types, decoder);
        let is_report = matches!(
            inner.kind,
            Kind::Bounce | Kind::Delay | Kind::Success | Kind::Complaint
        );
        let attempts = inner
            .recipients
            .iter_mut()
            .flat_map(|one| &mut one.attempts);
        attempts.for_each(|attempt| attempt.at = attempt.at.or(message.date));
        is_report.then_some(inner)
    })
}

/// Whether an automatic answer asks the sender to do something before the message is let in.
fn is_challenge(text: &str) -> bool {
    let evidence = Evidence {
        text: &server_text::paragraphs(text),
        ..Evidence::default()
    };
    // Such an answer also says that only some senders are let in, which would be the more precise
    // cause in a bounce.
    rules::weigh(&evidence).iter().any(|candidate| {
        candidate.rule.cause == Cause::NotABounce
            && !matches!(candidate.lost, Some(Lost::Unless(_)))
    })
}

/// Whether what calls itself an automatic answer says of somebody else that they do not exist.
fn refuses_somebody(prose: &Prose<'_>, others: &[&str]) -> bool {
    let names_somebody = || {
        prose
            .mentions(others)
            .iter()
            .any(|one| !others.contains(&one.address))
    };
    let evidence = Evidence {
        text: &server_text::paragraphs(prose.report),
        ..Evidence::default()
    };
    let is_unknown =
        rules::diagnose(&evidence).is_some_and(|verdict| verdict.cause == Cause::AddressUnknown);
    is_unknown && names_somebody()
}

/// The kind, once all recipients are read.
fn settled(kind: Kind, pasted: bool, recipients: &[Recipient]) -> Kind {
    let any = |action: Action| {
        recipients
            .iter()
            .any(|one| one.attempts.iter().any(|attempt| attempt.action == action))
    };
    let says = |cause: Cause| recipients.iter().all(|one| one.cause == cause);
    match kind {
        Kind::Bounce | Kind::Delay if !recipients.is_empty() => {
            // Of text without headers, only the words show what it is.
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
    let report = Report::new(mail, "", Action::Delivered);
    let mut recipients = Recipients::default();
    for address in addresses.iter().chain(addresses.is_empty().then_some(&"")) {
        let attempt = report.without_failure(Cause::Complaint, "structure/feedback-report");
        recipients.add(address, attempt, None);
    }
    Diagnosis {
        file: String::new(),
        kind: Kind::Complaint,
        format: None,
        sender: None,
        recipients: recipients.into_list(),
        original: mail.enclosed().map(original),
        arrival: None,
        columns: None,
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
                Part::Html(text) => Some(html_text::read(text)),
                _ => None,
            });
            Cow::Owned(html.unwrap_or_default())
        }
    }
}

/// Whether a program wrote a mail to report something, so that what is attached to it is what it reports about.
pub fn is_by_machine(mail: &Mail<'_>) -> bool {
    let is_part = |part: &Part<'_>| matches!(part, Part::DeliveryStatus(_) | Part::Feedback(_));
    kind::is_from_daemon(mail)
        || mail.parts.iter().any(is_part)
        || mail.header("Return-Path") == Some("<>")
        || auto_reply::is_generated(mail)
}

/// The delivery status fields in separate parts.
fn status_parts<'a>(mail: &'a Mail<'_>) -> Vec<Fields<'a>> {
    mail.parts
        .iter()
        .filter_map(|part| match part {
            Part::DeliveryStatus(fields) => Some(delivery_status::read(fields)),
            _ => None,
        })
        .flatten()
        .collect()
}

/// The type of a message that came back, where its subject or text contains the code.
fn message_type<'t>(
    returned: &Mail<'_>,
    quoted: Option<&str>,
    message_types: &'t MessageTypes,
) -> Option<&'t str> {
    let mut texts = returned.parts.iter().filter_map(|part| match part {
        Part::Text(text) => Some(text.as_ref()),
        _ => None,
    });
    let text = texts.next().or(quoted).unwrap_or_default();
    let subject = returned.header("Subject").unwrap_or_default();
    let found = message_types.by_code(subject);
    let found = found.or_else(|| message_types.by_code(text))?;
    Some(&found.code)
}

fn original(mail: &Mail<'_>) -> Original {
    let text = |name: &str| {
        let value = mail.header(name)?.trim_matches(['<', '>', ' ']);
        (!value.is_empty()).then(|| server_text::fold(value))
    };
    Original {
        message_id: text("Message-ID"),
        subject: text("Subject"),
        date: mail.date(),
    }
}
