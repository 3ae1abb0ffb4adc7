//! Connects the state, the worker and the views: an action changes the state, a wish is carried out
//! ([`wishes`]), and what the views need from the worker is requested when the state changes.

mod address;
mod dom;
mod focus;
mod pasted;
mod window;
mod wishes;

use crate::bridge::Bridge;
use crate::hosted;
use crate::ids::PAGE;
use crate::links::Explanation;
use crate::network::use_network;
use crate::state::{PageAction, PageState};
use crate::views::{View, Wish, shell};
use address::{is_embedded, use_address, use_back, use_title};
use bezorgd_protocol::Settings;
use bezorgd_words::Words;
use dom::element;
use focus::use_focus;
use std::rc::Rc;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::spawn_local;
use window::{use_evidence_events, use_printing};
use wishes::{Wishes, use_giving};
use yew::prelude::*;

#[wasm_bindgen]
extern "C" {
    /// Shows that the page has crashed (`boot/start.js`).
    #[wasm_bindgen(js_name = bezorgdStopped)]
    fn stopped();
    /// The texts of the reader's language, packed (`boot/start.js`).
    #[wasm_bindgen(js_name = bezorgdWords, catch)]
    async fn packed_words() -> Result<JsValue, JsValue>;
}

/// Mounts the page.
pub fn start() {
    yew::set_custom_panic_hook(Box::new(|panic| {
        web_sys::console::error_1(&panic.to_string().into());
        stopped();
    }));
    spawn_local(async {
        let packed = packed_words().await.ok().and_then(|text| text.as_string());
        let words = packed.and_then(|packed| Words::load(packed.leak()).ok());
        let Some(words) = words else {
            return stopped();
        };
        let root = element(PAGE).expect("index.html has an element for the page");
        yew::Renderer::<Page>::with_root_and_props(root, PageProps { words }).render();
    });
}

/// What the page starts with.
#[derive(PartialEq, Properties)]
struct PageProps {
    words: &'static Words,
}

/// The reducer, as Yew expects it.
#[derive(Clone, Default, PartialEq)]
struct PageStore(Rc<PageState>);

impl Reducible for PageStore {
    type Action = PageAction;

    fn reduce(self: Rc<Self>, action: PageAction) -> Rc<Self> {
        Rc::new(Self(Rc::new(self.0.after(action))))
    }
}

#[component]
fn Page(&PageProps { words }: &PageProps) -> Html {
    let store = use_reducer(PageStore::default);
    let state = Rc::clone(&store.0);
    let act = {
        let dispatcher = store.dispatcher();
        use_callback((), move |action: PageAction, ()| {
            dispatcher.dispatch(action);
        })
    };
    let bridge = use_memo(act.clone(), |act| Bridge::new(act.clone()));
    let give = use_giving(&bridge, &act, state.origin);
    let dragging = use_evidence_events(words, &give);
    use_questions(&bridge, &state);
    use_settings(&bridge, &state, &act);
    use_title(words, &state);
    use_focus(&state);
    use_back(&state, &act);
    use_address(&act);
    use_printing(&state, &act);
    use_network(state.explanation == Some(Explanation::Privacy), &act);
    hosted::use_updates(&act);
    let offered = hosted::use_handovers(words, &act);

    let wishes = Wishes {
        words,
        bridge,
        state: Rc::clone(&state),
        act: act.clone(),
        give,
        offered,
    };
    shell(&View {
        words,
        state,
        embedded: is_embedded(),
        dragging: *dragging,
        act,
        wish: Callback::from(move |wish: Wish| wishes.carry_out(wish)),
    })
}

/// Asks the worker for what the page shows, whenever that or the evidence changes.
#[hook]
fn use_questions(bridge: &Rc<Bridge>, state: &Rc<PageState>) {
    let any = state.overview.recipients > 0;
    let list = (state.filter.clone(), state.window, state.revision, any);
    use_effect_with(list, {
        let bridge = Rc::clone(bridge);
        move |(filter, window, _, any)| {
            if *any {
                bridge.list(filter.clone(), *window);
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

/// Passes on the settings. A reader who comes from the explanations of a sending system is assumed to
/// have messages of that system, until evidence or a setting says otherwise.
#[hook]
fn use_settings(bridge: &Rc<Bridge>, state: &Rc<PageState>, act: &Callback<PageAction>) {
    use_effect_with(Rc::clone(&state.settings), {
        let bridge = Rc::clone(bridge);
        move |settings| bridge.set((**settings).clone())
    });
    let assumed = state
        .sender_of_explanation()
        .filter(|_| state.settings.sender.is_none());
    use_effect_with((assumed, state.origin), {
        let (act, settings) = (act.clone(), Rc::clone(&state.settings));
        move |(assumed, origin)| {
            if let (Some(sender), None) = (assumed, origin) {
                act.emit(PageAction::Set(Settings {
                    assumed: Some(*sender),
                    ..(*settings).clone()
                }));
            }
        }
    });
}
