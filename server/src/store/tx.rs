//! One transaction on either engine.

use sqlx::{Postgres, Sqlite, Transaction};

use super::StoreError;

/// A transaction. Dropped without [`Tx::commit`], it never happened. None may be open across a network call.
#[derive(Debug)]
pub enum Tx {
    /// On a SQLite file.
    Sqlite(Transaction<'static, Sqlite>),
    /// On a PostgreSQL server.
    Postgres(Transaction<'static, Postgres>),
}

impl Tx {
    /// Makes it all true at once.
    ///
    /// # Errors
    /// [`StoreError::Sql`] where the engine cannot; then nothing happened, unless the connection broke while it answered.
    pub async fn commit(self) -> Result<(), StoreError> {
        match self {
            Self::Sqlite(tx) => tx.commit().await?,
            Self::Postgres(tx) => tx.commit().await?,
        }
        Ok(())
    }
}
