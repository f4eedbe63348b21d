//! A monitor that goes down and comes up time and again is told of every half hour at most (reliability N15).

use app::words::NotificationKind;
use chrono::TimeDelta;
use server::store::{incidents, monitor_failures, monitors};

use crate::prober::{create, furnish, input, pass};
use crate::support::Engine;
use crate::support::app::TestApp;
use crate::support::target::{Answer, Target};

#[tokio::test]
async fn what_turns_more_than_six_times_an_hour_is_told_of_every_half_hour_at_most() {
    for engine in Engine::ALL {
        let app = TestApp::new(engine).await;
        let page = furnish(&app).await;
        let target = Target::new(Answer::ok()).await;
        let monitor = create(&app, &page, input(&target)).await;
        pass(&app, 25).await;
        let begun = app.hand.now();
        // Down and up again twelve times, and staff throw each draft away, so that nothing but the rule keeps the next one back.
        for _ in 0..12 {
            for (answer, seconds) in [(Answer::Reset, 60), (Answer::ok(), 90)] {
                target.answers(answer);
                pass(&app, seconds).await;
            }
            app.meddle("update incidents set deleted_at = created_at where deleted_at is null").await;
        }
        let took = app.hand.now() - begun;
        let mut tx = app.db.read().await.unwrap();
        let state = monitors::list(&mut tx, &page).await.unwrap()[0].state;
        assert!(state.turns.is_unstable(app.hand.now()), "{state:?}");
        let told_at = monitor_failures::told_at(&mut tx, &monitor).await.unwrap().unwrap();
        assert!(told_at > begun);
        drop(tx);
        let drafts = app.texts("select subject_id from notifications where kind = 'draft_opened'").await.len();
        // Four failures are seven turns: the first four are told of, and what follows within half an hour is not.
        assert!(took < TimeDelta::minutes(31) && (3..=5).contains(&drafts), "{drafts} drafts in {took}");
        assert_eq!(NotificationKind::DraftOpened.as_str(), "draft_opened");
        let mut tx = app.db.read().await.unwrap();
        assert_eq!(monitor_failures::told_at(&mut tx, &crate::store::sample::id("nobody")).await.unwrap(), None);
        assert!(!incidents::changed_since(&mut tx, &page, -1).await.unwrap().is_empty());
        drop(tx);
        app.end().await;
    }
}
