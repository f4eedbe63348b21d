//! `allclear demo`: what it makes, and when it makes it anew.

use std::collections::HashSet;

use app::view::PublicView;
use app::words::{
    ActionState, ComponentStatus, Id, Impact, IncidentStatus, MaintenanceStatus, PostmortemStatus, Sentence, StatusChange, StatusSource,
};
use chrono::{DateTime, TimeDelta, Timelike, Utc};
use server::actions::demo;
use server::clock::{Clock, Hand};
use server::config::Config;
use server::snapshot::record::{Record, Setting};
use server::store::{Db, pages, status_changes};
use tempfile::TempDir;

/// A folder for one demonstration, and the clock it is made by.
struct Demo {
    folder: TempDir,
    config: Config,
    clock: Clock,
    hand: Hand,
}

impl Demo {
    async fn made_at(instant: &str) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let data_dir = ("ALLCLEAR_DATA_DIR".to_owned(), folder.path().display().to_string());
        let config = Config::from_sources(None, [data_dir]).unwrap();
        let (clock, hand) = Clock::manual(instant.parse().unwrap());
        let demo = Self { folder, config, clock, hand };
        demo.make().await;
        demo
    }

    async fn make(&self) {
        demo::make(&self.config, &self.clock).await.unwrap();
    }

    async fn view(&self) -> PublicView {
        let setting = Setting { url: "http://demo.test".to_owned(), demo: true, mail: false };
        let db = Db::open(&self.config.database_url).await.unwrap();
        let mut tx = db.read().await.unwrap();
        let record = Record::load(&mut tx, &setting, None, self.clock.now()).await.unwrap().unwrap().with_years(self.clock.now());
        drop(tx);
        db.close().await;
        record.view(self.clock.now(), self.clock.now())
    }

    async fn changes(&self) -> Vec<StatusChange> {
        let db = Db::open(&self.config.database_url).await.unwrap();
        let mut tx = db.read().await.unwrap();
        let page = pages::default_page(&mut tx).await.unwrap().unwrap().id;
        let changes = status_changes::noted_since(&mut tx, &page, -1).await.unwrap();
        drop(tx);
        db.close().await;
        changes
    }

    /// When the record that is there was made.
    async fn made(&self) -> DateTime<Utc> {
        self.view().await.page.updated_at
    }
}

/// In summer time, in the middle of a day.
const SUMMER: &str = "2026-08-04T11:32:27.123456Z";

/// Instants at which days, months, years and clocks change in the page's zone or in UTC.
const TURNS: [&str; 5] =
    ["2026-08-04T00:00:00Z", "2026-03-29T01:30:00Z", "2026-10-25T00:30:00Z", "2028-02-29T22:59:59Z", "2026-12-31T23:30:00Z"];

#[tokio::test]
async fn the_demo_is_the_same_for_the_same_instant() {
    let (one, other) = (Demo::made_at(SUMMER).await, Demo::made_at(SUMMER).await);
    assert_eq!(one.view().await, other.view().await);
    assert_eq!(one.changes().await, other.changes().await);
}

#[tokio::test]
async fn the_demo_has_the_same_ids_on_another_day() {
    let ids = |view: &PublicView| -> Vec<Id> {
        let parts = view.components.iter().map(|c| c.component.id.clone());
        let incidents = view.incidents.iter().map(|i| i.id.clone());
        let mut ids: Vec<Id> = parts.chain(incidents).chain(view.maintenances.iter().map(|m| m.id.clone())).collect();
        ids.sort();
        ids
    };
    let (summer, winter) = (Demo::made_at(SUMMER).await, Demo::made_at("2026-12-24T06:00:00Z").await);
    assert_eq!(ids(&summer.view().await), ids(&winter.view().await));
}

#[tokio::test]
async fn the_demo_has_what_the_page_must_be_able_to_show() {
    for instant in [SUMMER].into_iter().chain(TURNS) {
        let demo = Demo::made_at(instant).await;
        shows_everything(&demo.view().await);
    }
}

fn shows_everything(view: &PublicView) {
    assert_eq!((view.page.name.as_str(), view.page.time_zone.as_str(), view.page.demo), ("Meridian Cloud", "Europe/Berlin", true));
    assert_eq!(view.sentence, Sentence::MinorServiceOutage);
    assert_eq!((view.groups.len(), view.components.len()), (6, 21));
    assert!(view.groups.iter().all(|group| group.components.len() >= 3));
    let count = |of: fn(&app::view::ComponentView) -> bool| view.components.iter().filter(|c| of(c)).count();
    assert_eq!(count(|c| c.component.upstream), 3);
    assert_eq!(count(|c| c.component.only_show_if_degraded && c.status == ComponentStatus::Operational), 1);
    assert_eq!(count(|c| c.status != ComponentStatus::Operational), 4);
    assert_eq!(count(|c| c.days.len() == 90 && c.uptime.is_some()), 21);
    assert_eq!(count(|c| c.days[0].seconds.not_measured > 0), 1, "one component is newer than the strips are long");
    assert!(count(|c| c.uptime.is_some_and(|uptime| uptime.percent < 100.0)) >= 12);

    let open: Vec<_> = view.open_incidents().collect();
    assert_eq!(open.len(), 2);
    assert_eq!(
        (open[0].status, open[0].impact, open[0].components.len(), open[0].updates.len()),
        (IncidentStatus::Identified, Impact::Major, 3, 3)
    );
    assert!(open[0].detected_at.is_some() && open[0].next_update_at.is_some_and(|promised| promised > view.as_of));
    assert_eq!((open[1].status, open[1].impact), (IncidentStatus::Monitoring, Impact::Minor));

    let over: Vec<_> = view.incidents.iter().filter(|incident| incident.status.is_over()).collect();
    assert!(over.len() >= 11);
    assert!(over.iter().all(|incident| view.as_of - incident.started_at < TimeDelta::days(90)), "all of it is on the strips");
    assert!(over.iter().all(|incident| incident.resolved_at.is_some_and(|end| end > incident.started_at && end < view.as_of)));
    let impacts: HashSet<Impact> = over.iter().map(|incident| incident.impact).collect();
    assert_eq!(impacts, HashSet::from([Impact::None, Impact::Minor, Impact::Major, Impact::Critical]));
    let told_later = |i: &app::words::Incident| {
        let mut messages = i.updates.iter().filter(|update| update.status != IncidentStatus::Postmortem);
        messages.all(app::words::IncidentUpdate::posted_later)
    };
    assert!(over.iter().any(|incident| told_later(incident)), "one was posted later");
    assert!(over.iter().any(|i| i.updates.windows(2).any(|two| two[0].display_at == two[1].display_at)), "two posts in one minute");
    let reopened = |statuses: &[IncidentStatus]| statuses == [IncidentStatus::Identified, IncidentStatus::Monitoring];
    let statuses = |i: &app::words::Incident| i.updates.iter().map(|update| update.status).collect::<Vec<_>>();
    assert!(over.iter().any(|incident| statuses(incident).windows(2).any(reopened)), "one was over too early");
    assert!(over.iter().any(|i| i.started_at.hour() > 18 && i.resolved_at.is_some_and(|end| end.hour() < 10)), "one went on over night");

    shows_documents(view);
    shows_planned_work(view);
    assert_eq!(view.announcements.len(), 1);
    assert!(view.announcements[0].expires_at.is_some_and(|end| end > view.as_of && !view.announcements[0].body_html.is_empty()));
}

fn shows_documents(view: &PublicView) {
    let of = |status| view.postmortems.iter().find(move |p| p.postmortem.status == status).unwrap();
    let (revised, published) = (of(PostmortemStatus::Revised), of(PostmortemStatus::Published));
    assert_eq!((revised.postmortem.incident_ids.len(), revised.sections_html.len()), (2, 7));
    for id in revised.postmortem.incident_ids.iter().chain(&published.postmortem.incident_ids) {
        assert_eq!(view.incident(id.as_str()).unwrap().status, IncidentStatus::Postmortem);
    }
    let work = revised.postmortem.maintenance_id.as_ref().and_then(|id| view.maintenance(id.as_str())).unwrap();
    assert!(work.window.is_none(), "what it announces has no date yet");
    let facts = &revised.postmortem.facts;
    assert!(facts.from.is_some() && facts.until.is_some() && facts.components.len() == 4 && facts.data_loss.is_some());
    let revisions: Vec<_> = revised.postmortem.revisions.iter().map(|revision| revision.number).collect();
    assert_eq!(revisions, [1, 2]);
    assert!(revised.postmortem.revisions.windows(2).all(|two| two[0].replaced_at < two[1].replaced_at));

    let items: Vec<_> = view.documents().flat_map(|p| &p.postmortem.action_items).collect();
    let of_series = |state| revised.postmortem.action_items.iter().filter(|item| item.state == state).count();
    assert_eq!((of_series(ActionState::Done), of_series(ActionState::Underway), of_series(ActionState::Planned)), (5, 2, 6));
    assert_eq!(items.iter().filter(|item| item.state == ActionState::Dropped).count(), 1);
    for item in &items {
        assert_eq!(item.history.last().map(|step| step.state), Some(item.state), "{}", item.title);
        assert!(item.history.windows(2).all(|two| two[0].at < two[1].at), "{}", item.title);
    }
    let today = view.as_of.date_naive();
    let open = |item: &&&app::words::ActionItem| matches!(item.state, ActionState::Planned | ActionState::Underway);
    let late = items.iter().filter(open).filter(|item| item.due_on.is_some_and(|due| due < today - chrono::Days::new(1)));
    assert_eq!(late.count(), 1);

    let owed: Vec<_> = view.incidents.iter().filter_map(|i| i.postmortem.as_ref()).filter(|link| !link.status.is_public()).collect();
    let (waived, promised): (Vec<_>, Vec<_>) = owed.into_iter().partition(|link| link.waived_because.is_some());
    assert_eq!((waived.len(), promised.len()), (1, 1));
    assert!(promised[0].due_at.is_some_and(|due| due > view.as_of && due < view.as_of + TimeDelta::days(5)));
}

fn shows_planned_work(view: &PublicView) {
    let single = || view.maintenances.iter().filter(|m| m.occurrence.is_none());
    let of = |status| single().filter(move |m| m.status == status);
    let coming: Vec<_> = of(MaintenanceStatus::Scheduled).collect();
    let dated = coming.iter().find(|m| m.window.is_some()).unwrap();
    assert!(dated.window.unwrap().from > view.as_of);
    assert_eq!(dated.moves.len(), 1);
    assert!(dated.moves[0].from.is_some());
    assert_eq!(dated.event_of(&dated.updates[0]), app::words::MaintenanceEvent::Moved);
    assert_eq!((dated.expected_downtime_minutes, dated.worst_downtime_minutes), (Some(8), Some(30)));
    assert_eq!(coming.iter().filter(|m| m.window.is_none()).count(), 1);
    assert_eq!((of(MaintenanceStatus::Completed).count(), of(MaintenanceStatus::Cancelled).count()), (1, 1));
    let series = || view.maintenances.iter().filter(|m| m.occurrence.is_some());
    assert_eq!((series().count(), series().filter(|m| m.status == MaintenanceStatus::Completed).count()), (12, 2));
    for over in series().filter(|m| m.status.is_over()) {
        assert_eq!(over.updates.iter().filter(|update| app::stock::is_automatic(over, update)).count(), 2);
    }
    let planned_seconds = |name: &str| {
        let part = view.components.iter().find(|c| c.component.name == name).unwrap();
        part.uptime.unwrap().seconds.under_maintenance
    };
    assert_eq!(planned_seconds("Cloudlink VPN"), 67 * 60, "work that ended early counts until it ended");
    assert_eq!(planned_seconds("Builder"), 0, "cancelled work counts nowhere");
    assert_eq!(planned_seconds("MQTT broker"), 2 * 20 * 60, "every window of a series counts");
}

#[tokio::test]
async fn every_change_of_the_demo_follows_from_the_one_before() {
    let demo = Demo::made_at(SUMMER).await;
    let (view, changes) = (demo.view().await, demo.changes().await);
    for part in &view.components {
        let own: Vec<_> = changes.iter().filter(|change| change.component_id == part.component.id).collect();
        assert_eq!((own[0].from, own[0].source), (None, StatusSource::Staff));
        assert!(own[1..].iter().all(|change| change.source == StatusSource::Incident));
        for two in own.windows(2) {
            assert_eq!(two[1].from, Some(two[0].to), "{} at {}", part.component.name, two[1].at);
            assert!(two[1].at > two[0].at);
        }
        assert_eq!(own.last().map(|change| change.to), Some(part.status), "{}", part.component.name);
    }
}

#[tokio::test]
async fn no_two_things_of_the_demo_share_an_id() {
    let view = Demo::made_at(SUMMER).await.view().await;
    let mut seen = HashSet::new();
    let mut new = |id: &Id| assert!(seen.insert(id.clone()), "{id} is there twice");
    view.groups.iter().for_each(|group| new(&group.group.id));
    view.components.iter().for_each(|part| new(&part.component.id));
    for incident in view.incidents.iter() {
        new(&incident.id);
        incident.updates.iter().filter(|update| update.status != IncidentStatus::Postmortem).for_each(|update| new(&update.id));
    }
    for maintenance in &view.maintenances {
        new(&maintenance.id);
        maintenance.updates.iter().for_each(|update| new(&update.id));
    }
    for document in &view.postmortems {
        new(&document.postmortem.id);
        document.postmortem.action_items.iter().for_each(|item| new(&item.id));
    }
}

#[tokio::test]
async fn a_demo_of_yesterday_is_made_anew_and_one_of_today_is_kept() {
    let demo = Demo::made_at(SUMMER).await;
    let first = demo.clock.now();

    demo.hand.set("2026-08-04T23:59:59Z".parse().unwrap());
    demo.make().await;
    assert_eq!(demo.made().await, first);

    demo.hand.set("2026-08-05T00:00:00Z".parse().unwrap());
    demo.make().await;
    assert_eq!(demo.made().await, demo.clock.now());
}

#[tokio::test]
async fn a_demo_whose_making_was_interrupted_or_whose_file_is_gone_is_made_anew() {
    let demo = Demo::made_at(SUMMER).await;
    let stamp = demo.folder.path().join("made-on");
    for damaged in [stamp.clone(), demo.folder.path().join("allclear.db")] {
        demo.hand.advance(TimeDelta::minutes(10));
        std::fs::remove_file(damaged).unwrap();
        demo.make().await;
        assert_eq!(demo.made().await, demo.clock.now());
        assert!(stamp.exists());
    }
}

#[tokio::test]
async fn a_demo_of_another_version_is_made_anew() {
    let demo = Demo::made_at(SUMMER).await;
    demo.hand.advance(TimeDelta::minutes(10));
    std::fs::write(demo.folder.path().join("made-on"), "2026-08-04 0.0.0\n").unwrap();
    demo.make().await;
    assert_eq!(demo.made().await, demo.clock.now());
}

#[tokio::test]
async fn making_a_demo_leaves_alone_what_it_did_not_make() {
    let demo = Demo::made_at(SUMMER).await;
    let (kept, stale) = (demo.folder.path().join("notes.txt"), demo.folder.path().join("snapshot.bin"));
    std::fs::write(&kept, "mine").unwrap();
    std::fs::write(&stale, "yesterday's page").unwrap();
    demo.hand.advance(TimeDelta::days(1));
    demo.make().await;
    assert_eq!(std::fs::read_to_string(&kept).unwrap(), "mine");
    assert!(!stale.exists());
}
