//! Text in which some words are what stands on the reader's screen.

use std::fmt;

/// A sentence, in pieces; its `Display` is the plain sentence.
#[derive(Clone, Copy, Debug)]
pub struct Line(pub(super) &'static [Piece]);

/// A part of a sentence.
#[derive(Clone, Copy, Debug)]
pub enum Piece {
    /// Ordinary words.
    Plain(&'static str),
    /// A menu, button or option, as the reader's program writes it.
    Menu(&'static str),
    /// An English phrase, as a report or server writes it.
    Literal(&'static str),
}

impl Line {
    /// The pieces, in order.
    pub fn pieces(self) -> &'static [Piece] {
        self.0
    }
}

impl fmt::Display for Line {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|piece| match piece {
            Piece::Plain(text) | Piece::Menu(text) | Piece::Literal(text) => f.write_str(text),
        })
    }
}
