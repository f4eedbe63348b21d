//! Databases of their own for tests that need many: a copy of one that has all migrations applied.

use std::sync::OnceLock;

use server::store::Db;
use tempfile::TempDir;

use super::{Engine, Place};

static MIGRATED: OnceLock<Vec<u8>> = OnceLock::new();

/// A migrated SQLite database and the folder it goes with.
pub async fn open() -> (TempDir, Db) {
    if MIGRATED.get().is_none() {
        let place = Place::migrated(Engine::Sqlite).await;
        let bytes = std::fs::read(place.address.trim_start_matches("sqlite:")).expect("the file is there");
        // Two that come at once have made the same.
        let _ = MIGRATED.set(bytes);
    }
    // In memory where there is such a folder: the settings are those of every database, and a disk would only cost time.
    let folder = tempfile::tempdir_in("/dev/shm").or_else(|_| tempfile::tempdir()).expect("a temporary folder");
    let path = folder.path().join("allclear.db");
    std::fs::write(&path, MIGRATED.get().expect("it is made")).expect("the file is written");
    let db = Db::open(&format!("sqlite:{}", path.display())).await.expect("the database opens");
    (folder, db)
}
