//! Checks what must be true of any evidence, however broken. Each target is for one format.

use bezorgd::model::{Diagnosis, Kind, Moment, ProblemCode};
use bezorgd::{Host, Options, ContainerPart, analyse, unpack};

/// The present for all runs, so that findings can be reproduced.
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

/// Reads the evidence and checks the diagnoses.
pub fn check(bytes: &[u8]) -> Vec<Diagnosis> {
    let diagnoses = analyse("stuk", bytes, &options());
    assert!(!diagnoses.is_empty(), "no answer");
    diagnoses.iter().for_each(check_diagnosis);
    diagnoses
}

/// Skips binary workbooks: their reader panics on damage. That panic is caught, but the fuzzer ends the run
/// before.
fn archives(
    bytes: &[u8],
    archives: bool,
    take: &mut dyn FnMut(ContainerPart<'_>),
) -> Result<(), ProblemCode> {
    // In UTF-16, as in the directory: the end of `Workbook` and `Book`, the streams of a workbook.
    let names_workbook = |window: &[u8]| window.eq_ignore_ascii_case(b"b\0o\0o\0k\0");
    if bytes.starts_with(b"PK") || !bytes.windows(8).any(names_workbook) {
        unpack(bytes, archives, take)
    } else {
        Err(ProblemCode::UnsupportedFormat)
    }
}

/// Checks that a diagnosis says why nothing could be read, and serialises.
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

/// The bytes with this start, unless they have it already.
pub fn beginning_with(signature: &[u8], bytes: &[u8]) -> Vec<u8> {
    let rest = bytes.get(signature.len()..).unwrap_or_default();
    [signature, rest].concat()
}
