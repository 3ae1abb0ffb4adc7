//! The wall between text and a terminal: whatever is written through it reaches the terminal as text, and never as an
//! order.

use bezorgd::model::shown::shown_lines;
use std::io::{self, Write};

/// Writes text, every hidden character in its visible form; line feeds and tabs are the summary's own.
#[derive(Debug)]
pub struct SafeOutput<W>(pub W);

impl<W: Write> Write for SafeOutput<W> {
    /// Takes everything at once, because `write!` passes its pieces as they are: a character is never cut.
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let text = String::from_utf8_lossy(bytes);
        self.0.write_all(shown_lines(&text).as_bytes())?;
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        self.0.flush()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_hidden_passes() {
        let mut output = SafeOutput(Vec::new());
        let text = "an\u{1B}[31m\u{202E}@example.be";
        writeln!(output, "  - {text:<30}\té").expect("memory");
        let written = String::from_utf8(output.0).expect("text");
        assert!(
            written.starts_with("  - an⟨U+001B⟩[31m⟨U+202E⟩@example.be"),
            "{written}"
        );
        assert!(written.ends_with("\té\n"), "{written}");
    }
}
