//! Outlook messages: anything that begins like a compound file.

#![no_main]

use libfuzzer_sys::fuzz_target;

const SIGNATURE: &[u8] = b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1";

fuzz_target!(|bytes: &[u8]| {
    bezorgd_fuzz::check(&bezorgd_fuzz::beginning_with(SIGNATURE, bytes));
});
