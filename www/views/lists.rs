//! Lists that are given beside the evidence: who should have received something, and who has which
//! address.

use super::file_input::file_input;
use super::icon::{Icon, icon};
use super::{View, Wish};
use crate::files::Input;
use bezorgd::job::Purpose;
use bezorgd::text::words;
use yew::prelude::*;

/// The box for a list.
pub const fn list_box(purpose: Purpose) -> &'static str {
    match purpose {
        Purpose::Customers => "customers-text",
        _ => "expected-text",
    }
}

/// The input behind the button that chooses a list.
pub const fn list_input(purpose: Purpose) -> &'static str {
    match purpose {
        Purpose::Customers => "customers-input",
        Purpose::MessageTypes => "types-input",
        _ => "expected-input",
    }
}

/// What a list is called that comes from its box.
pub fn list_name(purpose: Purpose) -> &'static str {
    match purpose {
        Purpose::Customers => words().ui.customers_name,
        _ => words().ui.expected_name,
    }
}

/// Who is in no report; only beside a report, for that names whom it tried. In Wise's list stand only
/// those that bounced.
pub fn expected(view: &View) -> Html {
    let ui = &words().ui;
    let overview = &view.state.overview;
    if !overview.report || overview.counts {
        return Html::default();
    }
    let answer = overview.missing.map(|missing| match missing {
        0 => ui.expected_all_there.to_owned(),
        missing => words().count.expected_missing.of(missing),
    });
    let list = List {
        id: "expected",
        purpose: Purpose::Expected,
        title: ui.expected_title,
        hint: ui.expected_hint,
        read: ui.expected_read,
        choose: ui.expected_choose,
        chosen: |inputs| Wish::ReadList(Purpose::Expected, inputs),
    };
    panel(&list, answer, view)
}

/// Who has which address; only where the sender knows people by more than an address.
pub fn customers(view: &View) -> Html {
    let ui = &words().ui;
    let overview = &view.state.overview;
    if !overview.counts {
        return Html::default();
    }
    let answer = overview
        .customers
        .map(|count| words().count.customers.of(count));
    let list = List {
        id: "customers",
        purpose: Purpose::Customers,
        title: ui.customers_title,
        hint: ui.customers_hint,
        read: ui.customers_read,
        choose: ui.customers_choose,
        chosen: |inputs| Wish::ReadList(Purpose::Customers, inputs),
    };
    panel(&list, answer, view)
}

/// What tells one list from another on the page.
struct List {
    id: &'static str,
    purpose: Purpose,
    title: &'static str,
    hint: &'static str,
    read: &'static str,
    choose: &'static str,
    chosen: fn(Vec<Input>) -> Wish,
}

fn panel(list: &List, answer: Option<String>, view: &View) -> Html {
    let purpose = list.purpose;
    let (place, input) = (list_box(purpose), list_input(purpose));
    html! {
        <details class="panel" id={list.id}>
            <summary>{icon(Icon::Search)}<span>{list.title}</span>
                if let Some(answer) = &answer {
                    <span class="answer">{answer}</span>
                }
            </summary>
            <div class="panel-body">
                <label for={place}>{list.hint}</label>
                <textarea id={place} rows="4" spellcheck="false" autocomplete="off" />
                <p class="channels">
                    <button type="button" id={format!("{}-read", list.id)}
                        onclick={view.wish.reform(move |_| Wish::ReadPastedList(purpose))}>{list.read}</button>
                    <button type="button" class="quiet"
                        onclick={view.wish.reform(move |_| Wish::ChooseList(purpose))}>{list.choose}</button>
                </p>
                {file_input(input, view, list.chosen)}
                <p role="status" id={format!("{}-answer", list.id)}>{answer}</p>
            </div>
        </details>
    }
}
