//! Text in which some words are what stands on the reader's screen.

use super::words;
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
    /// The domain that the messages are sent from.
    Domain,
}

impl Line {
    /// The pieces, in order.
    pub fn pieces(self) -> &'static [Piece] {
        self.0
    }

    /// The plain sentence, with this domain where it names the sender's.
    pub fn with_domain(self, domain: &str) -> String {
        self.0
            .iter()
            .map(|piece| match piece {
                Piece::Plain(text) | Piece::Menu(text) | Piece::Literal(text) => text,
                Piece::Domain => domain,
            })
            .collect()
    }
}

impl fmt::Display for Line {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.with_domain(words().ui.sender_domain_unknown))
    }
}
