//! How often an address is asked to confirm, whoever asks for it.

use app::words::Wishes;
use chrono::TimeDelta;
use server::actions::Act;
use server::actions::subscribers as actions;
use server::secret::Purpose;
use server::store::subscribers;

use crate::support::mailing::each_mailing_app;

#[tokio::test]
async fn one_address_gets_one_confirmation_a_day_and_three_in_all() {
    each_mailing_app(async |app| {
        let mut written = Vec::new();
        for hours in [0, 1, 24, 24, 24, 24] {
            app.hand.advance(TimeDelta::hours(hours));
            assert_eq!(app.subscribe("Anna@example.test").await.status, 200);
            written.push(app.mails().await);
        }
        assert_eq!(written, [1, 1, 2, 3, 3, 3]);
    })
    .await;
}

#[tokio::test]
async fn who_leaves_is_asked_three_times_in_all_by_strangers_and_anew_after_a_season() {
    each_mailing_app(async |app| {
        let anna = app.subscribed("anna@example.test").await;
        app.post(&app.link("unsubscribe", Purpose::Unsubscribe, &anna).await, &[]).await;
        let before = app.mails().await;
        let mut written = Vec::new();
        for days in [1, 1, 1, 1, 1, 100] {
            app.hand.advance(TimeDelta::days(days));
            app.subscribe("anna@example.test").await;
            written.push(app.mails().await - before);
            // She says no each time.
            let mut tx = app.db.write().await.unwrap();
            subscribers::unsubscribe(&mut tx, &anna.id, app.hand.now()).await.unwrap();
            tx.commit().await.unwrap();
        }
        assert_eq!(written, [1, 2, 3, 3, 3, 4]);
    })
    .await;
}

#[tokio::test]
async fn fifty_requests_at_once_write_one_mail() {
    each_mailing_app(async |app| {
        let page = app.page().await.id;
        let mut asked = tokio::task::JoinSet::new();
        for _ in 0..50 {
            let (db, page, now) = (app.db.clone(), page.clone(), app.hand.now());
            asked.spawn(async move {
                let actor = actions::actor(None);
                let act = Act { db: &db, actor: &actor, now, undo: TimeDelta::zero() };
                actions::subscribe(&act, &page, "anna@example.test", &Wishes::default(), &actions::Reader { zone: None, language: "en" })
                    .await
            });
        }
        for done in asked.join_all().await {
            done.unwrap();
        }
        assert_eq!(app.mails().await, 1);
    })
    .await;
}
