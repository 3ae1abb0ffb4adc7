//! An iterator over the diagnoses of anything that can be read.

use crate::model::Diagnosis;
use crate::options::Options;
use crate::reading::Reading;
use std::collections::VecDeque;
use std::io::{ErrorKind, Read, Result};

/// How many bytes are read at a time.
const SLICE: usize = 256 << 10;

/// Reads `source` to its end, one slice at a time, and returns the diagnoses as an iterator.
///
/// The diagnoses of a mailbox come while it is read, with no more than a slice and a message of it in
/// memory; those of any other format, of at most 512 MiB, come after the last slice. The name is a hint
/// and appears in the results.
///
/// # Errors
/// An item is an error if the source cannot be read further; it is the last item. The diagnoses of
/// complete messages come before it; an incomplete message gets none.
pub fn diagnoses<R: Read>(name: &str, source: R, options: &Options) -> Diagnoses<R> {
    Diagnoses {
        source,
        reading: Some(Reading::new(name, options)),
        slice: vec![0; SLICE],
        found: VecDeque::new(),
    }
}

/// The iterator of [`diagnoses`].
#[derive(Debug)]
pub struct Diagnoses<R> {
    source: R,
    /// `None` after the end of the source, or an error.
    reading: Option<Reading>,
    slice: Vec<u8>,
    /// The diagnoses that were not returned yet.
    found: VecDeque<Diagnosis>,
}

impl<R: Read> Iterator for Diagnoses<R> {
    type Item = Result<Diagnosis>;

    fn next(&mut self) -> Option<Result<Diagnosis>> {
        loop {
            if let Some(diagnosis) = self.found.pop_front() {
                return Some(Ok(diagnosis));
            }
            let reading = self.reading.as_mut()?;
            let found = &mut |diagnosis| self.found.push_back(diagnosis);
            match self.source.read(&mut self.slice) {
                Ok(0) => self.reading.take()?.finish(found),
                Ok(count) => {
                    reading.feed(&self.slice[..count], found);
                    if reading.is_refused() {
                        self.reading.take()?.finish(found);
                    }
                }
                Err(error) if error.kind() == ErrorKind::Interrupted => {}
                Err(error) => {
                    self.reading = None;
                    return Some(Err(error));
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Moment;
    use crate::reading::analyse;

    fn options() -> Options {
        Options::new(Moment::parse_rfc3339("2026-03-12T13:00:00+01:00").unwrap())
    }

    /// Three bounces, longer than the head from which a mailbox is detected.
    fn mailbox() -> String {
        let bounce = |address: &str| {
            format!(
                "From MAILER-DAEMON Thu Mar 12 08:00:00 2026\nFrom: MAILER-DAEMON@example.be\n\
                 Subject: Undelivered Mail Returned to Sender\n\n\
                 <{address}>: host mx.example.be said: 550 5.1.1 User unknown\n{}\n",
                "x\n".repeat(2000)
            )
        };
        ["an@example.be", "bo@example.be", "cy@example.be"]
            .map(bounce)
            .concat()
    }

    /// Returns its bytes, and then an error instead of the end.
    struct Broken<'a>(&'a [u8]);

    impl Read for Broken<'_> {
        fn read(&mut self, slice: &mut [u8]) -> Result<usize> {
            match self.0.read(slice) {
                Ok(0) => Err(ErrorKind::ConnectionReset.into()),
                read => read,
            }
        }
    }

    #[test]
    fn the_iterator_returns_the_same_as_bytes_in_memory() {
        let mailbox = mailbox();
        for (name, bytes) in [
            ("a.mbox", mailbox.as_bytes()),
            ("a.txt", b"550 5.1.1 <an@example.be>: User unknown"),
            ("a.txt", b""),
        ] {
            let found: Result<Vec<_>> = diagnoses(name, bytes, &options()).collect();
            assert_eq!(found.unwrap(), analyse(name, bytes, &options()));
        }
    }

    #[test]
    fn an_error_is_the_last_item_after_those_of_complete_messages() {
        let mailbox = mailbox();
        let found: Vec<_> = diagnoses("a.mbox", Broken(mailbox.as_bytes()), &options()).collect();
        let complete = analyse("a.mbox", mailbox.as_bytes(), &options());
        let (error, before) = found.split_last().unwrap();
        assert!(error.is_err());
        let before: Vec<_> = before.iter().map(|one| one.as_ref().unwrap()).collect();
        assert_eq!(before, complete[..2].iter().collect::<Vec<_>>());
    }
}
