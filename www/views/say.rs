//! Messages to copy: a button copies the text and shows it.

use super::copy::copied_words;
use super::icon::{Icon, icon};
use super::view::{View, Wish};
use crate::state::Copyable;
use bezorgd_model::ReadyText;
use bezorgd_protocol::Detail;
use bezorgd_words::About;
use yew::prelude::*;

/// A button for each channel, and the text that was chosen.
pub fn say(detail: &Detail, view: &View) -> Html {
    let recipient = &detail.recipient;
    let Some(message) = ReadyText::of(detail.sender, recipient.cause, recipient.state) else {
        return Html::default();
    };
    let deciding = recipient.deciding();
    let about = About {
        sender: detail.sender,
        recipient,
        attempt: deciding.map(|(_, attempt)| attempt),
        file: deciding
            .and_then(|(index, _)| detail.sources.get(index))
            .map(|source| source.file.as_str()),
        domain: &detail.domain,
    };
    let texts = view.words.message(message, &about);
    let chosen = match &view.state.copied {
        Some((Copyable::Text(channel), worked)) => texts
            .iter()
            .find(|(given, _)| given == channel)
            .map(|(_, text)| (text, *worked)),
        _ => None,
    };
    let title = if message == ReadyText::Helpdesk {
        view.words.ui.say_helpdesk()
    } else {
        view.words.ui.say()
    };
    html! {
        <section class="say" id="say">
            <h4>{title}</h4>
            <div class="channels">
                {for texts.iter().map(|(channel, text)| {
                    let what = Copyable::Text(*channel);
                    let pressed = matches!(&view.state.copied, Some((copied, _)) if *copied == what);
                    let text = text.clone();
                    let copy = view.wish.reform(move |_| Wish::Copy(what, text.clone()));
                    html! {
                        <button type="button" aria-pressed={pressed.to_string()} onclick={copy}>
                            {icon(Icon::Copy)}{view.words.channel(*channel)}
                        </button>
                    }
                })}
            </div>
            <div role="status">
                if let Some((text, worked)) = chosen {
                    <p class="copied">{copied_words(view.words, worked)}</p>
                    <p class="message" id="message">{text}</p>
                }
            </div>
        </section>
    }
}
