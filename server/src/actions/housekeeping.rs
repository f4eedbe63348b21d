//! What the clock does: tells of planned work, of failures that nobody took on and of what is owed, sums up checks and removes what is old. Every job may run twice, late,
//! or not at all for a while, and the record is right all the same.

use app::words::Id;
use chrono::{DateTime, DurationRound, NaiveDate, TimeDelta, Utc};
use chrono_tz::Tz;

use super::{maintenances, postmortems, recoveries};
use crate::domain::times::Times;
use crate::domain::{calendar, sighting};
use crate::store::{
    Db, StoreError, absences, bounces, checks, monitor_events, notifications, page_reads, pages, response_times, sessions, sightings,
    subscribers, told,
};

/// A job of the clock.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Job {
    /// Its name, in the database too.
    pub name: &'static str,
    /// How often it runs.
    pub every: TimeDelta,
    /// How long it may take.
    pub deadline: TimeDelta,
    /// What happens when its time was missed.
    pub misfire: Misfire,
}

/// What happens with a job whose time was missed by more than its own pace.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Misfire {
    /// It runs once, now, however often it was missed.
    RunOnce,
    /// It waits for its next time.
    Skip,
}

/// Every job, in the order in which they run.
pub const JOBS: &[Job] = &[
    // With every tick: those come every ten seconds, and a pace of just that would miss each that comes a moment early. A process that is
    // killed meanwhile keeps others from it for the deadline and half a minute: with one tick more that is less than the minute by which
    // the shortest reminder may be late.
    Job { name: PLANNED_WORK, every: TimeDelta::seconds(5), deadline: TimeDelta::seconds(10), misfire: Misfire::RunOnce },
    Job { name: FAILURES, every: TimeDelta::seconds(5), deadline: TimeDelta::seconds(10), misfire: Misfire::RunOnce },
    Job { name: PROMISES, every: TimeDelta::seconds(60), deadline: TimeDelta::seconds(60), misfire: Misfire::RunOnce },
    Job { name: ROLL_UP, every: TimeDelta::seconds(60), deadline: TimeDelta::seconds(60), misfire: Misfire::RunOnce },
    Job { name: RETENTION, every: TimeDelta::minutes(10), deadline: TimeDelta::minutes(5), misfire: Misfire::RunOnce },
];

const PLANNED_WORK: &str = "planned_work";
const FAILURES: &str = "failures";
const PROMISES: &str = "promises";
const ROLL_UP: &str = "roll_up";
const RETENTION: &str = "retention";

/// How long results of checks are kept.
const RESULTS: TimeDelta = TimeDelta::days(7);
/// How long their sums by the five minutes are kept (reliability N19); those of days stay.
const BUCKETS: TimeDelta = TimeDelta::days(90);
/// How long it is kept what they came to mean: a year, and what a comparison with the year before needs.
const EVENTS: TimeDelta = TimeDelta::days(400);
/// How long a request to subscribe waits for its confirmation (reliability E15).
const UNCONFIRMED: TimeDelta = TimeDelta::hours(48);
/// How long the outbox remembers what it told of something that is over (reliability Q11).
const OUTBOX: TimeDelta = TimeDelta::days(30);
/// How long it is remembered what came back: a mailbox that was full a year ago says nothing of today.
const BOUNCES: TimeDelta = TimeDelta::days(365);
/// How long it is remembered what the clock said: a key names an instant, and nothing is said of one that is older than a few days.
const TOLD: TimeDelta = TimeDelta::days(400);
/// How long it is remembered when nobody of ours was there: longer than any beat is waited for.
const ABSENCES: TimeDelta = TimeDelta::days(90);
/// How long reads per hour are kept: a season, as the planner of work looks at it.
const READS: TimeDelta = TimeDelta::days(90);
/// Rows removed in one transaction (reliability Q11): nobody waits for it.
const CHUNK: i64 = 500;
/// Most chunks of one run: some seconds. Other jobs wait for this one, and a reminder must not; the rest goes ten minutes later. That is
/// three times what a thousand monitors that look every ten seconds make in the meantime.
const CHUNKS: usize = 400;

/// The setting that says until when results are summed up.
const CURSOR: &str = "rolled_up_until";
/// The setting that says the first day in the page's zone that is not summed up yet.
const DAYS_CURSOR: &str = "days_rolled_up_until";
/// The length of a bucket.
const BUCKET: TimeDelta = TimeDelta::minutes(5);
/// Monitors whose times are summed up in one transaction.
const MONITORS: usize = 100;
/// Results may come this late: as long as they wait for a database that is away.
const LATE: TimeDelta = TimeDelta::minutes(10);

/// Runs a job.
///
/// # Errors
/// [`StoreError`]; what was done until then stays, and the next run goes on.
pub async fn run(db: &Db, page: &Id, name: &str, now: DateTime<Utc>) -> Result<(), StoreError> {
    match name {
        PLANNED_WORK => maintenances::clock::tick(db, page, now).await,
        FAILURES => recoveries::tick(db, page, now).await,
        PROMISES => postmortems::clock::tick(db, page, now).await,
        ROLL_UP => {
            roll_up(db, page, now).await?;
            roll_up_days(db, page, now).await
        }
        RETENTION => retention(db, page, now).await,
        _ => Ok(()),
    }
}

/// Sums up every bucket from a little before the last run to the running one, each in its own transaction. What is summed up again
/// replaces what was there.
async fn roll_up(db: &Db, page: &Id, now: DateTime<Utc>) -> Result<(), StoreError> {
    let mut tx = db.read().await?;
    let cursor = pages::setting(&mut tx, page, CURSOR).await?.and_then(|text| text.parse::<DateTime<Utc>>().ok());
    drop(tx);
    let mut from = cursor.map_or(DateTime::UNIX_EPOCH, |cursor| cursor - LATE);
    // A stretch without results costs nothing, however long it was.
    while let Some(next) = next_result(db, from).await? {
        // Cutting an instant to five minutes fails only outside the years that can be kept.
        let bucket = next.duration_trunc(BUCKET).unwrap_or(next);
        let mut tx = db.write().await?;
        checks::roll_up(&mut tx, bucket, bucket + BUCKET).await?;
        pages::set_setting(&mut tx, page, CURSOR, &bucket.min(now).to_rfc3339()).await?;
        tx.commit().await?;
        from = bucket + BUCKET;
    }
    Ok(())
}

/// Sums up every day that is over, results that come late too, each in its own transaction. Days that were missed follow; one that was
/// summed up already is written again as it was.
async fn roll_up_days(db: &Db, page: &Id, now: DateTime<Utc>) -> Result<(), StoreError> {
    let mut tx = db.read().await?;
    let zone: Tz = pages::default_page(&mut tx).await?.and_then(|page| page.time_zone.parse().ok()).unwrap_or(Tz::UTC);
    let known = pages::setting(&mut tx, page, DAYS_CURSOR).await?.and_then(|text| text.parse::<NaiveDate>().ok());
    let oldest = response_times::oldest_bucket(&mut tx).await?.map(|at| calendar::day_of(zone, at));
    drop(tx);
    let Some(first) = known.max(oldest) else { return Ok(()) };
    let over = calendar::day_of(zone, now - LATE);
    for (day, next) in first.iter_days().zip(first.iter_days().skip(1)).take_while(|(day, _)| *day < over) {
        let (from, until) = (calendar::day_start(zone, day), calendar::day_start(zone, next));
        let mut tx = db.write().await?;
        response_times::roll_up_day(&mut tx, day, from, until).await?;
        let monitors = response_times::summed_up_on(&mut tx, day).await?;
        tx.commit().await?;
        for some in monitors.chunks(MONITORS) {
            spread(db, some, day, from, until).await?;
        }
        let mut tx = db.write().await?;
        pages::set_setting(&mut tx, page, DAYS_CURSOR, &next.to_string()).await?;
        tx.commit().await?;
    }
    Ok(())
}

/// Keeps how the times of some monitors were spread on a day. Where no results are left, what was kept stays.
async fn spread(db: &Db, monitors: &[Id], day: NaiveDate, from: DateTime<Utc>, until: DateTime<Utc>) -> Result<(), StoreError> {
    let mut tx = db.read().await?;
    let mut kept = Vec::new();
    for monitor in monitors {
        let times = Times::of(response_times::times(&mut tx, monitor, from, until).await?.into_iter().map(|(_, time)| time));
        if !times.is_empty() {
            kept.push((monitor, times.written()));
        }
    }
    drop(tx);
    let mut tx = db.write().await?;
    for (monitor, histogram) in kept {
        response_times::set_histogram(&mut tx, monitor, day, &histogram).await?;
    }
    tx.commit().await
}

async fn next_result(db: &Db, since: DateTime<Utc>) -> Result<Option<DateTime<Utc>>, StoreError> {
    let mut tx = db.read().await?;
    checks::oldest_result(&mut tx, since).await
}

/// Removes what is old: sessions, requests to subscribe, what visitors saw, reads, our absences and what was done once at once, since they are few; the
/// rest a chunk in a transaction, so that others can write in between.
async fn retention(db: &Db, page: &Id, now: DateTime<Utc>) -> Result<(), StoreError> {
    let mut tx = db.write().await?;
    sessions::sweep(&mut tx, now).await?;
    subscribers::remove_unconfirmed(&mut tx, page, now - UNCONFIRMED).await?;
    bounces::sweep(&mut tx, page, now - BOUNCES).await?;
    sightings::remove_before(&mut tx, page, sighting::hour(now - sighting::KEPT)).await?;
    told::sweep(&mut tx, page, now - TOLD).await?;
    absences::sweep(&mut tx, page, now - ABSENCES).await?;
    page_reads::sweep(&mut tx, page, now - READS).await?;
    tx.commit().await?;
    for _ in 0..CHUNKS {
        let mut tx = db.write().await?;
        let results = checks::remove_results(&mut tx, now - RESULTS, CHUNK).await?;
        let events = monitor_events::remove(&mut tx, now - EVENTS, CHUNK).await?;
        let rollups = checks::remove_rollups(&mut tx, now - BUCKETS, CHUNK).await?;
        let told = notifications::remove_told(&mut tx, page, now - OUTBOX, CHUNK).await?;
        tx.commit().await?;
        if results + events + rollups + told == 0 {
            break;
        }
        tokio::task::yield_now().await;
    }
    Ok(())
}
