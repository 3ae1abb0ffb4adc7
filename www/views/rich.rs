//! Sentences of which some words are menus or English phrases.

use bezorgd::text::{Line, Piece};
use yew::prelude::*;

/// The sentence, its marked words in their own elements.
pub fn rich(line: Line) -> Html {
    line.pieces()
        .iter()
        .map(|piece| match *piece {
            Piece::Plain(text) => html! { {text} },
            Piece::Menu(text) => html! { <b class="menu">{text}</b> },
            Piece::Literal(text) => html! { <i class="literal" lang="en">{text}</i> },
        })
        .collect()
}
