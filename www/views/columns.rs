//! How the columns of each report were read, with a way to change it.

use super::icon::{Icon, icon};
use super::view::{View, Wish};
use bezorgd_model::{Column, ColumnChoice, DateOrder, Role};
use bezorgd_protocol::ReportColumns;
use bezorgd_words::Words;
use web_sys::HtmlSelectElement;
use yew::prelude::*;

/// The columns of every report. Closed, because most are read correctly.
pub fn columns(view: &View) -> Html {
    let reports = &view.state.overview.columns;
    if reports.is_empty() {
        return Html::default();
    }
    html! {
        <details class="panel" id="columns">
            <summary>{icon(Icon::Columns)}<span>{view.words.ui.columns_title()}</span></summary>
            <div class="panel-body columns">
                <p>{view.words.ui.columns_hint()}</p>
                {for reports.iter().enumerate().map(|(place, report)| report_columns(place, report, view))}
            </div>
        </details>
    }
}

fn report_columns(place: usize, report: &ReportColumns, view: &View) -> Html {
    let ReportColumns { name, reading, .. } = report;
    let order = reading.date_order.map(|order| {
        let onchange = on_choice(report, view, |choice, code| {
            let mut orders = DateOrder::ALL.into_iter();
            choice.date_order = orders.find(|order| order.code() == code);
        });
        html! {
            <label class="date-order">{view.words.ui.date_order()}{" "}
                <select {onchange}>
                    {for DateOrder::ALL.iter().map(|&choice| html! {
                        <option value={choice.code()} selected={choice == order}>{view.words.date_order(choice)}</option>
                    })}
                </select>
            </label>
        }
    });
    html! {
        <section key={place} data-columns={name.clone()}>
            <h3>{name}</h3>
            <div class="column-list">
                {for reading.columns.iter().enumerate().map(|(place, column)| {
                    let onchange = on_choice(report, view, move |choice, code| choice.set(place, role(code)));
                    one(view.words, place, column, onchange)
                })}
            </div>
            {order}
        </section>
    }
}

/// Reads the file of a report again, with one column or the date order changed by the reader.
fn on_choice(
    report: &ReportColumns,
    view: &View,
    change: impl Fn(&mut ColumnChoice, &str) + 'static,
) -> Callback<Event> {
    let (file, before) = (report.file, ColumnChoice::from(&report.reading));
    view.wish.reform(move |event: Event| {
        let value = event.target_unchecked_into::<HtmlSelectElement>().value();
        let mut choice = before.clone();
        change(&mut choice, &value);
        Wish::ReadColumns(file, choice)
    })
}

fn one(words: &'static Words, place: usize, column: &Column, onchange: Callback<Event>) -> Html {
    let title = if column.header.is_empty() {
        let number = (place + 1).to_string();
        words.fill.column_number(&number)
    } else {
        column.header.clone()
    };
    html! {
        <label class={classes!("column", column.role.is_none().then_some("unused"))}>
            <span class="column-name">{title}</span>
            <span class="small">{&column.sample}</span>
            <select {onchange}>
                <option value="" selected={column.role.is_none()}>{words.ui.column_unused()}</option>
                {for Role::ALL.iter().map(|&role| html! {
                    <option value={role.code()} selected={column.role == Some(role)}>{words.role(role)}</option>
                })}
            </select>
        </label>
    }
}

fn role(code: &str) -> Option<Role> {
    Role::ALL.into_iter().find(|role| role.code() == code)
}
