//! The edge: HTTP in, bytes out. Handlers translate; what is public is looked up in the snapshot, never computed.

pub mod admin;
pub mod assets;
pub mod demo;
mod download;
pub mod flash;
pub mod form;
pub mod guards;
pub mod headers;
pub mod hooks;
pub mod language;
pub mod limits;
pub mod listen;
pub mod manage;
pub mod problem;
pub mod public;
pub mod router;
pub mod session;
pub mod staff;
pub mod visitor;
mod wishes;
