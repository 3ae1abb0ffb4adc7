//! Reads the entries of a .zip archive (APPNOTE.TXT of PKWARE).
//!
//! An archive can claim or unpack to far more than its own size; the limits here protect the computer
//! from a hostile one, and are far above what a mailbox of bounces needs.

use super::part::ContainerPart;
use crate::model::ProblemCode;
use std::borrow::Cow;
use std::collections::HashSet;
use std::io::{Cursor, Read};
use zip::ZipReadOptions;
use zip::read::{Config, OwnedZipFileEntry};
use zip::result::ZipError;
use zip::unstable::read::ZipIterable;

/// The maximum number of entries to read.
const MOST_ENTRIES: usize = 50_000;

/// The maximum size of all entries together, unpacked, in bytes.
const MOST_BYTES: u64 = 4 << 30;

/// The maximum compression ratio of an entry, once it is past a mebibyte; text with a thousand copies of
/// the same bounce reaches about two hundred.
const HIGHEST_RATIO: u64 = 400;

/// How much to unpack at a time, in bytes.
const SLICE: usize = 256 << 10;

/// The first bytes of what macOS adds to an archive for itself: attributes of a file (AppleDouble, RFC 1740)
/// and the view of a folder.
const OF_MACOS: [&[u8]; 2] = [b"\0\x05\x16\x07", b"\0\0\0\x01Bud1"];

/// Passes every file of an archive to `take`, in the order of its directory. Files are told apart by their
/// place, because names may be equal, and may be anything.
///
/// # Errors
/// If it has none, more than [`MOST_ENTRIES`], or a directory that is damaged further on.
pub fn read(
    archive: &mut Archive<'_>,
    take: &mut dyn FnMut(ContainerPart<'_>),
) -> Result<(), ProblemCode> {
    let (mut places, mut empty) = (HashSet::new(), true);
    for index in 0..archive.entries.len() {
        // A directory may list the same bytes any number of times.
        let is_new = places.insert(archive.entries[index].header_start());
        if !is_new || archive.is_folder(index) || archive.is_of_macos(index) {
            continue;
        }
        take(ContainerPart::File {
            name: Cow::Owned(archive.name(index).into_owned()),
        });
        empty = false;
        let read = archive.slices(index, |slice| {
            take(ContainerPart::Slice(Cow::Borrowed(slice)))
        });
        take(ContainerPart::End(read.err()));
    }
    match archive.rest {
        Some(code) => Err(code),
        None if empty => Err(ProblemCode::Empty),
        None => Ok(()),
    }
}

/// An opened archive. Its entries are those of its directory, by their place in it.
pub struct Archive<'a> {
    entries: Vec<OwnedZipFileEntry>,
    /// What kept the rest of the directory from being read.
    rest: Option<ProblemCode>,
    bytes: Cursor<&'a [u8]>,
    unfolded: u64,
}

impl<'a> Archive<'a> {
    /// Opens an archive in memory.
    ///
    /// # Errors
    /// If its directory is missing or damaged, as in an incomplete download.
    pub fn open(bytes: &'a [u8]) -> Result<Self, ProblemCode> {
        let bytes = Cursor::new(bytes);
        // `ZipArchive` keeps one entry of each name.
        let directory = ZipIterable::try_new(bytes.clone(), Config::default());
        let mut directory = directory.map_err(|error| code(&error))?;
        let (mut entries, mut rest) = (Vec::new(), None);
        for entry in directory.files().map_err(|error| code(&error))? {
            match entry {
                Ok(_) if entries.len() == MOST_ENTRIES => rest = Some(ProblemCode::TooManyFiles),
                Ok(entry) => entries.push(entry.into()),
                Err(error) => rest = Some(code(&error)),
            }
            if rest.is_some() {
                break;
            }
        }
        match rest {
            Some(code) if entries.is_empty() => Err(code),
            _ => Ok(Self {
                entries,
                rest,
                bytes,
                unfolded: 0,
            }),
        }
    }

    /// The place and the path of each entry.
    pub fn names(&self) -> impl Iterator<Item = (usize, Cow<'_, str>)> {
        (0..self.entries.len()).map(|index| (index, self.name(index)))
    }

    /// The index of the entry with exactly this path; the last one if there are several, as in other programs.
    pub fn find(&self, path: &str) -> Option<usize> {
        (0..self.entries.len()).rfind(|index| self.name(*index) == path)
    }

    /// The path of an entry, as given.
    fn name(&self, index: usize) -> Cow<'_, str> {
        let entry = &self.entries[index];
        entry
            .name()
            .unwrap_or_else(|_| String::from_utf8_lossy(entry.name_raw()))
    }

    fn is_folder(&self, index: usize) -> bool {
        self.entries[index].size() == 0 && self.name(index).ends_with(['/', '\\'])
    }

    /// Whether an entry is what macOS added for itself, by its name and its first bytes.
    fn is_of_macos(&mut self, index: usize) -> bool {
        let named = self
            .name(index)
            .split('/')
            .any(|part| part.starts_with("._") || matches!(part, "__MACOSX" | ".DS_Store"));
        let mut head = Vec::new();
        named
            && self
                .reader(index)
                .is_ok_and(|entry| entry.take(8).read_to_end(&mut head).is_ok())
            && (head.is_empty() || OF_MACOS.iter().any(|first| head.starts_with(first)))
    }

    /// Whether this is an Office document, which is an archive too.
    pub fn is_document(&self) -> bool {
        let is_office = |name: &str| matches!(name, "[Content_Types].xml" | "mimetype");
        self.names().any(|(_, name)| is_office(&name))
    }

    /// Reads an entry without limits; for entries that [`slices`](Self::slices) found within them.
    ///
    /// # Errors
    /// If it is locked or damaged.
    pub fn reader(&mut self, index: usize) -> Result<impl Read, ProblemCode> {
        let entry = self.entries[index].as_ref();
        let opened = entry.with_reader(&mut self.bytes, ZipReadOptions::new());
        opened.map_err(|error| code(&error))
    }

    /// Unpacks an entry, slice by slice.
    ///
    /// # Errors
    /// If it is locked, damaged or over a limit; slices passed before remain valid.
    pub fn slices(&mut self, index: usize, mut take: impl FnMut(&[u8])) -> Result<(), ProblemCode> {
        let limit = self.entries[index]
            .compressed_size()
            // It may claim to be larger than the archive.
            .min(self.bytes.get_ref().len() as u64)
            .saturating_mul(HIGHEST_RATIO)
            .max(1 << 20);
        let (mut unfolded, mut total) = (0, self.unfolded);
        let mut entry = self.reader(index)?;
        let mut buffer = vec![0; SLICE];
        let read = loop {
            match entry.read(&mut buffer) {
                Ok(0) => break Ok(()),
                Ok(count) => {
                    unfolded += count as u64;
                    total += count as u64;
                    if unfolded > limit || total > MOST_BYTES {
                        break Err(ProblemCode::TooLarge);
                    }
                    take(&buffer[..count]);
                }
                Err(_) => break Err(ProblemCode::DamagedArchive),
            }
        };
        drop(entry);
        self.unfolded = total;
        read
    }
}

fn code(error: &ZipError) -> ProblemCode {
    match error {
        ZipError::UnsupportedArchive(ZipError::PASSWORD_REQUIRED) | ZipError::InvalidPassword => {
            ProblemCode::Locked
        }
        ZipError::UnsupportedArchive(_) | ZipError::CompressionMethodNotSupported(_) => {
            ProblemCode::UnsupportedFormat
        }
        _ => ProblemCode::DamagedArchive,
    }
}

/// The same problem for an archive that is a workbook.
pub fn workbook_problem(code: ProblemCode) -> ProblemCode {
    match code {
        ProblemCode::DamagedArchive => ProblemCode::DamagedWorkbook,
        ProblemCode::Locked => ProblemCode::LockedWorkbook,
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::formats::unpack::unpack;

    /// An archive of stored files: for each, its local header and its entry in the directory.
    fn archive(files: &[(&str, &[u8])]) -> Vec<u8> {
        let (mut bytes, mut places) = (Vec::new(), Vec::new());
        for (name, contents) in files {
            places.push((bytes.len() as u32, *name, *contents));
            bytes.extend([b"PK\x03\x04".as_slice(), &common(name, contents)].concat());
            bytes.extend([name.as_bytes(), contents].concat());
        }
        with_directory(bytes, &places)
    }

    /// Adds a directory of these places, names and contents (APPNOTE 4.3.12 and 4.3.16).
    fn with_directory(mut bytes: Vec<u8>, places: &[(u32, &str, &[u8])]) -> Vec<u8> {
        let start = bytes.len() as u32;
        for (place, name, contents) in places {
            let head = [
                b"PK\x01\x02\x14\0".as_slice(),
                &common(name, contents),
                &[0; 10],
            ];
            bytes.extend(head.concat());
            bytes.extend([&place.to_le_bytes(), name.as_bytes()].concat());
        }
        let size = bytes.len() as u32 - start;
        let count = (places.len() as u16).to_le_bytes();
        bytes.extend([b"PK\x05\x06\0\0\0\0".as_slice(), &count, &count].concat());
        bytes.extend([size.to_le_bytes(), start.to_le_bytes()].concat());
        bytes.extend([0; 2]);
        bytes
    }

    /// What a local header and an entry of the directory share.
    fn common(name: &str, contents: &[u8]) -> Vec<u8> {
        let crc = contents.iter().fold(!0_u32, |crc, byte| {
            (0..8).fold(crc ^ u32::from(*byte), |crc, _| {
                (crc >> 1) ^ (0xEDB8_8320 & (crc & 1).wrapping_neg())
            })
        });
        let size = contents.len() as u32;
        let numbers = [!crc, size, size, name.len() as u32];
        let numbers = numbers.map(u32::to_le_bytes).concat();
        [&[20, 0, 0, 0, 0, 0, 0, 0, 0, 0], &numbers[..]].concat()
    }

    /// The names and contents of the files that are read, and the result.
    fn files(bytes: &[u8]) -> (Vec<(String, String)>, Result<(), ProblemCode>) {
        let mut files = Vec::new();
        let read = unpack(bytes, true, &mut |part| match part {
            ContainerPart::File { name } => files.push((name.into_owned(), String::new())),
            ContainerPart::Slice(slice) => {
                let (_, contents) = files.last_mut().expect("a file before its slices");
                contents.push_str(&String::from_utf8_lossy(&slice));
            }
            ContainerPart::End(problem) => assert_eq!(problem, None),
            other => panic!("{other:?} is no file"),
        });
        (files, read)
    }

    fn owned(files: &[(&str, &str)]) -> Vec<(String, String)> {
        let files = files.iter();
        files
            .map(|(name, contents)| ((*name).to_owned(), (*contents).to_owned()))
            .collect()
    }

    #[test]
    fn equal_and_odd_names_are_files() {
        let names = [
            "a",
            "a",
            "../a",
            "./a",
            "..\\a",
            ".a",
            "/a",
            "",
            "__MACOSX/a",
            "._a",
        ];
        let contents: Vec<String> = (0..names.len()).map(|place| place.to_string()).collect();
        let given: Vec<_> = names.into_iter().zip(&contents).collect();
        let bytes: Vec<_> = given
            .iter()
            .map(|(name, text)| (*name, text.as_bytes()))
            .collect();
        let given: Vec<_> = given
            .iter()
            .map(|(name, text)| (*name, text.as_str()))
            .collect();
        assert_eq!(files(&archive(&bytes)), (owned(&given), Ok(())));
    }

    #[test]
    fn folders_and_what_macos_adds_are_no_files() {
        let bytes = archive(&[
            ("map/", b""),
            ("map/a", b"1"),
            ("map/.DS_Store", b"\0\0\0\x01Bud1\0"),
            ("__MACOSX/map/._a", b"\0\x05\x16\x07\0"),
        ]);
        assert_eq!(files(&bytes), (owned(&[("map/a", "1")]), Ok(())));
        let bytes = archive(&[("map/", b"")]);
        assert_eq!(files(&bytes), (Vec::new(), Err(ProblemCode::Empty)));
    }

    #[test]
    fn bytes_listed_twice_are_read_once() {
        let local = [b"PK\x03\x04".as_slice(), &common("a", b"1"), b"a1"].concat();
        let bytes = with_directory(local, &[(0, "a", b"1"), (0, "b", b"1")]);
        assert_eq!(files(&bytes), (owned(&[("a", "1")]), Ok(())));
    }

    #[test]
    fn files_before_damage_to_the_directory_are_read() {
        let mut bytes = archive(&[("a", b"1"), ("b", b"2")]);
        let second = memchr::memmem::rfind(&bytes, b"PK\x01\x02").expect("an entry");
        bytes[second] = 0;
        assert_eq!(
            files(&bytes),
            (owned(&[("a", "1")]), Err(ProblemCode::DamagedArchive))
        );
    }
}
