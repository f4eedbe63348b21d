//! The years behind the page: brought up to date piece by piece, they are what reading everything anew makes of the same record.

use app::view::PublicView;
use app::words::{ComponentStatus, Maintenance, MaintenanceStatus, PlannedStatus, StatusChange, StatusSource, Window};
use chrono::{DateTime, NaiveDate, TimeDelta, Utc};
use proptest::prelude::*;
use server::snapshot::record::{Record, Setting};
use server::store::{Db, components, maintenances, pages, status_changes};

use crate::store::sample::{self, id};
use crate::support::template;

/// Hours of the past in which something may have been.
const PAST: i64 = 24 * 20;

fn hour(n: i64) -> DateTime<Utc> {
    sample::at("10:00") + TimeDelta::hours(n)
}

/// What happens to the record between two looks at it.
#[derive(Clone, Debug)]
enum Step {
    /// Planned work is written, or written anew: it stood so from then until then, for some of the components.
    Plan { number: usize, from: i64, long: i64, status: MaintenanceStatus, on: Vec<&'static str> },
    /// It is deleted.
    Delete(usize),
    /// A status is told of, now or later.
    Tell { component: &'static str, at: i64, status: ComponentStatus },
    /// A component is offered from another day on.
    Offer { component: &'static str, since: Option<i64> },
}

fn any_component() -> impl Strategy<Value = &'static str> {
    prop::sample::select(vec!["api", "web"])
}

fn any_step() -> impl Strategy<Value = Step> {
    let status = prop::sample::select(MaintenanceStatus::ALL);
    prop_oneof![
        4 => (0..3_usize, -PAST..24, 1..60_i64, status, prop::collection::vec(any_component(), 0..3))
            .prop_map(|(number, from, long, status, on)| Step::Plan { number, from, long, status, on }),
        1 => (0..3_usize).prop_map(Step::Delete),
        1 => (any_component(), -PAST..=0, prop::sample::select(ComponentStatus::ALL))
            .prop_map(|(component, at, status)| Step::Tell { component, at, status }),
        1 => (any_component(), prop::option::of(0..25_i64)).prop_map(|(component, since)| Step::Offer { component, since }),
    ]
}

fn planned(number: usize, window: Window, status: MaintenanceStatus, on: &[&str]) -> Maintenance {
    let stood = |component: &&str| PlannedStatus { component_id: id(component), status: ComponentStatus::UnderMaintenance };
    let mut on: Vec<_> = on.to_vec();
    on.sort_unstable();
    on.dedup();
    Maintenance {
        window: Some(window),
        status,
        published_at: Some(hour(-PAST)),
        components: on.iter().map(stood).collect(),
        updates: vec![sample::update(&format!("u{number}"), status, window.until.min(hour(0)))],
        ..sample::maintenance(&format!("work{number}"))
    }
}

async fn offer(db: &Db, component: &str, since: Option<NaiveDate>) {
    let mut tx = db.write().await.unwrap();
    pages::bump_revision(&mut tx, &id("page"), hour(0)).await.unwrap();
    let component = app::words::Component { start_date: since, ..sample::component(component, 1) };
    components::upsert_component(&mut tx, &id("page"), &component).await.unwrap();
    tx.commit().await.unwrap();
}

async fn take(db: &Db, step: &Step) {
    let page = id("page");
    if let Step::Offer { component, since } = step {
        return offer(db, component, since.map(|days| hour(0).date_naive() - TimeDelta::days(days))).await;
    }
    let mut tx = db.write().await.unwrap();
    let revision = pages::bump_revision(&mut tx, &page, hour(0)).await.unwrap();
    match step {
        Step::Plan { number, from, long, status, on } => {
            let work = planned(*number, Window { from: hour(*from), until: hour(from + long) }, *status, on);
            maintenances::upsert(&mut tx, &page, &work, revision).await.unwrap();
            maintenances::upsert_update(&mut tx, &page, &work.id, &work.updates[0], 1).await.unwrap();
        }
        // Nothing to delete is no step.
        Step::Delete(number) => drop(maintenances::delete(&mut tx, &page, &id(&format!("work{number}")), hour(0), revision).await),
        Step::Tell { component, at, status } => {
            let change = StatusChange { component_id: id(component), from: None, to: *status, at: hour(*at), source: StatusSource::Staff };
            status_changes::append(&mut tx, &page, &[change]).await.unwrap();
        }
        Step::Offer { .. } => {}
    }
    tx.commit().await.unwrap();
}

async fn look(db: &Db, before: Option<&Record>) -> Record {
    let setting = Setting { url: "https://status.example.test".to_owned(), demo: false, mail: false };
    let mut tx = db.read().await.unwrap();
    Record::load(&mut tx, &setting, before, hour(0)).await.unwrap().unwrap().with_years(hour(0))
}

async fn furnished() -> (tempfile::TempDir, Db) {
    let (folder, db) = template::open().await;
    let mut tx = db.write().await.unwrap();
    pages::insert(&mut tx, &sample::page("page")).await.unwrap();
    tx.commit().await.unwrap();
    for component in ["api", "web"] {
        offer(&db, component, None).await;
        take(
            &db,
            &Step::Tell { component: if component == "api" { "api" } else { "web" }, at: -PAST, status: ComponentStatus::Operational },
        )
        .await;
    }
    (folder, db)
}

proptest! {
    // An eighth of what rules get, since each has a database of its own.
    #![proptest_config(ProptestConfig { cases: ProptestConfig::default().cases.div_ceil(8), ..ProptestConfig::default() })]

    #[test]
    fn what_was_read_piece_by_piece_is_what_is_read_at_once(steps in prop::collection::vec(any_step(), 1..10)) {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        runtime.block_on(async {
            let (_folder, db) = furnished().await;
            let mut known = look(&db, None).await;
            for step in &steps {
                take(&db, step).await;
                known = look(&db, Some(&known)).await;
                let view = |record: &Record| -> PublicView { record.view(hour(0), hour(0)) };
                let (piece_by_piece, at_once) = (view(&known), view(&look(&db, None).await));
                prop_assert_eq!(&piece_by_piece.past, &at_once.past, "after {:?}", step);
                prop_assert_eq!(&piece_by_piece.components, &at_once.components, "after {:?}", step);
            }
            Ok(())
        })?;
    }
}

#[tokio::test]
async fn a_change_makes_only_the_years_anew_that_it_reaches() {
    let (_folder, db) = furnished().await;
    let before = look(&db, None).await;
    let past = |record: &Record| record.view(hour(0), hour(0)).past;
    let same = |a: &Record, b: &Record, component: &str| std::sync::Arc::ptr_eq(&past(a)[&id(component)], &past(b)[&id(component)]);
    take(&db, &Step::Plan { number: 0, from: -100, long: 3, status: MaintenanceStatus::Completed, on: vec!["api"] }).await;
    let worked = look(&db, Some(&before)).await;
    assert_eq!((same(&before, &worked, "api"), same(&before, &worked, "web")), (false, true));
    take(&db, &Step::Plan { number: 1, from: 5, long: 3, status: MaintenanceStatus::Scheduled, on: vec!["api"] }).await;
    let planned = look(&db, Some(&worked)).await;
    assert!(same(&worked, &planned, "api"), "what is still to come is no past");
}

#[tokio::test]
async fn a_first_day_long_before_the_first_status_makes_no_days() {
    let (_folder, db) = template::open().await;
    let mut tx = db.write().await.unwrap();
    pages::insert(&mut tx, &sample::page("page")).await.unwrap();
    tx.commit().await.unwrap();
    offer(&db, "api", Some("0001-01-01".parse().unwrap())).await;
    assert!(look(&db, None).await.view(hour(0), hour(0)).past.is_empty(), "nothing is known of any day");
    take(&db, &Step::Tell { component: "api", at: -72, status: ComponentStatus::Operational }).await;
    let days = look(&db, None).await.view(hour(0), hour(0)).past[&id("api")].days.len();
    assert_eq!(days, 3, "from the day of the first status until yesterday");
}
