//! A method for each text of the page, the exports and the command line, with the arguments of the
//! sentence. The build generates them from the keys of the languages.

use crate::guide::Guide;
use crate::numbers::Numbers;
use crate::places::GuideKey;
use crate::rich::Line;
use crate::texts::Texts;

/// Texts that are shown as they are.
#[derive(Clone, Copy, Debug)]
pub struct Ui(pub(crate) &'static Texts);

/// Sentences with marked words.
#[derive(Clone, Copy, Debug)]
pub struct Lines(pub(crate) &'static Texts);

/// Sentences with arguments.
#[derive(Clone, Copy, Debug)]
pub struct Fill(pub(crate) &'static Texts);

/// Sentences with a number.
#[derive(Clone, Copy, Debug)]
pub struct Counts(pub(crate) Numbers);

/// Step-by-step instructions.
#[derive(Clone, Copy, Debug)]
pub struct Guides(pub(crate) &'static Texts);

include!(concat!(env!("OUT_DIR"), "/sentences.rs"));
