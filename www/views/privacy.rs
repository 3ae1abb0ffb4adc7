//! What happens to the evidence, how to check that, and what the page did on the network.

use super::advice::steps;
use super::icon::{Icon, icon};
use super::single_file_link::single_file_link;
use super::view::View;
use bezorgd_words::{Guide, Words};
use yew::prelude::*;

/// The privacy view.
pub fn privacy(view: &View) -> Html {
    let ui = view.words.ui;
    let guide = &view.words.guide;
    let network = view.state.network;
    let back = if view.state.origin.is_some() {
        ui.to_results()
    } else {
        ui.to_start()
    };
    let online = if network.online {
        ui.privacy_online()
    } else {
        ui.privacy_offline()
    };
    html! {
        <div class="explanation" data-explanation="privacy">
            <p class="way-back"><a href="#">{icon(Icon::Back)}{back}</a></p>
            <article class="detail">
                <h1>{ui.privacy_title()}</h1>
                {list(view.words, &guide.privacy_promise())}
                <section class="network" aria-live="off">
                    <h2>{ui.privacy_now()}</h2>
                    <dl>
                        <div><dt>{ui.privacy_requests()}</dt>
                            <dd id="requests">{view.words.numbers.whole(network.requests.into())}</dd></div>
                        <div><dt>{ui.privacy_network()}</dt><dd id="network">{online}</dd></div>
                    </dl>
                </section>
                <section class="todo">
                    <h2>{guide.privacy_check().title}</h2>
                    {steps(view.words, &guide.privacy_check().steps)}
                </section>
            </article>
            {single_file_link(view.words)}
        </div>
    }
}

/// The promises, in no particular order.
fn list(words: &'static Words, guide: &Guide) -> Html {
    html! {
        <ul class="promises">
            {for guide.steps.iter().map(|step| html! { <li>{super::rich::rich(words, *step)}</li> })}
        </ul>
    }
}
