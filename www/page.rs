//! The page as a whole: state in the middle, the worker on one side, the views on the other, and
//! what can happen anywhere in the window (dropping, pasting).

use crate::bridge::{Bridge, now};
use crate::clipboard;
use crate::download;
use crate::examples;
use crate::files::{self, Dropped, Input};
use crate::network::use_network;
use crate::site;
use crate::state::{Action, Given, State, Taken};
use crate::views::{
    FILE_INPUT, MOST_PRINTED, PASTE_BOX, Take, View, Wish, list_box, list_input, list_name, shell,
    verdict,
};
use bezorgd::job::{Form, List, Settings};
use bezorgd::text::{Explanation, words};
use gloo_events::{EventListener, EventListenerOptions};
use js_sys::{ArrayBuffer, Uint8Array};
use std::rc::Rc;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::spawn_local;
use web_sys::{
    ClipboardEvent, DragEvent, Element, FocusOptions, HtmlElement, HtmlInputElement,
    HtmlTextAreaElement,
};
use yew::prelude::*;

#[wasm_bindgen]
extern "C" {
    /// Shows that the page cannot go on (`boot/start.js`).
    #[wasm_bindgen(js_name = bezorgdStopped)]
    fn stopped();
}

/// Mounts the page.
pub fn start() {
    yew::set_custom_panic_hook(Box::new(|panic| {
        web_sys::console::error_1(&panic.to_string().into());
        stopped();
    }));
    let place = element("page").expect("index.html has a place for the page");
    yew::Renderer::<Page>::with_root(place).render();
}

/// The reducer as Yew wants it.
#[derive(Clone, Default, PartialEq)]
struct Store(Rc<State>);

impl Reducible for Store {
    type Action = Action;

    fn reduce(self: Rc<Self>, action: Action) -> Rc<Self> {
        Rc::new(Self(Rc::new(self.0.after(action))))
    }
}

#[component]
fn Page() -> Html {
    let store = use_reducer(Store::default);
    let state = Rc::clone(&store.0);
    let act = {
        let dispatcher = store.dispatcher();
        use_callback((), move |action: Action, ()| dispatcher.dispatch(action))
    };
    let bridge = use_memo(act.clone(), |act| Bridge::new(act.clone()));
    let give = use_giving(&bridge, &act, state.given);
    let dragging = use_window(&give, &act);
    use_questions(&bridge, &state);
    use_settings(&bridge, &state, &act);
    use_title(&state);
    use_focus(&state);
    use_back(&state, &act);
    use_address(&act);
    use_printing(&state, &act);
    use_network(state.explanation == Some(Explanation::Privacy), &act);
    site::use_updates(&act);
    site::use_handed(&give);

    let wish = {
        let (bridge, act, give) = (Rc::clone(&bridge), act.clone(), give.clone());
        let state = Rc::clone(&state);
        Callback::from(move |wish: Wish| match wish {
            Wish::Choose => click(FILE_INPUT),
            Wish::ChooseList(purpose) => click(list_input(purpose)),
            Wish::ReadList(purpose, inputs) => {
                let inputs = inputs.into_iter().map(|input| input.meant(purpose));
                bridge.give(inputs.collect());
            }
            Wish::ReadPastedList(purpose) => {
                if let Some(input) = written(list_box(purpose), list_name(purpose)) {
                    bridge.give(vec![input.meant(purpose)]);
                }
            }
            Wish::Set(settings) => act.emit(Action::Set(settings)),
            Wish::SaveMessageTypes => bridge.export_message_types(|parts| {
                save(words().ui.types_file, ".csv", "text/csv", &parts);
            }),
            Wish::ReadColumns(file, choice) => bridge.read_columns(&file, &choice),
            Wish::Read(inputs) => give.emit((Given::Evidence, inputs)),
            Wish::ReadPasted => {
                if let Some(input) = written(PASTE_BOX, words().ui.pasted_name) {
                    give.emit((Given::Evidence, vec![input]));
                }
            }
            Wish::Example(example) => {
                give.emit((Given::Example, examples::inputs(example)));
            }
            Wish::Copy(what, text) => {
                let act = act.clone();
                spawn_local(async move {
                    let worked = clipboard::copy(&text).await;
                    act.emit(Action::Copied(what, worked));
                });
            }
            Wish::Cancel => bridge.cancel(),
            Wish::Retry => bridge.retry(),
            Wish::Clear => {
                bridge.clear();
                act.emit(Action::Clear);
            }
            Wish::Update => site::update(),
            Wish::Take(take) => take_along(take, &bridge, &state, &act),
        })
    };
    shell(&View {
        state,
        embedded: embedded(),
        dragging: *dragging,
        act,
        wish,
    })
}

type Give = Callback<(Given, Vec<Input>)>;

/// Hands over evidence; an example and real evidence never mix.
#[hook]
fn use_giving(bridge: &Rc<Bridge>, act: &Callback<Action>, before: Option<Given>) -> Give {
    let bridge = Rc::clone(bridge);
    use_callback(
        (act.clone(), before),
        move |(given, inputs): (Given, Vec<Input>), (act, before)| {
            if inputs.is_empty() {
                act.emit(Action::NothingGiven);
                return;
            }
            if before.is_some_and(|before| before != given || given == Given::Example) {
                bridge.clear();
                act.emit(Action::Clear);
            }
            act.emit(Action::Given(given));
            bridge.give(inputs);
        },
    )
}

/// Takes the list along as it is filtered and sorted.
fn take_along(take: Take, bridge: &Bridge, state: &State, act: &Callback<Action>) {
    let filter = &state.filter;
    match take {
        Take::Copy => {
            let act = act.clone();
            bridge.export(filter, List::Recipients, Form::Addresses, move |parts| {
                let bytes = parts.iter().flat_map(|part| Uint8Array::new(part).to_vec());
                let text = String::from_utf8(bytes.collect()).unwrap_or_default();
                spawn_local(async move {
                    act.emit(Action::Taken(if clipboard::copy(&text).await {
                        Taken::Copied(text.lines().count() as u32)
                    } else {
                        Taken::CopyFailed
                    }));
                });
            });
        }
        Take::Excel => bridge.export(filter, List::Recipients, Form::Workbook, |parts| {
            save(words().ui.name, ".xlsx", XLSX, &parts);
        }),
        Take::Csv => bridge.export(filter, List::Recipients, Form::Csv, |parts| {
            save(words().ui.name, ".csv", "text/csv", &parts);
        }),
        Take::Messages => bridge.export(filter, List::Messages, Form::Workbook, |parts| {
            save(words().ui.take_messages, ".xlsx", XLSX, &parts);
        }),
        Take::Print if state.listing.total > MOST_PRINTED => {
            act.emit(Action::Taken(Taken::TooManyToPrint(MOST_PRINTED)));
        }
        Take::Print => {
            // Not every browser says when an earlier printing was over.
            act.emit(Action::Printed);
            bridge.print(filter, MOST_PRINTED);
        }
    }
}

/// The media type of Excel's workbooks.
const XLSX: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

/// Saves something of today as a file.
fn save(name: &str, extension: &str, kind: &str, parts: &[ArrayBuffer]) {
    let today = now().to_string();
    let day = today.split('T').next().unwrap_or_default();
    // When the browser has no room for it, it says so itself.
    let name = name.to_lowercase();
    let _ = download::save(&format!("{name}-{day}{extension}"), kind, parts);
}

/// Prints as soon as the rows for it are on the page, and takes them away afterwards.
#[hook]
fn use_printing(state: &State, act: &Callback<Action>) {
    use_effect_with(act.clone(), |act| {
        let act = act.clone();
        let window = web_sys::window().expect("a page has a window");
        let listener =
            EventListener::new(&window, "afterprint", move |_| act.emit(Action::Printed));
        move || drop(listener)
    });
    use_effect_with(state.printing.is_some(), |&printing| {
        if printing && let Some(window) = web_sys::window() {
            // A frame may forbid it; then nothing is printed.
            let _ = window.print();
        }
    });
}

/// Dropping and pasting work everywhere in the window; a drop never leads away from the page.
#[hook]
fn use_window(give: &Give, act: &Callback<Action>) -> UseStateHandle<bool> {
    let dragging = use_state(|| false);
    use_effect_with((give.clone(), act.clone()), {
        let dragging = dragging.setter();
        move |(give, act): &(Give, Callback<Action>)| {
            let listen = |kind: &'static str, handler: Box<dyn Fn(&Event)>| {
                let window = web_sys::window().expect("a page has a window");
                let options = EventListenerOptions::enable_prevent_default();
                EventListener::new_with_options(&window, kind, options, move |event| handler(event))
            };
            let over = {
                let dragging = dragging.clone();
                Box::new(move |event: &Event| {
                    event.prevent_default();
                    // Some mail programs move the mail away when a drop is not known to copy.
                    if let Some(data) = event.unchecked_ref::<DragEvent>().data_transfer() {
                        data.set_drop_effect("copy");
                    }
                    dragging.set(true);
                })
            };
            let leave = {
                let dragging = dragging.clone();
                Box::new(move |event: &Event| {
                    // Leaving one element for another is not leaving the window.
                    if event
                        .unchecked_ref::<DragEvent>()
                        .related_target()
                        .is_none()
                    {
                        dragging.set(false);
                    }
                })
            };
            let drop = {
                let (give, act, dragging) = (give.clone(), act.clone(), dragging.clone());
                Box::new(move |event: &Event| {
                    event.prevent_default();
                    dragging.set(false);
                    let data = event.unchecked_ref::<DragEvent>().data_transfer();
                    let dropped = data.as_ref().map(Dropped::take).unwrap_or_default();
                    if dropped.is_empty() {
                        act.emit(Action::NothingGiven);
                        return;
                    }
                    let give = give.clone();
                    spawn_local(async move {
                        give.emit((Given::Evidence, dropped.inputs().await));
                    });
                })
            };
            let paste = {
                let give = give.clone();
                Box::new(move |event: &Event| {
                    let inputs = pasted(event.unchecked_ref());
                    if !inputs.is_empty() {
                        event.prevent_default();
                        give.emit((Given::Evidence, inputs));
                    }
                })
            };
            let listeners = [
                listen("dragover", over),
                listen("dragleave", leave),
                listen("drop", drop),
                listen("paste", paste),
            ];
            move || std::mem::drop(listeners)
        }
    });
    dragging
}

/// The files or the text of a paste; nothing when it is meant for a search box.
fn pasted(event: &ClipboardEvent) -> Vec<Input> {
    let Some(data) = event.clipboard_data() else {
        return Vec::new();
    };
    let files = files::listed(data.files());
    if !files.is_empty() {
        return files;
    }
    let target = event.target();
    if target.is_some_and(|target| target.dyn_ref::<HtmlInputElement>().is_some()) {
        return Vec::new();
    }
    let text = data.get_data("text/plain").unwrap_or_default();
    files::text(words().ui.pasted_name, &text)
        .into_iter()
        .collect()
}

/// Asks the worker for what the page shows, whenever that or the evidence changes.
#[hook]
fn use_questions(bridge: &Rc<Bridge>, state: &Rc<State>) {
    let anything = state.overview.recipients > 0;
    let list = (state.filter.clone(), state.window, state.revision, anything);
    use_effect_with(list, {
        let bridge = Rc::clone(bridge);
        move |(filter, window, _, anything)| {
            if *anything {
                bridge.list(filter, *window);
            }
        }
    });
    use_effect_with((state.selected, state.revision), {
        let bridge = Rc::clone(bridge);
        move |(selected, _)| {
            if let Some(id) = selected {
                bridge.show(*id);
            }
        }
    });
}

/// Passes on what the reader sets. Who comes from the explanations of a system has its messages.
#[hook]
fn use_settings(bridge: &Rc<Bridge>, state: &Rc<State>, act: &Callback<Action>) {
    use_effect_with(Rc::clone(&state.settings), {
        let bridge = Rc::clone(bridge);
        move |settings| bridge.set((**settings).clone())
    });
    let looked_up = state
        .looked_up()
        .filter(|_| state.settings.sender.is_none());
    use_effect_with((looked_up, state.given), {
        let (act, settings) = (act.clone(), Rc::clone(&state.settings));
        move |(looked_up, given)| {
            if let (Some(sender), None) = (looked_up, given) {
                act.emit(Action::Set(Settings {
                    assumed: Some(*sender),
                    ..(*settings).clone()
                }));
            }
        }
    });
}

/// The title of the tab follows the results.
#[hook]
fn use_title(state: &Rc<State>) {
    let title = match state.given {
        Some(_) if state.overview.recipients > 0 => {
            let summary = verdict(&state.overview);
            words().fill.page_title.with(&[("summary", &summary)])
        }
        _ => {
            let summary = match state.explanation {
                Some(Explanation::Cause(_, cause)) => words().cause(cause),
                Some(Explanation::Privacy) => words().ui.privacy_title,
                Some(Explanation::Steps(link)) => words()
                    .guide_at(link)
                    .map_or(words().ui.how_title, |guide| guide.title),
                Some(_) => words().ui.explanations,
                None => words().ui.tagline,
            };
            words().fill.page_title.with(&[("summary", summary)])
        }
    };
    use_effect_with(title, |title| {
        if let Some(document) = web_sys::window().and_then(|window| window.document()) {
            document.set_title(title);
        }
    });
}

/// The keyboard goes where the reader goes on: the search box when the first results are there, the
/// chosen recipient and back on a screen that has room for one of the two.
#[hook]
fn use_focus(state: &State) {
    use_effect_with(state.overview.recipients > 0, |&any| {
        // On a small screen the search box would bring up the keyboard.
        if any && wide() {
            focus("search");
        }
    });
    // A recipient is read from its beginning.
    use_effect_with(state.selected, |_| {
        if let Some(pane) = element("pane") {
            pane.set_scroll_top(0);
        }
    });
    let before = use_mut_ref(|| false);
    let shown = state.chosen && state.detail.is_some();
    use_effect_with(shown, move |&shown| {
        if before.replace(shown) == shown || wide() {
            return;
        }
        if shown && let Some(window) = web_sys::window() {
            window.scroll_to_with_x_and_y(0.0, 0.0);
        }
        focus(if shown { "detail-title" } else { "list" });
    });
}

/// On a small screen a recipient is a page of its own: the browser's way back leads to the list, and
/// not away from evidence that only this page remembers.
#[hook]
fn use_back(state: &State, act: &Callback<Action>) {
    use_effect_with(act.clone(), |act| {
        let act = act.clone();
        let window = web_sys::window().expect("a page has a window");
        let listener = EventListener::new(&window, "popstate", move |_| act.emit(Action::Back));
        move || drop(listener)
    });
    use_effect_with(state.chosen, |&chosen| {
        let Some(Ok(history)) = web_sys::window().map(|window| window.history()) else {
            return;
        };
        let there = history.state().is_ok_and(|state| state.is_truthy());
        // The list knows better where the reader was.
        let _ = history.set_scroll_restoration(web_sys::ScrollRestoration::Manual);
        // A frame may forbid it; then the button on the page is the only way back.
        let _ = match (chosen, there) {
            (true, false) if !wide() => history.push_state(&JsValue::TRUE, ""),
            (false, true) => history.back(),
            _ => Ok(()),
        };
    });
}

/// The part of the address after `#` names an explanation. Evidence never changes it.
#[hook]
fn use_address(act: &Callback<Action>) {
    use_effect_with(act.clone(), |act| {
        let act = act.clone();
        let window = web_sys::window().expect("a page has a window");
        let look = {
            let window = window.clone();
            move || {
                let hash = window.location().hash().unwrap_or_default();
                act.emit(Action::Went(Explanation::at(&hash)));
            }
        };
        look();
        let listener = EventListener::new(&window, "hashchange", move |_| look());
        move || drop(listener)
    });
}

/// Whether the page stands in another one that has a heading of its own (`?inbed`).
fn embedded() -> bool {
    let search = web_sys::window().and_then(|window| window.location().search().ok());
    search.is_some_and(|search| {
        let mut asked = search.trim_start_matches('?').split('&');
        asked.any(|one| one == "inbed")
    })
}

/// Whether the list and a recipient stand beside each other, as in `style.css`.
fn wide() -> bool {
    let width = web_sys::window().and_then(|window| window.inner_width().ok()?.as_f64());
    width.is_some_and(|width| width >= 960.0)
}

/// What stands in a box, as a file of this name; a box that is empty gets the focus.
fn written(id: &str, name: &str) -> Option<Input> {
    let text = element_as::<HtmlTextAreaElement>(id).map(|area| area.value());
    let input = files::text(name, &text.unwrap_or_default());
    if input.is_none() {
        focus(id);
    }
    input
}

fn click(id: &str) {
    if let Some(element) = element_as::<HtmlElement>(id) {
        element.click();
    }
}

fn focus(id: &str) {
    if let Some(element) = element_as::<HtmlElement>(id) {
        let options = FocusOptions::new();
        options.set_prevent_scroll(true);
        // An element that cannot have the focus leaves it where it is.
        let _ = element.focus_with_options(&options);
    }
}

fn element_as<T: JsCast>(id: &str) -> Option<T> {
    element(id)?.dyn_into().ok()
}

fn element(id: &str) -> Option<Element> {
    web_sys::window()?.document()?.get_element_by_id(id)
}
