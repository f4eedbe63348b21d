//! Allclear: a status page and incident communication service.
//!
//! Modules in reading order: [`cli`] (what can be asked of the binary), [`config`], [`start`] and [`service`] (how it comes up),
//! [`clock`]; [`domain`] (the rules, pure), [`store`] (the only place that knows SQL), [`actions`] (one transaction each),
//! [`channels`] (the way out), [`probes`] (one kind of check each), [`snapshot`] (the public face), [`workers`] (what goes on in the
//! background), [`web`] (the edge); beside them [`secret`], [`signing_key`], [`signals`], [`meters`] and [`reads`], which several of them are handed.

pub mod actions;
pub mod channels;
pub mod cli;
pub mod clock;
pub mod config;
pub mod demo;
pub mod domain;
pub mod meters;
pub mod probes;
pub mod reads;
pub mod secret;
pub mod service;
pub mod signals;
pub mod signing_key;
pub mod snapshot;
pub mod start;
pub mod store;
pub mod web;
pub mod workers;
