//! Detects formats by their first bytes.

/// A format that its first bytes identify.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum FileSignature {
    /// An archive or an Office document (ZIP, APPNOTE 4.3.7).
    Zip,
    /// An Outlook message or an old Office document (MS-CFB).
    CompoundFile,
    /// A picture, film, sound or other format without evidence.
    NoEvidence,
}

/// The first bytes of formats that people drop by mistake, screenshots above all.
const NO_EVIDENCE: &[&[u8]] = &[
    b"\x89PNG\r\n",
    b"\xFF\xD8\xFF",
    b"GIF8",
    b"BM6",
    b"II*\0",
    b"MM\0*",
    b"%PDF-",
    b"\x7FELF",
    b"MZ",
    b"\0asm",
    b"ID3",
    b"OggS",
    b"fLaC",
    b"Rar!",
    b"7z\xBC\xAF",
    b"\x1F\x8B",
    b"{\\rtf",
];

/// Detects a format by its first bytes; `None` if they identify none.
pub fn detect(bytes: &[u8]) -> Option<FileSignature> {
    let starts = |signature: &[u8]| bytes.starts_with(signature);
    if starts(b"PK\x03\x04") || starts(b"PK\x05\x06") {
        Some(FileSignature::Zip)
    } else if starts(b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1") {
        Some(FileSignature::CompoundFile)
    } else if NO_EVIDENCE.iter().any(|signature| starts(signature)) || is_media_container(bytes) {
        Some(FileSignature::NoEvidence)
    } else {
        None
    }
}

/// WebP, WAV and AVI are RIFF; HEIC, AVIF and MP4 carry `ftyp` after a length.
fn is_media_container(bytes: &[u8]) -> bool {
    bytes.starts_with(b"RIFF") || bytes.get(4..8) == Some(b"ftyp")
}
