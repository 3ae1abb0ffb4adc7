//! E-mails, from their first header field on.

#![no_main]

use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    bezorgd_fuzz::check(bytes);
    let mail = [b"From: MAILER-DAEMON@example.be\r\n", bytes].concat();
    bezorgd_fuzz::check(&mail);
});
