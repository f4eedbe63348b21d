//! Probes: one kind of check each. A probe does network IO, knows only the rules, and never fails: what it could not learn is part
//! of what it saw.

mod failure;
pub mod http;
mod tcp;
mod tls;

use std::time::Duration;

use app::words::{Monitor, MonitorKind};
use chrono::{DateTime, Utc};

use crate::channels::guard::Connector;
use crate::domain::evidence::{Internal, Observation, Outcome, Timings};

/// What probes share. Cheap to clone.
#[derive(Clone)]
pub struct Probes {
    connector: Connector,
    tls: tokio_rustls::TlsConnector,
}

impl Probes {
    /// Probes that go out through this connector and trust the usual authorities, those of this system, and `more`.
    #[must_use]
    pub fn new(connector: Connector, more: &[rustls::pki_types::CertificateDer<'static>]) -> Self {
        Self { connector, tls: tls::connector(more) }
    }

    /// Checks once, now.
    pub async fn check(&self, monitor: &Monitor, now: DateTime<Utc>) -> Observation {
        let mut seen = match monitor.kind {
            MonitorKind::Http => http::check(&self.connector, &self.tls, monitor, now).await,
            MonitorKind::Tcp => tcp::check(&self.connector, monitor, now).await,
            // No action makes monitors of other kinds yet; a database of a later version may hold some.
            MonitorKind::Dns | MonitorKind::Tls | MonitorKind::Ping => nothing_learned(now, Internal::Kind),
            // Nobody is asked: the job speaks by itself.
            MonitorKind::Heartbeat => nothing_learned(now, Internal::Kind),
        };
        let most = monitor.settings.response_time_ms.map(|ms| ms.saturating_mul(1_000));
        if seen.outcome == Outcome::Good && most.zip(seen.timings.total_us).is_some_and(|(most, took)| took > most) {
            seen.outcome = Outcome::Slow;
        }
        seen
    }
}

/// A check that was kept from looking.
#[must_use]
pub fn nothing_learned(at: DateTime<Utc>, why: Internal) -> Observation {
    Observation { at, outcome: Outcome::Internal(why), http_status: None, timings: Timings::default(), excerpt: None }
}

/// As timings keep it.
fn micros(duration: Duration) -> i64 {
    i64::try_from(duration.as_micros()).unwrap_or(i64::MAX)
}
