//! Taking the list along: to a mail program, a spreadsheet, or on paper.

use super::{Take, Wish};
use crate::state::{State, Taken};
use bezorgd::text::{number, words};
use bezorgd::{MOST_ROWS, NoWorkbook};
use yew::prelude::*;

/// The buttons, and what came of the last one that was pressed.
pub fn take(state: &State, wish: &Callback<Wish>) -> Html {
    let ui = &words().ui;
    let button = |take: Take, id: &'static str, label: &'static str| {
        let onclick = wish.reform(move |_: MouseEvent| Wish::Take(take));
        html! {
            <button type="button" class="quiet" {id} {onclick} disabled={state.listing.total == 0}>
                {label}
            </button>
        }
    };
    let outcome = state.taken.map(|taken| match taken {
        Taken::Copied(count) => words().count.copied.of(count),
        Taken::CopyFailed => ui.copy_list_failed.to_owned(),
        Taken::NoWorkbook(NoWorkbook::NoWriter) => ui.no_workbook.to_owned(),
        Taken::NoWorkbook(NoWorkbook::TooManyRows) => words()
            .fill
            .too_many_for_excel
            .with(&[("n", &number(MOST_ROWS.into()))]),
        Taken::TooManyToPrint(most) => words()
            .fill
            .too_many_to_print
            .with(&[("n", &number(most.into()))]),
    });
    html! {
        <>
            <div class="take" role="group" aria-label={ui.take}>
                {button(Take::Copy, "take-addresses", ui.copy_addresses)}
                {button(Take::Excel, "take-excel", ui.save_excel)}
                {button(Take::Csv, "take-csv", ui.save_csv)}
                if state.overview.counts {
                    {button(Take::Messages, "take-messages", ui.take_messages)}
                }
                {button(Take::Print, "take-print", ui.print)}
            </div>
            <p class="taken" id="taken" role="status">{outcome}</p>
        </>
    }
}
