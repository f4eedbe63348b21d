//! The way out: everything that leaves this process for another machine.

pub mod guard;
