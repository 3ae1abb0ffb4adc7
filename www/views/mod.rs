//! What is on the screen, one file per view. A view is a function of the state that says what the
//! reader wishes; it knows neither the worker nor how evidence is read.
//!
//! Only the list is a Yew component, for it must know where it stands on the screen. Each component
//! costs kilobytes that a reader has to download.

mod advice;
mod bounces;
mod columns;
mod copy;
mod detail;
mod evidence;
mod explanation;
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
mod site;
mod start;
mod summary;
mod take;
mod timeline;

pub use lists::{list_box, list_input, list_name};
pub use print::MOST as MOST_PRINTED;
pub use shell::{FILE_INPUT, shell};
pub use start::PASTE_BOX;
pub use summary::verdict;

use crate::examples::Example;
use crate::files::Input;
use crate::state::{Action, Copied, State};
use bezorgd::job::{Purpose, Settings};
use bezorgd::model::ColumnChoice;
use bezorgd::text::words;
use std::rc::Rc;
use yew::Callback;

/// What every view gets.
pub struct View {
    /// What there is to show.
    pub state: Rc<State>,
    /// Whether the page stands in another one.
    pub embedded: bool,
    /// Whether something is being dragged over the window.
    pub dragging: bool,
    /// Takes what happens on the page.
    pub act: Callback<Action>,
    /// Takes what the reader wants done.
    pub wish: Callback<Wish>,
}

/// What the reader wants done that needs more than the state.
#[derive(Clone, Debug, PartialEq)]
pub enum Wish {
    /// Open the dialog for choosing files.
    Choose,
    /// Open the dialog for choosing a list for this purpose.
    ChooseList(Purpose),
    /// Read the lists in these files, for this purpose.
    ReadList(Purpose, Vec<Input>),
    /// Read the list in the box for this purpose.
    ReadPastedList(Purpose),
    /// Go by these settings.
    Set(Settings),
    /// Keep the table of message types as a file.
    SaveMessageTypes,
    /// Read the columns of the reports in this file so.
    ReadColumns(String, ColumnChoice),
    /// Read these files.
    Read(Vec<Input>),
    /// Read what stands in the box for pasting.
    ReadPasted,
    /// Read an example.
    Example(Example),
    /// Copy this text.
    Copy(Copied, String),
    /// Stop reading.
    Cancel,
    /// Try to start the worker once more.
    Retry,
    /// Forget everything.
    Clear,
    /// Go on with the newer version of the page.
    Update,
    /// Take the list along.
    Take(Take),
}

/// How the list is taken along.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Take {
    /// Its addresses, on the clipboard.
    Copy,
    /// All of it, as a workbook.
    Excel,
    /// All of it, as a file that any program reads.
    Csv,
    /// The messages that bounced, as a workbook.
    Messages,
    /// On paper.
    Print,
}

/// What a recipient is called: by the address, or else by what the evidence gives instead.
fn called<'a>(address: &'a str, name: Option<&'a str>, number: Option<&'a str>) -> &'a str {
    let address = Some(address).filter(|address| !address.is_empty());
    let known = address.or(name).or(number);
    known.unwrap_or(words().ui.no_address)
}

/// A person, by name and number as far as they are known.
fn person(name: Option<&str>, number: Option<&str>) -> String {
    let number = number.map(|number| words().fill.customer.with(&[("number", number)]));
    let name = name.map(str::to_owned);
    let known: Vec<String> = name.into_iter().chain(number).collect();
    known.join(" · ")
}
