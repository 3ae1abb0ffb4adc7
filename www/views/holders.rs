//! The recipient in the list of customers.

use super::naming::person;
use bezorgd_model::Customer;
use bezorgd_protocol::{Detail, Holders};
use bezorgd_words::Words;
use yew::prelude::*;

/// Who has the address, who has a different one now, and who has the suggested one.
pub fn holders(words: &'static Words, detail: &Detail) -> Html {
    let Some(holders) = &detail.holders else {
        return Html::default();
    };
    let with_address = &holders.with_address;
    html! {
        <section class="holders" id="holders">
            {changed(words, holders)}
            if !with_address.is_empty() {
                <p>{words.count.holders(with_address.len() as u32)}</p>
                <ul>{for with_address.iter().map(|customer| html! { <li>{who(words, customer)}</li> })}</ul>
            } else if holders.changed.is_none() {
                <p>{words.ui.holders_none()}</p>
            }
            {suggested(words, detail, holders)}
        </section>
    }
}

fn changed(words: &'static Words, holders: &Holders) -> Html {
    let Some(customer) = &holders.changed else {
        return Html::default();
    };
    let addresses = customer.addresses.join(", ");
    if addresses.is_empty() {
        return Html::default();
    }
    let sentence = words.fill.holder_changed(&who(words, customer), &addresses);
    html! { <p>{sentence}</p> }
}

fn suggested(words: &'static Words, detail: &Detail, holders: &Holders) -> Html {
    let Some(address) = &detail.recipient.suggestion else {
        return Html::default();
    };
    if holders.with_suggestion.is_empty() {
        return Html::default();
    }
    let names: Vec<String> = holders
        .with_suggestion
        .iter()
        .map(|customer| who(words, customer))
        .collect();
    let sentence = words.fill.holders_suggestion(address, &names.join(", "));
    html! { <p>{sentence}</p> }
}

fn who(words: &'static Words, customer: &Customer) -> String {
    person(words, customer.name.as_deref(), customer.number.as_deref())
}
