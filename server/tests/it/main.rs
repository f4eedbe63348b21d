//! What the server promises, tested from outside. One binary, so that all tests share one link and one database server.
#![expect(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, reason = "a test that panics has failed, as it should")]

mod cli;
mod components;
mod demo;
mod documents;
mod domain;
mod guards;
mod import;
mod import_subscribers;
mod incidents;
mod layers;
mod people;
mod public;
mod routes;
mod schema;
mod sign_in;
mod staff_subscribers;
mod store;
mod subscribers;
mod support;
mod unsubscribe;
mod v2;
