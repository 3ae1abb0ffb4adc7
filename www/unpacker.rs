//! Opens archives and workbooks for the worker: a WASM module apart, because most visits never need
//! it. The page brings it in the background, and the worker runs a fresh instance for each container,
//! so that memory comes free afterwards and whatever stops one stops nothing else.

#[cfg(target_arch = "wasm32")]
mod glue {
    use js_sys::Function;
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
}

fn main() {}
