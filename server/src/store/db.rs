//! Where rows live: a SQLite file or a PostgreSQL database.

use std::path::{Path, PathBuf};
use std::str::FromStr;
use std::time::Duration;

use chrono::{DateTime, Utc};
use sqlx::error::DatabaseError;
use sqlx::pool::PoolConnectionMetadata;
use sqlx::postgres::{PgConnectOptions, PgConnection, PgPool, PgPoolOptions};
use sqlx::sqlite::{SqliteConnectOptions, SqliteConnection, SqliteJournalMode, SqlitePool, SqlitePoolOptions, SqliteSynchronous};
use sqlx::{Connection as _, Postgres, Transaction};

use super::tx::Held;
use super::{OpenError, StoreError, Tx};

/// Nobody waits longer for a connection: a request is answered within 3 s also when the database is away.
const ACQUIRE_TIMEOUT: Duration = Duration::from_secs(2);
/// How long a statement waits for another process that writes the same SQLite file.
const BUSY_TIMEOUT: Duration = Duration::from_secs(5);
/// The same wait, for the one statement that SQLite does not wait for by itself.
const BUSY_PAUSE: Duration = Duration::from_millis(25);
const BUSY_TRIES: u32 = 200;
const SQLITE_READERS: u32 = 4;
/// What the writer keeps of the file in memory, in KiB below nought as SQLite wants it. The usual 2 MB do not hold the deliveries of a large
/// list or the monitors of a large page: each claim and each mark would read them again. Readers forget theirs with every write, so that more
/// would cost them more.
const WRITER_CACHE: &str = "-32768";
const POSTGRES_CONNECTIONS: u32 = 10;
/// A connection is asked whether it still lives when it comes back, and again before it is used if it lay idle longer than this. The library
/// would ask each time: three ways to the server for one statement.
const FRESH: Duration = Duration::from_secs(1);

/// The database. Cheap to clone; all clones share their connections.
#[derive(Clone, Debug)]
pub enum Db {
    /// A file.
    Sqlite(SqliteDb),
    /// A server.
    Postgres(PgPool),
}

/// A SQLite file: many readers, one writer. The one writer makes writes queue in this process instead of colliding in the file.
#[derive(Clone, Debug)]
pub struct SqliteDb {
    path: PathBuf,
    pub(super) readers: SqlitePool,
    pub(super) writer: SqlitePool,
}

impl Db {
    /// Opens `sqlite:PATH` (the file is made) or `postgres://…`. A PostgreSQL server is not asked anything yet, so that the last
    /// snapshot can be served while it is away.
    ///
    /// # Errors
    /// [`OpenError`] where the address cannot be used or the file cannot be opened.
    pub async fn open(address: &str) -> Result<Self, OpenError> {
        match address.split_once(':') {
            Some(("sqlite", path)) => open_sqlite(path).await,
            Some(("postgres" | "postgresql", _)) => open_postgres(address),
            // Only the scheme is repeated: the rest may hold a password.
            Some((scheme, _)) => Err(OpenError::UnknownEngine(format!("\"{scheme}:…\""))),
            None => Err(OpenError::UnknownEngine("without a scheme".to_owned())),
        }
    }

    /// Begins to read: everything read through it is of one moment, and nothing can be written.
    ///
    /// # Errors
    /// [`StoreError::Sql`] where no connection is to be had within 2 s.
    pub async fn read(&self) -> Result<Tx, StoreError> {
        Ok(match self {
            Self::Sqlite(db) => Tx::Sqlite(Held::Together(db.readers.begin().await?)),
            Self::Postgres(pool) => {
                Tx::Postgres(Held::Together(begin(pool, "begin transaction isolation level repeatable read, read only").await?))
            }
        })
    }

    /// The same for one statement, which needs no transaction to be of one moment: a fraction of the way for what is asked very often.
    ///
    /// # Errors
    /// [`StoreError::Sql`] where no connection is to be had within 2 s.
    pub async fn glance(&self) -> Result<Tx, StoreError> {
        Ok(match self {
            Self::Sqlite(db) => Tx::Sqlite(Held::Apart(db.readers.acquire().await?)),
            Self::Postgres(pool) => Tx::Postgres(Held::Apart(pool.acquire().await?)),
        })
    }

    /// Begins to write. On SQLite it takes the write lock at once: a transaction that reads first and then writes would fail when
    /// another one wrote in between.
    ///
    /// # Errors
    /// [`StoreError::Sql`] where no connection is to be had within 2 s, or the file is locked for 5 s.
    pub async fn write(&self) -> Result<Tx, StoreError> {
        Ok(match self {
            Self::Sqlite(db) => Tx::Sqlite(Held::Together(db.writer.begin_with("begin immediate").await?)),
            Self::Postgres(pool) => Tx::Postgres(Held::Together(begin(pool, "begin").await?)),
        })
    }

    /// What the clock of a database server shows; `None` where the database has none of its own.
    ///
    /// # Errors
    /// [`StoreError::Sql`]
    pub async fn time(&self) -> Result<Option<DateTime<Utc>>, StoreError> {
        match self {
            Self::Sqlite(_) => Ok(None),
            Self::Postgres(pool) => Ok(Some(server_time(pool).await?)),
        }
    }

    /// The file of a SQLite database: one `serve` may use it at a time.
    #[must_use]
    pub fn sqlite_path(&self) -> Option<&Path> {
        match self {
            Self::Sqlite(db) => Some(&db.path),
            Self::Postgres(_) => None,
        }
    }

    /// Closes all connections once their transactions have ended.
    pub async fn close(&self) {
        match self {
            Self::Sqlite(db) => {
                db.readers.close().await;
                // Last, so that it can fold the write-ahead log into the file.
                db.writer.close().await;
            }
            Self::Postgres(pool) => pool.close().await,
        }
    }
}

/// What the clock of a server shows.
pub(super) async fn server_time(pool: &PgPool) -> Result<DateTime<Utc>, sqlx::Error> {
    sqlx::query_scalar("select clock_timestamp()").fetch_one(pool).await
}

/// Begins in a task of its own. Whoever is dropped while the server answers (a client that hung up, a job past its deadline) would
/// otherwise leave a transaction behind that the library does not know of, on a connection that others are given.
async fn begin(pool: &PgPool, statement: &'static str) -> Result<Transaction<'static, Postgres>, sqlx::Error> {
    let pool = pool.clone();
    tokio::spawn(async move { pool.begin_with(statement).await }).await.map_err(|_| sqlx::Error::WorkerCrashed)?
}

async fn open_sqlite(path: &str) -> Result<Db, OpenError> {
    let path = path.strip_prefix("//").unwrap_or(path);
    if path.is_empty() || path.starts_with(':') {
        return Err(OpenError::BadAddress("sqlite: needs the path of a file".to_owned()));
    }
    let options = SqliteConnectOptions::new()
        .filename(path)
        .create_if_missing(true)
        .foreign_keys(true)
        .busy_timeout(BUSY_TIMEOUT)
        .synchronous(SqliteSynchronous::Full);
    // Connections to a file do not go stale: none is closed for its age, none is asked before use.
    let pool =
        || SqlitePoolOptions::new().acquire_timeout(ACQUIRE_TIMEOUT).idle_timeout(None).max_lifetime(None).test_before_acquire(false);
    let writer = pool()
        .max_connections(1)
        .after_release(|connection, _| Box::pin(is_whole(connection)))
        .connect_lazy_with(options.clone().journal_mode(SqliteJournalMode::Wal).pragma("cache_size", WRITER_CACHE));
    connect_once(&writer).await.map_err(|source| OpenError::Refused { place: path.to_owned(), source })?;
    let readers = pool().max_connections(SQLITE_READERS).connect_lazy_with(options.pragma("query_only", "on"));
    Ok(Db::Sqlite(SqliteDb { path: PathBuf::from(path), readers, writer }))
}

/// Whether a connection that comes back can be used again. A disk that is full, or a write that failed, makes SQLite end the
/// transaction by itself; the library then counts one that is not there, and would never begin another on this connection.
async fn is_whole(connection: &mut SqliteConnection) -> Result<bool, sqlx::Error> {
    // Whatever was still to be done on it, such as to roll back, is done before this is answered.
    connection.ping().await?;
    Ok(!connection.is_in_transaction())
}

/// Makes the writer's connection, and with it the file. Of several processes that meet at a new file one changes its journal, and
/// SQLite answers the others at once that it is locked, whatever the busy timeout.
async fn connect_once(writer: &SqlitePool) -> Result<(), sqlx::Error> {
    for _ in 0..BUSY_TRIES {
        match writer.acquire().await {
            Err(sqlx::Error::Database(error)) if is_busy(&*error) => tokio::time::sleep(BUSY_PAUSE).await,
            other => return other.map(drop),
        }
    }
    writer.acquire().await.map(drop)
}

/// The low byte of SQLite's extended codes is the code proper; 5 is SQLITE_BUSY.
fn is_busy(error: &dyn DatabaseError) -> bool {
    error.code().and_then(|code| code.parse::<u32>().ok()).is_some_and(|code| code & 0xff == 5)
}

fn open_postgres(address: &str) -> Result<Db, OpenError> {
    let options =
        PgConnectOptions::from_str(address).map_err(|_| OpenError::BadAddress("postgres://USER@HOST/DATABASE is needed".to_owned()))?;
    let pool = PgPoolOptions::new()
        .acquire_timeout(ACQUIRE_TIMEOUT)
        .max_connections(POSTGRES_CONNECTIONS)
        .test_before_acquire(false)
        .before_acquire(|connection, known| Box::pin(is_alive(connection, known)));
    Ok(Db::Postgres(pool.connect_lazy_with(options)))
}

/// Whether a connection that lay idle can be used. One that a server dropped within [`FRESH`] is noticed by the statement that is asked on it.
async fn is_alive(connection: &mut PgConnection, known: PoolConnectionMetadata) -> Result<bool, sqlx::Error> {
    if known.idle_for >= FRESH {
        connection.ping().await?;
    }
    Ok(true)
}
