//! Mails of any structure: whoever their parts name comes out, or a problem says that something was left out.

#![no_main]

use libfuzzer_sys::fuzz_target;
use std::collections::BTreeSet;

const HEAD: &str =
    "From: Els Maes <els@example.com>\nTo: helpdesk@example.net\nSubject: Deze kwamen terug\n";

/// Builds a mail of parts, one for each byte.
struct Builder {
    text: String,
    /// The boundaries of the multiparts that are open.
    open: Vec<String>,
    boundaries: usize,
    named: BTreeSet<String>,
}

impl Builder {
    fn open_multipart(&mut self) {
        self.boundaries += 1;
        let boundary = format!("grens{}", self.boundaries);
        self.text += &format!("Content-Type: multipart/mixed; boundary={boundary}\n\n");
        self.open.push(boundary);
        // RFC 2046 wants one part at least; `mail-parser` takes what follows an empty multipart for its text.
        self.part("Content-Type: text/plain\n\nDag,\n\nZie bijlage.\n");
    }

    fn part(&mut self, headers: &str) {
        let boundary = self.open.last().expect("one is open");
        self.text += &format!("\n--{boundary}\n{headers}");
    }

    fn close(&mut self) {
        if let Some(boundary) = self.open.pop() {
            self.text += &format!("\n--{boundary}--\n");
        }
    }

    fn name(&mut self) -> String {
        let address = format!("n{}@example.be", self.named.len());
        self.named.insert(address.clone());
        address
    }

    fn bounce(&mut self) -> String {
        let address = self.name();
        format!(
            "From: MAILER-DAEMON@mail.example.com\nTo: els@example.com\nSubject: Undelivered Mail Returned to Sender\n\n\
             <{address}>: host mx.example.be said: 550 5.1.1 User unknown\n"
        )
    }
}

fuzz_target!(|bytes: &[u8]| {
    let mut mail = Builder {
        text: HEAD.to_owned(),
        open: Vec::new(),
        boundaries: 0,
        named: BTreeSet::new(),
    };
    mail.open_multipart();
    for byte in bytes.iter().take(2_000) {
        match byte % 8 {
            0 if mail.open.len() < 40 => {
                mail.part("");
                mail.open_multipart();
            }
            1 if mail.open.len() > 1 => mail.close(),
            2 => {
                let address = mail.name();
                mail.part(&format!(
                    "Content-Type: text/csv; name=a.csv\n\nE-mail;Status;Omschrijving\n{address};FAILED;The user's mailbox is full.\n"
                ));
            }
            3 => {
                let bounce = mail.bounce();
                mail.part(&format!(
                    "Content-Type: application/octet-stream; name=a.eml\n\n{bounce}"
                ));
            }
            4 if mail.open.len() < 40 => {
                mail.part(&format!("Content-Type: message/rfc822\n\n{HEAD}"));
                mail.open_multipart();
            }
            5 => mail.part("Content-Type: image/png\n\nx\n"),
            _ => {
                let bounce = mail.bounce();
                mail.part(&format!("Content-Type: message/rfc822\n\n{bounce}"));
            }
        }
    }
    while !mail.open.is_empty() {
        mail.close();
    }
    let found = bezorgd_fuzz::check(mail.text.as_bytes());
    bezorgd_fuzz::check_nobody_vanished(&mail.named, &found);
});
