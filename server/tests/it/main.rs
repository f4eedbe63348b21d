//! What the server promises, tested as one binary.

mod domain;
