//! The WASM entry. Naming `app` is what makes its islands part of the module: they are exported under their own names.

use app as _;
use wasm_bindgen::prelude::wasm_bindgen;

/// Prepares the page for its islands; the loader then calls each one's own export.
#[wasm_bindgen]
pub fn hydrate() {
    leptos::mount::hydrate_islands();
}
