//! What lives in the demonstration while it is served: a member of staff who can be signed in as, and monitors of targets that are
//! there only as long as the process is.

use app::words::{ComponentStatus, Monitor, MonitorKind, MonitorSettings, Role};
use chrono::TimeDelta;

use super::platform::{API, CLOUDLINK, DASHBOARD, LOGS, MQTT, Part, REGISTRY};
use super::{id, page_id};
use crate::actions::people::members;
use crate::actions::people::passwords::Hashed;
use crate::actions::{Act, ActionError};
use crate::demo::targets::Behaviour;
use crate::store::{StoreError, monitors};

/// Who the demonstration lets in.
pub const EMAIL: &str = "staff@meridian.example";

struct Watched {
    part: Part,
    name: &'static str,
    behaviour: Behaviour,
    interval_seconds: i64,
    when_down: ComponentStatus,
}

/// What fails here is broken in the story too: nobody should wonder what is real.
const WATCHED: [Watched; 6] = [
    watched(API, "API health", Behaviour::Well, 10),
    watched(DASHBOARD, "Dashboard front page", Behaviour::Well, 15),
    watched(MQTT, "MQTT broker status", Behaviour::Well, 30),
    watched(REGISTRY, "Registry, pull of a small image", Behaviour::Slow, 30),
    Watched { when_down: ComponentStatus::PartialOutage, ..watched(CLOUDLINK, "Cloudlink gateway 7", Behaviour::Down, 10) },
    Watched { when_down: ComponentStatus::DegradedPerformance, ..watched(LOGS, "Log queue depth", Behaviour::Flaky, 20) },
];

const fn watched(part: Part, name: &'static str, behaviour: Behaviour, interval_seconds: i64) -> Watched {
    Watched { part, name, behaviour, interval_seconds, when_down: ComponentStatus::MajorOutage }
}

/// Lets somebody in, and points the monitors at where the targets are this time.
///
/// # Errors
/// [`ActionError`] where the database cannot be written.
pub async fn begin(act: Act<'_>, targets: &str, password: Hashed) -> Result<(), ActionError> {
    members::add(act, &page_id(), EMAIL, Role::Owner, password).await?;
    Ok(watch(act, targets).await?)
}

async fn watch(act: Act<'_>, targets: &str) -> Result<(), StoreError> {
    let mut tx = act.db.write().await?;
    for watched in &WATCHED {
        let monitor = Monitor {
            id: id("monitor", watched.name),
            component_id: Some(watched.part.id()),
            name: watched.name.to_owned(),
            kind: MonitorKind::Http,
            target: format!("{targets}{}", watched.behaviour.path("health")),
            interval_seconds: watched.interval_seconds,
            timeout_ms: 5_000,
            failure_threshold: 3,
            success_threshold: 2,
            status_when_down: watched.when_down,
            settings: MonitorSettings::default(),
            paused_at: None,
            created_at: act.now,
            updated_at: act.now,
        };
        monitors::upsert(&mut tx, &page_id(), &monitor).await?;
        // A little apart, as they would be on any other day.
        let apart = TimeDelta::milliseconds(700 * watched.interval_seconds.rem_euclid(7));
        monitors::start_anew(&mut tx, &monitor.id, Some(act.now + apart), act.now).await?;
    }
    tx.commit().await
}
