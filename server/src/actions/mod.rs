//! What the service does: one transaction each. Load, decide by the rules, save, say that it changed.

pub mod demo;
pub mod import;
pub mod pages;
