//! Shared by the tests: the fixtures, and the options with which to read them.

use bezorgd::Options;
use bezorgd::model::Moment;
use std::fs;
use std::io::{Cursor, Write as _};
use std::path::{Path, PathBuf};
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipWriter};

/// The suffix of the file with the expected JSON of a fixture.
pub const EXPECTED: &str = ".expected.json";

/// Options whose present is Thursday 12 March 2026, one o'clock in the afternoon in Brussels.
pub fn options() -> Options {
    let now = Moment::parse_rfc3339("2026-03-12T13:00:00+01:00").expect("a valid date");
    Options::new(now)
}

/// Every fixture below `tests/fixtures`, sorted; never none.
pub fn fixtures() -> Vec<PathBuf> {
    let mut found = Vec::new();
    collect(
        &Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures"),
        &mut found,
    );
    found.retain(|path| !path.to_string_lossy().ends_with(EXPECTED));
    found.sort();
    assert!(
        !found.is_empty(),
        "no fixtures: the tests would pass on nothing"
    );
    found
}

fn collect(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).expect("a readable folder") {
        let path = entry.expect("a readable entry").path();
        if path.is_dir() {
            collect(&path, found)
        } else {
            found.push(path)
        }
    }
}

/// The bytes of a fixture.
pub fn bytes(fixture: &Path) -> Vec<u8> {
    fs::read(fixture).expect("a readable fixture")
}

/// An archive of these files.
pub fn archive(files: &[(String, Vec<u8>)], method: CompressionMethod) -> Vec<u8> {
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    let options = SimpleFileOptions::default().compression_method(method);
    for (name, bytes) in files {
        writer.start_file(name, options).expect("a new name");
        writer.write_all(bytes).expect("room in memory");
    }
    writer.finish().expect("room in memory").into_inner()
}
