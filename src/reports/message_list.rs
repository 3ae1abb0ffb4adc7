//! Lists of messages: every form and status, of which only the mails that bounced count.
//!
//! OCLC Wise makes one (Berichten > Overzichten > Overzicht berichten, "2 - detail"). What its codes
//! mean is in `crates/senders/wise.toml`.

use super::cell_tally::CellTally;
use super::columns::Columns;
use super::{cells, headers};
use crate::formats::csv::{Record, Row};
use crate::model::{Action, Problem, ProblemCode, Role};
use crate::senders::{Policy, statuses};

/// Whether the first rows of a table are those of such a list by this system.
///
/// Its codes are single letters, so that one of them proves nothing: the titles, or a second code in
/// the row, have to agree. Words that other systems have for a status speak against it.
pub fn is_by(policy: &Policy, sample: &[Record]) -> bool {
    let rows = || sample.iter().map(Record::row);
    let bounced = |cell: &str| policy.own_action(cell) == Some(Action::Failed);
    let mailed = |cell: &str| policy.is_mail_form(cell);
    let titled = |is_status: &dyn Fn(&str) -> bool| {
        rows().filter_map(titles).any(|(status, form)| {
            let fits = |row: Row<'_>| {
                row.cell(form).is_some_and(mailed) && row.cell(status).is_some_and(is_status)
            };
            rows().any(fits)
        })
    };
    if titled(&bounced) {
        return true;
    }
    let mut cells = rows().flat_map(Row::cells);
    if cells.any(|cell| statuses::meaning(cell).is_some()) {
        return false;
    }
    let two_codes = |row: &Row<'_>| {
        let agrees = |cell: &str| mailed(cell) || policy.has_type(cell);
        row.cells().any(bounced) && row.cells().any(agrees)
    };
    let is_letter = |cell: &str| policy.code(cell).chars().count() == 1;
    rows().filter(two_codes).count() * 2 > sample.len()
        || rows().any(|row| row.cells().any(|cell| policy.has_own_words(cell)))
        || titled(&is_letter)
}

/// The places of the status and the form in a row of titles.
fn titles(row: Row<'_>) -> Option<(usize, usize)> {
    let place = |role| row.cells().position(|cell| headers::is_called(cell, role));
    let (status, form) = (place(Role::Status)?, place(Role::Form)?);
    (status != form).then_some((status, form))
}

/// Separates the rows that count from the others, and records why.
#[derive(Debug, Default)]
pub struct Selection {
    counted: u32,
    left_out: CellTally,
}

impl Selection {
    /// Whether a row is about a mail that bounced. A column that is not there says nothing against it,
    /// and neither does a cell that does not name a form.
    pub fn counts(&mut self, row: Row<'_>, columns: &Columns, policy: &Policy) -> bool {
        let cell = |role| columns.cell(row, role);
        let has_status = columns.has(Role::Status);
        let telling = if has_status {
            Role::Status
        } else {
            Role::Message
        };
        let is_message = [telling, Role::Form]
            .into_iter()
            .any(|role| cell(role).is_some())
            || cell(Role::Date).is_some_and(cells::is_date);
        if !is_message {
            // A title or a total.
            return false;
        }
        let status = has_status.then(|| cell(Role::Status).unwrap_or_default());
        let reason = match (status, cell(Role::Form)) {
            (Some(status), _)
                if policy.status(status).map(|known| known.action) != Some(Action::Failed) =>
            {
                Some((Role::Status, status))
            }
            (_, Some(form)) if !policy.is_mail_form(form) => Some((Role::Form, form)),
            _ => None,
        };
        match reason {
            Some((role, cell)) => self.left_out.add(role, policy.code(cell)),
            None => self.counted += 1,
        }
        reason.is_none()
    }

    /// The rows that do not count, as one problem.
    pub fn into_problem(self, file: &str) -> Option<Problem> {
        let code = if self.counted == 0 {
            ProblemCode::NoBouncedMail
        } else {
            ProblemCode::RowsLeftOut
        };
        let detail = self.left_out.into_detail()?;
        Some(Problem::in_file(code, file).because(detail))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::formats::charset::decode;
    use crate::formats::csv;
    use crate::model::Sender;

    fn is_by_wise(text: &str) -> bool {
        let table = csv::read(text.as_bytes(), decode).expect("a table");
        let sample = table.rows().sample(usize::MAX);
        is_by(Policy::of(Sender::Wise), &sample)
    }

    #[test]
    fn titles_or_two_codes_identify_the_list() {
        for text in [
            "Status;Vorm;Lener\nR;M;12345678\nV;F;23456789\n",
            "Berichtvorm;Berichtstatus;Klant\nM - mail;R - onherstelbaar;Claes, An\n",
            "Status;Vorm;Lener\nV;M;12345678\n",
            // One in which another system's word for a status occurs.
            "Status;Vorm;Info\nR;M;Bounced\n",
            "Claes, An;R;M\nMaes, Bo;R;M\n",
            "Claes, An;R;HR1\nMaes, Bo;R;RSO\n",
            "12345678;R - onherstelbaar\n23456789;R - onherstelbaar\n",
            "12345678;Disableduser\n23456789;Over_quota\n",
        ] {
            assert!(is_by_wise(text), "{text}");
        }
    }

    #[test]
    fn a_report_of_another_system_is_not_such_a_list() {
        for text in [
            "Vorm;Status;E-mail\nM;bounced;an@example.be\nM;sent;bo@example.be\n",
            "Onderwijsvorm;Status;E-mail\nASO;R;an@example.be\nTSO;V;bo@example.be\n",
            "Kanaal;Status;E-mail\nmail;mislukt;an@example.be\nsms;ok;bo@example.be\n",
            "E-mail;Reden\nan@example.be;Unknown user\nbo@example.be;Unknown address\n",
            "E-mail;Status;Reden\nan@example.be;failed;Domain Error\nbo@example.be;sent;\n",
            "Naam;Geslacht;Klas\nClaes, An;V;R\nMaes, Bo;M;R\nPeeters, Mia;V;S\n",
        ] {
            assert!(!is_by_wise(text), "{text}");
        }
    }
}
