//! What journeys and contracts share: fresh databases of both engines.

pub mod app;
pub mod certificates;
pub mod dns;
pub mod mailing;
pub mod name_server;
pub mod office;
mod postgres;
pub mod relay;
pub mod reports;
pub mod smtp;
pub mod snapshot;
pub mod staff;
pub mod target;
pub mod template;
pub mod works;

use server::store::Db;
use sqlx::Connection;
use tempfile::TempDir;

/// The engines every contract is held on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Engine {
    /// A file.
    Sqlite,
    /// A server.
    Postgres,
}

impl Engine {
    /// Both.
    pub const ALL: [Self; 2] = [Self::Sqlite, Self::Postgres];
}

/// A database of its own for one test.
pub struct Place {
    /// Which engine answers.
    pub engine: Engine,
    /// The address, as configuration has it.
    pub address: String,
    /// Removed with the place. The server's databases go with the server.
    _folder: Option<TempDir>,
}

impl Place {
    /// A database without any table.
    pub async fn empty(engine: Engine) -> Self {
        match engine {
            Engine::Sqlite => {
                let folder = tempfile::tempdir().expect("a temporary folder");
                let address = format!("sqlite:{}", folder.path().join("allclear.db").display());
                Self { engine, address, _folder: Some(folder) }
            }
            Engine::Postgres => Self { engine, address: postgres::empty_database().await, _folder: None },
        }
    }

    /// A database with all migrations applied.
    pub async fn migrated(engine: Engine) -> Self {
        match engine {
            Engine::Sqlite => {
                let place = Self::empty(engine).await;
                let db = place.open().await;
                db.migrate().await.expect("migrations apply");
                db.close().await;
                place
            }
            Engine::Postgres => Self { engine, address: postgres::migrated_database().await, _folder: None },
        }
    }

    /// Opens it: a second time is like a second process.
    pub async fn open(&self) -> Db {
        Db::open(&self.address).await.expect("the database opens")
    }

    /// Runs statements behind the program's back.
    pub async fn meddle(&self, sql: &'static str) {
        match self.engine {
            Engine::Sqlite => {
                let mut connection = sqlx::SqliteConnection::connect(&self.address).await.expect("the file opens");
                sqlx::raw_sql(sql).execute(&mut connection).await.expect("the statements run");
                connection.close().await.expect("the file closes");
            }
            Engine::Postgres => {
                let mut connection = sqlx::PgConnection::connect(&self.address).await.expect("the server answers");
                sqlx::raw_sql(sql).execute(&mut connection).await.expect("the statements run");
                connection.close().await.expect("the connection closes");
            }
        }
    }

    /// Reads one column of text behind the program's back.
    pub async fn texts(&self, sql: &'static str) -> Vec<String> {
        let texts = match self.engine {
            Engine::Sqlite => {
                let mut connection = sqlx::SqliteConnection::connect(&self.address).await.expect("the file opens");
                sqlx::query_scalar(sql).fetch_all(&mut connection).await
            }
            Engine::Postgres => {
                let mut connection = sqlx::PgConnection::connect(&self.address).await.expect("the server answers");
                sqlx::query_scalar(sql).fetch_all(&mut connection).await
            }
        };
        texts.expect("the statement runs")
    }
}

/// Runs a test on a fresh migrated database of each engine, and says on which one it failed.
pub async fn each_engine(test: impl AsyncFn(Db)) {
    each_place(async |place| {
        let db = place.open().await;
        test(db.clone()).await;
        db.close().await;
    })
    .await;
}

/// Like [`each_engine`], for tests that open the database themselves.
pub async fn each_place(test: impl AsyncFn(&Place)) {
    for engine in Engine::ALL {
        let place = Place::migrated(engine).await;
        let _named = NamedOnFailure(engine);
        test(&place).await;
    }
}

struct NamedOnFailure(Engine);

impl Drop for NamedOnFailure {
    #[expect(clippy::print_stderr, reason = "the one place where a test speaks: which engine failed")]
    fn drop(&mut self) {
        if std::thread::panicking() {
            eprintln!("this failed on {:?}", self.0);
        }
    }
}

/// Waits for all of them, each begun before any is done.
pub async fn together<T>(all: impl IntoIterator<Item = impl Future<Output = T>>) -> Vec<T> {
    let mut waiting: Vec<_> = all.into_iter().map(|one| (Box::pin(one), None)).collect();
    std::future::poll_fn(|context| {
        for (one, done) in &mut waiting {
            if done.is_none()
                && let std::task::Poll::Ready(value) = one.as_mut().poll(context)
            {
                *done = Some(value);
            }
        }
        if waiting.iter().all(|(_, done)| done.is_some()) { std::task::Poll::Ready(()) } else { std::task::Poll::Pending }
    })
    .await;
    waiting.into_iter().filter_map(|(_, done)| done).collect()
}

/// A number from the environment.
pub fn number(name: &str) -> Option<u64> {
    #[expect(clippy::disallowed_methods, reason = "how long this test takes is asked for where it is run")]
    let text = std::env::var(name).ok()?;
    Some(text.parse().unwrap_or_else(|_| panic!("{name} must be a whole number, not {text:?}")))
}
