//! All that becomes WASM.
