//! How much a first visit downloads, and whether that is little enough.

use crate::project;
use anyhow::{Context, Result, bail};
use flate2::{Compression, write::GzEncoder};
use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};

/// What a first visit is to download at most, in bytes compressed with brotli.
const BAR: usize = 250_000;

/// What it may download today: the last figure and a little room, until it meets the bar. What makes
/// it grow has to be worth it.
const CEILING: usize = 530_000;

/// What the page brings in the background, once it can be used: few people need it for their first
/// file.
const IN_THE_BACKGROUND: [&str; 1] = ["containers_bg.wasm"];

#[derive(Clone, Copy, Default)]
struct Size {
    raw: usize,
    brotli: usize,
    gzip: usize,
}

/// Prints the size of every file of the built page; fails when what a first visit needs is over the
/// ceiling.
///
/// All of dist/ counts, except what follows in the background: the page needs the rest of it before
/// it can read the first file.
pub fn report() -> Result<()> {
    let mut files = Vec::new();
    collect(Path::new(project::DIST), &mut files)?;
    files.sort();

    println!(
        "\n{:44} {:>9} {:>9} {:>9}",
        "bytes", "raw", "brotli", "gzip"
    );
    let (later, needed): (Vec<PathBuf>, Vec<PathBuf>) = files.into_iter().partition(|file| {
        let mut names = IN_THE_BACKGROUND.iter();
        names.any(|name| file.ends_with(name))
    });
    let mut total = Size::default();
    for file in needed {
        let size = print_file(&file)?;
        total.raw += size.raw;
        total.brotli += size.brotli;
        total.gzip += size.gzip;
    }
    print_line("first visit", total);
    println!("\nin the background");
    for file in later {
        print_file(&file)?;
    }

    if total.brotli > CEILING {
        bail!(
            "a first visit downloads {} bytes (brotli), over the ceiling of {CEILING}",
            total.brotli
        );
    }
    match total.brotli.checked_sub(BAR) {
        Some(over) => {
            println!("{over} bytes over the bar of {BAR}, under the ceiling of {CEILING}")
        }
        None => println!("under the bar of {BAR}"),
    }
    Ok(())
}

fn print_file(file: &Path) -> Result<Size> {
    let bytes = fs::read(file).with_context(|| format!("{} cannot be read", file.display()))?;
    let size = measure(&bytes)?;
    print_line(&file.display().to_string(), size);
    Ok(size)
}

fn print_line(name: &str, size: Size) {
    println!(
        "{name:44} {:>9} {:>9} {:>9}",
        size.raw, size.brotli, size.gzip
    );
}

fn measure(bytes: &[u8]) -> Result<Size> {
    let mut gzip = GzEncoder::new(Vec::new(), Compression::best());
    gzip.write_all(bytes)?;
    let mut brotli = Vec::new();
    // What web servers send for files that were compressed ahead: best quality, usual window.
    let parameters = brotli::enc::BrotliEncoderParams {
        quality: 11,
        lgwin: 22,
        ..Default::default()
    };
    brotli::BrotliCompress(&mut &bytes[..], &mut brotli, &parameters)?;
    Ok(Size {
        raw: bytes.len(),
        brotli: brotli.len(),
        gzip: gzip.finish()?.len(),
    })
}

fn collect(folder: &Path, files: &mut Vec<PathBuf>) -> Result<()> {
    let entries =
        fs::read_dir(folder).with_context(|| format!("{} cannot be listed", folder.display()))?;
    for entry in entries {
        let path = entry?.path();
        if path.is_dir() {
            collect(&path, files)?;
        } else {
            files.push(path);
        }
    }
    Ok(())
}
