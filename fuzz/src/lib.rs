//! What must hold for any evidence, however broken; each target leads it to one format.

use bezorgd::model::{Diagnosis, Kind, Moment, ProblemCode};
use bezorgd::{Host, Options, Part, analyse, unpack};

/// The present at which everything is read: what is found once is found again.
pub fn options() -> Options {
    let now = Moment::parse_rfc3339("2026-03-12T13:00:00+01:00").expect("a valid date");
    let host = Host {
        unpack: archives,
        ..Host::default()
    };
    Options {
        host,
        ..Options::new(now)
    }
}

/// Reads the evidence and checks what came of it.
pub fn check(bytes: &[u8]) -> Vec<Diagnosis> {
    let diagnoses = analyse("stuk", bytes, &options());
    assert!(!diagnoses.is_empty(), "no answer");
    diagnoses.iter().for_each(check_diagnosis);
    diagnoses
}

/// Leaves binary workbooks out: their reader panics on damage. That is caught, but not before it has
/// ended the run.
fn archives(
    bytes: &[u8],
    archives: bool,
    take: &mut dyn FnMut(Part<'_>),
) -> Result<(), ProblemCode> {
    if bytes.starts_with(b"PK") {
        unpack(bytes, archives, take)
    } else {
        Err(ProblemCode::UnsupportedFormat)
    }
}

/// A diagnosis says why nothing could be read, and can be written down.
pub fn check_diagnosis(diagnosis: &Diagnosis) {
    let silent = diagnosis.kind == Kind::Unreadable && diagnosis.problems.is_empty();
    assert!(!silent, "unreadable, without a reason");
    serde_json::to_string(diagnosis).expect("it can be written as JSON");
    let recipients = diagnosis.recipients.iter();
    for attempt in recipients.flat_map(|recipient| &recipient.attempts) {
        if let Some(span) = attempt.matched {
            let (_, matched, _) = span.split(&attempt.text);
            assert!(!matched.is_empty(), "a cause that rests on no words");
        }
    }
}

/// The bytes, beginning as this format does; of what already does nothing changes.
pub fn beginning_with(signature: &[u8], bytes: &[u8]) -> Vec<u8> {
    let rest = bytes.get(signature.len()..).unwrap_or_default();
    [signature, rest].concat()
}
