//! Probes: one kind of check each. A probe does network IO, knows only the rules, and never fails: what it could not learn is part
//! of what it saw.

mod answers;
mod aside;
mod certificates;
mod dns;
mod failure;
mod handshake;
pub mod http;
mod old_tls;
mod ping;
mod tcp;
mod tls;

use std::time::Duration;

use app::words::{Monitor, MonitorKind};
use chrono::{DateTime, Utc};

use self::aside::Aside;
use self::handshake::Handshake;
use crate::channels::guard::Connector;
use crate::domain::evidence::{Internal, Observation, Outcome, Timings};

/// What probes share. Cheap to clone.
#[derive(Clone)]
pub struct Probes {
    connector: Connector,
    tls: Handshake,
    aside: Aside,
}

impl Probes {
    /// Probes that go out through this connector and trust the usual authorities, those of this system, and `more`.
    #[must_use]
    pub fn new(connector: Connector, more: &[rustls::pki_types::CertificateDer<'static>]) -> Self {
        Self { connector, tls: Handshake::trusting(more), aside: Aside::default() }
    }

    /// Checks once, now.
    pub async fn check(&self, monitor: &Monitor, now: DateTime<Utc>) -> Observation {
        let seen = self.see(monitor, now).await;
        if seen.outcome != Outcome::Good {
            return seen;
        }
        let most = monitor.settings.response_time_ms.map(|ms| ms.saturating_mul(1_000));
        let is_slow = most.zip(seen.timings.total_us).is_some_and(|(most, took)| took > most);
        let outcome = if is_slow { Outcome::Slow } else { Outcome::Good };
        // What the check itself noticed is said with what the look aside found, as seldom as that.
        let found = self.aside.look(&self.connector, monitor).await;
        let advice = found.map(|found| found.into_iter().chain(seen.advice.unwrap_or_default()).collect());
        Observation { outcome, advice, ..seen }
    }

    async fn see(&self, monitor: &Monitor, now: DateTime<Utc>) -> Observation {
        match monitor.kind {
            MonitorKind::Http => http::check(&self.connector, &self.tls, monitor, now).await,
            MonitorKind::Tcp => tcp::check(&self.connector, monitor, now).await,
            MonitorKind::Dns => dns::check(&self.connector, monitor, now).await,
            MonitorKind::Tls => tls::check(&self.connector, &self.tls, monitor, now).await,
            MonitorKind::Ping => ping::check(&self.connector, monitor, now).await,
            // Nobody is asked: the job speaks by itself.
            MonitorKind::Heartbeat => nothing_learned(now, Internal::Kind),
        }
    }
}

/// A check that was kept from looking.
#[must_use]
pub fn nothing_learned(at: DateTime<Utc>, why: Internal) -> Observation {
    Observation {
        at,
        outcome: Outcome::Internal(why),
        http_status: None,
        timings: Timings::default(),
        excerpt: None,
        certificate: None,
        advice: None,
    }
}

/// As timings keep it.
fn micros(duration: Duration) -> i64 {
    i64::try_from(duration.as_micros()).unwrap_or(i64::MAX)
}
