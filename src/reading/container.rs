//! Reads the files of archives, the sheets of workbooks, and Outlook messages.

use super::{EvidenceFile, Reading};
use crate::formats::part::ContainerPart;
use crate::formats::{csv, msg};
use crate::model::sorting::sort_by_key;
use crate::model::{Diagnosis, Format, Kind, Problem, ProblemCode};
use crate::reports;
use crate::suggestion::propose;

/// How deep archives may be nested: an archive in an archive is read, one within that is not.
const DEEPEST_ARCHIVE: u8 = 2;

/// The open file or sheet of an archive or a workbook.
enum OpenPart {
    File(Reading),
    /// Its name, its format, the number of its first line, and its rows so far.
    Sheet(String, Format, u32, Vec<u8>),
}

impl EvidenceFile {
    pub fn report(&self, name: &str, format: Format, table: &csv::Table<'_>) -> Diagnosis {
        propose(reports::read(name, format, table, &self.options))
    }

    /// Reads the files of an archive, each as if it had been given separately, the sheets of a workbook, or an
    /// Outlook message.
    pub fn container(&self, bytes: &[u8], found: &mut dyn FnMut(Diagnosis)) {
        let (sheets, unpacked) = self.unpack(bytes, self.archives < DEEPEST_ARCHIVE, found);
        self.workbook(sheets, found);
        if let Err(code) = unpacked {
            found(self.unreadable(code));
        }
    }

    /// Passes the diagnoses of the files of an archive, or of an Outlook message, to `found`, and returns those
    /// of the sheets of a workbook.
    pub fn unpack(
        &self,
        bytes: &[u8],
        archives: bool,
        found: &mut dyn FnMut(Diagnosis),
    ) -> (Vec<Diagnosis>, Result<(), ProblemCode>) {
        let mut open: Option<OpenPart> = None;
        let mut sheets = Vec::new();
        let mut message = msg::Storage::default();
        let sheet_name = |name: &str| match name {
            "" => self.name.clone(),
            name => self.inner_name(name),
        };
        let mut unpacked = (self.options.host.unpack)(bytes, archives, &mut |part| match part {
            ContainerPart::File { name } => {
                let file = Self {
                    archives: self.archives + 1,
                    ..self.inner(&name)
                };
                open = Some(OpenPart::File(Reading::of(file)));
            }
            ContainerPart::Sheet {
                name,
                format,
                first_line,
            } => {
                open = Some(OpenPart::Sheet(
                    sheet_name(&name),
                    format,
                    first_line,
                    Vec::new(),
                ))
            }
            ContainerPart::Slice(slice) => match &mut open {
                Some(OpenPart::File(file)) => file.feed(&slice, found),
                Some(OpenPart::Sheet(.., table)) => table.extend_from_slice(&slice),
                None => {}
            },
            ContainerPart::End(problem) => match (open.take(), problem) {
                (Some(OpenPart::File(file)), None) => file.finish(found),
                (Some(OpenPart::File(file)), Some(code)) => found(file.file.unreadable(code)),
                (Some(OpenPart::Sheet(name, format, first_line, table)), problem) => {
                    let table = csv::read_sheet(&table, first_line, self.options.host.decode);
                    let mut sheet = self.report(&name, format, &table);
                    let problem = problem.map(|code| Problem::in_file(code, &name));
                    sheet.problems.extend(problem);
                    sheets.push(sheet);
                }
                (None, _) => {}
            },
            ContainerPart::Stream { path, bytes } => message.add(&path, bytes.into_owned()),
        });
        if let Some(mail) = msg::read(&message, self.options.host.decode) {
            let mut diagnosis = self.diagnosis(&mail, Format::Msg);
            if let Err(code) = std::mem::replace(&mut unpacked, Ok(())) {
                diagnosis.problems.push(Problem::in_file(code, &self.name));
            }
            self.with_attachments(diagnosis, &mail, found);
        }
        (sheets, unpacked)
    }

    /// Passes the sheets that are reports to `found`; if none is, the one closest to a report.
    pub fn workbook(&self, mut sheets: Vec<Diagnosis>, found: &mut dyn FnMut(Diagnosis)) {
        if sheets.iter().any(|sheet| sheet.kind == Kind::Report) {
            sheets.retain(|sheet| sheet.kind == Kind::Report);
        } else {
            let code = |sheet: &Diagnosis| sheet.problems.first().map(|problem| problem.code);
            sort_by_key(&mut sheets, |sheet| {
                code(sheet) == Some(ProblemCode::NoAddressColumn)
            });
            sheets.truncate(1);
        }
        if let [only] = &mut *sheets {
            only.rename(&self.name);
        }
        sheets.into_iter().for_each(found);
    }
}
