//! Workbooks: what is in `.xlsx` and `.ods` is mutated part by part, `.xls` as it is.

#![no_main]

use bezorgd::{analyse, customers, not_attempted};
use libfuzzer_sys::{fuzz_mutator, fuzz_target};
use std::collections::HashSet;

fuzz_mutator!(|data: &mut [u8], size: usize, max_size: usize, seed: u32| {
    bezorgd_fuzz::archives::mutate(data, size, max_size, seed)
});

fuzz_target!(|bytes: &[u8]| {
    let found = bezorgd_fuzz::check(bytes);
    let options = bezorgd_fuzz::options();
    assert_eq!(
        found,
        analyse("stuk", bytes, &options),
        "the same workbook, read otherwise"
    );
    let (listed, problems) = customers("stuk", bytes, &options);
    assert!(
        !listed.is_empty() || !problems.is_empty(),
        "nobody, without a reason"
    );
    let missing = not_attempted("stuk", bytes, &HashSet::new(), &options);
    bezorgd_fuzz::check_diagnosis(&missing);
});
