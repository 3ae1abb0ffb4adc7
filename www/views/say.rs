//! Messages to copy: a button copies the text and shows it.

use super::copy::copied_words;
use super::field::{place_of, text_of};
use super::icon::{Icon, icon};
use super::view::{View, Wish};
use crate::state::{Copyable, PageAction};
use bezorgd_model::ReadyText;
use bezorgd_protocol::Detail;
use bezorgd_words::{About, AddressForm, Writer};
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
    let texts = view.words.message(message, &about, &view.state.writer);
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
            {writer(message == ReadyText::Helpdesk, view)}
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
                    <p class={classes!("copied", (!worked).then_some("failed"))}>{copied_words(view.words, worked)}</p>
                    <p class="message" id="message">{text}</p>
                }
            </div>
        </section>
    }
}

/// Who writes: filled in once, for all recipients. A helpdesk knows how to answer.
fn writer(to_helpdesk: bool, view: &View) -> Html {
    let ui = view.words.ui;
    let writer = &view.state.writer;
    let text = |label: &'static str, value: &str, set: fn(&mut Writer, String)| {
        let onchange = change(view, move |writer, event| set(writer, text_of(&event)));
        html! {
            <label class="field">{label}
                <input type="text" autocomplete="off" value={value.to_owned()} {onchange} />
            </label>
        }
    };
    let form = change(view, |writer, event| {
        writer.form = if place_of(&event) == 1 {
            AddressForm::Polite
        } else {
            AddressForm::Familiar
        };
    });
    html! {
        <div class="fields">
            {text(ui.say_name(), &writer.name, |writer, name| writer.name = name)}
            if !to_helpdesk {
                {text(ui.say_contact(), &writer.contact, |writer, contact| writer.contact = contact)}
                <label class="field"><span>{ui.say_form()}</span>
                    <select onchange={form}>
                        <option selected={writer.form == AddressForm::Familiar}>{ui.say_familiar()}</option>
                        <option selected={writer.form == AddressForm::Polite}>{ui.say_polite()}</option>
                    </select>
                </label>
            }
        </div>
    }
}

/// A callback that changes who writes.
fn change(view: &View, set: impl Fn(&mut Writer, Event) + 'static) -> Callback<Event> {
    let writer = view.state.writer.clone();
    view.act.reform(move |event: Event| {
        let mut changed = (*writer).clone();
        set(&mut changed, event);
        PageAction::Write(changed)
    })
}
