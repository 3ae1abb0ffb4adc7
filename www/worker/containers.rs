//! Opens archives and workbooks for the worker, and writes workbooks: a WASM module apart, because
//! most visits never need it. The page brings it in the background, and the worker runs a fresh
//! instance for each container, so that memory comes free afterwards and whatever stops one stops
//! nothing else.

mod glue {
    use js_sys::{Function, Uint8Array};
    use wasm_bindgen::prelude::*;

    /// Gives the parts of an archive or a workbook to `take`; tells what is wrong with the whole, if
    /// anything is.
    #[wasm_bindgen]
    pub fn unpack(bytes: Vec<u8>, archives: bool, take: &Function) -> JsValue {
        let unpacked = bezorgd::unpack(&bytes, archives, &mut |part| {
            let part = serde_wasm_bindgen::to_value(&part).expect("a part is plain data");
            if let Err(error) = take.call1(&JsValue::NULL, &part) {
                wasm_bindgen::throw_val(error);
            }
        });
        serde_wasm_bindgen::to_value(&unpacked.err()).expect("a code is plain data")
    }

    /// Writes a workbook of what `rows` gives until it gives nothing, piece after piece to `take`;
    /// tells why there is none, if there is none.
    #[wasm_bindgen(js_name = writeWorkbook)]
    pub fn write_workbook(sheet: JsValue, rows: &Function, take: &Function) -> JsValue {
        let sheet = serde_wasm_bindgen::from_value(sheet)
            .expect("the worker and this module are built together");
        let mut rows = || match rows.call0(&JsValue::NULL) {
            Ok(rows) => rows.dyn_ref::<Uint8Array>().map(Uint8Array::to_vec),
            Err(error) => wasm_bindgen::throw_val(error),
        };
        let mut take = |piece: Vec<u8>| {
            let piece = Uint8Array::from(piece.as_slice());
            if let Err(error) = take.call1(&JsValue::NULL, &piece) {
                wasm_bindgen::throw_val(error);
            }
        };
        let written = bezorgd::write_workbook(&sheet, &mut rows, &mut take);
        serde_wasm_bindgen::to_value(&written.err()).expect("a code is plain data")
    }
}

fn main() {}
