//! The first view: what this is, and every way to give evidence.

use super::Wish;
use super::advice::Steps;
use super::icon::{Icon, icon};
use crate::examples::Example;
use crate::files;
use bezorgd::text::words;
use web_sys::{HtmlInputElement, HtmlTextAreaElement};
use yew::prelude::*;

#[derive(PartialEq, Properties)]
pub struct Props {
    pub wish: Callback<Wish>,
}

/// The start view.
#[component]
pub fn Start(props: &Props) -> Html {
    let wish = &props.wish;
    let ui = &words().ui;
    let guide = &words().guide;
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
                <FileButton {wish} class="primary" label={ui.choose_files} />
                <p class="small">{ui.drop_what}</p>
            </section>
            <PasteBox {wish} />
            <p class="privacy">
                {icon(Icon::Private)}
                <span><strong>{ui.privacy}</strong>{" "}{ui.privacy_proof}</span>
            </p>
            <section class="examples">
                <p>{ui.example_title}</p>
                <button type="button" id="example-report" class="quiet"
                    onclick={wish.reform(|_| Wish::Example(Example::Report))}>{ui.example_report}</button>
                <button type="button" id="example-bounce" class="quiet"
                    onclick={wish.reform(|_| Wish::Example(Example::Bounce))}>{ui.example_bounce}</button>
            </section>
            <section class="how">
                <h2>{ui.how_title}</h2>
                {for [&guide.pom_report, &guide.save_mail].map(|guide| html! {
                    <details>
                        <summary>{guide.title}</summary>
                        <Steps steps={guide.steps} />
                    </details>
                })}
            </section>
        </div>
    }
}

#[derive(PartialEq, Properties)]
pub struct FileButtonProps {
    pub wish: Callback<Wish>,
    pub class: &'static str,
    pub label: &'static str,
}

/// A real button, which a keyboard reaches, in front of a file input, which is ugly.
#[component]
pub fn FileButton(props: &FileButtonProps) -> Html {
    let input = use_node_ref();
    let open = {
        let input = input.clone();
        move |_| {
            if let Some(input) = input.cast::<HtmlInputElement>() {
                input.click();
            }
        }
    };
    let chosen = props.wish.reform(|event: Event| {
        let input = event.target_unchecked_into::<HtmlInputElement>();
        let inputs = files::listed(input.files());
        // Otherwise choosing the same file again would go unnoticed.
        input.set_value("");
        Wish::Read(inputs)
    });
    html! {
        <>
            <button type="button" class={props.class} onclick={open}>{props.label}</button>
            <input ref={input} id="file-input" type="file" multiple=true hidden=true onchange={chosen} />
        </>
    }
}

/// A place to paste; pasting anywhere else does the same.
#[component]
fn PasteBox(props: &Props) -> Html {
    let ui = &words().ui;
    let text = use_node_ref();
    let empty = use_state(|| false);
    let read = {
        let (text, empty, wish) = (text.clone(), empty.clone(), props.wish.clone());
        move |_| {
            let value = text.cast::<HtmlTextAreaElement>().map(|area| area.value());
            let input = files::text(ui.pasted_name, &value.unwrap_or_default());
            empty.set(input.is_none());
            if let Some(input) = input {
                wish.emit(Wish::Read(vec![input]));
            }
        }
    };
    html! {
        <section class="paste">
            <label for="paste-text">
                <span class="paste-title">{ui.paste_title}</span>
                <span class="small">{ui.paste_hint}</span>
            </label>
            <textarea ref={text} id="paste-text" rows="4" spellcheck="false" autocomplete="off" />
            <div class="paste-actions">
                <button type="button" id="paste-read" onclick={read}>{ui.paste_read}</button>
                <span role="status" class="small">{if *empty { ui.paste_empty } else { "" }}</span>
            </div>
        </section>
    }
}
