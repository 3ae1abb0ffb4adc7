//! Sentences in which some words are menus or English phrases.

use bezorgd_words::{Line, Piece, Words};
use yew::prelude::*;

/// The sentence, its marked words in their own elements.
pub fn rich(words: &'static Words, line: Line) -> Html {
    rich_with(line, words.ui.sender_domain_unknown())
}

/// The same, with the domain that the messages are sent from.
pub fn rich_with(line: Line, domain: &str) -> Html {
    line.pieces()
        .iter()
        .map(|piece| match *piece {
            Piece::Plain(text) => html! { {text} },
            Piece::Menu(text) => html! { <b class="menu">{text}</b> },
            Piece::Literal(text) => html! { <i class="literal" lang="en">{text}</i> },
            Piece::Domain => html! { <b class="menu">{domain}</b> },
        })
        .collect()
}
