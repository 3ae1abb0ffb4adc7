//! What surrounds every view: the header, notices, progress, and the sign that files can be dropped.

use super::explanation::explanation;
use super::file_input::file_input;
use super::icon::{Icon, icon, logo};
use super::print::print;
use super::privacy::privacy;
use super::progress::progress;
use super::results::results;
use super::rich::rich;
use super::start::start;
use super::update::update;
use super::view::{View, Wish};
use crate::links::Explanation;
use crate::state::WorkerStatus;
use bezorgd_model::shown::shown;
use bezorgd_protocol::Purpose;
use yew::prelude::*;

/// The page.
pub fn shell(view: &View) -> Html {
    let ui = view.words.ui;
    let any = view.state.origin.is_some();
    let worker = match view.state.worker {
        WorkerStatus::Starting => "starting",
        WorkerStatus::Ready => "ready",
        WorkerStatus::Failed => "failed",
    };
    html! {
        <div class={classes!("shell", any.then_some("has-results"))} data-worker={worker}>
            <a class="skip" href="#content">{ui.skip()}</a>
            if any || !view.embedded {
                {header(view, any)}
            }
            {notices(view)}
            {update(view)}
            <main id="content" tabindex="-1">
                {match view.state.explanation {
                    Some(Explanation::Privacy) => privacy(view),
                    _ if any => results(view),
                    Some(asked) => explanation(asked, view),
                    None => start(view),
                }}
            </main>
            {file_input(Purpose::Evidence, view)}
            {progress(view)}
            if let Some((rows, today)) = &view.state.printing {
                {print(view.words, &view.state, rows, *today)}
            }
            if view.dragging {
                <div class="drop-veil" aria-hidden="true">
                    <p>{icon(Icon::Drop)}{ui.drop_now()}</p>
                </div>
            }
        </div>
    }
}

fn header(view: &View, any: bool) -> Html {
    let ui = view.words.ui;
    html! {
        <header class="top">
            if !view.embedded {
                <span class="brand">{logo()}<span>{ui.name()}</span></span>
            }
            if any {
                <a class="private" href={Explanation::Privacy.link()}>{icon(Icon::Private)}{ui.privacy_short()}</a>
                <div class="actions">
                    <button type="button" id="add" class="quiet"
                        onclick={view.wish.reform(|_| Wish::ChooseFiles(Purpose::Evidence))}>{ui.add_files()}</button>
                    <button type="button" id="clear" class="quiet"
                        onclick={view.wish.reform(|_| Wish::Clear)}>{ui.clear()}</button>
                </div>
            }
        </header>
    }
}

fn notices(view: &View) -> Html {
    let ui = view.words.ui;
    let offered = shown(&view.state.offered.join(", ")).into_owned();
    html! {
        <div role="alert">
            if view.state.nothing_given {
                <div class="notice" id="nothing-given">
                    {icon(Icon::Attention)}
                    <p><strong>{ui.nothing_given()}</strong>{" "}{rich(view.words, view.words.line.nothing_given_next())}</p>
                </div>
            }
            if !offered.is_empty() {
                <div class="notice" id="offered">
                    {icon(Icon::Attention)}
                    <p>{ui.offered()}{" "}<strong>{offered}</strong></p>
                    <button type="button" onclick={view.wish.reform(|_| Wish::ReadOffered)}>{ui.offered_read()}</button>
                    <button type="button" onclick={view.wish.reform(|_| Wish::RefuseOffered)}>{ui.offered_refuse()}</button>
                </div>
            }
            if view.state.worker == WorkerStatus::Failed {
                <div class="notice" id="worker-failed">
                    {icon(Icon::Attention)}
                    <p><strong>{ui.worker_failed()}</strong>{" "}{ui.worker_failed_next()}</p>
                    <button type="button" onclick={view.wish.reform(|_| Wish::Retry)}>{ui.retry()}</button>
                </div>
            }
        </div>
    }
}
