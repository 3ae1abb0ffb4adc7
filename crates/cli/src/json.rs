//! A diagnosis as a line of JSON: that of the analyser, and for each recipient the counted bounces.

use super::bounces::{CountedBounces, CountedDiagnoses};
use bezorgd::model::{
    Arrival, ColumnReading, Diagnosis, Format, Kind, Moment, Original, Problem, Recipient, Sender,
};
use bezorgd::senders::counter::{Stage, Step, Tally};
use bezorgd::senders::message_types::Letter;
use serde::Serialize;
use std::io::{self, Write};

/// Writes the diagnosis at this place.
pub fn write(output: &mut impl Write, counted: &CountedDiagnoses, place: usize) -> io::Result<()> {
    let Some(diagnosis) = counted.diagnoses.get(place) else {
        return Ok(());
    };
    serde_json::to_writer(&mut *output, &DiagnosisLine::of(diagnosis, counted, place))?;
    writeln!(output)
}

/// The fields of [`Diagnosis`], in the same order.
#[derive(Serialize)]
struct DiagnosisLine<'a> {
    file: &'a str,
    kind: Kind,
    #[serde(skip_serializing_if = "Option::is_none")]
    format: Option<Format>,
    #[serde(skip_serializing_if = "Option::is_none")]
    sender: Option<Sender>,
    recipients: Vec<RecipientLine<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    original: Option<&'a Original>,
    #[serde(skip_serializing_if = "Option::is_none")]
    arrival: Option<&'a Arrival>,
    #[serde(skip_serializing_if = "Option::is_none")]
    columns: Option<&'a ColumnReading>,
    problems: &'a [Problem],
}

impl<'a> DiagnosisLine<'a> {
    fn of(diagnosis: &'a Diagnosis, counted: &CountedDiagnoses, place: usize) -> Self {
        // Without `..`, so that a new field of a diagnosis cannot be forgotten here.
        let Diagnosis {
            file,
            kind,
            format,
            sender,
            recipients,
            original,
            arrival,
            columns,
            problems,
        } = diagnosis;
        let recipients = recipients.iter().enumerate();
        Self {
            file,
            kind: *kind,
            format: *format,
            sender: *sender,
            recipients: recipients
                .map(|(at, recipient)| RecipientLine {
                    recipient,
                    bounces: counted.bounces(place, at).map(BouncesField::of),
                })
                .collect(),
            original: original.as_ref(),
            arrival: arrival.as_deref(),
            columns: columns.as_ref(),
            problems,
        }
    }
}

#[derive(Serialize)]
struct RecipientLine<'a> {
    #[serde(flatten)]
    recipient: &'a Recipient,
    #[serde(skip_serializing_if = "Option::is_none")]
    bounces: Option<BouncesField>,
}

/// The bounces of a recipient. README.md documents the fields.
#[derive(Serialize)]
struct BouncesField {
    #[serde(flatten)]
    tally: Tally,
    #[serde(skip_serializing_if = "Option::is_none")]
    removed_at: Option<Moment>,
    letter: Letter,
    #[serde(skip_serializing_if = "Option::is_none")]
    message_type: Option<String>,
    steps: Vec<StepField>,
}

/// What an attempt counted for; empty for one that did not fail.
#[derive(Default, Serialize)]
struct StepField {
    #[serde(skip_serializing_if = "Option::is_none")]
    count: Option<u32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    stage: Option<Stage>,
    #[serde(skip_serializing_if = "Option::is_none")]
    skipped: Option<&'static str>,
}

impl BouncesField {
    fn of(bounces: &CountedBounces) -> Self {
        let message_type = bounces.message_type.as_ref();
        Self {
            tally: bounces.tally,
            removed_at: bounces.removed_at,
            letter: message_type.map(|found| found.letter).unwrap_or_default(),
            message_type: message_type.map(|found| found.code.clone()),
            steps: bounces.steps.iter().copied().map(StepField::of).collect(),
        }
    }
}

impl StepField {
    fn of(step: Option<Step>) -> Self {
        let skipped = |why| Self {
            skipped: Some(why),
            ..Self::default()
        };
        match step {
            Some(Step::Counted { count, stage }) => Self {
                count: Some(count),
                stage,
                skipped: None,
            },
            Some(Step::Soft) => skipped("soft"),
            Some(Step::Repeated) => skipped("repeated"),
            None => Self::default(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use bezorgd::{Options, analyse};

    #[test]
    fn without_counted_bounces_a_line_is_that_of_the_analyser() {
        let now = Moment::parse_rfc3339("2026-03-12T13:00:00+01:00").expect("a moment");
        let options = Options::new(now);
        let report = include_bytes!("../../../tests/fixtures/reports/pom.csv");
        let mail = include_bytes!("../../../tests/fixtures/bounces/gmail-unknown-dutch.eml");
        for evidence in [&report[..], mail] {
            let diagnoses = analyse("evidence", evidence, &options);
            let expected = serde_json::to_string(&diagnoses[0]).expect("JSON") + "\n";
            let counted = CountedDiagnoses::of(diagnoses, std::iter::empty(), &options);
            let mut line = Vec::new();
            write(&mut line, &counted, 0).expect("a line");
            assert_eq!(String::from_utf8(line).expect("UTF-8"), expected);
        }
    }
}
