//! The only way to the worker: starts it ([`life`]) and starts it again after a crash, gives it files
//! to read ([`queue`]) and asks it questions ([`questions`]).

mod life;
mod questions;
pub mod queue;

use crate::clock::now;
use crate::files::{Input, prepare, read};
use crate::state::{PageAction, WorkerStatus};
use bezorgd_model::ColumnChoice;
use bezorgd_protocol::{Event, Filter, Request, Settings};
use js_sys::ArrayBuffer;
use life::{CLOSED_WITHIN_MS, Life, WorkerSignal};
use questions::Questions;
use queue::{Queue, QueueStep};
use std::cell::{Cell, RefCell};
use std::ops::Deref;
use std::rc::{Rc, Weak};
use wasm_bindgen::JsValue;
use wasm_bindgen_futures::spawn_local;
use yew::Callback;

/// A handle on the worker.
#[derive(Clone)]
pub struct Bridge(Rc<BridgeParts>);

/// No part is borrowed while [`report`](Self::report) runs, because that may call the bridge again.
pub struct BridgeParts {
    life: Life,
    queue: RefCell<FileQueue>,
    questions: RefCell<Questions<ArrayBuffer>>,
    settings: RefCell<Settings>,
    /// Whether the page shows that something is read, and since when, in milliseconds since 1970.
    shown: Cell<(bool, f64)>,
    report: Callback<PageAction>,
}

/// How often to show the progress, in milliseconds.
const SHOW_EVERY_MS: f64 = 100.0;

type FileQueue = Queue<JsValue, ArrayBuffer>;
type FileStep = QueueStep<JsValue, ArrayBuffer>;

impl Deref for Bridge {
    type Target = BridgeParts;

    fn deref(&self) -> &BridgeParts {
        &self.0
    }
}

impl PartialEq for Bridge {
    fn eq(&self, other: &Self) -> bool {
        Rc::ptr_eq(&self.0, &other.0)
    }
}

impl Bridge {
    /// Starts a worker; `report` receives everything that happens.
    pub fn new(report: Callback<PageAction>) -> Self {
        let bridge = Self(Rc::new_cyclic(|parts: &Weak<BridgeParts>| {
            let parts = parts.clone();
            let on_signal = move |signal| {
                if let Some(parts) = parts.upgrade() {
                    Self(parts).handle_signal(signal);
                }
            };
            BridgeParts {
                life: Life::new(on_signal.into()),
                queue: RefCell::default(),
                questions: RefCell::default(),
                settings: RefCell::default(),
                shown: Cell::default(),
                report,
            }
        }));
        bridge.start();
        bridge
    }

    /// Reads these files after earlier ones.
    pub fn give(&self, inputs: Vec<Input>) {
        self.change_queue(|queue| queue.give(inputs));
    }

    /// Stops reading; results found so far stay.
    pub fn cancel(&self) {
        self.change_queue(Queue::cancel);
    }

    /// Reads everything again, with this choice of columns for the reports in one file
    /// ([`bezorgd_protocol::ReportColumns::file`]).
    pub fn read_columns(&self, file: u32, choice: ColumnChoice) {
        self.change_queue(|queue| queue.read_columns(file, choice));
    }

    /// Forgets everything: the worker ends, with all that is in its memory, and another one starts.
    pub fn clear(&self) {
        self.queue.borrow_mut().clear();
        self.settings.take();
        self.retry();
    }

    /// Tries to start a worker once more.
    pub fn retry(&self) {
        self.life.forget_crashes();
        self.start();
    }

    /// Applies settings to the evidence so far, and to further files.
    pub fn set(&self, settings: Settings) {
        self.settings.replace(settings.clone());
        // Before anything is read, they are sent with the first file.
        if self.queue.borrow().has_begun() {
            self.post(&Request::Set(Box::new(settings)));
        }
    }

    /// Requests a window of the list.
    pub fn list(&self, filter: Filter, offset: u32) {
        let request = self.questions.borrow_mut().list(filter, offset);
        self.post_if_any(request);
    }

    /// Requests everything about one recipient.
    pub fn show(&self, id: u32) {
        self.post(&Request::Show { id });
    }

    /// Sends a request whose answer is a single event.
    pub fn post(&self, request: &Request) {
        self.life.post(request);
    }

    /// Requests an export, which arrives in parts; `on_exported` receives all of them. Only one export runs at
    /// a time: a second request is ignored.
    pub fn export(&self, request: &Request, on_exported: impl FnOnce(Vec<ArrayBuffer>) + 'static) {
        let on_exported = Box::new(on_exported);
        let started = self.questions.borrow_mut().start_export(on_exported);
        if started {
            self.post(request);
        }
    }

    /// Starts a worker, and ends the current one.
    fn start(&self) {
        self.questions.take();
        self.life.start();
        self.report.emit(PageAction::Worker(WorkerStatus::Starting));
    }

    fn handle_signal(&self, signal: WorkerSignal) {
        match signal {
            WorkerSignal::Event(event) => self.handle_event(event),
            WorkerSignal::Part(part) => self.questions.borrow_mut().export_part(part),
            WorkerSignal::Lost => self.worker_lost(),
        }
    }

    /// The results of the worker are lost with it; the next one reads the evidence again, except the file
    /// on which this one stopped. However many files it stops on, one fewer is left each time.
    fn worker_lost(&self) {
        let was_ready = self.queue.borrow().is_ready();
        let culprit = self.queue.borrow_mut().worker_lost();
        let may_restart = self.life.crashed(culprit.is_some());
        if was_ready {
            self.report.emit(PageAction::Crashed(culprit));
        }
        if was_ready && may_restart {
            self.start();
        } else {
            self.report.emit(PageAction::Worker(WorkerStatus::Failed));
        }
    }

    fn handle_event(&self, event: Event) {
        match event {
            Event::Ready => {
                self.life.unwatch();
                self.report.emit(PageAction::Worker(WorkerStatus::Ready));
                self.life.bring_containers();
                self.change_queue(Queue::worker_ready);
            }
            Event::Progress { bytes } => self.change_queue(|queue| queue.processed(bytes)),
            Event::Closed => {
                self.life.unwatch();
                self.change_queue(Queue::closed);
            }
            Event::Exported => {
                let exported = self.questions.borrow_mut().exported();
                if let Some(pass_on) = exported {
                    pass_on();
                }
            }
            Event::Printing(rows) => self.report.emit(PageAction::Print(rows.into(), now())),
            Event::Listing { .. } => {
                let request = self.questions.borrow_mut().listed();
                self.post_if_any(request);
                self.report.emit(PageAction::Received(event));
            }
            Event::NotExported(_) => {
                self.questions.borrow_mut().export_failed();
                self.report.emit(PageAction::Received(event));
            }
            Event::Overview(_) | Event::Shown(_) | Event::MessageTypes(_) => {
                self.report.emit(PageAction::Received(event));
            }
            // Parts are bare buffers.
            Event::Part(_) => {}
        }
    }

    /// Changes the queue, and carries out the steps that it returns.
    fn change_queue(&self, change: impl FnOnce(&mut FileQueue) -> Vec<FileStep>) {
        let steps = change(&mut self.queue.borrow_mut());
        steps.into_iter().for_each(|step| self.carry_out(step));
    }

    fn carry_out(&self, step: FileStep) {
        match step {
            QueueStep::Begin => {
                let settings = Box::new(self.settings.borrow().clone());
                self.post(&Request::Clear {
                    now: now(),
                    settings,
                });
            }
            QueueStep::Post(request) => self.post(&request),
            QueueStep::Transfer(slice) => self.life.transfer(&slice),
            QueueStep::Prepare { ticket, items } => {
                let bridge = self.clone();
                spawn_local(async move {
                    let prepared = prepare(items).await;
                    bridge.change_queue(|queue| queue.prepared(ticket, prepared));
                });
            }
            QueueStep::Read {
                ticket,
                file,
                from,
                to,
            } => {
                let bridge = self.clone();
                spawn_local(async move {
                    let slice = read(file, from, to).await;
                    bridge.change_queue(|queue| queue.slice_read(ticket, slice));
                });
            }
            QueueStep::Show(progress) => {
                if self.show_now(progress.is_some()) {
                    self.report.emit(PageAction::Reading(progress));
                }
            }
            QueueStep::Nothing => {
                if !self.queue.borrow().has_begun() {
                    self.report.emit(PageAction::Clear);
                }
                self.report.emit(PageAction::NothingGiven);
            }
            QueueStep::AwaitClosed => self.life.watch(CLOSED_WITHIN_MS),
        }
    }

    /// Whether to show the progress now: drawing the page for each of thousands of small files would take longer than
    /// reading them. The beginning and the end are always shown.
    fn show_now(&self, is_reading: bool) -> bool {
        let time = js_sys::Date::now();
        let (was_reading, shown_at) = self.shown.get();
        let is_due = is_reading != was_reading || time - shown_at >= SHOW_EVERY_MS;
        if is_due {
            self.shown.set((is_reading, time));
        }
        is_due
    }

    fn post_if_any(&self, request: Option<Request>) {
        if let Some(request) = request {
            self.post(&request);
        }
    }
}
