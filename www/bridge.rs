//! The way to the worker: the only file that names it.
//!
//! Starts the worker and starts it again after a crash, keeps the queue of files, reads each file on
//! the page in slices (the one way that works in every browser, that can be stopped, and in which
//! size does not matter) and hands the slices over without copying them.

use crate::files::{Input, reason};
use crate::network::note_loaded;
use crate::state::{Action, Reading, WINDOW, Worker as Status};
use bezorgd::job::{Event, Filter, Form, List, Request, Settings};
use bezorgd::model::{ColumnChoice, Moment};
use gloo_events::EventListener;
use gloo_timers::callback::Timeout;
use js_sys::{Array, ArrayBuffer};
use std::{cell::RefCell, rc::Rc};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::{JsFuture, spawn_local};
use web_sys::{File, MessageEvent, Worker};
use yew::Callback;

/// Large enough to read fast, small enough to stop soon and to take little memory.
const SLICE: f64 = 2.0 * 1024.0 * 1024.0;
/// How far the slices may run ahead of what the worker has taken in. While it works on one, the next
/// waits here: what was sent cannot be called back when the reader wants to stop.
const AHEAD: f64 = SLICE;
/// A worker that says nothing for so long did not start; its start raises no error by itself.
const READY_WITHIN_MS: u32 = 30_000;
/// A worker that does not let go of a file within this time hangs.
const CLOSED_WITHIN_MS: u32 = 3_000;
/// A worker that stops this often will not get through the evidence.
const MOST_CRASHES: u32 = 5;

#[wasm_bindgen]
extern "C" {
    /// A new worker, from memory (`boot/start.js`).
    #[wasm_bindgen(js_name = bezorgdSpawn, catch)]
    async fn spawn() -> Result<JsValue, JsValue>;
    /// What opens archives and workbooks and writes workbooks, a compiled module: fetched the first time
    /// (`boot/start.js`).
    #[wasm_bindgen(js_name = bezorgdContainers, catch)]
    async fn containers() -> Result<JsValue, JsValue>;
}

/// A handle on the worker.
#[derive(Clone)]
pub struct Bridge {
    inner: Rc<RefCell<Inner>>,
    report: Callback<Action>,
}

impl PartialEq for Bridge {
    fn eq(&self, other: &Self) -> bool {
        Rc::ptr_eq(&self.inner, &other.inner)
    }
}

#[derive(Default)]
struct Inner {
    running: Option<Running>,
    ready: bool,
    crashes: u32,
    /// Counts workers and files, so that what an earlier one still says is recognised as late.
    ticket: u32,
    /// Everything that was given: after a crash it is read again, except what it crashed on.
    inputs: Vec<Input>,
    /// What the reader has set.
    settings: Settings,
    /// The input to read next.
    next: usize,
    /// The first input of those that are shown as being read.
    first: usize,
    open: Option<Open>,
    /// The worker was told that every file is closed.
    concluded: bool,
    /// A window of the list was asked for and is not there yet.
    listing: bool,
    /// The window to ask for after it: fast scrolling asks for many, of which only the last matters.
    list_next: Option<(Filter, u32)>,
    /// What is on its way to be taken along.
    export: Option<Export>,
    /// Strikes when the worker does not answer in time.
    watchdog: Option<Timeout>,
}

/// What is on its way to be taken along.
struct Export {
    parts: Vec<ArrayBuffer>,
    done: Box<dyn FnOnce(Vec<ArrayBuffer>)>,
}

/// A worker and what listens to it; gone when dropped.
struct Running {
    worker: Worker,
    ticket: u32,
    _listeners: [EventListener; 3],
}

impl Drop for Running {
    fn drop(&mut self) {
        self.worker.terminate();
    }
}

/// The file that the worker has open.
struct Open {
    ticket: u32,
    input: Input,
    size: f64,
    /// The next slice is on its way from the disk.
    loading: bool,
    /// The next slice.
    loaded: Option<ArrayBuffer>,
    /// Bytes sent.
    sent: f64,
    /// Bytes that the worker took in.
    taken: f64,
    /// Nothing more is sent; the worker is closing it.
    ended: bool,
    /// The reader wants no more of it.
    stopped: bool,
}

impl Bridge {
    /// Starts a worker; everything that happens is reported.
    pub fn new(report: Callback<Action>) -> Self {
        let bridge = Self {
            inner: Rc::default(),
            report,
        };
        bridge.start();
        bridge
    }

    /// Reads these files after those that were given before.
    pub fn give(&self, inputs: Vec<Input>) {
        {
            let mut inner = self.inner.borrow_mut();
            if inner.open.is_none() && inner.next == inner.inputs.len() {
                inner.first = inner.next;
            }
            inner.inputs.extend(inputs);
        }
        self.report_reading();
        self.step();
    }

    /// Stops reading; what was found stays.
    pub fn cancel(&self) {
        let mut inner = self.inner.borrow_mut();
        let next = inner.next;
        inner.inputs.truncate(next);
        if let Some(open) = &mut inner.open {
            open.ended = true;
            open.stopped = true;
            inner.watchdog = Some(self.watchdog(CLOSED_WITHIN_MS));
            inner.post(&Request::Cancel);
        }
        drop(inner);
        self.report_reading();
    }

    /// Reads everything anew, with the columns of the reports in one file as the reader says.
    pub fn read_columns(&self, file: &str, choice: &ColumnChoice) {
        {
            let mut inner = self.inner.borrow_mut();
            // A report in an archive stands in the file that was given.
            let given = file.split('!').next().unwrap_or(file);
            for input in &mut inner.inputs {
                if input.name == given {
                    input.columns = Some(choice.clone());
                }
            }
            if inner.open.is_some() {
                return; // What is still being read is read as it began.
            }
            inner.next = 0;
            inner.first = 0;
        }
        self.report_reading();
        self.step();
    }

    /// Forgets everything: the worker goes, with all that is in its memory.
    pub fn clear(&self) {
        {
            let mut inner = self.inner.borrow_mut();
            let ticket = inner.ticket;
            *inner = Inner {
                ticket,
                ..Inner::default()
            };
        }
        self.start();
    }

    /// Tries to start a worker once more.
    pub fn retry(&self) {
        self.inner.borrow_mut().crashes = 0;
        self.start();
    }

    /// Asks for a window of the list.
    pub fn list(&self, filter: &Filter, offset: u32) {
        let mut inner = self.inner.borrow_mut();
        inner.list_next = Some((filter.clone(), offset));
        inner.ask_list();
    }

    /// Asks for everything about one recipient.
    pub fn show(&self, id: u32) {
        self.inner.borrow().post(&Request::Show { id });
    }

    /// Goes by what the reader has set, from now on and for what was read.
    pub fn set(&self, settings: Settings) {
        let mut inner = self.inner.borrow_mut();
        inner.settings = settings.clone();
        // Before anything is read, it goes along with the first file.
        if inner.ready && inner.next > 0 {
            inner.post(&Request::Set(Box::new(settings)));
        }
    }

    /// Asks for the whole list in some form; `done` gets its parts.
    pub fn export(
        &self,
        filter: &Filter,
        list: List,
        form: Form,
        done: impl FnOnce(Vec<ArrayBuffer>) + 'static,
    ) {
        let filter = filter.clone();
        self.take(&Request::Export { filter, list, form }, done);
    }

    /// Asks for the table of message types as a file; `done` gets its parts.
    pub fn export_message_types(&self, done: impl FnOnce(Vec<ArrayBuffer>) + 'static) {
        self.take(&Request::ExportMessageTypes, done);
    }

    /// Asks for what comes in parts. One at a time: while an earlier one is on its way, nothing
    /// happens.
    fn take(&self, request: &Request, done: impl FnOnce(Vec<ArrayBuffer>) + 'static) {
        let mut inner = self.inner.borrow_mut();
        if inner.export.is_none() {
            inner.export = Some(Export {
                parts: Vec::new(),
                done: Box::new(done),
            });
            inner.post(request);
        }
    }

    /// Asks for so many rows to print.
    pub fn print(&self, filter: &Filter, limit: u32) {
        let filter = filter.clone();
        self.inner.borrow().post(&Request::Print { filter, limit });
    }

    fn start(&self) {
        let ticket = {
            let mut inner = self.inner.borrow_mut();
            inner.running = None;
            inner.ready = false;
            inner.open = None;
            inner.listing = false;
            inner.list_next = None;
            inner.export = None;
            inner.next = 0;
            inner.first = 0;
            inner.watchdog = Some(self.watchdog(READY_WITHIN_MS));
            inner.new_ticket()
        };
        self.report.emit(Action::Worker(Status::Starting));
        let bridge = self.clone();
        spawn_local(async move {
            match spawn().await {
                Ok(worker) => bridge.adopt(worker.unchecked_into(), ticket),
                Err(_) if bridge.inner.borrow().ticket == ticket => bridge.lost(),
                Err(_) => {} // Cleared while it was on its way.
            }
        });
    }

    fn adopt(&self, worker: Worker, ticket: u32) {
        if self.inner.borrow().ticket != ticket {
            worker.terminate(); // Cleared while it was on its way.
            return;
        }
        let on_message = {
            let bridge = self.clone();
            EventListener::new(&worker, "message", move |message| {
                let data = message.unchecked_ref::<MessageEvent>().data();
                match data.dyn_into::<ArrayBuffer>() {
                    Ok(part) => bridge.keep(part, ticket),
                    Err(data) => match serde_wasm_bindgen::from_value(data) {
                        Ok(event) => bridge.hear(event, ticket),
                        Err(_) => bridge.lost(),
                    },
                }
            })
        };
        let on_error = ["error", "messageerror"].map(|kind| {
            let bridge = self.clone();
            EventListener::new(&worker, kind, move |_| bridge.lost())
        });
        let [on_error, on_message_error] = on_error;
        self.inner.borrow_mut().running = Some(Running {
            worker,
            ticket,
            _listeners: [on_message, on_error, on_message_error],
        });
    }

    /// Keeps the next part of what is taken along.
    fn keep(&self, part: ArrayBuffer, ticket: u32) {
        let mut inner = self.inner.borrow_mut();
        if inner.is_running(ticket)
            && let Some(export) = &mut inner.export
        {
            export.parts.push(part);
        }
    }

    fn hear(&self, event: Event, ticket: u32) {
        {
            let mut inner = self.inner.borrow_mut();
            if !inner.is_running(ticket) {
                return;
            }
            match &event {
                Event::Ready => {
                    inner.ready = true;
                    inner.watchdog = None;
                }
                Event::Progress { bytes, .. } => {
                    if let Some(open) = &mut inner.open {
                        open.taken = *bytes;
                    }
                }
                Event::Closed => {
                    inner.open = None;
                    inner.watchdog = None;
                }
                Event::Listing { .. } => {
                    inner.listing = false;
                    inner.ask_list();
                }
                Event::Overview(_)
                | Event::Shown(_)
                | Event::Part(_)
                | Event::Exported
                | Event::MessageTypes(_)
                | Event::Printing(_) => {}
                Event::NotExported(_) => inner.export = None,
            }
        }
        match event {
            Event::Exported => {
                let export = self.inner.borrow_mut().export.take();
                if let Some(Export { parts, done }) = export {
                    done(parts);
                }
            }
            Event::Printing(rows) => self.report.emit(Action::Print(rows.into(), now())),
            Event::Ready => {
                self.report.emit(Action::Worker(Status::Ready));
                self.bring_containers(ticket);
            }
            Event::Progress { .. } => self.report_reading(),
            event => self.report.emit(Action::Heard(event)),
        }
        self.step();
    }

    /// Sends the worker what opens archives and workbooks and writes workbooks, once it is there, or
    /// else that there is none. Until then the worker keeps those waiting.
    fn bring_containers(&self, ticket: u32) {
        let bridge = self.clone();
        spawn_local(async move {
            let containers = containers().await.unwrap_or(JsValue::NULL);
            note_loaded();
            let inner = bridge.inner.borrow();
            let running = inner.running.as_ref();
            if let Some(running) = running.filter(|running| running.ticket == ticket) {
                let sent = running.worker.post_message(&containers);
                sent.expect("a module can be posted");
            }
        });
    }

    /// The worker crashed, hangs or did not start. What it read is gone with it and is read again by
    /// the next one, except the file that it stopped on.
    fn lost(&self) {
        let (was_ready, file, again) = {
            let mut inner = self.inner.borrow_mut();
            let was_ready = std::mem::take(&mut inner.ready);
            inner.running = None;
            inner.watchdog = None;
            inner.crashes += 1;
            let file = inner.open.take().map(|_| {
                let at = inner.next - 1;
                inner.inputs.remove(at).name
            });
            (was_ready, file, inner.crashes <= MOST_CRASHES)
        };
        if was_ready {
            self.report.emit(Action::Crashed(file));
        }
        if was_ready && again {
            self.start();
        } else {
            self.report.emit(Action::Worker(Status::Failed));
        }
    }

    fn watchdog(&self, within_ms: u32) -> Timeout {
        let bridge = self.clone();
        Timeout::new(within_ms, move || bridge.lost())
    }

    /// Does whatever can be done now for the queue and the open file.
    fn step(&self) {
        if !self.inner.borrow().ready {
            return;
        }
        if self.inner.borrow().open.is_none() {
            self.open_next();
            self.inner.borrow_mut().conclude();
        }
        let Some((ticket, file, from)) = self.inner.borrow_mut().feed() else {
            return;
        };
        // The next slice comes from the disk while the worker takes in the ones before.
        let bridge = self.clone();
        spawn_local(async move {
            let slice = read(&file, from).await;
            bridge.take_in(slice, ticket);
        });
    }

    fn open_next(&self) {
        {
            let mut inner = self.inner.borrow_mut();
            let at = inner.next;
            if let Some(input) = inner.inputs.get(at).cloned() {
                if at == 0 {
                    let settings = Box::new(inner.settings.clone());
                    inner.post(&Request::Clear {
                        now: now(),
                        settings,
                    });
                }
                inner.next += 1;
                inner.concluded = false;
                let ticket = inner.new_ticket();
                let size = input.file.as_ref().map_or(0.0, |file| file.size());
                inner.post(&Request::Open {
                    name: input.name.clone(),
                    size,
                    purpose: input.purpose,
                    columns: input.columns.clone(),
                });
                inner.open = Some(Open {
                    ticket,
                    input,
                    size,
                    loading: false,
                    loaded: None,
                    sent: 0.0,
                    taken: 0.0,
                    ended: false,
                    stopped: false,
                });
            }
        }
        self.report_reading();
    }

    fn take_in(&self, slice: Result<ArrayBuffer, JsValue>, ticket: u32) {
        {
            let mut inner = self.inner.borrow_mut();
            let Some(open) = inner.open.as_mut().filter(|open| open.ticket == ticket) else {
                return; // Closed in the meantime.
            };
            open.loading = false;
            match slice {
                Ok(slice) => open.loaded = Some(slice),
                Err(_) if open.ended => {}
                Err(error) => {
                    open.ended = true;
                    inner.post(&Request::Fail {
                        detail: reason(&error),
                    });
                }
            }
        }
        self.step();
    }

    fn report_reading(&self) {
        let reading = self.inner.borrow().reading();
        self.report.emit(Action::Reading(reading));
    }
}

impl Inner {
    fn new_ticket(&mut self) -> u32 {
        self.ticket = self.ticket.wrapping_add(1);
        self.ticket
    }

    /// Whether this is the worker that is running, and not an earlier one.
    fn is_running(&self, ticket: u32) -> bool {
        let running = self.running.as_ref();
        running.is_some_and(|running| running.ticket == ticket)
    }

    fn post(&self, request: &Request) {
        let message = serde_wasm_bindgen::to_value(request).expect("a request is plain data");
        if let Some(running) = &self.running {
            running
                .worker
                .post_message(&message)
                .expect("plain data can be posted");
        }
    }

    /// Once after the last file: what only the whole shows need not be looked for after each.
    fn conclude(&mut self) {
        if self.open.is_none() && self.next > 0 && !self.concluded {
            self.concluded = true;
            self.post(&Request::Conclude);
        }
    }

    fn ask_list(&mut self) {
        if self.listing {
            return;
        }
        if let Some((filter, offset)) = self.list_next.take() {
            self.listing = true;
            self.post(&Request::List {
                filter,
                offset,
                limit: WINDOW,
            });
        }
    }

    /// Sends what may be sent of the open file; gives the place from which to read on, if any.
    fn feed(&mut self) -> Option<(u32, File, f64)> {
        let open = self.open.as_mut().filter(|open| !open.ended)?;
        let file = match &open.input.file {
            Ok(file) => file.clone(),
            Err(detail) => {
                let detail = detail.clone();
                open.ended = true;
                self.post(&Request::Fail { detail });
                return None;
            }
        };
        if open.sent - open.taken < AHEAD
            && let Some(slice) = open.loaded.take()
        {
            open.sent += f64::from(slice.byte_length());
            if let Some(running) = &self.running {
                let transfer = Array::of1(&slice);
                running
                    .worker
                    .post_message_with_transfer(&slice, &transfer)
                    .expect("a buffer can be transferred");
            }
        }
        if open.sent >= open.size {
            open.ended = true;
            self.post(&Request::Finish);
            return None;
        }
        if open.loading || open.loaded.is_some() {
            return None;
        }
        open.loading = true;
        Some((open.ticket, file, open.sent))
    }

    fn reading(&self) -> Option<Reading> {
        if self.open.as_ref().is_some_and(|open| open.stopped) {
            return None;
        }
        let waiting = self.inputs.get(self.next);
        let input = self.open.as_ref().map(|open| &open.input).or(waiting)?;
        let begun = self.next - usize::from(self.open.is_some());
        Some(Reading {
            name: input.name.clone(),
            bytes: self.open.as_ref().map_or(0.0, |open| open.taken),
            size: self.open.as_ref().map_or(0.0, |open| open.size),
            number: (begun + 1 - self.first.min(begun)) as u32,
            total: (self.inputs.len() - self.first.min(begun)) as u32,
        })
    }
}

async fn read(file: &File, from: f64) -> Result<ArrayBuffer, JsValue> {
    let to = (from + SLICE).min(file.size());
    let slice = file.slice_with_f64_and_f64(from, to)?;
    let buffer: ArrayBuffer = JsFuture::from(slice.array_buffer()).await?.unchecked_into();
    // Not every browser says so when a file has become shorter since it was chosen.
    if f64::from(buffer.byte_length()) < to - from {
        return Err("the file has changed".into());
    }
    Ok(buffer)
}

/// The present.
pub fn now() -> Moment {
    let seconds = (js_sys::Date::now() / 1000.0) as i64;
    match Moment::from_unix(seconds) {
        Ok(now) => now,
        Err(_) => unreachable!("clocks give years that exist"),
    }
}
