//! Resolve, filter, connect to exactly that address, verify the peer (reliability X50).

use std::future::Future;
use std::io;
use std::net::{IpAddr, SocketAddr};
use std::pin::Pin;
use std::sync::Arc;
use std::time::Duration;

use ipnet::IpNet;
use tokio::net::TcpStream;
use tokio::time::{Instant, timeout, timeout_at};

use super::names::{Names, Unresolved};
use super::race::{self, After};
use super::target::{Named, Target, is_allowed};

/// Longest wait for a name (reliability N9).
const RESOLVE: Duration = Duration::from_secs(5);
/// Longest wait for a connection, over all addresses of a name.
const CONNECT: Duration = Duration::from_secs(5);
/// An address that is silent for so long is not waited for alone (RFC 8305, 8).
const PAUSE: Duration = Duration::from_millis(250);

/// How names become addresses: an argument, so that tests can answer for the network.
pub type Resolve = Arc<dyn Fn(String, u16) -> Resolving + Send + Sync>;
/// Addresses to come, or why there are none.
pub type Resolving = Pin<Box<dyn Future<Output = Result<Vec<IpAddr>, Unresolved>> + Send>>;

/// Connects to public addresses, and to those in networks that the operator allows. Cheap to clone.
#[derive(Clone)]
pub struct Connector {
    networks: Arc<[IpNet]>,
    names: Names,
    resolve: Resolve,
}

/// Addresses that may be connected to, and what they took.
#[derive(Debug)]
pub struct Addresses {
    /// In the order in which they are tried; at least one.
    pub addresses: Vec<IpAddr>,
    /// How long the name took; `None` for a literal address.
    pub resolving: Option<Duration>,
}

/// A connection and what it took.
#[derive(Debug)]
pub struct Connected {
    /// The connection, without delay between small writes.
    pub stream: TcpStream,
    /// How long the name took; `None` for a literal address.
    pub resolving: Option<Duration>,
    /// How long connecting took.
    pub connecting: Duration,
}

/// Why there is no connection.
#[derive(Debug, thiserror::Error)]
pub enum ConnectError {
    /// The name has no address.
    #[error("{0}")]
    Dns(Unresolved),
    /// Every address of the target is in a network that may not be reached.
    #[error("the address is in a network that may not be reached")]
    Refused,
    /// Nobody answered in time.
    #[error("no connection in time")]
    TimedOut,
    /// The system said no.
    #[error("no connection: {0}")]
    Io(io::Error),
    /// This machine has no sockets, memory or network left.
    #[error("this machine cannot connect to anything: {0}")]
    Own(io::Error),
}

impl Connector {
    /// A connector that asks the name servers of this system.
    #[must_use]
    pub fn new(networks: &[IpNet]) -> Self {
        Self::with_servers(networks, &[])
    }

    /// A connector that asks these name servers, or those of this system where there are none.
    #[must_use]
    pub fn with_servers(networks: &[IpNet], servers: &[SocketAddr]) -> Self {
        let names = Names::new(servers);
        let asked = names.clone();
        let resolve: Resolve = Arc::new(move |name, port| {
            let names = asked.clone();
            Box::pin(async move {
                if names.is_empty() {
                    return ask_the_system(name, port).await.map_err(Unresolved::from);
                }
                names.addresses(&name, Instant::now() + RESOLVE).await
            })
        });
        Self { networks: networks.into(), names, resolve }
    }

    /// A connector with names from somewhere else.
    #[must_use]
    pub fn with_resolver(networks: &[IpNet], resolve: Resolve) -> Self {
        Self { networks: networks.into(), names: Names::only(&[]), resolve }
    }

    /// The private networks that may be reached.
    #[must_use]
    pub fn networks(&self) -> &[IpNet] {
        &self.networks
    }

    /// The name servers that it asks.
    #[must_use]
    pub const fn names(&self) -> &Names {
        &self.names
    }

    /// The addresses of the target that may be connected to, or by `deadline` at the latest why there are none.
    ///
    /// # Errors
    /// [`ConnectError`].
    pub async fn addresses(&self, target: &Target, deadline: Instant) -> Result<Addresses, ConnectError> {
        let begun = Instant::now();
        let (mut addresses, resolving) = match target.host() {
            Named::Address(address) => (vec![address], None),
            Named::Name(name) => {
                let limit = deadline.min(begun + RESOLVE);
                let answer = timeout_at(limit, (self.resolve)(name.to_owned(), target.port())).await;
                (answer.unwrap_or(Err(Unresolved::TimedOut)).map_err(dns_failed)?, Some(begun.elapsed()))
            }
        };
        if addresses.is_empty() {
            return Err(ConnectError::Dns(Unresolved::NoRecords));
        }
        addresses.retain(|address| is_allowed(*address, &self.networks));
        if addresses.is_empty() { Err(ConnectError::Refused) } else { Ok(Addresses { addresses, resolving }) }
    }

    /// Connects to the target, or says by `deadline` at the latest why not. Of several addresses one that answers is enough.
    ///
    /// # Errors
    /// [`ConnectError`].
    pub async fn connect(&self, target: &Target, deadline: Instant) -> Result<Connected, ConnectError> {
        let Addresses { addresses, resolving } = self.addresses(target, deadline).await?;
        let begun = Instant::now();
        let stream = self.reach(addresses, target.port(), deadline).await?;
        Ok(Connected { stream, resolving, connecting: begun.elapsed() })
    }

    /// Whether one of these addresses can be connected to; `None` where this machine cannot tell, or may not.
    pub async fn works(&self, addresses: Vec<IpAddr>, port: u16, deadline: Instant) -> Option<bool> {
        match self.reach(addresses, port, deadline).await {
            Ok(_) => Some(true),
            Err(ConnectError::Own(_) | ConnectError::Refused) => None,
            Err(_) => Some(false),
        }
    }

    /// Connects to one of these addresses, of those that may be connected to.
    async fn reach(&self, mut addresses: Vec<IpAddr>, port: u16, deadline: Instant) -> Result<TcpStream, ConnectError> {
        addresses.retain(|address| is_allowed(*address, &self.networks));
        let limit = deadline.min(Instant::now() + CONNECT);
        let attempts = addresses.into_iter().map(move |address| one(SocketAddr::new(address, port)));
        let mut worst = None;
        let failed = |error: ConnectError| match error {
            ConnectError::Own(error) if is_exhausted(&error) => After::Stop(ConnectError::Own(error)),
            // A kind of address that this machine does not speak says nothing of the others.
            ConnectError::Own(error) => {
                worst.get_or_insert(ConnectError::Own(error));
                After::GoOn
            }
            other => {
                worst = Some(other);
                After::GoOn
            }
        };
        match race::first(attempts, PAUSE, limit, failed).await {
            Some(connected) => connected,
            None if Instant::now() >= limit => Err(ConnectError::TimedOut),
            None => Err(worst.unwrap_or(ConnectError::Refused)),
        }
    }
}

async fn one(address: SocketAddr) -> Result<TcpStream, ConnectError> {
    let failed = |error: io::Error| if is_own(&error) { ConnectError::Own(error) } else { ConnectError::Io(error) };
    let stream = TcpStream::connect(address).await.map_err(failed)?;
    let peer = stream.peer_addr().map_err(ConnectError::Io)?;
    if peer.ip() != address.ip() {
        return Err(ConnectError::Refused);
    }
    stream.set_nodelay(true).map_err(ConnectError::Io)?;
    Ok(stream)
}

async fn ask_the_system(name: String, port: u16) -> io::Result<Vec<IpAddr>> {
    Ok(tokio::net::lookup_host((name, port)).await?.map(|address| address.ip()).collect())
}

fn dns_failed(error: Unresolved) -> ConnectError {
    match error {
        Unresolved::Own => ConnectError::Own(io::Error::other(error)),
        other => ConnectError::Dns(other),
    }
}

/// Whether this machine lacks what a connection takes, whatever the target is like (reliability N5).
#[must_use]
pub fn is_own(error: &io::Error) -> bool {
    // Linux: EADDRNOTAVAIL, ENETDOWN, ENETUNREACH.
    is_exhausted(error) || matches!(error.raw_os_error(), Some(99..=101))
}

/// Whether this machine has no sockets or memory left.
#[must_use]
pub fn is_exhausted(error: &io::Error) -> bool {
    // Linux: ENOMEM, ENFILE, EMFILE, ENOBUFS.
    matches!(error.raw_os_error(), Some(12 | 23 | 24 | 105))
}

/// What is left of the time, at most `limit`.
///
/// # Errors
/// Nothing came in time.
pub async fn within<T>(deadline: Instant, limit: Duration, work: impl Future<Output = T>) -> Result<T, tokio::time::error::Elapsed> {
    timeout(limit.min(deadline.saturating_duration_since(Instant::now())), work).await
}
