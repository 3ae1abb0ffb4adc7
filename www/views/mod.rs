//! What is on the screen, one file per view. A view is a function of the state; it emits actions and
//! wishes, and depends neither on the worker nor on how evidence is read.
//!
//! Only the list is a Yew component, because it needs its position on the screen. Each component adds
//! kilobytes to the download.

mod advice;
mod bounces;
mod columns;
mod copy;
mod detail;
mod evidence;
mod explanation;
mod export_buttons;
mod file_input;
mod holders;
mod icon;
mod list;
mod lists;
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

pub use shell::shell;
pub use summary::verdict;

use crate::examples::Example;
use crate::export::Export;
use crate::files::Input;
use crate::state::{Copyable, PageAction, PageState};
use bezorgd_model::ColumnChoice;
use bezorgd_protocol::{Purpose, Settings};
use bezorgd_words::Words;
use std::rc::Rc;
use yew::Callback;

/// What every view receives.
pub struct View {
    /// The words of the reader's language.
    pub words: &'static Words,
    /// The state to show.
    pub state: Rc<PageState>,
    /// Whether the page is embedded in another one.
    pub embedded: bool,
    /// Whether something is being dragged over the window.
    pub dragging: bool,
    /// Changes the state.
    pub act: Callback<PageAction>,
    /// Asks for more than a change of state.
    pub wish: Callback<Wish>,
}

/// A request of the reader that takes more than a change of state.
#[derive(Clone, Debug, PartialEq)]
pub enum Wish {
    /// Open the dialog for choosing files for this purpose.
    ChooseFiles(Purpose),
    /// Read these files, for this purpose.
    Read(Purpose, Vec<Input>),
    /// Read the text in the box for this purpose.
    ReadPasted(Purpose),
    /// Read an example.
    ReadExample(Example),
    /// Read this file ([`bezorgd_protocol::ReportColumns::file`]) with these columns.
    ReadColumns(u32, ColumnChoice),
    /// Apply these settings.
    Set(Settings),
    /// Copy this text.
    Copy(Copyable, String),
    /// Export something.
    Export(Export),
    /// Stop reading.
    Cancel,
    /// Try to start the worker once more.
    Retry,
    /// Forget everything.
    Clear,
    /// Reload with the newer version of the page.
    Update,
}

/// What to call a recipient: the address, or else the name or number.
fn called<'a>(
    words: &'static Words,
    address: &'a str,
    name: Option<&'a str>,
    number: Option<&'a str>,
) -> &'a str {
    let address = Some(address).filter(|address| !address.is_empty());
    let known = address.or(name).or(number);
    known.unwrap_or(words.ui.no_address())
}

/// A person's name and number, as far as the evidence gives them.
fn person(words: &'static Words, name: Option<&str>, number: Option<&str>) -> String {
    let number = number.map(|number| words.fill.customer(number));
    let name = name.map(str::to_owned);
    let known: Vec<String> = name.into_iter().chain(number).collect();
    known.join(" · ")
}
