//! Exporting the list: to the clipboard, a spreadsheet, or paper.

use super::view::Wish;
use crate::export::Export;
use crate::state::{ExportOutcome, PageState};
use bezorgd_model::{MOST_ROWS, NoWorkbook};
use bezorgd_words::Words;
use yew::prelude::*;

/// A button that exports something.
pub fn export_button(
    words: &'static Words,
    export: Export,
    disabled: bool,
    wish: &Callback<Wish>,
) -> Html {
    let row = export.row(words);
    let onclick = wish.reform(move |_: MouseEvent| Wish::Export(export));
    html! {
        <button type="button" class="quiet" id={row.id} {onclick} {disabled}>{row.label}</button>
    }
}

/// The buttons, and the outcome of the last one that was pressed.
pub fn export_buttons(words: &'static Words, state: &PageState, wish: &Callback<Wish>) -> Html {
    let ui = words.ui;
    let is_offered = |export: &Export| match export {
        Export::Addresses | Export::Workbook | Export::Csv | Export::Print => true,
        Export::Messages => state.overview.counts,
        // No list: its button is among the settings.
        Export::MessageTypes => false,
    };
    let offered = Export::ALL.into_iter().filter(is_offered);
    let outcome = state.export_outcome.map(|outcome| match outcome {
        ExportOutcome::Copied(count) => words.count.copied(count),
        ExportOutcome::CopyFailed => ui.copy_list_failed().to_owned(),
        ExportOutcome::NoWorkbook(NoWorkbook::NoWriter) => ui.no_workbook().to_owned(),
        ExportOutcome::NoWorkbook(NoWorkbook::TooManyRows) => words
            .fill
            .too_many_for_excel(&words.numbers.whole(MOST_ROWS.into())),
        ExportOutcome::TooManyToPrint(most) => words
            .fill
            .too_many_to_print(&words.numbers.whole(most.into())),
    });
    html! {
        <>
            <div class="take" role="group" aria-label={ui.take()}>
                {for offered.map(|export| export_button(words, export, state.listing.total == 0, wish))}
            </div>
            <p class="taken" id="taken" role="status">{outcome}</p>
        </>
    }
}
