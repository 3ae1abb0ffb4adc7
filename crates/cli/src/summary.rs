//! A diagnosis for people: the next steps, worst first, with their recipients and the evidence.
//!
//! What is written goes through [`SafeOutput`](super::safe_output::SafeOutput); values of the evidence are put on one
//! line here, so that none can look like a line of the summary.

use super::bounces::{CountedBounces, CountedDiagnoses};
use bezorgd::model::shown::shown;
use bezorgd::model::{
    Arrival, Attempt, Cause, Diagnosis, Kind, NextStep, Permanence, Recipient, Sender, State,
};
use bezorgd::senders::counter::Standing;
use bezorgd_words::{Advice, Words, put_own_program_first};
use std::io::{self, Write};

/// Writes one message or report, and a blank line after it.
pub fn write(
    output: &mut impl Write,
    words: &Words,
    counted: &CountedDiagnoses,
    place: usize,
) -> io::Result<()> {
    let Some(diagnosis) = counted.diagnoses.get(place) else {
        return Ok(());
    };
    write_heading(output, words, diagnosis)?;
    let sender = counted.sender(diagnosis);
    if let Some(arrival) = &diagnosis.arrival {
        write_arrival(output, words, arrival)?;
    }
    let recipients = diagnosis.recipients.iter().enumerate();
    let recipients = recipients.map(|(at, recipient)| (recipient, counted.bounces(place, at)));
    let recipients: Vec<CountedRecipient<'_>> = recipients.collect();
    for group in groups(&recipients, sender) {
        write_group(output, words, &group, sender)?;
    }
    writeln!(output)
}

/// Writes how a mail arrived, and what to do when nobody finds it.
fn write_arrival(output: &mut impl Write, words: &Words, arrival: &Arrival) -> io::Result<()> {
    writeln!(output, "\n  {}", words.ui.arrival_title())?;
    for line in words.arrival(arrival) {
        writeln!(output, "    - {line}")?;
    }
    let mut guides = words.arrival_guides(arrival.is_doubtful());
    let mut programs = words.mail_programs();
    if put_own_program_first(&mut programs, arrival.mailbox().unwrap_or_default()) {
        guides.extend(programs.into_iter().next());
    }
    let domain = arrival.domain();
    let domain = domain.unwrap_or(words.ui.sender_domain_unknown());
    for guide in guides {
        let text = guide.as_text(domain);
        writeln!(output, "\n    {}", text.replace('\n', "\n    "))?;
    }
    Ok(())
}

fn write_steps(
    output: &mut impl Write,
    advice: &Advice,
    standing: Option<Standing>,
    domain: &str,
) -> io::Result<()> {
    for (number, step) in (1..).zip(advice.steps(standing)) {
        writeln!(output, "    {number}. {}", step.with_domain(domain))?;
    }
    Ok(())
}

fn write_heading(output: &mut impl Write, words: &Words, diagnosis: &Diagnosis) -> io::Result<()> {
    let count = match diagnosis.kind {
        kind @ Kind::Arrived => words.kind(kind, 1),
        _ => words.count.recipients(diagnosis.recipients.len() as u32),
    };
    writeln!(output, "{} ({count})", shown(&diagnosis.file))?;
    let domain = words.ui.sender_domain_unknown();
    for problem in &diagnosis.problems {
        let about = words.problem(problem.code);
        writeln!(
            output,
            "  ! {}: {} {}",
            words.problem_place(problem),
            about.what.with_domain(domain),
            about.next.with_domain(domain)
        )?;
        if let Some(detail) = &problem.detail {
            writeln!(output, "    {}", words.problem_detail(detail))?;
        }
    }
    Ok(())
}

/// Writes the rule by which bounces were counted, if any were, and a blank line after it.
pub fn write_counting_rule(
    output: &mut impl Write,
    words: &Words,
    counted: &CountedDiagnoses,
) -> io::Result<()> {
    match counted.thresholds() {
        Some(thresholds) => writeln!(output, "{}\n", words.counting_rule(&thresholds)),
        None => Ok(()),
    }
}

/// A recipient, and the bounces if they are counted.
type CountedRecipient<'a> = (&'a Recipient, Option<&'a CountedBounces>);

/// Recipients with the same next step, cause, state and steps to take.
struct RecipientGroup<'a> {
    kind: (NextStep, Cause, State, Option<Standing>),
    recipients: Vec<CountedRecipient<'a>>,
}

/// The standing that decides which steps apply: the same for any number of bounces that are left.
fn standing(bounces: Option<&CountedBounces>) -> Option<Standing> {
    match bounces?.tally.standing() {
        Standing::Counting { .. } => Some(Standing::Last),
        standing => Some(standing),
    }
}

/// The groups, worst first; within a group in the order of the evidence.
fn groups<'a>(recipients: &[CountedRecipient<'a>], sender: Sender) -> Vec<RecipientGroup<'a>> {
    let mut groups: Vec<RecipientGroup<'_>> = Vec::new();
    for &(recipient, bounces) in recipients {
        let next_step = NextStep::of(sender, recipient.cause, recipient.state);
        let kind = (
            next_step,
            recipient.cause,
            recipient.state,
            standing(bounces),
        );
        match groups.iter_mut().find(|group| group.kind == kind) {
            Some(group) => group.recipients.push((recipient, bounces)),
            None => groups.push(RecipientGroup {
                kind,
                recipients: vec![(recipient, bounces)],
            }),
        }
    }
    groups.sort_by_key(|group| (group.kind.0, group.kind.1));
    groups
}

fn write_group(
    output: &mut impl Write,
    words: &Words,
    group: &RecipientGroup<'_>,
    sender: Sender,
) -> io::Result<()> {
    let (next_step, cause, state, standing) = group.kind;
    let advice = words.advice(sender, cause, state);
    let domain = words.ui.sender_domain_unknown();
    write!(
        output,
        "\n  {}: {}",
        words.next_step(next_step).title,
        words.cause(cause)
    )?;
    match cause.permanence() {
        Permanence::None => writeln!(output)?,
        permanence => writeln!(output, ", {}", words.permanence(permanence))?,
    }
    writeln!(output, "  {}", advice.explain.with_domain(domain))?;
    write_steps(output, &advice, standing, domain)?;
    for (recipient, bounces) in &group.recipients {
        write_recipient(output, words, recipient)?;
        if let Some(bounces) = bounces {
            write_bounces(output, words, recipient, bounces)?;
        }
    }
    Ok(())
}

fn write_recipient(
    output: &mut impl Write,
    words: &Words,
    recipient: &Recipient,
) -> io::Result<()> {
    if recipient.address.is_empty() {
        write!(output, "    - {}", words.ui.no_address())?;
        // Without an address, the number and the name identify the recipient.
        for part in [&recipient.customer, &recipient.name].into_iter().flatten() {
            write!(output, " – {}", shown(part))?;
        }
    } else {
        write!(output, "    - {}", shown(&recipient.address))?;
    }
    if let Some(end) = recipient.retry_until {
        let moment = words.dates.moment(end);
        let until = if recipient.state == State::Retrying {
            words.fill.retry_until(&moment)
        } else {
            words.fill.retried_until(&moment)
        };
        write!(output, " ({until})")?;
    }
    if let Some(suggestion) = &recipient.suggestion {
        let suggestion = shown(suggestion);
        write!(output, " – {} {suggestion}?", words.ui.suggestion())?;
    }
    writeln!(output)?;
    if let Some(odd) = words.odd_address(&recipient.address) {
        writeln!(output, "      {odd}")?;
    }
    if let Some(detail) = &recipient.detail {
        writeln!(output, "      {}", words.detail(detail))?;
    }
    match recipient.deciding() {
        Some((_, Attempt { text, .. })) if !text.is_empty() => {
            writeln!(output, "      “{}”", shown(text))
        }
        _ => Ok(()),
    }
}

/// The counter, what each attempt counted for, and whether a letter follows.
fn write_bounces(
    output: &mut impl Write,
    words: &Words,
    recipient: &Recipient,
    bounces: &CountedBounces,
) -> io::Result<()> {
    let tally = bounces.tally;
    write!(
        output,
        "      {}: {}. ",
        words.ui.wise_bounces(),
        words.tally(tally)
    )?;
    write!(output, "{}", words.bounces_left(tally, bounces.removed_at))?;
    if tally.standing() == Standing::Removed {
        write!(
            output,
            " {}",
            words.line.bounces_removed_still().with_domain("")
        )?;
    }
    writeln!(output)?;
    for (attempt, step) in recipient.attempts.iter().zip(&bounces.steps) {
        let date = attempt.at.map(|at| format!("{}: ", words.dates.moment(at)));
        let what = words.bounce(*step, attempt.action);
        writeln!(output, "        {}{what}", date.unwrap_or_default())?;
    }
    let letter = match &bounces.message_type {
        Some(message_type) => words.letter_follows(message_type),
        None => words.line.letter_unknown().with_domain(""),
    };
    writeln!(output, "      {letter}")
}
