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
    let messages = view.state.overview.messages;
    let how_far = [
        (reading.total > 1)
            .then(|| fill.file_of(&reading.number.to_string(), &reading.total.to_string())),
        (messages > 1).then(|| view.words.count.messages(messages)),
        // Small files are not measured one by one.
        (reading.size > 0.0).then(|| {
            let numbers = view.words.numbers;
            fill.bytes_of(&numbers.size(reading.bytes), &numbers.size(reading.size))
        }),
    ];
    let (value, max) = match reading.size > 0.0 {
        true => (reading.bytes, reading.size),
        false => (f64::from(reading.number - 1), f64::from(reading.total)),
    };
    let how_far: Vec<_> = how_far.into_iter().flatten().collect();
    let how_far = how_far.join(", ");
    html! {
        <div class="progress" id="progress">
            <label for="progress-bar">{what}</label>
            <progress id="progress-bar" max={max.to_string()} value={value.to_string()} />
            <span class="small">{how_far}</span>
            <button type="button" id="cancel" onclick={view.wish.reform(|_| Wish::Cancel)}>{ui.cancel()}</button>
        </div>
    }
}
