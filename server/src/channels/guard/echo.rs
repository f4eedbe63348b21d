//! ICMP echo over sockets that need no privilege, where the system offers them (`net.ipv4.ping_group_range` of Linux, for both kinds of
//! addresses).

use std::io;
use std::net::{IpAddr, SocketAddr};
use std::time::Duration;

use socket2::{Domain, Protocol, Socket, Type};
use tokio::net::UdpSocket;
use tokio::time::{Instant, timeout_at};

use super::connect::{ConnectError, Connector, is_exhausted, is_own};
use super::race::{self, After};
use super::target::Target;

/// An echo that has not come back until then is asked for once more.
const AGAIN: Duration = Duration::from_secs(1);
/// An address that is silent for so long is not waited for alone.
const PAUSE: Duration = Duration::from_millis(250);
/// Bytes that tell our echo from others.
const TOKEN: usize = 16;

/// An echo that came back.
#[derive(Clone, Copy, Debug)]
pub struct Echoed {
    /// How long the name took; `None` for a literal address.
    pub resolving: Option<Duration>,
    /// From the request that was answered to its answer.
    pub taking: Duration,
}

/// Why no echo came back.
#[derive(Debug, thiserror::Error)]
pub enum EchoError {
    /// There is nobody to ask.
    #[error(transparent)]
    Connect(#[from] ConnectError),
    /// The system forbids to ask.
    #[error("this system forbids ICMP sockets")]
    Forbidden,
    /// Somebody on the way said that nobody can be reached.
    #[error("the host cannot be reached")]
    Unreachable,
}

/// Whether this system lets us ask.
#[must_use]
pub fn is_permitted() -> bool {
    !socket(Domain::IPV4).is_err_and(|error| forbids(&error))
}

/// Asks the target for an echo, and once more after a second without one.
///
/// # Errors
/// [`EchoError`]; [`ConnectError::TimedOut`] where nothing came until `deadline`.
pub async fn echo(connector: &Connector, target: &Target, deadline: Instant) -> Result<Echoed, EchoError> {
    let found = connector.addresses(target, deadline).await?;
    let mut worst = None;
    let failed = |error: EchoError| match error {
        EchoError::Forbidden => After::Stop(EchoError::Forbidden),
        EchoError::Connect(ConnectError::Own(error)) if is_exhausted(&error) => After::Stop(ConnectError::Own(error).into()),
        EchoError::Connect(ConnectError::Own(error)) => {
            worst.get_or_insert(ConnectError::Own(error).into());
            After::GoOn
        }
        other => {
            worst = Some(other);
            After::GoOn
        }
    };
    match race::first(found.addresses.into_iter().map(one), PAUSE, deadline, failed).await {
        Some(taking) => Ok(Echoed { resolving: found.resolving, taking: taking? }),
        None if Instant::now() >= deadline => Err(ConnectError::TimedOut.into()),
        None => Err(worst.unwrap_or(EchoError::Unreachable)),
    }
}

async fn one(address: IpAddr) -> Result<Duration, EchoError> {
    let (domain, request, reply) = if address.is_ipv4() { (Domain::IPV4, 8, 0) } else { (Domain::IPV6, 128, 129) };
    let opened = socket(domain).and_then(|socket| UdpSocket::from_std(socket.into()));
    let socket = opened.map_err(|error| if forbids(&error) { EchoError::Forbidden } else { failed(error) })?;
    socket.connect(SocketAddr::new(address, 0)).await.map_err(failed)?;
    let token: [u8; TOKEN] = rand::random();
    let mut sent = Vec::new();
    loop {
        let number = u8::try_from(sent.len()).unwrap_or(u8::MAX);
        // Type, code, checksum and identifier (both the system's), sequence number.
        let packet = [&[request, 0, 0, 0, 0, 0, 0, number][..], &token].concat();
        sent.push(Instant::now());
        socket.send(&packet).await.map_err(failed)?;
        let heard = answer(&socket, reply, &token);
        // The second one is waited for as long as whoever asks waits.
        let heard = if number == 0 { timeout_at(Instant::now() + AGAIN, heard).await.ok() } else { Some(heard.await) };
        if let Some(number) = heard.transpose().map_err(|_| EchoError::Unreachable)? {
            return Ok(sent.get(usize::from(number)).map_or(Duration::ZERO, Instant::elapsed));
        }
    }
}

/// The number of the request that came back.
async fn answer(socket: &UdpSocket, reply: u8, token: &[u8; TOKEN]) -> io::Result<u8> {
    let mut packet = [0; 256];
    loop {
        let length = socket.recv(&mut packet).await?;
        if let Some([kind, _, _, _, _, _, _, number, echoed @ ..]) = packet.get(..length)
            && *kind == reply
            && echoed == token
        {
            return Ok(*number);
        }
    }
}

fn failed(error: io::Error) -> EchoError {
    if is_own(&error) { ConnectError::Own(error).into() } else { EchoError::Unreachable }
}

fn forbids(error: &io::Error) -> bool {
    // A system without such sockets knows no such protocol.
    // Linux: EPERM, EACCES, EPROTONOSUPPORT.
    matches!(error.raw_os_error(), Some(1 | 13 | 93))
}

fn socket(domain: Domain) -> io::Result<Socket> {
    let protocol = if domain == Domain::IPV4 { Protocol::ICMPV4 } else { Protocol::ICMPV6 };
    let socket = Socket::new(domain, Type::DGRAM, Some(protocol))?;
    socket.set_nonblocking(true)?;
    Ok(socket)
}
