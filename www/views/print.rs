//! The list on paper; part of the page only while it is being printed.

use crate::state::PageState;
use bezorgd_model::Moment;
use bezorgd_model::NextStep;
use bezorgd_protocol::ListRow;
use bezorgd_words::Words;
use yew::prelude::*;

/// A table to tick off and write on, with a description of the list. Where people come to a desk, it is
/// made for asking them for their address there.
pub fn print(words: &'static Words, state: &PageState, rows: &[ListRow], today: Moment) -> Html {
    let (ui, fill) = (words.ui, words.fill);
    let at_desk = state.overview.counts;
    // At the desk, nobody needs to be asked about an address that works.
    let in_order = |row: &&ListRow| {
        matches!(
            row.next_step,
            NextStep::Wait | NextStep::LookInSpam | NextStep::Nothing
        )
    };
    let all = !at_desk || state.filter.next_step.is_some();
    let rows: Vec<&ListRow> = rows.iter().filter(|row| all || !in_order(row)).collect();
    let title = match state.filter.next_step {
        Some(next_step) => words.next_step(next_step).title,
        None if at_desk => ui.desk_title(),
        None => ui.all(),
    };
    let search = state.filter.search.trim();
    let searched = (!search.is_empty()).then(|| fill.print_search(search));
    let period = state.filter.period.map(|(first, last)| {
        let (first, last) = (words.dates.date(first), words.dates.date(last));
        fill.print_period(&first, &last)
    });
    let about = [
        Some(words.count.recipients(rows.len() as u32)),
        searched,
        period,
        Some(fill.printed_on(&words.dates.day(today))),
    ];
    let about: Vec<String> = about.into_iter().flatten().collect();
    let columns = PrintColumns {
        at_desk,
        named: rows
            .iter()
            .any(|row| row.name.is_some() || row.customer.is_some()),
        suggests: rows.iter().any(|row| row.suggestion.is_some()),
    };
    html! {
        <section class={classes!("sheet", at_desk.then_some("desk"))} id="sheet">
            <h1>{title}</h1>
            <p>{about.join(" · ")}</p>
            <table>
                <thead>
                    <tr>
                        if !at_desk {
                            <td class="tick" />
                        } else if columns.named {
                            <th scope="col" class="borrower">{ui.column_borrower()}</th>
                        }
                        <th scope="col" class="who">{ui.column_address()}</th>
                        <th scope="col" class="reason">{ui.column_reason()}</th>
                        if !at_desk {
                            <th scope="col">{ui.column_todo()}</th>
                        }
                        if columns.suggests {
                            <th scope="col">{ui.column_suggestion()}</th>
                        }
                        if at_desk {
                            <th scope="col" class="asked">{ui.column_asked()}</th>
                        }
                        <th scope="col">{ui.column_note()}</th>
                    </tr>
                </thead>
                <tbody>{for rows.iter().map(|row| line(words, row, &columns))}</tbody>
            </table>
        </section>
    }
}

/// Which columns there are.
struct PrintColumns {
    at_desk: bool,
    named: bool,
    suggests: bool,
}

fn line(words: &'static Words, row: &ListRow, columns: &PrintColumns) -> Html {
    let tick = html! { <span class="box" /> };
    html! {
        <tr>
            if !columns.at_desk {
                <td class="tick">{tick.clone()}</td>
            } else if columns.named {
                <td>
                    {row.name.clone()}
                    if let Some(number) = &row.customer {
                        <br />{number}
                    }
                </td>
            }
            <td>
                {if row.address.is_empty() { words.ui.no_address() } else { &row.address }}
                if let (Some(name), false) = (&row.name, columns.at_desk) {
                    <br />{name}
                }
            </td>
            <td>
                {words.cause(row.cause)}
                if let Some(tally) = row.tally {
                    <br />{words.fill.print_bounces(&words.tally(tally))}
                }
            </td>
            if !columns.at_desk {
                <td>{words.next_step(row.next_step).short}</td>
            }
            if columns.suggests {
                <td>{row.suggestion.clone()}</td>
            }
            if columns.at_desk {
                <td class="asked">{tick}</td>
            }
            <td />
        </tr>
    }
}
