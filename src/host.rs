//! What the program around the analyser provides, because not every program can link it.

use crate::formats::charset::{self, Decoder};
use crate::formats::part::Unpacker;
use crate::formats::workbook_writer::WorkbookWriter;

/// What the program around the analyser provides, as a value in [`Options`](crate::Options).
///
/// [`Host::default`] is right everywhere but in WebAssembly. There, nothing is linked in, to keep the
/// download small, and the default refuses what it does not have: text in a character set other than
/// UTF-8 is read as if it were UTF-8, archives, workbooks, Outlook messages and web pages are reported as
/// [`UnpackerMissing`](crate::model::ProblemCode::UnpackerMissing), and writing a workbook fails with
/// [`NoWriter`](crate::model::NoWorkbook::NoWriter).
///
/// ```
/// use bezorgd::{Host, Options, model::{Moment, ProblemCode}};
///
/// # let now = Moment::parse_rfc3339("2026-03-12T13:00:00+01:00")?;
/// // A program that reads no archives.
/// let host = Host {
///     unpack: |_, _, _| Err(ProblemCode::UnsupportedFormat),
///     ..Host::default()
/// };
/// let options = Options { host, ..Options::new(now) };
/// # assert_eq!(bezorgd::analyse("a.zip", b"PK\x03\x04", &options)[0].problems[0].code, ProblemCode::UnsupportedFormat);
/// # Ok::<(), bezorgd::model::InvalidMoment>(())
/// ```
#[derive(Clone, Copy, Debug)]
pub struct Host {
    /// Decodes text in a named character set.
    pub decode: Decoder,
    /// Unpacks archives, workbooks, Outlook messages and texts that contain a table.
    pub unpack: Unpacker,
    /// Writes workbooks. The analyser itself writes none; this is for programs that export results.
    pub write_workbook: WorkbookWriter,
}

#[cfg(not(target_arch = "wasm32"))]
impl Host {
    /// Provides what is linked into this program.
    pub fn native() -> Self {
        Self {
            decode: charset::decode,
            unpack: crate::formats::unpack::unpack,
            write_workbook: crate::formats::workbook::write::write,
        }
    }
}

#[cfg(not(target_arch = "wasm32"))]
impl Default for Host {
    fn default() -> Self {
        Self::native()
    }
}

#[cfg(target_arch = "wasm32")]
impl Default for Host {
    fn default() -> Self {
        use crate::model::{NoWorkbook, ProblemCode};
        Self {
            decode: charset::decode,
            unpack: |_, _, _| Err(ProblemCode::UnpackerMissing),
            write_workbook: |_, _, _| Err(NoWorkbook::NoWriter),
        }
    }
}
