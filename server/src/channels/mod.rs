//! The way out: everything that leaves this process for another machine.

pub mod dns;
pub mod email;
pub mod guard;
pub mod smtp;
