//! One file per staff page. A page is a function of values that a handler has loaded, and answers with the whole document.

pub mod component;
pub mod components;
pub mod composer;
pub mod home;
pub mod incident;
pub mod incidents;

mod evidence;
mod fields;

pub use evidence::{Check, Evidence};
pub use fields::{Facts, Message, NextUpdate};
