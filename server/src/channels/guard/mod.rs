//! The one outgoing connector (reliability X16, X50): what is connected to is exactly what was parsed and checked, every wait is
//! bounded, and nothing else makes a connection to an address that somebody typed.
//!
//! Read in this order: [`address`] (which addresses are anybody's), [`target`] (what may be asked for), [`names`] (what name servers say),
//! [`connect`] (resolve, filter, connect to that address), [`echo`] (the same without a connection), [`anchors`] (places that tell whether
//! our own network is there), [`operator`] (documents that the
//! operator names on the command line).

pub mod address;
pub mod anchors;
pub mod connect;
pub mod echo;
pub mod names;
pub mod operator;
mod race;
pub mod target;

pub use connect::{ConnectError, Connected, Connector, Resolve};
pub use names::{Names, Unresolved};
pub use operator::{FetchError, OperatorFetch};
pub use target::{Target, TargetError};

/// Chooses the one provider of cryptography (ring) for every TLS connection of this process; choosing again changes nothing.
pub fn choose_cryptography() {
    let _ = rustls::crypto::ring::default_provider().install_default();
}
