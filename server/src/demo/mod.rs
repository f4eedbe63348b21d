//! What the demonstration needs beside its record while it runs: a mail catcher, and targets that really answer and really fail.

pub mod catcher;
pub mod targets;
