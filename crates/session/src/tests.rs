//! Tests a session as a person uses it, request by request.

use super::arrivals::MOST_ARRIVED;
use super::*;
use bezorgd_model::{
    Arrival, Cause, Change, Day, Diagnosis, Kind, NextStep, ProblemCode, Sender, State,
};
use bezorgd_protocol::wire;
use bezorgd_protocol::{ExportForm, ExportList, Filter, ListRow, NoHit, Purpose, Sort};
use bezorgd_senders::Policy;
use bezorgd_senders::counter::{Counted, Step, Tally, Thresholds};
use bezorgd_senders::message_types::Letter;
use bezorgd_words::{Language, Words};
use serde::Serialize;
use serde::de::DeserializeOwned;
use std::fmt::Debug;

fn words() -> &'static Words {
    Language::Dutch.words()
}

const FIRST: &str = "mia@example.be;12/03/2026 08:00;FAILED;The user's mailbox is full.\n\
                     jos@example.be;12/03/2026 08:00;FAILED;DocumentId already used.\n";
const SECOND: &str = "mia@example.be;13/03/2026 09:00;DELIVERED;\n";

fn session() -> Session {
    let now = Moment::parse_rfc3339("2026-03-13T12:00:00+01:00").expect("a valid date");
    Session::new(now, words(), Host::default())
}

fn ask(session: &mut Session, request: Request) -> Vec<Event> {
    let mut events = Vec::new();
    session.handle(arrived_as_sent(&request), &mut |event| {
        events.push(on_page(&arrived_as_sent(&event)));
    });
    events
}

/// A message after its way between page and worker.
fn arrived_as_sent<T: Serialize + DeserializeOwned + PartialEq + Debug>(message: &T) -> T {
    let bytes = wire::to_bytes(message).expect("plain data");
    let read = wire::from_bytes(&bytes).expect("the same version");
    assert_eq!(&read, message);
    read
}

/// An event as the page gets it.
fn on_page(event: &Event) -> Event {
    let bytes = wire::to_page(event).expect("plain data");
    wire::from_bytes(&bytes).expect("the same version")
}

fn give(session: &mut Session, name: &str, text: &str) -> Overview {
    give_as(session, Purpose::Evidence, name, text)
}

fn give_as(session: &mut Session, purpose: Purpose, name: &str, text: &str) -> Overview {
    ask(
        session,
        Request::Open {
            file: 1,
            name: name.to_owned(),
            purpose,
            columns: None,
        },
    );
    for slice in text.as_bytes().chunks(10) {
        session.slice(slice, &mut |_| {});
    }
    let events = ask(session, Request::Finish);
    assert_eq!(events.last(), Some(&Event::Closed));
    ask(session, Request::Conclude);
    session.overview()
}

/// An export, its parts joined.
fn export(session: &mut Session, filter: Filter, list: ExportList, form: ExportForm) -> Vec<u8> {
    let events = ask(session, Request::Export { filter, list, form });
    assert_eq!(events.last(), Some(&Event::Exported));
    let parts = events.into_iter().filter_map(|event| match event {
        Event::Part(part) => Some(part),
        _ => None,
    });
    parts.flatten().collect()
}

fn list(session: &mut Session, filter: Filter) -> Vec<ListRow> {
    match ask(
        session,
        Request::List {
            filter,
            offset: 0,
            limit: 10,
        },
    )
    .pop()
    {
        Some(Event::Listing { rows, .. }) => rows,
        other => panic!("no list but {other:?}"),
    }
}

#[test]
fn a_later_report_updates_an_earlier_one() {
    let mut session = session();
    let overview = give(&mut session, "eerste.csv", FIRST);
    assert_eq!(
        overview.next_steps,
        [(NextStep::CallHelpdesk, 1), (NextStep::Wait, 1)]
    );
    let overview = give(&mut session, "tweede.csv", SECOND);
    assert_eq!(
        overview.next_steps,
        [(NextStep::CallHelpdesk, 1), (NextStep::LookInSpam, 1)]
    );
    assert_eq!((overview.files, overview.recipients), (2, 2));

    let rows = list(
        &mut session,
        Filter {
            search: "MIA".into(),
            ..Filter::default()
        },
    );
    assert_eq!(rows.len(), 1);
    let Some(Event::Shown(mia)) = ask(&mut session, Request::Show { id: rows[0].id }).pop() else {
        panic!("mia is not shown")
    };
    assert_eq!(mia.recipient.state, State::Delivered);
    let files: Vec<&str> = mia.sources.iter().map(|source| &*source.file).collect();
    assert_eq!(files, ["eerste.csv", "tweede.csv"]);
}

#[test]
fn the_rules_shown_are_those_of_the_document_that_did_not_arrive() {
    let mut session = session();
    give(
        &mut session,
        "rapport.csv",
        "E-mail;Factuur;Datum;Status;Omschrijving\n\
         mia@example.be;F1;12/03/2026 08:00;FAILED;DocumentId already used.\n\
         mia@example.be;F2;12/03/2026 09:00;DELIVERED;\n",
    );
    let Some(Event::Shown(mia)) = ask(&mut session, Request::Show { id: 0 }).pop() else {
        panic!("mia is not shown")
    };
    let (_, deciding) = mia.recipient.deciding().expect("an attempt");
    assert_eq!(deciding.cause, Cause::DocumentReused);
    assert_eq!(mia.rules[0].rule, deciding.rule);
}

#[test]
fn the_order_in_which_reports_are_given_does_not_matter() {
    let mut session = session();
    give(&mut session, "tweede.csv", SECOND);
    give(&mut session, "eerste.csv", FIRST);
    let rows = list(
        &mut session,
        Filter {
            search: "mia".into(),
            ..Filter::default()
        },
    );
    assert_eq!(
        (rows[0].state, rows[0].cause),
        (State::Delivered, Cause::Delivered)
    );
}

#[test]
fn the_list_shows_the_worst_first_and_obeys_the_filter() {
    let mut session = session();
    give(&mut session, "eerste.csv", FIRST);
    let rows = list(&mut session, Filter::default());
    assert_eq!(
        rows.iter().map(|row| row.next_step).collect::<Vec<_>>(),
        [NextStep::CallHelpdesk, NextStep::Wait]
    );
    let rows = list(
        &mut session,
        Filter {
            next_step: Some(NextStep::Wait),
            ..Filter::default()
        },
    );
    assert_eq!(
        rows.iter().map(|row| &*row.address).collect::<Vec<_>>(),
        ["mia@example.be"]
    );
    assert!(
        list(
            &mut session,
            Filter {
                search: "niemand".into(),
                ..Filter::default()
            }
        )
        .is_empty()
    );
}

#[test]
fn the_list_has_the_requested_order() {
    const REPORT: &str = "Mia@example.be;12/03/2026 08:00;FAILED;The user's mailbox is full.\n\
        jos@example.be;11/03/2026 08:00;FAILED;DocumentId already used.\n\
        Ann@example.be;13/03/2026 08:00;DELIVERED;\n\
        anna@example.be;;DELIVERED;\n";
    let mut session = session();
    give(&mut session, "rapport.csv", REPORT);
    let mut order = |sort| {
        let filter = Filter {
            sort,
            ..Filter::default()
        };
        let rows = list(&mut session, filter).into_iter();
        let names = rows.map(|row| row.address.split('@').next().unwrap_or("").to_owned());
        names.collect::<Vec<_>>().join(" ")
    };
    assert_eq!(order(Sort::Address), "Ann anna jos Mia");
    assert_eq!(order(Sort::NextStep), "jos Mia Ann anna");
    assert_eq!(order(Sort::Latest), "Ann Mia jos anna");
    assert_eq!(order(Sort::Cause), "Mia jos Ann anna");
}

#[test]
fn the_list_follows_files_read_after_it_was_requested() {
    let mut session = session();
    give(&mut session, "eerste.csv", FIRST);
    let example = || Filter {
        search: "@example".into(),
        ..Filter::default()
    };
    assert_eq!(list(&mut session, example()).len(), 2);
    give(&mut session, "tweede.csv", SECOND);
    give(&mut session, "derde.csv", &FIRST.replace("jos", "an"));
    let rows = list(&mut session, example());
    let addresses: Vec<&str> = rows.iter().map(|row| &*row.address).collect();
    assert_eq!(
        addresses,
        ["an@example.be", "jos@example.be", "mia@example.be"]
    );
    assert_eq!(rows[2].next_step, NextStep::LookInSpam);
}

#[test]
fn a_search_finds_words_in_any_order_however_they_are_written() {
    let mut session = session();
    give(&mut session, "eerste.csv", FIRST);
    give(
        &mut session,
        "tweede.csv",
        "Klantnr;Naam;E-mail;Factuur;Status\n\
         0042;Zoë De Smet-Maes;zoe.de_smet@example.be;F2026/0102;FAILED\n",
    );
    let mut hits = |search: &str| {
        let filter = Filter {
            search: search.into(),
            ..Filter::default()
        };
        list(&mut session, filter).len()
    };
    for (search, count) in [
        ("", 3),
        ("a", 3),
        ("JOS@", 1),
        (" mia@example.be ", 1),
        ("be\njos", 1),
        ("bejos", 0),
        ("smet zoe", 1),
        ("ZOË", 1),
        ("zoe-desmet@example.be", 1),
        ("maes zoe example", 1),
        ("0042", 1),
        ("f2026/0102", 1),
        ("F2026/0103", 0),
        ("-", 3),
    ] {
        assert_eq!(hits(search), count, "{search:?}");
    }
}

#[test]
fn a_search_without_a_hit_says_what_is_near_or_what_follows() {
    let mut session = session();
    give(&mut session, "eerste.csv", FIRST);
    let mut no_hit = |search: &str| {
        let filter = Filter {
            search: search.into(),
            ..Filter::default()
        };
        let list = Request::List {
            filter,
            offset: 0,
            limit: 10,
        };
        match ask(&mut session, list).pop() {
            Some(Event::Listing { no_hit, .. }) => no_hit,
            other => panic!("{other:?}"),
        }
    };
    let near = |no_hit| match no_hit {
        Some(NoHit::Near(rows)) => rows.into_iter().map(|row| row.address).collect(),
        other => vec![format!("{other:?}")],
    };
    assert_eq!(near(no_hit("jos@exmaple.be")), ["jos@example.be"]);
    assert_eq!(near(no_hit("mia@example.b")).len(), 1);
    assert_eq!(no_hit("jos"), None);
    assert_eq!(no_hit(""), None);
    // Part of an address may be that of anybody.
    assert_eq!(no_hit("iemand@"), Some(NoHit::Nothing));
    let absent = NoHit::NotAttempted {
        sender: Sender::Pom,
        reports: vec!["eerste.csv".to_owned()],
    };
    assert_eq!(no_hit("iemand.anders@voorbeeld.be"), Some(absent));
}

#[test]
fn the_first_problems_of_a_kind_are_listed_and_the_others_counted() {
    let mut session = session();
    for number in 0..8 {
        give(&mut session, &format!("{number}.csv"), " ");
    }
    let overview = give(&mut session, "9.csv", " ");
    assert_eq!(overview.problems.len(), 5);
    assert_eq!(overview.more_problems, [(ProblemCode::Empty, 4)]);
}

#[test]
fn a_list_is_exported_as_it_is_filtered_and_sorted() {
    let mut session = session();
    give(&mut session, "eerste.csv", FIRST);
    give(&mut session, "tweede.csv", SECOND);
    let mut export_text = |filter: Filter, form| {
        let exported = export(&mut session, filter, ExportList::Recipients, form);
        String::from_utf8(exported).expect("a text")
    };
    assert_eq!(
        export_text(Filter::default(), ExportForm::Addresses),
        "jos@example.be\nmia@example.be\n"
    );
    let mia = Filter {
        search: "mia".into(),
        ..Filter::default()
    };
    let expected = [
        "mia@example.be",
        "",
        words().state(Cause::Delivered, State::Delivered),
        words().cause(Cause::Delivered),
        words().next_step(NextStep::LookInSpam).title,
        "",
        "13/03/2026 09:00",
        "",
        "DELIVERED",
        "",
        "tweede.csv",
        "1",
    ];
    let table = export_text(mia, ExportForm::Csv);
    let (titles, row) = table.split_once("\r\n").expect("two lines");
    assert!(titles.starts_with("\u{FEFF}E-mailadres;Naam;Bezorging;Reden;Wat te doen;"));
    assert_eq!(titles.split(';').count(), expected.len());
    assert_eq!(row, expected.join(";") + "\r\n");
}

#[test]
fn a_workbook_has_the_same_cells_as_the_table() {
    let mut session = session();
    give(&mut session, "eerste.csv", FIRST);
    let mut export_all = |form| {
        export(
            &mut session,
            Filter::default(),
            ExportList::Recipients,
            form,
        )
    };
    let mut sheet = String::new();
    let workbook = export_all(ExportForm::Workbook);
    bezorgd::unpack(&workbook, false, &mut |part| match part {
        bezorgd::ContainerPart::Slice(slice) => sheet.push_str(&String::from_utf8_lossy(&slice)),
        bezorgd::ContainerPart::End(problem) => assert_eq!(problem, None),
        _ => {}
    })
    .expect("a workbook");
    let table = String::from_utf8(export_all(ExportForm::Csv)).expect("a text");
    let expected = table
        .trim_start_matches('\u{FEFF}')
        .replace("\r\n", "\n")
        .replace(';', "\t")
        .replace("12/03/2026 08:00", "2026-03-12T08:00:00")
        .replace("14/03/2026 08:00", "2026-03-14T08:00:00");
    assert_eq!(sheet.trim_end(), expected.trim_end());
    assert!(sheet.contains("mia@example.be"), "{sheet}");
}

#[test]
fn printing_follows_the_order_of_the_list() {
    let mut session = session();
    give(&mut session, "eerste.csv", FIRST);
    let filter = Filter {
        sort: Sort::Address,
        ..Filter::default()
    };
    let events = ask(&mut session, Request::Print { filter, limit: 1 });
    let [Event::Printing(rows)] = &events[..] else {
        panic!("nothing to print but {events:?}")
    };
    assert_eq!(rows.len(), 1);
    assert_eq!(rows[0].address, "jos@example.be");
}

#[test]
fn the_columns_of_a_report_name_their_file() {
    let mut session = session();
    for file in [7, 8] {
        ask(
            &mut session,
            Request::Open {
                file,
                name: "rapport!.csv".into(),
                purpose: Purpose::Evidence,
                columns: None,
            },
        );
        session.slice(FIRST.as_bytes(), &mut |_| {});
        ask(&mut session, Request::Finish);
    }
    let columns = session.overview().columns;
    let files: Vec<_> = columns
        .iter()
        .map(|report| (report.file, &*report.name))
        .collect();
    assert_eq!(files, [(7, "rapport!.csv"), (8, "rapport!.csv")]);
}

#[test]
fn a_file_is_closed_once_even_if_it_is_cancelled_too_late() {
    let mut session = session();
    give(&mut session, "eerste.csv", FIRST);
    assert_eq!(ask(&mut session, Request::Cancel), []);
}

#[test]
fn a_file_that_fails_or_is_stopped_leaves_the_others() {
    let mut session = session();
    give(&mut session, "eerste.csv", FIRST);
    ask(
        &mut session,
        Request::Open {
            file: 2,
            name: "weg.csv".into(),
            purpose: Purpose::Evidence,
            columns: None,
        },
    );
    let events = ask(
        &mut session,
        Request::Fail {
            detail: "NotReadableError".into(),
        },
    );
    assert_eq!(events.last(), Some(&Event::Closed));
    ask(
        &mut session,
        Request::Open {
            file: 3,
            name: "traag.csv".into(),
            purpose: Purpose::Evidence,
            columns: None,
        },
    );
    session.slice(b"half;", &mut |_| {});
    ask(&mut session, Request::Cancel);
    let overview = session.overview();
    assert_eq!(overview.recipients, 2);
    assert_eq!(overview.problems.len(), 1);
    assert_eq!(overview.problems[0].file, "weg.csv");
    // A slice that arrives after its file was closed is ignored.
    session.slice(b"rest", &mut |_| {
        panic!("a slice without a file was answered")
    });
}

#[test]
fn clearing_forgets_everything() {
    let mut session = session();
    give(&mut session, "eerste.csv", FIRST);
    let now = session.options.now;
    let settings = Box::default();
    ask(&mut session, Request::Clear { now, settings });
    assert_eq!(session.overview(), Overview::default());
    assert!(list(&mut session, Filter::default()).is_empty());
}

#[test]
fn expected_recipients_in_no_report_were_never_attempted() {
    let mut session = session();
    give(&mut session, "eerste.csv", FIRST);
    let list = "mia@example.be\nnora@example.be\n";
    let overview = give_as(&mut session, Purpose::Expected, "klanten.csv", list);
    assert_eq!((overview.recipients, overview.missing), (3, Some(1)));
    assert!(overview.next_steps.contains(&(NextStep::TickOption, 1)));

    // A later report that names them overrides the list.
    give(
        &mut session,
        "later.csv",
        "nora@example.be;13/03/2026 10:00;DELIVERED;\n",
    );
    assert_eq!(session.overview().missing, Some(0));
}

#[test]
fn the_newest_report_shows_what_changed() {
    let mut session = session();
    give(&mut session, "eerste.csv", FIRST);
    let second = "mia@example.be;13/03/2026 09:00;DELIVERED;\n\
                  jos@example.be;13/03/2026 09:00;FAILED;DocumentId already used.\n\
                  nora@example.be;13/03/2026 09:00;FAILED;The user's mailbox is full.\n";
    let overview = give(&mut session, "tweede.csv", second);
    let changes = [(Change::New, 1), (Change::Stays, 1), (Change::Mended, 1)];
    assert_eq!(overview.changes, changes);
    let new = Filter {
        change: Some(Change::New),
        ..Filter::default()
    };
    assert_eq!(list(&mut session, new)[0].address, "nora@example.be");
}

#[test]
fn a_blocked_address_leads_back_to_the_refusal_in_an_earlier_report() {
    let mut session = session();
    let refusal = "tom@example.be;10/03/2026 08:00;FAILED;The email was rejected by the \
                   recipient's mail server. It will be blacklisted to prevent further bounces.\n\
                   an@example.be;10/03/2026 08:00;DELIVERED;\n";
    let blocked = "tom@example.be;12/03/2026 08:00;FAILED;EmailAddress of recipient is blacklisted.\n\
                   an@example.be;12/03/2026 08:00;DELIVERED;\n";
    give(&mut session, "maart-12.csv", blocked);
    give(&mut session, "maart-10.csv", refusal);
    let detail = session.detail(0).expect("the first recipient");
    assert_eq!(detail.recipient.cause, Cause::Suppressed);
    let (index, refusal) = detail.recipient.refused_by().expect("a refusal");
    assert_eq!(refusal.cause, Cause::Refused);
    assert_eq!(detail.sources[index].file, "maart-10.csv");
}

#[test]
fn reports_of_the_same_name_stay_separate() {
    let mut session = session();
    give(&mut session, "geplakte tekst", FIRST);
    let overview = give(&mut session, "geplakte tekst", SECOND);
    assert_eq!(overview.changes, [(Change::Mended, 1)]);
}

#[test]
fn a_name_from_a_later_report_is_found() {
    let mut session = session();
    give(&mut session, "eerste.csv", FIRST);
    let named = || Filter {
        search: "wouters".into(),
        ..Filter::default()
    };
    assert!(list(&mut session, named()).is_empty());
    let second = "Naam;E-mail;Datum;Status\n\
                  Mia Wouters;mia@example.be;13/03/2026 09:00;DELIVERED\n\
                  Jos Peeters;jos@example.be;13/03/2026 09:00;DELIVERED\n";
    give(&mut session, "tweede.csv", second);
    assert_eq!(list(&mut session, named())[0].address, "mia@example.be");
}

/// A bounce of a message of Wise to this address, on this day of March 2024.
fn bounce(address: &str, day: u32, id: &str, reason: &str) -> String {
    format!(
        "From: MAILER-DAEMON@mx.example.be\nTo: bib@example.be\n\
         Subject: Undelivered Mail Returned to Sender\n\
         Date: {day} Mar 2024 10:00:00 +0100\n\
         Content-Type: multipart/report; report-type=delivery-status; boundary=b\n\n\
         --b\nContent-Type: message/delivery-status\n\n\
         Reporting-MTA: dns; mx.example.be\n\n\
         Final-Recipient: rfc822; {address}\nAction: failed\nStatus: 5.0.0\n\
         Diagnostic-Code: smtp; 550 {reason}\n\n\
         --b\nContent-Type: text/rfc822-headers\n\n\
         From: bib@example.be\nTo: {address}\nSubject: HR1 eerste herinnering\n\
         Date: {day} Mar 2024 09:00:00 +0100\nMessage-ID: <{id}@example.be>\n\n--b--\n"
    )
}

fn counted(session: &mut Session) -> Vec<(String, Option<Tally>)> {
    let rows = list(session, Filter::default());
    let tallies = rows.into_iter().map(|row| (row.address, row.tally));
    tallies.collect()
}

#[test]
fn only_hard_bounces_of_wise_are_counted_and_each_once() {
    let mut session = session();
    for (day, id, reason) in [
        (1, "a", "5.1.1 user unknown"),
        (1, "a", "5.1.1 user unknown"),
        (2, "a", "5.1.1 user unknown"),
        (2, "b", "5.1.1 user unknown"),
        (3, "c", "5.2.2 mailbox full"),
    ] {
        let mail = bounce("an@example.be", day, id, reason);
        give(&mut session, "terug.eml", &mail);
    }
    let tally = Tally {
        count: 2,
        limit: 5,
        removed: false,
    };
    assert_eq!(
        counted(&mut session),
        [("an@example.be".into(), Some(tally))]
    );
    let bounces = session.detail(0).and_then(|detail| detail.bounces);
    let bounces = bounces.expect("Wise counts");
    // The same mail twice is one step; another mail about the same message is a step that does not count.
    assert_eq!(bounces.steps.len(), 4);
    assert_eq!(bounces.steps[1], Some(Step::Repeated));
    assert_eq!(bounces.steps[3], Some(Step::Soft));
    let kind = bounces.types[0].as_ref().expect("a known type");
    assert_eq!((&*kind.code, kind.letter), ("HR1", Letter::Yes));
}

#[test]
fn a_line_of_a_list_and_the_returned_mail_are_one_bounce() {
    let mut session = session();
    let list = "Instantie;Status;Berichtvorm;Berichtsoort;Datum;Lener;Info\n\
                Bib;R;M;HR1;03/03/2024;1 An Claes;an@example.be\n\
                Bib;R;M;HR1;04/03/2024;1 An Claes;an@example.be\n";
    give(&mut session, "lijst.csv", list);
    let mail = bounce("an@example.be", 3, "c", "5.2.2 mailbox full");
    give(&mut session, "terug.eml", &mail);
    // The mail shows that the first was only a full mailbox.
    let tally = counted(&mut session)[0].1.expect("Wise counts");
    assert_eq!(tally.count, 1);
}

#[test]
fn settings_override_the_sending_system_and_its_thresholds() {
    let mut session = session();
    let mail = bounce("an@example.be", 1, "a", "5.2.2 mailbox full").replace("HR1 ", "");
    give(&mut session, "terug.eml", &mail);
    assert_eq!(counted(&mut session)[0].1, None);
    let defaults = Policy::of(Sender::Wise).counter.expect("Wise counts");
    let thresholds = Thresholds {
        counted: Counted::All,
        removed: 1,
        ..defaults
    };
    let settings = Settings {
        sender: Some(Sender::Wise),
        thresholds: Some(thresholds),
        ..Settings::default()
    };
    ask(&mut session, Request::Set(Box::new(settings)));
    let tally = counted(&mut session)[0].1.expect("Wise counts");
    assert_eq!((tally.count, tally.removed), (1, true));
    assert_eq!(session.overview().months, [(2024, 3, 1)]);
    ask(&mut session, Request::Set(Box::default()));
    assert_eq!(counted(&mut session)[0].1, None);
}

#[test]
fn an_assumed_sending_system_yields_to_the_evidence() {
    let mut session = session();
    let assumed = Settings {
        assumed: Some(Sender::Wise),
        ..Settings::default()
    };
    ask(&mut session, Request::Set(Box::new(assumed)));
    let mail = bounce("an@example.be", 1, "a", "5.1.1 user unknown").replace("HR1 ", "");
    give(&mut session, "terug.eml", &mail);
    assert!(counted(&mut session)[0].1.is_some() && session.overview().counts);
    give(&mut session, "eerste.csv", FIRST);
    assert!(
        counted(&mut session)
            .iter()
            .all(|(_, tally)| tally.is_none())
    );
    assert!(!session.overview().counts);
}

#[test]
fn a_period_selects_the_recipients_and_their_messages() {
    let mut session = session();
    let mail = |address, day, id| bounce(address, day, id, "5.1.1 user unknown");
    give(&mut session, "1.eml", &mail("an@example.be", 1, "a"));
    give(&mut session, "2.eml", &mail("bo@example.be", 20, "b"));
    let day = |day| Day {
        year: 2024,
        month: 3,
        day,
    };
    let filter = Filter {
        period: Some((day(1), day(19))),
        ..Filter::default()
    };
    let rows = list(&mut session, filter.clone());
    assert_eq!(rows.len(), 1);
    assert_eq!(rows[0].address, "an@example.be");
    let table = export(&mut session, filter, ExportList::Messages, ExportForm::Csv);
    let table = String::from_utf8(table).expect("a text");
    let mut lines = table.lines();
    assert!(
        lines
            .next()
            .is_some_and(|titles| titles.contains("Status;Berichtvorm;Berichtsoort;Datum"))
    );
    assert!(
        lines
            .next()
            .is_some_and(|line| line.starts_with("R;M;HR1;01/03/2024 10:00;;;an@"))
    );
    assert_eq!(lines.next(), None);
}

#[test]
fn other_kinds_of_message_are_counted_as_such_but_not_as_bounces() {
    let mut session = session();
    let answer = "From: an@example.be\nTo: bib@example.be\nSubject: Afwezig\n\
                  Auto-Submitted: auto-replied\n\nIk ben er even niet.\n";
    let letter = "From: an@example.be\nTo: bib@example.be\nSubject: Vraag\n\nTot morgen.\n";
    give(
        &mut session,
        "1.eml",
        &bounce("bo@example.be", 1, "b", "5.1.1 user unknown"),
    );
    give(&mut session, "2.eml", answer);
    let overview = give(&mut session, "3.eml", letter);
    let kinds = [
        (Kind::Bounce, 1),
        (Kind::AutoReply, 1),
        (Kind::NotABounce, 1),
    ];
    assert_eq!(overview.kinds, kinds);
    let tallies = counted(&mut session);
    let of = |address: &str| tallies.iter().find(|(counted, _)| counted == address);
    assert_eq!(of("an@example.be").and_then(|(_, tally)| *tally), None);
}

/// An ordinary mail in this file, with this subject.
fn arrived(file: &str, subject: Option<&str>) -> Diagnosis {
    let arrival = Arrival {
        from: Some("an@example.com".into()),
        subject: subject.map(str::to_owned),
        ..Arrival::default()
    };
    Diagnosis {
        file: file.to_owned(),
        kind: Kind::Arrived,
        format: None,
        sender: None,
        recipients: Vec::new(),
        original: None,
        arrival: Some(Box::new(arrival)),
        columns: None,
        problems: Vec::new(),
    }
}

#[test]
fn a_mail_that_arrived_is_shown_and_fails_nobody() {
    let mut session = session();
    session.keep(arrived("uitnodiging.eml", Some("Uitnodiging")));
    let overview = session.overview();
    assert_eq!((overview.recipients, overview.messages), (0, 1));
    let [mail] = &*overview.arrived else {
        panic!("not one mail but {:?}", overview.arrived)
    };
    assert_eq!(mail.file, "uitnodiging.eml");
    assert_eq!(mail.subject, "Uitnodiging");
    assert_eq!(mail.domain, "example.com");
    assert_eq!(mail.lines, [words().fill.arrival_from("an@example.com")]);
}

#[test]
fn mails_that_arrived_are_shown_up_to_a_limit_and_all_counted() {
    let mut session = session();
    let all = MOST_ARRIVED + 2;
    for number in 0..all {
        session.keep(arrived(&format!("{number}.eml"), None));
    }
    let overview = give(&mut session, "eerste.csv", FIRST);
    let shown: Vec<&str> = overview.arrived.iter().map(|mail| &*mail.file).collect();
    assert_eq!(shown, ["0.eml", "1.eml", "2.eml", "3.eml", "4.eml"]);
    assert_eq!(overview.of_kind(Kind::Arrived) as usize, all);
    assert_eq!(overview.recipients, 2);
}

/// A film of gigabytes must not be read to its end.
#[test]
fn a_file_without_evidence_is_closed_after_its_first_slice() {
    let mut session = session();
    ask(
        &mut session,
        Request::Open {
            file: 1,
            name: "film.mp4".to_owned(),
            purpose: Purpose::Evidence,
            columns: None,
        },
    );
    let film = [&b"\0\0\0\x18ftypmp42"[..], &[7; 8 << 10]].concat();
    let mut events = Vec::new();
    session.slice(&film, &mut |event| events.push(event));
    assert_eq!(events.last(), Some(&Event::Closed));
    let overview = session.overview();
    assert_eq!(overview.problems[0].code, ProblemCode::UnknownFormat);
    // What the page sent before it knew.
    session.slice(&film, &mut |_| panic!("the file is closed"));
    assert_eq!(ask(&mut session, Request::Finish), []);
}

/// A report, a mail and a list of customers with hidden characters wherever somebody may write.
const HOSTILE: &str = "E-mailadres;Naam;Klantnummer;Status;Omschrijving\n\
    jan@example.be;Jan \u{1B}[31mrood;1\u{200B};FAILED;550 \u{1B}[2J\u{202E} The user's mailbox is full. \u{7}\n\
    an@xn--exmple-cua.be;\"An\n=1\";4\u{E0041};FAILED;User unknown, =1\n\
    jan\u{202E}eb.elpmaxe@example.be;Jan;5;FAILED;550 5.1.1 User unknown\n\
    ja\u{0430}n@example.be; \u{FF1D}1;6;FAILED;550 5.1.1 User unknown\n";
const HOSTILE_MAIL: &str = "From: mailer-daemon@example.be\r\n\
    Subject: Undelivered\u{202E} \u{1B}[2J mail\r\nMIME-Version: 1.0\r\n\
    Content-Type: multipart/report; report-type=delivery-status; boundary=b\r\n\r\n\
    --b\r\nContent-Type: text/plain\r\n\r\nfailed\r\n\
    --b\r\nContent-Type: message/delivery-status\r\n\r\nReporting-MTA: dns; mx.example.be\r\n\r\n\
    Final-Recipient: rfc822; mia@example.be\r\nAction: failed\r\nStatus: 5.1.1\r\n\
    Remote-MTA: dns; mx\u{1B}[31m.example.be\r\n\
    Diagnostic-Code: smtp; 550 5.1.1 \u{1B}[31mvals\u{7} User unknown\r\n--b--\r\n";

const HOSTILE_CUSTOMERS: &str = "Lenernummer;Naam;E-mail\n\
    12345678;Rood, Jan\u{1B}[31m;jan@example.be\n\
    23456789;\"Claes, \n=1\";an@xn--exmple-cua.be\n\
    34567890;\u{FF1D}1 Ja\u{202E}an;ja\u{0430}n@example.be\n";

fn hostile_session() -> Session {
    let mut session = session();
    // Most names have to be names, for a column of names.
    let others = (0..20).map(|place| format!("9000{place:04};Maes, Bo;bo{place}@example.be\n"));
    let customers = HOSTILE_CUSTOMERS.to_owned() + &others.collect::<String>();
    give_as(&mut session, Purpose::Customers, "klanten.csv", &customers);
    give(&mut session, "rap\u{202E}port.csv", HOSTILE);
    give(&mut session, "terug\u{1B}[2J.eml", HOSTILE_MAIL);
    session
}

/// Debug output escapes what is hidden.
fn assert_safe(shown: &impl Debug) {
    let text = format!("{shown:?}");
    assert!(!text.contains("\\u{") && !text.contains("\\n"), "{text}");
}

#[test]
fn what_the_page_gets_has_no_hidden_character() {
    let mut session = hostile_session();
    let overview = on_page(&Event::Overview(Box::new(session.overview())));
    assert_safe(&overview);
    assert!(format!("{overview:?}").contains("jan⟨U+202E⟩eb.elpmaxe@example.be"));
    let filter = Filter::default();
    let limit = 10;
    assert_safe(&ask(
        &mut session,
        Request::Print {
            filter: filter.clone(),
            limit,
        },
    ));
    let rows = list(&mut session, filter);
    assert!(rows.len() >= 3, "{rows:?}");
    assert_safe(&rows);
    let mut marked = Vec::new();
    for row in rows {
        let Some(Event::Shown(detail)) = ask(&mut session, Request::Show { id: row.id }).pop()
        else {
            panic!("{row:?} is not shown")
        };
        assert_safe(&detail);
        let (_, attempt) = detail.recipient.deciding().expect("an attempt");
        let span = attempt.matched.expect("the words that decided");
        marked.push(span.split(&attempt.text).1.to_lowercase());
    }
    marked.sort();
    marked.dedup();
    // The placeholders before them move nothing.
    assert_eq!(marked, ["the user's mailbox is full", "user unknown"]);
}

#[test]
fn exports_have_no_hidden_character_and_no_formula() {
    let mut session = hostile_session();
    let mut written = |form| {
        let file = export(
            &mut session,
            Filter::default(),
            ExportList::Recipients,
            form,
        );
        String::from_utf8_lossy(&file).into_owned()
    };
    let csv = written(ExportForm::Csv);
    let csv = csv.strip_prefix('\u{FEFF}').expect("a mark");
    for line in csv.split_terminator("\r\n") {
        assert_safe(&line.to_owned());
    }
    for cell in [
        ";Rood, Jan⟨U+001B⟩[31m;",
        ";Claes,'  =1;",
        ";'＝1 Ja⟨U+202E⟩an;",
        ";User unknown,' =1;",
        ";rap⟨U+202E⟩port.csv;",
    ] {
        assert!(csv.contains(cell), "{cell} is missing from:\n{csv}");
    }
    let addresses = written(ExportForm::Addresses);
    let addresses: Vec<&str> = addresses.lines().collect();
    assert!(addresses.contains(&"jan@example.be"), "{addresses:?}");
    assert_safe(&addresses);
    assert!(!addresses.iter().any(|address| address.contains('⟨')));
}
