//! The state of the page, and how everything that happens changes it: one reducer, no browser.
//!
//! The page compares states to determine its requests to the worker: a new filter, window or revision
//! requires a new list, a new selection its details (`page/mod.rs`).

use crate::links::Explanation;
use bezorgd_model::Change;
use bezorgd_model::NextStep;
use bezorgd_model::NoWorkbook;
use bezorgd_model::shown::shown;
use bezorgd_model::{Day, Moment, Sender};
use bezorgd_protocol::{Detail, Event, Filter, ListRow, NoHit, Overview, Settings, Sort};
use bezorgd_senders::Policy;
use bezorgd_words::{Channel, Writer};
use std::rc::Rc;

/// How many rows of the list to request at once.
pub const WINDOW: u32 = 80;

/// The state of the page.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct PageState {
    /// Whether evidence can be read.
    pub worker: WorkerStatus,
    /// Where the evidence comes from; `None` before there is any.
    pub origin: Option<Origin>,
    /// The file that is being read.
    pub reading: Option<ReadingProgress>,
    /// What the evidence contains.
    pub overview: Rc<Overview>,
    /// Counts the overviews, so that lists and details are requested again.
    pub revision: u32,
    /// Files that crashed the worker.
    pub crashed: Vec<String>,
    /// Which recipients the list shows.
    pub filter: Filter,
    /// The index of the first row to ask for.
    pub window: u32,
    /// The rows that have arrived.
    pub listing: Listing,
    /// [`ListRow::id`] of the recipient that is shown.
    pub selected: Option<u32>,
    /// Whether the reader chose that recipient; `false` if it is just the first of the list.
    pub chosen: bool,
    /// Everything about the recipient that is shown.
    pub detail: Option<Rc<Detail>>,
    /// What the reader has set.
    pub settings: Rc<Settings>,
    /// The file opened as a table of message types was something else.
    pub types_not_read: bool,
    /// There was nothing in what was given last.
    pub nothing_given: bool,
    /// The names of what other programs handed over, which is not read until the reader says so.
    pub offered: Vec<String>,
    /// The explanation that the address asks for.
    pub explanation: Option<Explanation>,
    /// What the page did on the network, while the reader looks at it.
    pub network: NetworkActivity,
    /// Who writes the texts to copy; kept until the page is closed.
    pub writer: Rc<Writer>,
    /// What was copied last for the recipient that is shown, and whether it worked.
    pub copied: Option<(Copyable, bool)>,
    /// The outcome of the last export, where the browser does not show it.
    pub export_outcome: Option<ExportOutcome>,
    /// The rows being printed, and the present.
    pub printing: Option<(Rc<[ListRow]>, Moment)>,
    /// A newer version of the page is ready.
    pub new_version: bool,
}

/// What the page did on the network.
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq)]
pub struct NetworkActivity {
    /// How many requests it made after it had loaded.
    pub requests: u32,
    /// Whether there is a network.
    pub online: bool,
}

/// Something that a button copies.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Copyable {
    /// A text for the recipient or a helpdesk.
    Text(Channel),
    /// The steps with this title.
    Steps(&'static str),
    /// The suggested address.
    Suggestion,
    /// The corrections of the mistake at this place of the overview.
    Corrections(usize),
}

/// The outcome of an export, where the browser does not show it.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum ExportOutcome {
    /// This many addresses are on the clipboard.
    Copied(u32),
    /// The browser refused to copy the addresses.
    CopyFailed,
    /// The workbook could not be made.
    NoWorkbook(NoWorkbook),
    /// The list is too long to print; this is the maximum number of rows.
    TooManyToPrint(u32),
}

/// Whether evidence can be read.
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq)]
pub enum WorkerStatus {
    /// The worker is loading; files wait.
    #[default]
    Starting,
    /// The worker reads.
    Ready,
    /// The worker cannot be started.
    Failed,
}

/// Where the evidence comes from.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Origin {
    /// An example of the page.
    Example,
    /// The reader.
    Evidence,
}

/// How far reading is.
#[derive(Clone, Debug, PartialEq)]
pub struct ReadingProgress {
    /// The name of the open file.
    pub name: String,
    /// How much of it was read, in bytes.
    pub bytes: f64,
    /// Its size in bytes.
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
    /// How many of them come before the window.
    pub offset: u32,
    /// The window.
    pub rows: Rc<[ListRow]>,
    /// What is known of a search without a hit; `None` where there is one, or no search.
    pub no_hit: Option<NoHit>,
}

/// Everything that can happen on the page.
#[derive(Clone, Debug, PartialEq)]
pub enum PageAction {
    /// The worker became usable, or unusable.
    Worker(WorkerStatus),
    /// The worker crashed, on this file if one was open. It starts again.
    Crashed(Option<String>),
    /// An answer of the worker.
    Received(Event),
    /// Reading progressed, or ended.
    Reading(Option<ReadingProgress>),
    /// Evidence was given.
    Given(Origin),
    /// There was nothing in what was given: a drop without files, empty folders, an empty box.
    NothingGiven,
    /// Other programs hand over what has these names; the reader decides about it.
    Offered(Vec<String>),
    /// The reader typed a part of an address.
    Search(String),
    /// The reader filters by next step.
    PickNextStep(Option<NextStep>),
    /// The reader filters by what the newest report changed.
    PickChange(Option<Change>),
    /// The reader filters by days, both included.
    PickPeriod(Option<(Day, Day)>),
    /// The reader changed a setting.
    Set(Settings),
    /// The reader picked another order.
    Sort(Sort),
    /// An export ended.
    Exported(ExportOutcome),
    /// Print these rows, today.
    Print(Rc<[ListRow]>, Moment),
    /// Printing is over.
    PrintEnded,
    /// The row at this index came to the top of the view.
    Scrolled(u32),
    /// The reader chose a recipient.
    Choose(u32),
    /// The reader moved this many rows down the list; negative is up.
    Step(i32),
    /// The reader went back to the list.
    Back,
    /// Something was copied, or could not be.
    Copied(Copyable, bool),
    /// The reader filled in who writes.
    Write(Writer),
    /// The reader went to another address of the page.
    Navigated(Option<Explanation>),
    /// A newer version of the page is ready.
    NewVersion,
    /// What the page did on the network so far.
    Network(NetworkActivity),
    /// Forget everything.
    Clear,
}

impl PageState {
    /// The state after something happened.
    #[must_use]
    pub fn after(&self, action: PageAction) -> Self {
        let mut state = self.clone();
        state.apply(action);
        state
    }

    fn apply(&mut self, action: PageAction) {
        match action {
            PageAction::Worker(worker) => self.worker = worker,
            PageAction::Crashed(file) => {
                self.crashed.extend(file);
                self.forget_results();
            }
            PageAction::Received(event) => self.receive(event),
            PageAction::Reading(reading) => {
                let begins = self.reading.is_none() && reading.is_some();
                self.nothing_given &= !begins;
                self.reading = reading;
            }
            PageAction::Given(origin) => self.origin = Some(origin),
            PageAction::NothingGiven => self.nothing_given = true,
            PageAction::Offered(names) => self.offered = names,
            PageAction::Search(search) => {
                // Pasted text may have characters that nobody sees. The worker returns the filter as it returns every
                // text, so that both stay equal.
                self.filter.search = shown(&search).into_owned();
                self.restart_list();
            }
            PageAction::PickNextStep(next_step) => {
                self.filter.next_step = next_step;
                self.restart_list();
            }
            PageAction::PickChange(change) => {
                self.filter.change = change;
                self.restart_list();
            }
            PageAction::PickPeriod(period) => {
                self.filter.period = period;
                self.restart_list();
            }
            PageAction::Set(settings) => {
                self.settings = Rc::new(settings);
                self.types_not_read = false;
            }
            PageAction::Sort(sort) => {
                self.filter.sort = sort;
                self.restart_list();
            }
            PageAction::Exported(outcome) => self.export_outcome = Some(outcome),
            PageAction::Print(rows, today) => self.printing = Some((rows, today)),
            PageAction::PrintEnded => self.printing = None,
            PageAction::Scrolled(row) => self.window = window_around(row),
            PageAction::Choose(id) => self.show(Some(id), true),
            PageAction::Step(by) => {
                if let Some(id) = self.neighbour(by) {
                    self.show(Some(id), true);
                }
            }
            PageAction::Back => self.chosen = false,
            PageAction::Copied(what, worked) => self.copied = Some((what, worked)),
            PageAction::Write(writer) => {
                self.writer = Rc::new(writer);
                // The text on the clipboard is no longer that on the screen.
                self.copied = None;
            }
            PageAction::Navigated(explanation) => {
                self.explanation = explanation;
                self.copied = None;
            }
            PageAction::NewVersion => self.new_version = true,
            PageAction::Network(network) => self.network = network,
            PageAction::Clear => {
                *self = Self {
                    worker: self.worker,
                    offered: std::mem::take(&mut self.offered),
                    explanation: self.explanation,
                    new_version: self.new_version,
                    writer: self.writer.clone(),
                    ..Self::default()
                }
            }
        }
    }

    fn receive(&mut self, event: Event) {
        match event {
            // Everything is being read again: keep the old results on screen until there are new ones.
            Event::Overview(overview) if overview.files == 0 => {}
            Event::Overview(overview) => {
                self.overview = overview.into();
                self.revision = self.revision.wrapping_add(1);
            }
            // The filter has changed since this was requested.
            Event::Listing { filter, .. } if filter != self.filter => {}
            Event::Listing {
                total,
                offset,
                rows,
                no_hit,
                ..
            } => {
                let first = rows.first().map(|row| row.id);
                self.listing = Listing {
                    total,
                    offset,
                    rows: rows.into(),
                    no_hit,
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
            Event::NotExported(reason) => {
                self.export_outcome = Some(ExportOutcome::NoWorkbook(reason))
            }
            Event::Shown(_)
            | Event::Ready
            | Event::Progress { .. }
            | Event::Closed
            | Event::Part(_)
            | Event::Exported
            | Event::Printing(_) => {}
        }
    }

    /// The sending system whose explanation the reader opened, where assuming it changes how evidence is
    /// read.
    pub fn sender_of_explanation(&self) -> Option<Sender> {
        match self.explanation {
            Some(Explanation::Of(sender) | Explanation::Cause(sender, _)) => {
                Some(sender).filter(|&sender| Policy::of(sender).claims_bounces)
            }
            Some(Explanation::All | Explanation::Steps(_) | Explanation::Privacy) | None => None,
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

    /// The filter changed: show the first recipient that passes it.
    fn restart_list(&mut self) {
        self.window = 0;
        self.chosen = false;
        self.export_outcome = None;
    }

    fn forget_results(&mut self) {
        self.overview = Rc::default();
        self.listing = Listing::default();
        self.window = 0;
        self.show(None, false);
    }

    /// The recipient this many rows below the selected one, within the window.
    fn neighbour(&self, by: i32) -> Option<u32> {
        let rows = &self.listing.rows;
        let at = rows.iter().position(|row| Some(row.id) == self.selected)?;
        let last = rows.len().checked_sub(1)?;
        let to = at.saturating_add_signed(by as isize).min(last);
        Some(rows[to].id)
    }
}

/// The window that has this row near its middle. Windows start at fixed places, so that scrolling a
/// little requests nothing.
fn window_around(row: u32) -> u32 {
    const GRID: u32 = WINDOW / 4;
    row.saturating_sub(GRID) / GRID * GRID
}

#[cfg(test)]
mod tests {
    use super::*;
    use bezorgd_model::{Cause, State as Delivery};

    fn row(id: u32) -> ListRow {
        ListRow {
            id,
            address: format!("{id}@example.be"),
            name: None,
            customer: None,
            tally: None,
            cause: Cause::Unknown,
            state: Delivery::Failed,
            next_step: NextStep::ReadEvidence,
            at: None,
            retry_until: None,
            suggestion: None,
        }
    }

    fn listing(filter: &Filter, offset: u32, ids: std::ops::Range<u32>) -> PageAction {
        PageAction::Received(Event::Listing {
            filter: filter.clone(),
            total: 500,
            offset,
            rows: ids.map(row).collect(),
            no_hit: None,
        })
    }

    fn listed() -> PageState {
        let state = PageState::default().after(PageAction::Given(Origin::Evidence));
        state.after(listing(&Filter::default(), 0, 10..20))
    }

    #[test]
    fn a_hidden_character_in_a_search_is_visible() {
        let state = PageState::default().after(PageAction::Search("an\u{200B}".into()));
        assert_eq!(state.filter.search, "an⟨U+200B⟩");
    }

    #[test]
    fn the_first_recipient_is_shown_until_one_is_chosen() {
        let state = listed();
        assert_eq!((state.selected, state.chosen), (Some(10), false));
        // While reading continues, a more urgent one becomes the first.
        let state = state.after(listing(&Filter::default(), 0, 5..15));
        assert_eq!(state.selected, Some(5));
        let state = state.after(PageAction::Choose(12));
        let state = state.after(listing(&Filter::default(), 0, 1..15));
        assert_eq!((state.selected, state.chosen), (Some(12), true));
    }

    #[test]
    fn a_result_of_an_earlier_search_is_ignored() {
        let state = listed()
            .after(PageAction::Choose(12))
            .after(PageAction::Search("an".into()));
        let late = state.after(listing(&Filter::default(), 0, 30..40));
        assert_eq!(late, state);
        let state = state.after(listing(&state.filter, 0, 40..41));
        assert_eq!(state.selected, Some(40), "the first hit is shown");
    }

    #[test]
    fn arrow_keys_stay_inside_the_window() {
        let state = listed();
        assert_eq!(state.after(PageAction::Step(-1)).selected, Some(10));
        assert_eq!(state.after(PageAction::Step(1)).selected, Some(11));
        assert_eq!(state.after(PageAction::Step(99)).selected, Some(19));
        assert_eq!(
            PageState::default().after(PageAction::Step(1)).selected,
            None
        );
    }

    #[test]
    fn scrolling_a_little_keeps_the_window() {
        let state = listed();
        assert_eq!(state.after(PageAction::Scrolled(20)).window, 0);
        let far = state.after(PageAction::Scrolled(400));
        assert!(far.window <= 400 && 400 < far.window + WINDOW);
        assert_eq!(far.after(PageAction::Scrolled(401)).window, far.window);
    }

    #[test]
    fn that_nothing_was_given_is_said_until_something_is_read() {
        let reading = |total| {
            PageAction::Reading(Some(ReadingProgress {
                name: "a".to_owned(),
                bytes: 0.0,
                size: 0.0,
                number: 1,
                total,
            }))
        };
        let state = PageState::default().after(PageAction::NothingGiven);
        assert!(state.nothing_given);
        let state = state.after(reading(1));
        assert!(!state.nothing_given);
        // Progress with what was given before says nothing about it.
        let state = state.after(PageAction::NothingGiven).after(reading(2));
        assert!(state.nothing_given);
    }

    #[test]
    fn a_crash_reports_the_file_and_drops_the_results() {
        let state = listed().after(PageAction::Crashed(Some("stuk.eml".into())));
        assert_eq!(state.crashed, ["stuk.eml"]);
        assert!(state.listing.rows.is_empty() && state.selected.is_none());
        assert!(state.origin.is_some());
    }

    /// It is the reader who decides about it, also when an example makes room for evidence.
    #[test]
    fn what_is_offered_is_shown_until_the_reader_decides() {
        let offered = PageAction::Offered(vec!["gedeeld.eml".into()]);
        let state = PageState::default().after(offered).after(PageAction::Clear);
        assert_eq!(state.offered, ["gedeeld.eml"]);
        let state = state.after(PageAction::Offered(Vec::new()));
        assert_eq!(state, PageState::default());
    }

    #[test]
    fn clearing_keeps_only_the_worker() {
        let state = listed()
            .after(PageAction::Worker(WorkerStatus::Ready))
            .after(PageAction::Clear);
        let fresh = PageState::default().after(PageAction::Worker(WorkerStatus::Ready));
        assert_eq!(state, fresh);
    }
}
