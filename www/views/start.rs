//! The first view: what this is, and every way to give evidence.

use super::advice::guide;
use super::icon::{Icon, icon};
use super::site::download;
use super::{View, Wish};
use crate::examples::Example;
use bezorgd::text::{Explanation, words};
use yew::prelude::*;

/// The box in which a text can be pasted; pasting anywhere else does the same.
pub const PASTE_BOX: &str = "paste-text";

/// The start view.
pub fn start(view: &View) -> Html {
    let ui = &words().ui;
    let wish = |wish: Wish| view.wish.reform(move |_: MouseEvent| wish.clone());
    html! {
        <div class="start">
            <div class="intro">
                <h1>{ui.start_title}</h1>
                <p class="lede">{ui.start_lede}</p>
            </div>
            <section class="drop" aria-label={ui.choose_files}>
                <span class="drop-icon">{icon(Icon::Drop)}</span>
                <p class="drop-title">{ui.drop_title}</p>
                <p class="or">{ui.drop_or}</p>
                <button type="button" id="choose" class="primary" onclick={wish(Wish::Choose)}>{ui.choose_files}</button>
                <p class="small">{ui.drop_what}</p>
            </section>
            <section class="paste">
                <label for={PASTE_BOX}>
                    <span class="paste-title">{ui.paste_title}</span>
                    <span class="small">{ui.paste_hint}</span>
                </label>
                <textarea id={PASTE_BOX} rows="4" spellcheck="false" autocomplete="off" />
                <button type="button" id="paste-read" onclick={wish(Wish::ReadPasted)}>{ui.paste_read}</button>
            </section>
            <p class="privacy">
                {icon(Icon::Private)}
                <span>
                    <strong>{ui.privacy}</strong>{" "}
                    <a href={Explanation::Privacy.link()}>{ui.privacy_how}</a>
                </span>
            </p>
            <section class="examples">
                <p>{ui.example_title}</p>
                <button type="button" id="example-report" class="quiet"
                    onclick={wish(Wish::Example(Example::Report))}>{ui.example_report}</button>
                <button type="button" id="example-bounce" class="quiet"
                    onclick={wish(Wish::Example(Example::Bounce))}>{ui.example_bounce}</button>
            </section>
            <section class="how">
                <h2>{ui.how_title}</h2>
                {guide(&words().guide.pom_report)}
                {guide(&words().guide.wise_overview)}
                {guide(&words().guide.save_mail)}
                <p class="all-reasons"><a href={Explanation::All.link()}>{ui.explanations}</a></p>
                {download()}
            </section>
        </div>
    }
}
