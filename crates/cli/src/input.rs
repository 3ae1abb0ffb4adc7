//! Files, folders and standard input.

use std::fs::File;
use std::io::{self, Read};
use std::path::{Path, PathBuf};

/// Something to read from.
pub type OpenedInput = Box<dyn Read>;

/// Opens a path: a file, the files of a folder and its subfolders sorted by name, or standard input for
/// `-`. A file that cannot be opened is passed to `each` as an error, and the others follow.
pub fn visit(path: &Path, each: &mut impl FnMut(&str, io::Result<OpenedInput>)) {
    let name = path.display().to_string();
    if name == "-" {
        each(&name, Ok(Box::new(io::stdin().lock())));
    } else if path.is_dir() {
        match entries(path) {
            Ok(entries) => entries.iter().for_each(|entry| visit(entry, each)),
            Err(error) => each(&name, Err(error)),
        }
    } else {
        each(
            &name,
            File::open(path).map(|file| Box::new(file) as OpenedInput),
        );
    }
}

fn entries(folder: &Path) -> io::Result<Vec<PathBuf>> {
    let mut entries = std::fs::read_dir(folder)?
        .map(|entry| Ok(entry?.path()))
        .collect::<io::Result<Vec<_>>>()?;
    // Hidden files are not evidence: they belong to the system.
    entries.retain(|entry| {
        entry
            .file_name()
            .is_some_and(|name| !name.to_string_lossy().starts_with('.'))
    });
    // A link to a parent folder would never end.
    entries.retain(|entry| !(entry.is_symlink() && entry.is_dir()));
    entries.sort();
    Ok(entries)
}
