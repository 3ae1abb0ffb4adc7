//! The worker: passes what the page sends to a [`Session`](bezorgd::session::Session) and its
//! answers back. Knows how messages travel; everything they mean is the session's.

#[cfg(target_arch = "wasm32")]
mod glue {
    use bezorgd::job::{Event, Request};
    use bezorgd::model::Moment;
    use bezorgd::session::Session;
    use js_sys::{Array, ArrayBuffer, Uint8Array};
    use wasm_bindgen::prelude::*;
    use web_sys::{DedicatedWorkerGlobalScope, MessageEvent, TextDecoder};

    /// Starts listening, and says so.
    pub fn start() {
        // A panic stops the worker; the page hears of that, but only the console hears why.
        std::panic::set_hook(Box::new(|panic| {
            web_sys::console::error_1(&panic.to_string().into());
        }));
        bezorgd::set_decoder(decode);
        let mut session = Session::new(now());
        let on_message = Closure::<dyn FnMut(MessageEvent)>::new(move |message: MessageEvent| {
            receive(&mut session, message.data());
        });
        scope().set_onmessage(Some(on_message.as_ref().unchecked_ref()));
        on_message.forget();
        post(Event::Ready);
    }

    /// A bare buffer is the next slice of the open file; anything else is a request.
    fn receive(session: &mut Session, data: JsValue) {
        match data.dyn_into::<ArrayBuffer>() {
            Ok(slice) => session.slice(&Uint8Array::new(&slice).to_vec(), &mut post),
            Err(data) => {
                let request = serde_wasm_bindgen::from_value::<Request>(data)
                    .expect("page and worker are built together");
                session.handle(request, &mut post);
            }
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
