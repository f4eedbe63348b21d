//! The migrations the program carries, applied in one transaction under a lock.
//!
//! The migrator's own locking is not used: it has none for SQLite, and on PostgreSQL it takes a session lock, which outlives a failure
//! and does not work behind a transaction pooler.

use chrono::{DateTime, Utc};
use sqlx::migrate::Migrator;

use super::db::server_time;
use super::{Db, MigrateError};

/// Any constant will do, as long as every version of Allclear uses the same.
const MIGRATION_LOCK: i64 = 0x616c_6c63_6c65_6172;

impl Db {
    /// Applies the migrations that are missing. Any number of processes may do so at once: one does, the others wait.
    ///
    /// # Errors
    /// [`MigrateError::Newer`] where the database has a migration that this version does not know; nothing is changed by any error.
    pub async fn migrate(&self) -> Result<(), MigrateError> {
        match self {
            Self::Sqlite(db) => {
                let mut tx = db.writer.begin_with("begin immediate").await?;
                unlocked(sqlx::migrate!("./migrations/sqlite")).run_direct(None, &mut *tx, false).await?;
                tx.commit().await?;
            }
            Self::Postgres(pool) => {
                let mut tx = pool.begin().await?;
                sqlx::query("select pg_advisory_xact_lock($1)").bind(MIGRATION_LOCK).execute(&mut *tx).await?;
                unlocked(sqlx::migrate!("./migrations/postgres")).run_direct(None, &mut *tx, false).await?;
                tx.commit().await?;
            }
        }
        Ok(())
    }
}

/// What a database is, as it says itself.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Examined {
    /// The engine and its version.
    pub engine: String,
    /// Migrations that were applied; 0 in a database that is new.
    pub applied: usize,
    /// Migrations of this version that were not.
    pub missing: usize,
    /// The newest migration that this version does not know, if there is one.
    pub newer: Option<i64>,
    /// The time on the server; a file has none of its own.
    pub time: Option<DateTime<Utc>>,
}

impl Db {
    /// Looks at the database and changes nothing.
    ///
    /// # Errors
    /// [`MigrateError::Sql`] where it does not answer.
    pub async fn examine(&self) -> Result<Examined, MigrateError> {
        let (engine, time, table, carried): (String, _, bool, Migrator) = match self {
            Self::Sqlite(db) => {
                let version: String = sqlx::query_scalar("select sqlite_version()").fetch_one(&db.readers).await?;
                let table = sqlx::query_scalar("select exists (select 1 from sqlite_master where name = '_sqlx_migrations')");
                let table = table.fetch_one(&db.readers).await?;
                (format!("SQLite {version}"), None, table, sqlx::migrate!("./migrations/sqlite"))
            }
            Self::Postgres(pool) => {
                let version: String = sqlx::query_scalar("show server_version").fetch_one(pool).await?;
                let time = server_time(pool).await?;
                let table = sqlx::query_scalar("select to_regclass('_sqlx_migrations') is not null").fetch_one(pool).await?;
                (format!("PostgreSQL {version}"), Some(time), table, sqlx::migrate!("./migrations/postgres"))
            }
        };
        let applied: Vec<i64> = match self {
            _ if !table => Vec::new(),
            Self::Sqlite(db) => sqlx::query_scalar(APPLIED).fetch_all(&db.readers).await?,
            Self::Postgres(pool) => sqlx::query_scalar(APPLIED).fetch_all(pool).await?,
        };
        let carried: Vec<i64> = carried.iter().map(|migration| migration.version).collect();
        let missing = carried.iter().filter(|version| !applied.contains(version)).count();
        let newer = applied.iter().filter(|version| !carried.contains(version)).max().copied();
        Ok(Examined { engine, applied: applied.len(), missing, newer, time })
    }
}

const APPLIED: &str = "select version from _sqlx_migrations where success";

fn unlocked(mut migrator: Migrator) -> Migrator {
    migrator.set_locking(false);
    migrator
}
