//! Checks what must be true of any evidence, however broken. Each target is for one format; docs/fuzzing.md says what
//! it asserts.

pub mod archives;
pub mod tables;

use bezorgd::model::{Diagnosis, Kind, Moment, Problem, Recipient};
use bezorgd::{Options, analyse};
use std::collections::BTreeSet;
use std::sync::{Mutex, Once};

/// The present for all runs, so that findings can be reproduced.
pub fn now() -> Moment {
    Moment::parse_rfc3339("2026-03-12T13:00:00+01:00").expect("a valid date")
}

/// The options for all runs. A panic is a finding from here on, but for those that the analyser catches: they become
/// problems.
pub fn options() -> Options {
    static HOOK: Once = Once::new();
    HOOK.call_once(|| {
        // The hook of the fuzzer ends the run, also for a panic that somebody would catch.
        let find = std::panic::take_hook();
        let reported = Mutex::new(BTreeSet::new());
        std::panic::set_hook(Box::new(move |info| {
            if !bezorgd::is_panic_caught() {
                return find(info);
            }
            // Each place once, to be reported to the library.
            let place = info.location().map(ToString::to_string);
            if let Ok(mut reported) = reported.lock()
                && reported.insert(place)
            {
                eprintln!("CAUGHT: {info}");
            }
        }));
    });
    Options::new(now())
}

/// Reads the evidence and checks the diagnoses.
pub fn check(bytes: &[u8]) -> Vec<Diagnosis> {
    let diagnoses = analyse("stuk", bytes, &options());
    assert!(!diagnoses.is_empty(), "no answer");
    diagnoses.iter().for_each(check_diagnosis);
    diagnoses
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

/// Checks that everyone whom the evidence names comes out, or a problem says that something was left out.
pub fn check_nobody_vanished(named: &BTreeSet<String>, found: &[Diagnosis]) {
    let recipients = found.iter().flat_map(|one| &one.recipients);
    let addresses: BTreeSet<String> = recipients.map(|one| one.address.clone()).collect();
    let has_problem = found.iter().any(|one| !one.problems.is_empty());
    assert!(
        has_problem || named.is_subset(&addresses),
        "somebody vanished without a problem: {:?}",
        named.difference(&addresses)
    );
}

/// All recipients, and all problems, of some diagnoses.
pub fn results(diagnoses: &[Diagnosis]) -> (Vec<&Recipient>, Vec<&Problem>) {
    let recipients = diagnoses.iter().flat_map(|one| &one.recipients);
    let problems = diagnoses.iter().flat_map(|one| &one.problems);
    (recipients.collect(), problems.collect())
}

/// The bytes with this start, unless they have it already.
pub fn beginning_with(signature: &[u8], bytes: &[u8]) -> Vec<u8> {
    let rest = bytes.get(signature.len()..).unwrap_or_default();
    [signature, rest].concat()
}
