//! Limits of pace, in memory: who tries too often is told how long to wait. They are lost at a restart, which is no help to anybody
//! who guesses.

use std::collections::HashMap;
use std::hash::{BuildHasher as _, RandomState};
use std::sync::{Mutex, PoisonError};

use chrono::{DateTime, TimeDelta, Utc};
use tokio::sync::Semaphore;

use crate::config::Config;
use crate::domain::limit::Pace;

/// Keys kept of each kind, 24 bytes and the map's share each: about 10 MB at the worst (reliability X43).
const KEYS: usize = 200_000;

/// Things that programs hand in at the same time. Each takes milliseconds, and a connection to the database meanwhile.
const HOOKS: usize = 4;

/// What is limited.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Limited {
    /// Tries to sign in, by account and by address.
    SignIn,
    /// Requests to subscribe, by the address they come from.
    Subscribe,
    /// Requests to subscribe a mailbox.
    Mailbox,
    /// Requests to mail a mailbox the link to its subscription.
    LinkMailbox,
    /// Requests to subscribe or for such links, all together.
    Subscriptions,
    /// Requests of those who waited instead of letting their browser work, all together.
    Patience,
    /// Requests for a link to vote with, by the address they come from; and what is done with such links, voting and following, by
    /// subscriber.
    Vote,
    /// Requests to mail such a link to a mailbox.
    VoteMailbox,
    /// Requests for such links, all together.
    Votes,
    /// What a subscriber chooses to hear of, by subscriber.
    Choice,
    /// Words on post-mortems, by the address they come from.
    Feedback,
    /// Words on post-mortems, all together.
    Feedbacks,
    /// Requests to the write API, by token.
    Api,
    /// What programs hand in, by token.
    Hook,
}

/// All limits of one process.
#[derive(Debug)]
pub struct Limits {
    sign_in: Limit,
    subscribe: Limit,
    mailbox: Limit,
    link_mailbox: Limit,
    subscriptions: Limit,
    patience: Limit,
    vote: Limit,
    vote_mailbox: Limit,
    votes: Limit,
    choice: Limit,
    feedback: Limit,
    feedbacks: Limit,
    api: Limit,
    hook: Limit,
    hasher: RandomState,
    /// One for each thing that programs may hand in at the same time.
    pub hooks: Semaphore,
}

impl Limits {
    /// As configured.
    #[must_use]
    pub fn new(config: &Config) -> Self {
        let unlimited = config.subscribe_rate == 0;
        Self {
            // Five quick tries are enough for a person who has several passwords in mind; a program gets 1,440 a day.
            sign_in: Limit::new(Some(Pace { burst: 5, every: TimeDelta::minutes(1) })),
            subscribe: Limit::new(Pace::per(config.subscribe_rate, TimeDelta::hours(1))),
            // Who lifts the limit by address lifts these as well (reliability E18).
            mailbox: Limit::new(Pace::per(if unlimited { 0 } else { 3 }, TimeDelta::days(1))),
            link_mailbox: Limit::new(Pace::per(if unlimited { 0 } else { 3 }, TimeDelta::days(1))),
            subscriptions: Limit::new(Pace::per(if unlimited { 0 } else { 200 }, TimeDelta::hours(1))),
            // Few readers run no scripts; whoever floods has all the time in the world.
            patience: Limit::new(Pace::per(if unlimited { 0 } else { 30 }, TimeDelta::hours(1))),
            vote: Limit::new(Pace::per(config.subscribe_rate, TimeDelta::hours(1))),
            // A post-mortem has several follow-ups, and each may be voted for.
            vote_mailbox: Limit::new(Pace::per(if unlimited { 0 } else { 10 }, TimeDelta::days(1))),
            votes: Limit::new(Pace::per(if unlimited { 0 } else { 200 }, TimeDelta::hours(1))),
            // Nobody changes their mind once a minute for an hour.
            choice: Limit::new(Pace::per(if unlimited { 0 } else { 60 }, TimeDelta::hours(1))),
            feedback: Limit::new(Pace::per(5, TimeDelta::hours(1))),
            // As many as somebody could still read; rows that nobody can trace must not fill the database.
            feedbacks: Limit::new(Pace::per(500, TimeDelta::hours(1))),
            api: Limit::new(Pace::per(config.api_rate, TimeDelta::minutes(1))),
            // A notice to many brings as many reports of old addresses within minutes. A mail server that is told to wait comes again.
            hook: Limit::new(Pace::per(if config.api_rate == 0 { 0 } else { 600 }, TimeDelta::minutes(1))),
            hasher: RandomState::new(),
            hooks: Semaphore::new(HOOKS),
        }
    }

    /// Counts one try; tells how many more may come at once.
    ///
    /// # Errors
    /// How long to wait. A try that is refused is not counted.
    pub fn allow(&self, limited: Limited, key: &str, now: DateTime<Utc>) -> Result<i32, TimeDelta> {
        // Only hashes under a key of this process are kept: a memory dump tells no addresses.
        self.of(limited).allow(self.hasher.hash_one(key), now)
    }

    /// Takes back one try that turned out to be right.
    pub fn forgive(&self, limited: Limited, key: &str) {
        self.of(limited).forgive(self.hasher.hash_one(key));
    }

    const fn of(&self, limited: Limited) -> &Limit {
        match limited {
            Limited::SignIn => &self.sign_in,
            Limited::Subscribe => &self.subscribe,
            Limited::Mailbox => &self.mailbox,
            Limited::LinkMailbox => &self.link_mailbox,
            Limited::Subscriptions => &self.subscriptions,
            Limited::Patience => &self.patience,
            Limited::Vote => &self.vote,
            Limited::VoteMailbox => &self.vote_mailbox,
            Limited::Votes => &self.votes,
            Limited::Choice => &self.choice,
            Limited::Feedback => &self.feedback,
            Limited::Feedbacks => &self.feedbacks,
            Limited::Api => &self.api,
            Limited::Hook => &self.hook,
        }
    }
}

#[derive(Debug)]
struct Limit {
    /// `None`: there is no limit.
    pace: Option<Pace>,
    rested: Mutex<HashMap<u64, DateTime<Utc>>>,
}

impl Limit {
    fn new(pace: Option<Pace>) -> Self {
        Self { pace, rested: Mutex::default() }
    }

    fn allow(&self, key: u64, now: DateTime<Utc>) -> Result<i32, TimeDelta> {
        let Some(pace) = self.pace else { return Ok(i32::MAX) };
        let mut rested = self.rested.lock().unwrap_or_else(PoisonError::into_inner);
        let taken = pace.take(rested.get(&key).copied(), now)?;
        if rested.len() >= KEYS {
            make_room(&mut rested, now);
        }
        rested.insert(key, taken.rested);
        Ok(taken.left)
    }

    fn forgive(&self, key: u64) {
        let Some(pace) = self.pace else { return };
        if let Some(rested) = self.rested.lock().unwrap_or_else(PoisonError::into_inner).get_mut(&key) {
            *rested -= pace.every;
        }
    }
}

/// Forgets keys that are rested, and where too few are, the half that rests soonest: who tried most is remembered longest.
fn make_room(rested: &mut HashMap<u64, DateTime<Utc>>, now: DateTime<Utc>) {
    rested.retain(|_, at| *at > now);
    if rested.len() > KEYS / 2 {
        let mut order: Vec<_> = rested.values().copied().collect();
        let middle = order.len() / 2;
        let (_, median, _) = order.select_nth_unstable(middle);
        let median = *median;
        rested.retain(|_, at| *at > median);
    }
}
