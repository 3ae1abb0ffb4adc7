//! The table of message types as a file: a person extends it once, and opens it again the next time.

use super::excel_csv;
use bezorgd::Decoder;
use bezorgd_model::fold::lowercase;
use bezorgd_senders::message_types::{Letter, MessageType};
use bezorgd_words::Words;
use std::borrow::Cow;

/// The titles of the columns, in the reader's language: people edit the file.
fn titles(words: &Words) -> [&'static str; 4] {
    let ui = words.ui;
    [
        ui.file_types_code(),
        ui.file_types_name(),
        ui.file_types_subject(),
        ui.file_types_letter(),
    ]
}

/// The word in the last column.
fn answer(words: &Words, letter: Letter) -> &'static str {
    let ui = words.ui;
    match letter {
        Letter::Yes => ui.file_types_letter_yes(),
        Letter::OnRequest => ui.file_types_letter_on_request(),
        Letter::No => ui.file_types_letter_no(),
        Letter::Unknown => ui.file_types_letter_unknown(),
    }
}

/// The table as a CSV file that Excel opens.
pub fn write(words: &Words, types: &[MessageType]) -> Vec<u8> {
    let mut file = excel_csv::header(titles(words).into_iter().map(Cow::Borrowed));
    file.extend(excel_csv::rows(types.iter().map(|message_type| {
        let cells: [Cow<'_, str>; 4] = [
            message_type.code.as_str().into(),
            message_type.name.as_str().into(),
            message_type.subject_line().into(),
            answer(words, message_type.letter).into(),
        ];
        cells.into_iter()
    })));
    file
}

/// Reads such a file; `None` if it is a different file.
pub fn read(words: &Words, bytes: &[u8], decoder: Decoder) -> Option<Vec<MessageType>> {
    let mut rows = bezorgd::cells(bytes, decoder)?.into_iter();
    let first = rows.next()?;
    if !first.starts_with(&titles(words).map(str::to_owned)) {
        return None;
    }
    let mut types = Vec::new();
    for row in rows {
        let cell = |place: usize| row.get(place).map_or("", |cell| cell.trim());
        if cell(0).is_empty() {
            continue;
        }
        let written = lowercase(cell(3));
        let mut letters = Letter::ALL.into_iter();
        let letter = letters.find(|&letter| answer(words, letter) == written);
        types.push(MessageType {
            code: cell(0).to_owned(),
            name: cell(1).to_owned(),
            subject: MessageType::subject_parts(cell(2)),
            letter: letter.unwrap_or_default(),
        });
    }
    Some(types)
}

#[cfg(test)]
mod tests {
    use super::*;
    use bezorgd::Host;
    use bezorgd_model::Sender;
    use bezorgd_senders::Policy;
    use bezorgd_words::Language;

    #[test]
    fn an_exported_table_is_read_again() {
        let words = Language::Dutch.words();
        let types = Policy::of(Sender::Wise).message_types();
        let read = read(words, &write(words, &types), Host::default().decode);
        assert_eq!(read, Some(types));
    }

    #[test]
    fn a_different_file_is_no_table_of_types() {
        for text in [
            "",
            "E-mail;Status\nan@example.be;R\n",
            "Berichtsoort\nHR1\n",
        ] {
            let words = Language::Dutch.words();
            let read = read(words, text.as_bytes(), Host::default().decode);
            assert_eq!(read, None, "{text}");
        }
    }
}
