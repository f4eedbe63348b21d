//! One file per page of staff. A page is a function of values: a handler loads, a page shows.

pub mod problem;
