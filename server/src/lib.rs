//! Allclear.

pub mod store;
