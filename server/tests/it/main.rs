<<<<<<< HEAD
fn main() {}
=======
//! What the server promises, tested as one binary.

mod domain;
>>>>>>> domain
