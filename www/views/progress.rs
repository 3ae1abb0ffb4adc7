//! How far reading is, and a button to cancel it. Overlays the page, so that nothing moves.

use super::view::{View, Wish};
use crate::state::WorkerStatus;

use yew::prelude::*;

/// A bar at the bottom, only while something is being read.
pub fn progress(view: &View) -> Html {
    let (ui, fill) = (view.words.ui, view.words.fill);
    let reading = view.state.reading.as_ref();
    let Some(reading) = reading.filter(|_| view.state.worker != WorkerStatus::Failed) else {
        return Html::default();
    };
    let what = if view.state.worker == WorkerStatus::Starting {
        ui.starting().to_owned()
    } else {
        fill.reading(&reading.name)
    };
    let mut how_far = fill.bytes_of(
        &view.words.numbers.size(reading.bytes),
        &view.words.numbers.size(reading.size),
    );
    let messages = view.state.overview.messages;
    if messages > 1 {
        how_far = format!("{}, {how_far}", view.words.count.messages(messages));
    }
    if reading.total > 1 {
        let of = fill.file_of(&reading.number.to_string(), &reading.total.to_string());
        how_far = format!("{of}, {how_far}");
    }
    html! {
        <div class="progress" id="progress">
            <label for="progress-bar">{what}</label>
            <progress id="progress-bar" max={reading.size.max(1.0).to_string()} value={reading.bytes.to_string()} />
            <span class="small">{how_far}</span>
            <button type="button" id="cancel" onclick={view.wish.reform(|_| Wish::Cancel)}>{ui.cancel()}</button>
        </div>
    }
}
