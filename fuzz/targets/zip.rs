//! Archives: anything that begins like one.

#![no_main]

use libfuzzer_sys::fuzz_target;

const SIGNATURE: &[u8] = b"PK\x03\x04";

fuzz_target!(|bytes: &[u8]| {
    bezorgd_fuzz::check(&bezorgd_fuzz::beginning_with(SIGNATURE, bytes));
});
