//! The migrations the program carries, applied in one transaction under a lock.
//!
//! The migrator's own locking is not used: it has none for SQLite, and on PostgreSQL it takes a session lock, which outlives a failure
//! and does not work behind a transaction pooler.

use sqlx::migrate::Migrator;

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

fn unlocked(mut migrator: Migrator) -> Migrator {
    migrator.set_locking(false);
    migrator
}
