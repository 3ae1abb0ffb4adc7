//! The parts of a workbook that is an archive. Each is measured before it is read, whatever its name.

use crate::formats::archive::{Archive, workbook_problem};
use crate::model::ProblemCode;
use std::collections::{HashMap, HashSet};
use std::io::{BufRead, BufReader};

/// The maximum size of all parts of a workbook together, unpacked, in bytes.
pub const MOST_BYTES: u64 = 512 << 20;

/// The parts of a workbook, by their paths.
pub struct Parts<'p, 'a> {
    archive: &'p mut Archive<'a>,
    /// By path, as [`key`] writes it; of equal paths the last, as in other programs.
    places: HashMap<String, usize>,
    measured: HashSet<usize>,
    size: u64,
}

impl<'p, 'a> Parts<'p, 'a> {
    /// The parts of a workbook, none of them read yet.
    pub fn of(archive: &'p mut Archive<'a>) -> Self {
        let places = archive.names().map(|(place, name)| (key(&name), place));
        Self {
            places: places.collect(),
            archive,
            measured: HashSet::new(),
            size: 0,
        }
    }

    /// Whether there is such a part.
    pub fn contains(&self, path: &str) -> bool {
        self.places.contains_key(&key(path))
    }

    /// The size in bytes, unpacked, of the parts that were measured or opened.
    pub fn size(&self) -> u64 {
        self.size
    }

    /// Measures a part, if there is one. Damage is left to whoever reads it, because what comes before the
    /// damage can be read.
    ///
    /// # Errors
    /// If it is locked, or if all parts together are too large.
    pub fn measure(&mut self, path: &str) -> Result<(), ProblemCode> {
        let Some(place) = self.places.get(&key(path)).copied() else {
            return Ok(());
        };
        if !self.measured.insert(place) {
            return Ok(());
        }
        let mut size = 0;
        let read = self
            .archive
            .slices(place, |slice| size += slice.len() as u64);
        self.size += size;
        match read {
            _ if self.size > MOST_BYTES => Err(ProblemCode::TooLarge),
            Ok(()) | Err(ProblemCode::DamagedArchive) => Ok(()),
            Err(code) => Err(workbook_problem(code)),
        }
    }

    /// Opens a part; `None` if there is none.
    ///
    /// # Errors
    /// If it is locked, damaged, or if all parts together are too large.
    pub fn open(&mut self, path: &str) -> Result<Option<impl BufRead>, ProblemCode> {
        self.measure(path)?;
        let Some(place) = self.places.get(&key(path)) else {
            return Ok(None);
        };
        let part = self.archive.reader(*place).map_err(workbook_problem)?;
        Ok(Some(BufReader::new(part)))
    }
}

/// A path as programs compare it: some write another case, or `\`.
fn key(path: &str) -> String {
    path.trim_start_matches('/')
        .replace('\\', "/")
        .to_ascii_lowercase()
}
