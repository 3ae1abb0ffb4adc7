//! Times the list of a million recipients: a keystroke in the search box, a filter by next step,
//! another order, the next window while scrolling. The page has 50 milliseconds for a keystroke, and
//! in WebAssembly everything takes a few times longer than here.

use bezorgd::model::Moment;
use bezorgd_model::NextStep;
use bezorgd_protocol::{Event, ExportForm, ExportList, Filter, Purpose, Request, Sort};
use bezorgd_session::Session;
use divan::{Bencher, black_box};
use std::cell::RefCell;
use std::fmt::Write;

const RECIPIENTS: usize = 1_000_000;

/// How many rows the page asks for at once.
const WINDOW: u32 = 80;

thread_local! {
    static SESSION: RefCell<Session> = RefCell::new(session());
}

fn main() {
    divan::main();
}

/// From a letter that all have to a word that nobody has.
#[divan::bench(args = ["e", "an", "peeters", "jan.p", "ouder99", "niemand"])]
fn keystroke(bencher: Bencher, search: &str) {
    after(
        bencher,
        nobody(),
        Filter {
            search: search.to_owned(),
            ..Filter::default()
        },
    );
}

#[divan::bench]
fn next_step(bencher: Bencher) {
    after(
        bencher,
        nobody(),
        Filter {
            next_step: Some(NextStep::Wait),
            ..Filter::default()
        },
    );
}

#[divan::bench(args = Sort::ALL)]
fn order(bencher: Bencher, sort: Sort) {
    let other = if sort == Sort::Address {
        Sort::NextStep
    } else {
        Sort::Address
    };
    let other = Filter {
        sort: other,
        ..Filter::default()
    };
    after(
        bencher,
        other,
        Filter {
            sort,
            ..Filter::default()
        },
    );
}

#[divan::bench]
fn next_window(bencher: Bencher) {
    let filter = Filter {
        search: "peeters".to_owned(),
        ..Filter::default()
    };
    ask(list(&filter, 0));
    bencher.bench(|| ask(list(&filter, 600)));
}

/// Builds and sorts all lines: what the first request after reading a report has to wait for.
#[divan::bench(sample_count = 1, sample_size = 1)]
fn first_list(bencher: Bencher) {
    SESSION.with_borrow_mut(|current| *current = session());
    bencher.bench(|| ask(list(&Filter::default(), 0)));
}

#[divan::bench(sample_count = 3, sample_size = 1)]
fn excel(bencher: Bencher) {
    bencher.bench(|| {
        ask(Request::Export {
            filter: Filter::default(),
            list: ExportList::Recipients,
            form: ExportForm::Workbook,
        })
    });
}

#[divan::bench(sample_count = 3, sample_size = 1)]
fn csv(bencher: Bencher) {
    bencher.bench(|| {
        ask(Request::Export {
            filter: Filter::default(),
            list: ExportList::Recipients,
            form: ExportForm::Csv,
        })
    });
}

/// A filter to request before the timed one: nothing of its result can be reused.
fn nobody() -> Filter {
    Filter {
        search: "zzz".to_owned(),
        ..Filter::default()
    }
}

/// Times the request of one filter after another.
fn after(bencher: Bencher, before: Filter, then: Filter) {
    bencher
        .with_inputs(|| ask(list(&before, 0)))
        .bench_values(|()| ask(list(&then, 0)));
}

fn list(filter: &Filter, offset: u32) -> Request {
    Request::List {
        filter: filter.clone(),
        offset,
        limit: WINDOW,
    }
}

fn ask(request: Request) {
    SESSION.with_borrow_mut(|session| {
        session.handle(request, &mut |event: Event| {
            black_box(event);
        });
    });
}

/// A session that has read a report with a million recipients.
fn session() -> Session {
    let now = Moment::parse_rfc3339("2026-03-12T13:00:00+01:00").expect("a valid date");
    let words = bezorgd_words::Language::Dutch.words();
    let mut session = Session::new(now, words, bezorgd::Host::default());
    let report = report();
    session.handle(
        Request::Open {
            file: 1,
            name: "rapport.csv".to_owned(),
            purpose: Purpose::Evidence,
            columns: None,
        },
        &mut |_| {},
    );
    session.slice(report.as_bytes(), &mut |_| {});
    session.handle(Request::Finish, &mut |_| {});
    session
}

fn report() -> String {
    const GIVEN: [&str; 8] = [
        "jan", "Marie", "ouder", "luc", "an", "fatima", "tom", "greet",
    ];
    const FAMILY: [&str; 7] = [
        "peeters", "janssens", "maes", "Jacobs", "willems", "claes", "benali",
    ];
    const HOSTS: [&str; 5] = ["mail", "school", "post", "thuis", "werk"];
    const ANSWERS: [(&str, &str); 4] = [
        ("DELIVERED", ""),
        (
            "FAILED",
            "The email was rejected by the recipient’s mail server. The user’s mailbox is full.",
        ),
        ("FAILED", "EmailAddress of recipient is blacklisted."),
        ("DELIVERED", ""),
    ];
    let mut report = String::from("Document;E-mailadres;Datum;Status;Omschrijving\r\n");
    for row in 0..RECIPIENTS {
        // In no order: steps of a prime visit all numbers.
        let number = row * 700_001 % RECIPIENTS;
        let (given, family) = (GIVEN[number % 8], FAMILY[number % 7]);
        let (host, (status, words)) = (HOSTS[number % 5], ANSWERS[row % 4]);
        let (day, minute) = (row % 11 + 1, row % 60);
        // Writing to a string cannot fail.
        let _ = write!(
            report,
            "F{row};{given}.{family}{number}@{host}.example;{day:02}/03/2026 08:{minute:02}:15;\
             {status};{words}\r\n",
        );
    }
    report
}
