//! What the server promises, tested from outside. One binary, so that all tests share one link and one database server.
#![expect(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, reason = "a test that panics has failed, as it should")]

mod cli;
mod courier;
mod demo;
mod documents;
mod domain;
mod import;
mod import_subscribers;
mod kill;
mod layers;
mod mails;
mod public;
mod schema;
mod smtp;
mod staff_subscribers;
mod store;
mod subscribers;
mod support;
mod unsubscribe;
mod v2;
