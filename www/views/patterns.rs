//! Patterns over all evidence: providers where almost everything fails, and what the newest report
//! changed.

use super::copy::copy_button;
use super::icon::{Icon, icon};
use super::view::View;
use crate::state::{Copyable, PageAction};
use bezorgd_model::NextStep;
use bezorgd_model::{Change, FailingProvider, TypingMistake};

use yew::prelude::*;

/// More providers than this are not a pattern that a person can act on.
const MOST_PROVIDERS: usize = 3;

/// The notices, if any.
pub fn patterns(view: &View) -> Html {
    let overview = &view.state.overview;
    let providers = overview.providers.iter().take(MOST_PROVIDERS);
    html! {
        <>
            {for overview.typing_mistakes.iter().enumerate().map(|(place, mistake)| corrections(place, mistake, view))}
            {for providers.map(|provider| notice(provider, view))}
            if !overview.changes.is_empty() {
                <div class="changes" role="group" aria-label={view.words.ui.changes()}>
                    <span>{view.words.ui.changes()}</span>
                    {for overview.changes.iter().map(|&(change, count)| button(change, count, view))}
                </div>
            }
        </>
    }
}

/// A domain that is misspelled in several addresses: one job, with each address beside its correction.
fn corrections(place: usize, mistake: &TypingMistake, view: &View) -> Html {
    let words = view.words;
    let count = words.numbers.whole(mistake.count.into());
    let what = words
        .fill
        .typing_mistakes(&count, &mistake.domain, &mistake.likely);
    let lines = mistake.addresses.iter();
    let text: String = lines.map(|(old, new)| format!("{old}\t{new}\n")).collect();
    html! {
        <div class="panel pattern typing" data-typing={mistake.domain.clone()}>
            {icon(Icon::NextStep(NextStep::CorrectAddress))}
            <details>
                <summary><strong>{what}</strong></summary>
                <ul class="corrections">
                    {for mistake.addresses.iter().map(|(old, new)| html! {
                        <li><del>{old}</del>{" → "}<ins>{new}</ins></li>
                    })}
                </ul>
            </details>
            {copy_button(Copyable::Corrections(place), text, words.ui.copy(), view)}
        </div>
    }
}

/// A provider where nearly everything fails.
fn notice(provider: &FailingProvider, view: &View) -> Html {
    let (ui, fill) = (&view.words.ui, &view.words.fill);
    let what = fill.provider_fails(
        &provider.domain,
        &view.words.numbers.whole(provider.failed.into()),
        &view.words.numbers.whole(provider.total.into()),
    );
    let when = provider.between.map(|(first, last)| {
        let dates = &view.words.dates;
        fill.provider_when(&dates.day(first), &dates.time(first), &dates.time(last))
    });
    let so = match (provider.temporary, provider.waiting) {
        (true, true) => ui.provider_waiting(),
        (true, false) => ui.provider_temporary(),
        (false, _) => ui.provider_permanent(),
    };
    let search = format!("@{}", provider.domain);
    let show = view.act.reform(move |_| PageAction::Search(search.clone()));
    html! {
        <div class="panel pattern" data-provider={provider.domain.clone()}>
            {icon(Icon::NextStep(NextStep::Wait))}
            <p><strong>{what}</strong>{" "}{when}{" "}{so}</p>
            <button type="button" class="quiet" onclick={show}>{ui.provider_show()}</button>
        </div>
    }
}

/// Filters by what the newest report changed; pressing it again shows everyone.
fn button(change: Change, count: u32, view: &View) -> Html {
    let pressed = view.state.filter.change == Some(change);
    let onclick = view
        .act
        .reform(move |_| PageAction::PickChange((!pressed).then_some(change)));
    html! {
        <button type="button" class="next-step" aria-pressed={pressed.to_string()} data-change={change.code()} {onclick}>
            <span>{view.words.change(change)}</span>
            <strong>{view.words.numbers.whole(count.into())}</strong>
        </button>
    }
}
