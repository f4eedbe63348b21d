//! Those who owe a post-mortem or an action item are reminded, each time once, and nobody else where there is an owner.

use app::words::{ActionState, DeliveryState, Id, Role};
use chrono::{DateTime, TimeDelta, Utc};
use server::actions::incidents::{self, IncidentInput};
use server::actions::postmortems::{self, ItemInput, Plan, clock};
use server::actions::{Act, Actor};
use server::domain::notice::Notice;
use server::store::{deliveries, delivery_reads, staff};

use crate::support::Engine;
use crate::support::app::{TestApp, test_now};

/// What staff were told: when, the first words of it, where it leads, and to how many.
async fn told(app: &TestApp) -> Vec<(DateTime<Utc>, String, String, i64)> {
    let page = app.page().await.id;
    let mut tx = app.db.read().await.unwrap();
    let mut told = Vec::new();
    for one in delivery_reads::notifications(&mut tx, &page, 1_000, 0).await.unwrap() {
        if let Notice::Task(task) = one.notice {
            let [(DeliveryState::Pending, count)] = one.counts[..] else { panic!("{:?}", one.counts) };
            told.push((one.created_at, task.subject, task.path, count));
        }
    }
    told.sort();
    told
}

/// Ticks at every hour for some days.
async fn pass(app: &TestApp, days: i64) {
    let page = app.page().await.id;
    for _ in 0..days * 24 {
        app.hand.advance(TimeDelta::hours(1));
        clock::tick(&app.db, &page, app.hand.now()).await.unwrap();
    }
}
