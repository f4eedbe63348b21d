//! The platform: six groups, twenty-one components, three of them somebody else's.

use app::words::{Component, ComponentGroup, ComponentStatus, Id, StatusChange, StatusSource};

use super::calendar::Calendar;
use super::{WATCHED_DAYS, id};
use crate::store::{Tx, components, status_changes};

/// A component as the demonstration speaks of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Part {
    group: &'static str,
    name: &'static str,
    description: &'static str,
    added_days_ago: i64,
    only_show_if_degraded: bool,
}

const WEB: &str = "API and web";
const CONNECTIVITY: &str = "Device connectivity";
const BUILDS: &str = "Build and registry";
const UPDATES: &str = "Updates and downloads";
const DATA: &str = "Data";
const PROVIDERS: &str = "Providers we build on";

/// The groups in order, with their descriptions.
const GROUPS: [(&str, &str); 6] = [
    (WEB, ""),
    (CONNECTIVITY, "How devices reach us and how you reach them. Applications on a device keep running while it is offline."),
    (BUILDS, ""),
    (UPDATES, ""),
    (DATA, ""),
    (PROVIDERS, "Run by others. Shown so that you can tell their trouble from ours."),
];

pub(super) const API: Part = part(WEB, "API", "Everything the dashboard, the command line and your own tools talk to.");
pub(super) const DASHBOARD: Part = part(WEB, "Dashboard", "");
pub(super) const SIGN_IN: Part = part(WEB, "Sign-in", "Passwords, single sign-on and API keys.");
pub(super) const DEVICE_URLS: Part = part(WEB, "Device URLs", "Public addresses of services that run on a device.");
const API_V5: Part =
    Part { only_show_if_degraded: true, ..part(WEB, "API v5", "The previous version, for clients that have not moved yet.") };

pub(super) const CLOUDLINK: Part = part(CONNECTIVITY, "Cloudlink VPN", "The encrypted link between a device and the cloud.");
pub(super) const MQTT: Part = part(CONNECTIVITY, "MQTT broker", "");
pub(super) const HEARTBEAT: Part = part(CONNECTIVITY, "Device heartbeat", "Whether a device is shown as online.");
pub(super) const TERMINAL: Part = part(CONNECTIVITY, "Web terminal and SSH", "");

pub(super) const BUILDER: Part = part(BUILDS, "Builder", "Turns your source into images for every architecture.");
pub(super) const REGISTRY: Part = part(BUILDS, "Image registry", "");
pub(super) const GIT: Part = part(BUILDS, "Git push", "");

pub(super) const ROLLOUT: Part = part(UPDATES, "Release rollout", "Hands new releases to devices.");
pub(super) const DELTAS: Part =
    part(UPDATES, "Delta updates", "Sends a device only what changed. Where it fails, devices fetch the whole image.");
pub(super) const DOWNLOADS: Part = part(UPDATES, "OS image downloads", "");

pub(super) const LOGS: Part = part(DATA, "Device logs", "");
pub(super) const METRICS: Part = part(DATA, "Device metrics", "");
const EXPORT: Part = Part { added_days_ago: 30, ..part(DATA, "Data export", "Scheduled exports to your own storage.") };

const COMPUTE: Part = part(PROVIDERS, "Compute, us-east-1", "");
pub(super) const STORAGE: Part = part(PROVIDERS, "Object storage", "");
const MAIL_RELAY: Part = part(PROVIDERS, "Mail relay", "");

/// Every component in the order of its group.
const PARTS: [Part; 21] = [
    API,
    DASHBOARD,
    SIGN_IN,
    DEVICE_URLS,
    API_V5,
    CLOUDLINK,
    MQTT,
    HEARTBEAT,
    TERMINAL,
    BUILDER,
    REGISTRY,
    GIT,
    ROLLOUT,
    DELTAS,
    DOWNLOADS,
    LOGS,
    METRICS,
    EXPORT,
    COMPUTE,
    STORAGE,
    MAIL_RELAY,
];

const fn part(group: &'static str, name: &'static str, description: &'static str) -> Part {
    Part { group, name, description, added_days_ago: WATCHED_DAYS, only_show_if_degraded: false }
}

impl Part {
    /// Its id.
    pub(super) fn id(&self) -> Id {
        id("component", self.name)
    }

    /// Its name as an update says it.
    pub(super) fn spoken(&self) -> String {
        format!("{} - {}", self.group, self.name)
    }
}

/// Writes groups and components, and the first word on each component: what was before that word is not measured. `changes` are
/// what incidents did to them later.
pub(super) async fn write(tx: &mut Tx, page: &Id, calendar: Calendar, changes: &[StatusChange]) -> anyhow::Result<()> {
    let founded = calendar.at(WATCHED_DAYS, 8, 0);
    for (position, (name, description)) in (1_i64..).zip(GROUPS) {
        let group = ComponentGroup {
            id: id("group", name),
            name: name.to_owned(),
            description: text(description),
            position,
            created_at: founded,
            updated_at: founded,
        };
        components::upsert_group(tx, page, &group).await?;
        let members = PARTS.iter().filter(|part| part.group == name);
        for (position, part) in (1_i64..).zip(members) {
            write_part(tx, page, part, position, calendar, changes).await?;
        }
    }
    Ok(status_changes::append(tx, page, changes).await?)
}

async fn write_part(
    tx: &mut Tx,
    page: &Id,
    part: &Part,
    position: i64,
    calendar: Calendar,
    changes: &[StatusChange],
) -> anyhow::Result<()> {
    let added = calendar.at(part.added_days_ago, 8, 0);
    let mut component = Component {
        id: part.id(),
        group_id: Some(id("group", part.group)),
        name: part.name.to_owned(),
        description: text(part.description),
        position,
        showcase: true,
        start_date: Some(added.date_naive()),
        only_show_if_degraded: part.only_show_if_degraded,
        upstream: part.group == PROVIDERS,
        created_at: added,
        updated_at: added,
    };
    components::upsert_component(tx, page, &component).await?;
    let first = ComponentStatus::Operational;
    components::state_component(tx, &component.id, first, added, StatusSource::Staff).await?;
    let change = StatusChange { component_id: component.id.clone(), from: None, to: first, at: added, source: StatusSource::Staff };
    status_changes::append(tx, page, &[change]).await?;
    // The first word dated the component; what incidents did to it came after.
    if let Some(last) = changes.iter().filter(|change| change.component_id == component.id).map(|change| change.at).max() {
        component.updated_at = last;
        components::upsert_component(tx, page, &component).await?;
    }
    Ok(())
}

fn text(text: &str) -> Option<String> {
    Some(text.to_owned()).filter(|text| !text.is_empty())
}
