//! What is shown at an instant, against a model that goes minute by minute; and that ticks, whenever they come, change nothing of it.

use app::language;
use app::view::PublicView;
use app::words::{
    ComponentStatus, Id, Maintenance, MaintenanceStatus, PlannedStatus, ReminderPlan, StatusChange, StatusSource, Update, Window,
};
use chrono::{DateTime, TimeDelta, Utc};
use proptest::prelude::*;
use server::actions::maintenances::clock;
use server::domain::maintenance::carried_on;
use server::snapshot::record::{Record, Setting};
use server::snapshot::v2;
use server::store::pages::{self, PageRecord};
use server::store::{Db, components, maintenances, status_changes};

use crate::store::sample::{self, id};
use crate::support::template;

const ACTIVE: [MaintenanceStatus; 2] = [MaintenanceStatus::InProgress, MaintenanceStatus::Verifying];
/// The record begins so many minutes before people stop speaking.
const BEFORE: i64 = 400;

fn minute(n: i64) -> DateTime<Utc> {
    sample::at("10:00") + TimeDelta::minutes(n)
}

/// A piece of work and what people said of it by minute 0, in order.
#[derive(Clone, Debug)]
struct Plan {
    window: Option<(i64, i64)>,
    auto_start: bool,
    auto_complete: bool,
    component: &'static str,
    status: ComponentStatus,
    words: Vec<(i64, MaintenanceStatus)>,
}

prop_compose! {
    fn any_plan()(
        dated in prop::bool::weighted(0.9), from in -200_i64..300, long in 1_i64..200, auto_start in prop::bool::weighted(0.8),
        auto_complete in prop::bool::weighted(0.7), component in prop::sample::select(vec!["api", "web"]), status in prop::sample::select(
            vec![ComponentStatus::UnderMaintenance, ComponentStatus::PartialOutage]
        ),
        mut words in prop::collection::vec((-300_i64..=0, prop::sample::select(MaintenanceStatus::ALL)), 0..3),
    ) -> Plan {
        words.sort();
        words.dedup_by_key(|(at, _)| *at);
        Plan { window: dated.then_some((from, from + long)), auto_start, auto_complete, component, status, words }
    }
}

impl Plan {
    /// Where the work stands, step by step: at each minute first the clock, then who speaks.
    fn stands(&self, until: i64) -> Vec<MaintenanceStatus> {
        use MaintenanceStatus::{Completed, InProgress, Scheduled};
        let (mut now, mut spoken, mut all) = (Scheduled, -BEFORE, Vec::new());
        for minute in -BEFORE..=until {
            if let Some((from, end)) = self.window {
                if now == Scheduled && self.auto_start && minute >= from {
                    now = InProgress;
                }
                if ACTIVE.contains(&now) && self.auto_complete && minute >= end && spoken <= end {
                    now = Completed;
                }
            }
            let word = self.words.iter().find(|(at, _)| *at == minute).map(|(_, word)| *word);
            if let Some(word) = word.filter(|word| can_follow(*word, now)) {
                (now, spoken) = (word, minute);
            }
            all.push(now);
        }
        all
    }

    /// The same as a record: what the clock did is written down before somebody speaks.
    fn maintenance(&self, number: usize) -> Maintenance {
        let said = |place: usize, status, at| {
            let update = sample::update(&format!("u{number}x{place}"), status, at);
            Update { created_at: at, updated_at: at, ..update }
        };
        let mut m = Maintenance {
            window: self.window.map(|(from, until)| Window { from: minute(from), until: minute(until) }),
            auto_start: self.auto_start,
            auto_complete: self.auto_complete,
            reminders: ReminderPlan::default(),
            published_at: Some(minute(-BEFORE)),
            created_at: minute(-BEFORE),
            updated_at: minute(-BEFORE),
            components: vec![PlannedStatus { component_id: id(self.component), status: self.status }],
            updates: vec![said(9, MaintenanceStatus::Scheduled, minute(-BEFORE))],
            ..sample::maintenance(&format!("work{number}"))
        };
        for (place, (at, word)) in (1..).zip(&self.words) {
            m = carried_on(language::of("en"), &m, minute(*at)).unwrap_or(m);
            if can_follow(*word, m.status) {
                m.status = *word;
                m.updates.insert(0, said(place, *word, minute(*at)));
            }
        }
        m
    }
}

/// Nobody says that work is to begin which has begun, or goes on with what is over. Work that is said to be done and was never said to have
/// begun is taken to have begun as planned, which no look at the page could tell: that is an example of the rules, not one of these.
fn can_follow(word: MaintenanceStatus, now: MaintenanceStatus) -> bool {
    word >= now && !now.is_over() && (word != MaintenanceStatus::Completed || now != MaintenanceStatus::Scheduled)
}

/// A page with these pieces of work, and with an outage of `api` in the middle of its history.
async fn furnished(plans: &[Plan], outage: (i64, i64)) -> (Db, Id, tempfile::TempDir) {
    let (folder, db) = template::open().await;
    let page = id("page");
    let mut tx = db.write().await.unwrap();
    let start = minute(-BEFORE);
    pages::insert(&mut tx, &PageRecord { created_at: start, updated_at: start, ..sample::page("page") }).await.unwrap();
    for (position, word) in [(1, "api"), (2, "web")] {
        components::upsert_component(&mut tx, &page, &sample::component(word, position)).await.unwrap();
    }
    let change = |at, to| StatusChange { component_id: id("api"), from: None, to, at: minute(at), source: StatusSource::Staff };
    let history = [(-BEFORE, sample::Operational), (outage.0, sample::MajorOutage), (outage.1, sample::Operational)];
    status_changes::append(&mut tx, &page, &history.map(|(at, to)| change(at, to))).await.unwrap();
    for (number, plan) in plans.iter().enumerate() {
        let m = plan.maintenance(number);
        let revision = pages::bump_revision(&mut tx, &page, start).await.unwrap();
        maintenances::upsert(&mut tx, &page, &m, revision).await.unwrap();
        for (seq, update) in (1..).zip(m.updates.iter().rev()) {
            maintenances::upsert_update(&mut tx, &page, &m.id, update, seq).await.unwrap();
        }
    }
    tx.commit().await.unwrap();
    (db, page, folder)
}

async fn record(db: &Db) -> Record {
    let setting = Setting { url: "https://status.example.test".to_owned(), demo: false, mail: false };
    let mut tx = db.read().await.unwrap();
    Record::load(&mut tx, &setting, None, minute(0)).await.unwrap().unwrap().with_years(minute(0))
}

/// What the page shows, without the marks of who wrote when.
fn view(record: &Record, now: DateTime<Utc>) -> PublicView {
    let mut view = record.view(now, now);
    view.revision = 0;
    view.page.updated_at = minute(0);
    view
}

fn rows(view: &PublicView, which: &str) -> Vec<(String, String)> {
    let documents = v2::documents(view).unwrap();
    let path = format!("/api/v2/scheduled-maintenances{which}.json");
    let (_, bytes) = documents.iter().find(|(known, _)| *known == path).unwrap();
    let json: serde_json::Value = serde_json::from_slice(bytes).unwrap();
    let text = |row: &serde_json::Value, field: &str| row[field].as_str().unwrap().to_owned();
    let mut rows: Vec<_> =
        json["scheduled_maintenances"].as_array().unwrap().iter().map(|row| (text(row, "id"), text(row, "status"))).collect();
    rows.sort();
    rows
}

/// Compares everything that is shown at minute `now` with the model.
fn agrees(view: &PublicView, plans: &[Plan], outage: (i64, i64), now: i64) -> Result<(), TestCaseError> {
    let timelines: Vec<_> = plans.iter().map(|plan| plan.stands(now)).collect();
    let standing: Vec<_> = timelines.iter().map(|timeline| *timeline.last().unwrap()).collect();
    let mut expected = Vec::new();
    for (number, (plan, status)) in plans.iter().zip(&standing).enumerate() {
        let work = id(&format!("work{number}"));
        let m = view.maintenances.iter().find(|m| m.id == work).unwrap();
        prop_assert_eq!(m.status, *status);
        prop_assert_eq!(m.updates[0].status, *status);
        let overruns = ACTIVE.contains(status) && plan.window.is_some_and(|(_, until)| until <= now);
        prop_assert_eq!(server::domain::maintenance::overrunning(m, minute(now)), overruns);
        if plan.window.is_some() && *status != MaintenanceStatus::Cancelled {
            expected.push((work.to_string(), status.to_string()));
        }
    }
    prop_assert_eq!(&rows(view, ""), &expected);
    let with = |those: &[MaintenanceStatus]| {
        let words: Vec<_> = those.iter().map(ToString::to_string).collect();
        expected.iter().filter(|(_, status)| words.contains(status)).cloned().collect::<Vec<_>>()
    };
    prop_assert_eq!(rows(view, "/active"), with(&ACTIVE));
    prop_assert_eq!(rows(view, "/upcoming"), with(&[MaintenanceStatus::Scheduled]));
    for shown in &view.components {
        let name = shown.component.name.as_str();
        let concerned = || plans.iter().zip(&timelines).filter(|(plan, _)| plan.component == name);
        let planned = concerned().filter(|(_, timeline)| ACTIVE.contains(timeline.last().unwrap())).map(|(plan, _)| plan.status).max();
        prop_assert_eq!(shown.status, planned.unwrap_or(sample::Operational), "{}", name);
        // Minute by minute: planned work comes before everything else, and is not in the figure.
        let (mut worked, mut down, mut measured) = (0, 0, 0);
        for (place, minute) in (-BEFORE..now).enumerate() {
            let at_work = concerned().any(|(_, timeline)| ACTIVE.contains(&timeline[place]));
            worked += i64::from(at_work) * 60;
            measured += i64::from(!at_work) * 60;
            down += i64::from(!at_work && (outage.0..outage.1).contains(&minute)) * 60;
        }
        if name == "api" {
            prop_assert_eq!(shown.days.iter().map(|day| day.seconds.under_maintenance).sum::<i64>(), worked);
            prop_assert_eq!(shown.days.iter().map(|day| day.seconds.major_outage).sum::<i64>(), down);
            let figure = shown.uptime.as_ref().map(|figure| (figure.seconds.measured(), figure.down_seconds as i64));
            prop_assert_eq!(figure, (measured > 0).then_some((measured, down)));
        }
    }
    Ok(())
}

proptest! {
    // An eighth of what rules get, since each has a database of its own.
    #![proptest_config(ProptestConfig { cases: ProptestConfig::default().cases.div_ceil(8), ..ProptestConfig::default() })]

    #[test]
    fn page_wire_and_uptime_agree_with_the_time_if_ticks_came_late_or_never(
        plans in prop::collection::vec(any_plan(), 1..4),
        outage in (-300_i64..0, 1_i64..200),
        mut looks in prop::collection::vec(1_i64..700, 1..6),
        mut ticks in prop::collection::vec(0_i64..700, 0..5),
    ) {
        let outage = (outage.0, outage.0 + outage.1);
        looks.sort_unstable();
        ticks.sort_unstable();
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        runtime.block_on(async {
            let (db, page, _folder) = furnished(&plans, outage).await;
            let untouched = record(&db).await;
            for now in &looks {
                agrees(&view(&untouched, minute(*now)), &plans, outage, *now)?;
            }
            for tick in &ticks {
                clock::tick(&db, &page, minute(*tick)).await.unwrap();
                let touched = record(&db).await;
                for now in looks.iter().filter(|now| *now >= tick) {
                    let (told, untold) = (view(&touched, minute(*now)), view(&untouched, minute(*now)));
                    // What a tick wrote down is told to open pages by its revision, what time alone did by its instant.
                    let told = PublicView { changed_at: untold.changed_at, ..told };
                    prop_assert_eq!(told, untold, "at {} after a tick at {}", now, tick);
                }
            }
            db.close().await;
            Ok(())
        })?;
    }
}
