//! The parts of a workbook that is an archive. Each is measured before it is read, whatever its name.

use crate::formats::archive::{Archive, workbook_problem};
use crate::model::ProblemCode;
use memchr::memmem;
use std::collections::HashMap;
use std::io::{BufRead, BufReader};

/// The maximum size of all parts of a workbook together, unpacked, in bytes.
pub const MOST_BYTES: u64 = 512 << 20;

/// The name of the elements that merge cells (ECMA-376, part 1, 18.3.1.54). Few workbooks have any, and these come
/// after the cells, so that a sheet would have to be read twice to find them.
const MERGED: &[u8] = b"mergeCell";

/// The parts of a workbook, by their paths.
pub struct Parts<'p, 'a> {
    archive: &'p mut Archive<'a>,
    /// By path, as [`key`] writes it; of equal paths the last, as in other programs.
    places: HashMap<String, usize>,
    /// Those that were measured, and whether they may have merged cells.
    measured: HashMap<usize, bool>,
    size: u64,
}

impl<'p, 'a> Parts<'p, 'a> {
    /// The parts of a workbook, none of them read yet.
    pub fn of(archive: &'p mut Archive<'a>) -> Self {
        let places = archive.names().map(|(place, name)| (key(&name), place));
        Self {
            places: places.collect(),
            archive,
            measured: HashMap::new(),
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

    /// Whether a part that was measured may have merged cells.
    pub fn may_merge(&self, path: &str) -> bool {
        let place = self.places.get(&key(path));
        place.is_some_and(|place| self.measured.get(place) == Some(&true))
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
        if self.measured.contains_key(&place) {
            return Ok(());
        }
        let (mut size, mut before, mut merges) = (0, Vec::new(), false);
        let read = self.archive.slices(place, |slice| {
            size += slice.len() as u64;
            // The name may be cut by the end of a slice.
            before.extend_from_slice(&slice[..slice.len().min(MERGED.len())]);
            merges |= [slice, &before]
                .iter()
                .any(|text| memmem::find(text, MERGED).is_some());
            before.clear();
            before.extend_from_slice(&slice[slice.len().saturating_sub(MERGED.len())..]);
        });
        self.measured.insert(place, merges);
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

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::{Cursor, Write};
    use zip::ZipWriter;
    use zip::write::SimpleFileOptions;

    /// A workbook with one part, `XL\Sheet1.Dat`.
    fn workbook(contents: &[u8]) -> Vec<u8> {
        let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
        let options = SimpleFileOptions::default();
        zip.start_file("XL\\Sheet1.Dat", options)
            .expect("a new name");
        zip.write_all(contents).expect("room in memory");
        zip.finish().expect("room in memory").into_inner()
    }

    #[test]
    fn a_part_is_measured_by_any_name_of_it() {
        let workbook = workbook(b"<worksheet/>");
        let mut archive = Archive::open(&workbook).expect("an archive");
        let mut parts = Parts::of(&mut archive);
        assert!(parts.contains("/xl/sheet1.dat") && !parts.contains("xl/sheet2.dat"));
        for _ in 0..2 {
            assert_eq!(parts.measure("xl/sheet1.dat"), Ok(()));
            assert_eq!(parts.size(), 12);
        }
        assert!(!parts.may_merge("xl/sheet1.dat"));
    }

    #[test]
    fn merged_cells_are_found_at_the_edge_of_a_slice() {
        for before in 0..=MERGED.len() {
            let mut contents = vec![b' '; (256 << 10) - before];
            contents.extend_from_slice(MERGED);
            let workbook = workbook(&contents);
            let mut archive = Archive::open(&workbook).expect("an archive");
            let mut parts = Parts::of(&mut archive);
            assert_eq!(parts.measure("xl/sheet1.dat"), Ok(()));
            assert!(
                parts.may_merge("xl/sheet1.dat"),
                "{before} bytes before the edge"
            );
        }
    }
}
