//! The keeper: runs the jobs of the clock. The scheduler library gives ticks only, never meaning (design §6.4): what is due is asked of
//! the database, each job is one process's at a time, runs in a task of its own, and a panic fails that run only.

use std::sync::Arc;
use std::time::Duration;

use app::words::Id;
use chrono::{DateTime, TimeDelta, Utc};
use tokio::sync::{Notify, watch};
use tokio::task::JoinSet;
use tokio_cron_scheduler::{Job as Tick, JobScheduler};

use crate::actions::housekeeping::{self, JOBS, Job};
use crate::clock::Clock;
use crate::meters::Meters;
use crate::store::{Db, StoreError, jobs, pages};

/// When the scheduler ticks: every ten seconds.
const TICKS: &str = "*/10 * * * * *";
/// When it has not ticked for this long, we look by ourselves: one panic inside it would stop it for good.
const FALLBACK: Duration = Duration::from_secs(15);

/// Runs the jobs of one process.
pub struct Keeper {
    db: Db,
    clock: Clock,
    meters: Arc<Meters>,
    /// Tells this process from others that run jobs.
    owner: String,
}

impl Keeper {
    /// A keeper that has nothing to do yet.
    #[must_use]
    pub fn new(db: Db, clock: Clock, meters: Arc<Meters>) -> Self {
        Self { db, clock, meters, owner: format!("keeper-{}", Id::from_bytes(rand::random())) }
    }

    /// Runs every job that is due now, to the end; the names of those that ran, in order.
    ///
    /// # Errors
    /// [`StoreError`]: what is due could not be found out.
    pub async fn tick(&self) -> Result<Vec<&'static str>, StoreError> {
        let now = self.clock.now();
        let mut tx = self.db.read().await?;
        let Some(page) = pages::default_page(&mut tx).await? else { return Ok(Vec::new()) };
        let known = jobs::all(&mut tx, &page.id).await?;
        drop(tx);
        if JOBS.iter().any(|job| !known.iter().any(|(name, _)| name == job.name)) {
            let mut tx = self.db.write().await?;
            for job in JOBS {
                jobs::ensure(&mut tx, &page.id, job.name, now).await?;
            }
            tx.commit().await?;
        }
        let mut ran = Vec::new();
        for job in JOBS {
            let due = known.iter().find(|(name, _)| name == job.name).map_or(now, |(_, next_run)| *next_run);
            if due <= now && self.run_job(&page.id, job, due, now).await? {
                ran.push(job.name);
            }
        }
        self.meters.ticked(now);
        Ok(ran)
    }

    /// Runs a job, unless somebody else does. A late one that asks to be skipped only gets its next time.
    async fn run_job(&self, page: &Id, job: &'static Job, due: DateTime<Utc>, now: DateTime<Utc>) -> Result<bool, StoreError> {
        let mut tx = self.db.write().await?;
        let claim = jobs::claim(&mut tx, page, job.name, &self.owner, now, now + job.deadline + TimeDelta::seconds(30)).await?;
        tx.commit().await?;
        let Some(epoch) = claim else { return Ok(false) };
        let skipped = job.misfire == housekeeping::Misfire::Skip && now - due > job.every;
        let error = if skipped { None } else { self.work(page.clone(), job, now).await };
        if let Some(error) = &error {
            tracing::error!(job = job.name, error, "a job failed; it runs again at its next time");
        }
        let mut tx = self.db.write().await?;
        let next_run = self.clock.now().max(now) + job.every;
        jobs::finish(&mut tx, page, job.name, epoch, next_run, self.clock.now(), error.as_deref()).await?;
        tx.commit().await?;
        Ok(!skipped)
    }

    /// What went wrong, if anything did.
    async fn work(&self, page: Id, job: &'static Job, now: DateTime<Utc>) -> Option<String> {
        let db = self.db.clone();
        // Ends with the set, so that a job that takes too long does not go on in the dark.
        let mut own = JoinSet::new();
        own.spawn(async move { housekeeping::run(&db, &page, job.name, now).await });
        let deadline = job.deadline.to_std().unwrap_or(Duration::from_secs(60));
        match tokio::time::timeout(deadline, own.join_next()).await {
            Ok(Some(Ok(Ok(())))) => None,
            Ok(Some(Ok(Err(error)))) => Some(error.to_string()),
            Ok(Some(Err(_)) | None) => Some("The job broke.".to_owned()),
            Err(_) => Some(format!("The job took longer than {} s.", deadline.as_secs())),
        }
    }

    /// Runs jobs until `stop` says so.
    pub async fn run(self: Arc<Self>, mut stop: watch::Receiver<bool>) {
        let ticks = Arc::new(Notify::new());
        let mut scheduler = match scheduler(ticks.clone()).await {
            Ok(scheduler) => Some(scheduler),
            Err(error) => {
                tracing::warn!(%error, "the scheduler does not start; jobs run by the keeper's own timer");
                None
            }
        };
        loop {
            if let Err(error) = self.tick().await {
                tracing::warn!(%error, "the jobs that are due cannot be read; they run when the database answers");
            }
            tokio::select! {
                _ = tokio::time::timeout(FALLBACK, ticks.notified()) => {}
                _ = stop.wait_for(|stop| *stop) => break,
            }
        }
        if let Some(scheduler) = &mut scheduler
            && let Err(error) = scheduler.shutdown().await
        {
            tracing::debug!(%error, "the scheduler did not end by itself");
        }
    }
}

/// A scheduler whose only job is to ring: nothing in it can fail, and nothing overlaps.
async fn scheduler(ticks: Arc<Notify>) -> Result<JobScheduler, tokio_cron_scheduler::JobSchedulerError> {
    let scheduler = JobScheduler::new().await?;
    scheduler.add(Tick::new(TICKS, move |_, _| ticks.notify_one())?).await?;
    scheduler.start().await?;
    Ok(scheduler)
}
