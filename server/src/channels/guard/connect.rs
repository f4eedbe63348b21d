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

use super::target::{Named, Target, is_allowed};

/// Longest wait for a name (reliability N9).
const RESOLVE: Duration = Duration::from_secs(5);
/// Longest wait for a connection, over all addresses of a name.
const CONNECT: Duration = Duration::from_secs(5);
/// Of several addresses none may take all of that time.
const CONNECT_EACH: Duration = Duration::from_millis(2_500);

/// How names become addresses: an argument, so that tests can answer for the network.
pub type Resolve = Arc<dyn Fn(String, u16) -> Pin<Box<dyn Future<Output = io::Result<Vec<IpAddr>>> + Send>> + Send + Sync>;

/// Connects to public addresses, and to those in networks that the operator allows. Cheap to clone.
#[derive(Clone)]
pub struct Connector {
    networks: Arc<[IpNet]>,
    resolve: Resolve,
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
    /// The name could not be resolved in time, or at all.
    #[error("the name could not be resolved")]
    Dns,
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
    /// A connector that asks the system for names.
    #[must_use]
    pub fn new(networks: &[IpNet]) -> Self {
        Self::with_resolver(networks, Arc::new(|name, port| Box::pin(ask_the_system(name, port))))
    }

    /// A connector with names from somewhere else.
    #[must_use]
    pub fn with_resolver(networks: &[IpNet], resolve: Resolve) -> Self {
        Self { networks: networks.into(), resolve }
    }

    /// The private networks that may be reached.
    #[must_use]
    pub fn networks(&self) -> &[IpNet] {
        &self.networks
    }

    /// Connects to the target, or says by `deadline` at the latest why not.
    ///
    /// # Errors
    /// [`ConnectError`].
    pub async fn connect(&self, target: &Target, deadline: Instant) -> Result<Connected, ConnectError> {
        let begun = Instant::now();
        let (addresses, resolving) = match target.host() {
            Named::Address(address) => (vec![address], None),
            Named::Name(name) => {
                let limit = deadline.min(begun + RESOLVE);
                let answer = timeout_at(limit, (self.resolve)(name.to_owned(), target.port())).await;
                (answer.map_err(|_| ConnectError::Dns)?.map_err(dns_failed)?, Some(begun.elapsed()))
            }
        };
        if addresses.is_empty() {
            return Err(ConnectError::Dns);
        }
        let begun = Instant::now();
        let limit = deadline.min(begun + CONNECT);
        let mut failed = ConnectError::Refused;
        for address in addresses.into_iter().filter(|address| is_allowed(*address, &self.networks)) {
            match one(SocketAddr::new(address, target.port()), limit).await {
                Ok(stream) => return Ok(Connected { stream, resolving, connecting: begun.elapsed() }),
                Err(error @ ConnectError::Own(_)) => return Err(error),
                Err(error) => failed = error,
            }
            if Instant::now() >= limit {
                break;
            }
        }
        Err(failed)
    }
}

async fn one(address: SocketAddr, limit: Instant) -> Result<TcpStream, ConnectError> {
    let limit = limit.min(Instant::now() + CONNECT_EACH.max(limit.saturating_duration_since(Instant::now()) / 2));
    let stream = match timeout_at(limit, TcpStream::connect(address)).await {
        Ok(Ok(stream)) => stream,
        Ok(Err(error)) if is_own(&error) => return Err(ConnectError::Own(error)),
        Ok(Err(error)) => return Err(ConnectError::Io(error)),
        Err(_) => return Err(ConnectError::TimedOut),
    };
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

/// A machine without sockets left cannot ask for names either, and the system's resolver does not say so.
fn dns_failed(error: io::Error) -> ConnectError {
    if is_own(&error) {
        return ConnectError::Own(error);
    }
    match std::net::UdpSocket::bind(("127.0.0.1", 0)) {
        Err(error) if is_own(&error) => ConnectError::Own(error),
        _ => ConnectError::Dns,
    }
}

/// Whether this machine lacks what a connection takes, whatever the target is like (reliability N5).
#[must_use]
pub fn is_own(error: &io::Error) -> bool {
    // Linux: ENOMEM, ENFILE, EMFILE, EADDRNOTAVAIL, ENETDOWN, ENETUNREACH, ENOBUFS.
    matches!(error.raw_os_error(), Some(12 | 23 | 24 | 99 | 100 | 101 | 105))
}

/// What is left of the time, at most `limit`.
///
/// # Errors
/// Nothing came in time.
pub async fn within<T>(deadline: Instant, limit: Duration, work: impl Future<Output = T>) -> Result<T, tokio::time::error::Elapsed> {
    timeout(limit.min(deadline.saturating_duration_since(Instant::now())), work).await
}
