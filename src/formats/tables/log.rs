//! Lines of the log of a mail server: Postfix and Sendmail (`to=<an@example.be>, … status=bounced (…)`), and
//! Exim (`2026-03-12 08:00:12 1uXyZ1-000Abc-2D ** an@example.be …`).

use super::cell::is_date_word;
use super::rows::Rows;
use crate::address;

/// Reads the lines that are about the delivery to a recipient, if there are any.
pub fn read(text: &str) -> Option<Rows> {
    let mut rows = Rows::out_of(text.len());
    rows.titles(["Date", "Recipient", "Status", "Reason"]);
    let mut found = false;
    for (line, text) in (1..).zip(text.lines()) {
        if let Some(cells) = by_fields(text).or_else(|| by_signs(text)) {
            found = true;
            rows.push(line, cells);
        }
    }
    found.then_some(rows)
}

/// A line of Postfix or Sendmail.
fn by_fields(line: &str) -> Option<[&str; 4]> {
    let field = |name: &str| {
        let after = line.split_once(name)?.1;
        Some(after.split([',', ' ']).next().unwrap_or(after))
    };
    let recipient = field(" to=<")
        .or_else(|| field(",to=<"))
        .and_then(|to| to.split('>').next())?;
    let (_, said) = line
        .split_once("status=")
        .or_else(|| line.split_once("stat="))?;
    let word = said.split([' ', ':']).next().unwrap_or(said);
    let status = match (field("dsn=").and_then(|dsn| dsn.bytes().next()), word) {
        (Some(b'2'), _) | (None, "sent" | "Sent") => "delivered",
        (Some(b'4'), _) | (None, "deferred" | "Deferred") => "deferred",
        _ => "failed",
    };
    let reason = said.strip_prefix(word).unwrap_or(said).trim_start();
    let reason = reason
        .strip_prefix('(')
        .and_then(|reason| reason.strip_suffix(')'));
    Some([date(line), recipient, status, reason.unwrap_or(said)])
}

/// What comes before the name of the computer.
fn date(line: &str) -> &str {
    let mut words = line.match_indices(' ');
    // `2026-03-12T08:00:12+01:00`, or `Mar 12 08:00:12` with one space or two.
    let end = match line.split(' ').next() {
        Some(first) if is_date_word(first) => words.next(),
        _ => words.find(|(at, _)| line[..*at].contains(':')),
    };
    end.map_or("", |(at, _)| &line[..at])
}

/// A line of Exim.
fn by_signs(line: &str) -> Option<[&str; 4]> {
    let (head, rest) = ["=>", "->", "**", "=="].iter().find_map(|sign| {
        let (head, rest) = line.split_once(&format!(" {sign} "))?;
        Some((head, (*sign, rest)))
    })?;
    let (sign, rest) = rest;
    if !head.split(' ').next().is_some_and(is_date_word) {
        return None;
    }
    let (recipient, reason) = rest.split_once(' ').unwrap_or((rest, ""));
    let recipient = recipient.trim_end_matches(':');
    let status = match sign {
        "**" => "failed",
        "==" => "deferred",
        _ => "delivered",
    };
    let (date, _) = head.rsplit_once(' ')?;
    address::is_address(recipient).then_some([date, recipient, status, reason])
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rows(text: &str) -> Vec<Vec<String>> {
        let rows = read(text).map(Rows::into_cells).unwrap_or_default();
        rows.into_iter().skip(1).collect()
    }

    #[test]
    fn each_server_writes_recipient_status_and_reason() {
        let text = "Mar 12 08:00:11 mail postfix/qmgr[1]: 4B2: from=<school@example.be>, size=1, nrcpt=2 (queue active)\n\
            Mar 12 08:00:12 mail postfix/smtp[1]: 4B2: to=<an@example.be>, relay=a, dsn=5.1.1, status=bounced (host a said: 550 5.1.1 no (x))\n\
            Mar  2 08:00:12 mail sendmail[1]: 62C: to=<bo@example.be>, ctladdr=<x@example.be>, dsn=4.0.0, stat=Deferred: Connection refused\n\
            2026-03-12 08:00:12 1uXyZ1-000Abc-2D => carla@example.be R=dnslookup\n\
            2026-03-12 08:00:12 1uXyZ1-000Abc-2D ** dirk@example.be R=dnslookup: all relevant MX records point to nowhere\n\
            2026-03-12 08:00:13 1uXyZ1-000Abc-2D Completed\n";
        assert_eq!(
            rows(text),
            [
                [
                    "Mar 12 08:00:12",
                    "an@example.be",
                    "failed",
                    "host a said: 550 5.1.1 no (x)"
                ],
                [
                    "Mar  2 08:00:12",
                    "bo@example.be",
                    "deferred",
                    "Deferred: Connection refused"
                ],
                [
                    "2026-03-12 08:00:12",
                    "carla@example.be",
                    "delivered",
                    "R=dnslookup"
                ],
                [
                    "2026-03-12 08:00:12",
                    "dirk@example.be",
                    "failed",
                    "R=dnslookup: all relevant MX records point to nowhere"
                ],
            ]
        );
    }

    #[test]
    fn other_lines_are_no_log() {
        for text in [
            "",
            "to=<an@example.be>",
            "a => b@example.be",
            "Mar 12 => an@example.be",
            "x status=bounced",
        ] {
            assert!(read(text).is_none(), "{text}");
        }
    }
}
