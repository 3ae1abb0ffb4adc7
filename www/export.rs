//! Everything that a reader can export, in one table: the button, the target, and the request to the
//! worker.

use bezorgd_model::codes::closed_set;
use bezorgd_protocol::{ExportForm, ExportList, Filter, Request};
use bezorgd_words::Words;

/// More rows than this would keep the browser busy for too long when printing.
pub const MOST_PRINTED: u32 = 5_000;

/// The media type of Excel workbooks.
const XLSX: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
const CSV: &str = "text/csv";

closed_set! {
    /// Something that a reader can export.
    #[derive(Clone, Copy, Debug, Eq, PartialEq)]
    pub enum Export {
        /// The addresses in the list, on the clipboard.
        Addresses,
        /// The list, as a workbook.
        Workbook,
        /// The list, as a file that any program reads.
        Csv,
        /// The bounced messages of the recipients in the list, as a workbook.
        Messages,
        /// The list, on paper.
        Print,
        /// The table of message types, as a file that can be opened again.
        MessageTypes,
    }
}

/// One row of the table.
pub struct ExportRow {
    /// The id of the button.
    pub id: &'static str,
    /// The words on the button.
    pub label: &'static str,
    /// Where the export goes.
    pub target: ExportTarget,
    /// The request to the worker, for the list under this filter.
    pub request: fn(Filter) -> Request,
}

/// Where an export goes.
pub enum ExportTarget {
    Clipboard,
    Paper,
    File {
        /// The beginning of its name; the day and the extension follow.
        name: &'static str,
        /// With the dot.
        extension: &'static str,
        media_type: &'static str,
    },
}

impl Export {
    /// Its row of the table.
    pub fn row(self, words: &'static Words) -> ExportRow {
        let ui = words.ui;
        match self {
            Self::Addresses => ExportRow {
                id: "take-addresses",
                label: ui.copy_addresses(),
                target: ExportTarget::Clipboard,
                request: |filter| recipients(filter, ExportForm::Addresses),
            },
            Self::Workbook => ExportRow {
                id: "take-excel",
                label: ui.save_excel(),
                target: ExportTarget::File {
                    name: ui.name(),
                    extension: ".xlsx",
                    media_type: XLSX,
                },
                request: |filter| recipients(filter, ExportForm::Workbook),
            },
            Self::Csv => ExportRow {
                id: "take-csv",
                label: ui.save_csv(),
                target: ExportTarget::File {
                    name: ui.name(),
                    extension: ".csv",
                    media_type: CSV,
                },
                request: |filter| recipients(filter, ExportForm::Csv),
            },
            Self::Messages => ExportRow {
                id: "take-messages",
                label: ui.take_messages(),
                target: ExportTarget::File {
                    name: ui.take_messages(),
                    extension: ".xlsx",
                    media_type: XLSX,
                },
                request: |filter| Request::Export {
                    filter,
                    list: ExportList::Messages,
                    form: ExportForm::Workbook,
                },
            },
            Self::Print => ExportRow {
                id: "take-print",
                label: ui.print(),
                target: ExportTarget::Paper,
                request: |filter| Request::Print {
                    filter,
                    limit: MOST_PRINTED,
                },
            },
            Self::MessageTypes => ExportRow {
                id: "types-save",
                label: ui.types_save(),
                target: ExportTarget::File {
                    name: ui.types_file(),
                    extension: ".csv",
                    media_type: CSV,
                },
                request: |_| Request::ExportMessageTypes,
            },
        }
    }
}

fn recipients(filter: Filter, form: ExportForm) -> Request {
    Request::Export {
        filter,
        list: ExportList::Recipients,
        form,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use bezorgd_words::Language;
    use std::collections::HashSet;

    #[test]
    fn every_export_has_a_separate_button() {
        let ids: HashSet<_> = Export::ALL
            .iter()
            .map(|export| export.row(Language::Dutch.words()).id)
            .collect();
        let labels: HashSet<_> = Export::ALL
            .iter()
            .map(|export| export.row(Language::Dutch.words()).label)
            .collect();
        assert_eq!(
            (ids.len(), labels.len()),
            (Export::ALL.len(), Export::ALL.len())
        );
    }

    #[test]
    fn the_extension_of_a_file_matches_its_form() {
        for export in Export::ALL {
            let row = export.row(Language::Dutch.words());
            let expected = match (row.request)(Filter::default()) {
                Request::Export { form, .. } => match form {
                    ExportForm::Workbook => Some((".xlsx", XLSX)),
                    ExportForm::Csv => Some((".csv", CSV)),
                    ExportForm::Addresses => None,
                },
                Request::ExportMessageTypes => Some((".csv", CSV)),
                Request::Print { .. } => None,
                other => panic!("{other:?} exports nothing"),
            };
            let file = match row.target {
                ExportTarget::File {
                    extension,
                    media_type,
                    ..
                } => Some((extension, media_type)),
                ExportTarget::Clipboard | ExportTarget::Paper => None,
            };
            assert_eq!(file, expected, "{export:?}");
        }
    }
}
