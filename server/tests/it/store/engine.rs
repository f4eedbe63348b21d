//! Opening, reading, writing.

use server::store::{Db, OpenError, StoreError, pages};

use super::sample::{at, furnish, id, page};
use crate::support::{Engine, Place, each_engine, each_place};

#[tokio::test]
async fn an_address_that_names_no_engine_is_refused_in_one_sentence_without_its_password() {
    for address in ["mysql://root:hunter2@db/allclear", "/var/lib/hunter2.db", "sqlite3:hunter2", ""] {
        let error = Db::open(address).await.unwrap_err();
        assert!(matches!(error, OpenError::UnknownEngine(_)), "{address}: {error:?}");
        let said = format!("{error} {error:?}");
        assert!(!said.contains("hunter2"), "{said}");
        assert!(error.to_string().contains("is neither sqlite:PATH nor postgres://"), "{said}");
    }
}

#[tokio::test]
async fn an_address_without_a_place_is_refused_without_its_password() {
    for address in ["sqlite:", "sqlite::memory:", "postgres://me:hunter2@[::1/allclear"] {
        let error = Db::open(address).await.unwrap_err();
        assert!(matches!(error, OpenError::BadAddress(_)), "{address}: {error:?}");
        assert!(!format!("{error} {error:?}").contains("hunter2"));
    }
}

#[tokio::test]
async fn a_file_that_cannot_be_made_is_named() {
    let error = Db::open("sqlite:/nowhere/at/all/allclear.db").await.unwrap_err();
    assert!(matches!(error, OpenError::Refused { .. }), "{error:?}");
    assert!(error.to_string().contains("/nowhere/at/all/allclear.db"), "{error}");
}

#[tokio::test]
async fn a_server_that_is_away_does_not_keep_us_from_starting_and_fails_a_read_as_unreachable() {
    let db = Db::open("postgres://nobody@127.0.0.1:1/none").await.unwrap();
    let error = db.read().await.unwrap_err();
    assert!(error.is_unreachable(), "{error:?}");
}

#[tokio::test]
async fn only_a_server_has_a_clock_of_its_own() {
    each_place(async |place| {
        let db = place.open().await;
        let time = db.time().await.unwrap();
        assert_eq!(time.is_some(), db.sqlite_path().is_none());
        db.close().await;
    })
    .await;
}

#[tokio::test]
async fn only_a_sqlite_database_has_a_path() {
    each_place(async |place| {
        let db = place.open().await;
        let expected = place.address.strip_prefix("sqlite:").map(std::path::Path::new);
        assert_eq!(db.sqlite_path(), expected);
        db.close().await;
    })
    .await;
}

#[tokio::test]
async fn a_transaction_that_is_dropped_never_happened() {
    each_engine(async |db| {
        furnish(&db).await;
        let mut tx = db.write().await.unwrap();
        pages::bump_revision(&mut tx, &id("page"), at("11:00")).await.unwrap();
        drop(tx);
        let mut tx = db.write().await.unwrap();
        assert_eq!(pages::revision(&mut tx, &id("page")).await.unwrap(), 0);
    })
    .await;
}

#[tokio::test]
async fn a_read_sees_one_moment_while_others_write() {
    each_engine(async |db| {
        furnish(&db).await;
        let mut reading = db.read().await.unwrap();
        assert_eq!(pages::revision(&mut reading, &id("page")).await.unwrap(), 0);
        let mut writing = db.write().await.unwrap();
        pages::bump_revision(&mut writing, &id("page"), at("11:00")).await.unwrap();
        pages::insert(&mut writing, &page("third")).await.unwrap();
        writing.commit().await.unwrap();
        assert_eq!(pages::revision(&mut reading, &id("page")).await.unwrap(), 0);
        assert_eq!(pages::count(&mut reading).await.unwrap(), 2);
        drop(reading);
        let mut reading = db.read().await.unwrap();
        assert_eq!(pages::revision(&mut reading, &id("page")).await.unwrap(), 1);
        assert_eq!(pages::count(&mut reading).await.unwrap(), 3);
    })
    .await;
}

#[tokio::test]
async fn nothing_can_be_written_through_a_read() {
    each_engine(async |db| {
        furnish(&db).await;
        let mut tx = db.read().await.unwrap();
        let error = pages::bump_revision(&mut tx, &id("page"), at("11:00")).await.unwrap_err();
        assert!(matches!(error, StoreError::Sql(_)), "{error:?}");
    })
    .await;
}

/// Reads, then writes, `times` times in transactions of their own.
async fn write_often(db: Db, times: u32) {
    for _ in 0..times {
        let mut tx = db.write().await.unwrap();
        let before = pages::revision(&mut tx, &id("page")).await.unwrap();
        let after = pages::bump_revision(&mut tx, &id("page"), at("11:00")).await.unwrap();
        assert!(after > before);
        tx.commit().await.unwrap();
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn writers_of_two_processes_wait_for_each_other_instead_of_failing() {
    for engine in Engine::ALL {
        let place = Place::migrated(engine).await;
        let processes = [place.open().await, place.open().await];
        furnish(&processes[0]).await;
        let writers: Vec<_> = (0..8).map(|n| tokio::spawn(write_often(processes[n % 2].clone(), 20))).collect();
        for writer in writers {
            writer.await.unwrap();
        }
        let mut tx = processes[0].read().await.unwrap();
        assert_eq!(pages::revision(&mut tx, &id("page")).await.unwrap(), 160, "{engine:?}");
    }
}

#[tokio::test]
async fn a_word_nobody_knows_is_corruption_and_not_something_else() {
    each_place(async |place| {
        let db = place.open().await;
        furnish(&db).await;
        place.meddle("update components set stated_status = 'splendid', stated_at = created_at, stated_source = 'staff'").await;
        let mut tx = db.read().await.unwrap();
        let error = server::store::components::components(&mut tx, &id("page")).await.unwrap_err();
        assert!(matches!(&error, StoreError::Corrupt(what) if what.contains("splendid")), "{error:?}");
    })
    .await;
}

#[tokio::test]
async fn a_server_that_ended_our_connections_is_away_and_refuses_nothing() {
    let place = Place::migrated(Engine::Postgres).await;
    let db = place.open().await;
    let mut tx = db.write().await.unwrap();
    let others = "select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()";
    place.meddle(others).await;
    let error = pages::default_page(&mut tx).await.unwrap_err();
    assert!(error.is_unreachable(), "what was asked may be asked again: {error}");
    drop(tx);
    assert!(pages::default_page(&mut db.read().await.unwrap()).await.is_ok(), "the next connection is a good one");
}
