//! Explains the cause of an error message: the rule that wins, and the rules that lose.

use bezorgd::rules::{self, Evidence};
use bezorgd_words::Words;
use std::io::{self, Write};

/// Writes the explanation; returns whether any rule matches.
pub fn write(output: &mut impl Write, words: &Words, message: &str) -> io::Result<bool> {
    let message = message.split_whitespace().collect::<Vec<_>>().join(" ");
    let matching = rules::explain(&Evidence {
        text: &message,
        ..Evidence::default()
    });
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
