//! What is on the screen, one file per view. A view gets the state and says what the reader wishes;
//! it knows neither the worker nor how evidence is read.

mod advice;
mod detail;
mod evidence;
mod icon;
mod list;
mod problems;
mod progress;
mod results;
mod rich;
mod shell;
mod start;
mod summary;
mod timeline;

pub use shell::Shell;
pub use summary::verdict;

use crate::examples::Example;
use crate::files::Input;

/// What the reader wants done that needs more than the state.
#[derive(Clone, Debug, PartialEq)]
pub enum Wish {
    /// Read this.
    Read(Vec<Input>),
    /// Read an example.
    Example(Example),
    /// Stop reading.
    Cancel,
    /// Try to start the worker once more.
    Retry,
    /// Forget everything.
    Clear,
}
