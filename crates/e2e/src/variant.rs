//! The page with a change: a newer version, or one with an intruder.

use crate::processes::Folder;
use anyhow::{Context as _, Result};
use bezorgd_pack::{Compression, SINGLE_FILE, SiteSource, pack};
use std::fs;
use std::path::{Path, PathBuf};

/// A separately packed site, removed when dropped.
pub struct Variant(Folder);

impl Variant {
    /// Packs the page with every file changed by `change`, which gets the path and the contents. Paths of
    /// hand-written files begin with `www/`, those of Trunk's output do not.
    ///
    /// # Errors
    /// If the page is not built, or cannot be packed with the change.
    pub fn new(change: impl Fn(&str, Vec<u8>) -> Vec<u8>) -> Result<Self> {
        let variant = Self(Folder::new()?);
        let [built, written] = ["built", "www"].map(|name| variant.0.path().join(name));
        copy(
            &crate::repository::root().join("target/page"),
            &built,
            "",
            &change,
        )?;
        copy(
            &crate::repository::root().join("www"),
            &written,
            "www/",
            &change,
        )?;
        let source = SiteSource {
            built: &built,
            written: &written,
        };
        pack(source, &variant.site(), Compression::None).context("the changed page")?;
        Ok(variant)
    }

    /// Packs the page with two more scripts: `in_page` runs in the page before its own, `in_worker` in
    /// its worker.
    ///
    /// # Errors
    /// As those of [`Variant::new`].
    pub fn intruded(in_page: &str, in_worker: &str) -> Result<Self> {
        Self::new(|path, mut bytes| {
            match path {
                "www/boot/start.js" => _ = bytes.splice(..0, format!("{in_page}\n").bytes()),
                "worker.js" => bytes.extend(format!("\n;{in_worker}\n").bytes()),
                _ => {}
            }
            bytes
        })
    }

    /// The folder of the site.
    pub fn site(&self) -> PathBuf {
        self.0.path().join("site")
    }

    /// The path of the page as one file.
    pub fn single_file(&self) -> PathBuf {
        self.site().join(SINGLE_FILE)
    }
}

fn copy(
    from: &Path,
    to: &Path,
    place: &str,
    change: &impl Fn(&str, Vec<u8>) -> Vec<u8>,
) -> Result<()> {
    fs::create_dir_all(to)?;
    let entries =
        fs::read_dir(from).with_context(|| format!("missing folder `{}`", from.display()))?;
    for entry in entries {
        let entry = entry?;
        let (from, to) = (entry.path(), to.join(entry.file_name()));
        let place = format!("{place}{}", entry.file_name().display());
        if from.is_dir() {
            copy(&from, &to, &format!("{place}/"), change)?;
        } else {
            fs::write(to, change(&place, fs::read(from)?))?;
        }
    }
    Ok(())
}
