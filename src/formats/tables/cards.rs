//! Cards: a label and a value on each line, and a card for each row, as a narrow screen shows a table.

use super::cell::{has_digit, is_address, is_status, is_title};
use super::rows::Rows;
use crate::model::fold::lowercase;

/// Labels of the fields of mails and of delivery reports (RFC 5322, RFC 3464): `bounces` reads those.
const FIELDS_OF_MAIL: &[&str] = &[
    "final-recipient",
    "original-recipient",
    "diagnostic-code",
    "reporting-mta",
    "remote-mta",
    "return-path",
    "received",
    "mime-version",
    "content-type",
];

/// Labels in front of a mail that was quoted or forwarded, in four languages: whom it went to, what it is about.
const TO: &[&str] = &["to", "aan", "à", "an"];
const SUBJECT: &[&str] = &["subject", "onderwerp", "objet", "betreff"];

/// A card with as few fields is a row by itself.
const FEWEST_FIELDS: usize = 3;

/// Columns that are read; no report has this many.
const MOST_COLUMNS: usize = 250;

/// One card: the line that it begins on, and the values by the number of their label.
struct Card {
    line: u32,
    values: Vec<String>,
}

/// Reads the cards as rows, if the lines are cards.
pub fn read(text: &str) -> Option<Rows> {
    let mut labels: Vec<&str> = Vec::new();
    let mut cards: Vec<Card> = Vec::new();
    // Where the words of a line without a label go.
    let mut open = None;
    for (line, text) in (1..).zip(text.lines()) {
        let Some((label, value)) = field(text) else {
            match (open, cards.last_mut()) {
                _ if text.trim().is_empty() => open = None,
                (Some(place), Some(card)) => {
                    let value: &mut String = &mut card.values[place];
                    value.push(' ');
                    value.push_str(text.trim());
                }
                _ => {}
            }
            continue;
        };
        let known = labels
            .iter()
            .position(|known| known.eq_ignore_ascii_case(label));
        let place = known.unwrap_or(labels.len());
        if place >= MOST_COLUMNS {
            return None;
        }
        if place == labels.len() {
            labels.push(label);
        }
        let is_new = |card: &Card| {
            card.values
                .get(place)
                .is_some_and(|value| !value.is_empty())
        };
        if cards.last().is_none_or(is_new) {
            let values = Vec::new();
            cards.push(Card { line, values });
        }
        if let Some(card) = cards.last_mut() {
            if card.values.len() <= place {
                card.values.resize(place + 1, String::new());
            }
            card.values[place] = value.to_owned();
            open = Some(place);
        }
    }
    are_rows(&labels, &cards).then(|| {
        let mut rows = Rows::out_of(text.len());
        rows.titles(&labels);
        for card in cards {
            rows.push(card.line, card.values);
        }
        rows
    })
}

/// The label and the value of a line.
fn field(line: &str) -> Option<(&str, &str)> {
    let line = line
        .trim_start()
        .trim_start_matches(['>', '-', '*', '•', '·', '|', ' ']);
    let at = line.find([':', '\t', '='])?;
    let is_mark = |next: char| next.is_whitespace() || matches!(next, '*' | '|');
    let label = line[..at].trim_end_matches(is_mark);
    let value = line[at..]
        .trim_start_matches([':', '='])
        .trim_matches(is_mark);
    (is_title(label) && !label.is_empty()).then_some((label, value))
}

/// Whether cards tell of recipients, and are no fields of a mail.
fn are_rows(labels: &[&str], cards: &[Card]) -> bool {
    let is_called = |label: &str, names: &[&str]| names.contains(&&*lowercase(label));
    let called = |names: &[&str]| labels.iter().any(|label| is_called(label, names));
    // What a mail is about may be a word for its status.
    let values = |card: &Card| {
        let labelled = labels.iter().zip(&card.values);
        let said = labelled.filter(|(label, _)| !is_called(label, SUBJECT));
        said.map(|(_, value)| value.clone()).collect::<Vec<_>>()
    };
    let with = |fits: fn(&str) -> bool| {
        let has = |card: &&Card| values(card).iter().any(|value| fits(value));
        cards.iter().filter(has).count() * 2 >= cards.len()
    };
    let (has_address, has_status) = (with(is_address), with(is_status));
    let quotes_mail = called(TO) && called(SUBJECT);
    let enough = match cards {
        [] => false,
        [card] => has_address && has_status && card.values.len() >= FEWEST_FIELDS && !quotes_mail,
        _ => labels.len() > 1 && (has_status || !quotes_mail),
    };
    enough && !called(FIELDS_OF_MAIL) && (has_address || has_status && with(has_digit))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lines(text: &str) -> Option<(u32, String)> {
        read(text).map(Rows::into_lines)
    }

    #[test]
    fn each_card_is_a_row() {
        let rows = "E-mail\tStatus\tReden\nan@example.be\tFAILED\tmailbox full, sorry\n\n\n\nbo@example.be\tDELIVERED\n";
        for text in [
            "E-mail: an@example.be\nStatus: FAILED\nReden: mailbox full,\nsorry\nE-mail: bo@example.be\nStatus: DELIVERED\n",
            "* E-mail:\tan@example.be\n* Status:\tFAILED\n* Reden:\n  mailbox full, sorry\n- **E-mail**: bo@example.be\n- **Status**: DELIVERED",
            "E-mail\tan@example.be\nStatus\tFAILED\nReden\tmailbox full, sorry\n\nE-mail\tbo@example.be\nStatus\tDELIVERED\nReden\t",
        ] {
            assert_eq!(lines(text), Some((0, rows.to_owned())), "{text}");
        }
    }

    #[test]
    fn a_card_by_itself_needs_a_status() {
        assert!(read("E-mail: an@example.be\nStatus: FAILED\nReden: vol\n").is_some());
        assert!(read("E-mail: an@example.be\nNaam: An\nReden: vol\n").is_none());
    }

    #[test]
    fn fields_of_a_mail_are_no_cards() {
        for text in [
            "Final-Recipient: rfc822; an@example.be\nAction: failed\nStatus: 5.1.1\n\nFinal-Recipient: rfc822; bo@example.be\nAction: failed\n",
            "Van: an@example.be\nAan: bo@example.be\nOnderwerp: Factuur\n\nDag,\n\nVan: bo@example.be\nAan: an@example.be\nOnderwerp: Re: Factuur\n",
            "Van: Mail Delivery Subsystem <daemon@example.be>\nDatum: 12/03/2026\nOnderwerp: Undeliverable\nAan: <bo@example.be>\n",
            "Beste,\n\nJe mail kwam niet aan: an@example.be\n",
            "",
        ] {
            assert!(read(text).is_none(), "{text}");
        }
    }
}
