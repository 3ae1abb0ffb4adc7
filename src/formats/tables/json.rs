//! Events in JSON (RFC 8259): a list of objects, an object with a list in it, or one object a line.
//!
//! Each object becomes a row, with a column for each value; a value inside other objects has their names in
//! front of its own: `bounce.reason`. Serde reads JSON into types, and every system has other ones.

use super::cell::is_status;
use super::rows::Rows;
use crate::address;
use crate::formats::PASSED_COLUMNS;

/// How deep values may be inside each other.
const DEEPEST: u32 = 40;

#[derive(Clone)]
enum Value {
    /// A text, a number, `true` or `false`; `null` is empty.
    Plain(String),
    List(Vec<Value>),
    /// The line that it begins on, and what it holds.
    Object(u32, Object),
}

/// Names and values, in order.
type Object = Vec<(String, Value)>;

/// A row: the name of a column, and the cell.
type Cells = Vec<(String, String)>;

/// Reads the rows, and whether the text is complete; `None` when it is no JSON, or holds no address.
pub fn read(text: &str) -> Option<(Rows, bool)> {
    let mut columns: Vec<String> = Vec::new();
    let (mut has_address, mut size, mut lists) = (false, 0, 0_usize);
    let most = text.len().saturating_mul(8).saturating_add(64 << 10);
    let complete = each_row(text, &mut |_, cells| {
        for (name, cell) in &cells {
            has_address |= address::single(cell).is_some();
            size += name.len() + cell.len();
            lists += usize::from(name.is_empty());
            if place(&columns, name, 0).is_none() && columns.len() < PASSED_COLUMNS {
                columns.push(name.clone());
            }
        }
        size <= most
    });
    if !has_address || columns.len() < 2 && lists == 0 {
        return None;
    }
    let mut rows = Rows::out_of(text.len());
    if lists == 0 {
        rows.titles(&columns);
    }
    each_row(text, &mut |line, cells| {
        if lists > 0 {
            rows.push(line, cells.iter().map(|(_, cell)| cell));
        } else {
            let mut row = vec![""; columns.len()];
            let mut next = 0;
            for (name, cell) in &cells {
                if let Some(place) = place(&columns, name, next) {
                    row[place] = cell;
                    next = place + 1;
                }
            }
            rows.push(line, row);
        }
        !rows.is_too_large()
    });
    Some((rows, complete))
}

/// Where a column is, which is mostly the one after the last.
fn place(columns: &[String], name: &str, likely: usize) -> Option<usize> {
    if columns.get(likely).is_some_and(|column| column == name) {
        return Some(likely);
    }
    columns.iter().position(|column| column == name)
}

/// Passes each row on with its line, until `found` has enough. Returns whether all of the text is JSON.
fn each_row(text: &str, found: &mut dyn FnMut(u32, Cells) -> bool) -> bool {
    let mut parser = Parser::of(text);
    loop {
        // What holds the records together is skipped.
        let next = parser.skip(|byte| byte.is_ascii_whitespace() || b",]".contains(&byte));
        if next == b'[' && parser.opens_records() {
            parser.at += 1;
            continue;
        }
        if parser.at == text.len() {
            return true;
        }
        let line = parser.line();
        let goes_on = match parser.value(0) {
            Some(Value::Object(line, object)) => expand(object, line, "", &Cells::new(), found),
            Some(Value::List(list)) => {
                let cells = list.into_iter().map(|value| (String::new(), plain(value)));
                found(line, cells.collect())
            }
            _ => return false,
        };
        if !goes_on {
            return true;
        }
    }
}

/// Passes on the rows of an object: one, or one for each element of the list in it that is about recipients
/// or events.
fn expand(
    object: Object,
    line: u32,
    prefix: &str,
    around: &Cells,
    found: &mut dyn FnMut(u32, Cells) -> bool,
) -> bool {
    let mut cells = around.clone();
    let mut lists = Vec::new();
    flatten(object, prefix, &mut cells, &mut lists);
    let is_address = |cell: &str| address::single(cell).is_some();
    let named = cells.iter().any(|(_, cell)| is_address(cell));
    let with = |fits: &dyn Fn(&[Value]) -> bool| lists.iter().position(|(_, list)| fits(list));
    let by_address = with(&|list| holds(list, is_address));
    let chosen = by_address.or_else(|| with(&|list| !named || holds(list, is_status)));
    let Some(chosen) = chosen else {
        name_recipient(&mut cells);
        return found(line, cells);
    };
    let (path, list) = lists.swap_remove(chosen);
    if by_address.is_some() {
        // The event is not about everybody that the message went to.
        let is_of_message = |path: &str| ["to", "destination"].iter().any(|it| is_called(path, it));
        cells.retain(|(path, _)| !is_of_message(path));
    }
    list.into_iter().all(|value| match value {
        // In a text inside the text, lines are counted anew.
        Value::Object(own, object) => expand(object, own.max(line), &path, &cells, found),
        _ => true,
    })
}

/// The last names of what holds the recipients of an event or a message, the most precise first.
const RECIPIENTS: &[&str] = &["emailaddress", "recipients", "destination"];

/// Whether a value is called this inside what it is in.
fn is_called(path: &str, last: &str) -> bool {
    let name = path.rsplit_once('.').map(|(_, name)| name);
    name.is_some_and(|name| name.eq_ignore_ascii_case(last))
}

/// Adds a column for the recipients, because each kind of event has them elsewhere.
fn name_recipient(cells: &mut Cells) {
    let called = |known: &&str| {
        let mut cells = cells.iter();
        let (_, cell) = cells.find(|(path, cell)| is_called(path, known) && cell.contains('@'))?;
        Some(cell.clone())
    };
    let recipient = RECIPIENTS.iter().find_map(called);
    cells.extend(recipient.map(|cell| (String::from("recipient"), cell)));
}

/// Whether a list has a value that fits, however deep.
fn holds(list: &[Value], fits: fn(&str) -> bool) -> bool {
    list.iter().any(|value| match value {
        Value::Plain(text) => fits(text),
        Value::List(list) => holds(list, fits),
        Value::Object(_, object) => object
            .iter()
            .any(|(_, value)| holds(std::slice::from_ref(value), fits)),
    })
}

/// Adds the values of an object to `cells`, and its lists of objects to `lists`.
fn flatten(object: Object, prefix: &str, cells: &mut Cells, lists: &mut Vec<(String, Vec<Value>)>) {
    for (name, value) in object {
        let path = if prefix.is_empty() {
            name
        } else {
            format!("{prefix}.{name}")
        };
        match value {
            Value::Object(_, inner) => flatten(inner, &path, cells, lists),
            Value::List(list) if list.iter().any(|value| matches!(value, Value::Object(..))) => {
                // The header fields of the message say nothing about its delivery.
                if !is_of_pairs(&list) {
                    lists.push((path, list));
                }
            }
            // Amazon's notifications hold an event as a text.
            Value::Plain(text) if text.starts_with('{') => match Parser::of(&text).value(0) {
                Some(Value::Object(_, inner)) => flatten(inner, &path, cells, lists),
                _ => cells.push((path, text)),
            },
            value => cells.push((path, plain(value))),
        }
    }
}

/// Whether the elements are nothing but a name and a value.
fn is_of_pairs(list: &[Value]) -> bool {
    let is_pair = |value: &Value| match value {
        Value::Object(_, object) => {
            object.len() == 2
                && object[0].0.eq_ignore_ascii_case("name")
                && object[1].0.eq_ignore_ascii_case("value")
        }
        _ => false,
    };
    list.iter().all(is_pair)
}

/// A value in one cell.
fn plain(value: Value) -> String {
    match value {
        Value::Plain(text) => text,
        Value::List(list) => {
            let cells: Vec<String> = list.into_iter().map(plain).collect();
            cells.join(", ")
        }
        Value::Object(..) => String::new(),
    }
}

struct Parser<'t> {
    text: &'t str,
    at: usize,
    /// The line of a place that was passed.
    passed: (u32, usize),
}

impl<'t> Parser<'t> {
    fn of(text: &'t str) -> Self {
        Self {
            text,
            at: 0,
            passed: (1, 0),
        }
    }

    /// The line of this place.
    fn line(&mut self) -> u32 {
        let (line, seen) = self.passed;
        let between = &self.text.as_bytes()[seen..self.at];
        let breaks = memchr::memchr_iter(b'\n', between).count();
        self.passed = (line + breaks as u32, self.at);
        self.passed.0
    }

    fn peek(&self) -> u8 {
        self.text
            .as_bytes()
            .get(self.at)
            .copied()
            .unwrap_or_default()
    }

    /// Passes over bytes, and returns the next one; 0 at the end.
    fn skip(&mut self, passes: fn(u8) -> bool) -> u8 {
        let rest = &self.text.as_bytes()[self.at..];
        self.at += rest.iter().take_while(|byte| passes(**byte)).count();
        self.peek()
    }

    /// Whether the list that begins here is one of records.
    fn opens_records(&self) -> bool {
        let rest = self.text[self.at + 1..].trim_start();
        rest.is_empty() || rest.starts_with(['{', '[', ']'])
    }

    fn value(&mut self, depth: u32) -> Option<Value> {
        match self.skip(|byte| byte.is_ascii_whitespace()) {
            b'"' => self.string().map(Value::Plain),
            b'[' | b'{' if depth < DEEPEST => self.collection(depth),
            byte if byte == b'-' || byte.is_ascii_alphanumeric() => {
                let start = self.at;
                self.skip(|byte| byte.is_ascii_alphanumeric() || b"+-.".contains(&byte));
                let word = &self.text[start..self.at];
                Some(Value::Plain(if word == "null" {
                    String::new()
                } else {
                    word.to_owned()
                }))
            }
            _ => None,
        }
    }

    fn collection(&mut self, depth: u32) -> Option<Value> {
        let end = if self.peek() == b'[' { b']' } else { b'}' };
        let (mut list, mut object) = (Vec::new(), Object::new());
        let line = self.line();
        self.at += 1;
        loop {
            if self.skip(|byte| byte.is_ascii_whitespace() || byte == b',') == end {
                self.at += 1;
                return Some(if end == b']' {
                    Value::List(list)
                } else {
                    Value::Object(line, object)
                });
            }
            if end == b']' {
                list.push(self.value(depth + 1)?);
            } else {
                let name = self.string()?;
                if self.skip(|byte| byte.is_ascii_whitespace()) != b':' {
                    return None;
                }
                self.at += 1;
                object.push((name, self.value(depth + 1)?));
            }
        }
    }

    fn string(&mut self) -> Option<String> {
        if self.peek() != b'"' {
            return None;
        }
        self.at += 1;
        let mut text = String::new();
        loop {
            let rest = &self.text[self.at..];
            let end = rest.find(['"', '\\'])?;
            text.push_str(&rest[..end]);
            self.at += end + 1;
            if rest.as_bytes()[end] == b'"' {
                return Some(text);
            }
            let escaped = self.text[self.at..].chars().next()?;
            self.at += escaped.len_utf8();
            text.push(match escaped {
                'n' | 'r' | 't' | 'b' | 'f' => ' ',
                'u' => self.escaped_unit()?,
                other => other,
            });
        }
    }

    /// A character as one UTF-16 unit, or two.
    fn escaped_unit(&mut self) -> Option<char> {
        let unit = self.hexadecimal()?;
        let pair = if (0xD800..0xDC00).contains(&unit) && self.text[self.at..].starts_with("\\u") {
            self.at += 2;
            [unit, self.hexadecimal()?]
        } else {
            [unit, 0]
        };
        char::decode_utf16(pair)
            .next()
            .map(|unit| unit.unwrap_or(char::REPLACEMENT_CHARACTER))
    }

    fn hexadecimal(&mut self) -> Option<u16> {
        let digits = self.text.get(self.at..self.at + 4)?;
        self.at += 4;
        u16::from_str_radix(digits, 16).ok()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rows(text: &str) -> Vec<Vec<String>> {
        read(text)
            .map(|(rows, _)| rows.into_cells())
            .unwrap_or_default()
    }

    #[test]
    fn objects_become_rows_however_they_are_listed() {
        let expected = [
            ["email", "event"],
            ["an@example.be", "bounce"],
            ["bo@example.be", "é\u{1F600} \"x\""],
        ];
        for text in [
            r#"[{"email":"an@example.be","event":"bounce"},{"email":"bo@example.be","event":"\u00e9\ud83d\ude00 \"x\""}]"#,
            "{\"email\":\"an@example.be\",\"event\":\"bounce\"}\n{\"event\":\"é\u{1F600} \\\"x\\\"\",\"email\":\"bo@example.be\"}\n",
            r#"[["email","event"],["an@example.be","bounce"],["bo@example.be","é😀 \"x\""]]"#,
        ] {
            assert_eq!(rows(text), expected, "{text}");
        }
    }

    #[test]
    fn a_list_in_an_object_gives_a_row_for_each_element() {
        let text = r#"{"type":"Notification","Message":"{\"bounce\":{\"bouncedRecipients\":[{\"emailAddress\":\"an@example.be\"},{\"emailAddress\":\"bo@example.be\",\"status\":null}]},\"mail\":{\"headers\":[{\"name\":\"To\",\"value\":\"x@example.be\"}],\"tags\":[\"a\",2],\"destination\":[\"an@example.be\",\"bo@example.be\"]}}"}"#;
        assert_eq!(
            rows(text),
            [
                vec![
                    "type",
                    "Message.mail.tags",
                    "Message.bounce.bouncedRecipients.emailAddress",
                    "recipient",
                    "Message.bounce.bouncedRecipients.status"
                ],
                vec!["Notification", "a, 2", "an@example.be", "an@example.be"],
                vec!["Notification", "a, 2", "bo@example.be", "bo@example.be"],
            ]
        );
    }

    #[test]
    fn a_row_is_on_the_line_where_its_object_begins() {
        let text = "{\"l\":[{\"a\":\"an@example.be\",\"b\":1},\n\n{\n\"a\":\"bo@example.be\",\"b\":2}]}\n{\"a\":\"c@example.be\"} {\"a\":\"d@example.be\"}";
        let (rows, complete) = read(text).expect("a table");
        let lines = "l.a\tl.b\ta\nan@example.be\t1\n\nbo@example.be\t2\n\n\t\tc@example.be\n\t\td@example.be\n";
        assert_eq!((rows.into_lines(), complete), ((0, lines.to_owned()), true));
    }

    #[test]
    fn what_is_cut_off_is_read_as_far_as_it_goes() {
        let text = r#"[{"a":"an@example.be","b":1},{"a":"bo@exam"#;
        let (rows, complete) = read(text).expect("a table");
        assert_eq!(
            (rows.into_lines().1.as_str(), complete),
            ("a\tb\nan@example.be\t1\n", false)
        );
    }

    #[test]
    fn what_is_no_list_of_events() {
        let deep = "[{\"a\":".repeat(100_000);
        for text in [
            "",
            "{",
            "[",
            "[1,2]",
            "{an@example.be}",
            "[an@example.be] 550 5.1.1 no",
            r#"{"a":1,"b":2}"#,
            &deep,
        ] {
            assert!(read(text).is_none(), "{}", text.get(..20).unwrap_or(text));
        }
    }
}
