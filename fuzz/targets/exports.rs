//! Exports: a list of any texts, written as CSV and as a workbook, is read back as the list that the page shows.

#![no_main]

use bezorgd::Host;
use bezorgd::model::shown::shown;
use bezorgd::model::{Recipient, Sender};
use bezorgd_fuzz::tables::{read_csv, read_workbook};
use bezorgd_protocol::{Detail, Event, ExportForm, ExportList, Filter, Purpose, Request, Settings};
use bezorgd_session::Session;
use bezorgd_words::Language;
use libfuzzer_sys::fuzz_target;

/// The columns of the exported list that are compared with what the page shows (`crates/session/src/export.rs`).
const ADDRESS: usize = 0;
const NAME: usize = 1;
const DATE: usize = 6;
const MESSAGE: usize = 8;
const DOCUMENT: usize = 9;

/// The most recipients of a run.
const RECIPIENTS: usize = 50;

/// A date column of a workbook has dates.
const DATES: [usize; 2] = [DATE, 7];

fuzz_target!(|input: (bool, Vec<[&str; 3]>)| {
    let (is_wise, texts) = input;
    let evidence = evidence(&texts);
    let mut session = Session::new(
        bezorgd_fuzz::now(),
        Language::Dutch.words(),
        Host::default(),
    );
    let settings = Settings {
        sender: is_wise.then_some(Sender::Wise),
        ..Settings::default()
    };
    ask(&mut session, Request::Set(Box::new(settings)));
    ask(
        &mut session,
        Request::Open {
            file: 1,
            name: "stuk.csv".to_owned(),
            purpose: Purpose::Evidence,
            columns: None,
        },
    );
    session.slice(evidence.as_bytes(), &mut |_| {});
    ask(&mut session, Request::Finish);
    ask(&mut session, Request::Conclude);

    let shown = details(&mut session);
    if shown.is_empty() {
        // A line of titles alone is no table.
        return;
    }
    let csv = export(&mut session, ExportForm::Csv);
    let csv = read_csv(&csv);
    let workbook = export(&mut session, ExportForm::Workbook);
    let workbook = read_workbook(&workbook);
    assert_eq!(csv.len(), shown.len() + 1, "not a row for each recipient");
    assert_eq!(workbook.len(), csv.len(), "the workbook has other rows");
    for ((csv, workbook), detail) in csv.iter().zip(&workbook).skip(1).zip(&shown) {
        for column in 0..csv.len().max(workbook.len()) {
            let [one, other] = [csv, workbook].map(|row| text(row.get(column)));
            let one = if DATES.contains(&column) {
                iso(&one)
            } else {
                one
            };
            assert_eq!(one, other, "column {column} differs in the workbook");
        }
        let recipient = &detail.recipient;
        for (column, expected) in expected(recipient) {
            assert_eq!(
                text(csv.get(column)),
                normal(expected),
                "column {column} is not what the page shows"
            );
        }
    }
    let addresses = export(&mut session, ExportForm::Addresses);
    let addresses = String::from_utf8(addresses).expect("UTF-8");
    let expected: Vec<&str> = shown.iter().map(|one| &*one.recipient.address).collect();
    assert_eq!(addresses.lines().collect::<Vec<_>>(), expected);
});

/// A report in which everybody has an address, and any texts.
fn evidence(texts: &[[&str; 3]]) -> String {
    let mut evidence = "E-mailadres;Naam;Document;Datum;Status;Omschrijving\n".to_owned();
    for (number, [name, document, message]) in texts.iter().take(RECIPIENTS).enumerate() {
        let [name, document, message] =
            [name, document, message].map(|text| text.replace('"', "\"\""));
        evidence += &format!(
            "n{number}@example.be;\"{name}\";\"{document}\";12/03/2026 08:00:11;FAILED;\"{message}\"\n"
        );
    }
    evidence
}

fn ask(session: &mut Session, request: Request) -> Vec<Event> {
    let mut events = Vec::new();
    session.handle(request, &mut |event| events.push(event));
    events
}

/// Everybody in the list, in its order.
fn details(session: &mut Session) -> Vec<Detail> {
    let list = Request::List {
        filter: Filter::default(),
        offset: 0,
        limit: u32::MAX,
    };
    let events = ask(session, list);
    let Some(Event::Listing { rows, .. }) = events.into_iter().last() else {
        panic!("no list");
    };
    let details = rows.iter().map(|row| {
        let events = ask(session, Request::Show { id: row.id });
        match events.into_iter().next() {
            Some(Event::Shown(detail)) => *detail,
            other => panic!("a recipient is not shown: {other:?}"),
        }
    });
    details.collect()
}

fn export(session: &mut Session, form: ExportForm) -> Vec<u8> {
    let request = Request::Export {
        filter: Filter::default(),
        list: ExportList::Recipients,
        form,
    };
    let mut file = Vec::new();
    let mut events = ask(session, request);
    assert!(matches!(events.pop(), Some(Event::Exported)));
    for event in events {
        let Event::Part(part) = event else {
            panic!("something else than a part");
        };
        file.extend(part);
    }
    file
}

/// What some columns of a row have.
fn expected(recipient: &Recipient) -> Vec<(usize, &str)> {
    let deciding = recipient.deciding().map(|(_, attempt)| attempt);
    let document = deciding.and_then(|attempt| attempt.document.as_deref());
    vec![
        (ADDRESS, &*recipient.address),
        (NAME, recipient.name.as_deref().unwrap_or_default()),
        (MESSAGE, deciding.map_or("", |attempt| &*attempt.text)),
        (DOCUMENT, document.unwrap_or_default()),
    ]
}

fn text(cell: Option<&String>) -> String {
    normal(cell.map_or("", String::as_str))
}

/// A text as it is shown, without what a reader of tables removes around it, and without the apostrophes that keep a
/// spreadsheet from running it.
fn normal(text: &str) -> String {
    let text = shown(text).replace(['\'', '"'], "");
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// A date of the list as our reader of workbooks writes it. Excel has none before 1900: those are text.
fn iso(date: &str) -> String {
    let parts: Vec<&str> = date.split(['/', ' ']).collect();
    match parts[..] {
        [day, month, year, time] if (year, month) > ("1900", "02") => {
            format!("{year}-{month}-{day}T{time}:00")
        }
        _ => date.to_owned(),
    }
}
