//! Opens archives, workbooks, Outlook messages and texts that hold a table for the worker, and writes
//! workbooks: a separate WASM module, because most visits never need it. The page loads it in the background.
//! The worker runs a fresh instance for each container, so that its memory is freed afterwards and a crash
//! stops nothing else.

mod glue {
    use bezorgd_protocol::wire;
    use js_sys::{Function, Uint8Array};
    use wasm_bindgen::prelude::*;

    /// Passes the parts of an archive, a workbook, an Outlook message or a text that holds a table to
    /// `on_part`, each as the bytes of a message. Returns those of the problem with the container itself, if it has
    /// one.
    #[wasm_bindgen]
    pub fn unpack(bytes: Vec<u8>, archives: bool, on_part: &Function) -> Vec<u8> {
        let unpacked = bezorgd::unpack(&bytes, archives, &mut |part| {
            let part = Uint8Array::from(&*message(&part));
            if let Err(error) = on_part.call1(&JsValue::NULL, &part) {
                wasm_bindgen::throw_val(error);
            }
        });
        message(&unpacked.err())
    }

    /// Writes a workbook piece by piece to `on_piece`, of the rows that `rows` returns until it returns
    /// `null`. Returns the reason why the workbook could not be made, if it could not, as the bytes of a message.
    #[wasm_bindgen(js_name = writeWorkbook)]
    pub fn write_workbook(sheet: &[u8], rows: &Function, on_piece: &Function) -> Vec<u8> {
        let sheet = wire::from_bytes(sheet).expect("the worker and this module are built together");
        let mut rows = || match rows.call0(&JsValue::NULL) {
            Ok(rows) => rows.dyn_ref::<Uint8Array>().map(Uint8Array::to_vec),
            Err(error) => wasm_bindgen::throw_val(error),
        };
        let mut on_piece = |piece: Vec<u8>| {
            let piece = Uint8Array::from(piece.as_slice());
            if let Err(error) = on_piece.call1(&JsValue::NULL, &piece) {
                wasm_bindgen::throw_val(error);
            }
        };
        let written = bezorgd::write_workbook(&sheet, &mut rows, &mut on_piece);
        message(&written.err())
    }

    fn message<T: serde::Serialize>(value: &T) -> Vec<u8> {
        wire::to_bytes(value).expect("plain data")
    }
}

fn main() {}
