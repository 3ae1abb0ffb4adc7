//! Generates a mailbox of any size from the fixtures: what a school finds after years in the mailbox of
//! its sender address. Most mails are bounces in the forms of several systems, about a hundred thousand
//! people in turn; among them are automatic replies, newsletters, and mails with an attachment.
//!
//! The same size always gives the same bytes.

use anyhow::{Context, Result};
use std::fs::File;
use std::io::{BufWriter, Write as _};
use std::path::{Path, PathBuf};

/// The bounces, and the failed addresses in each.
const BOUNCES: [(&str, &[&str]); 8] = [
    ("status-without-diagnostic", &["jan@example.be"]),
    ("gmail-permanent-failure", &["jan@example.com"]),
    (
        "two-recipients-exim",
        &["jan@example.be", "piet@example.be"],
    ),
    ("office365-dutch", &["jan@example.be"]),
    ("status-delayed", &["jan@example.be"]),
    ("courier", &["jan@example.be"]),
    ("exchange-german", &["jan@example.de"]),
    ("session-transcript", &["jan@example.be"]),
];

/// The automatic replies, and the address of each sender.
const ANSWERS: [(&str, &[&str]); 2] = [
    ("automatic-answer-dutch", &["jan@example.be"]),
    ("automatic-answer-french", &["jan@example.be"]),
];

/// The date that all fixtures carry.
const DATE: &str = "Thu, 12 Mar 2026 08:00:00 +0100";

/// How many people bounce: more than a school or a library has, and about as many as fit in a gigabyte.
/// In a larger mailbox they bounce again.
const PEOPLE: u32 = 100_000;

/// The size of the header fields of spam filters, in bytes.
const FILTERED: usize = 1_500;

/// The size of a newsletter, in bytes.
const NEWSLETTER: usize = 12_000;

/// The sizes of the smallest and the largest attachment, in bytes.
const ATTACHMENT: (usize, usize) = (8_000, 60_000);

/// A mailbox on the disk, removed when dropped.
#[derive(Debug)]
pub struct Mailbox {
    path: PathBuf,
    bytes: u64,
    messages: u32,
    /// How often an address was named.
    failed: u32,
}

impl Mailbox {
    /// Writes a mailbox of this size, and at most one mail more, in the target folder.
    ///
    /// # Errors
    /// If it cannot be written.
    pub fn write(bytes: u64) -> Result<Self> {
        let folder = crate::repository::root().join("target");
        std::fs::create_dir_all(&folder)?;
        let path = folder.join(format!("scale-{}.mbox", std::process::id()));
        let mut mailbox = Self {
            path,
            bytes: 0,
            messages: 0,
            failed: 0,
        };
        mailbox
            .fill(bytes)
            .with_context(|| format!("cannot write `{}`", mailbox.path.display()))?;
        Ok(mailbox)
    }

    /// Its path.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Its size in bytes.
    pub fn bytes(&self) -> u64 {
        self.bytes
    }

    /// How many messages it contains.
    pub fn messages(&self) -> u32 {
        self.messages
    }

    /// How many different addresses bounce in it, roughly.
    pub fn people(&self) -> u32 {
        self.failed.min(PEOPLE)
    }

    fn fill(&mut self, bytes: u64) -> Result<()> {
        let bounces = BOUNCES.map(|(name, people)| Fixture::read(name, people));
        let bounces = bounces.into_iter().collect::<Result<Vec<_>>>()?;
        let answers = ANSWERS.map(|(name, people)| Fixture::read(name, people));
        let answers = answers.into_iter().collect::<Result<Vec<_>>>()?;
        let noise = noise();
        let mut file = BufWriter::with_capacity(1 << 20, File::create(&self.path)?);
        while self.bytes < bytes {
            let number = self.messages as usize;
            let mail = match number % 10 {
                0 => self.attachment(&noise),
                4 => self.newsletter(),
                7 => self.mail(&answers[number / 10 % answers.len()], &noise),
                _ => self.mail(&bounces[number % bounces.len()], &noise),
            };
            file.write_all(mail.as_bytes())?;
            self.bytes += mail.len() as u64;
            self.messages += 1;
        }
        file.flush()?;
        Ok(())
    }

    /// A fixture with other addresses.
    fn mail(&mut self, fixture: &Fixture, noise: &str) -> String {
        let mut mail = fixture.text.replace(DATE, &self.date());
        for address in fixture.people {
            mail = mail.replace(address, &address_of(self.failed % PEOPLE));
            self.failed += 1;
        }
        let info = noise[self.messages as usize % 1_000..][..FILTERED].replace('\n', "\n\t");
        self.envelope(&format!("X-Antispam-Info: {info}\n{mail}"))
    }

    fn newsletter(&self) -> String {
        let line = "<tr><td><p>Kom zaterdag naar het schoolfeest, er is taart.</p></td></tr>\n";
        self.envelope(&format!(
            "From: Nieuws <nieuws@example.org>\nTo: an@example.org\nSubject: Nieuwsbrief {}\n\
             Date: {}\nList-Id: <nieuws.example.org>\nMIME-Version: 1.0\n\
             Content-Type: text/html; charset=utf-8\n\n<html><table>\n{}</table></html>\n",
            self.messages,
            self.date(),
            line.repeat(NEWSLETTER / line.len()),
        ))
    }

    fn attachment(&self, noise: &str) -> String {
        let (least, most) = ATTACHMENT;
        let size = least + self.messages as usize * 7_919 % (most - least);
        self.envelope(&format!(
            "From: Piet <piet@example.org>\nTo: an@example.org\nSubject: Verslag {}\nDate: {}\n\
             MIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=\"grens\"\n\n--grens\n\
             Content-Type: text/plain; charset=utf-8\n\nHallo An, hierbij het verslag.\n\n--grens\n\
             Content-Type: application/pdf; name=\"verslag.pdf\"\n\
             Content-Transfer-Encoding: base64\n\n{}\n--grens--\n",
            self.messages,
            self.date(),
            &noise[..size],
        ))
    }

    /// A mail as it is in the mailbox, with the header fields that servers add on the way.
    fn envelope(&self, mail: &str) -> String {
        let (number, date) = (self.messages, self.date());
        let received: String = (1..=4)
            .map(|hop| {
                format!(
                    "Received: from mx{hop}.example.net (mx{hop}.example.net [192.0.2.{hop}])\n\
                     \tby mx.example.org (Postfix) with ESMTPS id {number:08X}{hop}\n\
                     \tfor <an@example.org>; {date}\n"
                )
            })
            .collect();
        let signature = "Zm9yIGFuIGV4YW1wbGUgb25seSwgbm90IGEgcmVhbCBzaWduYXR1cmUu\n\t".repeat(6);
        format!(
            "From MAILER-DAEMON Thu Mar 12 08:00:00 2026\n{received}\
             DKIM-Signature: v=1; a=rsa-sha256; c=relaxed/relaxed; d=example.net; s=s1;\n\tb={signature}x\n\
             Authentication-Results: mx.example.org; spf=none; dkim=pass\n{mail}\n"
        )
    }

    fn date(&self) -> String {
        let second = self.messages;
        let (day, hour) = (1 + second / 86_400 % 28, second / 3_600 % 24);
        let (minute, second) = (second / 60 % 60, second % 60);
        format!("{day:02} Feb 2026 {hour:02}:{minute:02}:{second:02} +0100")
    }
}

impl Drop for Mailbox {
    fn drop(&mut self) {
        // Fails if it was never written.
        let _ = std::fs::remove_file(&self.path);
    }
}

/// A fixture, and the addresses in it.
struct Fixture {
    text: String,
    people: &'static [&'static str],
}

impl Fixture {
    fn read(name: &str, people: &'static [&'static str]) -> Result<Self> {
        let file = crate::page::file(&format!("tests/fixtures/bounces/{name}.eml"))?;
        let text = std::fs::read_to_string(&file)?;
        for address in people {
            let is_there = text.contains(address);
            anyhow::ensure!(is_there, "`{address}` is not in {}", file.display());
        }
        Ok(Self { text, people })
    }
}

/// An address at one of some hundreds of domains.
fn address_of(number: u32) -> String {
    const NAMES: [&str; 8] = [
        "an.peeters",
        "jos.claes",
        "mia.wouters",
        "tom.debacker",
        "lotte.maes",
        "ilse.jacobs",
        "wim.mertens",
        "greet.willems",
    ];
    let name = NAMES[number as usize % NAMES.len()];
    format!("{name}{number}@school{}.example", number % 397)
}

/// What compressed data look like in base64, in lines of 76.
fn noise() -> String {
    const LETTERS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut state = 0x2545_F491_4F6C_DD1D_u64;
    let letter = |place: usize| {
        // Marsaglia's xorshift.
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        match place % 77 {
            76 => '\n',
            _ => char::from(LETTERS[(state >> 58) as usize]),
        }
    };
    (0..ATTACHMENT.1).map(letter).collect()
}
