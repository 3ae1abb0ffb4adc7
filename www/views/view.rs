//! What a view receives, and the requests it may emit.

use crate::examples::ExampleFile;
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
    /// Requests more than a change of state.
    pub wish: Callback<Wish>,
}

/// A request of the reader that needs more than a change of state.
#[derive(Clone, Debug, PartialEq)]
pub enum Wish {
    /// Open the dialog for choosing files for this purpose.
    ChooseFiles(Purpose),
    /// Read these files, for this purpose.
    Read(Purpose, Vec<Input>),
    /// Read what other programs handed over.
    ReadOffered,
    /// Forget it.
    RefuseOffered,
    /// Read the text in the box for this purpose.
    ReadPasted(Purpose),
    /// Read an example.
    ReadExample(ExampleFile),
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
