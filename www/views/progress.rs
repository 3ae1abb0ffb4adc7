//! How far reading is, and a button to cancel it. Overlays the page, so that nothing moves.

use super::{View, Wish};
use crate::state::WorkerStatus;
use bezorgd_words::{bytes, words};
use yew::prelude::*;

/// A bar at the bottom, only while something is being read.
pub fn progress(view: &View) -> Html {
    let (ui, fill) = (&words().ui, &words().fill);
    let reading = view.state.reading.as_ref();
    let Some(reading) = reading.filter(|_| view.state.worker != WorkerStatus::Failed) else {
        return Html::default();
    };
    let what = if view.state.worker == WorkerStatus::Starting {
        ui.starting.to_owned()
    } else {
        fill.reading.with(&[("name", &reading.name)])
    };
    let mut how_far = fill.bytes_of.with(&[
        ("done", &bytes(reading.bytes)),
        ("size", &bytes(reading.size)),
    ]);
    let messages = view.state.overview.messages;
    if messages > 1 {
        how_far = format!("{}, {how_far}", words().count.messages.of(messages));
    }
    if reading.total > 1 {
        let of = [
            ("number", &*reading.number.to_string()),
            ("total", &*reading.total.to_string()),
        ];
        how_far = format!("{}, {how_far}", fill.file_of.with(&of));
    }
    html! {
        <div class="progress" id="progress">
            <label for="progress-bar">{what}</label>
            <progress id="progress-bar" max={reading.size.max(1.0).to_string()} value={reading.bytes.to_string()} />
            <span class="small">{how_far}</span>
            <button type="button" id="cancel" onclick={view.wish.reform(|_| Wish::Cancel)}>{ui.cancel}</button>
        </div>
    }
}
