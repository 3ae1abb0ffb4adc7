//! Who should have received something: given a list, those whom no report names are found.

use super::file_input::file_input;
use super::icon::{Icon, icon};
use super::{View, Wish};
use bezorgd::text::words;
use yew::prelude::*;

/// The box for a list of addresses.
pub const EXPECTED_BOX: &str = "expected-text";

/// The input behind the button that chooses a list.
pub const EXPECTED_INPUT: &str = "expected-input";

/// The question, and what came of it; only beside a report, for that names whom it tried.
pub fn expected(view: &View) -> Html {
    let ui = &words().ui;
    let overview = &view.state.overview;
    if !overview.report {
        return Html::default();
    }
    let answer = overview.missing.map(|missing| match missing {
        0 => ui.expected_all_there.to_owned(),
        missing => words().count.expected_missing.of(missing),
    });
    html! {
        <details class="panel" id="expected">
            <summary>{icon(Icon::Search)}<span>{ui.expected_title}</span>
                if let Some(answer) = &answer {
                    <span class="answer">{answer}</span>
                }
            </summary>
            <div class="panel-body">
                <label for={EXPECTED_BOX}>{ui.expected_hint}</label>
                <textarea id={EXPECTED_BOX} rows="4" spellcheck="false" autocomplete="off" />
                <p class="channels">
                    <button type="button" id="expected-read" onclick={view.wish.reform(|_| Wish::ExpectPasted)}>
                        {ui.expected_read}</button>
                    <button type="button" class="quiet" onclick={view.wish.reform(|_| Wish::ChooseExpected)}>
                        {ui.expected_choose}</button>
                </p>
                {file_input(EXPECTED_INPUT, view, Wish::Expect)}
                <p role="status" id="expected-answer">{answer}</p>
            </div>
        </details>
    }
}
