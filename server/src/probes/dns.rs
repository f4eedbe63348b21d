//! The DNS probe: what name servers say about a name (reliability N12).

use std::net::SocketAddr;
use std::time::Duration;

use app::words::{Monitor, MonitorSettings, RecordType};
use chrono::{DateTime, Utc};
use hickory_resolver::proto::rr::{self, Name};
use tokio::time::Instant;

use super::{answers, failure, micros};
use crate::channels::guard::names::server_address;
use crate::channels::guard::target::{Named, is_allowed};
use crate::channels::guard::{Connector, Names, Target};
use crate::domain::evidence::{Observation, Outcome, Reason, Timings, excerpt};

/// Longest whole check.
const TOTAL: Duration = Duration::from_secs(15);

/// Asks once.
pub(super) async fn check(connector: &Connector, monitor: &Monitor, now: DateTime<Utc>) -> Observation {
    let begun = Instant::now();
    let given = Duration::from_millis(u64::try_from(monitor.timeout_ms).unwrap_or(0));
    let mut timings = Timings::default();
    let found = look_up(connector, monitor, begun + given.min(TOTAL), &mut timings).await;
    timings.total_us = Some(micros(begun.elapsed()));
    let MonitorSettings { record_type, expected_answers, .. } = &monitor.settings;
    let (outcome, excerpt) = match found {
        Err(outcome) => (outcome, None),
        Ok(found) if answers::hold(*record_type, expected_answers, &found) => (Outcome::Good, None),
        Ok(found) => (Outcome::Bad(Reason::DnsAnswer), excerpt(found.join(", ").as_bytes())),
    };
    Observation { at: now, outcome, http_status: None, timings, excerpt, certificate: None, advice: None }
}

/// What the servers say, as texts.
async fn look_up(connector: &Connector, monitor: &Monitor, deadline: Instant, timings: &mut Timings) -> Result<Vec<String>, Outcome> {
    let settings = &monitor.settings;
    let target = Target::of(monitor.kind, &monitor.target).map_err(|_| Outcome::Bad(Reason::RefusedTarget))?;
    let name = name(&target).ok_or(Outcome::Bad(Reason::RefusedTarget))?;
    let own: Vec<SocketAddr> = settings.name_servers.iter().filter_map(|server| server_address(server)).collect();
    if !own.iter().all(|server| is_allowed(server.ip(), connector.networks())) {
        return Err(Outcome::Bad(Reason::RefusedTarget));
    }
    let names = if own.is_empty() { connector.names().clone() } else { Names::only(&own) };
    let begun = Instant::now();
    let found = names.records(&name, kind(settings.record_type), deadline).await;
    timings.dns_us = Some(micros(begun.elapsed()));
    Ok(found.map_err(failure::unresolved)?.iter().map(answers::text).collect())
}

/// The name that is looked up: of an address the one that says what it is called.
fn name(target: &Target) -> Option<Name> {
    match target.host() {
        Named::Address(address) => Some(Name::from(address)),
        Named::Name(name) => {
            let mut name = Name::from_ascii(name).ok()?;
            name.set_fqdn(true);
            Some(name)
        }
    }
}

const fn kind(of: RecordType) -> rr::RecordType {
    match of {
        RecordType::A => rr::RecordType::A,
        RecordType::Aaaa => rr::RecordType::AAAA,
        RecordType::Cname => rr::RecordType::CNAME,
        RecordType::Mx => rr::RecordType::MX,
        RecordType::Ns => rr::RecordType::NS,
        RecordType::Txt => rr::RecordType::TXT,
        RecordType::Srv => rr::RecordType::SRV,
        RecordType::Soa => rr::RecordType::SOA,
        RecordType::Caa => rr::RecordType::CAA,
        RecordType::Ptr => rr::RecordType::PTR,
    }
}
