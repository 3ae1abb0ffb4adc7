//! Archives: what a .zip holds (APPNOTE.TXT of PKWARE), one entry after the other.
//!
//! An archive can claim or unfold into far more than it is; the limits here keep a hostile one from
//! taking the machine along, and are far above what a mailbox of bounces needs.

use super::part::Part;
use crate::model::ProblemCode;
use std::borrow::Cow;
use std::io::{Cursor, Read};
use zip::ZipArchive;
use zip::result::ZipError;

/// How many entries are read at most.
const MOST_ENTRIES: usize = 50_000;

/// How many bytes the entries may unfold into together.
const MOST_BYTES: u64 = 4 << 30;

/// How many times its compressed size an entry may unfold into, once it is past a mebibyte; text in
/// which the same bounce stands a thousand times reaches some two hundred.
const HIGHEST_RATIO: u64 = 400;

/// How much is unfolded at a time.
const SLICE: usize = 256 << 10;

/// Gives every file of an archive.
///
/// # Errors
/// When it has none, or more than are read.
pub fn read(archive: &mut Archive<'_>, take: &mut dyn FnMut(Part<'_>)) -> Result<(), ProblemCode> {
    let entries = archive.zip.len();
    let mut empty = true;
    for index in 0..entries.min(MOST_ENTRIES) {
        let Some(name) = archive.name(index) else {
            continue;
        };
        empty = false;
        take(Part::File {
            name: Cow::Owned(name),
        });
        let read = archive.slices(index, |slice| take(Part::Slice(Cow::Borrowed(slice))));
        take(Part::End(read.err()));
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
    /// Opens an archive that is wholly in memory.
    ///
    /// # Errors
    /// When its directory is missing or damaged, as in a download that broke off.
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

    /// The entry with exactly this path.
    pub fn find(&self, path: &str) -> Option<usize> {
        self.zip.index_for_name(path)
    }

    /// The entries whose path passes.
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

    /// An entry to be read without limits, once [`slices`](Self::slices) found it within them.
    ///
    /// # Errors
    /// When it is locked or damaged.
    pub fn reader(&mut self, index: usize) -> Result<impl Read, ProblemCode> {
        self.zip.by_index(index).map_err(|error| code(&error))
    }

    /// Unfolds an entry, slice after slice.
    ///
    /// # Errors
    /// When it is locked, damaged or larger than any evidence; slices given before stay good.
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

/// The same problem, as one of the workbook that the archive is.
pub fn workbook_problem(code: ProblemCode) -> ProblemCode {
    match code {
        ProblemCode::DamagedArchive => ProblemCode::DamagedWorkbook,
        ProblemCode::Locked => ProblemCode::LockedWorkbook,
        other => other,
    }
}
