//! Questions to the name servers about mail: where a domain takes it, what a domain publishes about it, what an address is called. Every
//! question is bounded in time, and answers are kept for as long as they hold, a limited number of them.

use std::net::{IpAddr, SocketAddr};
use std::time::Duration;

use hickory_resolver::TokioResolver;
use hickory_resolver::config::{NameServerConfig, ResolveHosts, ResolverConfig, ResolverOpts};
use hickory_resolver::net::NetError;
use hickory_resolver::net::runtime::TokioRuntimeProvider;
use hickory_resolver::proto::op::ResponseCode;
use hickory_resolver::proto::rr::{Name, RData, RecordType};
use tokio::time::timeout;

use crate::domain::mail_domain;
use crate::domain::mail_records::Answer;

/// The longest that somebody who signs up waits for name servers (reliability E21).
pub const PATIENCE: Duration = Duration::from_secs(3);
/// One question and its repetition fit into that.
const EACH: Duration = Duration::from_millis(1_400);
/// Answers that are kept.
const KEPT: u64 = 4_096;
/// The longest that a good answer is kept, and a bad one: a name that was mended is not refused for long.
const KEPT_FOR: Duration = Duration::from_hours(1);
const REFUSED_FOR: Duration = Duration::from_mins(5);

/// Asks name servers. Cheap to clone; all clones share what they heard.
#[derive(Clone)]
pub struct Dns {
    /// `None` where the system names no server.
    resolver: Option<TokioResolver>,
    patience: Duration,
}

impl Dns {
    /// Asks these servers, or those of the system where there are none, and waits [`PATIENCE`] for an answer.
    #[must_use]
    pub fn new(servers: &[SocketAddr]) -> Self {
        Self::patient(servers, PATIENCE)
    }

    /// The same with another patience.
    #[must_use]
    pub fn patient(servers: &[SocketAddr], patience: Duration) -> Self {
        let resolver = resolver(servers).inspect_err(|error| tracing::warn!(%error, "there are no name servers to ask about mail"));
        Self { resolver: resolver.ok(), patience }
    }

    /// Whether a domain says that it takes no mail. A look-up that fails says nothing.
    pub async fn takes_no_mail(&self, domain: &str) -> bool {
        let asked = async {
            let exchanges = self.exchanges(domain).await;
            if !mail_domain::is_its_own(&exchanges) {
                return mail_domain::takes_none(&exchanges);
            }
            let (v4, v6) = tokio::join!(
                self.ask(whole(domain), RecordType::A, RData::ip_addr),
                self.ask(whole(domain), RecordType::AAAA, RData::ip_addr)
            );
            v4 == Answer::NoName || v6 == Answer::NoName
        };
        timeout(self.patience, asked).await.unwrap_or(false)
    }

    /// Where a domain takes mail; the name of nobody is empty.
    async fn exchanges(&self, domain: &str) -> Answer<String> {
        self.ask(whole(domain), RecordType::MX, |data| match data {
            RData::MX(mx) => Some(plain(&mx.exchange)),
            _ => None,
        })
        .await
    }

    /// The texts at a name.
    pub async fn texts(&self, name: &str) -> Answer<String> {
        self.ask(whole(name), RecordType::TXT, |data| match data {
            RData::TXT(txt) => Some(txt.txt_data.iter().map(|part| String::from_utf8_lossy(part)).collect()),
            _ => None,
        })
        .await
    }

    /// What an address is called.
    pub async fn names(&self, address: IpAddr) -> Answer<String> {
        self.ask(Some(Name::from(address)), RecordType::PTR, |data| match data {
            RData::PTR(name) => Some(plain(name)),
            _ => None,
        })
        .await
    }

    /// The addresses of a name; none where they are not known.
    pub async fn addresses(&self, name: &str) -> Vec<IpAddr> {
        let (v4, v6) =
            tokio::join!(self.ask(whole(name), RecordType::A, RData::ip_addr), self.ask(whole(name), RecordType::AAAA, RData::ip_addr));
        [v4, v6].iter().filter_map(Answer::known).flatten().copied().collect()
    }

    async fn ask<T>(&self, name: Option<Name>, kind: RecordType, read: impl Fn(&RData) -> Option<T>) -> Answer<T> {
        let (Some(resolver), Some(name)) = (&self.resolver, name) else { return Answer::Failed };
        match timeout(self.patience, resolver.lookup(name, kind)).await {
            // An alias that leads nowhere is no name either.
            Ok(Ok(found)) if found.message().response_code == ResponseCode::NXDomain => Answer::NoName,
            Ok(Ok(found)) => {
                let records: Vec<T> = found.answers().iter().filter_map(|record| read(&record.data)).collect();
                if records.is_empty() { Answer::Nothing } else { Answer::Records(records) }
            }
            Ok(Err(error)) if error.is_nx_domain() => Answer::NoName,
            Ok(Err(error)) if error.is_no_records_found() => Answer::Nothing,
            Ok(Err(error)) => {
                tracing::debug!(%error, "a look-up failed");
                Answer::Failed
            }
            Err(_) => Answer::Failed,
        }
    }
}

impl std::fmt::Debug for Dns {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Dns").field("patience", &self.patience).finish_non_exhaustive()
    }
}

/// A name as people write it, from the root down: nothing is searched below this network's own domain.
fn whole(name: &str) -> Option<Name> {
    let mut name = Name::from_ascii(name).ok()?;
    name.set_fqdn(true);
    Some(name)
}

/// A name as people write it, in small letters and without the dot at its end; the root is empty.
fn plain(name: &Name) -> String {
    name.to_ascii().trim_end_matches('.').to_ascii_lowercase()
}

fn resolver(servers: &[SocketAddr]) -> Result<TokioResolver, NetError> {
    let mut builder = if servers.is_empty() {
        TokioResolver::builder_tokio()?
    } else {
        let servers = servers.iter().map(|server| {
            let mut config = NameServerConfig::udp_and_tcp(server.ip());
            config.connections.iter_mut().for_each(|connection| connection.port = server.port());
            config
        });
        TokioResolver::builder_with_config(ResolverConfig::from_name_servers(servers.collect()), TokioRuntimeProvider::default())
    };
    settle(builder.options_mut());
    builder.build()
}

fn settle(options: &mut ResolverOpts) {
    options.timeout = EACH;
    options.attempts = 1;
    // Keys are longer than what fits into an answer without it.
    options.edns0 = true;
    options.cache_size = KEPT;
    options.positive_max_ttl = Some(KEPT_FOR);
    options.negative_max_ttl = Some(REFUSED_FOR);
    options.use_hosts_file = ResolveHosts::Never;
}
