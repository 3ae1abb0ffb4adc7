//! The first view: what the page is for, and every way to give evidence.

use super::advice::guide;
use super::icon::{Icon, icon};
use super::single_file_link::single_file_link;
use super::view::{View, Wish};
use crate::examples::ExampleFile;
use crate::ids;
use crate::links::Explanation;
use bezorgd_protocol::Purpose;
use yew::prelude::*;

/// The start view. Pasting anywhere else does the same as pasting into its box.
pub fn start(view: &View) -> Html {
    let ui = view.words.ui;
    let paste_box = ids::paste_box(Purpose::Evidence);
    let wish = |wish: Wish| view.wish.reform(move |_: MouseEvent| wish.clone());
    html! {
        <div class="start">
            <div class="intro">
                <h1>{ui.start_title()}</h1>
                <p class="lede">{ui.start_lede()}</p>
            </div>
            <section class="drop" aria-label={ui.choose_files()}>
                <span class="drop-icon">{icon(Icon::Drop)}</span>
                <p class="drop-title">{ui.drop_title()}</p>
                <p class="or">{ui.drop_or()}</p>
                <button type="button" id="choose" class="primary" onclick={wish(Wish::ChooseFiles(Purpose::Evidence))}>{ui.choose_files()}</button>
                <p class="small">{ui.drop_what()}</p>
            </section>
            <section class="paste">
                <label for={paste_box}>
                    <span class="paste-title">{ui.paste_title()}</span>
                    <span class="small">{ui.paste_hint()}</span>
                </label>
                <textarea id={paste_box} rows="4" spellcheck="false" autocomplete="off" />
                <button type="button" id="paste-read" onclick={wish(Wish::ReadPasted(Purpose::Evidence))}>{ui.paste_read()}</button>
            </section>
            <p class="privacy">
                {icon(Icon::Private)}
                <span>
                    <strong>{ui.privacy()}</strong>{" "}
                    <a href={Explanation::Privacy.link()}>{ui.privacy_how()}</a>
                </span>
            </p>
            <section class="examples">
                <p>{ui.example_title()}</p>
                <button type="button" id="example-report" class="quiet"
                    onclick={wish(Wish::ReadExample(ExampleFile::Report))}>{ui.example_report()}</button>
                <button type="button" id="example-bounce" class="quiet"
                    onclick={wish(Wish::ReadExample(ExampleFile::Bounce))}>{ui.example_bounce()}</button>
            </section>
            <section class="how">
                <h2>{ui.how_title()}</h2>
                {guide(view.words, &view.words.guide.pom_report())}
                {guide(view.words, &view.words.guide.wise_overview())}
                {guide(view.words, &view.words.guide.save_mail())}
                <p class="all-reasons"><a href={Explanation::All.link()}>{ui.explanations()}</a></p>
                {single_file_link(view.words)}
            </section>
        </div>
    }
}
