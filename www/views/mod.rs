//! What is on the screen, one file per view. A view is a function of the state that says what the
//! reader wishes; it knows neither the worker nor how evidence is read.
//!
//! Only the list is a Yew component, for it must know where it stands on the screen. Each component
//! costs kilobytes that a reader has to download.

mod advice;
mod columns;
mod copy;
mod detail;
mod evidence;
mod expected;
mod explanation;
mod file_input;
mod icon;
mod list;
mod patterns;
mod print;
mod problems;
mod progress;
mod results;
mod rich;
mod say;
mod shell;
mod site;
mod start;
mod summary;
mod take;
mod timeline;

pub use expected::{EXPECTED_BOX, EXPECTED_INPUT};
pub use print::MOST as MOST_PRINTED;
pub use shell::{FILE_INPUT, shell};
pub use start::PASTE_BOX;
pub use summary::verdict;

use crate::examples::Example;
use crate::files::Input;
use crate::state::{Action, Copied, State};
use bezorgd::model::ColumnChoice;
use std::rc::Rc;
use yew::Callback;

/// What every view gets.
pub struct View {
    /// What there is to show.
    pub state: Rc<State>,
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
    /// Open the dialog for choosing a list of who should have received something.
    ChooseExpected,
    /// Compare with the list in these files.
    Expect(Vec<Input>),
    /// Compare with the list in its box.
    ExpectPasted,
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
    /// On paper.
    Print,
}
