//! Pasted text: a bounce without its header, or one reply line.

#![no_main]

use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    bezorgd_fuzz::check(text.as_bytes());
    bezorgd_fuzz::check(format!("550 5.1.1 <an@example.be>: {text}").as_bytes());
});
