//! The page's pure parts, tested without a browser.

#![allow(missing_docs)]

#[path = "../www/export.rs"]
#[allow(dead_code, reason = "the page uses all of it")]
mod export;
#[path = "../www/layout.rs"]
#[allow(dead_code, reason = "the page uses all of it")]
mod layout;
#[path = "../www/bridge/questions.rs"]
#[allow(dead_code, reason = "the page uses all of it")]
mod questions;
#[path = "../www/bridge/queue.rs"]
#[allow(dead_code, reason = "the page uses all of it")]
mod queue;
#[path = "../www/state.rs"]
#[allow(dead_code, reason = "the page uses all of it")]
mod state;
