//! The page's pure parts, tested without a browser.

#![allow(missing_docs)]

#[path = "../www/layout.rs"]
#[allow(dead_code, reason = "the page uses all of it")]
mod layout;
#[path = "../www/state.rs"]
#[allow(dead_code, reason = "the page uses all of it")]
mod state;
