//! What the server promises, tested from outside as one binary.

mod domain;
