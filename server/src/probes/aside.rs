//! A look aside: what is worth a look although all is well (reliability N12, N13). It is never a failure, and is taken seldom, because it
//! asks the target more than a check does.

use std::collections::HashMap;
use std::net::IpAddr;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use app::words::{Advice, Id, Monitor, MonitorKind};
use tokio::time::Instant;

use super::old_tls;
use crate::channels::guard::target::Named;
use crate::channels::guard::{Connector, Target};

/// From look to look.
const EVERY: Duration = Duration::from_hours(1);
/// Longest look.
const LONGEST: Duration = Duration::from_secs(3);
/// Monitors remembered before those are forgotten whose look is due anyway.
const REMEMBERED: usize = 16_384;

/// When each monitor looked aside. Cheap to clone; all clones share what they remember.
#[derive(Clone, Default)]
pub(super) struct Aside(Arc<Mutex<HashMap<Id, (String, Instant)>>>);

impl Aside {
    /// What there is to see, if it is time to look.
    pub(super) async fn look(&self, connector: &Connector, monitor: &Monitor) -> Option<Vec<Advice>> {
        if !matches!(monitor.kind, MonitorKind::Http | MonitorKind::Tcp | MonitorKind::Tls) || !self.is_due(monitor) {
            return None;
        }
        let target = Target::of(monitor.kind, &monitor.target).ok()?;
        let deadline = Instant::now() + LONGEST;
        let speaks_tls = monitor.kind == MonitorKind::Tls || (monitor.kind == MonitorKind::Http && target.is_https());
        let name = match (&monitor.settings.server_name, target.host()) {
            (Some(name), _) => Some(name.as_str()),
            (None, Named::Name(name)) => Some(name),
            (None, Named::Address(_)) => None,
        };
        let old = async { speaks_tls && old_tls::is_spoken(connector, &target, name, deadline).await };
        let (failing, old) = tokio::join!(failing(connector, &target, deadline), old);
        Some(failing.into_iter().chain(old.then_some(Advice::DeprecatedTls)).collect())
    }

    fn is_due(&self, monitor: &Monitor) -> bool {
        let mut looks = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let now = Instant::now();
        if looks.len() >= REMEMBERED {
            looks.retain(|_, (_, at)| now.duration_since(*at) < EVERY);
        }
        match looks.get(&monitor.id) {
            Some((target, at)) if *target == monitor.target && now.duration_since(*at) < EVERY => false,
            _ => {
                looks.insert(monitor.id.clone(), (monitor.target.clone(), now));
                true
            }
        }
    }
}

/// The kind of address that fails although the other works, where the target has both and this machine speaks both.
async fn failing(connector: &Connector, target: &Target, deadline: Instant) -> Option<Advice> {
    let (four, six): (Vec<IpAddr>, Vec<IpAddr>) =
        connector.addresses(target, deadline).await.ok()?.addresses.into_iter().partition(IpAddr::is_ipv4);
    if four.is_empty() || six.is_empty() {
        return None;
    }
    let port = target.port();
    match tokio::join!(connector.works(four, port, deadline), connector.works(six, port, deadline)) {
        (Some(true), Some(false)) => Some(Advice::Ipv6Fails),
        (Some(false), Some(true)) => Some(Advice::Ipv4Fails),
        _ => None,
    }
}
