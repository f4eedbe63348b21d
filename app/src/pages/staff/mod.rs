//! One file per page of staff. A page is a function of values: a handler loads, a page shows.

pub mod account;
pub mod audit;
pub mod people;
pub mod problem;
pub mod set_up;
pub mod sign_in;
