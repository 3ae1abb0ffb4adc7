//! Files, folders and standard input.

use std::fs::File;
use std::io::{self, Read};
use std::path::{Path, PathBuf};

/// Something to read from.
pub type Source = Box<dyn Read>;

/// Opens what a path stands for: standard input, a file, or the files of a folder in the order of
/// their names. What cannot be opened is handed on as an error, and the rest goes on.
pub fn visit(path: &Path, each: &mut impl FnMut(&str, io::Result<Source>)) {
    let name = path.display().to_string();
    if name == "-" {
        each(&name, Ok(Box::new(io::stdin().lock())));
    } else if path.is_dir() {
        match entries(path) {
            Ok(entries) => entries.iter().for_each(|entry| visit(entry, each)),
            Err(error) => each(&name, Err(error)),
        }
    } else {
        each(&name, File::open(path).map(|file| Box::new(file) as Source));
    }
}

fn entries(folder: &Path) -> io::Result<Vec<PathBuf>> {
    let mut entries = std::fs::read_dir(folder)?
        .map(|entry| Ok(entry?.path()))
        .collect::<io::Result<Vec<_>>>()?;
    // A hidden file is the system's, not the user's.
    entries.retain(|entry| {
        entry
            .file_name()
            .is_some_and(|name| !name.to_string_lossy().starts_with('.'))
    });
    // A link back up would never end.
    entries.retain(|entry| !(entry.is_symlink() && entry.is_dir()));
    entries.sort();
    Ok(entries)
}
