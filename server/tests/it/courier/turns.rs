//! Who goes when: by lane, by pace, and when several couriers share the work.

use app::words::NotificationKind;
use chrono::TimeDelta;
use server::clock::Clock;
use server::domain::notice::IncidentNotice;

use crate::store::sample::id;
use crate::support::office::{Office, UNDO, notice};
use crate::support::smtp::{Answer, Phase, SmtpServer};
use crate::support::{Engine, Place, each_engine};

#[tokio::test]
async fn a_long_list_does_not_keep_the_next_one_waiting() {
    each_engine(async |db| {
        let server = SmtpServer::good().await;
        let office = Office::open(&db, &server).await;
        office.subscribe_to(400, "r", Some(&["api"])).await;
        office.subscribe_to(5, "w", Some(&["web"])).await;
        office.tell(NotificationKind::IncidentOpened, notice("inc")).await;
        let web = server::domain::notice::NoticeComponent { id: id("web"), ..notice("x").components.remove(0) };
        office.hand.advance(TimeDelta::milliseconds(1));
        office
            .tell(NotificationKind::IncidentOpened, IncidentNotice { components: vec![web], subject: "Web".into(), ..notice("web") })
            .await;
        office.hand.advance(UNDO);
        office.drain().await;
        let mails = server.mails();
        let last = mails.iter().rposition(|mail| mail.to.starts_with('w')).unwrap();
        assert!(last < 200, "the short list was told by mail {last} of {}", mails.len());
    })
    .await;
}

#[tokio::test]
async fn two_couriers_on_one_server_never_tell_anybody_twice() {
    let place = Place::migrated(Engine::Postgres).await;
    let db = place.open().await;
    let server = SmtpServer::good().await;
    let office = Office::open(&db, &server).await;
    office.subscribe(500).await;
    office.tell_opened(notice("inc")).await;
    let second = office.second_courier().await;
    let (one, other) = tokio::join!(office.courier.drain(), second.drain());
    one.unwrap();
    other.unwrap();
    assert!(server.most_at_once() > 4, "both worked");
    let mut recipients = server.recipients();
    assert_eq!(recipients.len(), 500);
    recipients.dedup();
    assert_eq!(recipients.len(), 500);
    db.close().await;
}

#[tokio::test]
async fn leases_end_by_the_clock_of_the_database_however_wrong_that_of_the_machine_is() {
    let place = Place::migrated(Engine::Postgres).await;
    let db = place.open().await;
    let (asked, mut is_asked) = tokio::sync::mpsc::unbounded_channel();
    let server = SmtpServer::scripted(move |at| match at.phase {
        Phase::Mail => {
            // Whoever asks is gone at the end of the test.
            let _ = asked.send(());
            Answer::Hang
        }
        _ => Answer::Usual,
    })
    .await;
    let office = Office::open(&db, &server).await;
    office.subscribe(1).await;
    office.tell_opened(notice("inc")).await;
    // A machine whose clock is ten minutes behind that of the database.
    let (machine, _hand) = Clock::manual(db.time().await.unwrap().unwrap() - TimeDelta::minutes(10));
    let courier = office.courier_on(machine).await;
    let work = tokio::spawn(async move { courier.drain().await });
    is_asked.recv().await.unwrap();
    let leased = place.texts("select cast(lease_until - run_at > interval '10 minutes' as text) from deliveries").await;
    assert_eq!(leased, ["true"], "the lease is longer by what the clock is behind");
    work.abort();
    db.close().await;
}

#[tokio::test]
async fn the_pace_is_kept_towards_the_relay_and_towards_each_domain() {
    each_engine(async |db| {
        let server = SmtpServer::good().await;
        let office = Office::open_with(&db, &server, &[("ALLCLEAR_SMTP_RATE", "10"), ("ALLCLEAR_SMTP_DOMAIN_RATE", "30")]).await;
        office.subscribe(50).await;
        office.tell_opened(notice("inc")).await;
        office.drain().await;
        assert_eq!(server.mails().len(), 20, "two seconds' worth at once");
        office.hand.advance(TimeDelta::seconds(1));
        office.drain().await;
        assert_eq!(server.mails().len(), 30, "ten more a second");
        office.hand.advance(TimeDelta::seconds(1));
        office.drain().await;
        assert!(server.mails().len() <= 31, "the domain's minute is used up: {}", server.mails().len());
        for _ in 0..60 {
            office.hand.advance(TimeDelta::seconds(1));
            office.drain().await;
        }
        assert_eq!(server.mails().len(), 50);
    })
    .await;
}

#[tokio::test]
async fn what_breaks_now_overtakes_what_can_wait() {
    each_engine(async |db| {
        let server = SmtpServer::good().await;
        let office = Office::open(&db, &server).await;
        office.subscribe(300).await;
        office.tell(NotificationKind::PostmortemPublished, IncidentNotice { subject: "Later".into(), ..notice("old") }).await;
        office.hand.advance(UNDO);
        office.tell(NotificationKind::IncidentOpened, notice("new")).await;
        office.hand.advance(UNDO);
        office.drain().await;
        let mails = server.mails();
        assert_eq!(mails.len(), 600);
        // What is claimed goes its way, 64 at a time; of the 20 that are under way at once each may be kept for a while by the machine.
        let early = mails.iter().take(300 + 64).filter(|mail| !mail.header("Subject").contains("Later")).count();
        assert!(early >= 300 - 20, "{early} of 300 mails of the outage came before the others");
    })
    .await;
}
