//! Opens Outlook messages, which are compound files (MS-CFB), and emits the streams that are read.

use super::property::{self, PropertyType};
use crate::formats::part::ContainerPart;
use crate::model::ProblemCode;
use cfb::CompoundFile;
use std::borrow::Cow;
use std::io::{Cursor, Read};

/// How deep to follow messages attached to messages.
const DEEPEST: usize = 4;

/// The maximum number of recipients, and of attachments, to read of a message.
const MOST_CHILDREN: usize = 10_000;

/// The maximum length of a stream, in bytes; useful ones are shorter.
const LONGEST_STREAM: u64 = 16 << 20;

/// The path of the storage that holds the message itself. Every path of a storage but this one ends in a slash.
const ROOT: &str = "";

const OF_MESSAGE: &[u16] = &[
    property::MESSAGE_CLASS,
    property::SUBJECT,
    property::TRANSPORT_HEADERS,
    property::SENDER_NAME,
    property::DISPLAY_TO,
    property::BODY,
    property::REPORT_TEXT,
    property::HTML,
    property::SENDER_SMTP_ADDRESS,
];

const OF_RECIPIENT: &[u16] = &[
    property::SUPPLEMENTARY_INFO,
    property::REMOTE_MTA,
    property::DISPLAY_NAME,
    property::EMAIL_ADDRESS,
    property::SMTP_ADDRESS,
];

const OF_ATTACHMENT: &[u16] = &[
    property::ATTACHED,
    property::ATTACHED_NAME,
    property::ATTACHED_LONG_NAME,
    property::ATTACHED_TYPE,
];

/// The types in which these properties have a stream.
const TYPES: [PropertyType; 3] = [
    PropertyType::Unicode,
    PropertyType::String8,
    PropertyType::Binary,
];

/// Whether a compound file is a message: every message has a class.
pub fn is_message(file: &CompoundFile<Cursor<&[u8]>>) -> bool {
    [PropertyType::Unicode, PropertyType::String8]
        .into_iter()
        .any(|kind| file.is_stream(property::name(property::MESSAGE_CLASS, kind)))
}

/// Emits the streams of a message that are read, those of each storage one after another. The message is a
/// compound file of this size in bytes.
///
/// # Errors
/// If it holds more than is read; streams emitted before remain valid.
pub fn read(
    file: CompoundFile<Cursor<&[u8]>>,
    size: usize,
    take: &mut dyn FnMut(ContainerPart<'_>),
) -> Result<(), ProblemCode> {
    let mut streams = Streams {
        file,
        left: size as u64,
        over: None,
        take,
    };
    streams.of_message(ROOT, 0);
    streams.over.map_or(Ok(()), Err)
}

struct Streams<'a, 'b> {
    file: CompoundFile<Cursor<&'a [u8]>>,
    /// How many bytes may follow: no two streams share any, unless the file is damaged.
    left: u64,
    /// The limit that something was over.
    over: Option<ProblemCode>,
    take: &'b mut dyn FnMut(ContainerPart<'_>),
}

impl Streams<'_, '_> {
    fn of_message(&mut self, folder: &str, depth: usize) {
        self.properties(folder, OF_MESSAGE);
        for recipient in self.children(folder, property::RECIPIENT) {
            self.properties(&recipient, OF_RECIPIENT);
            self.emit(&recipient, property::NUMBERS);
        }
        let attachments = self.children(folder, property::ATTACHMENT);
        if depth == DEEPEST {
            if !attachments.is_empty() {
                self.over = Some(ProblemCode::TooManyParts);
            }
            return;
        }
        for attachment in attachments {
            self.properties(&attachment, OF_ATTACHMENT);
            let embedded = property::name(property::ATTACHED, PropertyType::Object);
            self.of_message(&format!("{attachment}{embedded}/"), depth + 1);
        }
    }

    fn properties(&mut self, folder: &str, identifiers: &[u16]) {
        for identifier in identifiers {
            for kind in TYPES {
                self.emit(folder, &property::name(*identifier, kind));
            }
        }
    }

    /// Emits a stream, if the folder has it.
    fn emit(&mut self, folder: &str, name: &str) {
        let path = folder.to_owned() + name;
        if !self.file.is_stream(&path) {
            return;
        }
        let Ok(stream) = self.file.open_stream(&path) else {
            return;
        };
        if stream.len() > LONGEST_STREAM {
            self.over = Some(ProblemCode::Shortened);
        }
        let mut bytes = Vec::new();
        // A broken chain of sectors ends in an error; the bytes before it are kept.
        let _ = stream
            .take(LONGEST_STREAM.min(self.left))
            .read_to_end(&mut bytes);
        self.left -= bytes.len() as u64;
        (self.take)(ContainerPart::Stream {
            path: Cow::Owned(path),
            bytes: Cow::Owned(bytes),
        });
    }

    /// The storages in a folder whose names begin like this, in order.
    fn children(&mut self, folder: &str, start: &str) -> Vec<String> {
        let entries = self.file.read_storage(folder).into_iter().flatten();
        let named = entries.filter(|entry| entry.is_storage() && entry.name().starts_with(start));
        let paths = named.map(|entry| format!("{folder}{}/", entry.name()));
        let mut children: Vec<_> = paths.take(MOST_CHILDREN + 1).collect();
        if children.len() > MOST_CHILDREN {
            children.truncate(MOST_CHILDREN);
            self.over = Some(ProblemCode::TooManyParts);
        }
        children
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Emits the streams of a message that claims to have this size: their paths, and how long they are together.
    fn emitted(bytes: &[u8], size: usize) -> (Vec<String>, usize) {
        let file = CompoundFile::open(Cursor::new(bytes)).expect("a compound file");
        assert!(is_message(&file));
        let (mut paths, mut length) = (Vec::new(), 0);
        let emitted = read(file, size, &mut |part| match part {
            ContainerPart::Stream { path, bytes } => {
                paths.push(path.into_owned());
                length += bytes.len();
            }
            other => panic!("{other:?} is no stream"),
        });
        assert_eq!(emitted, Ok(()));
        (paths, length)
    }

    #[test]
    fn streams_that_are_read_are_emitted_storage_by_storage() {
        let bytes = include_bytes!("../../../tests/fixtures/outlook/ndr.msg");
        let (paths, _) = emitted(bytes, bytes.len());
        let recipient = |number, name| format!("__recip_version1.0_#0000000{number}/{name}");
        let expected = [
            "__substg1.0_001A001F".to_owned(),
            "__substg1.0_0037001F".to_owned(),
            "__substg1.0_0E04001F".to_owned(),
            recipient(0, "__substg1.0_0C1B001F"),
            recipient(0, "__substg1.0_3001001F"),
            recipient(0, "__substg1.0_3003001F"),
            recipient(0, "__substg1.0_39FE001F"),
            recipient(0, "__properties_version1.0"),
            recipient(1, "__substg1.0_3001001F"),
            recipient(1, "__substg1.0_3003001F"),
            recipient(1, "__substg1.0_39FE001F"),
            recipient(1, "__properties_version1.0"),
        ];
        assert_eq!(paths, expected);
    }

    /// A message with this many others attached, each to the one before.
    fn nested(messages: usize) -> Vec<u8> {
        let mut file = CompoundFile::create(Cursor::new(Vec::new())).expect("memory");
        let class = property::name(property::MESSAGE_CLASS, PropertyType::Unicode);
        let embedded = property::name(property::ATTACHED, PropertyType::Object);
        let mut folder = String::from("/");
        for message in 0..=messages {
            if message > 0 {
                folder += &format!("{}#00000000/{embedded}/", property::ATTACHMENT);
                file.create_storage_all(&folder).expect("a storage");
            }
            let stream = file.create_stream(format!("{folder}{class}"));
            drop(stream.expect("a stream"));
        }
        file.flush().expect("memory");
        file.into_inner().into_inner()
    }

    #[test]
    fn messages_deeper_than_the_limit_are_reported() {
        for (messages, expected) in [
            (DEEPEST, Ok(())),
            (DEEPEST + 1, Err(ProblemCode::TooManyParts)),
        ] {
            let bytes = nested(messages);
            let file = CompoundFile::open(Cursor::new(&*bytes)).expect("a compound file");
            let mut streams = 0;
            let emitted = read(file, bytes.len(), &mut |_| streams += 1);
            assert_eq!(emitted, expected, "{messages} messages");
            assert_eq!(streams, DEEPEST + 1);
        }
    }

    #[test]
    fn streams_are_never_longer_together_than_the_file() {
        let bytes = include_bytes!("../../../tests/fixtures/outlook/ndr.msg");
        let (all, length) = emitted(bytes, bytes.len());
        let (shortened, at_most) = emitted(bytes, 100);
        assert!(length > 100 && at_most == 100, "{length}, {at_most}");
        assert_eq!(all, shortened);
    }
}
