//! Migrations: applied once, by whoever comes first.

use server::store::{Db, MigrateError, pages};

use super::sample::{furnish, id};
use crate::support::{Engine, Place, each_place};

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn eight_processes_may_migrate_one_fresh_database_at_once() {
    for engine in Engine::ALL {
        let place = Place::empty(engine).await;
        let migrate = async |address: String| -> Result<(), MigrateError> {
            let db = Db::open(&address).await.unwrap();
            let done = db.migrate().await;
            db.close().await;
            done
        };
        let processes: Vec<_> = (0..8)
            .map(|_| {
                let address = place.address.clone();
                tokio::spawn(async move { migrate(address).await })
            })
            .collect();
        for process in processes {
            process.await.unwrap().unwrap_or_else(|error| panic!("{engine:?}: {error}"));
        }
        furnish(&place.open().await).await;
    }
}

#[tokio::test]
async fn migrating_again_changes_nothing() {
    each_place(async |place| {
        let db = place.open().await;
        furnish(&db).await;
        db.migrate().await.unwrap();
        let mut tx = db.read().await.unwrap();
        assert_eq!(pages::count(&mut tx).await.unwrap(), 2);
    })
    .await;
}

#[tokio::test]
async fn a_database_of_a_newer_version_is_refused_in_one_sentence_and_left_as_it_is() {
    each_place(async |place| {
        place.meddle(NEWER[usize::from(place.engine == Engine::Postgres)]).await;
        let db = place.open().await;
        furnish(&db).await;
        let error = db.migrate().await.unwrap_err();
        assert!(matches!(error, MigrateError::Newer(9999)), "{error:?}");
        assert_eq!(
            error.to_string(),
            "This database was written by a newer version of Allclear (it has migration 9999). Use that version, or restore a backup."
        );
        let mut tx = db.write().await.unwrap();
        assert_eq!(pages::revision(&mut tx, &id("page")).await.unwrap(), 0, "a refused migration leaves no lock behind");
    })
    .await;
}

/// A migration of a version to come, on SQLite and on PostgreSQL: the one writes bytes differently than the other.
const NEWER: [&str; 2] = [
    "insert into _sqlx_migrations (version, description, success, checksum, execution_time) values (9999, 'to come', true, x'00', 1)",
    "insert into _sqlx_migrations (version, description, success, checksum, execution_time) values (9999, 'to come', true, '\\x00', 1)",
];

#[tokio::test]
async fn a_database_says_what_it_is_and_what_it_lacks_and_is_left_as_it_is() {
    for engine in Engine::ALL {
        let place = Place::empty(engine).await;
        let db = place.open().await;
        let new = db.examine().await.unwrap();
        assert_eq!((new.applied, new.newer), (0, None));
        assert!(new.missing > 0);
        assert_eq!(db.examine().await.unwrap().applied, 0, "looking changes nothing");
        db.migrate().await.unwrap();
        let whole = db.examine().await.unwrap();
        assert_eq!((whole.applied, whole.missing, whole.newer), (new.missing, 0, None));
        let (name, has_time) = if engine == Engine::Sqlite { ("SQLite 3", false) } else { ("PostgreSQL 1", true) };
        assert!(whole.engine.starts_with(name) && whole.time.is_some() == has_time, "{whole:?}");
        db.close().await;
    }
    each_place(async |place| {
        place.meddle(NEWER[usize::from(place.engine == Engine::Postgres)]).await;
        let found = place.open().await.examine().await.unwrap();
        assert_eq!((found.missing, found.newer), (0, Some(9999)));
    })
    .await;
}

#[tokio::test]
async fn a_migration_that_reads_differently_is_refused() {
    each_place(async |place| {
        place.meddle(ALTERED[usize::from(place.engine == Engine::Postgres)]).await;
        let error = place.open().await.migrate().await.unwrap_err();
        assert!(matches!(error, MigrateError::Different(1)), "{error:?}");
    })
    .await;
}

const ALTERED: [&str; 2] = ["update _sqlx_migrations set checksum = x'00'", "update _sqlx_migrations set checksum = '\\x00'"];
