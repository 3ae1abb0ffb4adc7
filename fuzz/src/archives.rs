//! Mutates what is in an archive rather than its compressed bytes, in which almost every change is only damage.

use libfuzzer_sys::fuzzer_mutate;
use std::io::{Cursor, Read as _, Write as _};
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipArchive, ZipWriter};

/// How many bytes of an entry are read: more than an input may have in total.
const MOST_READ: u64 = 1 << 17;

/// Room for what a mutation adds to an entry, in bytes.
const ROOM: usize = 1 << 10;

/// An input of up to this many bytes is not compressed, so that mutations of its bytes reach its contents.
const SMALL: usize = 48 << 10;

struct Entry {
    name: String,
    contents: Vec<u8>,
}

/// Mutates an archive: for the most part one entry of it, sometimes its list of entries, and sometimes its bytes. What
/// is no archive is mutated as bytes. For `fuzz_mutator`.
pub fn mutate(data: &mut [u8], size: usize, max_size: usize, seed: u32) -> usize {
    let as_bytes = |data: &mut [u8]| fuzzer_mutate(data, size, max_size);
    if seed % 4 == 0 {
        return as_bytes(data);
    }
    let Some(mut entries) = data.get(..size).and_then(entries) else {
        return as_bytes(data);
    };
    let seed = (seed / 4) as usize;
    let Some(place) = seed.checked_rem(entries.len()) else {
        return as_bytes(data);
    };
    let seed = seed / entries.len();
    match seed % 32 {
        0 => {
            entries.remove(place);
        }
        1 => {
            let other = (seed / 32) % entries.len();
            entries.swap(place, other);
        }
        2 => {
            let name = mutated(entries[place].name.as_bytes(), max_size);
            entries[place].name = String::from_utf8_lossy(&name).into_owned();
        }
        _ => entries[place].contents = mutated(&entries[place].contents, max_size),
    }
    match packed(&entries) {
        Some(packed) if packed.len() <= max_size && packed.len() <= data.len() => {
            data[..packed.len()].copy_from_slice(&packed);
            packed.len()
        }
        _ => as_bytes(data),
    }
}

fn mutated(bytes: &[u8], max_size: usize) -> Vec<u8> {
    let mut bytes = bytes.to_vec();
    let (size, limit) = (bytes.len(), (bytes.len() + ROOM).min(max_size.max(1)));
    let size = size.min(limit);
    bytes.resize(limit, 0);
    let size = fuzzer_mutate(&mut bytes, size, limit);
    bytes.truncate(size);
    bytes
}

fn entries(bytes: &[u8]) -> Option<Vec<Entry>> {
    let mut archive = ZipArchive::new(Cursor::new(bytes)).ok()?;
    let mut entries = Vec::new();
    for place in 0..archive.len().min(64) {
        let file = archive.by_index(place).ok()?;
        let name = String::from_utf8_lossy(file.name_raw()).into_owned();
        let mut contents = Vec::new();
        // What cannot be read to its end keeps its beginning.
        let _ = file.take(MOST_READ).read_to_end(&mut contents);
        entries.push(Entry { name, contents });
    }
    Some(entries)
}

fn packed(entries: &[Entry]) -> Option<Vec<u8>> {
    let size: usize = entries.iter().map(|entry| entry.contents.len()).sum();
    let method = if size < SMALL {
        CompressionMethod::Stored
    } else {
        CompressionMethod::Deflated
    };
    let options = SimpleFileOptions::default().compression_method(method);
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for entry in entries {
        zip.start_file(entry.name.as_str(), options).ok()?;
        zip.write_all(&entry.contents).ok()?;
    }
    Some(zip.finish().ok()?.into_inner())
}
