//! Opens archives, workbooks, Outlook messages and texts that hold a table for the worker, and writes
//! workbooks: a separate WASM module, because most visits never need it. The page loads it in the background.
//! The worker runs a fresh instance for each container, so that its memory is freed afterwards and a crash
//! stops nothing else.

mod glue {
    use js_sys::{Function, Uint8Array};
    use wasm_bindgen::prelude::*;

    /// Passes the parts of an archive, a workbook, an Outlook message or a text that holds a table to
    /// `on_part`. Returns the code of the problem with the container itself, or `null`.
    #[wasm_bindgen]
    pub fn unpack(bytes: Vec<u8>, archives: bool, on_part: &Function) -> JsValue {
        let unpacked = bezorgd::unpack(&bytes, archives, &mut |part| {
            let part = serde_wasm_bindgen::to_value(&part).expect("a part is plain data");
            if let Err(error) = on_part.call1(&JsValue::NULL, &part) {
                wasm_bindgen::throw_val(error);
            }
        });
        serde_wasm_bindgen::to_value(&unpacked.err()).expect("a code is plain data")
    }

    /// Writes a workbook piece by piece to `on_piece`, of the rows that `rows` returns until it returns
    /// `null`. Returns the reason why the workbook could not be made, or `null`.
    #[wasm_bindgen(js_name = writeWorkbook)]
    pub fn write_workbook(sheet: JsValue, rows: &Function, on_piece: &Function) -> JsValue {
        let sheet = serde_wasm_bindgen::from_value(sheet)
            .expect("the worker and this module are built together");
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
        serde_wasm_bindgen::to_value(&written.err()).expect("a code is plain data")
    }
}

fn main() {}
