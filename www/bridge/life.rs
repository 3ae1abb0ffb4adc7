//! The life of the worker: start, watchdog, crash and restart.

use super::Bridge;
use crate::network::note_loaded;
use crate::state::{PageAction, WorkerStatus};
use bezorgd_protocol::Request;
use gloo_events::EventListener;
use gloo_timers::callback::Timeout;
use js_sys::{Array, ArrayBuffer};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::spawn_local;
use web_sys::{MessageEvent, Worker};

/// How long a worker may take to start; a failed start raises no error by itself.
const READY_WITHIN_MS: u32 = 30_000;
/// How long a worker may take to close a file after the reader cancelled; after that it hangs.
pub const CLOSED_WITHIN_MS: u32 = 3_000;
/// After this many crashes the worker is not started again: it will not get through the evidence.
const MOST_CRASHES: u32 = 5;

#[wasm_bindgen]
extern "C" {
    /// A new worker, started from memory (`boot/start.js`).
    #[wasm_bindgen(js_name = bezorgdSpawn, catch)]
    async fn spawn() -> Result<JsValue, JsValue>;
    /// The compiled module that opens archives and workbooks and writes workbooks; fetched the first
    /// time (`boot/start.js`).
    #[wasm_bindgen(js_name = bezorgdContainers, catch)]
    async fn containers() -> Result<JsValue, JsValue>;
}

/// The worker, if there is one.
#[derive(Default)]
pub struct Life {
    running: Option<Running>,
    /// How many workers crashed since the reader started over.
    crashes: u32,
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
    /// Forgets earlier crashes.
    pub fn forget_crashes(&mut self) {
        self.crashes = 0;
    }

    /// The worker answered in time.
    pub fn unwatch(&mut self) {
        self.watchdog = None;
    }

    /// Sends a request, if there is a worker.
    pub fn post(&self, request: &Request) {
        let message = serde_wasm_bindgen::to_value(request).expect("a request is plain data");
        if let Some(Running { worker, .. }) = &self.running {
            let posted = worker.post_message(&message);
            posted.expect("plain data can be posted");
        }
    }

    /// Transfers bytes, if there is a worker; they are not copied.
    pub fn transfer(&self, bytes: &ArrayBuffer) {
        if let Some(Running { worker, .. }) = &self.running {
            let posted = worker.post_message_with_transfer(bytes, &Array::of1(bytes));
            posted.expect("a buffer can be transferred");
        }
    }

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

    /// Counts a crash; returns whether the worker may be started again.
    fn crashed(&mut self) -> bool {
        self.running = None;
        self.watchdog = None;
        self.crashes += 1;
        self.crashes <= MOST_CRASHES
    }
}

impl Bridge {
    /// Starts a worker, in place of the one there is.
    pub(super) fn start(&self) {
        self.questions.take();
        let ticket = self.life.borrow_mut().end();
        self.watch(READY_WITHIN_MS);
        self.report.emit(PageAction::Worker(WorkerStatus::Starting));
        let bridge = self.clone();
        spawn_local(async move {
            let spawned = spawn().await;
            let is_late = bridge.life.borrow().last_ticket != ticket;
            match spawned {
                Ok(worker) if is_late => worker.unchecked_into::<Worker>().terminate(),
                Ok(worker) => bridge.adopt(worker.unchecked_into(), ticket),
                Err(_) if is_late => {}
                Err(_) => bridge.lost(),
            }
        });
    }

    /// Listens to a worker that was spawned.
    fn adopt(&self, worker: Worker, ticket: u32) {
        let on_message = {
            let bridge = self.clone();
            EventListener::new(&worker, "message", move |message| {
                let data = message.unchecked_ref::<MessageEvent>().data();
                bridge.receive(data, ticket);
            })
        };
        let [on_error, on_message_error] = ["error", "messageerror"].map(|kind| {
            let bridge = self.clone();
            EventListener::new(&worker, kind, move |_| bridge.lost())
        });
        self.life.borrow_mut().running = Some(Running {
            worker,
            ticket,
            _listeners: [on_message, on_error, on_message_error],
        });
    }

    /// A bare buffer is a part of an export; anything else is an event.
    fn receive(&self, data: JsValue, ticket: u32) {
        if self.life.borrow().worker(ticket).is_none() {
            return;
        }
        match data.dyn_into::<ArrayBuffer>() {
            Ok(part) => self.questions.borrow_mut().export_part(part),
            Err(data) => match serde_wasm_bindgen::from_value(data) {
                Ok(event) => self.handle_event(event, ticket),
                Err(_) => self.lost(),
            },
        }
    }

    /// Sends the worker the module for containers once it is there, or `null` when it could not be
    /// loaded. Until then the worker keeps containers waiting.
    pub(super) fn bring_containers(&self, ticket: u32) {
        let bridge = self.clone();
        spawn_local(async move {
            let containers = containers().await.unwrap_or(JsValue::NULL);
            note_loaded();
            if let Some(worker) = bridge.life.borrow().worker(ticket) {
                let posted = worker.post_message(&containers);
                posted.expect("a module can be posted");
            }
        });
    }

    /// The worker crashed, hangs or did not start. Its results are gone with it; the next one reads
    /// the evidence again, except the file that this one stopped on.
    fn lost(&self) {
        let was_ready = self.queue.borrow().is_ready();
        let culprit = self.queue.borrow_mut().worker_lost();
        let may_restart = self.life.borrow_mut().crashed();
        if was_ready {
            self.report.emit(PageAction::Crashed(culprit));
        }
        if was_ready && may_restart {
            self.start();
        } else {
            self.report.emit(PageAction::Worker(WorkerStatus::Failed));
        }
    }

    /// Gives the worker this long to answer.
    pub(super) fn watch(&self, within_ms: u32) {
        let bridge = self.clone();
        let watchdog = Timeout::new(within_ms, move || bridge.lost());
        self.life.borrow_mut().watchdog = Some(watchdog);
    }
}
