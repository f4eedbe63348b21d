//! What has to be told in the course of a year, worked out from what was said by people and when ticks came. It knows the rules of the
//! mission, and nothing of the program.

use std::collections::BTreeSet;

use app::words::{Id, MaintenanceStatus};
use chrono::{DateTime, TimeDelta, Utc};

pub type Instant = DateTime<Utc>;

/// Where work stands, as people said or the clock has made it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Phase {
    Planned,
    Running,
    Over,
}

/// One piece of planned work.
#[derive(Clone, Debug)]
pub struct Work {
    pub id: Id,
    pub window: Option<(Instant, Instant)>,
    pub starts_itself: bool,
    pub ends_itself: bool,
    pub before: Vec<i64>,
    pub at_start: bool,
    pub at_end: bool,
    /// When its window was last announced.
    pub dated: Instant,
    pub phase: Phase,
    /// The status that was last said.
    pub said: MaintenanceStatus,
    /// When something was last said of it.
    pub spoken: Instant,
}

/// One notice: when it was written, of which work, and what.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Told {
    pub at: Instant,
    pub work: Id,
    pub what: String,
}

#[derive(Default)]
pub struct Oracle {
    pub works: Vec<Work>,
    pub told: Vec<Told>,
    said: BTreeSet<(Id, String, Instant)>,
}

/// How long before the end of work that ends by itself staff are told.
fn ahead(from: Instant, until: Instant) -> TimeDelta {
    ((until - from) / 4).min(TimeDelta::minutes(15))
}

impl Work {
    /// What time alone makes of it: whether it began, whether it ended.
    pub fn pass(&mut self, now: Instant) -> (bool, bool) {
        let Some((from, until)) = self.window else { return (false, false) };
        let begins = self.phase == Phase::Planned && self.starts_itself && from <= now;
        if begins {
            (self.phase, self.said, self.spoken) = (Phase::Running, MaintenanceStatus::InProgress, self.spoken.max(from));
        }
        let ends = self.phase == Phase::Running && self.ends_itself && until <= now && self.spoken <= until;
        if ends {
            (self.phase, self.said, self.spoken) = (Phase::Over, MaintenanceStatus::Completed, until);
        }
        (begins, ends)
    }

    /// What means something at `now`, each with the instant it belongs to.
    fn means(&self, now: Instant) -> Vec<(&'static str, Instant)> {
        let Some((from, until)) = self.window else { return Vec::new() };
        let half_hour = TimeDelta::minutes(30);
        match self.phase {
            Phase::Planned if now < from => {
                let due = |minutes: &i64| {
                    let (at, late) = (from - TimeDelta::minutes(*minutes), (minutes * 15).clamp(60, 3_600));
                    (self.dated < at && at <= now && now < at + TimeDelta::seconds(late)).then_some(("reminder", at))
                };
                self.before.iter().filter_map(due).collect()
            }
            Phase::Planned if now < from + half_hour => vec![("waits", from)],
            Phase::Planned if now < from + half_hour + TimeDelta::days(1) => vec![("waits", from + half_hour)],
            Phase::Running if until <= now => {
                let times = i32::try_from((now - until).num_minutes() / 30).unwrap();
                vec![("overruns", until + half_hour * times)]
            }
            Phase::Running if self.ends_itself && until - ahead(from, until) <= now => vec![("ends", until)],
            _ => Vec::new(),
        }
    }

    /// The next instant after `now` at which there may be something to tell.
    pub fn next(&self, now: Instant) -> Option<Instant> {
        let (from, until) = self.window.filter(|_| self.phase != Phase::Over)?;
        let half_hour = TimeDelta::minutes(30);
        let past = i32::try_from((now - until).num_minutes().max(0) / 30 + 1).unwrap();
        let waiting = [from, from + half_hour, until - ahead(from, until), until, until + half_hour * past];
        let reminders = self.before.iter().map(|minutes| from - TimeDelta::minutes(*minutes));
        waiting.into_iter().chain(reminders).filter(|at| *at > now).min()
    }
}

impl Oracle {
    /// Somebody told of work at `now`.
    pub fn tell(&mut self, work: usize, what: &str, now: Instant) {
        let work = self.works[work].id.clone();
        self.told.push(Told { at: now, work, what: what.to_owned() });
    }

    /// A tick at `now` tells what means something and was not told.
    pub fn tick(&mut self, now: Instant) {
        for number in 0..self.works.len() {
            let work = &mut self.works[number];
            let (begins, ends) = work.pass(now);
            let (at_start, at_end) = (work.at_start, work.at_end);
            let means = work.means(now);
            let until = work.window.map_or(now, |(_, until)| until);
            if ends && at_end && now < until + TimeDelta::days(1) {
                self.tell(number, "finished", now);
            } else if begins && !ends && at_start {
                self.tell(number, "started", now);
            }
            for (what, at) in means {
                if self.said.insert((self.works[number].id.clone(), what.to_owned(), at)) {
                    let what = if what == "reminder" { format!("reminder for {at}") } else { what.to_owned() };
                    self.tell(number, &what, now);
                }
            }
        }
    }

    /// The next instant after `now` at which there may be something to tell.
    pub fn next(&self, now: Instant) -> Option<Instant> {
        self.works.iter().filter_map(|work| work.next(now)).min()
    }
}
