//! What the page knows and how everything that happens changes it: one reducer, no browser.
//!
//! The page asks the worker for what it shows by comparing states: a new filter, window or revision
//! asks for a new list, a new selection for its details (`app.rs`).

use bezorgd::NoWorkbook;
use bezorgd::job::{Detail, Event, Filter, Overview, Row, Settings, Sort, Turn};
use bezorgd::model::{Day, Moment, Sender};
use bezorgd::patterns::Change;
use bezorgd::text::{Channel, Explanation};
use std::rc::Rc;

/// How many rows are asked for at once.
pub const WINDOW: u32 = 80;

/// Everything the page knows.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct State {
    /// Whether evidence can be read.
    pub worker: Worker,
    /// The evidence that was given; `None` before anything was.
    pub given: Option<Given>,
    /// The file that is being read.
    pub reading: Option<Reading>,
    /// What there is in the evidence.
    pub overview: Rc<Overview>,
    /// Counts the overviews, so that lists and details are asked for again.
    pub revision: u32,
    /// Files on which the worker stopped.
    pub crashed: Vec<String>,
    /// Which recipients the list shows.
    pub filter: Filter,
    /// The first row that is wanted.
    pub window: u32,
    /// The rows that are there.
    pub listing: Listing,
    /// The recipient that is shown.
    pub selected: Option<u32>,
    /// Whether the reader chose that one, or it is just the first of the list.
    pub chosen: bool,
    /// Everything about the recipient that is shown.
    pub detail: Option<Rc<Detail>>,
    /// What the reader has set.
    pub settings: Rc<Settings>,
    /// A file was given as a table of message types that is none.
    pub types_not_read: bool,
    /// Something was dropped or pasted that holds no evidence.
    pub nothing_given: bool,
    /// The explanation that the address asks for.
    pub explanation: Option<Explanation>,
    /// What the page did on the network, while the reader looks at that.
    pub network: Network,
    /// What was copied last for the recipient that is shown, and whether that worked.
    pub copied: Option<(Copied, bool)>,
    /// What came of taking the list along.
    pub taken: Option<Taken>,
    /// What is being printed, and the present.
    pub printing: Option<(Rc<[Row]>, Moment)>,
    /// A newer version of the page is ready.
    pub new_version: bool,
}

/// What the page did on the network.
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq)]
pub struct Network {
    /// How many requests it made after it had loaded.
    pub requests: u32,
    /// Whether there is a network.
    pub online: bool,
}

/// Something that can be copied.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Copied {
    /// A text for the recipient or a helpdesk.
    Text(Channel),
    /// The steps under this title.
    Steps(&'static str),
    /// The address that may be the right one.
    Suggestion,
}

/// What came of taking the list along, where the browser does not show it.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Taken {
    /// So many addresses are on the clipboard.
    Copied(u32),
    /// The browser did not let them be copied.
    CopyFailed,
    /// There is no workbook of it.
    NoWorkbook(NoWorkbook),
    /// The list is too long for paper; this is the longest that is not.
    TooManyToPrint(u32),
}

/// Whether evidence can be read.
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq)]
pub enum Worker {
    /// It is being loaded; what is given waits.
    #[default]
    Starting,
    /// It reads.
    Ready,
    /// It cannot be started.
    Failed,
}

/// Where the evidence comes from.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Given {
    /// The page's own example.
    Example,
    /// The reader.
    Evidence,
}

/// How far the reading is.
#[derive(Clone, Debug, PartialEq)]
pub struct Reading {
    /// The open file.
    pub name: String,
    /// What was read of it, in bytes.
    pub bytes: f64,
    /// How large it is.
    pub size: f64,
    /// Which file it is, from 1.
    pub number: u32,
    /// How many files there are.
    pub total: u32,
}

/// A window of the list.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Listing {
    /// How many recipients pass the filter.
    pub total: u32,
    /// How many stand before the window.
    pub offset: u32,
    /// The window.
    pub rows: Rc<[Row]>,
}

/// Everything that can happen.
#[derive(Clone, Debug, PartialEq)]
pub enum Action {
    /// The worker can be used or not.
    Worker(Worker),
    /// The worker stopped, while it read this file if it read one; it starts again.
    Crashed(Option<String>),
    /// The worker answered.
    Heard(Event),
    /// The reading went on, or ended.
    Reading(Option<Reading>),
    /// Evidence was given.
    Given(Given),
    /// Something was dropped or pasted that holds no evidence.
    NothingGiven,
    /// The reader types a part of an address.
    Search(String),
    /// The reader picks what is to be done.
    Pick(Option<Turn>),
    /// The reader picks what the newest report changed.
    PickChange(Option<Change>),
    /// The reader picks days.
    PickPeriod(Option<(Day, Day)>),
    /// The reader sets something.
    Set(Settings),
    /// The reader picks another order.
    Sort(Sort),
    /// The list was taken along, or not.
    Taken(Taken),
    /// These rows are to be printed, today.
    Print(Rc<[Row]>, Moment),
    /// The printing is over.
    Printed,
    /// Another part of the list came into view.
    Scrolled(u32),
    /// The reader chooses a recipient.
    Choose(u32),
    /// The reader goes up or down the list.
    Step(i32),
    /// The reader goes back to the list.
    Back,
    /// Something was copied, or could not be.
    Copied(Copied, bool),
    /// The reader went to another address of the page.
    Went(Option<Explanation>),
    /// A newer version of the page is ready.
    NewVersion,
    /// What the page did on the network, up to now.
    Network(Network),
    /// Everything is forgotten.
    Clear,
}

impl State {
    /// The state after something happened.
    #[must_use]
    pub fn after(&self, action: Action) -> Self {
        let mut state = self.clone();
        state.apply(action);
        state
    }

    fn apply(&mut self, action: Action) {
        match action {
            Action::Worker(worker) => self.worker = worker,
            Action::Crashed(file) => {
                self.crashed.extend(file);
                self.forget_results();
            }
            Action::Heard(event) => self.hear(event),
            Action::Reading(reading) => self.reading = reading,
            Action::Given(given) => {
                self.given = Some(given);
                self.nothing_given = false;
            }
            Action::NothingGiven => self.nothing_given = true,
            Action::Search(search) => {
                self.filter.search = search;
                self.list_anew();
            }
            Action::Pick(turn) => {
                self.filter.turn = turn;
                self.list_anew();
            }
            Action::PickChange(change) => {
                self.filter.change = change;
                self.list_anew();
            }
            Action::PickPeriod(period) => {
                self.filter.period = period;
                self.list_anew();
            }
            Action::Set(settings) => {
                self.settings = Rc::new(settings);
                self.types_not_read = false;
            }
            Action::Sort(sort) => {
                self.filter.sort = sort;
                self.list_anew();
            }
            Action::Taken(taken) => self.taken = Some(taken),
            Action::Print(rows, today) => self.printing = Some((rows, today)),
            Action::Printed => self.printing = None,
            Action::Scrolled(row) => self.window = window_around(row),
            Action::Choose(id) => self.show(Some(id), true),
            Action::Step(by) => {
                if let Some(id) = self.neighbour(by) {
                    self.show(Some(id), true);
                }
            }
            Action::Back => self.chosen = false,
            Action::Copied(what, worked) => self.copied = Some((what, worked)),
            Action::Went(explanation) => {
                self.explanation = explanation;
                self.copied = None;
            }
            Action::NewVersion => self.new_version = true,
            Action::Network(network) => self.network = network,
            Action::Clear => {
                *self = Self {
                    worker: self.worker,
                    explanation: self.explanation,
                    new_version: self.new_version,
                    ..Self::default()
                }
            }
        }
    }

    fn hear(&mut self, event: Event) {
        match event {
            // Everything is read anew: until then, what is there stays on the screen.
            Event::Overview(overview) if overview.files == 0 => {}
            Event::Overview(overview) => {
                self.overview = Rc::new(overview);
                self.revision = self.revision.wrapping_add(1);
            }
            // An answer to a question that has changed since is of no use.
            Event::Listing { filter, .. } if filter != self.filter => {}
            Event::Listing {
                total,
                offset,
                rows,
                ..
            } => {
                let first = rows.first().map(|row| row.id);
                self.listing = Listing {
                    total,
                    offset,
                    rows: rows.into(),
                };
                if !self.chosen && offset == 0 {
                    self.show(first, false);
                }
            }
            Event::Shown(detail) if Some(detail.id) == self.selected => {
                self.detail = Some(Rc::new(*detail));
            }
            Event::MessageTypes(Some(types)) => {
                self.settings = Rc::new(Settings {
                    message_types: Some(types),
                    ..(*self.settings).clone()
                });
                self.types_not_read = false;
            }
            Event::MessageTypes(None) => self.types_not_read = true,
            Event::NotExported(reason) => self.taken = Some(Taken::NoWorkbook(reason)),
            Event::Shown(_)
            | Event::Ready
            | Event::Progress { .. }
            | Event::Closed
            | Event::Part(_)
            | Event::Exported
            | Event::Printing(_) => {}
        }
    }

    /// The system about which the reader came to know more, where that matters to what is read.
    pub fn looked_up(&self) -> Option<Sender> {
        match self.explanation {
            Some(Explanation::Of(sender) | Explanation::Cause(sender, _)) => {
                Some(sender).filter(|sender| *sender == Sender::Wise)
            }
            _ => None,
        }
    }

    fn show(&mut self, id: Option<u32>, chosen: bool) {
        if self.selected != id {
            self.detail = None;
            self.copied = None;
        }
        self.selected = id;
        self.chosen = chosen;
    }

    /// The filter changed: the first recipient that passes it is the one to look at.
    fn list_anew(&mut self) {
        self.window = 0;
        self.chosen = false;
        self.taken = None;
    }

    fn forget_results(&mut self) {
        self.overview = Rc::default();
        self.listing = Listing::default();
        self.window = 0;
        self.show(None, false);
    }

    /// The recipient so many rows below the selected one, as far as the window goes.
    fn neighbour(&self, by: i32) -> Option<u32> {
        let rows = &self.listing.rows;
        let at = rows.iter().position(|row| Some(row.id) == self.selected)?;
        let last = rows.len().checked_sub(1)?;
        let to = at.saturating_add_signed(by as isize).min(last);
        Some(rows[to].id)
    }
}

/// The window whose middle is near this row; windows start at fixed places, so that scrolling a
/// little asks for nothing.
fn window_around(row: u32) -> u32 {
    const GRID: u32 = WINDOW / 4;
    row.saturating_sub(GRID) / GRID * GRID
}

#[cfg(test)]
mod tests {
    use super::*;
    use bezorgd::model::{Cause, State as Delivery};

    fn row(id: u32) -> Row {
        Row {
            id,
            address: format!("{id}@example.be"),
            name: None,
            customer: None,
            tally: None,
            cause: Cause::Unknown,
            state: Delivery::Failed,
            turn: Turn::ReadEvidence,
            at: None,
            retry_until: None,
            suggestion: None,
        }
    }

    fn listing(filter: &Filter, offset: u32, ids: std::ops::Range<u32>) -> Action {
        Action::Heard(Event::Listing {
            filter: filter.clone(),
            total: 500,
            offset,
            rows: ids.map(row).collect(),
        })
    }

    fn listed() -> State {
        let state = State::default().after(Action::Given(Given::Evidence));
        state.after(listing(&Filter::default(), 0, 10..20))
    }

    #[test]
    fn the_first_recipient_is_shown_until_one_is_chosen() {
        let state = listed();
        assert_eq!((state.selected, state.chosen), (Some(10), false));
        // A worse one comes to stand first while the reading goes on.
        let state = state.after(listing(&Filter::default(), 0, 5..15));
        assert_eq!(state.selected, Some(5));
        let state = state.after(Action::Choose(12));
        let state = state.after(listing(&Filter::default(), 0, 1..15));
        assert_eq!((state.selected, state.chosen), (Some(12), true));
    }

    #[test]
    fn an_answer_to_an_older_search_is_ignored() {
        let state = listed()
            .after(Action::Choose(12))
            .after(Action::Search("an".into()));
        let late = state.after(listing(&Filter::default(), 0, 30..40));
        assert_eq!(late, state);
        let state = state.after(listing(&state.filter, 0, 40..41));
        assert_eq!(state.selected, Some(40), "the first hit is shown");
    }

    #[test]
    fn arrows_stay_inside_the_window() {
        let state = listed();
        assert_eq!(state.after(Action::Step(-1)).selected, Some(10));
        assert_eq!(state.after(Action::Step(1)).selected, Some(11));
        assert_eq!(state.after(Action::Step(99)).selected, Some(19));
        assert_eq!(State::default().after(Action::Step(1)).selected, None);
    }

    #[test]
    fn scrolling_a_little_keeps_the_window() {
        let state = listed();
        assert_eq!(state.after(Action::Scrolled(20)).window, 0);
        let far = state.after(Action::Scrolled(400));
        assert!(far.window <= 400 && 400 < far.window + WINDOW);
        assert_eq!(far.after(Action::Scrolled(401)).window, far.window);
    }

    #[test]
    fn a_crash_names_the_file_and_drops_results_that_are_read_again() {
        let state = listed().after(Action::Crashed(Some("stuk.eml".into())));
        assert_eq!(state.crashed, ["stuk.eml"]);
        assert!(state.listing.rows.is_empty() && state.selected.is_none());
        assert!(state.given.is_some());
    }

    #[test]
    fn clearing_leaves_nothing_but_the_worker() {
        let state = listed()
            .after(Action::Worker(Worker::Ready))
            .after(Action::Clear);
        let fresh = State::default().after(Action::Worker(Worker::Ready));
        assert_eq!(state, fresh);
    }
}
