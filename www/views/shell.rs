//! What stands around every view: the header, notices, and the sign that something may be dropped.

use super::icon::{Icon, icon};
use super::progress::Progress;
use super::results::Results;
use super::rich::rich;
use super::start::Start;
use super::{Wish, start};
use crate::state::{Action, State, Worker};
use bezorgd::text::words;
use std::rc::Rc;
use yew::prelude::*;

#[derive(PartialEq, Properties)]
pub struct Props {
    pub state: Rc<State>,
    pub act: Callback<Action>,
    pub wish: Callback<Wish>,
    pub dragging: bool,
}

/// The page.
#[component]
pub fn Shell(props: &Props) -> Html {
    let Props {
        state,
        act,
        wish,
        dragging,
    } = props;
    let ui = &words().ui;
    let results = state.given.is_some();
    let ready = match state.worker {
        Worker::Starting => "starting",
        Worker::Ready => "ready",
        Worker::Failed => "failed",
    };
    html! {
        <div class={classes!("shell", results.then_some("has-results"))} data-worker={ready}>
            <a class="skip" href="#content">{ui.skip}</a>
            <header class="top">
                <span class="brand"><Logo />{ui.name}</span>
                if results {
                    <span class="private">{icon(Icon::Private)}{ui.privacy_short}</span>
                    <div class="actions">
                        <start::FileButton {wish} class="quiet" label={ui.add_files} />
                        <button type="button" id="clear" class="quiet"
                            onclick={wish.reform(|_| Wish::Clear)}>{ui.clear}</button>
                    </div>
                }
            </header>
            <div role="alert">
                if state.nothing_given {
                    <div class="notice" id="nothing-given">
                        {icon(Icon::Attention)}
                        <p><strong>{ui.nothing_given}</strong>{" "}
                            {rich(words().line.nothing_given_next)}</p>
                    </div>
                }
                if state.worker == Worker::Failed {
                    <div class="notice" id="worker-failed">
                        {icon(Icon::Attention)}
                        <p><strong>{ui.worker_failed}</strong>{" "}{ui.worker_failed_next}</p>
                        <button type="button" onclick={wish.reform(|_| Wish::Retry)}>{ui.retry}</button>
                    </div>
                }
            </div>
            <main id="content" tabindex="-1">
                if results {
                    <Results {state} {act} />
                } else {
                    <Start {wish} />
                }
            </main>
            if state.worker != Worker::Failed {
                <Progress {state} {wish} />
            }
            if *dragging {
                <div class="drop-veil" aria-hidden="true">
                    <p>{icon(Icon::Drop)}{ui.drop_now}</p>
                </div>
            }
        </div>
    }
}

#[component]
fn Logo() -> Html {
    html! {
        <svg class="logo" viewBox="0 0 32 32" aria-hidden="true" focusable="false">
            <rect class="logo-ground" width="32" height="32" rx="8" />
            <path class="logo-letter" d="M7 11.500h18v11A1.500 1.500 0 0 1 23.500 24h-15A1.500 1.500 0 0 1 7 22.500z" />
            <path class="logo-fold" d="m7.500 11.500 8.500 7 8.500-7" />
            <circle class="logo-dot" cx="24" cy="9" r="5" />
        </svg>
    }
}
