//! Drains the outbox: makes the deliveries that are due, claims them, hands each to the relay, and writes down what became of it.
//!
//! Any number of couriers may work on one database. What one of them claims is its own for a minute at a time; a courier that ends
//! without a word leaves at most as many doubles behind as [`Courier`] says, and never a gap (reliability Q9).

mod attempt;
mod gait;
mod lease_clock;
mod looks;
mod marks;
mod told;

use std::collections::HashMap;
use std::sync::{Arc, Mutex, OnceLock, PoisonError};
use std::time::Duration;

use app::words::Id;
use chrono::TimeDelta;
use tokio::sync::{Notify, Semaphore, watch};
use tokio::task::JoinSet;
use tokio::time::{MissedTickBehavior, interval, sleep, timeout};

use crate::actions::outbox;
use crate::channels::smtp::{Pool, Relay};
use crate::clock::Clock;
use crate::config::{Config, Dkim};
use crate::secret::Secret;
use crate::signals::Signals;
use crate::store::deliveries::{Claimed, Now};
use crate::store::{Db, StoreError};
use gait::Gait;
use lease_clock::LeaseClock;
use looks::Looks;
use marks::Marks;
use told::Told;

/// Deliveries claimed at once: enough to keep the connections busy between two claims, few enough for urgent ones to come next.
const IN_HAND: usize = 64;
/// Leases are lengthened this often, four times before they end.
const RENEWAL: Duration = Duration::from_secs(15);
/// How often the outbox is looked at while something is due or about to be, and while nothing is (reliability Q8).
const BUSY: TimeDelta = TimeDelta::seconds(1);
const IDLE: TimeDelta = TimeDelta::seconds(5);
/// What is on its way when the service ends may take so long to arrive (reliability Q16).
const FAREWELL: Duration = Duration::from_secs(25);

/// Beyond that there is time for what is written down in any case, if the database answers.
const LAST_WORDS: Duration = Duration::from_secs(1);

/// The courier of one process.
///
/// Mails that the relay took and that are not yet written down as sent number at most `connections` + 16: that many may
/// arrive twice when the process is killed.
pub struct Courier {
    db: Db,
    clock: Clock,
    leases: LeaseClock,
    wake: Arc<Notify>,
    secret: Arc<OnceLock<Secret>>,
    public_url: String,
    /// `None` where no relay is configured.
    way: Option<Way>,
    /// What mails are made of, by notification.
    tellings: Mutex<HashMap<Id, Arc<Told>>>,
}

/// A claimed delivery, and what its mail is made of.
struct Load {
    claimed: Claimed,
    /// What the record said of it then; `None` where it could not be asked.
    record: Option<Now>,
    told: Arc<Told>,
}

/// The way to the relay.
struct Way {
    pool: Pool,
    from: String,
    dkim: Option<Dkim>,
    bounces: Option<String>,
    gait: Mutex<Gait>,
    /// One for each mail that may be under way or not yet written down.
    unsettled: Arc<Semaphore>,
}

impl Courier {
    /// A courier for the relay of the settings.
    #[must_use]
    pub fn new(db: Db, clock: Clock, config: &Config, secret: Arc<OnceLock<Secret>>, signals: &Signals) -> Self {
        Self::on_machine(Clock::system(), db, clock, config, secret, signals)
    }

    /// The same on a machine with that clock.
    #[must_use]
    pub fn on_machine(machine: Clock, db: Db, clock: Clock, config: &Config, secret: Arc<OnceLock<Secret>>, signals: &Signals) -> Self {
        let way = config.smtp.as_ref().map(|smtp| Way {
            pool: Pool::new(Relay::new(smtp)),
            from: smtp.from.clone(),
            dkim: smtp.dkim.clone(),
            bounces: smtp.bounces.clone(),
            gait: Mutex::new(Gait::new(smtp)),
            unsettled: Arc::new(Semaphore::new(smtp.connections + marks::GROUP)),
        });
        Self {
            db,
            leases: LeaseClock::new(clock.clone(), machine),
            clock,
            wake: signals.outbox.clone(),
            secret,
            public_url: config.public_url.clone(),
            way,
            tellings: Mutex::default(),
        }
    }

    /// Works until it is told to stop, and then until what it has begun has ended.
    pub async fn run(self: Arc<Self>, mut stop: watch::Receiver<bool>) {
        let Some(way) = &self.way else {
            tracing::info!("no mail relay is set (smtp_url, mail_from): the page offers no mail, and nothing is sent");
            return;
        };
        let mut alone = self.db.sqlite_path().is_some();
        while !*stop.borrow() {
            let worked = async {
                self.leases.set(&self.db).await?;
                outbox::reclaim(&self.db, self.leases.now(), alone).await?;
                alone = false;
                self.work(way, &stop).await?;
                outbox::backlog(&self.db).await
            };
            let wait = match worked.await {
                Ok(backlog) => backlog.oldest.map_or(IDLE, |at| (at - self.clock.now()).clamp(BUSY, IDLE)),
                Err(error) => {
                    tracing::warn!(%error, "the outbox could not be worked on; it is tried again");
                    BUSY
                }
            };
            way.pool.rest().await;
            tokio::select! {
                () = self.wake.notified() => {}
                () = sleep(wait.to_std().unwrap_or_default()) => {}
                _ = stop.wait_for(|stop| *stop) => {}
            }
        }
        way.pool.close().await;
    }

    /// Works until nothing is due at the clock's now and nothing is on its way: one step, for tests and for the end of a demonstration.
    ///
    /// # Errors
    /// [`StoreError`] where the database failed; what was on its way has ended all the same.
    pub async fn drain(self: &Arc<Self>) -> Result<(), StoreError> {
        let Some(way) = &self.way else { return Ok(()) };
        // Nobody says stop, but somebody must be there who could.
        let (_going_on, stop) = watch::channel(false);
        self.leases.set(&self.db).await?;
        outbox::reclaim(&self.db, self.leases.now(), false).await?;
        self.work(way, &stop).await
    }

    /// Works until nothing is due, or until it is told to stop.
    async fn work(self: &Arc<Self>, way: &Way, stop: &watch::Receiver<bool>) -> Result<(), StoreError> {
        // A page may have got another name since.
        self.tellings.lock().unwrap_or_else(PoisonError::into_inner).clear();
        let (marks, looks) = (Marks::new(self.db.clone()), Looks::new(self.clone()));
        // Another one each time: what was claimed and got lost on the way is not held by leases that others lengthen.
        let owner = Id::from_bytes(rand::random()).to_string();
        let mut flying = JoinSet::new();
        let mut renewal = interval(RENEWAL);
        renewal.set_missed_tick_behavior(MissedTickBehavior::Delay);
        let (mut result, mut late) = (Ok(()), false);
        let mut stopping = stop.clone();
        let too_late = async {
            // An error means that nobody is left to say so: that is a stop as well.
            let _ = stopping.wait_for(|stop| *stop).await;
            sleep(FAREWELL).await;
        };
        tokio::pin!(too_late);
        loop {
            while flying.try_join_next().is_some() {}
            if flying.len() <= IN_HAND / 2 && !*stop.borrow() {
                match self.claim(way, &owner, IN_HAND - flying.len()).await {
                    Ok(loads) => {
                        for load in loads {
                            flying.spawn(self.clone().carry(load, stop.clone(), (looks.eye(), marks.pen())));
                        }
                    }
                    // What is on its way goes on: a mail that is cut off may arrive twice.
                    Err(error) => result = Err(error),
                }
            }
            if flying.is_empty() {
                break;
            }
            tokio::select! {
                _ = flying.join_next() => {}
                _ = renewal.tick() => self.renew(&owner).await,
                () = self.wake.notified() => {}
                () = sleep(BUSY.to_std().unwrap_or_default()) => {}
                () = &mut too_late => {
                    tracing::warn!(mails = flying.len(), "mails were still on their way at the end; they are looked after at the next start");
                    late = true;
                    break;
                }
            }
        }
        flying.shutdown().await;
        // While the database is away, what is unwritten waits for it; at the end of the service it cannot wait for ever.
        let unwritten = marks.end();
        tokio::pin!(unwritten);
        tokio::select! {
            () = &mut unwritten => {}
            () = async { if late { sleep(LAST_WORDS).await } else { too_late.await } } => {}
        }
        result
    }

    /// Makes the deliveries that are due, and claims as many as there is room and pace for, each with what the record says of it.
    async fn claim(&self, way: &Way, owner: &str, room: usize) -> Result<Vec<Load>, StoreError> {
        let now = self.clock.now();
        while outbox::expand(&self.db, now).await? {}
        let room = way.gait().room(now).min(room);
        if room == 0 {
            return Ok(Vec::new());
        }
        let claimed = outbox::claim(&self.db, owner, now, self.leases.now(), room).await?;
        way.gait().count(claimed.len(), now);
        let mut loads = Vec::new();
        // They come by notice, the urgent ones first, and go on in that order.
        for claimed in claimed.chunk_by(|one, next| one.notification == next.notification) {
            let known = self.loads(claimed).await;
            // What is not carried was counted against the pace. While the database is away, its lease ends by itself, once this work has ended.
            let carried = known.as_ref().map_or(0, Vec::len);
            (carried..claimed.len()).for_each(|_| way.gait().give_back());
            match known {
                Ok(known) => loads.extend(known),
                Err(error) => tracing::warn!(%error, "a notification could not be read"),
            }
        }
        Ok(loads)
    }

    /// What the record says of deliveries of one notification; none where that is gone, and they with it.
    async fn loads(&self, claimed: &[Claimed]) -> Result<Vec<Load>, StoreError> {
        let Some(first) = claimed.first() else { return Ok(Vec::new()) };
        let Some(told) = self.told(&first.notification).await? else { return Ok(Vec::new()) };
        let known = match outbox::looks(&self.db, claimed, &told.notice, self.leases.now()).await {
            Ok(known) => known.into_iter().map(|(claimed, record)| (claimed, Some(record))).collect(),
            Err(error) => {
                tracing::warn!(%error, "deliveries could not be looked at; they wait");
                claimed.iter().map(|claimed| (claimed.clone(), None)).collect::<Vec<_>>()
            }
        };
        Ok(known.into_iter().map(|(claimed, record)| Load { claimed, record, told: told.clone() }).collect())
    }

    async fn renew(&self, owner: &str) {
        let renewed = async {
            self.leases.set(&self.db).await?;
            let now = self.leases.now();
            outbox::renew(&self.db, owner, now).await?;
            outbox::reclaim(&self.db, now, false).await
        };
        match timeout(RENEWAL, renewed).await {
            Ok(Ok(())) => {}
            Ok(Err(error)) => tracing::warn!(%error, "leases could not be lengthened"),
            Err(_) => tracing::warn!("leases could not be lengthened in time"),
        }
    }
}

impl Way {
    /// The pace and the pauses. They are whole at every instant: a panic elsewhere does not make them wrong.
    fn gait(&self) -> std::sync::MutexGuard<'_, Gait> {
        self.gait.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
