//! What the server promises, tested from outside. One binary, so that all tests share one link and one database server.
#![expect(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, reason = "a test that panics has failed, as it should")]

mod cli;
mod components;
mod courier;
mod demo;
mod documents;
mod domain;
mod faults;
mod guard;
mod guards;
mod import;
mod import_subscribers;
mod incidents;
mod judge;
mod keeper;
mod kill;
mod layers;
mod mails;
mod manage;
mod monitors;
mod people;
mod probe;
mod prober;
mod public;
mod routes;
mod schema;
mod sign_in;
mod smtp;
mod staff_pages;
mod staff_postmortems;
mod staff_subscribers;
mod store;
mod subscribers;
mod support;
mod unsubscribe;
mod v2;
