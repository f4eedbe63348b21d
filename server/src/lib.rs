//! Allclear.

pub mod domain;
