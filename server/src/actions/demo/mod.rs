//! The demonstration: an invented device cloud with three months of history, told relative to the instant it is made at.
//!
//! The same instant makes the same record, down to the ids. Read `platform` (its components), `story` (how an incident is told
//! and what that means for components), `open` and `history` (the incidents), `planned` (maintenances and a banner),
//! `postmortem` and `follow_ups`, `voices` (what readers say); `life` is what lives in it while it is served.

mod calendar;
mod follow_ups;
mod history;
pub mod life;
mod open;
mod planned;
mod platform;
mod postmortem;
mod story;
mod voices;

use std::io::ErrorKind;
use std::path::Path;

use anyhow::Context;
use app::words::Id;
use chrono::{DateTime, NaiveDate, Utc};
use sha2::{Digest, Sha256};

use self::calendar::Calendar;
use crate::clock::Clock;
use crate::config::Config;
use crate::store::pages::{self, PageRecord};
use crate::store::{Db, Tx};

/// Says what the demonstration in its folder was made of. Written last, so that a seeding that was interrupted is done again.
const STAMP: &str = "made-on";

/// All that is taken away when it is made anew. Whatever else lies in the folder stays.
const MADE: [&str; 4] = ["allclear.db", "allclear.db-wal", "allclear.db-shm", "snapshot.bin"];

/// How long the platform has been watched: longer than any strip on the page shows.
const WATCHED_DAYS: i64 = 400;

/// Makes the demonstration in the data folder, unless the one that is there is of today and of this version. Nobody else may have
/// its database open.
///
/// # Errors
/// Where the folder or its database cannot be read or written.
pub async fn make(config: &Config, clock: &Clock) -> anyhow::Result<()> {
    let now = clock.now();
    let folder = config.data_dir.as_path();
    let stamp = stamp_of(now.date_naive());
    if is_stamped(folder, &stamp)? && is_whole(&config.database_url).await {
        return Ok(());
    }
    clear(folder)?;
    let db = Db::open(&config.database_url).await?;
    let made = fill(&db, now).await;
    db.close().await;
    made?;
    let path = folder.join(STAMP);
    std::fs::write(&path, stamp).with_context(|| format!("{} cannot be written", path.display()))
}

async fn fill(db: &Db, now: DateTime<Utc>) -> anyhow::Result<()> {
    db.migrate().await?;
    let mut tx = db.write().await?;
    seed(&mut tx, now).await?;
    Ok(tx.commit().await?)
}

/// Writes the whole record, as one revision.
async fn seed(tx: &mut Tx, now: DateTime<Utc>) -> anyhow::Result<()> {
    let calendar = Calendar::of(now);
    let page = page_id();
    let record = PageRecord {
        id: page.clone(),
        name: "Meridian Cloud".to_owned(),
        // Not UTC, so that the page has two zones to show.
        time_zone: "Europe/Berlin".to_owned(),
        revision: 0,
        created_at: calendar.at(WATCHED_DAYS, 8, 0),
        updated_at: now,
        adopted: true,
    };
    pages::insert(tx, &record).await?;
    let revision = pages::bump_revision(tx, &page, now).await?;
    let mut stories = history::past(calendar);
    stories.extend(open::now(calendar));
    platform::write(tx, &page, calendar, &story::changes(&stories)).await?;
    story::write(tx, &page, &stories, revision).await?;
    planned::write(tx, &page, calendar, revision).await?;
    postmortem::write(tx, &page, calendar, revision).await?;
    voices::write(tx, &page, calendar).await
}

fn stamp_of(day: NaiveDate) -> String {
    format!("{day} {}\n", env!("CARGO_PKG_VERSION"))
}

fn is_stamped(folder: &Path, stamp: &str) -> anyhow::Result<bool> {
    let path = folder.join(STAMP);
    match std::fs::read(&path) {
        Ok(bytes) => Ok(bytes == stamp.as_bytes()),
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(false),
        Err(error) => Err(error).with_context(|| format!("{} cannot be read", path.display())),
    }
}

/// Whether the database holds the demonstration: somebody may have taken the file away and left the stamp. One that cannot be
/// read is made anew as well.
async fn is_whole(database_url: &str) -> bool {
    let Ok(db) = Db::open(database_url).await else { return false };
    let found = match db.read().await {
        Ok(mut tx) => matches!(pages::default_page(&mut tx).await, Ok(Some(page)) if page.id == page_id()),
        Err(_) => false,
    };
    db.close().await;
    found
}

fn clear(folder: &Path) -> anyhow::Result<()> {
    for name in MADE {
        let path = folder.join(name);
        match std::fs::remove_file(&path) {
            Err(error) if error.kind() != ErrorKind::NotFound => {
                return Err(error).with_context(|| format!("{} cannot be removed", path.display()));
            }
            _ => {}
        }
    }
    Ok(())
}

fn page_id() -> Id {
    id("page", "Meridian Cloud")
}

/// The id of what has this name among its kind: the same whenever and wherever the demonstration is made, so that a link into it
/// still leads somewhere tomorrow.
fn id(kind: &str, name: &str) -> Id {
    let digest = Sha256::digest(format!("allclear demo {kind} {name}").as_bytes());
    Id::from_bytes(digest.first_chunk::<16>().copied().unwrap_or_default())
}
