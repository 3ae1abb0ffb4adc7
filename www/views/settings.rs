//! Which system sent the messages, and how it counts bounces: detected, or set by the reader.

use super::export_buttons::export_button;
use super::field::{place_of, text_of};
use super::file_input::file_input;
use super::icon::{Icon, icon};
use super::view::{View, Wish};
use crate::export::Export;
use bezorgd_model::Sender;
use bezorgd_protocol::{Purpose, Settings};
use bezorgd_senders::Policy;
use bezorgd_senders::counter::{Counted, Thresholds};
use bezorgd_senders::message_types::{Letter, MessageType};
use yew::prelude::*;

/// The panel with the settings.
pub fn settings(view: &View) -> Html {
    let state = &view.state;
    let sender = sender(view);
    let name = sender.map_or(view.words.ui.sent_with_unknown(), |sender| {
        view.words.sender(sender)
    });
    html! {
        <details class="panel" id="settings">
            <summary>{icon(Icon::Settings)}<span>{view.words.ui.sent_with()}</span>
                <span class="answer">{name}</span>
            </summary>
            <div class="panel-body settings">
                {sender_box(view)}
                if let Some(thresholds) = sender.and_then(|sender| Policy::of(sender).thresholds(state.settings.thresholds)) {
                    {counting(thresholds, view)}
                    {message_types(view)}
                }
            </div>
        </details>
    }
}

/// The sending system: the one that was set, or else the one that was detected.
fn sender(view: &View) -> Option<Sender> {
    let overview = &view.state.overview;
    let settings = &view.state.settings;
    let mut named = overview.senders.iter().map(|(sender, _)| *sender);
    let detected = named.find(|&sender| sender != Sender::Other);
    settings.sender.or(detected).or(settings.assumed)
}

/// Applies the settings after a change by the reader.
fn change<E: 'static>(view: &View, change: impl Fn(&mut Settings, E) + 'static) -> Callback<E> {
    let before = view.state.settings.clone();
    view.wish.reform(move |event: E| {
        let mut settings = (*before).clone();
        change(&mut settings, event);
        Wish::Set(settings)
    })
}

fn sender_box(view: &View) -> Html {
    let chosen = view.state.settings.sender;
    let onchange = change(view, |settings, event: Event| {
        let place = place_of(&event).checked_sub(1);
        settings.sender = place.and_then(|place| Sender::ALL.get(place)).copied();
    });
    html! {
        <label class="field">{view.words.ui.sent_with_box()}
            <select id="sender" {onchange}>
                <option selected={chosen.is_none()}>{view.words.ui.sent_with_unknown()}</option>
                {for Sender::ALL.iter().map(|&sender| html! {
                    <option selected={chosen == Some(sender)}>{view.words.sender(sender)}</option>
                })}
            </select>
        </label>
    }
}

/// What the system does at which number of bounces.
fn counting(thresholds: Thresholds, view: &View) -> Html {
    let ui = view.words.ui;
    let number = |id: &'static str,
                  label: &'static str,
                  value: u32,
                  set: fn(&mut Thresholds, u32)| {
        let onchange = change(view, move |settings, event: Event| {
            let mut changed = thresholds;
            // Anything but a number leaves it unchanged.
            set(
                &mut changed,
                text_of(&event).trim().parse().unwrap_or(value).max(1),
            );
            settings.thresholds = Some(changed);
        });
        html! {
            <label class="field">{label}
                <input {id} type="number" min="1" max="99" value={value.to_string()} {onchange} />
            </label>
        }
    };
    let counted = change(view, move |settings, event: Event| {
        settings.thresholds = Some(Thresholds {
            counted: if place_of(&event) == 0 {
                Counted::Hard
            } else {
                Counted::All
            },
            ..thresholds
        });
    });
    let is_changed = view.state.settings.thresholds.is_some();
    let reset = change(view, |settings, _: MouseEvent| settings.thresholds = None);
    html! {
        <fieldset>
            <legend>{ui.wise_bounces()}</legend>
            <p class="small">{ui.settings_hint()}</p>
            <div class="fields">
                {number("notice", ui.settings_notice(), thresholds.notice, |all, count| all.notice = count)}
                {number("inbox", ui.settings_inbox(), thresholds.inbox, |all, count| all.inbox = count)}
                {number("removed", ui.settings_removed(), thresholds.removed, |all, count| all.removed = count)}
                <label class="field wide">{ui.settings_counted()}
                    <select id="counted" onchange={counted}>
                        <option selected={thresholds.counted == Counted::Hard}>{ui.counted_hard()}</option>
                        <option selected={thresholds.counted == Counted::All}>{ui.counted_all()}</option>
                    </select>
                </label>
            </div>
            if is_changed {
                <p><button type="button" class="quiet" id="counting-reset" onclick={reset}>{ui.settings_default()}</button></p>
            }
        </fieldset>
    }
}

/// The message types, and the subjects that match none of them.
fn message_types(view: &View) -> Html {
    let ui = view.words.ui;
    let types = Policy::message_types_or_known(view.state.settings.message_types.as_deref());
    let with = |all: Vec<MessageType>, change_types: fn(&mut Vec<MessageType>)| {
        change(view, move |settings, _: MouseEvent| {
            let mut types = all.clone();
            change_types(&mut types);
            settings.message_types = Some(types);
        })
    };
    let add = with(types.clone(), |types| {
        types.push(MessageType {
            code: String::new(),
            name: String::new(),
            subject: Vec::new(),
            letter: Letter::Unknown,
        });
    });
    html! {
        <fieldset>
            <legend>{ui.types_title()}</legend>
            <p class="small">{ui.types_hint()}</p>
            {untyped(&types, view)}
            <div class="table-box">
            <table class="types" id="types">
                <thead><tr>
                    <th scope="col">{ui.types_code()}</th>
                    <th scope="col">{ui.types_name()}</th>
                    <th scope="col">{ui.types_subject()}</th>
                    <th scope="col">{ui.types_letter()}</th>
                </tr></thead>
                <tbody>{for types.iter().enumerate().map(|(place, message_type)| line(place, message_type, &types, view))}</tbody>
            </table>
            </div>
            <p class="channels">
                <button type="button" id="types-add" onclick={add}>{ui.types_add()}</button>
                {export_button(view.words, Export::MessageTypes, false, &view.wish)}
                <button type="button" class="quiet"
                    onclick={view.wish.reform(|_| Wish::ChooseFiles(Purpose::MessageTypes))}>{ui.types_choose()}</button>
            </p>
            {file_input(Purpose::MessageTypes, view)}
            <p role="status">
                if view.state.types_not_read {
                    {ui.types_not_read()}
                }
            </p>
        </fieldset>
    }
}

/// Subjects of messages of unknown type, each with a choice of types.
fn untyped(types: &[MessageType], view: &View) -> Html {
    let subjects = &view.state.overview.untyped;
    if subjects.is_empty() {
        return Html::default();
    }
    let ui = view.words.ui;
    html! {
        <div class="untyped" id="untyped">
            <p><strong>{ui.unknown_subject()}</strong></p>
            {for subjects.iter().map(|(subject, count)| {
                let (all, added) = (types.to_vec(), subject.clone());
                let onchange = change(view, move |settings, event: Event| {
                    let mut types = all.clone();
                    let place = place_of(&event).checked_sub(1);
                    if let Some(message_type) = place.and_then(|place| types.get_mut(place)) {
                        message_type.subject.push(added.clone());
                        settings.message_types = Some(types);
                    }
                });
                html! {
                    <label class="field" key={subject.clone()}>
                        <span>{subject}{" "}<span class="small">{format!("{count}×")}</span></span>
                        <select {onchange}>
                            <option selected=true>{ui.types_choose_one()}</option>
                            {for types.iter().map(|message_type| html! { <option>{view.words.message_type(message_type)}</option> })}
                        </select>
                    </label>
                }
            })}
        </div>
    }
}

/// A row to edit one message type.
fn line(place: usize, message_type: &MessageType, types: &[MessageType], view: &View) -> Html {
    let ui = view.words.ui;
    let set = |set: fn(&mut MessageType, &Event)| {
        let all = types.to_vec();
        change(view, move |settings, event: Event| {
            let mut types = all.clone();
            if let Some(message_type) = types.get_mut(place) {
                set(message_type, &event);
            }
            settings.message_types = Some(types);
        })
    };
    let field = |label: &'static str, value: String, onchange: Callback<Event>| {
        html! { <td><input type="text" aria-label={label} {value} {onchange} spellcheck="false" /></td> }
    };
    let letter = set(|message_type, event| {
        let letter = Letter::ALL.get(place_of(event));
        message_type.letter = letter.copied().unwrap_or_default();
    });
    html! {
        <tr key={place}>
            {field(ui.types_code(), message_type.code.clone(), set(|message_type, event| message_type.code = text_of(event).trim().into()))}
            {field(ui.types_name(), message_type.name.clone(), set(|message_type, event| message_type.name = text_of(event).trim().into()))}
            {field(ui.types_subject(), message_type.subject_line(), set(|message_type, event| {
                message_type.subject = MessageType::subject_parts(&text_of(event));
            }))}
            <td>
                <select aria-label={ui.types_letter()} onchange={letter}>
                    {for Letter::ALL.iter().map(|&letter| html! {
                        <option selected={letter == message_type.letter}>{view.words.letter(letter)}</option>
                    })}
                </select>
            </td>
        </tr>
    }
}
