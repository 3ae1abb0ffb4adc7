//! The file whose slices are coming in.

use bezorgd::Reading;
use bezorgd_model::Diagnosis;
use bezorgd_protocol::Purpose;

/// While a file is read, the overview is sent again after every further 1/20 of the bytes read so
/// far: after each overview the page requests the list, and that takes longer the more was found.
const OVERVIEW_STEP: u64 = 20;

/// Files smaller than this get no overview before they are closed, in bytes.
const SMALL: u64 = 1 << 20;

/// The file whose slices are coming in.
#[derive(Debug)]
pub struct OpenFile {
    content: Content,
    /// How many bytes have been read.
    bytes: u64,
    /// How many of them had been read when the overview was last sent.
    bytes_at_overview: u64,
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
            bytes: 0,
            bytes_at_overview: 0,
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
        self.bytes += slice.len() as u64;
        self.bytes
    }

    /// Whether to send the overview again; if so, the next one is due a step further.
    pub fn take_overview_step(&mut self) -> bool {
        let step = (self.bytes / OVERVIEW_STEP).max(SMALL);
        let is_due = self.bytes - self.bytes_at_overview >= step;
        if is_due {
            self.bytes_at_overview = self.bytes;
        }
        is_due
    }

    /// What is left of it after the last slice.
    pub fn into_content(self) -> Content {
        self.content
    }
}
