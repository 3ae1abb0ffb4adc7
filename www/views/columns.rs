//! How the columns of a report were read, and the way to have them read otherwise.

use super::icon::{Icon, icon};
use super::{View, Wish};
use bezorgd::model::{Column, ColumnChoice, ColumnReading, DateOrder, Role};
use bezorgd::text::words;
use web_sys::HtmlSelectElement;
use yew::prelude::*;

/// The columns of every report; closed, for most are read well.
pub fn columns(view: &View) -> Html {
    let reports = &view.state.overview.columns;
    if reports.is_empty() {
        return Html::default();
    }
    html! {
        <details class="panel" id="columns">
            <summary>{icon(Icon::Columns)}<span>{words().ui.columns_title}</span></summary>
            <div class="panel-body columns">
                <p>{words().ui.columns_hint}</p>
                {for reports.iter().map(|(file, reading)| report(file, reading, view))}
            </div>
        </details>
    }
}

fn report(file: &str, reading: &ColumnReading, view: &View) -> Html {
    let order = reading.date_order.map(|order| {
        let onchange = choose(file, reading, view, |choice, code| {
            let mut orders = DateOrder::ALL.into_iter();
            choice.date_order = orders.find(|order| order.code() == code);
        });
        html! {
            <label class="date-order">{words().ui.date_order}{" "}
                <select {onchange}>
                    {for DateOrder::ALL.iter().map(|&known| html! {
                        <option value={known.code()} selected={known == order}>{words().date_order(known)}</option>
                    })}
                </select>
            </label>
        }
    });
    html! {
        <section key={file.to_owned()} data-columns={file.to_owned()}>
            <h3>{file}</h3>
            <div class="column-list">
                {for reading.columns.iter().enumerate().map(|(place, column)| {
                    let onchange = choose(file, reading, view, move |choice, code| choice.set(place, role(code)));
                    one(place, column, onchange)
                })}
            </div>
            {order}
        </section>
    }
}

/// What is wished when the reader picks something: the reading as it was, but for that.
fn choose(
    file: &str,
    reading: &ColumnReading,
    view: &View,
    change: impl Fn(&mut ColumnChoice, &str) + 'static,
) -> Callback<Event> {
    let (file, before) = (file.to_owned(), ColumnChoice::from(reading));
    view.wish.reform(move |event: Event| {
        let value = event.target_unchecked_into::<HtmlSelectElement>().value();
        let mut choice = before.clone();
        change(&mut choice, &value);
        Wish::ReadColumns(file.clone(), choice)
    })
}

fn one(place: usize, column: &Column, onchange: Callback<Event>) -> Html {
    let title = if column.header.is_empty() {
        let number = (place + 1).to_string();
        words().fill.column_number.with(&[("n", &number)])
    } else {
        column.header.clone()
    };
    html! {
        <label class={classes!("column", column.role.is_none().then_some("unused"))}>
            <span class="column-name">{title}</span>
            <span class="small">{&column.sample}</span>
            <select {onchange}>
                <option value="" selected={column.role.is_none()}>{words().ui.column_unused}</option>
                {for Role::ALL.iter().map(|&known| html! {
                    <option value={known.code()} selected={column.role == Some(known)}>{words().role(known)}</option>
                })}
            </select>
        </label>
    }
}

fn role(code: &str) -> Option<Role> {
    Role::ALL.into_iter().find(|role| role.code() == code)
}
