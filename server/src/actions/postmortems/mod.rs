//! Post-mortems: what the clock does for them.

pub mod clock;
