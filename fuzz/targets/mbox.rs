//! Mailboxes: in whatever slices one comes in, it holds the same mails.

#![no_main]

use bezorgd::Reading;
use libfuzzer_sys::fuzz_target;

const OPENING: &[u8] = b"From MAILER-DAEMON Thu Mar 12 08:00:00 2026\n";

fuzz_target!(|bytes: &[u8]| {
    let Some((size, bytes)) = bytes.split_first() else {
        return;
    };
    let mailbox = [OPENING, bytes].concat();
    let whole = bezorgd_fuzz::check(&mailbox);

    let mut sliced = Vec::new();
    let mut reading = Reading::new("stuk", &bezorgd_fuzz::options());
    // Small ones above all, and some larger than what a mailbox is recognised by.
    let size = usize::from(*size).pow(2) / 8 + 1;
    for slice in mailbox.chunks(size) {
        reading.feed(slice, &mut |diagnosis| sliced.push(diagnosis));
    }
    reading.finish(&mut |diagnosis| sliced.push(diagnosis));
    assert_eq!(whole, sliced, "read otherwise in slices of {size}");
});
