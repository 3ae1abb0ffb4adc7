//! Compresses files in advance, because hosts compress worse or not at all.

use anyhow::Result;
use flate2::{Compression as Level, write::GzEncoder};
use std::io::Write as _;

/// Whether every file gets a compressed copy beside it.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Compression {
    /// `.br` and `.gz`, as small as they get; takes seconds.
    Best,
    /// None, for a site that is served on the computer it was built on.
    None,
}

/// Compresses with gzip, which every browser can also decompress in a script.
pub fn gzip(bytes: &[u8]) -> Result<Vec<u8>> {
    let mut gzip = GzEncoder::new(Vec::new(), Level::best());
    gzip.write_all(bytes)?;
    Ok(gzip.finish()?)
}

/// Compresses with brotli.
pub fn brotli(bytes: &[u8]) -> Result<Vec<u8>> {
    // The best quality, with the largest window that every browser supports.
    let parameters = brotli::enc::BrotliEncoderParams {
        quality: 11,
        lgwin: 22,
        ..Default::default()
    };
    let mut compressed = Vec::new();
    brotli::BrotliCompress(&mut &bytes[..], &mut compressed, &parameters)?;
    Ok(compressed)
}
