//! Whether a text may hold a table that is not in separated values. Looks at its first lines only, because
//! what reads such tables is loaded apart.

use super::cell;
use crate::address;

/// How much is looked at, in bytes.
const HEAD: usize = 16 << 10;

/// How many lines are looked at.
const LINES: usize = 60;

/// A text of as few lines may be a single row.
const FEW_LINES: usize = 3;

/// A text of as few lines may be a single card.
const CARD: usize = 12;

/// Why a text may hold such a table.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Likely {
    /// It begins as a notation for tables or data does.
    Notation,
    /// Its lines hold what rows hold.
    Lines,
}

/// Detects whether a text may hold such a table, in any encoding.
pub fn likely(bytes: &[u8]) -> Option<Likely> {
    let head = bytes.iter().take(HEAD).copied();
    // UTF-16 has a zero in every other byte.
    let head: Vec<u8> = head.filter(|byte| *byte != 0).collect();
    let head = String::from_utf8_lossy(&head);
    let head = head.trim_start_matches(|next: char| !next.is_ascii_graphic());
    if begins_as_notation(head) {
        return Some(Likely::Notation);
    }
    let lines = head.split(['\n', '\r']).map(str::trim);
    let lines: Vec<&str> = lines.filter(|line| !line.is_empty()).take(LINES).collect();
    if lines
        .iter()
        .any(|line| line.contains(" to=<") && line.contains("stat"))
    {
        return Some(Likely::Notation);
    }
    // The fields of a mail have labels too, but each another one.
    let label = lines.iter().find_map(|line| label_of_cell(line));
    let is_row = |line: &&&str| {
        let own = label_of_cell(line);
        is_cell(line) || is_spaced(line) || own.is_some() && (own == label || lines.len() <= CARD)
    };
    let rows = lines.iter().filter(is_row).count();
    let is_row = lines.len() <= FEW_LINES && lines.iter().any(|line| is_spaced(line));
    (rows > 1 || is_row).then_some(Likely::Lines)
}

fn begins_as_notation(head: &str) -> bool {
    ["<", "{", "[", "ID;P", "TABLE\n", "TABLE\r"]
        .iter()
        .any(|start| head.starts_with(start))
        || is_web_archive(head)
}

/// Whether a mail is a web page that a browser or Excel saved with its parts (MHTML, RFC 2557): nobody
/// sent it.
pub fn is_web_archive(head: &str) -> bool {
    let end = head.find("\n\n").or_else(|| head.find("\r\n\r\n"));
    let head = head[..end.unwrap_or(head.len())].to_ascii_lowercase();
    let is_sent = ["\nto:", "\nreceived:", "\nmessage-id:"];
    head.contains("multipart/related")
        && !is_sent.iter().any(|field| head.contains(field))
        && head.lines().next().is_some_and(|line| {
            ["mime-version", "from: <saved", "from: \"saved"]
                .iter()
                .any(|start| line.starts_with(start))
        })
}

/// Whether a line has an address or a date and, with spaces between, what other columns hold.
fn is_spaced(line: &str) -> bool {
    let has = |fits: fn(&str) -> bool| line.split(' ').any(fits);
    let (has_date, gaps) = (has(cell::is_date_word), line.matches("  ").count());
    has_date && gaps > 2
        || (has_date || gaps > 0)
            && line.contains('@')
            && has(|word| address::single(word).is_some())
}

/// The label of a line that has an address or a date behind it.
fn label_of_cell(line: &str) -> Option<&str> {
    let (label, value) = line.split_once([':', '\t'])?;
    is_cell(value.trim_start()).then_some(label)
}

fn is_cell(text: &str) -> bool {
    address::is_address(text) || cell::is_date(text)
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

    #[test]
    fn a_web_page_that_was_saved_is_no_mail_that_was_sent() {
        let saved = "From: <Saved by Blink>\nDate: x\nContent-Type: multipart/related\n\nTo: x";
        assert!(is_web_archive(saved));
        assert!(is_web_archive(
            "MIME-Version: 1.0\r\nContent-Type: multipart/related\r\n\r\n"
        ));
        assert!(!is_web_archive(
            "MIME-Version: 1.0\nTo: an@example.be\nContent-Type: multipart/related\n\n"
        ));
    }
}
