//! A folder of small mails: what somebody has who saved thousands of bounces one by one.

use crate::processes::Folder;
use crate::repository::root;
use anyhow::{Context as _, Result, ensure};
use std::fs;
use std::path::{Path, PathBuf};

/// The mail, and the recipient in it.
const BOUNCE: (&str, &str) = ("crates/e2e/fixtures/bounce.eml", "lotte.maes@");

/// Small mails on the disk, each about another recipient; removed when dropped.
pub struct Mails {
    folder: Folder,
    files: Vec<PathBuf>,
}

impl Mails {
    /// Writes this many, in folders of a thousand.
    ///
    /// # Errors
    /// If they cannot be written.
    pub fn write(count: usize) -> Result<Self> {
        const IN_FOLDER: usize = 1_000;
        let folder = Folder::new()?;
        let (bounce, recipient) = BOUNCE;
        let bounce = fs::read_to_string(root().join(bounce)).context(bounce)?;
        ensure!(bounce.contains(recipient), "{recipient} is not in it");
        let mut files = Vec::with_capacity(count);
        for number in 0..count {
            let place = folder.path().join(format!("map {:03}", number / IN_FOLDER));
            if number % IN_FOLDER == 0 {
                fs::create_dir(&place)?;
            }
            let file = place.join(format!("{number:06}.eml"));
            fs::write(
                &file,
                bounce.replace(recipient, &format!("{recipient}{number}.")),
            )?;
            files.push(file);
        }
        Ok(Self { folder, files })
    }

    /// The folder that holds all of them.
    pub fn folder(&self) -> &Path {
        self.folder.path()
    }

    /// The mails, in order.
    pub fn files(&self) -> &[PathBuf] {
        &self.files
    }
}
