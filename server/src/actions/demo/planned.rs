//! Planned work of every kind there is, and a banner.

use app::words::ComponentStatus::{DegradedPerformance, Operational, UnderMaintenance};
use app::words::MaintenanceStatus::{Cancelled, Completed, InProgress, Scheduled, Verifying};
use app::words::{
    Announcement, ComponentEffect, ComponentStatus, Id, Impact, Maintenance, MaintenanceStatus, MaintenanceUpdate, Occurrence,
    PlannedStatus, ReminderPlan, Window, WindowMove,
};
use app::{language, stock};
use chrono::{DateTime, Utc};

use super::calendar::Calendar;
use super::id;
use super::platform::{API, BUILDER, CLOUDLINK, DASHBOARD, GIT, MQTT, Part, ROLLOUT, SIGN_IN, TERMINAL};
use crate::domain::incident as rules;
use crate::store::series::Series;
use crate::store::{Tx, announcements, maintenances, series};

/// Every component that planned work concerns.
const CONCERNED: [Part; 9] = [API, BUILDER, CLOUDLINK, DASHBOARD, GIT, MQTT, ROLLOUT, SIGN_IN, TERMINAL];

/// The work that one of the post-mortems announces.
pub(super) const MIGRATION: &str = "Migration of the API to a new database engine";

/// The work that comes again.
const CERTIFICATES: &str = "New certificates for the MQTT broker";

/// The windows of the series, a week apart, and how many of them are over.
const WINDOWS: i64 = 12;
const WINDOWS_OVER: i64 = 2;

/// A message on planned work: when, where it stands from then on, and the words.
type Post<'a> = (DateTime<Utc>, MaintenanceStatus, &'a str);

/// Writes the maintenances and the banner.
pub(super) async fn write(tx: &mut Tx, page: &Id, calendar: Calendar, revision: i64) -> anyhow::Result<()> {
    let announced = series(calendar);
    series::insert(tx, page, &announced).await?;
    let single = [rehearsal(calendar), migration(calendar), gateways(calendar), workers(calendar)];
    for maintenance in single.into_iter().chain(certificates(calendar, &announced)).map(naming) {
        maintenances::upsert(tx, page, &maintenance, revision).await?;
        for (seq, update) in (1_i64..).zip(maintenance.updates.iter().rev()) {
            maintenances::upsert_update(tx, page, &maintenance.id, update, seq).await?;
        }
    }
    Ok(announcements::upsert(tx, page, &banner(calendar)).await?)
}

/// The first message names the components concerned, as they were when it was written: what the wire says of the work and what its
/// messages say must agree (contract 1.9).
fn naming(mut maintenance: Maintenance) -> Maintenance {
    let concerned = maintenance.components.iter().filter_map(|planned| CONCERNED.iter().find(|part| part.id() == planned.component_id));
    let effects: Vec<ComponentEffect> = concerned
        .map(|part| ComponentEffect { component_id: part.id(), name: part.spoken(), from: Operational, to: Operational })
        .collect();
    if let Some(first) = maintenance.updates.last_mut() {
        first.effects = Some(effects);
    }
    maintenance
}

/// To come, and moved once.
fn rehearsal(calendar: Calendar) -> Maintenance {
    let first = window(calendar, -4, (5, 0), (6, 30));
    let then = window(calendar, -9, (5, 0), (6, 30));
    let announced = calendar.at(10, 9, 20);
    let moved = calendar.at(3, 13, 45);
    let posts = [
        (
            announced,
            Scheduled,
            "We will move the API's database to its standby machine and back, as we would if the first one failed. While it moves, the \
             API and the dashboard do not accept changes. Devices keep running, and those that ask for updates in these minutes ask \
             again by themselves.",
        ),
        (
            moved,
            Scheduled,
            "Several of you told us of rollouts planned for that morning. We have moved the work by five days; its length and effect \
             stay the same.",
        ),
    ];
    Maintenance {
        window: Some(then),
        moves: vec![WindowMove { at: moved, from: Some(first), to: then }],
        sequence: 1,
        expected_downtime_minutes: Some(8),
        worst_downtime_minutes: Some(30),
        components: planned(&[(API, UnderMaintenance), (DASHBOARD, UnderMaintenance)]),
        ..told("Rehearsal of a database failover", &posts)
    }
}

/// Announced, without a date.
fn migration(calendar: Calendar) -> Maintenance {
    let posts = [
        (
            calendar.at(26, 14, 0),
            Scheduled,
            "The database behind the API will move to a new engine that copes with far more requests at once. This cannot be done \
             without an interruption. We will choose an hour at which few of you work and set the date at least two weeks ahead; \
             subscribers are told as soon as it is set.",
        ),
        (
            calendar.at(8, 10, 30),
            Scheduled,
            "The move has been done in our staging environment, twice, and took 22 and 19 minutes. Before we set a date we want to see \
             the new engine carry a copy of the real load for two weeks.",
        ),
    ];
    Maintenance {
        // Without a window nothing moves by itself.
        auto_start: false,
        auto_complete: false,
        expected_downtime_minutes: Some(25),
        worst_downtime_minutes: Some(90),
        components: planned(&[
            (API, UnderMaintenance),
            (DASHBOARD, UnderMaintenance),
            (SIGN_IN, UnderMaintenance),
            (ROLLOUT, UnderMaintenance),
        ]),
        ..told(MIGRATION, &posts)
    }
}

/// The rule by which it comes again. Its hour is in UTC, as everything here.
fn series(calendar: Calendar) -> Series {
    Series {
        id: id("series", CERTIFICATES),
        rrule: format!("FREQ=WEEKLY;COUNT={WINDOWS}"),
        time_zone: "UTC".to_owned(),
        exceptions: Vec::new(),
        created_at: calendar.at(16, 9, 30),
        ended_at: None,
    }
}

/// A window that comes again every week; what is over began and ended by itself.
fn certificates(calendar: Calendar, series: &Series) -> Vec<Maintenance> {
    let english = language::of("en");
    let (begun, ended) = (stock::begun_by_itself(english), stock::ended_by_itself(english));
    let window_of = |number: i64| window(calendar, 2 + 7 * (WINDOWS_OVER - number), (3, 0), (3, 20));
    let one = |number: i64| {
        let planned_for = window_of(number);
        let mut posts: Vec<Post> = vec![(
            series.created_at,
            Scheduled,
            "Once a week the nodes of the MQTT broker get new certificates and are restarted one after the other. Each client loses its \
             connection once, for some seconds, and comes back by itself. Kept messages are delivered afterwards.",
        )];
        let over = number <= WINDOWS_OVER;
        if over {
            posts.extend([(planned_for.from, InProgress, begun.as_str()), (planned_for.until, Completed, ended.as_str())]);
        }
        Maintenance {
            id: id("maintenance", &format!("{number} of {CERTIFICATES}")),
            name: CERTIFICATES.to_owned(),
            window: Some(planned_for),
            reminders: ReminderPlan { before_minutes: vec![24 * 60], at_start: false, at_end: false },
            occurrence: Some(Occurrence { series_id: series.id.clone(), number }),
            expected_downtime_minutes: Some(1),
            started_at: over.then_some(planned_for.from),
            completed_at: over.then_some(planned_for.until),
            components: planned(&[(MQTT, UnderMaintenance)]),
            ..told(&format!("{CERTIFICATES}, {number}"), &posts)
        }
    };
    (1..=WINDOWS).map(one).collect()
}

/// Done.
fn gateways(calendar: Calendar) -> Maintenance {
    let planned_for = window(calendar, 20, (4, 0), (5, 30));
    let done = calendar.at(20, 5, 7);
    let posts = [
        (
            calendar.at(29, 11, 15),
            Scheduled,
            "All Cloudlink gateways get a new kernel and are restarted one after the other. Each device loses its connection once, for \
             less than a minute, and comes back by itself.",
        ),
        (planned_for.from, InProgress, "Work has begun with the first gateway."),
        (
            calendar.at(20, 4, 46),
            Verifying,
            "All nine gateways have been restarted. We are checking that as many devices are connected as before.",
        ),
        (done, Completed, "As many devices are connected as before, and no gateway had to be restarted twice."),
    ];
    Maintenance {
        window: Some(planned_for),
        expected_downtime_minutes: Some(1),
        worst_downtime_minutes: Some(5),
        started_at: Some(planned_for.from),
        completed_at: Some(done),
        components: planned(&[(CLOUDLINK, UnderMaintenance), (TERMINAL, UnderMaintenance)]),
        ..told("Kernel update of the Cloudlink gateways", &posts)
    }
}

/// Called off before it began.
fn workers(calendar: Calendar) -> Maintenance {
    let posts = [
        (
            calendar.at(54, 12, 40),
            Scheduled,
            "Our build workers move to faster machines. Builds that start in this time may wait for up to half an hour.",
        ),
        (
            calendar.at(45, 15, 5),
            Cancelled,
            "We found a way to move the workers one at a time without anybody waiting, and will do so over the coming weeks. The window \
             is no longer needed.",
        ),
    ];
    Maintenance {
        window: Some(window(calendar, 43, (6, 0), (8, 0))),
        components: planned(&[(BUILDER, UnderMaintenance), (GIT, DegradedPerformance)]),
        ..told("Move of the build workers to new machines", &posts)
    }
}

fn banner(calendar: Calendar) -> Announcement {
    Announcement {
        id: id("announcement", "API v7"),
        body: "**Version 7 of the API is out.** Version 6 stays as it is for another twelve months. What changes for your tools is in \
               the [migration guide](https://docs.meridian.example/api/v7)."
            .to_owned(),
        body_html: String::new(),
        starts_at: calendar.at(9, 8, 0),
        expires_at: Some(calendar.at(-5, 8, 0)),
    }
}

/// What all of them share. `posts` are oldest first; the last one says where the work stands.
fn told(name: &str, posts: &[Post]) -> Maintenance {
    let update = |(number, (at, status, body)): (usize, &Post)| MaintenanceUpdate {
        id: id("update", &format!("{number} of {name}")),
        status: *status,
        body: (*body).to_owned(),
        body_html: String::new(),
        display_at: *at,
        created_at: *at,
        updated_at: *at,
        effects: None,
        notify: true,
    };
    let mut updates: Vec<MaintenanceUpdate> = posts.iter().enumerate().map(update).rev().collect();
    rules::sort_updates(&mut updates);
    let announced = rules::first_post(&updates).unwrap_or_default();
    Maintenance {
        id: id("maintenance", name),
        name: name.to_owned(),
        status: updates.first().map_or(Scheduled, |update| update.status),
        impact: Impact::Maintenance,
        window: None,
        moves: Vec::new(),
        auto_start: true,
        auto_complete: true,
        reminders: ReminderPlan::default(),
        occurrence: None,
        sequence: 0,
        expected_downtime_minutes: None,
        worst_downtime_minutes: None,
        started_at: None,
        completed_at: None,
        published_at: Some(announced),
        created_at: announced,
        updated_at: updates.first().map_or(announced, |update| update.updated_at),
        components: Vec::new(),
        updates,
    }
}

fn planned(parts: &[(Part, ComponentStatus)]) -> Vec<PlannedStatus> {
    parts.iter().map(|(part, status)| PlannedStatus { component_id: part.id(), status: *status }).collect()
}

/// From and until, as hours and minutes in UTC, of one day.
fn window(calendar: Calendar, days_ago: i64, from: (i64, i64), until: (i64, i64)) -> Window {
    Window { from: calendar.at(days_ago, from.0, from.1), until: calendar.at(days_ago, until.0, until.1) }
}
