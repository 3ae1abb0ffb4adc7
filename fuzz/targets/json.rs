//! The JSON that the JavaScript module returns: the same for a complete file as for any slices of it, as on the command
//! line, and plain data that JavaScript has.

#![no_main]

// The writer of the command line, which is a program and no library.
#[path = "../../crates/cli/src/bounces.rs"]
#[expect(dead_code, reason = "only what the JSON needs is called here")]
mod bounces;
#[path = "../../crates/cli/src/json.rs"]
mod json;

use bezorgd::model::Diagnosis;
use bezorgd::{Reading, analyse, diagnoses};
use bounces::CountedDiagnoses;
use libfuzzer_sys::fuzz_target;
use serde_json::Value;

/// How many bytes of an input say how large the slices are.
const CUTS: usize = 4;

/// The largest whole number that JavaScript has (`Number.MAX_SAFE_INTEGER`).
const LARGEST_NUMBER: u64 = (1 << 53) - 1;

fuzz_target!(|input: &[u8]| {
    let Some((cuts, bytes)) = input.split_at_checked(CUTS) else {
        return;
    };
    let options = bezorgd_fuzz::options();
    // `diagnose` of the module.
    let complete = analyse("-", bytes, &options);
    // `Reader` of the module.
    let mut reading = Reading::new("-", &options);
    let mut sliced = Vec::new();
    let mut rest = bytes;
    for cut in cuts.iter().cycle() {
        if rest.is_empty() {
            break;
        }
        // Mostly small, and some larger than the head from which a format is detected.
        let size = (usize::from(*cut).pow(2) / 8).clamp(1, rest.len());
        let (slice, after) = rest.split_at(size);
        sliced.extend(reading.feed_to_vec(slice));
        rest = after;
    }
    sliced.extend(reading.finish_to_vec());
    assert_eq!(complete, sliced, "read differently in slices");

    complete.iter().for_each(check_json);

    // The command line, which adds what it counts.
    let read: Result<Vec<Diagnosis>, _> = diagnoses("-", bytes, &options).collect();
    let read = read.expect("bytes in memory can be read");
    let named: Vec<_> = read.iter().filter_map(|one| one.sender).collect();
    let counted = CountedDiagnoses::of(read, named.into_iter(), &options);
    let mut lines = Vec::new();
    for place in 0..counted.diagnoses.len() {
        json::write(&mut lines, &counted, place).expect("memory");
    }
    let lines = String::from_utf8(lines).expect("UTF-8");
    assert_eq!(lines.lines().count(), complete.len());
    for (line, diagnosis) in lines.lines().zip(&complete) {
        let mut value: Value = serde_json::from_str(line).expect("JSON");
        for recipient in value["recipients"].as_array_mut().expect("a list") {
            recipient.as_object_mut().expect("fields").remove("bounces");
        }
        let expected = serde_json::to_value(diagnosis).expect("plain data");
        assert_eq!(value, expected, "the command line says something else");
    }
});

fn check_json(diagnosis: &Diagnosis) {
    let text = serde_json::to_string(diagnosis).expect("plain data");
    let again: Diagnosis = serde_json::from_str(&text).expect("a diagnosis");
    assert_eq!(&again, diagnosis, "something is lost in the JSON");
    check_value(&serde_json::from_str(&text).expect("JSON"));
}

fn check_value(value: &Value) {
    match value {
        Value::Null => panic!("an absent field is null"),
        Value::Number(number) => {
            let is_safe = |number: &u64| *number <= LARGEST_NUMBER;
            let whole = number.as_u64().or(number.as_i64().map(i64::unsigned_abs));
            assert!(
                whole.as_ref().is_some_and(is_safe),
                "JavaScript has no {number}"
            );
        }
        Value::Array(values) => values.iter().for_each(check_value),
        Value::Object(fields) => fields.values().for_each(check_value),
        Value::Bool(_) | Value::String(_) => {}
    }
}
