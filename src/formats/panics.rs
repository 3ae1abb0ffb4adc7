//! Catches the panics of libraries that read damaged files.

use std::cell::Cell;
use std::panic::{AssertUnwindSafe, catch_unwind};

thread_local! {
    static CAUGHT: Cell<bool> = const { Cell::new(false) };
}

/// Calls a library; `None` if it panics.
pub fn caught<T>(read: impl FnOnce() -> T) -> Option<T> {
    CAUGHT.set(true);
    let read = catch_unwind(AssertUnwindSafe(read));
    CAUGHT.set(false);
    read.ok()
}

/// Whether a panic on this thread, at this moment, is that of a library about a damaged file. It is caught and
/// becomes a [`Problem`](crate::model::Problem), so a program need not show it: ask this in its panic hook.
pub fn is_panic_caught() -> bool {
    CAUGHT.get()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_panic_is_caught_only_inside() {
        assert!(!is_panic_caught());
        assert_eq!(caught(is_panic_caught), Some(true));
        assert_eq!(caught(|| -> u8 { panic!("expected by a test") }), None);
        assert!(!is_panic_caught());
    }
}
