//! One recipient: the cause, what to do, and the evidence for it.

use super::advice::{guides, steps};
use super::bounces::{history, standing};
use super::copy::copy_button;
use super::evidence::{evidence, is_english};
use super::holders::holders;
use super::icon::{Icon, icon, tone};
use super::naming::{called, person};
use super::rich::rich;
use super::say::say;
use super::timeline::timeline;
use super::view::View;
use crate::ids::DETAIL_TITLE;
use crate::state::{Copyable, PageAction};
use bezorgd_model::FittingRule;
use bezorgd_model::{Attempt, State, domain_of};
use bezorgd_protocol::{AttemptSource, Detail};
use bezorgd_words::Words;
use yew::prelude::*;

/// The detail view.
pub fn detail(detail: &Detail, view: &View) -> Html {
    let ui = view.words.ui;
    let recipient = &detail.recipient;
    let advice = view
        .words
        .advice(detail.sender, recipient.cause, recipient.state);
    let deciding = recipient.deciding();
    let source = deciding.and_then(|(index, _)| detail.sources.get(index));
    let file = source.map(|source| source.file.as_str());
    html! {
        <article class={classes!("detail", tone(detail.next_step))} aria-labelledby={DETAIL_TITLE}
            data-detail={detail.id.to_string()} data-cause={recipient.cause.code()} data-next_step={detail.next_step.code()}>
            <button type="button" class="back" id="back" onclick={view.act.reform(|_| PageAction::Back)}>
                {icon(Icon::Back)}{ui.back()}
            </button>
            <header>
                <p class="state">{icon(Icon::NextStep(detail.next_step))}<strong>{view.words.state(recipient.cause, recipient.state)}</strong></p>
                <h2 id={DETAIL_TITLE} tabindex="-1">
                    {called(view.words, &recipient.address, recipient.name.as_deref(), recipient.customer.as_deref())}
                </h2>
                if recipient.name.is_some() || recipient.customer.is_some() {
                    <p class="who">{person(view.words, recipient.name.as_deref(), recipient.customer.as_deref())}</p>
                }
                if let Some(odd) = view.words.odd_address(&recipient.address) {
                    <p class="small" id="odd-address">{odd}</p>
                }
                if let Some(suggestion) = &recipient.suggestion {
                    {proposal(suggestion, view)}
                }
            </header>
            <section class="why">
                <h3>{view.words.cause(recipient.cause)}</h3>
                <p>{rich(view.words, advice.explain)}</p>
                if let Some(more) = &recipient.detail {
                    <p>{view.words.detail(more)}</p>
                }
                {in_own_words(view.words, detail)}
                {blocked_since(view.words, detail)}
                if let (State::Retrying, Some(until)) = (recipient.state, recipient.retry_until) {
                    <p class="until">{icon(Icon::NextStep(detail.next_step))}
                        {view.words.fill.retry_until(&view.words.dates.moment(until))}</p>
                }
            </section>
            {standing(view.words, detail)}
            {holders(view.words, detail)}
            <section class="todo">
                <h4>{ui.todo()}</h4>
                {steps(view.words, &advice.steps(detail.bounces.as_ref().map(|bounces| bounces.tally.standing())))}
                {guides(advice.guides, &detail.domain, domain_of(&recipient.address).unwrap_or_default(), view)}
            </section>
            {say(detail, view)}
            if let Some((_, attempt)) = deciding {
                {evidence(view.words, attempt, file)}
            }
            {match &detail.bounces {
                Some(bounces) => history(view.words, detail, bounces),
                None => timeline(view.words, &recipient.attempts),
            }}
            {technical(view.words, detail, deciding.map(|(_, attempt)| attempt), source)}
        </article>
    }
}

/// What the sending system itself calls the cause, because that is what its users see.
fn in_own_words(words: &'static Words, detail: &Detail) -> Html {
    if detail.reasons.is_empty() {
        return Html::default();
    }
    let quoted: Vec<String> = detail
        .reasons
        .iter()
        .map(|word| format!("“{word}”"))
        .collect();
    let reasons = match &quoted[..] {
        [one, other] => words.fill.or(one, other),
        _ => quoted.join(", "),
    };
    html! { <p class="small">{words.fill.in_wise(&reasons)}</p> }
}

/// The refusal for which the address was blocked, if it is in the evidence.
fn blocked_since(words: &'static Words, detail: &Detail) -> Html {
    let Some((index, refusal)) = detail.recipient.refused_by() else {
        return Html::default();
    };
    let fill = words.fill;
    let source = detail.sources.get(index);
    let when = match (refusal.at, source.map(|source| &source.file)) {
        (Some(at), _) => fill.blocked_since(&words.dates.moment(at)),
        (None, Some(file)) => fill.blocked_in(file),
        (None, None) => return Html::default(),
    };
    html! {
        <p class="blocked-since">
            {when}{" "}<strong>{words.cause(refusal.cause)}</strong>{": "}
            <q lang={is_english(&refusal.text).then_some("en")}>{&*refusal.text}</q>
        </p>
    }
}

/// A suggested address.
fn proposal(suggestion: &str, view: &View) -> Html {
    let text = suggestion.to_owned();
    html! {
        <p class="suggestion">
            <span>{view.words.ui.suggestion()}{" "}<strong id="suggestion">{suggestion}</strong>{"?"}</span>
            {copy_button(Copyable::Suggestion, text, view.words.ui.copy(), view)}
        </p>
    }
}

/// Details that an administrator or helpdesk asks for.
fn technical(
    words: &'static Words,
    detail: &Detail,
    attempt: Option<&Attempt>,
    source: Option<&AttemptSource>,
) -> Html {
    let ui = words.ui;
    let original = source.and_then(|source| source.original.as_ref());
    let rule = attempt.map(|attempt| attempt.rule.as_ref());
    let (deciding, others): (Vec<_>, Vec<_>) = detail
        .rules
        .iter()
        .partition(|fitting| Some(fitting.rule.as_str()) == rule);
    let source = deciding.first().map(|fitting| fitting.source.clone());
    let facts = [
        (
            ui.cause_code(),
            Some(format!(
                "{}, {}",
                detail.recipient.cause.code(),
                words.permanence(detail.recipient.permanence)
            )),
        ),
        (ui.rule(), rule.map(str::to_owned)),
        (ui.documented(), source),
        (
            ui.status_code(),
            attempt
                .and_then(|attempt| attempt.status)
                .map(|status| status.to_string()),
        ),
        (
            ui.reply_code(),
            attempt
                .and_then(|attempt| attempt.reply_code)
                .map(|code| code.to_string()),
        ),
        (
            ui.server(),
            attempt.and_then(|attempt| attempt.remote.clone()),
        ),
        (
            ui.document(),
            attempt.and_then(|attempt| attempt.document.as_deref().map(str::to_owned)),
        ),
        (
            ui.subject(),
            original.and_then(|original| original.subject.clone()),
        ),
        (
            ui.sent_at(),
            original
                .and_then(|original| original.date)
                .map(|date| words.dates.moment(date)),
        ),
        (ui.sender(), Some(words.sender(detail.sender).to_owned())),
    ];
    html! {
        <details class="technical">
            <summary>{ui.technical()}</summary>
            <dl>
                {for facts.into_iter().filter_map(|(name, value)| {
                    let value = value.filter(|value| !value.is_empty())?;
                    Some(html! { <div><dt>{name}</dt><dd>{value}</dd></div> })
                })}
            </dl>
            {also_fit(words, &others)}
        </details>
    }
}

/// The other matching rules, and why they lost.
fn also_fit(words: &'static Words, others: &[&FittingRule]) -> Html {
    if others.is_empty() {
        return Html::default();
    }
    html! {
        <>
            <h5>{words.ui.also_fits()}</h5>
            <ul>
                for fitting in others {
                    <li>
                        {format!("{} ({})", words.cause(fitting.cause), fitting.rule)}
                        if let Some(lost) = &fitting.lost {
                            {format!(": {}", words.lost(lost))}
                        }
                    </li>
                }
            </ul>
        </>
    }
}
