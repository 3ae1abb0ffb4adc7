//! Tables: separated values in any encoding, and lists of addresses.

#![no_main]

use bezorgd::{analyse, not_attempted};
use libfuzzer_sys::fuzz_target;
use std::collections::HashSet;

fuzz_target!(|bytes: &[u8]| {
    bezorgd_fuzz::check(bytes);
    let options = bezorgd_fuzz::options();
    // Only tables and lists are expected here.
    let missing = not_attempted("stuk", bytes, &HashSet::new(), &options);
    bezorgd_fuzz::check_diagnosis(&missing);
    // With the columns of a report, every row is read.
    let report = [b"E-mail;Status;Omschrijving\nan@example.be;Failed;", bytes].concat();
    bezorgd_fuzz::check(&report);
    let first = analyse("stuk", bytes, &options);
    assert_eq!(
        first,
        analyse("stuk", bytes, &options),
        "the same file, read otherwise"
    );
});
