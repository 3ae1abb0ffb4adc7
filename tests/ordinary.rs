//! Ordinary mail that talks about delivery is no bounce.
//!
//! `tests/ordinary/*.mbox` contains mails in four languages as a helpdesk sees them: newsletters about spam,
//! answers that explain `550 5.1.1`, parcels that could not be delivered, new addresses, full mailboxes.

use crate::support::options;
use bezorgd::analyse;
use bezorgd::model::Kind;
use std::fs;
use std::path::Path;

#[test]
fn mail_that_talks_about_delivery_is_no_bounce() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/ordinary");
    let mut read = 0;
    let mut wrong = Vec::new();
    for file in fs::read_dir(folder).expect("a readable folder") {
        let path = file.expect("a readable entry").path();
        let bytes = fs::read(&path).expect("a readable file");
        let name = path.file_name().expect("a file").to_string_lossy();
        for diagnosis in analyse(&name, &bytes, &options()) {
            read += 1;
            if !matches!(diagnosis.kind, Kind::NotABounce | Kind::AutoReply) {
                wrong.push(format!("{}: {:?}", diagnosis.file, diagnosis.kind));
            }
        }
    }
    assert!(read >= 100, "only {read} mails");
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// Outside a mailbox, each mail is a separate file.
#[test]
fn the_same_mail_as_html_is_no_bounce_either() {
    let mut read = 0;
    for mail in mails("en") {
        let (header, body) = mail.split_once("\n\n").expect("a header and a body");
        let header = header.replace("text/plain", "text/html");
        let body = body
            .replace('&', "&amp;")
            .replace('<', "&lt;")
            .replace('\n', "<br>\n");
        let page = format!("{header}\n\n<html><body><div>{body}</div></body></html>\n");
        for diagnosis in analyse("x.eml", page.as_bytes(), &options()) {
            read += 1;
            let is_ordinary = matches!(diagnosis.kind, Kind::NotABounce | Kind::AutoReply);
            assert!(is_ordinary, "{:?}: {page}", diagnosis.kind);
        }
    }
    assert!(read >= 25, "only {read} mails");
}

/// With the fields of servers in front, it is a mail that arrived, and nobody failed.
#[test]
fn the_same_mail_with_its_way_in_the_header_has_arrived() {
    let received =
        "Received: from mx.example.net by mail.example.be; Thu, 12 Mar 2026 08:00:12 +0100\n";
    let mut read = 0;
    for language in ["nl", "fr", "de", "en"] {
        for mail in mails(language) {
            let mail = format!("{received}{mail}");
            for diagnosis in analyse("x.eml", mail.as_bytes(), &options()) {
                read += 1;
                let has_arrived =
                    diagnosis.kind == Kind::Arrived && diagnosis.recipients.is_empty();
                assert!(
                    has_arrived || diagnosis.kind == Kind::AutoReply,
                    "{diagnosis:?}"
                );
            }
        }
    }
    assert!(read >= 100, "only {read} mails");
}

/// The mails in one language, each without the line that separates it from the others.
fn mails(language: &str) -> Vec<String> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/ordinary");
    let path = folder.join(language).with_extension("mbox");
    let text = fs::read_to_string(path).expect("a readable file");
    let mails = text.split("From an@example.org ").skip(1);
    let mails = mails.map(|mail| mail.split_once('\n').expect("a line").1);
    mails.map(str::to_owned).collect()
}
