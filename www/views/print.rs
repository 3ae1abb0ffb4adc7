//! The list on paper: only there while it is being printed.

use crate::state::State;
use bezorgd::job::Row;
use bezorgd::model::Moment;
use bezorgd::text::words;
use yew::prelude::*;

/// More rows than this would keep the browser busy for too long.
pub const MOST: u32 = 5_000;

/// A table to tick off and write on, with what list it is.
pub fn print(state: &State, rows: &[Row], today: Moment) -> Html {
    let (ui, fill) = (&words().ui, &words().fill);
    let title = match state.filter.turn {
        Some(turn) => words().turn(turn).title,
        None => ui.all,
    };
    let search = state.filter.search.trim();
    let searched = (!search.is_empty()).then(|| fill.print_search.with(&[("search", search)]));
    let about = [
        Some(words().count.recipients.of(rows.len() as u32)),
        searched,
        Some(fill.printed_on.with(&[("day", &words().dates.day(today))])),
    ];
    let about: Vec<String> = about.into_iter().flatten().collect();
    let suggests = rows.iter().any(|row| row.suggestion.is_some());
    html! {
        <section class="sheet" id="sheet">
            <h1>{title}</h1>
            <p>{about.join(" · ")}</p>
            <table>
                <thead>
                    <tr>
                        <td class="tick" />
                        <th scope="col" class="who">{ui.column_address}</th>
                        <th scope="col">{ui.column_reason}</th>
                        <th scope="col">{ui.column_todo}</th>
                        if suggests {
                            <th scope="col">{ui.column_suggestion}</th>
                        }
                        <th scope="col">{ui.column_note}</th>
                    </tr>
                </thead>
                <tbody>{for rows.iter().map(|row| line(row, suggests))}</tbody>
            </table>
        </section>
    }
}

fn line(row: &Row, suggests: bool) -> Html {
    html! {
        <tr>
            <td class="tick"><span class="box" /></td>
            <td>
                {if row.address.is_empty() { words().ui.no_address } else { &row.address }}
                if let Some(name) = &row.name {
                    <br />{name}
                }
            </td>
            <td>{words().cause(row.cause)}</td>
            <td>{words().turn(row.turn).short}</td>
            if suggests {
                <td>{row.suggestion.clone()}</td>
            }
            <td />
        </tr>
    }
}
