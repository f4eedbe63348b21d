//! What a browser sees of Allclear: words, pages, islands. No database, no socket, no clock.
//!
//! Read in this order: [`words`] (the vocabulary), `view` (everything public as one value), `pages` (one file per public
//! route), `parts` (pieces two pages share), `islands` (all that becomes WASM).

pub mod words;

#[cfg(feature = "ssr")]
pub mod calendar;
#[cfg(feature = "ssr")]
pub mod language;
#[cfg(feature = "ssr")]
pub mod look;
#[cfg(feature = "ssr")]
pub mod markdown;
#[cfg(feature = "ssr")]
mod related;
#[cfg(feature = "ssr")]
pub mod stock;
#[cfg(feature = "ssr")]
pub mod translations;
#[cfg(feature = "ssr")]
pub mod view;

pub mod islands;
pub mod proof;

#[cfg(feature = "ssr")]
pub mod parts;

#[cfg(feature = "ssr")]
pub mod pages;

#[cfg(feature = "ssr")]
mod head;

#[cfg(feature = "ssr")]
mod linked_data;

#[cfg(feature = "ssr")]
mod shell;

#[cfg(feature = "ssr")]
pub mod staff;

#[cfg(feature = "ssr")]
pub use head::THEME_SCRIPT;
#[cfg(feature = "ssr")]
pub use shell::{Assets, PublicPage, render, render_piece, render_starting, render_visit};
