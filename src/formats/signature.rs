//! Detects formats by their first bytes.

use crate::model::ProblemCode;

/// A format that its first bytes identify.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum FileSignature {
    /// An archive or an Office document (ZIP, APPNOTE 4.3.7).
    Zip,
    /// An Outlook message or an old Office document (MS-CFB).
    CompoundFile,
    /// A picture, film, sound or other format from which no evidence is read, and why.
    NoEvidence(ProblemCode),
}

/// How many first bytes are enough to identify any of these formats.
const HEAD: usize = 512;

/// The first bytes of formats that people give by mistake, screenshots above all.
const NO_EVIDENCE: &[&[u8]] = &[
    // Pictures.
    b"\x89PNG\r\n",
    b"\xFF\xD8\xFF",
    b"GIF8",
    b"II*\0",
    b"MM\0*",
    b"8BPS\0",
    b"\0\0\x01\0",
    // Sound and film.
    b"OggS\0",
    b"fLaC\0",
    b"\xFF\xFB",
    b"\x1A\x45\xDF\xA3",
    b"\x30\x26\xB2\x75",
    b"\0\0\x01\xB3",
    b"\0\0\x01\xBA",
    // Documents.
    b"%PDF-",
    b"{\\rtf",
    // Programs.
    b"\x7FELF",
    b"\0asm",
    b"\xCA\xFE\xBA\xBE",
    b"\xCF\xFA\xED\xFE",
    // Databases, and images of disks.
    b"SQLite format 3\0",
    b"\0\x01\0\0Standard",
    b"QFI\xFB",
    b"KDMV\x01",
    b"vhdxfile",
    b"conectix\0",
];

/// The first bytes of formats that may contain evidence, but are not read: mailboxes of Outlook (MS-PST 2.2.2.6)
/// and archives.
const NOT_READ: &[&[u8]] = &[
    b"!BDN",
    b"Rar!\x1A",
    b"7z\xBC\xAF",
    b"\x1F\x8B",
    b"BZh91AY&SY",
    b"\xFD7zXZ",
    b"\x28\xB5\x2F\xFD",
    b"MSCF\0",
];

/// Detects a format by its first bytes; `None` if they identify none. Half a kilobyte is enough, so that a file of
/// gigabytes need not be kept in memory to find out that it holds no evidence.
pub fn detect(bytes: &[u8]) -> Option<FileSignature> {
    let starts = |signature: &[u8]| bytes.starts_with(signature);
    if starts(b"PK\x03\x04") || starts(b"PK\x05\x06") {
        Some(FileSignature::Zip)
    } else if starts(b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1") {
        Some(FileSignature::CompoundFile)
    } else {
        without_evidence(bytes).map(FileSignature::NoEvidence)
    }
}

/// Why no evidence can be read from a file, by its first bytes; `None` if there may be some.
fn without_evidence(bytes: &[u8]) -> Option<ProblemCode> {
    let starts = |signature: &&[u8]| bytes.starts_with(signature);
    if NOT_READ.iter().any(starts) || bytes.get(257..262) == Some(b"ustar") {
        Some(ProblemCode::UnsupportedFormat)
    } else if NO_EVIDENCE.iter().any(starts) || is_named_in_letters(bytes) || is_disk(bytes) {
        Some(ProblemCode::UnknownFormat)
    } else {
        None
    }
}

/// Whether the bytes begin with letters that a text may begin with too, and are no text: programs (`MZ`), bitmaps,
/// MP3, WebP, WAV and AVI (all three RIFF), HEIC, AVIF and MP4 (`ftyp` after a length).
fn is_named_in_letters(bytes: &[u8]) -> bool {
    let head = &bytes[..bytes.len().min(HEAD)];
    let starts = |letters: &str| head.starts_with(letters.as_bytes());
    let named = ["MZ", "BM", "ID3", "RIFF"].into_iter().any(starts);
    (named || head.get(4..8) == Some(b"ftyp")) && head.contains(&0)
}

/// Whether the bytes begin with the boot sector of a disk, which ends in 55 AA.
fn is_disk(bytes: &[u8]) -> bool {
    let Some(sector) = bytes.get(..HEAD) else {
        return false;
    };
    sector.ends_with(b"\x55\xAA") && sector.contains(&0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_no_evidence_is_known_by_its_first_bytes() {
        let tar = [&[b'a'; 257][..], b"ustar\0"].concat();
        let disk = [&b"\xEB\x52\x90NTFS"[..], &[0; 503], b"\x55\xAA"].concat();
        for (bytes, code) in [
            (&disk[..], ProblemCode::UnknownFormat),
            (b"!BDN\xA1\xB2", ProblemCode::UnsupportedFormat),
            (b"Rar!\x1A\x07\0", ProblemCode::UnsupportedFormat),
            (b"7z\xBC\xAF\x27\x1C", ProblemCode::UnsupportedFormat),
            (&tar, ProblemCode::UnsupportedFormat),
            (b"SQLite format 3\0", ProblemCode::UnknownFormat),
            (b"%PDF-1.7", ProblemCode::UnknownFormat),
            (b"\0\0\0\x18ftypmp42", ProblemCode::UnknownFormat),
            (b"RIFF\x24\0\0\0WAVE", ProblemCode::UnknownFormat),
            (b"MZ\x90\0", ProblemCode::UnknownFormat),
            (b"BM6\0", ProblemCode::UnknownFormat),
            (b"\0\x01\0\0Standard ACE DB\0", ProblemCode::UnknownFormat),
        ] {
            assert_eq!(
                detect(bytes),
                Some(FileSignature::NoEvidence(code)),
                "{bytes:?}"
            );
        }
    }

    #[test]
    fn texts_and_readable_formats_may_be_evidence() {
        for bytes in [
            &b""[..],
            b"MZ;E-mail;Status\n",
            b"BMW;an@example.be;FAILED\n",
            b"ID3;E-mail\n",
            b"conectix,an@example.be\n",
            b"BZh,an@example.be\n",
            b"RIFF is no name\n",
            b"\0\0From an@example.be",
            b"\xFF\xFEE\0-\0",
            b"PK\x03\x04",
            b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1",
        ] {
            let refused = matches!(detect(bytes), Some(FileSignature::NoEvidence(_)));
            assert!(!refused, "{bytes:?}");
        }
    }
}
