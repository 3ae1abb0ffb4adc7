//! A storage of a compound file in memory.

/// A storage: the streams and storages in it, each by name and in order.
#[derive(Debug, Default)]
pub struct Storage {
    streams: Vec<(String, Vec<u8>)>,
    storages: Vec<(String, Storage)>,
}

impl Storage {
    /// Adds the stream with this path from here. The streams of one storage have to come one after another.
    pub fn add(&mut self, path: &str, bytes: Vec<u8>) {
        let Some((name, rest)) = path.split_once('/') else {
            self.streams.push((path.to_owned(), bytes));
            return;
        };
        match self.storages.last_mut() {
            Some((last, storage)) if last == name => storage.add(rest, bytes),
            _ => {
                let mut storage = Self::default();
                storage.add(rest, bytes);
                self.storages.push((name.to_owned(), storage));
            }
        }
    }

    /// The stream with this name.
    pub fn stream(&self, name: &str) -> Option<&[u8]> {
        let mut streams = self.streams.iter();
        streams.find_map(|(present, bytes)| (present == name).then_some(&**bytes))
    }

    /// The storages whose names begin like this, in order.
    pub fn storages(&self, start: &str) -> impl Iterator<Item = &Self> {
        let storages = self.storages.iter();
        storages.filter_map(move |(name, storage)| name.starts_with(start).then_some(storage))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn streams_are_found_in_the_storage_that_holds_them() {
        let mut root = Storage::default();
        for path in [
            "subject",
            "recipient#0/name",
            "recipient#1/name",
            "attachment#0/mail/subject",
        ] {
            root.add(path, path.into());
        }
        assert_eq!(root.stream("subject"), Some(&b"subject"[..]));
        assert_eq!(root.stream("name"), None);
        let names: Vec<_> = root
            .storages("recipient#")
            .map(|one| one.stream("name"))
            .collect();
        assert_eq!(
            names,
            [
                Some(&b"recipient#0/name"[..]),
                Some(&b"recipient#1/name"[..])
            ]
        );
        let attachment = root.storages("attachment#").next().expect("an attachment");
        let mail = attachment.storages("mail").next().expect("a mail in it");
        assert_eq!(
            mail.stream("subject"),
            Some(&b"attachment#0/mail/subject"[..])
        );
    }
}
