//! The way out: everything that leaves this process for another machine.

pub mod email;
pub mod guard;
pub mod smtp;
