//! The ping probe: whether a host sends an ICMP echo back.

use std::time::Duration;

use app::words::Monitor;
use chrono::{DateTime, Utc};
use tokio::time::Instant;

use super::{failure, micros};
use crate::channels::guard::echo::{EchoError, echo};
use crate::channels::guard::{ConnectError, Connector, Target};
use crate::domain::evidence::{Internal, Observation, Outcome, Reason, Timings};

/// Longest whole check.
const TOTAL: Duration = Duration::from_secs(15);

/// Asks for an echo, and once more where none came back within a second.
pub(super) async fn check(connector: &Connector, monitor: &Monitor, now: DateTime<Utc>) -> Observation {
    let begun = Instant::now();
    let given = Duration::from_millis(u64::try_from(monitor.timeout_ms).unwrap_or(0));
    let mut timings = Timings::default();
    let outcome = match Target::of(monitor.kind, &monitor.target) {
        Err(_) => Outcome::Bad(Reason::RefusedTarget),
        Ok(target) => match echo(connector, &target, begun + given.min(TOTAL)).await {
            Ok(echoed) => {
                timings.dns_us = echoed.resolving.map(micros);
                timings.first_byte_us = Some(micros(echoed.taking));
                Outcome::Good
            }
            Err(EchoError::Forbidden) => Outcome::Internal(Internal::Forbidden),
            Err(EchoError::Unreachable) => Outcome::Bad(Reason::Unreachable),
            // There is no connection that could be waited for.
            Err(EchoError::Connect(ConnectError::TimedOut)) => Outcome::Bad(Reason::Timeout),
            Err(EchoError::Connect(error)) => failure::of(&error),
        },
    };
    timings.total_us = Some(micros(begun.elapsed()));
    Observation { at: now, outcome, http_status: None, timings, excerpt: None, certificate: None, advice: None }
}
