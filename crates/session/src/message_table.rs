//! The table of message types as a file: a person extends it once, and gives it again the next time.

use super::excel_csv;
use bezorgd_senders::message_types::{Letter, MessageType};
use std::borrow::Cow;

/// The titles of the columns; the file is for a person, so they are in Dutch.
const TITLES: [&str; 4] = ["Berichtsoort", "Omschrijving", "Onderwerp bevat", "Brief"];

/// What stands in the last column.
const fn letter(letter: Letter) -> &'static str {
    match letter {
        Letter::Yes => "ja",
        Letter::OnRequest => "op aanvraag",
        Letter::No => "nee",
        Letter::Unknown => "?",
    }
}

/// The table as a file that Excel opens.
pub fn write(types: &[MessageType]) -> Vec<u8> {
    let mut file = excel_csv::header(TITLES.into_iter().map(Cow::Borrowed));
    file.extend(excel_csv::rows(types.iter().map(|known| {
        let cells: [Cow<'_, str>; 4] = [
            known.code.as_str().into(),
            known.name.as_str().into(),
            known.subject_line().into(),
            letter(known.letter).into(),
        ];
        cells.into_iter()
    })));
    file
}

/// The table in such a file; `None` when it is another file.
pub fn read(bytes: &[u8]) -> Option<Vec<MessageType>> {
    let mut rows = bezorgd::cells(bytes)?.into_iter();
    let titles = rows.next()?;
    if !titles.starts_with(&TITLES.map(str::to_owned)) {
        return None;
    }
    let mut types = Vec::new();
    for row in rows {
        let cell = |place: usize| row.get(place).map_or("", |cell| cell.trim());
        if cell(0).is_empty() {
            continue;
        }
        let answer = cell(3).to_lowercase();
        let known = Letter::ALL
            .into_iter()
            .find(|&known| letter(known) == answer);
        types.push(MessageType {
            code: cell(0).to_owned(),
            name: cell(1).to_owned(),
            subject: MessageType::subject_parts(cell(2)),
            letter: known.unwrap_or_default(),
        });
    }
    Some(types)
}

#[cfg(test)]
mod tests {
    use super::*;
    use bezorgd_model::Sender;
    use bezorgd_senders::Policy;

    #[test]
    fn what_is_taken_along_is_read_again() {
        let types = Policy::of(Sender::Wise).message_types();
        assert_eq!(read(&write(&types)), Some(types));
    }

    #[test]
    fn another_file_is_no_table_of_types() {
        for text in [
            "",
            "E-mail;Status\nan@example.be;R\n",
            "Berichtsoort\nHR1\n",
        ] {
            assert_eq!(read(text.as_bytes()), None, "{text}");
        }
    }
}
