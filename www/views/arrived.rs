//! Mails that arrived: the way that the header of each proves, and where to look for one that is not in the
//! inbox.

use super::advice::{guides, steps};
use super::icon::{Icon, icon, tone};
use super::view::View;
use bezorgd_model::{Kind, NextStep};
use bezorgd_protocol::ArrivedMail;
use yew::prelude::*;

/// A panel that opens on request, beside the recipients; nothing if no mail arrived.
pub fn arrived_panel(view: &View) -> Html {
    if view.state.overview.arrived.is_empty() {
        return Html::default();
    }
    html! {
        <details class="panel" id="arrived">
            <summary>{icon(Icon::NextStep(NextStep::LookInSpam))}{arrived_title(view)}</summary>
            {arrived(view)}
        </details>
    }
}

/// How many mails arrived.
pub fn arrived_title(view: &View) -> String {
    let count = view.state.overview.of_kind(Kind::Arrived);
    view.words.kind(Kind::Arrived, count)
}

/// A card for each mail, how many more there are, and what to do.
pub fn arrived(view: &View) -> Html {
    let overview = &view.state.overview;
    let mails = &overview.arrived;
    let count = overview.of_kind(Kind::Arrived);
    let more = count.saturating_sub(mails.len() as u32);
    html! {
        <>
            {for mails.iter().map(|mail| card(mail, view))}
            if more > 0 {
                <p class="small">{view.words.count.more_arrived(more)}</p>
            }
            {todo(mails, view)}
        </>
    }
}

fn card(mail: &ArrivedMail, view: &View) -> Html {
    let title = if mail.subject.is_empty() {
        &mail.file
    } else {
        &mail.subject
    };
    html! {
        <article class={classes!("detail", "arrived", tone(NextStep::LookInSpam))}>
            <header>
                <p class="state">{icon(Icon::NextStep(NextStep::LookInSpam))}<strong>{view.words.ui.arrival_title()}</strong></p>
                <h2>{title}</h2>
                <p class="small">{&mail.file}</p>
            </header>
            <ul>{for mail.lines.iter().map(|line| html! { <li>{line}</li> })}</ul>
        </article>
    }
}

/// What to do about a mail that was delivered and is not in the inbox, or may be false. Several mails have only
/// the general advice in common.
fn todo(mails: &[ArrivedMail], view: &View) -> Html {
    let doubtful = mails.iter().any(|mail| mail.is_doubtful);
    let common = |of: fn(&ArrivedMail) -> &str| {
        let first = mails.first().map_or("", of);
        let is_same = mails.iter().all(|mail| of(mail) == first);
        if is_same { first } else { "" }
    };
    html! {
        <section class="detail todo">
            {for view.words.arrival_guides(doubtful).iter().map(|guide| html! {
                <>
                    <h2>{guide.title}</h2>
                    {steps(view.words, &guide.steps)}
                </>
            })}
            {guides(view.words.mail_programs(), common(|mail| &mail.domain), common(|mail| &mail.mailbox), view)}
        </section>
    }
}
