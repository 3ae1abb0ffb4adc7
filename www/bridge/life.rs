//! The life of the worker: start, watchdog, crash and end.

use crate::network::note_loaded;
use bezorgd_protocol::{Event, Request, wire};
use gloo_events::EventListener;
use gloo_timers::callback::Timeout;
use js_sys::{Array, ArrayBuffer, Uint8Array};
use std::cell::RefCell;
use std::rc::Rc;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::spawn_local;
use web_sys::{MessageEvent, Worker};
use yew::Callback;

/// How long a worker may take to start; a failed start raises no error by itself.
const READY_WITHIN_MS: u32 = 30_000;
/// How long a worker may take to close a file after the reader cancelled; after that it hangs.
pub const CLOSED_WITHIN_MS: u32 = 3_000;
/// After this many crashes that no file explains, the worker is not started again: it would crash on the same
/// evidence for ever.
const MOST_UNEXPLAINED: u32 = 5;

#[wasm_bindgen]
extern "C" {
    /// A new worker, started from memory (`boot/start.js`).
    #[wasm_bindgen(js_name = bezorgdSpawn, catch)]
    async fn spawn() -> Result<JsValue, JsValue>;
    /// The compiled module that opens archives, workbooks and Outlook messages, and writes workbooks;
    /// fetched the first time (`boot/start.js`).
    #[wasm_bindgen(js_name = bezorgdContainers, catch)]
    async fn containers() -> Result<JsValue, JsValue>;
}

/// A signal from the worker, or about its end.
pub enum WorkerSignal {
    /// It sent an event.
    Event(Event),
    /// It sent a part of an export.
    Part(ArrayBuffer),
    /// It crashed, hangs or did not start.
    Lost,
}

/// A handle on the worker, if there is one. Nothing is borrowed while a signal is emitted, because that
/// may call this again.
#[derive(Clone)]
pub struct Life {
    state: Rc<RefCell<LifeState>>,
    signals: Callback<WorkerSignal>,
}

#[derive(Default)]
struct LifeState {
    running: Option<Running>,
    /// How many workers crashed without a file that is set aside since the reader started over.
    unexplained: u32,
    /// Counts the workers, so that messages of an earlier one are recognised as late.
    last_ticket: u32,
    /// Ends a worker that does not answer in time.
    watchdog: Option<Timeout>,
}

/// A worker and its listeners; terminated when dropped.
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

impl Life {
    /// Without a worker yet; `signals` receives the signals of those that are started.
    pub fn new(signals: Callback<WorkerSignal>) -> Self {
        let state = Rc::default();
        Self { state, signals }
    }

    /// Starts a worker, and ends the current one.
    pub fn start(&self) {
        let ticket = self.state.borrow_mut().end();
        self.watch(READY_WITHIN_MS);
        let life = self.clone();
        spawn_local(async move {
            let spawned = spawn().await;
            let is_late = life.state.borrow().last_ticket != ticket;
            match spawned {
                Ok(worker) if is_late => worker.unchecked_into::<Worker>().terminate(),
                Ok(worker) => life.adopt(worker.unchecked_into(), ticket),
                Err(_) if is_late => {}
                Err(_) => life.lost(),
            }
        });
    }

    /// Forgets earlier crashes.
    pub fn forget_crashes(&self) {
        self.state.borrow_mut().unexplained = 0;
    }

    /// The worker is gone, `explained` if the file that caused it is set aside. Returns whether a worker may be started
    /// again.
    pub fn crashed(&self, explained: bool) -> bool {
        let mut state = self.state.borrow_mut();
        state.running = None;
        state.watchdog = None;
        state.unexplained += u32::from(!explained);
        state.unexplained <= MOST_UNEXPLAINED
    }

    /// Gives the worker this long to answer.
    pub fn watch(&self, within_ms: u32) {
        let life = self.clone();
        let watchdog = Timeout::new(within_ms, move || life.lost());
        self.state.borrow_mut().watchdog = Some(watchdog);
    }

    /// The worker answered in time.
    pub fn unwatch(&self) {
        self.state.borrow_mut().watchdog = None;
    }

    /// Sends a request, if there is a worker.
    pub fn post(&self, request: &Request) {
        let message = wire::to_bytes(request).expect("a request is plain data");
        let message = Uint8Array::from(&*message);
        if let Some(Running { worker, .. }) = &self.state.borrow().running {
            let posted = worker.post_message(&message);
            posted.expect("plain data can be posted");
        }
    }

    /// Transfers bytes, if there is a worker; they are not copied.
    pub fn transfer(&self, bytes: &ArrayBuffer) {
        if let Some(Running { worker, .. }) = &self.state.borrow().running {
            let posted = worker.post_message_with_transfer(bytes, &Array::of1(bytes));
            posted.expect("a buffer can be transferred");
        }
    }

    /// Sends the worker the module for containers once it is there, or `null` if it could not be
    /// loaded. Until then the worker keeps containers waiting.
    pub fn bring_containers(&self) {
        let life = self.clone();
        let ticket = self.state.borrow().last_ticket;
        spawn_local(async move {
            let containers = containers().await.unwrap_or(JsValue::NULL);
            note_loaded();
            if let Some(worker) = life.state.borrow().worker(ticket) {
                let posted = worker.post_message(&containers);
                posted.expect("a module can be posted");
            }
        });
    }

    /// Listens to a worker that was spawned.
    fn adopt(&self, worker: Worker, ticket: u32) {
        let on_message = {
            let life = self.clone();
            EventListener::new(&worker, "message", move |message| {
                let data = message.unchecked_ref::<MessageEvent>().data();
                life.receive(data, ticket);
            })
        };
        let [on_error, on_message_error] = ["error", "messageerror"].map(|kind| {
            let life = self.clone();
            EventListener::new(&worker, kind, move |_| life.lost())
        });
        self.state.borrow_mut().running = Some(Running {
            worker,
            ticket,
            _listeners: [on_message, on_error, on_message_error],
        });
    }

    /// A bare buffer is a part of an export; an array of bytes is an event.
    fn receive(&self, data: JsValue, ticket: u32) {
        if self.state.borrow().worker(ticket).is_none() {
            return;
        }
        self.signals.emit(match data.dyn_into::<ArrayBuffer>() {
            Ok(part) => WorkerSignal::Part(part),
            Err(data) => match wire::from_bytes(&Uint8Array::new(&data).to_vec()) {
                Ok(event) => WorkerSignal::Event(event),
                Err(_) => WorkerSignal::Lost,
            },
        });
    }

    fn lost(&self) {
        self.signals.emit(WorkerSignal::Lost);
    }
}

impl LifeState {
    /// Ends the worker, and reserves a ticket for the next one.
    fn end(&mut self) -> u32 {
        self.running = None;
        self.last_ticket = self.last_ticket.wrapping_add(1);
        self.last_ticket
    }

    /// The worker with this ticket, unless there is a later one.
    fn worker(&self, ticket: u32) -> Option<&Worker> {
        let running = self.running.as_ref()?;
        (running.ticket == ticket).then_some(&running.worker)
    }
}
