//! What is on the screen, one file per view. A view is a function of the state; it emits actions and
//! wishes, and depends neither on the worker nor on how evidence is read.
//!
//! Only the list is a Yew component, because it needs its position on the screen. Each component adds
//! kilobytes to the download.

mod advice;
mod arrived;
mod bounces;
mod columns;
mod copy;
mod detail;
mod evidence;
mod explanation;
mod export_buttons;
mod field;
mod file_input;
mod holders;
mod icon;
mod list;
mod lists;
mod naming;
mod patterns;
mod print;
mod privacy;
mod problems;
mod progress;
mod results;
mod rich;
mod say;
mod settings;
mod shell;
mod single_file_link;
mod start;
mod summary;
mod timeline;
mod update;
mod view;

pub use shell::shell;
pub use summary::verdict;
pub use view::{View, Wish};
