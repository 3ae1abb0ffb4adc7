//! The worker: passes messages of the page to a [`Session`](bezorgd_session::Session), and its answers
//! back. It handles how messages travel; what they mean is up to the session.

mod glue {
    use bezorgd::spreadsheet::Sheet;
    use bezorgd::{ContainerPart, Host};
    use bezorgd_model::{Moment, NoWorkbook, ProblemCode};
    use bezorgd_protocol::{Event, wire};
    use bezorgd_session::Session;
    use bezorgd_session::inbox::Inbox;
    use bezorgd_words::Words;
    use js_sys::{Array, ArrayBuffer, Uint8Array, WebAssembly::Module};
    use serde::de::DeserializeOwned;
    use std::cell::{Cell, OnceCell};
    use wasm_bindgen::prelude::*;
    use web_sys::{
        DedicatedWorkerGlobalScope, MessageChannel, MessageEvent, MessagePort, TextDecoder,
    };

    #[wasm_bindgen]
    extern "C" {
        /// The texts of the reader's language, packed; the page sends them when it starts the worker.
        #[wasm_bindgen(thread_local_v2, js_namespace = globalThis, js_name = bezorgdWords)]
        static PACKED_WORDS: String;

        /// A fresh instance of the module that opens and writes containers (`containers.rs`).
        type Containers;

        #[wasm_bindgen(js_name = bezorgdInstantiate, catch)]
        fn instantiate(module: &Module) -> Result<Containers, JsValue>;

        #[wasm_bindgen(method, catch)]
        fn unpack(
            this: &Containers,
            bytes: &[u8],
            archives: bool,
            on_part: &mut dyn FnMut(Uint8Array),
        ) -> Result<Vec<u8>, JsValue>;

        #[wasm_bindgen(method, js_name = writeWorkbook, catch)]
        fn write_workbook(
            this: &Containers,
            sheet: &[u8],
            rows: &mut dyn FnMut() -> JsValue,
            on_piece: &mut dyn FnMut(Uint8Array),
        ) -> Result<Vec<u8>, JsValue>;
    }

    thread_local! {
        /// The module that opens and writes containers, once the page has sent it; `None` if it could
        /// not be loaded.
        static CONTAINERS: OnceCell<Option<Module>> = const { OnceCell::new() };
    }

    /// Starts listening, and reports that it does.
    pub fn start() {
        // A panic stops the worker. The page is notified, but the reason reaches only the console.
        std::panic::set_hook(Box::new(|panic| {
            web_sys::console::error_1(&panic.to_string().into());
        }));
        let host = Host {
            decode,
            unpack,
            write_workbook,
        };
        let mut relay = Relay {
            inbox: Inbox::new(Session::new(now(), words(), host)),
            nowhere: nowhere(),
        };
        let on_message = Closure::<dyn FnMut(MessageEvent)>::new(move |message: MessageEvent| {
            relay.receive(message.data());
        });
        scope().set_onmessage(Some(on_message.as_ref().unchecked_ref()));
        on_message.forget();
        post(Event::Ready);
    }

    struct Relay {
        inbox: Inbox,
        /// A port without a receiver: what is transferred to it is freed.
        nowhere: MessagePort,
    }

    impl Relay {
        /// A bare buffer is the next slice of the open file; a module opens and writes containers, and
        /// `null` means that it could not be loaded; an array of bytes is a request.
        fn receive(&mut self, data: JsValue) {
            if let Some(buffer) = data.dyn_ref::<ArrayBuffer>() {
                let slice = Uint8Array::new(buffer).to_vec();
                // Frees its memory at once: otherwise hundreds of megabytes wait to be collected.
                let transfer = Array::of1(buffer);
                self.nowhere
                    .post_message_with_transferable(&JsValue::NULL, &transfer)
                    .expect("a buffer can be transferred");
                self.inbox.slice(slice, &mut post);
            } else if data.is_null() || data.has_type::<Module>() {
                // The page sends it once.
                let _ = CONTAINERS.with(|containers| containers.set(data.dyn_into().ok()));
                self.inbox.unpacker_loaded(&mut post);
            } else {
                let request = Uint8Array::new(&data).to_vec();
                let request =
                    wire::from_bytes(&request).expect("page and worker are built together");
                self.inbox.request(request, &mut post);
            }
        }
    }

    /// A port whose other end is closed.
    fn nowhere() -> MessagePort {
        let channel = MessageChannel::new().expect("a worker can open a channel");
        channel.port2().close();
        channel.port1()
    }

    /// Sends an event as an array of bytes, and a part of an export as a bare buffer. Either is transferred and not
    /// copied.
    fn post(event: Event) {
        let (buffer, message): (_, JsValue) = if let Event::Part(part) = &event {
            let buffer = Uint8Array::from(part.as_slice()).buffer();
            (buffer.clone(), buffer.into())
        } else {
            let bytes = wire::to_page(&event).expect("an event is plain data");
            let bytes = Uint8Array::from(bytes.as_slice());
            (bytes.buffer(), bytes.into())
        };
        scope()
            .post_message_with_transfer(&message, &Array::of1(&buffer))
            .expect("a buffer can be transferred");
    }

    /// Decodes with the browser's own tables.
    fn decode(label: &str, bytes: &[u8]) -> Option<String> {
        let decoder = TextDecoder::new_with_label(label).ok()?;
        decoder.decode_with_u8_array(bytes).ok()
    }

    /// A fresh instance of the module, if the page could load it.
    fn containers() -> Option<Containers> {
        let module = CONTAINERS.with(|containers| containers.get().cloned().flatten());
        instantiate(&module?).ok()
    }

    /// Unpacks with a fresh instance of the module.
    fn unpack(
        bytes: &[u8],
        archives: bool,
        on_part: &mut dyn FnMut(ContainerPart<'_>),
    ) -> Result<(), ProblemCode> {
        let containers = containers().ok_or(ProblemCode::UnpackerMissing)?;
        let here = Cell::new(false);
        let unpacked = containers.unpack(bytes, archives, &mut |part| {
            here.set(true);
            on_part(wire::from_bytes(&part.to_vec()).expect(TOGETHER));
            here.set(false);
        });
        outcome(unpacked, here.get(), ProblemCode::DamagedWorkbook)
    }

    /// Writes with a fresh instance of the module.
    fn write_workbook(
        sheet: &Sheet,
        rows: &mut dyn FnMut() -> Option<Vec<u8>>,
        on_piece: &mut dyn FnMut(Vec<u8>),
    ) -> Result<(), NoWorkbook> {
        let containers = containers().ok_or(NoWorkbook::NoWriter)?;
        let sheet = wire::to_bytes(sheet).expect("a sheet is plain data");
        let here = Cell::new(false);
        let mut rows = || {
            here.set(true);
            let rows = rows().map(|rows| Uint8Array::from(rows.as_slice()));
            here.set(false);
            rows.map_or(JsValue::NULL, JsValue::from)
        };
        let mut on_piece = |piece: Uint8Array| {
            here.set(true);
            on_piece(piece.to_vec());
            here.set(false);
        };
        let written = containers.write_workbook(&sheet, &mut rows, &mut on_piece);
        outcome(written, here.get(), NoWorkbook::NoWriter)
    }

    const TOGETHER: &str = "the worker and that module are built together";

    /// The result of a call to the module; `stopped` when the module crashed. When this worker crashed
    /// in a callback, `here`, it cannot go on.
    fn outcome<E: DeserializeOwned>(
        result: Result<Vec<u8>, JsValue>,
        here: bool,
        stopped: E,
    ) -> Result<(), E> {
        match result {
            Ok(code) => {
                let code: Option<E> = wire::from_bytes(&code).expect(TOGETHER);
                code.map_or(Ok(()), Err)
            }
            Err(error) if here => wasm_bindgen::throw_val(error),
            Err(_) => Err(stopped),
        }
    }

    /// The words of the reader's language.
    fn words() -> &'static Words {
        let packed = PACKED_WORDS.with(String::clone).leak();
        Words::load(packed).expect("the page has loaded the same texts")
    }

    fn scope() -> DedicatedWorkerGlobalScope {
        js_sys::global().unchecked_into()
    }

    fn now() -> Moment {
        let seconds = (js_sys::Date::now() / 1000.0) as i64;
        match Moment::from_unix(seconds) {
            Ok(now) => now,
            Err(_) => unreachable!("a clock gives years from 0 to 9999"),
        }
    }
}

fn main() {
    glue::start();
}
