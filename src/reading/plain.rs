//! Reads what is in no container: a mail, a table or a text.

use super::{EvidenceFile, mail};
use crate::formats::tables::{self, Likely};
use crate::formats::{csv, eml, encoding, repaired_rows, text};
use crate::model::{
    Cause, Column, Diagnosis, Format, Kind, Problem, ProblemCode, Recipient, Role, State,
};
use crate::suggestion::propose;

impl EvidenceFile {
    /// Reads a mail or a text.
    pub fn plain(&self, bytes: &[u8], found: &mut dyn FnMut(Diagnosis)) {
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
            && let Some(mail) = eml::read(front, self.options.host.decode)
        {
            let diagnosis = self.front_of_mail(&mail, front.len() < bytes.len());
            // Labels on cards may be those of a mail.
            if mail::is_ordinary(&diagnosis)
                && !mail.has_attachments()
                && tables::likely(bytes).is_some()
            {
                let (reports, _) = self.tables(bytes);
                if reports.iter().any(names_a_cause) {
                    return self.workbook(reports, found);
                }
            }
            return self.with_attachments(diagnosis, &mail, found);
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
        propose(self.diagnose(&text::read(bytes), name, Format::Text))
    }

    /// Reads the tables of a text that are not in separated values. Returns also what kept it from reading
    /// them all.
    fn tables(&self, bytes: &[u8]) -> (Vec<Diagnosis>, Option<ProblemCode>) {
        let text = repaired_rows::repair(encoding::decode(bytes, self.options.host.decode));
        let (sheets, unpacked) = self.unpack(text.as_bytes(), false, &mut |_| {});
        (sheets, unpacked.err())
    }
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
