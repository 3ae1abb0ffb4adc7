//! Evidence in, diagnoses out: detects the format of a file from its contents, and calls the reader for
//! that format.

use crate::arrivals;
use crate::bounces;
use crate::formats::mail::Mail;
use crate::formats::part::ContainerPart;
use crate::formats::signature::{self, FileSignature};
use crate::formats::tables::{self, Likely};
use crate::formats::{csv, eml, encoding, mbox, msg, repaired_rows, text};
use crate::model::{
    Cause, Column, Customer, Diagnosis, Format, Kind, Problem, ProblemCode, Recipient, Role, State,
};
use crate::options::Options;
use crate::reports;
use crate::senders::{Policy, sender_by_message_type};
use crate::suggestion::propose;
use std::collections::HashSet;

/// UTF-8 byte order mark; some programs write it even into an empty file.
const UTF8_MARK: &[u8] = b"\xEF\xBB\xBF";

/// How many bytes are needed to distinguish a mailbox from any other format.
const HEAD: usize = 4 << 10;

/// The size limit of files that must be in memory, in bytes: anything but a mailbox.
const LARGEST_IN_MEMORY: usize = 512 << 20;

/// How deep archives may be nested: an archive in an archive is read, one within that is not.
const DEEPEST_ARCHIVE: u8 = 2;

/// Reads one file, slice by slice.
///
/// The diagnoses of a mailbox come while it is fed. Any other format is kept in memory, at most 512 MiB
/// of it, and its diagnoses come at the end. Every file gets at least one diagnosis. However a file is
/// cut into slices, the diagnoses are those that [`analyse`] returns.
#[derive(Debug)]
pub struct Reading {
    name: String,
    options: Options,
    /// How many archives the file is nested in.
    depth: u8,
    contents: Contents,
}

/// The open file or sheet of an archive or a workbook.
enum OpenPart {
    File(Reading),
    /// Its name, its format, the number of its first line, and its rows so far.
    Sheet(String, Format, u32, Vec<u8>),
}

/// The slices so far.
#[derive(Debug)]
enum Contents {
    /// All bytes, kept until the end.
    InMemory(Vec<u8>),
    /// The incomplete message of a mailbox; complete ones were read.
    Mailbox(mbox::Splitter<'static>),
    /// Over [`LARGEST_IN_MEMORY`], and no mailbox; discarded.
    TooLarge,
}

impl Reading {
    /// Starts to read a file. Its name is a hint, and appears in the results.
    pub fn new(name: &str, options: &Options) -> Self {
        Self::within(0, name, options)
    }

    fn within(depth: u8, name: &str, options: &Options) -> Self {
        Self {
            name: name.to_owned(),
            options: options.clone(),
            depth,
            contents: Contents::InMemory(Vec::new()),
        }
    }

    /// The name of the file.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Whether the bytes so far look like an archive, a workbook, an Outlook message or a table in another
    /// notation than separated values, so that finishing calls
    /// [`Host::unpack`](crate::Host::unpack).
    pub fn needs_unpacker(&self) -> bool {
        matches!(&self.contents, Contents::InMemory(bytes) if needs_unpacker(bytes))
    }

    /// Reads the next slice, of any size, and passes each complete diagnosis to `found`.
    pub fn feed(&mut self, slice: &[u8], found: &mut dyn FnMut(Diagnosis)) {
        match &mut self.contents {
            Contents::Mailbox(splitter) => {
                splitter.feed(slice, &mut |message| {
                    found(mailbox_message(&self.name, &message, &self.options))
                });
            }
            Contents::TooLarge => {}
            Contents::InMemory(bytes) => {
                let undecided = bytes.len() < HEAD;
                bytes.extend_from_slice(slice);
                if undecided && bytes.len() >= HEAD && mbox::looks_like(bytes) {
                    let bytes = std::mem::take(bytes);
                    self.contents = Contents::Mailbox(mbox::Splitter::default());
                    self.feed(&bytes, found);
                } else if bytes.len() > LARGEST_IN_MEMORY {
                    self.contents = Contents::TooLarge;
                }
            }
        }
    }

    /// The same as [`feed`](Self::feed), but returns the diagnoses as a list.
    pub fn feed_to_vec(&mut self, slice: &[u8]) -> Vec<Diagnosis> {
        let mut diagnoses = Vec::new();
        self.feed(slice, &mut |diagnosis| diagnoses.push(diagnosis));
        diagnoses
    }

    /// Signals the end of the file, and passes the remaining diagnoses to `found`.
    pub fn finish(mut self, found: &mut dyn FnMut(Diagnosis)) {
        match std::mem::replace(&mut self.contents, Contents::TooLarge) {
            Contents::Mailbox(splitter) => splitter
                .finish(&mut |message| found(mailbox_message(&self.name, &message, &self.options))),
            Contents::InMemory(bytes) => self.complete(&bytes, found),
            Contents::TooLarge => found(self.unreadable(ProblemCode::TooLarge)),
        }
    }

    /// The same as [`finish`](Self::finish), but returns the diagnoses as a list.
    pub fn finish_to_vec(self) -> Vec<Diagnosis> {
        let mut diagnoses = Vec::new();
        self.finish(&mut |diagnosis| diagnoses.push(diagnosis));
        diagnoses
    }

    /// Reads a complete file.
    fn complete(&self, bytes: &[u8], found: &mut dyn FnMut(Diagnosis)) {
        let marked = bytes.strip_prefix(UTF8_MARK).unwrap_or(bytes);
        if marked.iter().all(u8::is_ascii_whitespace) {
            return found(self.unreadable(ProblemCode::Empty));
        }
        match signature::detect(bytes) {
            Some(FileSignature::Zip | FileSignature::CompoundFile) => self.container(bytes, found),
            Some(FileSignature::NoEvidence) => found(self.unreadable(ProblemCode::UnknownFormat)),
            None if mbox::looks_like(bytes) || mbox::is_inside(bytes) => {
                mbox::split(bytes, &mut |message| {
                    found(mailbox_message(&self.name, &message, &self.options))
                });
            }
            None => self.plain(bytes, found),
        }
    }

    /// Reads a mail or a text.
    fn plain(&self, bytes: &[u8], found: &mut dyn FnMut(Diagnosis)) {
        let replies = text::replies(bytes);
        if replies.len() > 1 {
            for (number, reply) in (1..).zip(replies) {
                found(self.pasted(&format!("{}#{number}", self.name), reply));
            }
            return;
        }
        let front = &bytes[..bytes.len().min(eml::LONGEST)];
        if !tables::is_notation(bytes)
            && eml::looks_like(front)
            && let Some(mail) = mail(&self.name, front, front.len() < bytes.len(), &self.options)
        {
            // Labels on cards may be those of a mail.
            let is_ordinary = matches!(mail.kind, Kind::NotABounce | Kind::Arrived);
            if is_ordinary && tables::likely(bytes).is_some() {
                let (reports, _) = self.tables(bytes);
                if reports.iter().any(names_a_cause) {
                    return self.workbook(reports, found);
                }
            }
            return found(propose(mail));
        }
        let likely = tables::likely(bytes);
        let is_notation = likely == Some(Likely::Notation);
        let is_report = |one: &Diagnosis| one.kind == Kind::Report;
        let (mut reports, mut problem) = (Vec::new(), None);
        if is_notation {
            (reports, problem) = self.tables(bytes);
        }
        let mut is_separated = reports.is_empty();
        // In sentences, commas and semicolons separate no cells.
        if is_separated && !text::is_reply(bytes) && !text::is_running(bytes) {
            let table = csv::read(bytes, self.options.host.decode);
            reports.extend(table.map(|table| self.report(&self.name, Format::Csv, &table)));
        }
        let tells = |one: &Diagnosis| names_a_cause(one) || lists_messages(one);
        if likely == Some(Likely::Lines) && !reports.iter().any(tells) {
            let (hidden, kept) = self.tables(bytes);
            problem = kept;
            let is_better = hidden.iter().any(tells) || !reports.iter().any(is_report);
            if is_better && !hidden.is_empty() {
                (reports, is_separated) = (hidden, false);
            }
        }
        let problem = problem.filter(|code| *code != ProblemCode::UnknownFormat);
        // Words in columns can still be the text of a bounce; if not, report what the table lacks.
        if !reports.iter().any(tells) || !is_separated && rows(&reports) < 2 {
            let pasted = text::looks_like(bytes).then(|| self.pasted(&self.name, bytes));
            let is_better = |pasted: &Diagnosis| {
                // Rows whose cells cannot be separated are no single bounce.
                let is_unsplit = !is_separated && reports.iter().all(has_one_column);
                names_a_cause(pasted) && !is_unsplit
            };
            if let Some(mut pasted) = pasted.filter(|one| reports.is_empty() || is_better(one)) {
                let problem = problem.filter(|_| !names_a_cause(&pasted));
                let problem = problem.map(|code| Problem::in_file(code, &self.name));
                pasted.problems.extend(problem);
                return found(pasted);
            }
        }
        if let Some(code) = problem {
            found(self.unreadable(code));
        } else if reports.is_empty() {
            found(self.unreadable(ProblemCode::UnknownFormat));
        }
        self.workbook(reports, found);
    }

    /// Reads the text of a bounce without a mail around it.
    fn pasted(&self, name: &str, bytes: &[u8]) -> Diagnosis {
        propose(diagnose(
            &text::read(bytes),
            name,
            Format::Text,
            &self.options,
        ))
    }

    /// Reads the tables of a text that are not in separated values. Returns also what kept it from reading
    /// them all.
    fn tables(&self, bytes: &[u8]) -> (Vec<Diagnosis>, Option<ProblemCode>) {
        let text = repaired_rows::repair(encoding::decode(bytes, self.options.host.decode));
        let (sheets, unpacked) = self.unpack(text.as_bytes(), false, &mut |_| {});
        (sheets, unpacked.err())
    }

    fn report(&self, name: &str, format: Format, table: &csv::Table<'_>) -> Diagnosis {
        propose(reports::read(name, format, table, &self.options))
    }

    /// Reads the files of an archive, each as if it had been given separately, the sheets of a workbook, or an
    /// Outlook message.
    fn container(&self, bytes: &[u8], found: &mut dyn FnMut(Diagnosis)) {
        let (sheets, unpacked) = self.unpack(bytes, self.depth < DEEPEST_ARCHIVE, found);
        self.workbook(sheets, found);
        if let Err(code) = unpacked {
            found(self.unreadable(code));
        }
    }

    /// Passes the diagnoses of the files of an archive, or of an Outlook message, to `found`, and returns those
    /// of the sheets of a workbook.
    fn unpack(
        &self,
        bytes: &[u8],
        archives: bool,
        found: &mut dyn FnMut(Diagnosis),
    ) -> (Vec<Diagnosis>, Result<(), ProblemCode>) {
        let mut open: Option<OpenPart> = None;
        let mut sheets = Vec::new();
        let mut message = msg::Storage::default();
        let inner = |name: &str| match name {
            "" => self.name.clone(),
            name => format!("{}!{name}", self.name),
        };
        let unpacked = (self.options.host.unpack)(bytes, archives, &mut |part| match part {
            ContainerPart::File { name } => {
                let file = Self::within(self.depth + 1, &inner(&name), &self.options);
                open = Some(OpenPart::File(file));
            }
            ContainerPart::Sheet {
                name,
                format,
                first_line,
            } => {
                open = Some(OpenPart::Sheet(
                    inner(&name),
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
                (Some(OpenPart::File(file)), Some(code)) => found(file.unreadable(code)),
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
            let diagnosis = diagnose(&mail, &self.name, Format::Msg, &self.options);
            found(propose(with_arrival(diagnosis, &mail)));
        }
        (sheets, unpacked)
    }

    /// Passes the sheets that are reports to `found`; if none is, the one closest to a report.
    fn workbook(&self, mut sheets: Vec<Diagnosis>, found: &mut dyn FnMut(Diagnosis)) {
        if sheets.iter().any(|sheet| sheet.kind == Kind::Report) {
            sheets.retain(|sheet| sheet.kind == Kind::Report);
        } else {
            let code = |sheet: &Diagnosis| sheet.problems.first().map(|problem| problem.code);
            sheets.sort_by_key(|sheet| code(sheet) == Some(ProblemCode::NoAddressColumn));
            sheets.truncate(1);
        }
        if let [only] = &mut *sheets {
            only.rename(&self.name);
        }
        sheets.into_iter().for_each(found);
    }

    fn unreadable(&self, code: ProblemCode) -> Diagnosis {
        Diagnosis::unreadable(&self.name, Problem::in_file(code, &self.name))
    }
}

/// Reads one message of a mailbox.
fn mailbox_message(
    mailbox: &str,
    message: &mbox::MailboxMessage<'_>,
    options: &Options,
) -> Diagnosis {
    // Some programs save a single e-mail as a mailbox: it gets the name of the file.
    let named_as_mail = mailbox.to_ascii_lowercase().ends_with(".eml");
    let name = match message.place {
        mbox::MailboxPlace::Only => mailbox.to_owned(),
        mbox::MailboxPlace::Number(1) if named_as_mail => mailbox.to_owned(),
        mbox::MailboxPlace::Number(number) => format!("{mailbox}#{number}"),
    };
    if message.headless && !eml::looks_like(&message.bytes) {
        return propose(rest_of_mail(&name, &message.bytes, options));
    }
    let unreadable =
        || Diagnosis::unreadable(&name, Problem::in_file(ProblemCode::UnknownFormat, &name));
    mail(&name, &message.bytes, message.cut, options).map_or_else(unreadable, propose)
}

/// Reads the rest of a mail whose front is missing. The kind of mail is unknown, so only codes beside an
/// address count.
fn rest_of_mail(name: &str, bytes: &[u8], options: &Options) -> Diagnosis {
    let mut diagnosis = diagnose(&text::read(bytes), name, Format::Text, options);
    let problem = Problem::in_file(ProblemCode::Truncated, name);
    let has_code = |recipient: &Recipient| {
        let mut attempts = recipient.attempts.iter();
        let coded =
            attempts.any(|attempt| attempt.status.is_some() || attempt.reply_code.is_some());
        coded && !recipient.address.is_empty()
    };
    if !diagnosis.recipients.iter().any(has_code) {
        return Diagnosis::unreadable(name, problem);
    }
    diagnosis.problems = vec![problem];
    diagnosis
}

/// Reads a mail, or the front of one that was `cut`; `None` if the bytes are no mail.
fn mail(name: &str, bytes: &[u8], cut: bool, options: &Options) -> Option<Diagnosis> {
    let mail = eml::read(bytes, options.host.decode)?;
    let mut diagnosis = with_arrival(diagnose(&mail, name, Format::Eml, options), &mail);
    if cut {
        // The closing boundary is missing because the end was cut off here.
        diagnosis
            .problems
            .retain(|problem| problem.code != ProblemCode::Truncated);
        diagnosis
            .problems
            .push(Problem::in_file(ProblemCode::Shortened, name));
    }
    Some(diagnosis)
}

/// Adds how a mail arrived, if it is about no other.
fn with_arrival(mut diagnosis: Diagnosis, mail: &Mail<'_>) -> Diagnosis {
    if diagnosis.kind == Kind::NotABounce {
        diagnosis.arrival = arrivals::read(mail).map(Box::new);
        if diagnosis.arrival.is_some() {
            diagnosis.kind = Kind::Arrived;
        }
    }
    diagnosis
}

/// Diagnoses a mail, and detects the sending system of the message that it is about.
fn diagnose(mail: &Mail<'_>, name: &str, format: Format, options: &Options) -> Diagnosis {
    let mut diagnosis = bounces::diagnose(
        mail,
        name,
        format,
        &options.message_types,
        options.host.decode,
    );
    let attempts = diagnosis.recipients.iter_mut();
    let types = attempts.flat_map(|one| &mut one.attempts);
    let mut types: Vec<_> = types.map(|attempt| &mut attempt.message_type).collect();
    let code = types.iter().find_map(|code| code.as_deref());
    let by_type = code.and_then(sender_by_message_type);
    diagnosis.sender = options.sender.or(by_type);
    let has_types = |sender| Policy::of(sender).has_message_types();
    if !diagnosis.sender.is_some_and(has_types) {
        // Another system uses such codes for something else.
        types.iter_mut().for_each(|code| **code = None);
    }
    diagnosis
}

/// Reads one file in memory, in any format. Returns a diagnosis for each message or report in it, in the
/// order of the evidence, and at least one.
///
/// The name is a hint, and appears in the results: a message of a mailbox as `name#2`, a file in an
/// archive as `name!file`. What could not be read is in [`Diagnosis::problems`].
pub fn analyse(name: &str, bytes: &[u8], options: &Options) -> Vec<Diagnosis> {
    let mut diagnoses = Vec::new();
    let mut found = |diagnosis| diagnoses.push(diagnosis);
    let mut reading = Reading::new(name, options);
    if bytes.len() <= LARGEST_IN_MEMORY {
        // As at the end of the slices, without a copy.
        reading.complete(bytes, &mut found);
    } else {
        reading.feed(bytes, &mut found);
        reading.finish(&mut found);
    }
    diagnoses
}

/// Finds the addresses in a table or list that were never attempted: those whose address and number are not
/// in `seen`, which holds the [`identifier`](crate::identifier) of every recipient of the evidence. They are
/// the recipients of one diagnosis, in the state [`NotAttempted`](crate::model::State::NotAttempted).
pub fn not_attempted(
    name: &str,
    bytes: &[u8],
    seen: &HashSet<String>,
    options: &Options,
) -> Diagnosis {
    let decode = options.host.decode;
    let sheets = match sheets_of(name, bytes, options) {
        Ok(sheets) => sheets,
        Err(code) => return Diagnosis::unreadable(name, Problem::in_file(code, name)),
    };
    let (joined, problems) = match sheets {
        Some(sheets) => (Some(sheets.tables.concat()), sheets.problems),
        None => (None, Vec::new()),
    };
    let table = match &joined {
        Some(sheets) => csv::read_sheet(sheets, 1, decode),
        None => csv::read_list(bytes, decode),
    };
    let mut diagnosis = reports::not_attempted(name, &table, seen, options.sender);
    diagnosis.problems.extend(problems);
    diagnosis
}

/// Reads the customers (borrowers) in a table or list, or in each sheet of a workbook. Returns them with
/// the problems of what could not be read. [`Options::columns`] applies to every sheet.
pub fn customers(name: &str, bytes: &[u8], options: &Options) -> (Vec<Customer>, Vec<Problem>) {
    let unreadable = |code| (Vec::new(), vec![Problem::in_file(code, name)]);
    let choice = options.columns.as_ref();
    let decode = options.host.decode;
    if bytes.iter().all(u8::is_ascii_whitespace) {
        return unreadable(ProblemCode::Empty);
    }
    if signature::detect(bytes) == Some(FileSignature::NoEvidence) {
        return unreadable(ProblemCode::UnknownFormat);
    }
    let sheets = match sheets_of(name, bytes, options) {
        Ok(Some(sheets)) => sheets,
        Ok(None) => {
            return reports::customers::read(name, &csv::read_list(bytes, decode), choice);
        }
        Err(code) => return unreadable(code),
    };
    let read = |sheet: &Vec<u8>| {
        reports::customers::read(name, &csv::read_sheet(sheet, 1, decode), choice)
    };
    let mut lists: Vec<_> = sheets.tables.iter().map(read).collect();
    // Other sheets may contain explanations or anything else.
    if lists.iter().any(|(customers, _)| !customers.is_empty()) {
        lists.retain(|(customers, _)| !customers.is_empty());
    } else {
        lists.truncate(1);
    }
    let (customers, problems): (Vec<_>, Vec<_>) = lists.into_iter().unzip();
    let mut problems = problems.concat();
    problems.extend(sheets.problems);
    (customers.concat(), problems)
}

/// Whether these bytes look like an archive, a workbook, an Outlook message or a text that holds a table in
/// another notation than separated values, so that reading them calls [`Host::unpack`](crate::Host::unpack).
pub fn needs_unpacker(bytes: &[u8]) -> bool {
    match signature::detect(bytes) {
        Some(signature) => signature != FileSignature::NoEvidence,
        None => tables::likely(bytes).is_some(),
    }
}

/// The sheets of a workbook, each with an empty row below it.
#[derive(Default)]
struct Sheets {
    tables: Vec<Vec<u8>>,
    /// What is wrong with those that could not be read completely.
    problems: Vec<Problem>,
}

/// All sheets of a workbook; `None` for a table or list in separated values.
fn sheets_of(name: &str, bytes: &[u8], options: &Options) -> Result<Option<Sheets>, ProblemCode> {
    let mut sheets = Sheets::default();
    let mut is_message = false;
    let mut sheet = Vec::new();
    let mut take = |part: ContainerPart<'_>| match part {
        ContainerPart::Slice(slice) => sheet.extend_from_slice(&slice),
        ContainerPart::End(problem) => {
            sheet.push(b'\n');
            sheets.tables.push(std::mem::take(&mut sheet));
            let problem = problem.map(|code| Problem::in_file(code, name));
            sheets.problems.extend(problem);
        }
        ContainerPart::Stream { .. } => is_message = true,
        ContainerPart::File { .. } | ContainerPart::Sheet { .. } => {}
    };
    let unpack = options.host.unpack;
    if signature::detect(bytes).is_some() {
        unpack(bytes, false, &mut take)?;
    } else if tables::likely(bytes) == Some(Likely::Notation) {
        let text = encoding::decode(bytes, options.host.decode);
        match unpack(text.as_bytes(), false, &mut take) {
            Err(ProblemCode::UnknownFormat) => return Ok(None),
            unpacked => unpacked?,
        }
    } else {
        return Ok(None);
    }
    if is_message {
        return Err(ProblemCode::UnsupportedFormat);
    }
    Ok(Some(sheets))
}

/// The number of rows of reports that name a recipient, as far as it matters: none, one, or two.
fn rows(reports: &[Diagnosis]) -> usize {
    let recipients = reports.iter().flat_map(|one| &one.recipients);
    let mut lines = recipients
        .flat_map(|one| &one.attempts)
        .map(|attempt| attempt.line);
    let first = lines.next();
    usize::from(first.is_some()) + usize::from(lines.any(|line| Some(line) != first))
}

/// Whether it has a column that only a list of messages has.
fn lists_messages(report: &Diagnosis) -> bool {
    let lists = |column: &Column| matches!(column.role, Some(Role::Form | Role::MessageType));
    let mut columns = report.columns.iter().flat_map(|reading| &reading.columns);
    report.kind == Kind::Report && columns.any(lists)
}

fn has_one_column(report: &Diagnosis) -> bool {
    let reading = report.columns.as_ref();
    reading.is_some_and(|reading| reading.columns.len() == 1)
}

fn names_a_cause(diagnosis: &Diagnosis) -> bool {
    let has_cause =
        |recipient: &Recipient| recipient.cause != Cause::Unknown && recipient.state != State::None;
    diagnosis.recipients.iter().any(has_cause)
}
