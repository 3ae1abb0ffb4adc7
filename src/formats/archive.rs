//! Reads the entries of a .zip archive (APPNOTE.TXT of PKWARE).
//!
//! An archive can claim or unpack to far more than its own size; the limits here protect the computer
//! from a hostile one, and are far above what a mailbox of bounces needs.

use super::part::ContainerPart;
use crate::model::ProblemCode;
use std::borrow::Cow;
use std::io::{Cursor, Read};
use zip::ZipArchive;
use zip::result::ZipError;

/// The maximum number of entries to read.
const MOST_ENTRIES: usize = 50_000;

/// The maximum size of all entries together, unpacked, in bytes.
const MOST_BYTES: u64 = 4 << 30;

/// The maximum compression ratio of an entry, once it is past a mebibyte; text with a thousand copies of
/// the same bounce reaches about two hundred.
const HIGHEST_RATIO: u64 = 400;

/// How much to unpack at a time, in bytes.
const SLICE: usize = 256 << 10;

/// Passes every file of an archive to `take`.
///
/// # Errors
/// If it has none, or more than [`MOST_ENTRIES`].
pub fn read(
    archive: &mut Archive<'_>,
    take: &mut dyn FnMut(ContainerPart<'_>),
) -> Result<(), ProblemCode> {
    let entries = archive.zip.len();
    let mut empty = true;
    for index in 0..entries.min(MOST_ENTRIES) {
        let Some(name) = archive.name(index) else {
            continue;
        };
        empty = false;
        take(ContainerPart::File {
            name: Cow::Owned(name),
        });
        let read = archive.slices(index, |slice| {
            take(ContainerPart::Slice(Cow::Borrowed(slice)))
        });
        take(ContainerPart::End(read.err()));
    }
    if empty {
        Err(ProblemCode::Empty)
    } else if entries > MOST_ENTRIES {
        Err(ProblemCode::TooManyFiles)
    } else {
        Ok(())
    }
}

/// An opened archive.
pub struct Archive<'a> {
    zip: ZipArchive<Cursor<&'a [u8]>>,
    bytes: &'a [u8],
    unfolded: u64,
}

impl<'a> Archive<'a> {
    /// Opens an archive in memory.
    ///
    /// # Errors
    /// If its directory is missing or damaged, as in an incomplete download.
    pub fn open(bytes: &'a [u8]) -> Result<Self, ProblemCode> {
        let zip = ZipArchive::new(Cursor::new(bytes)).map_err(|error| code(&error))?;
        Ok(Self {
            zip,
            bytes,
            unfolded: 0,
        })
    }

    /// The archive itself.
    pub fn bytes(&self) -> &'a [u8] {
        self.bytes
    }

    /// The index of the entry with exactly this path.
    pub fn find(&self, path: &str) -> Option<usize> {
        self.zip.index_for_name(path)
    }

    /// The indices of the entries whose path passes.
    pub fn entries(&self, passes: impl Fn(&str) -> bool) -> Vec<usize> {
        let names = self.zip.file_names().enumerate();
        names
            .filter(|(_, name)| name.as_ref().is_ok_and(|name| passes(name)))
            .map(|(index, _)| index)
            .collect()
    }

    /// The path of an entry that is a file of the user's; `None` for folders and system files.
    fn name(&self, index: usize) -> Option<String> {
        let name = self.zip.name_for_index(index)?.ok()?.into_owned();
        let hidden = name
            .split('/')
            .any(|part| part.starts_with('.') || part == "__MACOSX");
        (!name.ends_with('/') && !hidden).then_some(name)
    }

    /// Whether this is an Office document, which is an archive too.
    pub fn is_document(&self) -> bool {
        let is_office = |name: &str| name == "[Content_Types].xml" || name == "mimetype";
        self.zip
            .file_names()
            .filter_map(Result::ok)
            .any(|name| is_office(&name))
    }

    /// Reads an entry without limits; for entries that [`slices`](Self::slices) found within them.
    ///
    /// # Errors
    /// If it is locked or damaged.
    pub fn reader(&mut self, index: usize) -> Result<impl Read, ProblemCode> {
        self.zip.by_index(index).map_err(|error| code(&error))
    }

    /// Unpacks an entry, slice by slice.
    ///
    /// # Errors
    /// If it is locked, damaged or over a limit; slices passed before remain valid.
    pub fn slices(&mut self, index: usize, mut take: impl FnMut(&[u8])) -> Result<(), ProblemCode> {
        let mut entry = self.zip.by_index(index).map_err(|error| code(&error))?;
        let limit = entry
            .compressed_size()
            .saturating_mul(HIGHEST_RATIO)
            .max(1 << 20);
        let mut unfolded = 0;
        let mut buffer = vec![0; SLICE];
        loop {
            match entry.read(&mut buffer) {
                Ok(0) => return Ok(()),
                Ok(count) => {
                    unfolded += count as u64;
                    self.unfolded += count as u64;
                    if unfolded > limit || self.unfolded > MOST_BYTES {
                        return Err(ProblemCode::TooLarge);
                    }
                    take(&buffer[..count]);
                }
                Err(_) => return Err(ProblemCode::DamagedArchive),
            }
        }
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
