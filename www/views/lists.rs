//! Panels for lists beside the evidence: expected recipients, and customers with their addresses.

use super::file_input::file_input;
use super::icon::{Icon, icon};
use super::view::{View, Wish};
use crate::ids;
use bezorgd_protocol::Purpose;
use yew::prelude::*;

/// Who is missing from the reports. Only beside a report, which lists everyone who was attempted; Wise's
/// list has only those that bounced.
pub fn expected(view: &View) -> Html {
    let ui = view.words.ui;
    let overview = &view.state.overview;
    if !overview.report || overview.counts {
        return Html::default();
    }
    let answer = overview.missing.map(|missing| match missing {
        0 => ui.expected_all_there().to_owned(),
        missing => view.words.count.expected_missing(missing),
    });
    let list = ListPanel {
        id: "expected",
        purpose: Purpose::Expected,
        title: ui.expected_title(),
        hint: ui.expected_hint(),
        read: ui.expected_read(),
        choose: ui.expected_choose(),
    };
    panel(&list, answer, view)
}

/// The list of customers. Only where the sending system identifies people by more than an address.
pub fn customers(view: &View) -> Html {
    let ui = view.words.ui;
    let overview = &view.state.overview;
    if !overview.counts {
        return Html::default();
    }
    let answer = overview
        .customers
        .map(|count| view.words.count.customers(count));
    let list = ListPanel {
        id: "customers",
        purpose: Purpose::Customers,
        title: ui.customers_title(),
        hint: ui.customers_hint(),
        read: ui.customers_read(),
        choose: ui.customers_choose(),
    };
    panel(&list, answer, view)
}

/// The differences between the panels.
struct ListPanel {
    id: &'static str,
    purpose: Purpose,
    title: &'static str,
    hint: &'static str,
    read: &'static str,
    choose: &'static str,
}

fn panel(list: &ListPanel, answer: Option<String>, view: &View) -> Html {
    let purpose = list.purpose;
    let paste_box = ids::paste_box(purpose);
    html! {
        <details class="panel" id={list.id}>
            <summary>{icon(Icon::Search)}<span>{list.title}</span>
                if let Some(answer) = &answer {
                    <span class="answer">{answer}</span>
                }
            </summary>
            <div class="panel-body">
                <label for={paste_box}>{list.hint}</label>
                <textarea id={paste_box} rows="4" spellcheck="false" autocomplete="off" />
                <p class="channels">
                    <button type="button" id={format!("{}-read", list.id)}
                        onclick={view.wish.reform(move |_| Wish::ReadPasted(purpose))}>{list.read}</button>
                    <button type="button" class="quiet"
                        onclick={view.wish.reform(move |_| Wish::ChooseFiles(purpose))}>{list.choose}</button>
                </p>
                {file_input(purpose, view)}
                <p role="status" id={format!("{}-answer", list.id)}>{answer}</p>
            </div>
        </details>
    }
}
