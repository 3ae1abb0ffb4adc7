//! What several files say about the same recipient becomes one history.

use crate::support::options;
use bezorgd::analyse;
use bezorgd::history::{merge, recipient_key};
use bezorgd::model::{Attempt, Recipient};

/// The recipients of some evidence.
fn recipients(evidence: &str) -> Vec<Recipient> {
    let found = analyse("evidence", evidence.as_bytes(), &options());
    found.into_iter().flat_map(|one| one.recipients).collect()
}

#[test]
fn a_recipient_is_known_by_the_address_or_else_the_number_or_the_name() {
    let mut recipient = recipients("550 5.1.1 <An@Example.be>: User unknown").remove(0);
    recipient.name = Some("An Claes".into());
    recipient.customer = Some("A12".into());
    assert_eq!(recipient_key(&recipient).as_deref(), Some("an@example.be"));
    recipient.address.clear();
    assert_eq!(recipient_key(&recipient).as_deref(), Some("\u{1}a12"));
    recipient.customer = None;
    assert_eq!(recipient_key(&recipient).as_deref(), Some("\u{2}an claes"));
    recipient.name = None;
    assert_eq!(recipient_key(&recipient), None);
}

#[test]
fn attempts_are_merged_in_the_order_of_events_and_a_mail_counts_once() {
    let row = |date: &str, status: &str| {
        format!("E-mail;Datum;Status;Omschrijving\nan@example.be;{date};{status};Mailbox full\n")
    };
    let attempt = |evidence: &str| -> Attempt {
        let mut found = recipients(evidence);
        found.remove(0).attempts.remove(0)
    };
    let mail = attempt(
        "From: MAILER-DAEMON@example.be\nDate: Wed, 11 Mar 2026 09:00:00 +0100\n\
         Subject: Undelivered Mail\n\n<an@example.be>: 552 5.2.2 Mailbox full\n",
    );
    let failed = attempt(&row("11/03/2026 08:00", "FAILED"));
    let delivered = attempt(&row("12/03/2026 08:00", "DELIVERED"));
    let mut attempts = vec![
        delivered.clone(),
        mail.clone(),
        failed.clone(),
        mail.clone(),
    ];
    merge(&mut attempts, |attempt| attempt, |_, _| true);
    assert_eq!(attempts, [failed, mail.clone(), delivered]);
    // Two that differ in what is known beside them stay two.
    let mut attempts = vec![mail.clone(), mail];
    merge(&mut attempts, |attempt| attempt, |_, _| false);
    assert_eq!(attempts.len(), 2);
}
