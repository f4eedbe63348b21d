//! How the service comes up: folder, database, migrations, the default page.

use std::fs::File;
use std::net::SocketAddr;
use std::path::Path;

use app::words::Id;
use fs4::TryLockError;
use tokio::net::TcpListener;

use crate::actions;
use crate::clock::Clock;
use crate::config::Config;
use crate::secret::Secret;
use crate::store::{Db, MigrateError, OpenError, StoreError};

/// Why the service did not come up.
#[derive(Debug, thiserror::Error)]
pub enum StartError {
    /// The data folder cannot be made.
    #[error("The data folder {path} cannot be used: {cause}.")]
    DataDir {
        /// Its path.
        path: String,
        /// What the system said.
        cause: std::io::Error,
    },
    /// The database address cannot be used.
    #[error(transparent)]
    Open(#[from] OpenError),
    /// The database cannot be brought up to date.
    #[error(transparent)]
    Migrate(#[from] MigrateError),
    /// The database failed.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// Somebody else listens there.
    #[error("{key} is {address}, but that address cannot be listened on: {cause}. Stop what is there, or choose another port.")]
    Listen {
        /// The setting.
        key: &'static str,
        /// Its value.
        address: SocketAddr,
        /// What the system said.
        cause: std::io::Error,
    },
    /// Another `serve` runs on the same file.
    #[error("Another allclear already serves the database {0}. One process at a time serves a SQLite file; PostgreSQL takes any number.")]
    Served(String),
    /// The lock cannot be taken.
    #[error("The lock {path} cannot be taken: {cause}.")]
    Lock {
        /// Its path.
        path: String,
        /// What the system said.
        cause: std::io::Error,
    },
}

impl StartError {
    /// Whether the person who started it can mend it (exit code 2).
    #[must_use]
    pub const fn is_input(&self) -> bool {
        match self {
            Self::DataDir { .. } | Self::Open(_) | Self::Listen { .. } | Self::Served(_) | Self::Lock { .. } => true,
            Self::Migrate(error) => matches!(error, MigrateError::Newer(_) | MigrateError::Different(_)),
            Self::Store(_) => false,
        }
    }
}

/// Opens the database, and makes the data folder where there is none.
///
/// # Errors
/// [`StartError`].
pub async fn open(config: &Config) -> Result<Db, StartError> {
    std::fs::create_dir_all(&config.data_dir)
        .map_err(|cause| StartError::DataDir { path: config.data_dir.display().to_string(), cause })?;
    Ok(Db::open(&config.database_url).await?)
}

/// What there is once the database is prepared.
#[derive(Debug)]
pub struct Prepared {
    /// The default page.
    pub page: Id,
    /// The key of links.
    pub secret: Secret,
}

/// Applies the migrations, and makes sure that there are a page and a key.
///
/// # Errors
/// [`StartError`].
pub async fn prepare(db: &Db, clock: &Clock, config: &Config) -> Result<Prepared, StartError> {
    db.migrate().await?;
    let page = actions::pages::ensure_default(db, Id::from_bytes(rand::random()), clock.now()).await?;
    let secret = actions::secrets::ensure(db, &page, config.secret_key.as_ref().map(|key| key.0.as_str())).await?;
    Ok(Prepared { page, secret })
}

/// Listens, or says which setting names an address that cannot be listened on.
///
/// # Errors
/// [`StartError::Listen`].
pub async fn listen(key: &'static str, address: SocketAddr) -> Result<TcpListener, StartError> {
    TcpListener::bind(address).await.map_err(|cause| StartError::Listen { key, address, cause })
}

/// Holds the right to serve a SQLite file until it is dropped or the process ends.
#[derive(Debug)]
pub struct ServeLock(#[expect(dead_code, reason = "held for its lock")] File);

/// Takes the lock beside a SQLite file.
///
/// # Errors
/// [`StartError::Served`] where another process has it.
pub fn lock(database: &Path) -> Result<ServeLock, StartError> {
    let path = database.with_extension("serve.lock");
    let failed = |cause| StartError::Lock { path: path.display().to_string(), cause };
    let file = File::options().create(true).truncate(false).write(true).open(&path).map_err(failed)?;
    match fs4::FileExt::try_lock(&file) {
        Ok(()) => Ok(ServeLock(file)),
        Err(TryLockError::WouldBlock) => Err(StartError::Served(database.display().to_string())),
        Err(TryLockError::Error(cause)) => Err(failed(cause)),
    }
}
