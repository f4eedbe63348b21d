//! The TCP probe: whether somebody listens, and whether what they say is what is expected (reliability N9).

use std::time::Duration;

use app::words::{Monitor, MonitorSettings};
use chrono::{DateTime, Utc};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;
use tokio::time::Instant;

use super::{failure, micros};
use crate::channels::guard::connect::within;
use crate::channels::guard::{Connector, Target};
use crate::domain::evidence::{Observation, Outcome, Reason, Timings, excerpt};
use crate::domain::expectation::{contains, unescaped};

/// Longest whole check.
const TOTAL: Duration = Duration::from_secs(15);
/// Bytes in which the expected text must come: a greeting is shorter.
const MOST: usize = 64 * 1024;

/// Connects once, and listens if something is expected.
pub(super) async fn check(connector: &Connector, monitor: &Monitor, now: DateTime<Utc>) -> Observation {
    let begun = Instant::now();
    let given = Duration::from_millis(u64::try_from(monitor.timeout_ms).unwrap_or(0));
    let deadline = begun + given.min(TOTAL);
    let mut timings = Timings::default();
    let mut heard = Vec::new();
    let outcome = talk(connector, monitor, deadline, &mut timings, &mut heard).await.err().unwrap_or(Outcome::Good);
    timings.total_us = Some(micros(begun.elapsed()));
    let excerpt = if outcome == Outcome::Good { None } else { excerpt(&heard) };
    Observation { at: now, outcome, http_status: None, timings, excerpt, certificate: None, advice: None }
}

async fn talk(
    connector: &Connector,
    monitor: &Monitor,
    deadline: Instant,
    timings: &mut Timings,
    heard: &mut Vec<u8>,
) -> Result<(), Outcome> {
    let target = Target::of(monitor.kind, &monitor.target).map_err(|_| Outcome::Bad(Reason::RefusedTarget))?;
    let connected = connector.connect(&target, deadline).await.map_err(|error| failure::of(&error))?;
    timings.dns_us = connected.resolving.map(micros);
    timings.connect_us = Some(micros(connected.connecting));
    let exchange = exchange(connected.stream, &monitor.settings, timings, heard);
    within(deadline, TOTAL, exchange).await.map_err(|_| Outcome::Bad(Reason::Timeout))?
}

async fn exchange(mut stream: TcpStream, settings: &MonitorSettings, timings: &mut Timings, heard: &mut Vec<u8>) -> Result<(), Outcome> {
    let begun = Instant::now();
    if let Some(send) = &settings.send {
        stream.write_all(unescaped(send).as_bytes()).await.map_err(|error| failure::broken(&error))?;
    }
    let Some(expected) = settings.expect.as_deref().map(unescaped) else { return Ok(()) };
    while !contains(heard, expected.as_bytes()) {
        let before = heard.len();
        stream.read_buf(heard).await.map_err(|error| failure::broken(&error))?;
        if before == 0 && !heard.is_empty() {
            timings.first_byte_us = Some(micros(begun.elapsed()));
        }
        if heard.len() == before || heard.len() > MOST {
            return Err(Outcome::Bad(Reason::Answer));
        }
    }
    Ok(())
}
