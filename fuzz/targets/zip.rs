//! Archives: anything that begins like one, mutated file by file.

#![no_main]

use libfuzzer_sys::{fuzz_mutator, fuzz_target};

const SIGNATURE: &[u8] = b"PK\x03\x04";

fuzz_mutator!(|data: &mut [u8], size: usize, max_size: usize, seed: u32| {
    bezorgd_fuzz::archives::mutate(data, size, max_size, seed)
});

fuzz_target!(|bytes: &[u8]| {
    bezorgd_fuzz::check(&bezorgd_fuzz::beginning_with(SIGNATURE, bytes));
});
