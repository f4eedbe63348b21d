//! Names: asked of name servers by ourselves, so that a check knows why there is no answer (reliability N12). No answer is kept: the next
//! check asks again.

use std::io;
use std::net::{IpAddr, SocketAddr, UdpSocket};
use std::sync::Arc;
use std::time::Duration;

use hickory_resolver::config::{NameServerConfig, ResolveHosts, ResolverConfig, ResolverOpts};
use hickory_resolver::net::runtime::TokioRuntimeProvider;
use hickory_resolver::net::{DnsError, NetError};
use hickory_resolver::proto::op::{Query, ResponseCode};
use hickory_resolver::proto::rr::{Name, RData, RecordType};
use hickory_resolver::system_conf::read_system_conf;
use hickory_resolver::{Hosts, TokioResolver};
use tokio::time::{Instant, timeout};

use super::connect::{is_exhausted, is_own};
use super::race::{self, After};

/// Longest wait for all servers, repetitions included (reliability N9): one that is slow is not one that is away.
const TOTAL: Duration = Duration::from_secs(5);
/// A server that is silent for so long is not waited for alone.
const PAUSE: Duration = Duration::from_millis(500);
/// How long addresses of one kind wait for those of the other.
const OTHER_KIND: Duration = Duration::from_millis(250);

/// Why a name has no answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, thiserror::Error)]
pub enum Unresolved {
    /// This machine cannot ask.
    #[error("this machine cannot ask name servers")]
    Own,
    /// No server answered in time.
    #[error("no name server answered in time")]
    TimedOut,
    /// The cause is not known.
    #[error("the name could not be resolved")]
    Unknown,
    /// The servers do not want to answer: REFUSED.
    #[error("the name servers refused to answer")]
    Refused,
    /// The servers cannot answer: SERVFAIL.
    #[error("the name servers could not answer")]
    Failed,
    /// The name is there, but nothing of that kind.
    #[error("the name has no such record")]
    NoRecords,
    /// There is no such name: NXDOMAIN.
    #[error("there is no such name")]
    NoName,
}

impl From<io::Error> for Unresolved {
    fn from(error: io::Error) -> Self {
        if is_own(&error) || has_no_sockets() { Self::Own } else { Self::Unknown }
    }
}

impl Unresolved {
    /// Whether a server said so who knows.
    const fn is_an_answer(self) -> bool {
        matches!(self, Self::NoName | Self::NoRecords)
    }
}

/// Asks name servers. Cheap to clone.
#[derive(Clone)]
pub struct Names {
    /// One for each server, so that what one says can be told from what another says.
    servers: Arc<[TokioResolver]>,
    /// What this system knows by itself.
    hosts: Arc<Hosts>,
}

impl Names {
    /// Asks these servers, or those of the system where there are none.
    #[must_use]
    pub fn new(servers: &[SocketAddr]) -> Self {
        let hosts = Arc::new(Hosts::from_system().unwrap_or_default());
        if !servers.is_empty() {
            return Self { hosts, ..Self::only(servers) };
        }
        let read = read_system_conf().inspect_err(|error| tracing::warn!(%error, "this system names no name servers; it is asked itself"));
        let Ok((config, options)) = read else { return Self { servers: Arc::new([]), hosts } };
        let (domain, search, servers) = config.into_parts();
        let of_its_own = |server| ResolverConfig::from_parts(domain.clone(), search.clone(), vec![server]);
        Self { servers: servers.into_iter().filter_map(|server| resolver(of_its_own(server), options.clone())).collect(), hosts }
    }

    /// Asks these servers and nobody else, not even this system.
    #[must_use]
    pub fn only(servers: &[SocketAddr]) -> Self {
        let config = |server: &SocketAddr| {
            let mut config = NameServerConfig::udp_and_tcp(server.ip());
            config.connections.iter_mut().for_each(|connection| connection.port = server.port());
            ResolverConfig::from_name_servers(vec![config])
        };
        let servers = servers.iter().filter_map(|server| resolver(config(server), ResolverOpts::default())).collect();
        Self { servers, hosts: Arc::default() }
    }

    /// Whether there is nobody to ask.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.servers.is_empty()
    }

    /// What the servers say of that kind about a name. The first that answers is believed; one that is silent or cannot answer is not
    /// believed before the others.
    ///
    /// # Errors
    /// [`Unresolved`]
    pub async fn records(&self, name: &Name, kind: RecordType, deadline: Instant) -> Result<Vec<RData>, Unresolved> {
        if self.is_empty() {
            return Err(Unresolved::Own);
        }
        let limit = deadline.min(Instant::now() + TOTAL);
        let attempts = self.servers.iter().cloned().map(|server| ask(server, name.clone(), kind));
        // Who is silent has not answered in time, whatever others said.
        let mut worst = Unresolved::Own;
        let failed = |error: Unresolved| {
            worst = worst.max(error);
            if error.is_an_answer() { After::Stop(error) } else { After::GoOn }
        };
        match race::first(attempts, PAUSE, limit, failed).await {
            Some(found) => found,
            None if Instant::now() >= limit => Err(checked(worst.max(Unresolved::TimedOut))),
            None => Err(checked(worst)),
        }
    }

    /// The addresses of a name, of both kinds in turn. One kind is enough.
    ///
    /// # Errors
    /// [`Unresolved`]
    pub async fn addresses(&self, name: &str, deadline: Instant) -> Result<Vec<IpAddr>, Unresolved> {
        // A name with a dot is whole: nothing is looked for below this network's own domain.
        let mut known = Name::from_ascii(name).map_err(|_| Unresolved::Unknown)?;
        if name.contains('.') {
            known.set_fqdn(true);
        }
        let of_system = self.of_system(&known);
        if !of_system.is_empty() {
            return Ok(of_system);
        }
        let six = self.records(&known, RecordType::AAAA, deadline);
        let four = self.records(&known, RecordType::A, deadline);
        let (six, four) = both(six, four).await;
        if six.is_err() && four.is_err() {
            // A name that is not there is not there in any kind; else the failure weighs more than an answer that it has none.
            let kinds = [six.err(), four.err()];
            let worst = kinds.iter().flatten().filter(|error| **error != Unresolved::NoRecords).max();
            return Err(worst.copied().unwrap_or(Unresolved::NoRecords));
        }
        let (mut six, mut four) = (addresses(six).into_iter(), addresses(four).into_iter());
        let mut all = Vec::new();
        loop {
            let pair = [six.next(), four.next()];
            if pair == [None, None] {
                return Ok(all);
            }
            all.extend(pair.into_iter().flatten());
        }
    }

    fn of_system(&self, name: &Name) -> Vec<IpAddr> {
        let known = |kind| self.hosts.lookup_static_host(&Query::query(name.clone(), kind));
        let found = [RecordType::AAAA, RecordType::A].into_iter().filter_map(known);
        found.flat_map(|lookup| lookup.answers().iter().filter_map(|record| record.data.ip_addr()).collect::<Vec<_>>()).collect()
    }
}

impl std::fmt::Debug for Names {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Names").field("servers", &self.servers.len()).finish_non_exhaustive()
    }
}

/// Where a name server listens that somebody wrote down: an address, with a port unless it is 53.
#[must_use]
pub fn server_address(text: &str) -> Option<SocketAddr> {
    text.parse().ok().or_else(|| text.parse().ok().map(|address| SocketAddr::new(address, 53))).filter(|server| server.port() != 0)
}

/// Both answers. Once one of them has found something, the other is waited for only a little: it may be the one that is broken.
async fn both<T>(
    one: impl Future<Output = Result<T, Unresolved>>,
    other: impl Future<Output = Result<T, Unresolved>>,
) -> (Result<T, Unresolved>, Result<T, Unresolved>) {
    let (mut one, mut other) = (std::pin::pin!(one), std::pin::pin!(other));
    let late = |_| Err(Unresolved::TimedOut);
    tokio::select! {
        first = &mut one => {
            let second = if first.is_ok() { timeout(OTHER_KIND, other).await.unwrap_or_else(late) } else { other.await };
            (first, second)
        }
        second = &mut other => {
            let first = if second.is_ok() { timeout(OTHER_KIND, one).await.unwrap_or_else(late) } else { one.await };
            (first, second)
        }
    }
}

fn addresses(found: Result<Vec<RData>, Unresolved>) -> Vec<IpAddr> {
    found.unwrap_or_default().iter().filter_map(RData::ip_addr).collect()
}

async fn ask(server: TokioResolver, name: Name, kind: RecordType) -> Result<Vec<RData>, Unresolved> {
    match server.lookup(name, kind).await {
        // An alias that leads nowhere is no name either.
        Ok(found) if found.message().response_code == ResponseCode::NXDomain => Err(Unresolved::NoName),
        Ok(found) => {
            let records: Vec<RData> =
                found.answers().iter().map(|record| &record.data).filter(|data| data.record_type() == kind).cloned().collect();
            if records.is_empty() { Err(Unresolved::NoRecords) } else { Ok(records) }
        }
        Err(error) => Err(why(&error)),
    }
}

fn why(error: &NetError) -> Unresolved {
    let code = match error {
        NetError::Dns(DnsError::NoRecordsFound(none)) => none.response_code,
        NetError::Dns(DnsError::ResponseCode(code)) => *code,
        NetError::Timeout | NetError::NoConnections | NetError::Busy => return Unresolved::TimedOut,
        NetError::Io(error) if is_own(error) => return Unresolved::Own,
        // Nobody listens there: it is as silent as a server that is away.
        NetError::Io(_) => return Unresolved::TimedOut,
        _ => return Unresolved::Unknown,
    };
    match code {
        ResponseCode::NXDomain => Unresolved::NoName,
        ResponseCode::NoError => Unresolved::NoRecords,
        ResponseCode::ServFail => Unresolved::Failed,
        ResponseCode::Refused => Unresolved::Refused,
        _ => Unresolved::Unknown,
    }
}

/// A machine without sockets left cannot ask for names either, and a resolver does not say so.
fn checked(error: Unresolved) -> Unresolved {
    if matches!(error, Unresolved::TimedOut | Unresolved::Unknown) && has_no_sockets() { Unresolved::Own } else { error }
}

fn has_no_sockets() -> bool {
    UdpSocket::bind(("127.0.0.1", 0)).is_err_and(|error| is_exhausted(&error))
}

fn resolver(config: ResolverConfig, mut options: ResolverOpts) -> Option<TokioResolver> {
    options.timeout = TOTAL;
    // A question that got lost is sent again within that time.
    options.attempts = 0;
    options.edns0 = true;
    options.cache_size = 0;
    options.positive_max_ttl = Some(Duration::ZERO);
    options.negative_max_ttl = Some(Duration::ZERO);
    options.use_hosts_file = ResolveHosts::Never;
    let mut builder = TokioResolver::builder_with_config(config, TokioRuntimeProvider::default());
    *builder.options_mut() = options;
    builder.build().inspect_err(|error| tracing::warn!(%error, "a name server cannot be asked")).ok()
}
