//! Reads XML whose size nobody checked, in bounded memory.

use crate::model::ProblemCode;
use quick_xml::Reader;
use quick_xml::escape;
use quick_xml::events::{BytesRef, BytesStart, Event};
use std::borrow::Cow;
use std::io::{self, BufRead, Read};

/// The maximum size of one tag, or of one text between two tags, in bytes. Excel allows 32,767 characters in
/// a cell.
pub const MOST_IN_EVENT: usize = 16 << 20;

/// Reads the events of XML one by one.
pub struct Xml<B> {
    reader: Reader<Bounded<B>>,
}

impl<B: BufRead> Xml<B> {
    /// Starts at the beginning. An element without contents is one event.
    pub fn new(bytes: B) -> Self {
        let left = MOST_IN_EVENT;
        let mut reader = Reader::from_reader(Bounded { bytes, left });
        reader.config_mut().check_end_names = false;
        Self { reader }
    }

    /// Starts at the beginning. An element without contents is its start and its end.
    pub fn expanded(bytes: B) -> Self {
        let mut xml = Self::new(bytes);
        xml.reader.config_mut().expand_empty_elements = true;
        xml
    }

    /// The next event, which is kept in `buffer`.
    ///
    /// # Errors
    /// If the XML is damaged, or the event is too large for memory.
    pub fn next<'b>(&mut self, buffer: &'b mut Vec<u8>) -> Result<Event<'b>, ProblemCode> {
        buffer.clear();
        self.reader.get_mut().left = MOST_IN_EVENT;
        let read = self.reader.read_event_into(buffer);
        read.map_err(|_| match self.reader.get_ref().left {
            0 => ProblemCode::TooLarge,
            _ => ProblemCode::DamagedWorkbook,
        })
    }
}

/// Fails when more is read for one event than is kept in memory.
struct Bounded<B> {
    bytes: B,
    left: usize,
}

impl<B: BufRead> BufRead for Bounded<B> {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        if self.left == 0 {
            return Err(io::Error::from(io::ErrorKind::FileTooLarge));
        }
        let bytes = self.bytes.fill_buf()?;
        Ok(&bytes[..bytes.len().min(self.left)])
    }

    fn consume(&mut self, count: usize) {
        self.left -= count;
        self.bytes.consume(count);
    }
}

impl<B: BufRead> Read for Bounded<B> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let mut bytes = self.fill_buf()?;
        let count = bytes.read(buffer)?;
        self.consume(count);
        Ok(count)
    }
}

/// The value of an attribute.
pub fn attribute(tag: &BytesStart<'_>, name: &str) -> Option<String> {
    let attribute = tag.try_get_attribute(name).ok()??;
    unescaped(attribute.value).map(Cow::into_owned)
}

/// The values of the attributes with these local names.
pub fn attributes<'t, const COUNT: usize>(
    tag: &'t BytesStart<'_>,
    names: [&str; COUNT],
) -> [Option<Cow<'t, str>>; COUNT] {
    let mut values = [const { None }; COUNT];
    let mut attributes = tag.attributes();
    // The checks compare each attribute with all others.
    for attribute in attributes.with_checks(false).flatten() {
        let name = attribute.key.local_name();
        if let Some(place) = names.iter().position(|one| *one == name.into_inner()) {
            values[place] = unescaped(attribute.value);
        }
    }
    values
}

fn unescaped(value: Cow<'_, str>) -> Option<Cow<'_, str>> {
    if value.contains('&') {
        escape::unescape(&value)
            .ok()
            .map(|text| Cow::Owned(text.into_owned()))
    } else {
        Some(value)
    }
}

/// Adds the character that an entity stands for, if there is one.
pub fn push_entity(text: &mut String, reference: &BytesRef<'_>) {
    text.push_str(escape::resolve_predefined_entity(reference).unwrap_or_default());
    text.extend(reference.resolve_char_ref().ok().flatten());
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_that_is_too_large_is_not_kept() {
        let xml = [b"<a>".repeat(3), b" ".repeat(MOST_IN_EVENT + 10)].concat();
        let (mut xml, mut buffer) = (Xml::new(&xml[..]), Vec::new());
        for _ in 0..3 {
            assert!(matches!(xml.next(&mut buffer), Ok(Event::Start(_))));
        }
        assert_eq!(xml.next(&mut buffer).err(), Some(ProblemCode::TooLarge));
    }

    #[test]
    fn attributes_are_found_by_their_local_names() {
        let (mut xml, mut buffer) = (Xml::new(&b"<a r:id='1' b='&lt;'/>"[..]), Vec::new());
        let Ok(Event::Empty(tag)) = xml.next(&mut buffer) else {
            panic!("an element");
        };
        let values = attributes(&tag, ["b", "id", "c"]);
        assert_eq!(
            values.map(|value| value.map(Cow::into_owned)),
            [Some("<".to_owned()), Some("1".to_owned()), None]
        );
    }
}
