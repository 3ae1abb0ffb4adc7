//! The session: messages of the protocol in any order, with real evidence that is cut and damaged. Its answers must agree
//! with one another.

#![no_main]

use bezorgd::Host;
use bezorgd::model::shown::is_hidden;
use bezorgd::model::{ColumnChoice, Day, Moment, NextStep, Role, Sender};
use bezorgd::senders::counter::{Counted, Thresholds};
use bezorgd_fuzz::now;
use bezorgd_protocol::{
    Event, ExportForm, ExportList, Filter, Overview, Purpose, Request, Settings, Sort, wire,
};
use bezorgd_session::Session;
use bezorgd_session::inbox::Inbox;
use bezorgd_words::Language;
use libfuzzer_sys::arbitrary::{Result, Unstructured};
use libfuzzer_sys::fuzz_target;
use serde_json::Value;

/// Small, so that a run has time for many messages.
const EVIDENCE: [&[u8]; 12] = [
    include_bytes!("../../tests/fixtures/reports/pom.csv"),
    include_bytes!("../../tests/fixtures/reports/pom-newest-first.csv"),
    include_bytes!("../../tests/fixtures/reports/hidden-characters.csv"),
    include_bytes!("../../tests/fixtures/reports/wise-overview.csv"),
    include_bytes!("../../tests/fixtures/reports/wise-without-addresses.csv"),
    include_bytes!("../../tests/fixtures/reports/page-in-layout.html"),
    include_bytes!("../../tests/fixtures/mailboxes/bounces.mbox"),
    include_bytes!("../../tests/fixtures/mailboxes/bounces.zip"),
    include_bytes!("../../tests/fixtures/arrived/marked-as-spam.eml"),
    include_bytes!("../../tests/fixtures/workbooks/report.ods"),
    include_bytes!("../../tests/wise/borrowers.csv"),
    b"an.claes@example.be\nMia Maes <mia@example.be>\n",
];

/// The most messages of a run: each costs as much as the evidence that is kept.
const MESSAGES: usize = 60;

const SEARCHES: [&str; 8] = [
    "",
    "an",
    "@example",
    "greet@outlook.example",
    "gmial",
    "  ",
    "mia@example.be",
    "é🙂\u{202E}",
];

/// The page: what it asked and what it was given.
struct Page {
    inbox: Inbox,
    opened: u32,
    closed: u32,
    /// Whether the unpacker is there, so that what is asked is answered at once.
    is_loaded: bool,
}

impl Page {
    fn new() -> Self {
        // Its panics are caught as those of the command line.
        bezorgd_fuzz::options();
        let session = Session::new(now(), Language::Dutch.words(), Host::default());
        Self {
            inbox: Inbox::new(session),
            opened: 0,
            closed: 0,
            is_loaded: false,
        }
    }

    /// Sends a request as the page does, and checks the answers.
    fn ask(&mut self, request: Request) -> Vec<Event> {
        let bytes = wire::to_bytes(&request).expect("plain data");
        let received: Request = wire::from_bytes(&bytes).expect("what was sent");
        assert_eq!(received, request, "something is lost on the way");
        let mut events = Vec::new();
        self.inbox
            .request(received, &mut |event| events.push(event));
        self.receive(&events);
        events
    }

    fn slice(&mut self, bytes: &[u8]) {
        let mut events = Vec::new();
        self.inbox
            .slice(bytes.to_vec(), &mut |event| events.push(event));
        self.receive(&events);
    }

    fn load(&mut self) {
        self.is_loaded = true;
        let mut events = Vec::new();
        self.inbox.unpacker_loaded(&mut |event| events.push(event));
        self.receive(&events);
    }

    fn receive(&mut self, events: &[Event]) {
        for event in events {
            let bytes = wire::to_page(event).expect("plain data");
            let received: Event = wire::from_bytes(&bytes).expect("what was sent");
            match &received {
                Event::Closed => self.closed += 1,
                Event::Overview(overview) => check_overview(overview),
                Event::Part(_) => continue,
                _ => {}
            }
            check_shown(&serde_json::to_value(&received).expect("plain data"));
        }
        assert!(self.closed <= self.opened, "more files closed than opened");
    }

    fn list(&mut self, filter: Filter, offset: u32, limit: u32) -> (u32, Vec<u32>) {
        let request = Request::List {
            filter: filter.clone(),
            offset,
            limit,
        };
        let mut events = self.ask(request);
        let Some(Event::Listing {
            filter: of,
            total,
            offset: from,
            rows,
            ..
        }) = events.pop()
        else {
            panic!("a list that was asked for does not come");
        };
        assert_eq!(
            (of, from),
            (filter, offset),
            "another list than was asked for"
        );
        let expected = total.saturating_sub(offset).min(limit);
        assert_eq!(
            rows.len() as u32,
            expected,
            "{total} rows from {offset}, at most {limit}"
        );
        (total, rows.iter().map(|row| row.id).collect())
    }

    /// Everything that can be asked of what was found agrees.
    fn check(&mut self) {
        let events = self.ask(Request::Conclude);
        // While files wait for the unpacker, so does this.
        let Some(Event::Overview(overview)) = events.last() else {
            assert!(!self.is_loaded, "no overview");
            return;
        };
        let overview = overview.clone();
        let (total, ids) = self.list(Filter::default(), 0, u32::MAX);
        assert_eq!(
            total, overview.recipients,
            "the list and the overview differ"
        );
        let mut unique = ids.clone();
        unique.sort_unstable();
        unique.dedup();
        assert_eq!(unique.len(), ids.len(), "a recipient twice");
        for (next_step, count) in overview.next_steps {
            let filter = Filter {
                next_step: Some(next_step),
                ..Filter::default()
            };
            assert_eq!(self.list(filter, 0, 0).0, count, "{next_step:?}");
        }
        for id in ids.iter().take(20) {
            let events = self.ask(Request::Show { id: *id });
            assert!(
                matches!(&events[..], [Event::Shown(detail)] if detail.id == *id),
                "a recipient of the list is not shown"
            );
        }
    }
}

fn check_overview(overview: &Overview) {
    let counted: u32 = overview.next_steps.iter().map(|(_, count)| count).sum();
    assert_eq!(counted, overview.recipients, "somebody has no next step");
    assert!(overview.missing.unwrap_or_default() <= overview.recipients);
}

/// No text that the page gets has a hidden character, but joiners where they join.
fn check_shown(value: &Value) {
    let is_joiner = |next: char| matches!(next, '\u{200C}' | '\u{200D}');
    match value {
        Value::String(text) => assert!(
            !text.chars().any(|next| is_hidden(next) && !is_joiner(next)),
            "a hidden character is shown: {text:?}"
        ),
        Value::Array(values) => values.iter().for_each(check_shown),
        Value::Object(fields) => fields.values().for_each(check_shown),
        _ => {}
    }
}

fn settings(choices: &mut Unstructured<'_>) -> Result<Settings> {
    let sender = |choices: &mut Unstructured<'_>| -> Result<Option<Sender>> {
        Ok(match choices.int_in_range(0..=Sender::ALL.len())? {
            0 => None,
            place => Some(Sender::ALL[place - 1]),
        })
    };
    Ok(Settings {
        sender: sender(choices)?,
        assumed: sender(choices)?,
        thresholds: if choices.arbitrary()? {
            Some(Thresholds {
                notice: choices.int_in_range(0..=9)?,
                inbox: choices.int_in_range(0..=9)?,
                removed: choices.arbitrary()?,
                before: None,
                counted: if choices.arbitrary()? {
                    Counted::All
                } else {
                    Counted::Hard
                },
            })
        } else {
            None
        },
        message_types: None,
    })
}

fn filter(choices: &mut Unstructured<'_>) -> Result<Filter> {
    let day = |choices: &mut Unstructured<'_>| -> Result<Day> {
        Ok(Day {
            year: choices.int_in_range(2022..=2027)?,
            month: choices.int_in_range(1..=12)?,
            day: choices.int_in_range(1..=31)?,
        })
    };
    Ok(Filter {
        search: (*choices.choose(&SEARCHES)?).to_owned(),
        next_step: if choices.arbitrary()? {
            Some(*choices.choose(&NextStep::ALL)?)
        } else {
            None
        },
        change: None,
        period: if choices.arbitrary()? {
            Some((day(choices)?, day(choices)?))
        } else {
            None
        },
        sort: *choices.choose(&Sort::ALL)?,
    })
}

/// Evidence as it is, with another byte in it, or cut off.
fn evidence(choices: &mut Unstructured<'_>) -> Result<Vec<u8>> {
    let mut bytes = choices.choose(&EVIDENCE)?.to_vec();
    match choices.int_in_range(0..=3)? {
        0 => {
            let place = choices.choose_index(bytes.len())?;
            bytes[place] = choices.arbitrary()?;
        }
        1 => bytes.truncate(choices.choose_index(bytes.len())?),
        _ => {}
    }
    Ok(bytes)
}

fn give(page: &mut Page, choices: &mut Unstructured<'_>) -> Result<()> {
    let bytes = evidence(choices)?;
    let purpose = match choices.int_in_range(0..=7)? {
        0 => Purpose::Expected,
        1 => Purpose::Customers,
        2 => Purpose::MessageTypes,
        _ => Purpose::Evidence,
    };
    let columns = if choices.ratio(1, 8)? {
        let mut roles = Vec::new();
        for _ in 0..choices.int_in_range(0..=6)? {
            let place = choices.int_in_range(0..=Role::ALL.len())?;
            roles.push(Role::ALL.get(place).copied());
        }
        Some(ColumnChoice {
            roles,
            date_order: None,
        })
    } else {
        None
    };
    page.opened += 1;
    page.ask(Request::Open {
        file: page.opened,
        name: "stuk\u{202E}.csv".to_owned(),
        purpose,
        columns,
    });
    let cut = choices.choose_index(bytes.len() + 1)?;
    page.slice(&bytes[..cut]);
    if choices.ratio(1, 8)? {
        step(page, choices)?;
    }
    page.slice(&bytes[cut..]);
    match choices.int_in_range(0..=7)? {
        0 => page.ask(Request::Fail {
            detail: "weg\u{1B}".to_owned(),
        }),
        1 => page.ask(Request::Cancel),
        // The next file opens while this one is open.
        2 => Vec::new(),
        _ => page.ask(Request::Finish),
    };
    Ok(())
}

fn step(page: &mut Page, choices: &mut Unstructured<'_>) -> Result<()> {
    match choices.int_in_range(0..=15)? {
        0 => {
            let settings = Box::new(settings(choices)?);
            let now = Moment::from_unix(i64::from(choices.arbitrary::<u32>()?)).expect("a moment");
            let events = page.ask(Request::Clear { now, settings });
            assert!(
                matches!(&events[..], [Event::Overview(empty)] if empty.recipients == 0),
                "something is left"
            );
        }
        1 => {
            page.ask(Request::Set(Box::new(settings(choices)?)));
        }
        2..=6 => give(page, choices)?,
        7 => page.slice(b"550 5.1.1 <an@example.be>: User unknown"),
        8 => {
            page.ask(Request::Finish);
        }
        9 => {
            page.ask(Request::Cancel);
        }
        10 => page.load(),
        11 => page.check(),
        12 => {
            let (offset, limit) = (choices.arbitrary::<u8>()?, choices.arbitrary::<u8>()?);
            page.list(filter(choices)?, offset.into(), limit.into());
        }
        13 => {
            page.ask(Request::Show {
                id: choices.int_in_range(0..=40)?,
            });
        }
        14 => export(page, choices)?,
        _ => {
            let limit = choices.arbitrary::<u8>()?.into();
            let events = page.ask(Request::Print {
                filter: filter(choices)?,
                limit,
            });
            assert!(
                matches!(&events[..], [Event::Printing(rows)] if rows.len() as u32 <= limit),
                "something else than the rows to print"
            );
        }
    }
    Ok(())
}

fn export(page: &mut Page, choices: &mut Unstructured<'_>) -> Result<()> {
    let form = *choices.choose(&[ExportForm::Workbook, ExportForm::Csv, ExportForm::Addresses])?;
    let list = *choices.choose(&[ExportList::Recipients, ExportList::Messages])?;
    let events = if choices.ratio(1, 4)? {
        page.ask(Request::ExportMessageTypes)
    } else {
        page.ask(Request::Export {
            filter: filter(choices)?,
            list,
            form,
        })
    };
    match events.split_last() {
        Some((Event::Exported, parts)) => {
            assert!(parts.iter().all(|part| matches!(part, Event::Part(_))));
        }
        None => assert!(!page.is_loaded, "no export"),
        _ => panic!("an export without an end: {:?}", events.last()),
    }
    Ok(())
}

fuzz_target!(|input: &[u8]| {
    let mut choices = Unstructured::new(input);
    let mut page = Page::new();
    for _ in 0..MESSAGES {
        if choices.is_empty() || step(&mut page, &mut choices).is_err() {
            break;
        }
    }
    page.ask(Request::Cancel);
    page.load();
    page.check();
});
