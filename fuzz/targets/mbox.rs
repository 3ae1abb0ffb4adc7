//! Mailboxes: any slices give the same mails.

#![no_main]

use bezorgd::Reading;
use libfuzzer_sys::fuzz_target;

const OPENING: &[u8] = b"From MAILER-DAEMON Thu Mar 12 08:00:00 2026\n";

fuzz_target!(|bytes: &[u8]| {
    let Some((size, bytes)) = bytes.split_first() else {
        return;
    };
    let mailbox = [OPENING, bytes].concat();
    let complete = bezorgd_fuzz::check(&mailbox);

    let mut sliced = Vec::new();
    let mut reading = Reading::new("stuk", &bezorgd_fuzz::options());
    // Mostly small slices, and some larger than the head from which a mailbox is detected.
    let size = usize::from(*size).pow(2) / 8 + 1;
    for slice in mailbox.chunks(size) {
        reading.feed(slice, &mut |diagnosis| sliced.push(diagnosis));
    }
    reading.finish(&mut |diagnosis| sliced.push(diagnosis));
    assert_eq!(complete, sliced, "read differently in slices of {size}");
});
