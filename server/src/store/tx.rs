//! One transaction on either engine.

use std::ops::{Deref, DerefMut};

use sqlx::pool::PoolConnection;
use sqlx::{Database, Postgres, Sqlite, Transaction};

use super::StoreError;

/// A transaction. Dropped without [`Tx::commit`], it never happened. None may be open across a network call.
#[derive(Debug)]
pub enum Tx {
    /// On a SQLite file.
    Sqlite(Held<Sqlite>),
    /// On a PostgreSQL server.
    Postgres(Held<Postgres>),
}

/// A connection, and whether what is asked on it belongs together.
#[derive(Debug)]
pub enum Held<D: Database> {
    /// Everything is of one moment.
    Together(Transaction<'static, D>),
    /// Every statement is of a moment of its own.
    Apart(PoolConnection<D>),
}

impl<D: Database> Deref for Held<D> {
    type Target = D::Connection;

    fn deref(&self) -> &Self::Target {
        match self {
            Self::Together(tx) => tx,
            Self::Apart(connection) => connection,
        }
    }
}

impl<D: Database> DerefMut for Held<D> {
    fn deref_mut(&mut self) -> &mut Self::Target {
        match self {
            Self::Together(tx) => tx,
            Self::Apart(connection) => connection,
        }
    }
}

impl Tx {
    /// Makes it all true at once.
    ///
    /// # Errors
    /// [`StoreError::Sql`] where the engine cannot; then nothing happened, unless the connection broke while it answered.
    pub async fn commit(self) -> Result<(), StoreError> {
        match self {
            Self::Sqlite(Held::Together(tx)) => tx.commit().await?,
            Self::Postgres(Held::Together(tx)) => tx.commit().await?,
            // Nothing was begun.
            Self::Sqlite(Held::Apart(_)) | Self::Postgres(Held::Apart(_)) => {}
        }
        Ok(())
    }
}
