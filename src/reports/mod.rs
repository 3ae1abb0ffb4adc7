//! Delivery reports: tables of attempts to reach an address.
//!
//! Which column holds what is found by its contents; each row becomes an attempt whose cause the
//! rules name; the attempts of one address together tell where delivery stands.

mod borrower;
mod cells;
mod columns;
pub mod customers;
mod dates;
mod expected;
mod headers;
pub mod history;
mod message_list;
mod numeric_dates;
mod worded_dates;

pub use expected::not_attempted;

use crate::address;
use crate::formats::csv::{Record, Row, Table};
use crate::model::{
    Action, Attempt, Cause, DateOrder, Diagnosis, Format, Kind, Moment, Problem, ProblemCode,
    ProblemDetail, Role, Sender, Span,
};
use crate::options::Options;
use crate::rules::{self, Evidence};
use crate::senders::Policy;
use borrower::Borrower;
use columns::Columns;
use dates::Clues;
use history::Who;
use message_list::Selection;
use std::borrow::Cow;
use std::sync::Arc;

/// Rows that are looked at to find the columns; enough to see past titles and empty cells.
const SAMPLE_ROWS: usize = 200;

/// How many rows of the same trouble are named one by one; the rest of them is told as a number.
const ROWS_NAMED: usize = 5;

/// For how many different messages the verdict is remembered.
const MESSAGES_KEPT: usize = 50;

/// Reads a table as a delivery report.
pub fn read(file: &str, format: Format, table: &Table<'_>, options: &Options) -> Diagnosis {
    let sample = table.rows().sample(SAMPLE_ROWS);
    let sender = options.sender.unwrap_or_else(|| recognise_sender(&sample));
    let policy = Policy::of(sender);
    let found = columns::find(&sample, policy, options.columns.as_ref());
    let (columns, mut reading) = (found.columns, found.reading);
    let mut diagnosis = Diagnosis {
        file: file.to_owned(),
        kind: Kind::Report,
        format: Some(format),
        sender: Some(sender),
        recipients: Vec::new(),
        original: None,
        columns: None,
        problems: Vec::new(),
    };
    let mut report = |code, detail| {
        let problem = Problem::in_file(code, file);
        diagnosis.problems.push(problem.because(detail));
    };
    if let Some(missing) = columns.missing(policy) {
        report(missing, columns::seen(&reading));
        diagnosis.kind = Kind::Unreadable;
        diagnosis.columns = Some(reading);
        return diagnosis;
    }
    for doubt in found.doubts {
        report(ProblemCode::ColumnChosen, doubt);
    }
    let clues = clues(table, &columns, options.now);
    let chosen = options.columns.as_ref();
    let order = chosen
        .and_then(|choice| choice.date_order)
        .unwrap_or_else(|| {
            let (order, guessed) = clues.order();
            if let Some(date) = guessed {
                report(
                    ProblemCode::AmbiguousDates,
                    ProblemDetail::Cell(date.to_owned()),
                );
            }
            order
        });
    reading.date_order = clues.is_needed().then_some(order);
    diagnosis.columns = Some(reading);

    let mut history = history::History::default();
    let mut troubles = Troubles::default();
    let mut messages = Messages::default();
    let mut selection = policy.lists_messages().then(Selection::default);
    let mut rows = table.rows();
    while let Some(row) = rows.next_row() {
        if !columns.counts(row) {
            continue;
        }
        let is_left_out = |selection: &mut Selection| !selection.counts(row, &columns, policy);
        if selection.as_mut().is_some_and(is_left_out) {
            continue;
        }
        let borrower = selection.is_some().then(|| Borrower::of(row, &columns));
        let (mut is_named, mut is_dated) = (false, true);
        let mut note = |name: Option<&str>, who: Who<'_>| {
            let attempt = attempt(row, &columns, policy, order, &mut messages);
            is_named = true;
            is_dated = attempt.at.is_some();
            let person = history.add(who, attempt);
            if person.name.is_none() {
                person.name = match &borrower {
                    Some(borrower) => borrower.full_name(),
                    None => person_name(row, &columns, name),
                };
            }
            if person.customer.is_none() {
                person.customer = match &borrower {
                    Some(borrower) => borrower.number.map(Box::from),
                    None => columns.cell(row, Role::Customer).map(Box::from),
                };
            }
        };
        each_recipient(row, &columns, borrower.as_ref(), &mut note);
        let status = columns.cell(row, Role::Status);
        if !is_dated && columns.cell(row, Role::Date).is_some() {
            troubles.push(ProblemCode::UnreadableDate, row.line);
        }
        // Titles and totals have no status either: nothing is lost with them.
        if !is_named && status.is_some_and(|status| policy.action(status).is_some()) {
            troubles.push(ProblemCode::RowWithoutAddress, row.line);
        }
    }
    diagnosis.recipients = history.settle(policy, options.now);
    diagnosis.problems.extend(troubles.into_problems(file));
    let left_out = selection.and_then(|selection| selection.into_problem(file));
    diagnosis.problems.extend(left_out);
    diagnosis
}

/// Everyone that a row names: by address, else, in a list of messages, by an address among other words
/// or by what stands for it.
fn each_recipient(
    row: Row<'_>,
    columns: &Columns,
    borrower: Option<&Borrower<'_>>,
    found: &mut dyn FnMut(Option<&str>, Who<'_>),
) {
    let cell = |role| columns.cell(row, role).unwrap_or_default();
    let mut is_addressed = false;
    address::each(cell(Role::Address), |name, address| {
        is_addressed = true;
        found(name, Who::Address(address));
    });
    let Some(borrower) = borrower.filter(|_| !is_addressed) else {
        return;
    };
    let beside = [Role::Customer, Role::Name].map(cell);
    // What a server says may name other addresses further on.
    let told = address::within(cell(Role::Message)).take(1);
    let mut addresses: Vec<&str> = beside
        .into_iter()
        .flat_map(address::within)
        .chain(told)
        .collect();
    addresses.sort_unstable();
    addresses.dedup();
    for address in &addresses {
        found(None, Who::Address(address));
    }
    if let (true, Some(number)) = (addresses.is_empty(), borrower.number) {
        found(None, Who::Customer(number));
    } else if let (true, Some(name)) = (addresses.is_empty(), borrower.full_name()) {
        found(None, Who::Name(&name));
    }
}

/// POM writes its status in capitals, and has messages of its own; Wise lists messages.
fn recognise_sender(sample: &[Record]) -> Sender {
    let pom = Policy::of(Sender::Pom);
    let literal = |cell: &str| {
        pom.delivered
            .iter()
            .chain(pom.failed)
            .any(|word| *word == cell)
    };
    let speaks_pom = |cell: &str| {
        cell.contains(' ')
            && rules::diagnose(&Evidence {
                text: cell,
                ..Evidence::default()
            })
            .is_some_and(|verdict| verdict.rule.starts_with("pom/"))
    };
    let mut cells = sample.iter().flat_map(|record| record.row().cells());
    if cells.any(|cell| literal(cell) || speaks_pom(cell)) {
        Sender::Pom
    } else if message_list::is_by(Policy::of(Sender::Wise), sample) {
        Sender::Wise
    } else {
        Sender::Other
    }
}

/// What the dates tell about their order; where none of the first leaves a doubt, the rest is not
/// looked at.
fn clues(table: &Table<'_>, columns: &Columns, now: Moment) -> Clues {
    let mut clues = Clues::default();
    let mut rows = table.rows();
    let mut seen = 0;
    while let Some(row) = rows.next_row() {
        seen += 1;
        if clues.is_certain() || seen > SAMPLE_ROWS && !clues.is_open() {
            break;
        }
        if let Some(date) = columns.cell(row, Role::Date) {
            clues.add(date, now);
        }
    }
    clues
}

/// The name in the columns for it, or else the one beside the address.
fn person_name(row: Row<'_>, columns: &Columns, beside: Option<&str>) -> Option<Box<str>> {
    let cell = |role| columns.cell(row, role);
    match (cell(Role::FirstName), cell(Role::Name)) {
        (Some(first), Some(last)) => Some(format!("{first} {last}").into()),
        (first, last) => first.or(last).or(beside).map(Box::from),
    }
}

/// What one row says.
fn attempt(
    row: Row<'_>,
    columns: &Columns,
    policy: &Policy,
    order: DateOrder,
    messages: &mut Messages,
) -> Attempt {
    let cell = |role| columns.cell(row, role);
    let status = cell(Role::Status).unwrap_or_default();
    let action = policy.action(status).unwrap_or(Action::Failed);
    let message = cell(Role::Message).filter(|_| action != Action::Delivered);
    let said = messages.about(message.unwrap_or(status));
    let verdict = said.verdict.filter(|_| message.is_some());
    let at = cell(Role::Date).and_then(|date| dates::parse(date, cell(Role::Time), order));
    let (cause, rule, matched) = match (action, verdict) {
        (Action::Delivered, _) => (Cause::Delivered, "report/delivered", Some(said.whole)),
        (_, Some(verdict)) => (verdict.cause, verdict.rule, verdict.matched),
        (Action::Delayed, None) => (Cause::Temporary, rules::UNRECOGNISED, None),
        (_, None) => (Cause::Unknown, rules::UNRECOGNISED, None),
    };
    Attempt {
        at,
        action,
        cause,
        text: said.text,
        rule: Cow::Borrowed(rule),
        matched,
        line: Some(row.line),
        document: cell(Role::Document).map(Box::from),
        message_type: cell(Role::MessageType).map(|cell| policy.code(cell).into()),
        reply_code: None,
        status: None,
        remote: None,
    }
}

/// What the rules say about each message. A report has thousands of rows and a handful of messages,
/// so few that looking at each is faster than hashing one.
#[derive(Default)]
struct Messages(Vec<(Box<str>, Said)>);

/// The words of a cell, and what they come to.
#[derive(Clone)]
struct Said {
    /// White space folded.
    text: Arc<str>,
    whole: Span,
    verdict: Option<Verdict>,
}

/// What stays of a [`rules::Verdict`] about a whole message.
#[derive(Clone, Copy)]
struct Verdict {
    cause: Cause,
    rule: &'static str,
    matched: Option<Span>,
}

impl Messages {
    fn about(&mut self, cell: &str) -> Said {
        if let Some((_, said)) = self.0.iter().find(|(known, _)| **known == *cell) {
            return said.clone();
        }
        let said = Said::of(cell);
        // Where every message differs, as with an address in it, remembering them gains nothing.
        if self.0.len() < MESSAGES_KEPT {
            self.0.push((cell.into(), said.clone()));
        }
        said
    }
}

impl Said {
    fn of(cell: &str) -> Self {
        let words: Vec<&str> = cell.split_whitespace().collect();
        let text: Arc<str> = words.join(" ").into();
        let verdict = rules::diagnose(&Evidence {
            text: &text,
            ..Evidence::default()
        });
        let verdict = verdict.map(|verdict| Verdict {
            cause: verdict.cause,
            rule: verdict.rule,
            matched: verdict.matched.map(|bytes| Span::of_bytes(&text, bytes)),
        });
        let whole = Span::of_bytes(&text, 0..text.len());
        Self {
            text,
            whole,
            verdict,
        }
    }
}

/// Rows that could not be read wholly, kept short: a broken column must not bury the results.
#[derive(Default)]
struct Troubles(Vec<(ProblemCode, Vec<u32>)>);

impl Troubles {
    fn push(&mut self, code: ProblemCode, line: u32) {
        match self.0.iter_mut().find(|(known, _)| *known == code) {
            Some((_, lines)) => lines.push(line),
            None => self.0.push((code, vec![line])),
        }
    }

    fn into_problems(self, file: &str) -> Vec<Problem> {
        let mut problems = Vec::new();
        for (code, lines) in self.0 {
            let named = lines.iter().take(ROWS_NAMED);
            problems.extend(named.map(|line| Problem::at_line(code, file, *line)));
            if let Some(rest) = lines.len().checked_sub(ROWS_NAMED).filter(|rest| *rest > 0) {
                problems.push(
                    Problem::in_file(code, file).because(ProblemDetail::MoreRows(rest as u32)),
                );
            }
        }
        problems
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::formats::charset::decode;
    use crate::formats::csv;
    use crate::model::LeftOut;
    use crate::model::{ColumnChoice, Recipient, State};

    fn report(text: &str, now: &str, columns: Option<ColumnChoice>) -> Diagnosis {
        let table = csv::read(text.as_bytes(), decode).expect("a table");
        let options = Options {
            columns,
            ..Options::new(Moment::parse_rfc3339(now).expect("a moment"))
        };
        read("rapport.csv", Format::Csv, &table, &options)
    }

    fn only(text: &str, now: &str) -> Recipient {
        let mut recipients = report(text, now, None).recipients;
        assert_eq!(recipients.len(), 1);
        recipients.remove(0)
    }

    const NOW: &str = "2026-03-12T13:00:00+01:00";

    #[test]
    fn pom_tries_for_48_hours_after_the_first_attempt() {
        let text = "a@example.be;10/03/2026 08:00;FAILED;Retrying might result in a successful delivery.\n\
                    a@example.be;11/03/2026 08:00;FAILED;The user's mailbox is full.\n";
        for (now, state) in [
            ("2026-03-12T07:59:59+01:00", State::Retrying),
            ("2026-03-12T08:00:00+01:00", State::GaveUp),
        ] {
            let person = only(text, now);
            assert_eq!((person.state, person.cause), (state, Cause::MailboxFull));
            let until = person.retry_until.expect("a moment").to_string();
            assert_eq!(until, "2026-03-12T08:00:00+01:00");
        }
    }

    #[test]
    fn an_address_on_the_list_is_traced_back_to_what_put_it_there() {
        let refused =
            "a@example.be;01/02/2026;FAILED;It will be blacklisted to prevent further bounces.\n";
        let listed = "a@example.be;12/03/2026;FAILED;EmailAddress of recipient is blacklisted.\n";
        let person = only(&format!("{listed}{refused}"), NOW);
        assert_eq!(person.cause, Cause::Suppressed);
        let (place, attempt) = person.refused_by().expect("the refusal");
        assert_eq!((place, attempt.cause), (0, Cause::Refused));
        assert_eq!(only(listed, NOW).refused_by(), None);
        assert_eq!(only(refused, NOW).refused_by(), None);
    }

    #[test]
    fn attempts_on_one_day_stand_in_the_order_of_the_report() {
        let other = "b@example.be;10/03/2026;DELIVERED;\n";
        let failed = "a@example.be;12/03/2026;FAILED;The user's mailbox is full.\n";
        let arrived = "a@example.be;12/03/2026;DELIVERED;\n";
        for (text, state) in [
            (format!("{other}{failed}{arrived}"), State::Delivered),
            (format!("{arrived}{failed}{other}"), State::Delivered),
            (format!("{other}{arrived}{failed}"), State::Retrying),
        ] {
            let recipients = report(&text, NOW, None).recipients;
            let a = recipients
                .iter()
                .find(|person| person.address.starts_with('a'));
            assert_eq!(a.map(|person| person.state), Some(state), "{text}");
        }
    }

    #[test]
    fn a_person_may_say_what_the_columns_hold() {
        let text = "a@example.be;b@example.be;03/02/2026;FAILED\n";
        let roles = [
            None,
            Some(Role::Address),
            Some(Role::Date),
            Some(Role::Status),
        ];
        let choice = ColumnChoice {
            roles: roles.into(),
            date_order: Some(DateOrder::MonthFirst),
        };
        let report = report(text, NOW, Some(choice));
        assert_eq!(report.recipients[0].address, "b@example.be");
        let at = report.recipients[0].attempts[0].at.expect("a date");
        assert_eq!(at.to_string(), "2026-03-02T00:00:00+01:00");
        let reading = report.columns.expect("a reading");
        let read: Vec<_> = reading.columns.iter().map(|column| column.role).collect();
        assert_eq!(read, roles);
        assert_eq!(reading.date_order, Some(DateOrder::MonthFirst));
        assert_eq!(report.problems, []);
    }

    #[test]
    fn a_choice_without_addresses_says_what_is_missing() {
        let report = report("a@example.be;FAILED\n", NOW, Some(ColumnChoice::default()));
        assert_eq!(report.problems[0].code, ProblemCode::NoAddressColumn);
        assert!(report.columns.is_some());
    }

    #[test]
    fn pom_is_pom_whatever_its_columns_are_called() {
        let text = "E-mail;Berichtstatus;Berichtvorm;Info\na@example.be;FAILED;M;Domain Error\n\
                    b@example.be;R;M;\n";
        let report = report(text, NOW, None);
        assert_eq!(report.sender, Some(Sender::Pom));
        assert_eq!(report.recipients.len(), 2);
    }

    const WISE: &str = "Datum;Status;Vorm;Soort;Lener;Info\n";

    #[test]
    fn in_a_list_of_messages_the_number_or_the_name_stands_for_the_address() {
        let text = format!(
            "{WISE}24/02/2026;R;M;HR2;12345678 Peeters, Marc;Unknown user\n\
             03/02/2026;R;M;HR1;12345678;Over_quota\n03/02/2026;R;M;HR1;Maes, Bo;Geen idee\n\
             02/02/2026;R;M;HR1;MAES, BO;Disableduser\n01/02/2026;R;M;HR1;;Unknown user\n"
        );
        let report = report(&text, NOW, None);
        assert_eq!(report.sender, Some(Sender::Wise));
        let [marc, bo] = &report.recipients[..] else {
            panic!("two borrowers: {:?}", report.recipients);
        };
        assert_eq!(
            (&*marc.address, marc.customer.as_deref()),
            ("", Some("12345678"))
        );
        assert_eq!(marc.name.as_deref(), Some("Peeters, Marc"));
        // The last bounce decides, whatever kind of message it was about.
        assert_eq!(
            (marc.state, marc.cause),
            (State::Failed, Cause::AddressUnknown)
        );
        let types = marc
            .attempts
            .iter()
            .map(|attempt| attempt.message_type.as_deref());
        assert!(types.eq([Some("HR1"), Some("HR2")]));
        assert_eq!((bo.customer.as_deref(), bo.attempts.len()), (None, 2));
        assert_eq!(
            (bo.cause, &*bo.attempts[1].text),
            (Cause::Unknown, "Geen idee")
        );
        let lost: Vec<_> = report.problems.iter().map(|problem| problem.code).collect();
        assert_eq!(lost, [ProblemCode::RowWithoutAddress]);
    }

    #[test]
    fn what_is_no_mail_that_bounced_is_told_once() {
        let rows = "13/02/2026;V;M;HR1;12345678;\n13/02/2026;R;F - post;HR1;23456789;\n".repeat(9);
        let bounced = "13/02/2026;R;M;HR1;34567890;\n";
        let problem = |text: &str| {
            let report = report(text, NOW, None);
            assert_eq!(report.problems.len(), 1, "{:?}", report.problems);
            let problem = &report.problems[0];
            let detail = problem.detail.clone().expect("what was left out");
            (report.recipients.len(), problem.code, detail)
        };
        let (people, code, detail) = problem(&format!("{WISE}{rows}{bounced}"));
        assert_eq!((people, code), (1, ProblemCode::RowsLeftOut));
        let left_out = |role, cell: &str| LeftOut {
            role,
            cell: cell.to_owned(),
            rows: 9,
        };
        let reasons = vec![left_out(Role::Status, "V"), left_out(Role::Form, "F")];
        assert_eq!(detail, ProblemDetail::LeftOut(18, reasons));
        let (people, code, _) = problem(&format!("{WISE}{rows}"));
        assert_eq!((people, code), (0, ProblemCode::NoBouncedMail));
    }

    #[test]
    fn a_list_of_messages_is_read_as_a_person_says() {
        let text = "12345678;23456789;Claes An;R - onherstelbaar;M\n\
                    12345678;34567890;Maes Bo;R - onherstelbaar;M\n";
        let roles = [
            None,
            Some(Role::Customer),
            Some(Role::Name),
            Some(Role::Status),
            Some(Role::MessageType),
        ];
        let choice = ColumnChoice {
            roles: roles.into(),
            date_order: None,
        };
        let report = report(text, NOW, Some(choice));
        let an = &report.recipients[0];
        assert_eq!(an.customer.as_deref(), Some("23456789"));
        assert_eq!(an.attempts[0].message_type.as_deref(), Some("M"));
        assert_eq!(report.problems, []);
    }

    #[test]
    fn very_wide_and_very_long_rows_are_read() {
        let padding = ";x".repeat(500);
        let wide = format!("E-mail;Status{padding}\na@example.be;FAILED{padding}\n");
        assert_eq!(report(&wide, NOW, None).recipients.len(), 1);
        let words = "lang ".repeat(200_000);
        let long = format!("E-mail;Status;Reden\na@example.be;FAILED;{words}mailbox full\n");
        let report = report(&long, NOW, None);
        assert_eq!(report.recipients[0].cause, Cause::MailboxFull);
        let reading = serde_json::to_string(&report.columns).expect("plain data");
        assert!(reading.len() < 1_000);
    }
}
