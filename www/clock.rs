//! The present, by the browser's clock.

use bezorgd_model::Moment;

/// The present.
pub fn now() -> Moment {
    let seconds = (js_sys::Date::now() / 1000.0) as i64;
    match Moment::from_unix(seconds) {
        Ok(now) => now,
        Err(_) => unreachable!("a clock gives years from 0 to 9999"),
    }
}
