//! The TLS probe: a handshake, and the certificate that is shown (reliability N13).

use std::time::Duration;

use app::words::{Monitor, MonitorSettings};
use chrono::{DateTime, Utc};
use tokio::time::Instant;

use super::handshake::{Handshake, Talk, Unshaken};
use super::{failure, micros};
use crate::channels::guard::target::Named;
use crate::channels::guard::{Connector, Target};
use crate::domain::certificate::Certificate;
use crate::domain::evidence::{Observation, Outcome, Reason, Timings};

/// Longest whole check.
const TOTAL: Duration = Duration::from_secs(15);

/// Shakes hands once.
pub(super) async fn check(connector: &Connector, tls: &Handshake, monitor: &Monitor, now: DateTime<Utc>) -> Observation {
    let begun = Instant::now();
    let given = Duration::from_millis(u64::try_from(monitor.timeout_ms).unwrap_or(0));
    let (mut timings, mut certificate) = (Timings::default(), None);
    let shaken = shake(connector, tls, monitor, begun + given.min(TOTAL), &mut timings, &mut certificate).await;
    timings.total_us = Some(micros(begun.elapsed()));
    let outcome = shaken.err().unwrap_or(Outcome::Good);
    Observation { at: now, outcome, http_status: None, timings, excerpt: None, certificate, advice: None }
}

async fn shake(
    connector: &Connector,
    tls: &Handshake,
    monitor: &Monitor,
    deadline: Instant,
    timings: &mut Timings,
    certificate: &mut Option<Certificate>,
) -> Result<(), Outcome> {
    let MonitorSettings { server_name, certificate_sha256, .. } = &monitor.settings;
    let target = Target::of(monitor.kind, &monitor.target).map_err(|_| Outcome::Bad(Reason::RefusedTarget))?;
    let connected = connector.connect(&target, deadline).await.map_err(|error| failure::of(&error))?;
    timings.dns_us = connected.resolving.map(micros);
    timings.connect_us = Some(micros(connected.connecting));
    let begun = Instant::now();
    let name = server_name.as_deref().map_or_else(|| target.host(), Named::Name);
    let shaken = match tls.shake(Talk::Bare, name, connected.stream, deadline).await {
        Ok(shaken) => shaken,
        Err(Unshaken { outcome, certificate: shown }) => {
            *certificate = shown;
            return Err(outcome);
        }
    };
    timings.tls_us = Some(micros(begun.elapsed()));
    *certificate = shaken.certificate;
    let is_expected = |expected: &String| certificate.as_ref().is_some_and(|shown| shown.is(expected));
    if certificate_sha256.as_ref().is_none_or(is_expected) { Ok(()) } else { Err(Outcome::Bad(Reason::Certificate)) }
}
