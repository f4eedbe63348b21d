//! The edge: HTTP in, bytes out. Handlers translate; what is public is looked up in the snapshot, never computed.

pub mod admin;
pub mod assets;
pub mod guards;
pub mod listen;
pub mod public;
pub mod router;
