//! Handing mails to the relay: a conversation on one connection, and a pool of few connections.
//!
//! The mail library makes the mails, but does not send them: its connection reads a reply of any length, takes every 2xx and 3xx for a
//! yes, does not show that more was said than asked for, and after STARTTLS goes on with bytes that came in plain text. Here every
//! wait is bounded, every code is checked, and a connection about which there is the slightest doubt is closed (reliability E1 to E3).

mod conversation;
mod pool;
mod wire;

pub use pool::{Pool, Turn};

use std::sync::Arc;
use std::time::Duration;

use rustls::{ClientConfig, RootCertStore};

use crate::config::{Hidden, Smtp, SmtpSecurity};
use crate::domain::relay::Outcome;

/// The longest wait for each part of a conversation.
#[derive(Clone, Copy, Debug)]
pub struct Timeouts {
    /// The look-up of the relay's name.
    pub lookup: Duration,
    /// The TCP connection, for each address of the relay.
    pub connect: Duration,
    /// The TLS handshake.
    pub tls: Duration,
    /// The first words.
    pub greeting: Duration,
    /// Every command and its reply.
    pub command: Duration,
    /// The reply to the whole mail: a short wait here would make doubles (RFC 5321, 4.5.3.2.6).
    pub content: Duration,
}

impl Default for Timeouts {
    fn default() -> Self {
        Self {
            lookup: Duration::from_secs(5),
            connect: Duration::from_secs(10),
            tls: Duration::from_secs(10),
            greeting: Duration::from_secs(30),
            command: Duration::from_secs(30),
            content: Duration::from_secs(120),
        }
    }
}

/// The relay and how it is spoken to.
#[derive(Clone, Debug)]
pub struct Relay {
    /// Its host.
    pub host: String,
    /// Its port.
    pub port: u16,
    /// How the connection is protected.
    pub security: SmtpSecurity,
    /// Name and password, if it asks for them.
    pub credentials: Option<(String, Hidden)>,
    /// Most connections at once.
    pub connections: usize,
    /// Whose certificates are believed.
    pub tls: Arc<ClientConfig>,
    /// The longest waits.
    pub timeouts: Timeouts,
}

impl Relay {
    /// The relay of the settings. It is named by the operator, so it may be anywhere, on this machine too.
    #[must_use]
    pub fn new(smtp: &Smtp) -> Self {
        Self {
            host: smtp.host.clone(),
            port: smtp.port,
            security: smtp.security,
            credentials: smtp.credentials.clone(),
            connections: smtp.connections,
            tls: believing(public_roots()),
            timeouts: Timeouts::default(),
        }
    }
}

/// TLS that believes what these roots vouch for.
#[must_use]
pub fn believing(roots: RootCertStore) -> Arc<ClientConfig> {
    super::guard::choose_cryptography();
    Arc::new(ClientConfig::builder().with_root_certificates(roots).with_no_client_auth())
}

/// The roots the world agrees on, and those of this machine.
fn public_roots() -> RootCertStore {
    let mut roots: RootCertStore = webpki_roots::TLS_SERVER_ROOTS.iter().cloned().collect();
    // A certificate of this machine that cannot be read vouches for nothing; the others still do.
    roots.add_parsable_certificates(rustls_native_certs::load_native_certs().certs);
    roots
}

/// A mail ready to be handed over: one recipient, and the bytes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mail {
    /// Where the relay reports to; an address without anything around it.
    pub from: String,
    /// The one recipient (reliability E23); an address without anything around it.
    pub to: String,
    /// Headers and body, with CR LF at the end of every line.
    pub bytes: Vec<u8>,
}

/// How a relay received us.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Greeted {
    /// Whether the connection was protected by TLS.
    pub protected: bool,
    /// Whether it took our name and password.
    pub signed_in: bool,
}

/// Opens one connection, as for a mail, and says goodbye.
///
/// # Errors
/// How it ended.
pub async fn greet(relay: &Relay) -> Result<Greeted, Outcome> {
    let conversation = conversation::Conversation::open(relay).await?;
    let greeted = Greeted { protected: conversation.protected, signed_in: relay.credentials.is_some() };
    conversation.quit().await;
    Ok(greeted)
}
