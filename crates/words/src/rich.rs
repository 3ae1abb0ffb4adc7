//! Sentences in which some words are marked as text on the reader's screen.

/// A sentence with marked words.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Line(pub(crate) &'static str);

/// A part of a sentence.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Piece {
    /// Ordinary words.
    Plain(&'static str),
    /// A menu, button or option, as the reader's program writes it.
    Menu(&'static str),
    /// An English phrase, as a report or server writes it.
    Literal(&'static str),
    /// The domain from which the sending system sends.
    Domain,
}

/// The placeholder for the domain of the sending system.
const DOMAIN: &str = "{domain}";

impl Line {
    /// The pieces, in order.
    pub fn pieces(self) -> Vec<Piece> {
        let mut pieces = Vec::new();
        let mut rest = self.0;
        while let Some(start) = rest.find(['*', '_']) {
            let (before, marked) = rest.split_at(start);
            let (mark, inside) = marked.split_at(1);
            // The build has checked that every mark is closed.
            let Some((text, after)) = inside.split_once(mark) else {
                break;
            };
            push(&mut pieces, before, Piece::Plain);
            let kind = if mark == "*" {
                Piece::Menu
            } else {
                Piece::Literal
            };
            push(&mut pieces, text, kind);
            rest = after;
        }
        push(&mut pieces, rest, Piece::Plain);
        pieces
    }

    /// The plain sentence, with this domain for the placeholder.
    pub fn with_domain(self, domain: &str) -> String {
        let text = self.pieces().into_iter().map(|piece| match piece {
            Piece::Plain(text) | Piece::Menu(text) | Piece::Literal(text) => text,
            Piece::Domain => domain,
        });
        text.collect()
    }
}

/// Adds a text, with each placeholder for the domain as a separate piece.
fn push(pieces: &mut Vec<Piece>, text: &'static str, kind: fn(&'static str) -> Piece) {
    for (place, part) in text.split(DOMAIN).enumerate() {
        if place > 0 {
            pieces.push(Piece::Domain);
        }
        if !part.is_empty() {
            pieces.push(kind(part));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_become_pieces() {
        let line = Line("Kies *Regels* en vul *@{domain}* in bij _From_.");
        assert_eq!(
            line.pieces(),
            [
                Piece::Plain("Kies "),
                Piece::Menu("Regels"),
                Piece::Plain(" en vul "),
                Piece::Menu("@"),
                Piece::Domain,
                Piece::Plain(" in bij "),
                Piece::Literal("From"),
                Piece::Plain("."),
            ]
        );
        assert_eq!(
            line.with_domain("pom.be"),
            "Kies Regels en vul @pom.be in bij From."
        );
    }
}
