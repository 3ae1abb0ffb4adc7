//! Converts an HTML body to text, with the lines that a person sees.
//!
//! The converter of `mail-parser` breaks lines at `<br>` and `</p>` only; mail programs write each line in
//! a `<div>`, a table row or a list item as well. Every block element breaks the line here, an empty one
//! leaves an empty line, the cells of a row are separated by a tab, and `<pre>` keeps its white space.

use mail_parser::decoders::html::add_html_token;

/// Elements whose contents are not shown.
const HIDDEN: &[&str] = &["head", "style", "script", "template", "title"];

/// Elements that begin and end a line.
const BLOCKS: &[&str] = &[
    "div", "tr", "li", "ul", "ol", "dl", "dt", "dd", "table", "tbody", "thead", "section",
    "article", "header", "footer", "main", "address", "center", "form", "fieldset", "body", "html",
    "caption", "figure", "details", "summary",
];

/// Blocks with an empty line after them.
const PARAGRAPHS: &[&str] = &["p", "h1", "h2", "h3", "h4", "h5", "h6", "blockquote", "pre"];

/// The maximum text to convert, in bytes; reports are shorter.
const LONGEST_TEXT: usize = 256 * 1024;

/// The longest entity that is looked up, with its `&` and `;`.
const LONGEST_ENTITY: usize = 34;

/// Converts HTML, however carelessly written, to text.
pub fn read(html: &str) -> String {
    let mut text = TextWriter::default();
    let mut at = 0;
    // The end of the last tag, and what is never closed: neither is searched twice.
    let last = memchr::memrchr(b'>', html.as_bytes()).unwrap_or(0);
    let mut unclosed = Vec::new();
    while let Some(open) = find(html, at, b'<') {
        text.push(&html[at..open]);
        if text.out.len() > LONGEST_TEXT {
            return text.out;
        }
        let rest = &html[open..];
        if rest.starts_with("<!--") {
            at = rest.find("-->").map_or(html.len(), |end| open + end + 3);
            continue;
        }
        let Some(close) = (open < last).then(|| tag_end(rest)).flatten() else {
            // No tag: a bracket in the text.
            text.push("<");
            at = open + 1;
            continue;
        };
        let inner = &rest[1..close];
        at = open + close + 1;
        if inner
            .split(['"', '\'', ' '])
            .next()
            .is_some_and(|name| name.contains('@'))
        {
            // An unescaped address.
            text.push(&rest[..=close]);
            continue;
        }
        let closes = inner.starts_with('/');
        let name = inner.trim_start_matches('/');
        let end = name.find(|next: char| !next.is_ascii_alphanumeric());
        let name = name[..end.unwrap_or(name.len())].to_ascii_lowercase();
        if HIDDEN.contains(&name.as_str()) && !closes && !inner.ends_with('/') {
            if !unclosed.contains(&name) {
                match end_of_hidden(&html[at..], &name) {
                    Some(end) => at += end,
                    None => unclosed.push(name),
                }
            }
        } else {
            text.tag(&name, closes);
        }
    }
    text.push(&html[at..]);
    text.out
}

fn find(text: &str, from: usize, byte: u8) -> Option<usize> {
    memchr::memchr(byte, text.get(from..)?.as_bytes()).map(|at| from + at)
}

/// The place of the `>` that ends the tag at the start of `rest`; quoted attributes may contain others.
/// `None` if it is no tag.
fn tag_end(rest: &str) -> Option<usize> {
    let bytes = rest.as_bytes();
    let first = *bytes.get(1)?;
    if !(first.is_ascii_alphanumeric() || matches!(first, b'/' | b'!' | b'?')) {
        return None;
    }
    let mut at = 1;
    while let Some(found) = memchr::memchr3(b'>', b'"', b'\'', &bytes[at..]) {
        at += found;
        match bytes[at] {
            b'>' => return Some(at),
            quote if bytes[1..at].trim_ascii_end().ends_with(b"=") => {
                match find(rest, at + 1, quote) {
                    Some(end) => at = end,
                    None => break,
                }
            }
            _ => {}
        }
        at += 1;
    }
    // A quote that never closes.
    find(rest, 0, b'>')
}

/// The end of a hidden element, after its closing tag; `None` if it is never closed.
fn end_of_hidden(rest: &str, name: &str) -> Option<usize> {
    let mut from = 0;
    while let Some(at) = find(rest, from, b'<') {
        let closes = rest[at + 1..].strip_prefix('/').is_some_and(|tag| {
            tag.get(..name.len())
                .is_some_and(|tag| tag.eq_ignore_ascii_case(name))
        });
        if closes {
            return Some(find(rest, at, b'>').map_or(rest.len(), |end| end + 1));
        }
        from = at + 1;
    }
    None
}

#[derive(Default)]
struct TextWriter {
    out: String,
    /// White space was skipped since the last word.
    space: bool,
    /// The number of open `<pre>` elements.
    preformatted: usize,
    /// The starts of the open blocks in `out`.
    blocks: Vec<usize>,
    /// This row has a cell already.
    in_cell: bool,
}

impl TextWriter {
    fn tag(&mut self, name: &str, closes: bool) {
        match name {
            "br" => self.out.push('\n'),
            "hr" => self.begin_line(),
            "td" | "th" if !closes => {
                if self.in_cell && !self.at_line_start() {
                    self.out.push('\t');
                    self.space = false;
                }
                self.in_cell = true;
                return;
            }
            "pre" | "listing" => {
                self.begin_line();
                let open = self.preformatted;
                self.preformatted = if closes {
                    open.saturating_sub(1)
                } else {
                    open + 1
                };
                if closes {
                    self.out.push('\n');
                }
            }
            _ if PARAGRAPHS.contains(&name) => {
                let had_words = !self.at_line_start();
                self.begin_line();
                if closes && had_words {
                    self.out.push('\n');
                } else if closes {
                    self.end_of_empty();
                } else {
                    self.blocks.push(self.out.len());
                }
                if closes && had_words {
                    self.blocks.pop();
                }
            }
            _ if BLOCKS.contains(&name) => {
                self.begin_line();
                if closes {
                    self.end_of_empty();
                } else {
                    self.blocks.push(self.out.len());
                }
                self.in_cell = false;
            }
            _ => return,
        }
        self.space = false;
    }

    /// Closes a block; an empty one becomes an empty line.
    fn end_of_empty(&mut self) {
        if self.blocks.pop() == Some(self.out.len()) && !self.out.is_empty() {
            self.out.push('\n');
        }
    }

    fn at_line_start(&self) -> bool {
        self.out.is_empty() || self.out.ends_with('\n')
    }

    fn begin_line(&mut self) {
        while self.out.ends_with([' ', '\t']) {
            self.out.pop();
        }
        if !self.at_line_start() {
            self.out.push('\n');
        }
    }

    /// Adds text between tags, with its entities decoded.
    fn push(&mut self, mut raw: &str) {
        while let Some(at) = find(raw, 0, b'&') {
            self.push_plain(&raw[..at]);
            let entity = &raw[at..];
            let limit = entity.floor_char_boundary(LONGEST_ENTITY);
            let end = entity[..limit].find(';').filter(|&end| {
                let name = &entity[1..end];
                !name.is_empty()
                    && name
                        .bytes()
                        .all(|byte| byte.is_ascii_alphanumeric() || byte == b'#')
            });
            if let Some(end) = end {
                let mut decoded = String::new();
                add_html_token(&mut decoded, &entity.as_bytes()[..=end], false);
                self.push_words(&decoded);
                raw = &entity[end + 1..];
            } else {
                self.push_words("&");
                raw = &entity[1..];
            }
        }
        self.push_plain(raw);
    }

    fn push_plain(&mut self, text: &str) {
        if self.preformatted > 0 {
            self.out.push_str(text);
            return;
        }
        for (index, word) in text.split([' ', '\t', '\r', '\n']).enumerate() {
            self.space |= index > 0;
            if !word.is_empty() {
                self.push_words(word);
            }
        }
    }

    fn push_words(&mut self, words: &str) {
        if std::mem::take(&mut self.space) && !self.at_line_start() && !self.out.ends_with('\t') {
            self.out.push(' ');
        }
        self.out.push_str(words);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn blocks_break_lines_and_empty_ones_leave_an_empty_line() {
        let lines = "Not delivered:\n\n<jan@example.be>:\nno such user\n";
        for html in [
            "<div>Not delivered:</div><div></div><div>&lt;jan@example.be&gt;:</div><div>no such user</div>",
            "<table><tr><td>Not delivered:</td></tr><tr><td></td></tr><tr><td>&lt;jan@example.be&gt;:</td></tr>\
             <tr><td>no such user</td></tr></table>",
            "<ul><li>Not delivered:</li>\n<li></li>\n<li>&lt;jan@example.be&gt;:</li>\n<li>no such user</li></ul>",
            "<p>Not delivered:</p><p>&lt;jan@example.be&gt;:<br>no such user</p>",
            "<pre>Not delivered:\n\n&lt;jan@example.be&gt;:\nno such user</pre>",
            "<div><div>Not delivered:</div><div><br></div><div>\n<jan@example.be>:</div><div>no such\n user</div></div>",
        ] {
            assert_eq!(read(html).trim_end(), lines.trim_end(), "{html}");
        }
    }

    #[test]
    fn cells_of_a_row_are_separate_and_hidden_elements_are_omitted() {
        for (html, text) in [
            (
                "<tr><td>Aan:</td> <td>jan@example.be</td></tr>",
                "Aan:\tjan@example.be\n",
            ),
            (
                "<head><title>x</title><style>p > a {}</style></head><!-- y -->a&nbsp;b &amp; c",
                "a\u{a0}b & c",
            ),
            (
                "1 < 2 & 3 &unknown; <a title=\">\">x</a>",
                "1 < 2 & 3 &unknown; x",
            ),
            ("<", "<"),
            ("a<script>", "a"),
            ("a <b", "a <b"),
        ] {
            assert_eq!(read(html), text, "{html}");
        }
    }
}
