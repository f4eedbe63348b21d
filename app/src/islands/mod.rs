//! All that becomes WASM: what only the reader's own browser can know or do.
//!
//! `load.js` is the loader: the server fills in the hashed addresses of the glue and the module.

pub mod autosave;
pub mod choices;
pub mod live;
pub mod proof;

#[cfg(target_arch = "wasm32")]
mod browser;
#[cfg(target_arch = "wasm32")]
mod menus;
#[cfg(target_arch = "wasm32")]
mod morph;
#[cfg(target_arch = "wasm32")]
mod own_time;
#[cfg(target_arch = "wasm32")]
mod poll;
#[cfg(target_arch = "wasm32")]
mod proving;
#[cfg(target_arch = "wasm32")]
mod saving;
#[cfg(target_arch = "wasm32")]
mod strip;
