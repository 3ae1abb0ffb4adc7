//! Files, folders and standard input.
//!
//! Whatever is given ends: devices and pipes are refused, except as standard input, and a file that grows is read up to
//! the size it had when it was opened.

use bezorgd::model::{Problem, ProblemCode, ProblemDetail};
use std::fs::{self, File};
use std::io::{self, Read, Take};
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};

/// Receives the name of a file, and its contents or why they cannot be read; may break off the visit.
pub type Visitor<'a> = dyn FnMut(&str, Result<&mut dyn Read, Problem>) -> ControlFlow<()> + 'a;

/// Opens a path: a file, the files of a folder and its subfolders sorted by name, or standard input for
/// `-`. A file that cannot be opened is passed to `each` as a problem, and the others follow; so is a folder
/// without any file.
pub fn visit(path: &Path, each: &mut Visitor<'_>) -> ControlFlow<()> {
    let name = path.display().to_string();
    if name == "-" {
        return each(&name, Ok(&mut io::stdin().lock()));
    }
    if !path.is_dir() {
        return visit_file(path, &name, each);
    }
    let mut is_empty = true;
    visit_folder(path, &mut |name, opened| {
        is_empty = false;
        each(name, opened)
    })?;
    if is_empty {
        let message =
            "the folder has no files; hidden ones, whose name begins with a full stop, are skipped";
        let detail = ProblemDetail::System(message.to_owned());
        let problem = Problem::in_file(ProblemCode::Empty, &name).because(detail);
        each(&name, Err(problem))?;
    }
    ControlFlow::Continue(())
}

fn visit_folder(folder: &Path, each: &mut Visitor<'_>) -> ControlFlow<()> {
    let entries = match entries(folder) {
        Ok(entries) => entries,
        Err(error) => {
            let name = folder.display().to_string();
            return each(&name, Err(unreadable(&name, &error)));
        }
    };
    for entry in entries {
        let name = entry.display().to_string();
        if !entry.is_dir() {
            visit_file(&entry, &name, each)?;
        } else if entry.is_symlink() {
            // One to a parent folder would never end.
            let error =
                io::Error::other("links to folders are not followed; give the folder itself");
            each(&name, Err(unreadable(&name, &error)))?;
        } else {
            visit_folder(&entry, each)?;
        }
    }
    ControlFlow::Continue(())
}

fn entries(folder: &Path) -> io::Result<Vec<PathBuf>> {
    let mut entries = fs::read_dir(folder)?
        .map(|entry| Ok(entry?.path()))
        .collect::<io::Result<Vec<_>>>()?;
    // Hidden files are not evidence: they belong to the system.
    entries.retain(|entry| {
        entry
            .file_name()
            .is_some_and(|name| !name.to_string_lossy().starts_with('.'))
    });
    entries.sort();
    Ok(entries)
}

fn visit_file(path: &Path, name: &str, each: &mut Visitor<'_>) -> ControlFlow<()> {
    let mut file = match open(path) {
        Ok(file) => file,
        Err(error) => return each(name, Err(unreadable(name, &error))),
    };
    each(name, Ok(&mut file))?;
    if has_grown(&mut file) {
        let error =
            io::Error::other("the file grew while it was read; what it held before was read");
        each(name, Err(unreadable(name, &error)))?;
    }
    ControlFlow::Continue(())
}

/// The problem with a file that the operating system refuses to open or to read.
pub fn unreadable(name: &str, error: &io::Error) -> Problem {
    let detail = ProblemDetail::System(error.to_string());
    Problem::in_file(ProblemCode::Unreadable, name).because(detail)
}

/// Opens a file, up to the size that it has now.
///
/// # Errors
/// If it cannot be opened, or is a folder, a device, a pipe or a socket, which may have no end.
pub fn open(path: &Path) -> io::Result<Take<File>> {
    // Before it is opened: opening a pipe waits for somebody who writes to it.
    require_regular(&fs::metadata(path)?)?;
    let file = File::open(path)?;
    let metadata = file.metadata()?;
    require_regular(&metadata)?;
    Ok(file.take(metadata.len()))
}

fn require_regular(metadata: &fs::Metadata) -> io::Result<()> {
    if metadata.is_file() {
        return Ok(());
    }
    let message = "is not a regular file; give a file or a folder, or `-` for standard input";
    Err(io::Error::new(io::ErrorKind::InvalidInput, message))
}

/// Whether a file that was read to the size it had has more by now.
fn has_grown(file: &mut Take<File>) -> bool {
    file.limit() == 0 && file.get_mut().read(&mut [0]).is_ok_and(|read| read > 0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::Write as _;

    #[test]
    fn a_file_that_grows_is_read_to_the_size_it_had_and_reported() {
        let path = std::env::temp_dir().join(format!("bezorgd-grows-{}.txt", std::process::id()));
        fs::write(&path, "550 5.1.1 User unknown\n").expect("a file");
        let mut visits = Vec::new();
        let visited = visit(&path, &mut |_, opened| {
            visits.push(match opened {
                Ok(source) => {
                    let more = File::options().append(true).open(&path);
                    more.expect("the file")
                        .write_all(b"550 4.2.2 Mailbox full\n")
                        .expect("a longer file");
                    io::read_to_string(source).expect("text")
                }
                Err(problem) => format!("{problem:?}"),
            });
            ControlFlow::Continue(())
        });
        fs::remove_file(&path).expect("it is there");
        assert_eq!(visited, ControlFlow::Continue(()));
        let [text, problem] = &visits[..] else {
            panic!("{visits:?}")
        };
        assert_eq!(text, "550 5.1.1 User unknown\n");
        assert!(problem.contains("grew"), "{problem}");
    }
}
