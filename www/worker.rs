//! The worker: passes what the page sends to a [`Session`](bezorgd::session::Session) and its
//! answers back. Knows how messages travel; everything they mean is the session's.

#[cfg(target_arch = "wasm32")]
mod glue {
    use bezorgd::Part;
    use bezorgd::job::{Event, Request};
    use bezorgd::model::{Moment, ProblemCode};
    use bezorgd::session::Session;
    use js_sys::{Array, ArrayBuffer, Uint8Array, WebAssembly::Module};
    use serde::Deserialize;
    use std::cell::{Cell, OnceCell};
    use wasm_bindgen::prelude::*;
    use web_sys::{DedicatedWorkerGlobalScope, MessageEvent, TextDecoder};

    #[wasm_bindgen]
    extern "C" {
        /// Unpacks in a fresh instance of the unpacker (`boot.js`), whose `unpack` this is.
        #[wasm_bindgen(js_name = bezorgdUnpack, catch)]
        fn unpack_with(
            unpacker: &Module,
            bytes: &[u8],
            archives: bool,
            take: &mut dyn FnMut(JsValue),
        ) -> Result<JsValue, JsValue>;
    }

    thread_local! {
        /// The unpacker, once the page has sent it; `None` when it could not be loaded.
        static UNPACKER: OnceCell<Option<Module>> = const { OnceCell::new() };
    }

    /// Starts listening, and says so.
    pub fn start() {
        // A panic stops the worker; the page hears of that, but only the console hears why.
        std::panic::set_hook(Box::new(|panic| {
            web_sys::console::error_1(&panic.to_string().into());
        }));
        bezorgd::set_decoder(decode);
        bezorgd::set_unpacker(unpack);
        let mut worker = Worker {
            session: Session::new(now()),
            finishing: false,
        };
        let on_message = Closure::<dyn FnMut(MessageEvent)>::new(move |message: MessageEvent| {
            worker.receive(message.data());
        });
        scope().set_onmessage(Some(on_message.as_ref().unchecked_ref()));
        on_message.forget();
        post(Event::Ready);
    }

    struct Worker {
        session: Session,
        /// The open file is complete, and waits for the unpacker.
        finishing: bool,
    }

    impl Worker {
        /// A bare buffer is the next slice of the open file; a module is the unpacker, and nothing
        /// tells that there will be none; anything else is a request.
        fn receive(&mut self, data: JsValue) {
            if let Some(slice) = data.dyn_ref::<ArrayBuffer>() {
                let slice = Uint8Array::new(slice).to_vec();
                self.session.slice(&slice, &mut post);
            } else if data.is_null() || data.has_type::<Module>() {
                // The first one stays; there is no second.
                let _ = UNPACKER.with(|unpacker| unpacker.set(data.dyn_into().ok()));
                if std::mem::take(&mut self.finishing) {
                    self.session.handle(Request::Finish, &mut post);
                }
            } else {
                let request = serde_wasm_bindgen::from_value(data)
                    .expect("page and worker are built together");
                self.carry_out(request);
            }
        }

        fn carry_out(&mut self, request: Request) {
            let awaited = UNPACKER.with(|unpacker| unpacker.get().is_none());
            if request == Request::Finish && awaited && self.session.needs_unpacker() {
                self.finishing = true;
                return;
            }
            // Questions change nothing; anything else is about another file, or closes this one.
            self.finishing &= matches!(request, Request::List { .. } | Request::Show { .. });
            self.session.handle(request, &mut post);
        }
    }

    /// A part of what is taken along goes as a bare buffer, which is handed over and not copied again.
    fn post(event: Event) {
        if let Event::Part(bytes) = &event {
            let buffer = Uint8Array::from(bytes.as_slice()).buffer();
            return scope()
                .post_message_with_transfer(&buffer, &Array::of1(&buffer))
                .expect("a buffer can be transferred");
        }
        let message = serde_wasm_bindgen::to_value(&event).expect("an event is plain data");
        scope()
            .post_message(&message)
            .expect("plain data can be posted");
    }

    /// Decodes with the tables that every browser has.
    fn decode(label: &str, bytes: &[u8]) -> Option<String> {
        let decoder = TextDecoder::new_with_label(label).ok()?;
        decoder.decode_with_u8_array(bytes).ok()
    }

    /// Unpacks with the module that the page brought.
    fn unpack(
        bytes: &[u8],
        archives: bool,
        take: &mut dyn FnMut(Part<'_>),
    ) -> Result<(), ProblemCode> {
        let unpacker = UNPACKER.with(|unpacker| unpacker.get().cloned().flatten());
        let unpacker = unpacker.ok_or(ProblemCode::UnpackerMissing)?;
        let taking = Cell::new(false);
        let unpacked = unpack_with(&unpacker, bytes, archives, &mut |part| {
            taking.set(true);
            let part = serde_wasm_bindgen::Deserializer::from(part);
            take(Part::deserialize(part).expect("worker and unpacker are built together"));
            taking.set(false);
        });
        match unpacked {
            Ok(problem) => {
                let problem: Option<ProblemCode> = serde_wasm_bindgen::from_value(problem)
                    .expect("worker and unpacker are built together");
                problem.map_or(Ok(()), Err)
            }
            // It was this worker that stopped, and it cannot go on.
            Err(error) if taking.get() => wasm_bindgen::throw_val(error),
            Err(_) => Err(ProblemCode::DamagedWorkbook),
        }
    }

    fn scope() -> DedicatedWorkerGlobalScope {
        js_sys::global().unchecked_into()
    }

    fn now() -> Moment {
        let seconds = (js_sys::Date::now() / 1000.0) as i64;
        match Moment::from_unix(seconds) {
            Ok(now) => now,
            Err(_) => unreachable!("clocks give years that exist"),
        }
    }
}

fn main() {
    #[cfg(target_arch = "wasm32")]
    glue::start();
}
