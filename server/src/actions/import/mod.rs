//! Importing a status page of the field: its public documents in, our record out. Twice is the same as once, and nobody is mailed.

pub mod apply;
mod check;
pub mod outcome;
pub mod source;

pub use apply::run;
pub use outcome::{ImportError, Outcome};
pub use source::{Source, SourceError, parse};
