//! Reads a table as a delivery report.

use super::attempt::AttemptReader;
use super::borrower::Borrower;
use super::cell_tally::CellTally;
use super::columns::{self, Columns, SAMPLE_ROWS};
use super::dates::Clues;
use super::history::History;
use super::message_list::Selection;
use super::people::{Named, each_recipient, person_name};
use super::recognition::detect_sender;
use super::row_problems::RowProblems;
use crate::formats::csv::{Row, Table};
use crate::model::{
    Action, Cause, DateOrder, Diagnosis, Format, Kind, Moment, Problem, ProblemCode, ProblemDetail,
    Recipient, Role,
};
use crate::options::Options;
use crate::senders::Policy;

/// Reads a table as a delivery report.
///
/// Never fails: a table without the columns of a report is [`Kind::Unreadable`], with a problem that
/// names the columns it has.
pub fn read(file: &str, format: Format, table: &Table<'_>, options: &Options) -> Diagnosis {
    let sample = table.rows().sample(SAMPLE_ROWS);
    let sender = options.sender.unwrap_or_else(|| detect_sender(&sample));
    let policy = Policy::of(sender);
    let chosen = options.columns.as_ref();
    let detected = columns::find(&sample, policy, chosen);
    let left_out = detected.left_out(file);
    let (columns, mut reading) = (detected.columns, detected.reading);
    let mut diagnosis = Diagnosis {
        file: file.to_owned(),
        kind: Kind::Report,
        format: Some(format),
        sender: Some(sender),
        recipients: Vec::new(),
        original: None,
        arrival: None,
        columns: None,
        problems: Vec::new(),
    };
    diagnosis.problems.extend(left_out);
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
    for doubt in detected.doubts {
        report(ProblemCode::ColumnChosen, doubt);
    }
    let clues = date_clues(table, &columns, options.now);
    let chosen_order = chosen.and_then(|choice| choice.date_order);
    let date_order = chosen_order.unwrap_or_else(|| {
        let (order, guessed) = clues.order();
        if let Some(date) = guessed {
            let cell = ProblemDetail::Cell(date.to_owned());
            report(ProblemCode::AmbiguousDates, cell);
        }
        order
    });
    reading.date_order = clues.is_needed().then_some(date_order);
    diagnosis.columns = Some(reading);

    let mut rows = ReportRows::new(&columns, policy, date_order);
    let mut all = table.rows();
    while let Some(row) = all.next_row() {
        rows.add(row);
    }
    let (recipients, problems) = rows.finish(file, options.now);
    diagnosis.recipients = recipients;
    diagnosis.problems.extend(problems);
    diagnosis
}

/// Everything read from the rows so far.
struct ReportRows<'a> {
    columns: &'a Columns,
    policy: &'a Policy,
    attempts: AttemptReader<'a>,
    history: History,
    /// Which rows count, in a list of messages.
    selection: Option<Selection>,
    /// Rows whose outcome is not known.
    unknown: CellTally,
    problems: RowProblems,
}

impl<'a> ReportRows<'a> {
    fn new(columns: &'a Columns, policy: &'a Policy, date_order: DateOrder) -> Self {
        Self {
            columns,
            policy,
            attempts: AttemptReader::new(columns, policy, date_order),
            history: History::default(),
            selection: policy.lists_messages().then(Selection::default),
            unknown: CellTally::default(),
            problems: RowProblems::default(),
        }
    }

    /// Reads one row: an attempt for each recipient that it names, and the problems of it.
    fn add(&mut self, row: Row<'_>) {
        let (columns, policy) = (self.columns, self.policy);
        if !columns.counts(row) {
            return;
        }
        if let Some(selection) = &mut self.selection
            && !selection.counts(row, columns, policy)
        {
            return;
        }
        let borrower = self.selection.as_ref().map(|_| borrower(row, columns));
        let (mut is_named, mut is_dated, mut is_known) = (false, true, true);
        let mut is_cut_off = false;
        let mut record = |named: Named<'_>| {
            let attempt = self.attempts.read(row, named.status);
            is_named = true;
            is_dated = attempt.at.is_some();
            is_known = attempt.action != Action::Unknown;
            let is_cut = attempt.text.ends_with('…') || attempt.text.ends_with("...");
            is_cut_off = attempt.cause == Cause::Unknown && is_cut;
            let person = self.history.add(named.who, attempt);
            if person.name.is_none() {
                person.name = match &borrower {
                    Some(borrower) => borrower.full_name(),
                    None => person_name(row, columns, named.beside),
                };
            }
            if person.customer.is_none() {
                person.customer = match &borrower {
                    Some(borrower) => borrower.number.map(Box::from),
                    None => columns.cell(row, Role::Customer).map(Box::from),
                };
            }
        };
        each_recipient(row, columns, borrower.as_ref(), &mut record);
        if !is_dated && let Some(date) = columns.cell(row, Role::Date) {
            let code = ProblemCode::UnreadableDate;
            self.problems.push_cell(code, row.line, date);
        }
        if !is_named {
            self.add_nameless(row);
        }
        if is_cut_off {
            self.problems.push(ProblemCode::CutOff, row.line);
        }
        if !is_known && columns.has(Role::Status) {
            let status = columns.cell(row, Role::Status).unwrap_or_default();
            self.unknown.add(Role::Status, status);
        }
    }

    /// Records a row that names nobody. Titles and totals have no status either: nothing is lost with them.
    fn add_nameless(&mut self, row: Row<'_>) {
        let written = self.columns.cell(row, Role::Address);
        let has_status = self.attempts.status(row, None).is_some();
        match written.filter(|cell| has_status || cell.contains('@')) {
            Some(cell) => self
                .problems
                .push_cell(ProblemCode::BrokenAddress, row.line, cell),
            None if has_status => self.problems.push(ProblemCode::RowWithoutAddress, row.line),
            None => {}
        }
    }

    /// The recipients with the state of delivery, and the problems of all rows.
    fn finish(self, file: &str, now: Moment) -> (Vec<Recipient>, Vec<Problem>) {
        let mut problems = self.problems.into_problems(file);
        let unknown = |detail| Problem::in_file(ProblemCode::UnknownStatus, file).because(detail);
        problems.extend(self.unknown.into_detail().map(unknown));
        let left_out = |selection: Selection| selection.into_problem(file);
        problems.extend(self.selection.and_then(left_out));
        (self.history.settle(self.policy, now), problems)
    }
}

fn borrower<'a>(row: Row<'a>, columns: &Columns) -> Borrower<'a> {
    Borrower::of(|role| columns.cell(row, role))
}

/// What the dates show of their order; where none of the first leaves a doubt, the others are not read.
fn date_clues(table: &Table<'_>, columns: &Columns, now: Moment) -> Clues {
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::formats::charset::decode;
    use crate::formats::csv;
    use crate::model::{ColumnChoice, LeftOut, Sender, State};

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
    fn pom_retries_for_48_hours_after_the_first_attempt() {
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
    fn what_arrived_wins_on_one_day_wherever_its_row_is() {
        let other = "b@example.be;10/03/2026;DELIVERED;\n";
        let failed = "a@example.be;12/03/2026;FAILED;The user's mailbox is full.\n";
        let arrived = "a@example.be;12/03/2026;DELIVERED;\n";
        for text in [
            format!("{other}{failed}{arrived}"),
            format!("{arrived}{failed}{other}"),
            format!("{other}{arrived}{failed}"),
        ] {
            let recipients = report(&text, NOW, None).recipients;
            let a = recipients
                .iter()
                .find(|person| person.address.starts_with('a'));
            assert_eq!(
                a.map(|person| person.state),
                Some(State::Delivered),
                "{text}"
            );
        }
    }

    #[test]
    fn events_of_one_message_are_ordered_by_time_then_by_meaning() {
        let header = "Event;Time;Email\n";
        let event = |what: &str, time: &str| format!("{what};12/03/2026 {time};a@example.be\n");
        let (sent, deferred) = (event("Sent", "08:00"), event("Deferred", "08:00"));
        let (bounced, delivered) = (event("Hard bounce", "08:00"), event("Delivered", "08:00"));
        let (opened, spam) = (event("Opened", "09:00"), event("Spam complaint", "10:00"));
        for (rows, cause, state) in [
            (
                [&sent, &delivered, &opened],
                Cause::Delivered,
                State::Delivered,
            ),
            ([&sent, &deferred, &bounced], Cause::Unknown, State::Failed),
            ([&sent, &deferred, &sent], Cause::Temporary, State::Retrying),
            ([&delivered, &spam, &opened], Cause::Complaint, State::None),
        ] {
            for order in [[0, 1, 2], [2, 1, 0], [1, 2, 0]] {
                let text: String = order.iter().map(|&row| rows[row].as_str()).collect();
                let person = only(&format!("{header}{text}"), NOW);
                assert_eq!((person.cause, person.state), (cause, state), "{text}");
            }
        }
    }

    #[test]
    fn a_reply_code_in_a_column_of_its_own_is_evidence() {
        let text = "address;code;error\na@example.be;550;\nb@example.be;250;\n\
                    c@example.be;552;mailbox full\nd@example.be;;\n";
        let report = report(text, NOW, None);
        let outcomes = report.recipients.iter();
        let outcomes: Vec<_> = outcomes
            .map(|person| (person.cause, person.state, person.attempts[0].reply_code))
            .collect();
        assert_eq!((outcomes[0].1, outcomes[0].2), (State::Failed, Some(550)));
        assert_eq!(outcomes[1], (Cause::Delivered, State::Delivered, Some(250)));
        assert_eq!(outcomes[2], (Cause::MailboxFull, State::Failed, Some(552)));
        assert_eq!(outcomes[3], (Cause::Unknown, State::None, None));
    }

    #[test]
    fn a_reason_may_be_in_any_column_that_is_called_so() {
        let text = "Email;Status;Failure type;Failure reason\n\
                    a@example.be;Bounced;Email bounced;550 5.1.1 User unknown\n\
                    b@example.be;Canceled;Opted Out;\nc@example.be;Exception;Mailbox full;\n\
                    d@example.be;Sent;;\n";
        let causes = report(text, NOW, None).recipients.into_iter();
        let causes: Vec<_> = causes.map(|person| person.cause).collect();
        let expected = [
            Cause::AddressUnknown,
            Cause::Unsubscribed,
            Cause::MailboxFull,
            Cause::Delivered,
        ];
        assert_eq!(causes, expected);
    }

    #[test]
    fn a_message_trace_has_a_status_beside_each_address() {
        let text = "sender_address,recipient_status\n\
                    x@example.org,\"a@example.be##Receive, Send;b@example.be##Receive, Fail\"\n";
        let recipients = report(text, NOW, None).recipients.into_iter();
        let states: Vec<_> = recipients
            .map(|person| (person.address, person.state))
            .collect();
        let expected = [
            ("a@example.be".to_owned(), State::Delivered),
            ("b@example.be".to_owned(), State::Failed),
        ];
        assert_eq!(states, expected);
    }

    #[test]
    fn a_broken_address_is_listed_as_it_is_written() {
        let text = "E-mail;Status\na@example.be;FAILED\nels@example,com;FAILED\n\
                    geert.example.com;FAILED\njos@@example.com;Betaald\n;FAILED\nTotaal;\n";
        let report = report(text, NOW, None);
        assert_eq!(report.recipients.len(), 1);
        let problems = report.problems.iter();
        let problems: Vec<_> = problems
            .map(|problem| {
                let written = match &problem.detail {
                    Some(ProblemDetail::Address(address)) => &*address.written,
                    _ => "",
                };
                (problem.code, problem.line, written)
            })
            .collect();
        let broken = |line, written| (ProblemCode::BrokenAddress, Some(line), written);
        let expected = [
            broken(3, "els@example,com"),
            broken(4, "geert.example.com"),
            broken(5, "jos@@example.com"),
            (ProblemCode::RowWithoutAddress, Some(6), ""),
        ];
        assert_eq!(problems, expected);
    }

    #[test]
    fn a_message_that_is_cut_off_before_its_reason_is_reported() {
        let text = "a@example.be;FAILED;The email was rejected by the recipient’s mail ser…\n\
                    b@example.be;FAILED;The user’s mailbox is full. It was ret…\nc@example.be;DELIVERED;Wel…\n";
        let report = report(text, NOW, None);
        let problems = report.problems.iter();
        let problems: Vec<_> = problems
            .map(|problem| (problem.code, problem.line))
            .collect();
        assert_eq!(problems, [(ProblemCode::CutOff, Some(1))]);
        assert_eq!(report.recipients[1].cause, Cause::MailboxFull);
    }

    #[test]
    fn a_status_that_is_not_known_is_not_a_failure() {
        let text = "E-mail;Status;Info\na@example.be;Betaald;\nb@example.be;;\n\
                    c@example.be;Betaald;mailbox full\nd@example.be;FAILED;\ne@example.be;DELIVERED;\n";
        let report = report(text, NOW, None);
        let outcomes = report.recipients.iter();
        let outcomes: Vec<_> = outcomes
            .map(|person| (person.cause, person.state))
            .collect();
        let unknown = (Cause::Unknown, State::None);
        let failed = |cause| (cause, State::Failed);
        assert_eq!(outcomes[..2], [unknown, unknown]);
        assert_eq!(outcomes[3], failed(Cause::Unknown));
        assert_eq!(outcomes[4], (Cause::Delivered, State::Delivered));
        assert_eq!(outcomes[2].0, Cause::MailboxFull);
        let [problem] = &report.problems[..] else {
            panic!("{:?}", report.problems);
        };
        assert_eq!(problem.code, ProblemCode::UnknownStatus);
        let row = |cell: &str| LeftOut {
            role: Role::Status,
            cell: cell.to_owned(),
            rows: 1,
        };
        let detail = ProblemDetail::LeftOut(2, vec![row("Betaald"), row("")]);
        assert_eq!(problem.detail, Some(detail));
    }

    #[test]
    fn a_person_may_choose_the_columns() {
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
    fn a_choice_without_addresses_reports_what_is_missing() {
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
    fn in_a_list_of_messages_a_number_or_a_name_identifies_the_recipient() {
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
    fn rows_about_anything_but_bounced_mail_are_reported_once() {
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
    fn a_list_of_messages_is_read_as_a_person_chooses() {
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
