//! A diagnosis for people: the next steps, worst first, with their recipients and the evidence.

use bezorgd::model::{Attempt, Cause, Diagnosis, NextStep, Permanence, Recipient, Sender, State};
use bezorgd_words::Words;
use std::io::{self, Write};

/// Writes one message or report, and a blank line after it.
pub fn write(output: &mut impl Write, words: &Words, diagnosis: &Diagnosis) -> io::Result<()> {
    let count = words.count.recipients(diagnosis.recipients.len() as u32);
    writeln!(output, "{} ({count})", diagnosis.file)?;
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
    let sender = diagnosis.sender.unwrap_or(Sender::Other);
    for group in groups(&diagnosis.recipients, sender) {
        write_group(output, words, &group, sender)?;
    }
    writeln!(output)
}

/// Recipients with the same next step, cause and state.
struct RecipientGroup<'a> {
    kind: (NextStep, Cause, State),
    recipients: Vec<&'a Recipient>,
}

/// The groups, worst first; within a group in the order of the evidence.
fn groups(recipients: &[Recipient], sender: Sender) -> Vec<RecipientGroup<'_>> {
    let mut groups: Vec<RecipientGroup<'_>> = Vec::new();
    for recipient in recipients {
        let next_step = NextStep::of(sender, recipient.cause, recipient.state);
        let kind = (next_step, recipient.cause, recipient.state);
        match groups.iter_mut().find(|group| group.kind == kind) {
            Some(group) => group.recipients.push(recipient),
            None => groups.push(RecipientGroup {
                kind,
                recipients: vec![recipient],
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
    let (next_step, cause, state) = group.kind;
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
    for (number, step) in (1..).zip(advice.steps(None)) {
        writeln!(output, "    {number}. {}", step.with_domain(domain))?;
    }
    for recipient in &group.recipients {
        write_recipient(output, words, recipient)?;
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
            write!(output, " – {part}")?;
        }
    } else {
        write!(output, "    - {}", recipient.address)?;
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
        write!(output, " – {} {suggestion}?", words.ui.suggestion())?;
    }
    writeln!(output)?;
    if let Some(detail) = &recipient.detail {
        writeln!(output, "      {}", words.detail(detail))?;
    }
    match recipient.deciding() {
        Some((_, Attempt { text, .. })) if !text.is_empty() => writeln!(output, "      “{text}”"),
        _ => Ok(()),
    }
}
