//! Explains the cause of an error message: the rule that wins, and the rules that lose.

use bezorgd::model::{Cause, Detail, FittingRule};
use bezorgd::rules::{self, Evidence};
use bezorgd_words::Words;
use serde::Serialize;
use std::io::{self, Write};

/// The explanation as a line of JSON.
#[derive(Serialize)]
struct Explanation<'a> {
    /// The message, with white space folded.
    text: &'a str,
    /// `None` if no rule matches.
    #[serde(skip_serializing_if = "Option::is_none")]
    cause: Option<Cause>,
    #[serde(skip_serializing_if = "Option::is_none")]
    detail: Option<Box<Detail>>,
    /// The rules that match, the winner first.
    rules: Vec<FittingRule>,
}

/// Writes the explanation as a line of JSON; returns whether any rule matches.
pub fn write_json(output: &mut impl Write, message: &str) -> io::Result<bool> {
    let text = folded(message);
    let evidence = evidence(&text);
    let verdict = rules::diagnose(&evidence);
    let explanation = Explanation {
        text: &text,
        cause: verdict.as_ref().map(|verdict| verdict.cause),
        detail: verdict.and_then(|verdict| verdict.detail),
        rules: rules::explain(&evidence),
    };
    serde_json::to_writer(&mut *output, &explanation)?;
    writeln!(output)?;
    Ok(explanation.cause.is_some())
}

fn folded(message: &str) -> String {
    message.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn evidence(text: &str) -> Evidence<'_> {
    Evidence {
        text,
        ..Evidence::default()
    }
}

/// Writes the explanation; returns whether any rule matches.
pub fn write(output: &mut impl Write, words: &Words, message: &str) -> io::Result<bool> {
    let message = folded(message);
    let matching = rules::explain(&evidence(&message));
    let (winners, others): (Vec<_>, Vec<_>) = matching.iter().partition(|rule| rule.lost.is_none());
    for winner in &winners {
        writeln!(
            output,
            "{} ({})",
            words.cause(winner.cause),
            winner.cause.code()
        )?;
        let facts = [
            (words.ui.rule(), &winner.rule),
            (words.ui.matched_words(), &winner.words),
            (words.ui.documented(), &winner.source),
        ];
        if let Some(detail) =
            rules::diagnose(&evidence(&message)).and_then(|verdict| verdict.detail)
        {
            writeln!(output, "  {}", words.detail(&detail))?;
        }
        for (name, value) in facts.iter().filter(|(_, value)| !value.is_empty()) {
            writeln!(output, "  {name}: {value}")?;
        }
    }
    if winners.is_empty() {
        writeln!(output, "{}", words.ui.none_fits())?;
    }
    if !others.is_empty() {
        writeln!(output, "\n{}:", words.ui.also_fits())?;
    }
    for other in others {
        let lost = other
            .lost
            .as_ref()
            .map(|lost| words.lost(lost))
            .unwrap_or_default();
        writeln!(output, "  {} ({}): {lost}", other.rule, other.cause.code())?;
    }
    Ok(!winners.is_empty())
}
