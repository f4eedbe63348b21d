//! Importing a status page of the field: its public documents in, our record out. Twice is the same as once, and nobody is mailed.

pub mod apply;
pub mod source;

pub use apply::{ImportError, Outcome, run};
pub use source::{Source, SourceError, parse};
