//! The file whose slices are coming in.

use super::pace::Pace;
use bezorgd::Reading;
use bezorgd_model::Diagnosis;
use bezorgd_protocol::Purpose;

/// Files smaller than this get no overview before they are closed, in bytes.
const SMALL: u64 = 1 << 20;

/// The file whose slices are coming in.
#[derive(Debug)]
pub struct OpenFile {
    content: Content,
    /// Of the bytes that were read.
    pace: Pace,
}

/// What to do with incoming slices.
#[derive(Debug)]
pub enum Content {
    /// Read at once.
    Evidence(Reading),
    /// Kept until the end of the file: a list beside the evidence.
    Kept {
        purpose: Purpose,
        name: String,
        bytes: Vec<u8>,
    },
}

impl OpenFile {
    /// A file of which no slice came in yet.
    pub fn new(content: Content) -> Self {
        Self {
            content,
            pace: Pace::new(SMALL),
        }
    }

    /// Its name, as shown to people.
    pub fn name(&self) -> &str {
        match &self.content {
            Content::Evidence(reading) => reading.name(),
            Content::Kept { name, .. } => name,
        }
    }

    /// Whether it is an archive, a workbook or an Outlook message, judging by the bytes so far.
    pub fn needs_unpacker(&self) -> bool {
        match &self.content {
            Content::Evidence(reading) => reading.needs_unpacker(),
            Content::Kept { bytes, .. } => bezorgd::needs_unpacker(bytes),
        }
    }

    /// Whether reading this slice unpacks what is attached to a mail.
    pub fn unpacks_while_fed(&self, slice: &[u8]) -> bool {
        matches!(&self.content, Content::Evidence(reading) if reading.unpacks_while_fed(slice))
    }

    /// Whether the rest of it changes nothing.
    pub fn is_refused(&self) -> bool {
        matches!(&self.content, Content::Evidence(reading) if reading.is_refused())
    }

    /// Reads the next slice. Returns how many bytes have been read.
    pub fn read(&mut self, slice: &[u8], found: &mut dyn FnMut(Diagnosis)) -> u64 {
        match &mut self.content {
            Content::Evidence(reading) => reading.feed(slice, found),
            Content::Kept { bytes, .. } => bytes.extend_from_slice(slice),
        }
        self.pace.advance(slice.len() as u64)
    }

    /// Whether to send the overview again.
    pub fn take_overview_step(&mut self) -> bool {
        self.pace.take_step()
    }

    /// What is left of it after the last slice.
    pub fn into_content(self) -> Content {
        self.content
    }
}
