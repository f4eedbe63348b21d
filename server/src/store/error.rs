//! What can go wrong with the store, in sentences for the one who runs it. No sentence carries a password.

/// A database that cannot be opened.
#[derive(Debug, thiserror::Error)]
pub enum OpenError {
    /// The address names no engine we have.
    #[error("The database address {0} is neither sqlite:PATH nor postgres://….")]
    UnknownEngine(String),
    /// The address names an engine, but not a place.
    #[error("The database address cannot be read: {0}.")]
    BadAddress(String),
    /// The place does not answer, or may not be written.
    #[error("The database {place} cannot be opened: {source}.")]
    Refused {
        /// The file or host.
        place: String,
        /// What the engine said.
        source: sqlx::Error,
    },
}

/// Migrations that were not applied. Nothing is changed then.
#[derive(Debug, thiserror::Error)]
pub enum MigrateError {
    /// A newer version of this program was here.
    #[error("This database was written by a newer version of Allclear (it has migration {0}). Use that version, or restore a backup.")]
    Newer(i64),
    /// A migration was applied that reads differently here.
    #[error("This database was made with a different migration {0} than this version of Allclear carries. Restore a backup.")]
    Different(i64),
    /// The engine refused, or could not be reached.
    #[error("The database could not be prepared: {0}.")]
    Sql(#[from] sqlx::Error),
    /// Anything else the migrator says.
    #[error("The database could not be prepared: {0}.")]
    Other(sqlx::migrate::MigrateError),
}

impl From<sqlx::migrate::MigrateError> for MigrateError {
    fn from(error: sqlx::migrate::MigrateError) -> Self {
        use sqlx::migrate::MigrateError as Of;
        match error {
            Of::VersionMissing(version) => Self::Newer(version),
            Of::VersionMismatch(version) => Self::Different(version),
            Of::Execute(error) => Self::Sql(error),
            other => Self::Other(other),
        }
    }
}

/// A statement that did not do what was asked. The transaction is of no use any more.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// The engine refused, or could not be reached.
    #[error("The database refused: {0}.")]
    Sql(sqlx::Error),
    /// A row that no version of this program writes.
    #[error("The database holds something unreadable: {0}.")]
    Corrupt(String),
    /// What was to be changed is not there, or belongs to another page.
    #[error("There is no {what} {id} on this page.")]
    Missing {
        /// The noun.
        what: &'static str,
        /// Its id.
        id: String,
    },
}

impl StoreError {
    /// Whether a row with the same key was there already.
    #[must_use]
    pub fn is_unique_violation(&self) -> bool {
        matches!(self, Self::Sql(sqlx::Error::Database(error)) if error.is_unique_violation())
    }

    /// Whether the database could not be reached in time, or takes nothing at present whatever it is, so that asking again later may help.
    #[must_use]
    pub fn is_unreachable(&self) -> bool {
        use sqlx::Error as Of;
        match self {
            Self::Sql(Of::PoolTimedOut | Of::PoolClosed | Of::Io(_) | Of::Tls(_) | Of::WorkerCrashed) => true,
            Self::Sql(Of::Database(error)) => error.code().is_some_and(|code| is_passing(&code)),
            _ => false,
        }
    }

    /// `Ok` where rows were changed; otherwise the noun is missing.
    pub(super) fn unless_changed(rows: u64, what: &'static str, id: &str) -> Result<(), Self> {
        if rows > 0 { Ok(()) } else { Err(Self::Missing { what, id: id.to_owned() }) }
    }
}

/// Codes that say nothing of what was asked. PostgreSQL's have five characters: connections (08), resources such as the disk (53), a server that
/// ends or begins (57P), its system (58), and one that only reads after another took over (25006). SQLite's are numbers whose low byte is the
/// code proper: busy, locked, read-only, input and output, full, cannot be opened.
fn is_passing(code: &str) -> bool {
    const OF_SQLITE: [u32; 6] = [5, 6, 8, 10, 13, 14];
    if code.len() == 5 {
        return ["08", "53", "57P", "58", "25006"].iter().any(|class| code.starts_with(class));
    }
    code.parse::<u32>().is_ok_and(|code| OF_SQLITE.contains(&(code & 0xff)))
}

impl From<sqlx::Error> for StoreError {
    fn from(error: sqlx::Error) -> Self {
        match error {
            sqlx::Error::ColumnDecode { .. } | sqlx::Error::Decode(_) => Self::Corrupt(error.to_string()),
            other => Self::Sql(other),
        }
    }
}
