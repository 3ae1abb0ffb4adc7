//! Whether a text may contain a table that is not in separated values. Looks at its first lines only, and is
//! kept small, because what reads such tables is loaded separately.

use super::cell::is_date_word;
use super::transposed;
use crate::address;

/// How much of a text to look at, in bytes.
const HEAD: usize = 16 << 10;

/// How many lines to look at.
const LINES: usize = 60;

/// A text of at most this many lines may be a single row.
const FEW_LINES: u32 = 3;

/// A text of at most this many lines may be a single card.
const CARD: u32 = 12;

/// The starts of the other notations: markup, JSON, SYLK, DIF, and web archives of browsers and of Excel.
const NOTATIONS: &[&str] = &[
    "<",
    "{",
    "[",
    "ID;P",
    "TABLE\n",
    "TABLE\r",
    "From: <Saved by",
    "From: \"Saved by",
    "MIME-Version: 1.0\nX-Document-Type",
    "MIME-Version: 1.0\r\nX-Document-Type",
];

/// Why a text may contain such a table.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Likely {
    /// It begins as another notation does, or has lines as only one has: a log, or records side by side.
    Notation,
    /// Its lines contain what rows contain.
    Lines,
}

/// The first bytes of a text in any encoding: UTF-16 has a zero in every other byte.
fn head(bytes: &[u8]) -> impl Iterator<Item = u8> {
    bytes
        .iter()
        .take(HEAD)
        .copied()
        .filter(|byte| *byte != 0)
        .skip_while(|byte| !byte.is_ascii_graphic())
}

/// Whether a text begins as another notation does, in any encoding.
pub fn is_notation(bytes: &[u8]) -> bool {
    NOTATIONS
        .iter()
        .any(|notation| head(bytes).take(notation.len()).eq(notation.bytes()))
}

/// Detects whether a text may contain such a table, in any encoding.
pub fn likely(bytes: &[u8]) -> Option<Likely> {
    if is_notation(bytes) {
        return Some(Likely::Notation);
    }
    let head: Vec<u8> = head(bytes).collect();
    let head = String::from_utf8_lossy(&head);
    let (mut lines, mut rows, mut spaced, mut fields, mut cards) = (0, 0, 0, 0, 0);
    let mut named = 0;
    let mut label = None;
    for line in head.lines().map(str::trim).take(LINES) {
        lines += u32::from(!line.is_empty());
        if !line.contains(|next: char| next == '@' || next.is_ascii_digit()) {
            continue;
        }
        if line.contains(" to=<") && line.contains("stat") {
            return Some(Likely::Notation);
        }
        named += u32::from(line.matches('@').nth(1).is_some());
        spaced += u32::from(is_spaced(line));
        rows += u32::from(is_cell(line));
        if let Some(own) = label_of_cell(line) {
            fields += 1;
            // The fields of a mail have labels too, but each another one.
            cards += u32::from(*label.get_or_insert(own) == own);
        }
    }
    // One line names all recipients, or a second one the senders.
    if (1..=2).contains(&named) && transposed::is_one(&head) {
        return Some(Likely::Notation);
    }
    rows += spaced + if lines > CARD { cards } else { fields };
    (rows > 1 || spaced > 0 && lines <= FEW_LINES).then_some(Likely::Lines)
}

/// Whether a line has an address or a date and, with spaces between, what other columns contain.
fn is_spaced(line: &str) -> bool {
    let pairs = line.as_bytes().windows(2);
    let gaps = pairs.filter(|pair| pair == b"  ").count();
    let has_date = line.split(' ').any(is_date_word);
    has_date && gaps > 2
        || (has_date || gaps > 0) && line.split(' ').any(|word| address::single(word).is_some())
}

/// The label of a line that has an address or a date behind it.
fn label_of_cell(line: &str) -> Option<&str> {
    let end = line.bytes().position(|byte| matches!(byte, b':' | b'\t'))?;
    is_cell(line[end + 1..].trim_start()).then_some(&line[..end])
}

fn is_cell(text: &str) -> bool {
    address::is_address(text)
        || !text.contains(['@', '\t']) && text.split(' ').next().is_some_and(is_date_word)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_may_hold_a_table_is_detected() {
        for text in [
            "an@example.be\nFAILED\nbo@example.be\nFAILED\n",
            "E-mail: an@example.be\nStatus: FAILED\nDatum: 12/03/2026\n",
            "Naam: An\nE-mail: an@example.be\n\nNaam: Bo\nE-mail: bo@example.be\n",
            "12/03/2026 an@example.be FAILED",
            "Naam   E-mail\nAn     an@example.be\n",
            "Datum        Soort   Info\n12/03/2026   HR1     Domain Error   x\n",
        ] {
            assert_eq!(likely(text.as_bytes()), Some(Likely::Lines), "{text}");
        }
        let log = "Mar 12 08:00:12 mail postfix/smtp[1]: 4B2: to=<an@example.be>, dsn=5.1.1, status=bounced (x)";
        assert_eq!(likely(log.as_bytes()), Some(Likely::Notation));
        let records = "E-mail;an@example.be;bo@example.be\nStatus;FAILED;FAILED\nReden;a;b\n";
        assert_eq!(likely(records.as_bytes()), Some(Likely::Notation));
        for archive in [
            "From: <Saved by Blink>\r\nSubject: x\r\n",
            "MIME-Version: 1.0\r\nX-Document-Type: Workbook\r\n",
        ] {
            assert_eq!(likely(archive.as_bytes()), Some(Likely::Notation));
        }
        let page = "\u{FEFF}\n <table>"
            .encode_utf16()
            .flat_map(u16::to_le_bytes);
        assert_eq!(likely(&page.collect::<Vec<_>>()), Some(Likely::Notation));
    }

    #[test]
    fn what_others_read_is_left_to_them() {
        for text in [
            "550 5.1.1 <an@example.be>: Recipient address rejected",
            "Your message to an@example.be could not be delivered.\n\nan@example.be\nmailbox full",
            "Datum\tE-mail\tStatus\n12/03/2026 08:00\tan@example.be\tFAILED\n12/03/2026 08:01\tbo@example.be\tFAILED\n",
            "E-mail,Datum\nan@example.be,2026-03-12 08:00\nbo@example.be,2026-03-12 08:00\n",
            "Final-Recipient: rfc822; an@example.be\nAction: failed\nStatus: 5.1.1\n",
            "",
        ] {
            assert_eq!(likely(text.as_bytes()), None, "{text}");
        }
        let fields = format!(
            "From: an@example.be\nTo: bo@example.be\nDate: 12/03/2026\n\n{}",
            "Dag\n".repeat(20)
        );
        assert_eq!(likely(fields.as_bytes()), None);
    }
}
